#include "tests/redis/subscriber_test.h"

#include "engine/redis/subscriber.h"
#include "tests/redis/redistest.h"

#include <QSignalSpy>

namespace affinity::test {

using redis::Cause;
using redis::Command;
using redis::Connection;
using redis::Effect;
using redis::Subscriber;

namespace {

using Message = std::pair<QByteArray, QByteArray>;

std::vector<Message> messagesOf(const QSignalSpy& spy) {
    std::vector<Message> messages;
    for (const QList<QVariant>& arguments : spy)
        messages.emplace_back(arguments[0].toByteArray(), arguments[1].toByteArray());
    return messages;
}

} // namespace

void SubscriberTest::init() {
    if (!m_server.isRunning())
        QVERIFY(m_server.start());
}

qint64 SubscriberTest::publish(const QByteArray& channel, const QByteArray& payload) {
    Connection connection(m_server.target());
    const auto reply = connection.command({"PUBLISH", channel, payload}, Effect::Once, soon());
    return reply ? reply->integer : -1;
}

bool SubscriberTest::keepsItsLink(const std::function<void(int silentMs, QSignalSpy& lost)>& passTime) {
    // A busy machine may keep the server from answering for longer than the first of them.
    for (const int silentMs : {300, 1500, 6000}) {
        Subscriber subscriber(m_server.target(), {.pingMs = silentMs / 10, .silentMs = silentMs});
        subscriber.subscribe("news");
        QSignalSpy connected(&subscriber, &Subscriber::connected);
        QSignalSpy lost(&subscriber, &Subscriber::lost);
        subscriber.start();
        if (!connected.wait(farMs))
            return false;
        passTime(silentMs, lost);
        if (lost.isEmpty() && subscriber.isConnected())
            return true;
    }
    return false;
}

void SubscriberTest::messagesOfChannelsAndPatternsArrive() {
    Subscriber subscriber(m_server.target());
    subscriber.subscribe("news");
    subscriber.subscribePattern("user_*");
    QSignalSpy messages(&subscriber, &Subscriber::message);
    QSignalSpy connected(&subscriber, &Subscriber::connected);
    subscriber.start();
    QVERIFY(connected.wait(farMs));
    QVERIFY(subscriber.isConnected());
    QCOMPARE(publish("news", QByteArray("a\0\r\n", 4)), 1);
    QCOMPARE(publish("user_7", ""), 1);
    QCOMPARE(publish("other", "x"), 0);
    QTRY_COMPARE(messages.size(), 2);
    const std::vector<Message> expected{{"news", QByteArray("a\0\r\n", 4)}, {"user_7", ""}};
    QVERIFY(messagesOf(messages) == expected);
}

void SubscriberTest::channelsAreAddedAndTakenAwayWhileListening() {
    Subscriber subscriber(m_server.target());
    QSignalSpy connected(&subscriber, &Subscriber::connected);
    subscriber.start();
    QVERIFY(connected.wait(farMs)); // with no channel at all
    subscriber.subscribe("late");
    subscriber.subscribe("late");
    subscriber.subscribePattern("p*");
    QTRY_COMPARE(publish("late", "1"), 1);
    QTRY_COMPARE(publish("pat", "1"), 1);
    subscriber.unsubscribe("late");
    subscriber.unsubscribePattern("p*");
    QTRY_COMPARE(publish("late", "2"), 0);
    QTRY_COMPARE(publish("pat", "2"), 0);
    QVERIFY(subscriber.isConnected());
    QCOMPARE(connected.size(), 1);
}

void SubscriberTest::channelAddedBeforeTheGreetingIsListenedTo() {
    Subscriber subscriber(m_server.target());
    QSignalSpy connected(&subscriber, &Subscriber::connected);
    subscriber.start();
    // At each turn of the event loop another channel, until it is connected. Not for ever: each puts connected() off
    // until the server has confirmed it too, and a busy machine lets this thread turn faster than the server.
    const int mostTurns = 30;
    int turns = 0;
    while (connected.isEmpty() && turns < mostTurns) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        subscriber.subscribe("c" + QByteArray::number(turns++));
    }
    QVERIFY(!connected.isEmpty() || connected.wait(farMs));
    for (int i = 0; i < turns; ++i)
        QTRY_COMPARE(publish("c" + QByteArray::number(i), "x"), 1);
}

void SubscriberTest::stoppedAndStartedAgainHasAGap() {
    Subscriber subscriber(m_server.target());
    subscriber.subscribe("news");
    QSignalSpy connected(&subscriber, &Subscriber::connected);
    QSignalSpy gap(&subscriber, &Subscriber::gap);
    subscriber.start();
    QVERIFY(connected.wait(farMs));
    subscriber.stop();
    QTRY_COMPARE(publish("news", "missed"), 0);
    subscriber.start();
    QVERIFY(gap.wait(farMs));
}

