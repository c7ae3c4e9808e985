#include "tests/outbox/pushes_test.h"

#include "tests/outbox/inbox.h"
#include "tests/outbox/relayrig.h"
#include "tests/production/must.h"
#include "tests/support/faultproxy.h"

#include <QTest>

#include <thread>

namespace affinity::test {

using rules::Outcome;

namespace {

service::OutboxUse onlyPushes() {
    return {.holdsConfirms = false, .holdsPushes = true, .rewards = service::RewardUse::None, .written = {}};
}

} // namespace

void PushesTest::initTestCase_data() {
    addBackends();
}

void PushesTest::init() {
    emptyRedis(false);
}

void PushesTest::eachChangeIsToldOnceInOrder() {
    constexpr int writers = 4;
    constexpr int eventsEach = 50;
    const OutboxStore rows(currentBackend(), StoreTime::Servers);
    const Inbox inbox(redisServer().target());
    RelayLane lane(laneSetup(rows, 0, redisServer().port()));
    std::atomic<int> applied = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i) {
        threads.emplace_back([&, i] {
            service::OutboxUse use = onlyPushes();
            use.written = [&lane](base::LogId logId, bool isCounted) { lane.written(logId, isCounted); };
            Writer writer(rows, use);
            for (int event = 0; event < eventsEach; ++event)
                applied += writer.apply({1 + (i + event) % 3}, pat).outcome == Outcome::Applied ? 1 : 0;
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(applied, writers * eventsEach);
    QCOMPARE(must(lane.finish()), store::OutboxFigures{});
    for (int device = 1; device <= 3; ++device) {
        const QStringList changes = changesInLog(rows, {device});
        QVERIFY(changes.size() > eventsEach);
        QTRY_COMPARE(inbox.changesOf({device}).size(), changes.size());
        QCOMPARE(inbox.changesOf({device}), changes);
    }
    const int levelUps = static_cast<int>(inbox.types().count(QStringLiteral("level_up")));
    QCOMPARE(levelUps, 3); // 50 points each
    QVERIFY(inbox.hasExactly(writers * eventsEach + levelUps));
}

void PushesTest::pushesWaitForAChannelLayerThatIsAway() {
    constexpr int events = 30;
    OutboxStore rows(currentBackend());
    FaultProxy proxy(Wire::Redis, redisServer().port());
    const Inbox inbox(redisServer().target());
    RelayRig relay(rows, QStringLiteral("relay"), {.channels = proxy.port()});
    Writer writer(rows, onlyPushes());
    QCOMPARE(writer.apply(firstDevice, pat).outcome, Outcome::Applied);
    QCOMPARE(relay.pass().pushes, 1);

    proxy.arm({.at = 1, .moment = WireFault::Moment::Before, .isAwayAfterwards = true});
    for (int i = 0; i < events; ++i)
        QCOMPARE(writer.apply({1 + i % 3}, pat).outcome, Outcome::Applied);
    int failures = 0;
    for (int i = 0; i < 5; ++i) {
        const service::RelayPass pass = relay.pass();
        failures += pass.error ? 1 : 0;
        QCOMPARE(pass.pushes, 0);
        rows.passTime(secondUs);
    }
    QVERIFY(proxy.hasFired());
    QVERIFY(failures > 0);
    QCOMPARE(rows.figures().pushes, events);
    QCOMPARE(rows.query(QStringLiteral("SELECT count(*) FROM affinity_console_outbox WHERE claimed_at IS NOT NULL")),
             QStringLiteral("0"));

    proxy.heal();
    QVERIFY(relay.sendsAll());
    QVERIFY(inbox.hasExactly(events + 1));
    for (int device = 1; device <= 3; ++device)
        QCOMPARE(inbox.changesOf({device}), changesInLog(rows, {device}));
    qInfo("%d passes failed while the channel layer was away; %d pushes came later", failures, events);
}

void PushesTest::aCutPushIsNeverSentTwice_data() {
    QTest::addColumn<int>("message");
    QTest::addColumn<bool>("isAfter");
    QTest::addColumn<int>("told"); ///< of the push that was cut
    QTest::newRow("before the group is read") << 1 << false << 1;
    QTest::newRow("while the group is read") << 1 << true << 1;
    QTest::newRow("before the message arrives") << 2 << false << 0; // for all that anybody knows it did
    QTest::newRow("its answer is lost") << 2 << true << 1;
}

void PushesTest::aCutPushIsNeverSentTwice() {
    QFETCH(int, message);
    QFETCH(bool, isAfter);
    QFETCH(int, told);
    OutboxStore rows(currentBackend());
    FaultProxy proxy(Wire::Redis, redisServer().port());
    const Inbox inbox(redisServer().target());
    RelayRig relay(rows, QStringLiteral("relay"), {.channels = proxy.port()});
    Writer writer(rows, onlyPushes());
    QCOMPARE(writer.apply(firstDevice, pat).outcome, Outcome::Applied);
    QVERIFY(relay.sendsAll()); // the server knows the scripts from now on

    for (int i = 0; i < 3; ++i)
        QCOMPARE(writer.apply(firstDevice, pat).outcome, Outcome::Applied);
    // A read whose connection breaks is asked again at once, on a new connection: that one, too, is cut.
    proxy.arm({.kind = WireFault::Kind::Fin,
               .direction = Direction::ToServer,
               .at = message,
               .moment = isAfter ? WireFault::Moment::After : WireFault::Moment::Before,
               .isAwayAfterwards = true});
    const service::RelayPass pass = relay.pass();
    QVERIFY(proxy.hasFired());
    const int droppedOrSent = message == 2 ? 1 : 0;
    QCOMPARE(pass.pushes, droppedOrSent);
    QCOMPARE(rows.figures().pushes, 3 - droppedOrSent);
    proxy.heal();
    QVERIFY(relay.sendsAll());
    QVERIFY(inbox.hasExactly(3 + told));
    QStringList expected = changesInLog(rows, firstDevice);
    if (told == 0)
        expected.removeAt(1);
    QCOMPARE(inbox.changesOf(firstDevice), expected);
}

void PushesTest::aDamagedRowIsPassedOver() {
    OutboxStore rows(currentBackend());
    const Inbox inbox(redisServer().target());
    Writer writer(rows, everything());
    for (int i = 0; i < 3; ++i)
        QCOMPARE(writer.apply(firstDevice, pat).outcome, Outcome::Applied);
    rows.query(QStringLiteral("UPDATE affinity_console_outbox SET payload = '{\"type\":' WHERE log_id = 2"));
    rows.passTime(3 * secondUs);
    RelayRig relay(rows, QStringLiteral("relay"), {.counters = redisServer().port(), .channels = redisServer().port()});
    QVERIFY(relay.sendsAll());
    QCOMPARE(rows.figures(), store::OutboxFigures{});
    QVERIFY(inbox.hasExactly(2));
    QCOMPARE(inbox.changesOf(firstDevice), (QStringList{QStringLiteral("0>1"), QStringLiteral("2>3")}));
    QCOMPARE(counterViolations(rows, {2}), QByteArray());
}

void PushesTest::aRelayWithoutTheRightDropsNothing() {
    OutboxStore rows(currentBackend());
    const Inbox inbox(redisServer().target());
    runOnRedis({"ACL", "SETUSER", "reader", "on", ">reader", "~*", "+@read", "+@connection"});
    Writer writer(rows);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(writer.apply(firstDevice, pat).outcome, Outcome::Applied);
    rows.passTime(3 * secondUs);
    const quint16 port = redisServer().port();
    RelayRig reader(rows, QStringLiteral("reader"), {.counters = port, .channels = port, .redisUser = "reader"});
    const service::RelayPass pass = reader.pass();
    QVERIFY(pass.error);
    QCOMPARE(pass.error->kind, base::ErrorKind::Refused);
    QCOMPARE(rows.figures().pushes, 2);
    QCOMPARE(rows.figures().confirms, 2);
    reader.relay->release();
    RelayRig relay(rows, QStringLiteral("relay"), {.counters = port, .channels = port});
    QVERIFY(relay.sendsAll());
    QVERIFY(inbox.hasExactly(2));
    QCOMPARE(inbox.changesOf(firstDevice), changesInLog(rows, firstDevice));
    QCOMPARE(counterViolations(rows), QByteArray());
    runOnRedis({"ACL", "DELUSER", "reader"});
}

} // namespace affinity::test
