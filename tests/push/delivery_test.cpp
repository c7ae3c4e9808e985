#include "tests/push/delivery_test.h"

#include "tests/push/pushworld.h"
#include "tests/support/channelslistener.h"

namespace affinity::test {

using base::ErrorKind;
using push::ChannelsPublisher;
using push::PushReceipt;

namespace {

constexpr int nowMs = 50; ///< long enough to see that nothing is there

/// The change of the next update; -1: there is none.
int nextChange(ChannelsListener& listener) {
    const auto frame = listener.nextEvent(nowMs);
    return frame && *frame ? (*frame)->event.value("change", -2) : -1;
}

PushReceipt receivedBy(qint64 channels) {
    return {.channels = channels, .received = channels};
}

} // namespace

void DeliveryTest::initTestCase() {
    QVERIFY(m_server.start());
    m_client = std::make_unique<redis::Connection>(m_server.target());
}

void DeliveryTest::init() {
    QCOMPARE(ask(*m_client, {"FLUSHALL"}), status("OK"));
}

void DeliveryTest::cleanupTestCase() {
    m_client.reset();
}

void DeliveryTest::eventsOfACallArriveInTheirOrder() {
    ChannelsListener listener(m_server.target());
    const QByteArray channel = listener.join(groupOfUser);
    ChannelsPublisher publisher(m_server.target(), patient());
    const base::Json coins = base::Json::array({{{"type", "coin"}, {"amount", 20}}});
    const std::vector<push::LevelEvent> events{
        update(80), push::LevelUp{base::DeviceId{2}, 1, 2, {{2, QStringLiteral("你好"), coins}}}, update(-100),
        push::LevelDown{base::DeviceId{2}, 2, 1}};
    TAKE(receipt, publisher.publish(user, events));
    QVERIFY(receipt == receivedBy(1));
    double lastScore = 0;
    for (const push::LevelEvent& event : events) {
        TAKE(frame, listener.nextEvent(nowMs));
        QVERIFY(frame.has_value());
        TAKE(read, push::levelEventFromJson(frame->event));
        QVERIFY(read == event);
        QCOMPARE(frame->channels, std::vector<QByteArray>{channel});
        QVERIFY(frame->score > lastScore);
        lastScore = frame->score;
    }
    QCOMPARE(nextChange(listener), -1);
}

void DeliveryTest::eventsOfCallsArriveInTheirOrder() {
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    ChannelsPublisher one(m_server.target(), patient());
    ChannelsPublisher other(m_server.target(), patient());
    for (int i = 0; i < 40; ++i)
        SUCCEEDS((i % 2 == 0 ? one : other).publish(user, {update(2 * i), update(2 * i + 1)}));
    for (int i = 0; i < 80; ++i)
        QCOMPARE(nextChange(listener), i);
}

void DeliveryTest::eventStandsBehindAMessageOfAClockThatIsAhead() {
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    ChannelsPublisher publisher(m_server.target(), patient());
    SUCCEEDS(publisher.publish(user, {update(1)}));
    const QByteArray first = ask(*m_client, {"ZRANGE", listener.queueKey(), "0", "0"}).items.at(0).text;
    ask(*m_client, {"ZADD", listener.queueKey(), secondsFromNow(*m_client, 30) + '4', first});
    SUCCEEDS(publisher.publish(user, {update(2), update(3)}));
    SUCCEEDS(publisher.publish(user, {update(4)}));
    for (int i = 1; i <= 4; ++i)
        QCOMPARE(nextChange(listener), i);
}

void DeliveryTest::messageFarInTheFutureMovesNoClock() {
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    ChannelsPublisher publisher(m_server.target(), patient());
    for (const QByteArray& score : {secondsFromNow(*m_client, 3600), QByteArray("inf")}) {
        ask(*m_client, {"ZADD", listener.queueKey(), score, "x"});
        SUCCEEDS(publisher.publish(user, {update(1)}));
        TAKE(frame, listener.nextEvent(nowMs));
        QVERIFY(frame.has_value());
        QVERIFY(frame->score <= secondsFromNow(*m_client, 1).toDouble());
    }
}

void DeliveryTest::groupWithoutChannelsIsNoError() {
    ChannelsPublisher publisher(m_server.target(), patient());
    TAKE(receipt, publisher.publish(user, {update(1)}));
    QVERIFY(receipt == PushReceipt());
    QCOMPARE(ask(*m_client, {"DBSIZE"}), integer(0));
}

void DeliveryTest::callWithoutEventsSendsNothing() {
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    ChannelsPublisher publisher(m_server.target(), patient());
    TAKE(receipt, publisher.publish(user, {}));
    QVERIFY(receipt == PushReceipt());
    QCOMPARE(ask(*m_client, {"DBSIZE"}), integer(1));
}

void DeliveryTest::channelsOfAProcessShareOneMessage() {
    ChannelsListener listener(m_server.target());
    const std::vector<QByteArray> channels{listener.join(groupOfUser), listener.join(groupOfUser)};
    ChannelsPublisher publisher(m_server.target(), patient());
    TAKE(receipt, publisher.publish(user, {update(1)}));
    QVERIFY(receipt == receivedBy(2));
    TAKE(frame, listener.nextEvent(nowMs));
    QVERIFY(frame.has_value());
    QCOMPARE(frame->channels, channels);
    QCOMPARE(nextChange(listener), -1);
}

void DeliveryTest::everyProcessGetsAMessageOfItsOwn() {
    ChannelsListener first(m_server.target());
    ChannelsListener second(m_server.target());
    ChannelsListener stranger(m_server.target());
    const QByteArray firstChannel = first.join(groupOfUser);
    const QByteArray secondChannel = second.join(groupOfUser);
    stranger.join("affinity_user_2");
    ChannelsPublisher publisher(m_server.target(), patient());
    TAKE(receipt, publisher.publish(user, {update(1)}));
    QVERIFY(receipt == receivedBy(2));
    TAKE(firstFrame, first.nextEvent(nowMs));
    TAKE(secondFrame, second.nextEvent(nowMs));
    QVERIFY(firstFrame && secondFrame);
    QCOMPARE(firstFrame->channels, std::vector<QByteArray>{firstChannel});
    QCOMPARE(secondFrame->channels, std::vector<QByteArray>{secondChannel});
    QVERIFY(firstFrame->event == secondFrame->event);
    QVERIFY(firstFrame->member.first(12) != secondFrame->member.first(12));
    QCOMPARE(nextChange(stranger), -1);
}

void DeliveryTest::fullQueueIsPassedOverAndCounted() {
    ChannelsListener busy(m_server.target());
    ChannelsListener idle(m_server.target());
    busy.join(groupOfUser);
    busy.join(groupOfUser);
    ChannelsPublisher publisher(m_server.target(), patient());
    for (int i = 0; i < 100; ++i) {
        TAKE(receipt, publisher.publish(user, {update(i)}));
        QVERIFY(receipt == receivedBy(2));
    }
    idle.join(groupOfUser);
    TAKE(receipt, publisher.publish(user, {update(100)}));
    QVERIFY((receipt == PushReceipt{.channels = 3, .received = 1, .full = 2}));
    QCOMPARE(ask(*m_client, {"ZCARD", busy.queueKey()}), integer(100));
    QCOMPARE(nextChange(idle), 100);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(nextChange(busy), i);
    TAKE(again, publisher.publish(user, {update(101)}));
    QVERIFY(again == receivedBy(3));
}

void DeliveryTest::queueThatFillsUpTakesTheFirstEvents() {
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    push::ChannelsPublisherOptions options = patient();
    options.capacity = 2;
    ChannelsPublisher publisher(m_server.target(), options);
    TAKE(receipt, publisher.publish(user, {update(1), update(2), update(3)}));
    QVERIFY((receipt == PushReceipt{.channels = 1, .full = 1}));
    QCOMPARE(nextChange(listener), 1);
    QCOMPARE(nextChange(listener), 2);
    QCOMPARE(nextChange(listener), -1);
}

void DeliveryTest::expiredMessagesGiveTheirRoom() {
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    for (int i = 0; i < 100; ++i)
        ask(*m_client, {"ZADD", listener.queueKey(), secondsFromNow(*m_client, -62), QByteArray::number(i)});
    ask(*m_client, {"ZADD", listener.queueKey(), secondsFromNow(*m_client, -30), "still of use"});
    ChannelsPublisher publisher(m_server.target(), patient());
    TAKE(receipt, publisher.publish(user, {update(1)}));
    QVERIFY(receipt == receivedBy(1));
    const redis::Reply held = ask(*m_client, {"ZRANGE", listener.queueKey(), "0", "-1"});
    QCOMPARE(held.items.size(), size_t(2));
    QCOMPARE(held.items[0].text, QByteArray("still of use"));
}

void DeliveryTest::queueExpiresAndTheGroupIsLeftAlone() {
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    ask(*m_client, {"EXPIRE", keyOfGroup, "5000"});
    ChannelsPublisher publisher(m_server.target(), patient());
    SUCCEEDS(publisher.publish(user, {update(1)}));
    const qint64 queueSeconds = ask(*m_client, {"TTL", listener.queueKey()}).integer;
    QVERIFY2(queueSeconds > 50 && queueSeconds <= 60, qPrintable(QString::number(queueSeconds)));
    ask(*m_client, {"EXPIRE", listener.queueKey(), "7"});
    SUCCEEDS(publisher.publish(user, {update(2)}));
    QVERIFY(ask(*m_client, {"TTL", listener.queueKey()}).integer > 50);
    const qint64 groupSeconds = ask(*m_client, {"TTL", keyOfGroup}).integer;
    QVERIFY2(groupSeconds > 4900 && groupSeconds <= 5000, qPrintable(QString::number(groupSeconds)));
}

void DeliveryTest::staleMembersAreDropped() {
    ask(*m_client, {"ZADD", keyOfGroup, secondsFromNow(*m_client, -86'402), "specific.old!a",
                    secondsFromNow(*m_client, -86'300), "specific.young!a"});
    ChannelsPublisher publisher(m_server.target(), patient());
    TAKE(receipt, publisher.publish(user, {update(1)}));
    QVERIFY(receipt == receivedBy(1));
    QCOMPARE(ask(*m_client, {"ZRANGE", keyOfGroup, "0", "-1"}), array({text("specific.young!a")}));
    QCOMPARE(ask(*m_client, {"EXISTS", "asgispecific.old!", "asgispecific.young!"}), integer(1));
}

void DeliveryTest::misnamedMembersArePassedOver() {
    const QByteArray now = secondsFromNow(*m_client, 0);
    ask(*m_client, {"ZADD", keyOfGroup, now, "specific.a!b\xff", now, QByteArray(100'000, 'a'), now, "", now,
                    "specific.fine!b", now, "worker"});
    ChannelsPublisher publisher(m_server.target(), patient());
    TAKE(receipt, publisher.publish(user, {update(1)}));
    QVERIFY((receipt == PushReceipt{.channels = 2, .received = 2, .misnamed = 3}));
    QCOMPARE(ask(*m_client, {"DBSIZE"}), integer(3));
    QCOMPARE(ask(*m_client, {"EXISTS", "asgispecific.fine!", "asgiworker"}), integer(2));
}

void DeliveryTest::queueOfAnotherTypeHindersNoOther() {
    const QByteArray now = secondsFromNow(*m_client, 0);
    ask(*m_client, {"ZADD", keyOfGroup, now, "specific.a!b"});
    ask(*m_client, {"SET", "asgispecific.a!", "text"});
    ChannelsPublisher publisher(m_server.target(), patient());
    FAILS(alone, ErrorKind::Damaged, publisher.publish(user, {update(1)}));
    ask(*m_client, {"ZADD", keyOfGroup, now, "specific.b!b"});
    TAKE(receipt, publisher.publish(user, {update(2)}));
    QVERIFY((receipt == PushReceipt{.channels = 2, .received = 1, .failed = 1}));
    QCOMPARE(ask(*m_client, {"ZCARD", "asgispecific.b!"}), integer(1));
    ask(*m_client, {"DEL", keyOfGroup});
    ask(*m_client, {"SET", keyOfGroup, "text"});
    FAILS(group, ErrorKind::Damaged, publisher.publish(user, {update(3)}));
}

void DeliveryTest::settingsOfTheProfileAreFollowed() {
    ChannelsListener listener(m_server.target(), "myapp");
    listener.join("u.1.devices");
    ChannelsPublisher publisher(m_server.target(), {.prefix = "myapp",
                                                    .groupTemplate = QStringLiteral("u.{user_id}.devices"),
                                                    .capacity = 1,
                                                    .expirySeconds = 10,
                                                    .groupExpirySeconds = 100,
                                                    .callMs = 10'000});
    ask(*m_client, {"ZADD", "myapp:group:u.1.devices", secondsFromNow(*m_client, -102), "specific.old!a"});
    TAKE(receipt, publisher.publish(user, {update(1)}));
    QVERIFY(receipt == receivedBy(1));
    QVERIFY(ask(*m_client, {"TTL", listener.queueKey()}).integer <= 10);
    TAKE(full, publisher.publish(user, {update(2)}));
    QVERIFY((full == PushReceipt{.channels = 1, .full = 1}));
    QCOMPARE(nextChange(listener), 1);
}

void DeliveryTest::largeGroupIsToldInBatchesUpToTheLimit() {
    constexpr int beyond = 50;
    const double nowSeconds = secondsFromNow(*m_client, -3600).toDouble();
    redis::Command join{"ZADD", keyOfGroup};
    for (int i = 0; i < beyond + ChannelsPublisher::mostChannels; ++i) {
        join.push_back(QByteArray::number(nowSeconds + i * 0.01, 'f', 2));
        join.push_back("specific." + QByteArray::number(i) + "!a");
    }
    ask(*m_client, join);
    ChannelsPublisher publisher(m_server.target(), patient());
    TAKE(receipt, publisher.publish(user, {update(1)}));
    PushReceipt expected = receivedBy(ChannelsPublisher::mostChannels);
    expected.beyondLimit = beyond;
    QVERIFY(receipt == expected);
    QCOMPARE(ask(*m_client, {"DBSIZE"}), integer(1 + ChannelsPublisher::mostChannels));
    const QByteArray lastLeftOut = "asgispecific." + QByteArray::number(beyond - 1) + '!'; // those that joined first
    QCOMPARE(ask(*m_client, {"EXISTS", lastLeftOut}), integer(0));
    QCOMPARE(ask(*m_client, {"EXISTS", "asgispecific." + QByteArray::number(beyond) + '!'}), integer(1));
}

void DeliveryTest::userNeedsNoMoreRightsThanDocumented() {
    QCOMPARE(ask(*m_client, {"ACL", "SETUSER", "push", "reset", "on", ">pw", "~asgi*", "+ping", "+eval", "+evalsha",
                             "+time", "+zremrangebyscore", "+zcard", "+zrange", "+zcount", "+zadd", "+expire"}),
             status("OK"));
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    redis::Target target = m_server.target();
    target.user = "push";
    target.password = "pw";
    ask(*m_client, {"SCRIPT", "FLUSH"});
    ChannelsPublisher publisher(target, patient());
    TAKE(receipt, publisher.publish(user, {update(1)}));
    QVERIFY(receipt == receivedBy(1));
    QVERIFY(ask(*m_client, {"TTL", listener.queueKey()}).integer > 50);
    push::ChannelsPublisherOptions elsewhere = patient();
    elsewhere.prefix = "other";
    ChannelsPublisher stranger(target, elsewhere);
    FAILS(refused, ErrorKind::Refused, stranger.publish(user, {update(1)}));
}

} // namespace affinity::test