void SubscriberTest::thousandsOfMessagesArriveInOrder() {
    Subscriber subscriber(m_server.target());
    subscriber.subscribe("news");
    std::vector<QByteArray> payloads;
    QObject::connect(&subscriber, &Subscriber::message, &subscriber,
                     [&payloads](const QByteArray&, const QByteArray& payload) { payloads.push_back(payload); });
    QSignalSpy connected(&subscriber, &Subscriber::connected);
    subscriber.start();
    QVERIFY(connected.wait(farMs));
    std::vector<Command> commands;
    for (int i = 0; i < 20'000; ++i)
        commands.push_back({"PUBLISH", "news", QByteArray::number(i)});
    Connection connection(m_server.target());
    SUCCEEDS(connection.pipeline(commands, Effect::Once, soon()));
    QTRY_COMPARE(payloads.size(), commands.size());
    for (size_t i = 0; i < payloads.size(); ++i)
        if (payloads[i] != commands[i][2])
            QFAIL(qPrintable(QStringLiteral("message %1 is another's").arg(i)));
}

void SubscriberTest::restartedServerIsListenedToAgainWithAGap() {
    Subscriber subscriber(m_server.target());
    subscriber.subscribe("news");
    QSignalSpy messages(&subscriber, &Subscriber::message);
    QSignalSpy connected(&subscriber, &Subscriber::connected);
    QSignalSpy lost(&subscriber, &Subscriber::lost);
    QSignalSpy gap(&subscriber, &Subscriber::gap);
    subscriber.start();
    QVERIFY(connected.wait(farMs));
    m_server.killNow();
    QTRY_VERIFY(!lost.isEmpty());
    QVERIFY(!subscriber.isConnected());
    QCOMPARE(subscriber.lastFailure().what, lost.last().first().toString());
    QVERIFY(m_server.start());
    QTRY_COMPARE(gap.size(), 1);
    QCOMPARE(connected.size(), 2);
    QVERIFY(gap.first().first().toLongLong() > 0);
    QCOMPARE(publish("news", "again"), 1);
    QTRY_COMPARE(messages.size(), 1);
}

void SubscriberTest::firstConnectionHasNoGap() {
    m_server.killNow();
    Subscriber subscriber(m_server.target());
    subscriber.subscribe("news");
    QSignalSpy connected(&subscriber, &Subscriber::connected);
    QSignalSpy lost(&subscriber, &Subscriber::lost);
    QSignalSpy gap(&subscriber, &Subscriber::gap);
    subscriber.start();
    QVERIFY(lost.wait(farMs));
    QCOMPARE(subscriber.lastFailure().cause, Cause::Unreachable);
    QVERIFY(m_server.start());
    QVERIFY(connected.wait(farMs));
    QVERIFY(gap.isEmpty());
}

void SubscriberTest::deadLinkIsNoticed() {
    Subscriber subscriber(m_server.target(), {.pingMs = 50, .silentMs = 200});
    subscriber.subscribe("news");
    QSignalSpy connected(&subscriber, &Subscriber::connected);
    QSignalSpy lost(&subscriber, &Subscriber::lost);
    subscriber.start();
    QVERIFY(connected.wait(farMs));
    m_server.pause();
    const bool isNoticed = lost.wait(farMs);
    const Cause cause = subscriber.lastFailure().cause;
    m_server.resume();
    QVERIFY(isNoticed);
    QCOMPARE(cause, Cause::TimedOut);
    QTRY_VERIFY(subscriber.isConnected());
    const redis::SubscriberOptions usual;
    QVERIFY(usual.pingMs + usual.silentMs <= 5000);
}

void SubscriberTest::quietLinkIsKept() {
    QVERIFY(keepsItsLink([](int silentMs, QSignalSpy& lost) {
        lost.wait(4 * silentMs); // PING is answered
    }));
}

void SubscriberTest::heldUpThreadIsNoSilence() {
    Connection connection(m_server.target());
    QVERIFY(keepsItsLink([&connection](int silentMs, QSignalSpy& lost) {
        const QByteArray seconds = QByteArray::number(2 * silentMs / 1000.0);
        QVERIFY(connection.command({"BLPOP", "none", seconds}, Effect::Once, soon())); // waits here, in this thread
        lost.wait(silentMs / 5);
    }));
}

void SubscriberTest::stopEndsEverything() {
    Subscriber subscriber(m_server.target());
    subscriber.subscribe("news");
    QSignalSpy connected(&subscriber, &Subscriber::connected);
    QSignalSpy lost(&subscriber, &Subscriber::lost);
    subscriber.start();
    QVERIFY(connected.wait(farMs));
    subscriber.stop();
    QVERIFY(!subscriber.isConnected());
    QTRY_COMPARE(publish("news", "x"), 0);
    QVERIFY(lost.isEmpty());
    subscriber.start();
    QVERIFY(connected.wait(farMs));
}

void SubscriberTest::subscriberMayBeDeletedByItsMessage() {
    auto* subscriber = new Subscriber(m_server.target());
    subscriber->subscribe("news");
    QSignalSpy connected(subscriber, &Subscriber::connected);
    QSignalSpy destroyed(subscriber, &QObject::destroyed);
    int messages = 0;
    QObject::connect(subscriber, &Subscriber::message, this, [&messages, subscriber] {
        ++messages;
        subscriber->stop();
        subscriber->deleteLater();
    });
    subscriber->start();
    QVERIFY(connected.wait(farMs));
    Connection connection(m_server.target());
    SUCCEEDS(connection.pipeline(std::vector<Command>(10, Command{"PUBLISH", "news", "x"}), Effect::Once, soon()));
    QVERIFY(destroyed.wait(farMs));
    QCOMPARE(messages, 1);
}

void SubscriberTest::refusedSignInIsTold() {
    redis::Target target = m_server.target();
    target.user = "nobody";
    target.password = "canary";
    Subscriber subscriber(target);
    subscriber.subscribe("news");
    QSignalSpy lost(&subscriber, &Subscriber::lost);
    subscriber.start();
    QVERIFY(lost.wait(farMs));
    QCOMPARE(subscriber.lastFailure().cause, Cause::SignInRefused);
    QVERIFY(!lost.first().first().toString().contains(QStringLiteral("canary")));
}

void SubscriberTest::channelWithoutRightIsTold() {
    RedisServer guarded({.lines = {QStringLiteral("user alice on >pw ~* &news +@all")}});
    QVERIFY(guarded.start());
    redis::Target target = guarded.target();
    target.user = "alice";
    target.password = "pw";
    Subscriber subscriber(target);
    subscriber.subscribe("other");
    QSignalSpy lost(&subscriber, &Subscriber::lost);
    subscriber.start();
    QVERIFY(lost.wait(farMs));
    QVERIFY2(lost.first().first().toString().contains(QStringLiteral("NOPERM")),
             qPrintable(subscriber.lastFailure().what));
}

void SubscriberTest::messageOverTheLimitEndsTheConnection() {
    Subscriber subscriber(m_server.target(), {.limits = {.bytes = 1000}});
    subscriber.subscribe("news");
    QSignalSpy connected(&subscriber, &Subscriber::connected);
    QSignalSpy lost(&subscriber, &Subscriber::lost);
    subscriber.start();
    QVERIFY(connected.wait(farMs));
    publish("news", QByteArray(2000, 'x'));
    QTRY_COMPARE(lost.size(), 1);
    QVERIFY(lost.first().first().toString().contains(QStringLiteral("1000 bytes")));
    QTRY_COMPARE(connected.size(), 2);
}

void SubscriberTest::tlsIsListenedTo() {
    TestAuthority authority;
    QVERIFY(authority.isValid() && authority.sign(QStringLiteral("server"), QStringLiteral("IP:127.0.0.1")));
    RedisServer server({.certificateFile = authority.certificateFile(QStringLiteral("server")),
                        .keyFile = authority.keyFile(QStringLiteral("server")),
                        .caFile = authority.caFile()});
    QVERIFY(server.start());
    Subscriber subscriber(server.target());
    subscriber.subscribe("news");
    QSignalSpy connected(&subscriber, &Subscriber::connected);
    QSignalSpy messages(&subscriber, &Subscriber::message);
    subscriber.start();
    QVERIFY(connected.wait(farMs));
    Connection connection(server.target());
    SUCCEEDS(connection.command({"PUBLISH", "news", "x"}, Effect::Once, soon()));
    QTRY_COMPARE(messages.size(), 1);
}

void SubscriberTest::wrongCertificateIsRefused() {
    TestAuthority authority;
    QVERIFY(authority.isValid() && authority.sign(QStringLiteral("server"), QStringLiteral("DNS:cache.example")));
    RedisServer server({.certificateFile = authority.certificateFile(QStringLiteral("server")),
                        .keyFile = authority.keyFile(QStringLiteral("server")),
                        .caFile = authority.caFile()});
    QVERIFY(server.start());
    Subscriber subscriber(server.target());
    QSignalSpy lost(&subscriber, &Subscriber::lost);
    QSignalSpy connected(&subscriber, &Subscriber::connected);
    subscriber.start();
    QVERIFY(lost.wait(farMs));
    QCOMPARE(subscriber.lastFailure().cause, Cause::TlsWrongHost);
    QVERIFY(connected.isEmpty());
}

} // namespace affinity::test
