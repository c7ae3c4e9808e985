#include "tests/push/mishap_test.h"

#include "tests/push/pushworld.h"
#include "tests/redis/fakeserver.h"
#include "tests/support/channelslistener.h"

#include <QElapsedTimer>

namespace affinity::test {

using base::ErrorKind;
using push::ChannelsPublisher;
using push::ChannelsPublisherOptions;
using redis::Cause;

namespace {

/// The answer about a group of `count` processes.
QByteArray groupOf(int count) {
    QByteArray answer = "*2\r\n:" + QByteArray::number(count) + "\r\n*" + QByteArray::number(count) + "\r\n";
    for (int i = 0; i < count; ++i) {
        const QByteArray name = "specific." + QByteArray::number(i) + "!a";
        answer += '$' + QByteArray::number(name.size()) + "\r\n" + name + "\r\n";
    }
    return answer;
}

redis::Target at(const FakeServer& server) {
    return {.port = server.port()};
}

} // namespace

void MishapTest::init() {
    if (!QTest::currentDataTag()) // tests with data make servers of their own
        QVERIFY(m_server.start());
}

void MishapTest::serverThatIsDownIsNamedQuickly() {
    ChannelsPublisher publisher(m_server.target(), patient(), {.random = [] { return 0.0; }});
    m_server.killNow();
    QElapsedTimer timer;
    timer.start();
    FAILS(first, ErrorKind::CannotConnect, publisher.publish(user, {update(1)}));
    QCOMPARE(publisher.lastCause(), Cause::Unreachable);
    FAILS(second, ErrorKind::CannotConnect, publisher.publish(user, {update(2)}));
    QVERIFY(publisher.lastCause() == Cause::BackOff || timer.elapsed() > 50);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
}

void MishapTest::restartedServerIsFoundAgain() {
    ChannelsPublisher publisher(m_server.target(), patient());
    SUCCEEDS(publisher.publish(user, {update(1)}));
    QVERIFY(m_server.start());
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    TAKE(receipt, publisher.publish(user, {update(2)}));
    QCOMPARE(receipt.received, 1);
}

void MishapTest::cutWhileReadingTheGroupIsNotInDoubt() {
    FakeServer server({.answersBeforeCut = 0});
    ChannelsPublisher publisher(at(server), patient());
    FAILS(error, ErrorKind::CannotConnect, publisher.publish(user, {update(1)}));
    QCOMPARE(server.requests(), 2); // a read may be sent again, once
}

void MishapTest::cutUnderThePushIsInDoubtAndNothingIsSentAgain() {
    FakeServer server({.pieces = {groupOf(1)}, .answersBeforeCut = 1});
    ChannelsPublisher publisher(at(server), patient());
    FAILS(error, ErrorKind::CommitUnknown, publisher.publish(user, {update(1)}));
    QCOMPARE(publisher.lastCause(), Cause::Lost);
    QCOMPARE(server.requests(), 2);
    QCOMPARE(server.connections(), 1);
}

void MishapTest::lostAnswerIsInDoubtAndTheEventIsThereOnce() {
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    ChannelsPublisherOptions options{.callMs = 700};
    bool isPausing = false;
    options.random = [this, &isPausing] { // asked when the group was read and the message is made
        if (isPausing)
            m_server.pause();
        return 7U;
    };
    ChannelsPublisher publisher(m_server.target(), options);
    SUCCEEDS(publisher.publish(user, {update(1)})); // the server knows the scripts from now on
    isPausing = true;
    FAILS(error, ErrorKind::CommitUnknown, publisher.publish(user, {update(2)}));
    QCOMPARE(publisher.lastCause(), Cause::TimedOut);
    m_server.resume();
    for (int i = 1; i <= 2; ++i) {
        TAKE(frame, listener.nextEvent(10'000));
        QVERIFY(frame.has_value());
        QCOMPARE(frame->event.value("change", 0), i);
    }
    TAKE(none, listener.nextEvent(100));
    QVERIFY(!none.has_value());
}

void MishapTest::cutAfterTheFirstBatchIsInDoubt() {
    redis::Connection client(m_server.target());
    const QByteArray now = secondsFromNow(client, 0);
    redis::Command join{"ZADD", keyOfGroup};
    for (size_t i = 0; i < 2 * ChannelsPublisher::mostQueuesAtOnce; ++i) {
        join.push_back(now);
        join.push_back("specific." + QByteArray::number(i) + "!a");
    }
    ask(client, join);
    ChannelsPublisherOptions options = patient();
    size_t drawn = 0;
    options.random = [&] {
        if (++drawn == 3 * ChannelsPublisher::mostQueuesAtOnce + 1) // the first message of the second batch
            m_server.killNow();
        return static_cast<quint32>(drawn);
    };
    ChannelsPublisher publisher(m_server.target(), options);
    FAILS(error, ErrorKind::CommitUnknown, publisher.publish(user, {update(1)}));
    QVERIFY2(error.what.contains(QStringLiteral("Some of the user's channels")), qPrintable(error.what));
    QCOMPARE(drawn, 2 * 3 * ChannelsPublisher::mostQueuesAtOnce);
}

void MishapTest::silentServerIsGivenUpBeforeAnythingWasSent() {
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    ChannelsPublisher publisher(m_server.target(), {.callMs = 500});
    SUCCEEDS(publisher.publish(base::UserId{2}, {update(1)}));
    m_server.pause();
    QElapsedTimer timer;
    timer.start();
    FAILS(error, ErrorKind::CannotConnect, publisher.publish(user, {update(1)}));
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(publisher.lastCause(), Cause::TimedOut);
    m_server.resume();
    TAKE(none, listener.nextEvent(100));
    QVERIFY(!none.has_value());
}

void MishapTest::cancelledCallEndsAtOnce() {
    std::atomic<bool> cancelled = false;
    FakeServer server({.whenAsked = [&cancelled] { cancelled = true; }});
    ChannelsPublisher publisher(at(server), {.callMs = 10'000, .cancelled = &cancelled});
    QElapsedTimer timer;
    timer.start();
    FAILS(error, ErrorKind::Cancelled, publisher.publish(user, {update(1)}));
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
}

void MishapTest::serverWithoutMemoryTakesNothing() {
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    redis::Connection client(m_server.target());
    ask(client, {"ZADD", listener.queueKey(), secondsFromNow(client, -100), "expired"});
    QCOMPARE(ask(client, {"CONFIG", "SET", "maxmemory", "1"}), status("OK"));
    ChannelsPublisher publisher(m_server.target(), patient());
    FAILS(error, ErrorKind::StorageFull, publisher.publish(user, {update(1)}));
    QCOMPARE(ask(client, {"ZRANGE", listener.queueKey(), "0", "-1"}), array({text("expired")}));
}

void MishapTest::scriptsThatTheServerForgotAreSentAgainOnce() {
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    redis::Connection client(m_server.target());
    ChannelsPublisherOptions options = patient();
    options.random = [&client] { // between the two scripts
        ask(client, {"SCRIPT", "FLUSH"});
        return 7U;
    };
    ChannelsPublisher publisher(m_server.target(), options);
    for (int i = 1; i <= 3; ++i) {
        TAKE(receipt, publisher.publish(user, {push::LevelDown{base::DeviceId{2}, i + 1, i}}));
        QCOMPARE(receipt.received, 1);
        QCOMPARE(ask(client, {"ZCARD", listener.queueKey()}), integer(i));
    }
}

void MishapTest::strangeAnswersAreNamed_data() {
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<int>("requests");
    QTest::newRow("cluster") << QByteArray("-CROSSSLOT Keys in request don't hash to the same slot\r\n")
                             << ErrorKind::Refused << 1;
    QTest::newRow("replica") << QByteArray("-READONLY You can't write against a read only replica.\r\n")
                             << ErrorKind::ReadOnly << 1;
    QTest::newRow("no scripts at all") << QByteArray("-NOSCRIPT No matching script.\r\n") << ErrorKind::NotFound << 2;
    QTest::newRow("status") << QByteArray("+OK\r\n") << ErrorKind::Internal << 1;
    QTest::newRow("wrong items") << QByteArray("*2\r\n$1\r\n1\r\n:1\r\n") << ErrorKind::Internal << 1;
    QTest::newRow("no Redis") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n") << ErrorKind::Damaged << 1;
    // The same bytes answer the push: two items for one queue.
    QTest::newRow("push") << groupOf(1) << ErrorKind::CommitUnknown << 2;
}

void MishapTest::strangeAnswersAreNamed() {
    QFETCH(QByteArray, answer);
    QFETCH(ErrorKind, kind);
    QFETCH(int, requests);
    FakeServer server({.pieces = {answer}});
    ChannelsPublisher publisher(at(server), patient());
    FAILS(error, kind, publisher.publish(user, {update(1)}));
    QCOMPARE(server.requests(), requests);
}

void MishapTest::wrongSettingsAreRefused_data() {
    QTest::addColumn<ChannelsPublisherOptions>("options");
    const auto row = [](const char* name, auto change) {
        ChannelsPublisherOptions options;
        change(options);
        QTest::newRow(name) << options;
    };
    row("prefix", [](auto& options) { options.prefix = QByteArray(201, 'a'); });
    row("template", [](auto& options) { options.groupTemplate = QStringLiteral("everybody"); });
    row("no capacity", [](auto& options) { options.capacity = 0; });
    row("capacity", [](auto& options) { options.capacity = 1'000'001; });
    row("no expiry", [](auto& options) { options.expirySeconds = 0; });
    row("expiry", [](auto& options) { options.expirySeconds = 86'401; });
    row("no group expiry", [](auto& options) { options.groupExpirySeconds = 0; });
    row("group expiry", [](auto& options) { options.groupExpirySeconds = 31'536'001; });
    row("no time", [](auto& options) { options.callMs = 0; });
}

void MishapTest::wrongSettingsAreRefused() {
    QFETCH(ChannelsPublisherOptions, options);
    FakeServer server({});
    ChannelsPublisher publisher(at(server), options);
    FAILS(error, ErrorKind::InvalidInput, publisher.publish(user, {update(1)}));
    QCOMPARE(server.connections(), 0);
}

void MishapTest::tooManyEventsAreRefused() {
    ChannelsListener listener(m_server.target());
    listener.join(groupOfUser);
    ChannelsPublisher publisher(m_server.target(), patient());
    std::vector<push::LevelEvent> events(static_cast<size_t>(ChannelsPublisher::mostEvents), update(1));
    SUCCEEDS(publisher.publish(user, events));
    events.push_back(update(1));
    FAILS(error, ErrorKind::InvalidInput, publisher.publish(user, events));
    redis::Connection client(m_server.target());
    QCOMPARE(ask(client, {"ZCARD", listener.queueKey()}), integer(ChannelsPublisher::mostEvents));
}

} // namespace affinity::test
