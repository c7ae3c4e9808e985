#include "tests/outbox/lease_test.h"

#include "tests/outbox/inbox.h"
#include "tests/outbox/relayrig.h"
#include "tests/production/must.h"
#include "tests/support/faultproxy.h"

#include <QTest>

#include <thread>

namespace affinity::test {

using rules::Outcome;

namespace {

constexpr qint64 leaseUs = 15 * secondUs;

/// The writer's change, which must be applied.
void change(Writer& writer, base::DeviceId device) {
    const service::ApplyResult result = writer.apply(device, pat);
    if (result.outcome != Outcome::Applied)
        qFatal("a change was not applied");
}

/// Device 1 has a push that waits, device 2 has two.
void leaveThreePushes(Writer& writer) {
    change(writer, firstDevice);
    change(writer, secondDevice);
    change(writer, secondDevice);
}

const QStringList onlyTheThird{QStringLiteral("2>3")};

} // namespace

void LeaseTest::initTestCase_data() {
    addBackends();
}

void LeaseTest::init() {
    emptyRedis(false);
}

void LeaseTest::twoRelaysSendEachPushOnce() {
    constexpr int writers = 4;
    constexpr int eventsEach = 30;
    const OutboxStore rows(currentBackend(), StoreTime::Servers);
    const Inbox inbox(redisServer().target());
    RelayLane one(laneSetup(rows, redisServer().port(), redisServer().port()));
    RelayLane two(laneSetup(rows, redisServer().port(), redisServer().port()));
    std::atomic<int> applied = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i) {
        threads.emplace_back([&, i] {
            service::OutboxUse use = everything();
            RelayLane& mine = i % 2 == 0 ? one : two;
            use.written = [&mine](base::LogId logId, bool isCounted) { mine.written(logId, isCounted); };
            Writer writer(rows, use, redisCounters(redisServer().port()));
            for (int event = 0; event < eventsEach; ++event)
                applied += writer.apply({1 + (i + event) % 3}, pat).outcome == Outcome::Applied ? 1 : 0;
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(applied, writers * eventsEach);
    must(one.finish());
    const store::OutboxFigures left = must(two.finish());
    QCOMPARE(left.pushes, 0);
    QCOMPARE(left.confirms, 0);
    QVERIFY(inbox.hasExactly(writers * eventsEach));
    for (int device = 1; device <= 3; ++device)
        QCOMPARE(inbox.changesOf({device}), changesInLog(rows, {device}));
    QCOMPARE(counterViolations(rows), QByteArray());
}

void LeaseTest::theLeaseMovesWhenItsHolderIsStopped() {
    OutboxStore rows(currentBackend());
    const Inbox inbox(redisServer().target());
    Writer writer(rows);
    RelayRig one(rows, QStringLiteral("one"), {.channels = redisServer().port()});
    RelayRig two(rows, QStringLiteral("two"), {.channels = redisServer().port()});
    change(writer, firstDevice);
    QCOMPARE(one.pass().pushes, 1); // and is stopped
    change(writer, firstDevice);
    rows.passTime(leaseUs - 1);
    service::RelayPass pass = two.pass();
    QVERIFY(!pass.isHolder);
    QCOMPARE(pass.pushes, 0);
    rows.passTime(1);
    pass = two.pass();
    QVERIFY(pass.isHolder);
    QCOMPARE(pass.pushes, 1);
    change(writer, firstDevice);
    pass = one.pass(); // goes on
    QVERIFY(!pass.isHolder);
    QCOMPARE(pass.pushes, 0);
    QCOMPARE(two.pass().pushes, 1);
    two.relay->release();
    change(writer, firstDevice);
    QCOMPARE(one.pass().pushes, 1);
    QVERIFY(inbox.hasExactly(4));
    QCOMPARE(inbox.changesOf(firstDevice), changesInLog(rows, firstDevice));
}

void LeaseTest::aRelayThatWasHeldUpDropsWhatItClaimed() {
    OutboxStore rows(currentBackend());
    const Inbox inbox(redisServer().target());
    Writer writer(rows);
    RelayRig two(rows, QStringLiteral("two"), {.channels = redisServer().port()});
    quint32 draws = 0;
    const auto heldUp = [&] { // under its first push
        if (draws == 0) {
            rows.passTime(leaseUs + secondUs);
            change(writer, secondDevice);
            QCOMPARE(two.pass().pushes, 1);
        }
    };
    RelayRig one(rows, QStringLiteral("one"), {.channels = redisServer().port(), .random = [&] {
                                                   heldUp();
                                                   return ++draws;
                                               }});
    leaveThreePushes(writer);
    const service::RelayPass pass = one.pass();
    QVERIFY(draws > 0);
    QCOMPARE(pass.pushes, 1);
    QCOMPARE(rows.figures().pushes, 0);
    QVERIFY(inbox.hasExactly(2));
    QCOMPARE(inbox.changesOf(firstDevice), QStringList{QStringLiteral("0>1")});
    QCOMPARE(inbox.changesOf(secondDevice), onlyTheThird);
}

void LeaseTest::aRelayThatWasHeldUpPutsNothingBack() {
    OutboxStore rows(currentBackend());
    const Inbox inbox(redisServer().target());
    FaultProxy proxy(Wire::Redis, redisServer().port());
    RelayRig one(rows, QStringLiteral("one"), {.channels = proxy.port()});
    Writer writer(rows);
    leaveThreePushes(writer);
    std::atomic<int> sentByTwo = 0;
    proxy.arm({.at = 1, .moment = WireFault::Moment::Before, .isAwayAfterwards = true, .action = [&] {
                   rows.passTime(leaseUs + secondUs);
                   Writer another(rows);
                   change(another, secondDevice);
                   RelayRig two(rows, QStringLiteral("two"), {.channels = redisServer().port()});
                   sentByTwo = two.pass().pushes;
               }});
    const service::RelayPass pass = one.pass();
    QCOMPARE(sentByTwo, 1);
    QVERIFY(pass.error); // nobody got the three, but now it is too late for them
    QCOMPARE(pass.pushes, 0);
    QCOMPARE(rows.figures().pushes, 0);
    proxy.heal();
    rows.passTime(leaseUs);
    QVERIFY(one.sendsAll());
    QVERIFY(inbox.hasExactly(1));
    QCOMPARE(inbox.changesOf(secondDevice), onlyTheThird);
}

void LeaseTest::aSlowPassKeepsItsLease() {
    constexpr int pushes = 40;
    OutboxStore rows(currentBackend());
    const Inbox inbox(redisServer().target());
    RelayRig two(rows, QStringLiteral("two"), {.channels = redisServer().port()});
    quint32 draws = 0;
    int refusals = 0;
    RelayRig one(rows, QStringLiteral("one"), {.channels = redisServer().port(), .random = [&] {
                                                   rows.passTime(200'000); // each message takes three draws
                                                   if (++draws % 30 == 0)
                                                       refusals += two.pass().isHolder ? 0 : 1;
                                                   return draws;
                                               }});
    Writer writer(rows);
    for (int i = 0; i < pushes; ++i)
        change(writer, firstDevice);
    QCOMPARE(one.pass().pushes, pushes);
    QCOMPARE(refusals, 4);
    QVERIFY(rows.clock().nowUs() - noonUs > leaseUs);
    QVERIFY(inbox.hasExactly(pushes));
    QCOMPARE(inbox.changesOf(firstDevice), changesInLog(rows, firstDevice));
}

/// A program that counts and one that pushes, both busy all the time.
void LeaseTest::aRelayGivesWayToOneThatSendsTheRest() {
    constexpr int events = 60;
    OutboxStore rows(currentBackend());
    const Inbox inbox(redisServer().target());
    RelayRig counting(rows, QStringLiteral("counting"), {.counters = redisServer().port()});
    RelayRig pushing(rows, QStringLiteral("pushing"), {.channels = redisServer().port()});
    Writer writer(rows);
    int confirms = 0;
    int pushes = 0;
    for (int i = 0; i < events; ++i) {
        change(writer, firstDevice);
        confirms += counting.pass().confirms;
        pushes += pushing.pass().pushes;
        rows.passTime(secondUs / 2);
    }
    QVERIFY2(confirms > 0, qPrintable(QString::number(confirms)));
    QVERIFY2(pushes > 0, qPrintable(QString::number(pushes)));
}

void LeaseTest::anIdleLaneGivesTheLeaseBack() {
    const OutboxStore rows(currentBackend(), StoreTime::Servers);
    RelayLane lane(laneSetup(rows, 0, redisServer().port()));
    service::OutboxUse use = everything();
    use.written = [&lane](base::LogId logId, bool isCounted) { lane.written(logId, isCounted); };
    Writer writer(rows, use);
    change(writer, firstDevice);
    const QString holder = QStringLiteral("SELECT holder FROM affinity_console_relay_lease");
    QVERIFY(QTest::qWaitFor([&] { return !rows.query(holder).isEmpty(); }, farMs));
    QVERIFY(QTest::qWaitFor(
        [&] {
            lane.wake(); // as serve does, again and again
            return rows.query(holder).isEmpty();
        },
        10'000)); // less than the lease, on a machine that is not too busy; it would stay for ever
}

void LeaseTest::anEndingLaneLeavesWhatItDidNotSend() {
    const OutboxStore rows(currentBackend(), StoreTime::Servers);
    const Inbox inbox(redisServer().target());
    FaultProxy proxy(Wire::Redis, redisServer().port());
    proxy.arm({.kind = WireFault::Kind::Blackhole, .at = 1, .moment = WireFault::Moment::Before});
    {
        RelayLane lane(laneSetup(rows, 0, proxy.port()));
        service::OutboxUse use = everything();
        use.written = [&lane](base::LogId logId, bool isCounted) { lane.written(logId, isCounted); };
        Writer writer(rows, use);
        change(writer, firstDevice);
        change(writer, firstDevice);
        QVERIFY(QTest::qWaitFor([&] { return proxy.hasFired(); }, farMs));
    }
    QCOMPARE(rows.query(QStringLiteral("SELECT count(*) FROM affinity_console_outbox WHERE kind = 'push' AND "
                                       "claimed_at IS NULL")),
             QStringLiteral("2"));
    QCOMPARE(rows.query(QStringLiteral("SELECT holder FROM affinity_console_relay_lease")), QString());
    RelayLane next(laneSetup(rows, 0, redisServer().port()));
    QCOMPARE(must(next.finish()).pushes, 0);
    QVERIFY(inbox.hasExactly(2));
    QCOMPARE(inbox.changesOf(firstDevice), changesInLog(rows, firstDevice));
}

} // namespace affinity::test
