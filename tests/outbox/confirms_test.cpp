#include "tests/outbox/confirms_test.h"

#include "tests/outbox/relayrig.h"
#include "tests/production/must.h"
#include "tests/support/faultproxy.h"

#include <QMap>
#include <QTest>

#include <thread>

namespace affinity::test {

using rules::Outcome;

namespace {

constexpr qint64 lifeSlackMs = 60'000; ///< how long a busy machine may take to look

service::OutboxUse onlyConfirms() {
    return {.holdsConfirms = true, .holdsPushes = false, .rewards = service::RewardUse::None, .written = {}};
}

struct KeyState {
    QByteArray value;
    qint64 lifeMs = 0;
};

QMap<QByteArray, KeyState> keysOfRedis() {
    QMap<QByteArray, KeyState> keys;
    for (const redis::Reply& key : runOnRedis({"KEYS", "*"}).items)
        keys[key.text] = {runOnRedis({"GET", key.text}).text, runOnRedis({"PTTL", key.text}).integer};
    return keys;
}

/// What a chat of device 1 leaves in an empty Redis, on a new store.
QMap<QByteArray, KeyState> keysAfterAChat(const OutboxStore& rows, const service::OutboxUse& use) {
    emptyRedis(false);
    Writer writer(rows, use, redisCounters(redisServer().port()));
    const service::ApplyResult result = writer.apply(firstDevice, chat, QStringLiteral("hello"));
    if (result.outcome != Outcome::Applied)
        qFatal("a chat was not applied");
    return keysOfRedis();
}

qint64 lifeOf(const QString& key) {
    return runOnRedis({"PTTL", key.toUtf8()}).integer;
}

} // namespace

void ConfirmsTest::initTestCase_data() {
    addBackends();
}

void ConfirmsTest::init() {
    emptyRedis(false);
}

void ConfirmsTest::keysAreAsWithoutAnOutbox() {
    const OutboxStore without(currentBackend());
    const auto expected = keysAfterAChat(without, {});
    QCOMPARE(without.figures(), store::OutboxFigures{});

    const OutboxStore with(currentBackend());
    RelayLane lane(laneSetup(with, redisServer().port(), 0));
    service::OutboxUse use = onlyConfirms();
    int counted = 0;
    use.written = [&](base::LogId logId, bool isCounted) {
        counted += isCounted ? 1 : 0;
        lane.written(logId, isCounted);
    };
    const auto found = keysAfterAChat(with, use);
    QCOMPARE(counted, 1);
    QCOMPARE(found.keys(), expected.keys());
    QCOMPARE(found.size(), 6); // cooldown, event, two sums, the marker and the epoch
    for (auto it = found.begin(); it != found.end(); ++it) {
        QCOMPARE(it->value, expected[it.key()].value);
        QVERIFY2(std::abs(it->lifeMs - expected[it.key()].lifeMs) < lifeSlackMs, it.key().constData());
    }

    const store::OutboxFigures left = must(lane.finish());
    QCOMPARE(left, store::OutboxFigures{});
    QCOMPARE(with.query(QStringLiteral("SELECT count(*) FROM affinity_console_outbox")), QStringLiteral("0"));
    QCOMPARE(counterViolations(with), QByteArray());
}

void ConfirmsTest::aConfirmThatIsLostIsCountedOnce_data() {
    QTest::addColumn<bool>("isCountedUnheard");
    QTest::newRow("cut before the confirm") << false;
    QTest::newRow("cut after the confirm, its answer is lost") << true;
}

void ConfirmsTest::aConfirmThatIsLostIsCountedOnce() {
    QFETCH(bool, isCountedUnheard);
    OutboxStore rows(currentBackend());
    FaultProxy proxy(Wire::Redis, redisServer().port());
    Writer writer(
        rows, onlyConfirms(),
        std::make_unique<store::RedisCounters>(redisAt(proxy.port()), store::RedisCountersOptions{.callMs = farMs}));
    QCOMPARE(writer.apply(firstDevice, pat, QStringLiteral("warm")).outcome, Outcome::Applied);
    proxy.count();
    QCOMPARE(writer.apply(firstDevice, pat, QStringLiteral("counted")).outcome, Outcome::Applied);
    must(writer.store->outbox()->removeConfirms({{1}, {2}})); // as the lane does
    const qint64 lastMessage = proxy.messages(Direction::ToServer);

    proxy.arm({.kind = WireFault::Kind::Fin,
               .direction = Direction::ToServer,
               .at = lastMessage,
               .moment = isCountedUnheard ? WireFault::Moment::After : WireFault::Moment::Before,
               .isAwayAfterwards = true});
    const service::ApplyResult result = writer.apply(firstDevice, gift, QStringLiteral("lost"));
    QCOMPARE(result.outcome, Outcome::Applied);
    QVERIFY(proxy.hasFired());
    QCOMPARE(rows.figures().confirms, 1);
    const auto left = must(writer.store->outbox()->confirms(noonUs + secondUs, 10));
    QCOMPARE(left.size(), size_t{1});
    QCOMPARE(left[0].logId.value, result.logId->value);

    RelayRig relay(rows, QStringLiteral("another process"), {.counters = redisServer().port()});
    service::RelayPass pass = relay.pass();
    QCOMPARE(pass.confirms, 0); // it is its writer's to send for a while
    QVERIFY(!pass.isHolder);
    rows.passTime(3 * secondUs);
    pass = relay.pass();
    QVERIFY(!pass.error);
    QCOMPARE(pass.confirms, 1);
    QCOMPARE(rows.figures(), store::OutboxFigures{});
    QCOMPARE(counterViolations(rows), QByteArray());

    // Once more, as after a relay that died before it took the row out.
    const auto again = rows.open();
    auto transaction = must(again->begin(store::Access::Write));
    must(transaction->writeOutbox({left, {}}));
    must(transaction->commit());
    pass = relay.pass();
    QCOMPARE(pass.confirms, 1);
    QCOMPARE(rows.figures(), store::OutboxFigures{});
    QCOMPARE(counterViolations(rows), QByteArray());
}

void ConfirmsTest::aLateConfirmLivesForTheRest() {
    OutboxStore rows(currentBackend());
    Writer writer(rows, onlyConfirms());
    QCOMPARE(writer.apply(firstDevice, chat, QStringLiteral("late")).outcome, Outcome::Applied);
    rows.passTime(20 * secondUs); // of 60 s of cooldown and as many of the event's window
    RelayRig relay(rows, QStringLiteral("relay"), {.counters = redisServer().port()});
    QCOMPARE(relay.pass().confirms, 1);
    const store::CounterKeys keys;
    for (const QString& key : {keys.cooldown(firstDevice, chat), keys.event(QStringLiteral("late"))}) {
        QVERIFY2(lifeOf(key) > 0 && lifeOf(key) <= 40'000, qPrintable(key));
    }
    QCOMPARE(counterViolations(rows), QByteArray());
}

void ConfirmsTest::aConfirmOfADeadDayIsDropped() {
    OutboxStore rows(currentBackend());
    Writer writer(rows, onlyConfirms());
    QCOMPARE(writer.apply(firstDevice, gift).outcome, Outcome::Applied);
    rows.passTime((store::daySumSeconds + 60) * secondUs);
    RelayRig relay(rows, QStringLiteral("relay"), {.counters = redisServer().port()});
    QVERIFY(relay.sendsAll());
    QCOMPARE(runOnRedis({"DBSIZE"}).integer, 1); // the epoch
}

void ConfirmsTest::writersOnABrokenLineAreCountedOnce() {
    constexpr int writers = 4;
    constexpr int eventsEach = 12;
    const OutboxStore rows(currentBackend(), StoreTime::Servers);
    FaultProxy proxy(Wire::Redis, redisServer().port());
    RelayLane lane(laneSetup(rows, redisServer().port(), 0));
    std::atomic<int> applied = 0;
    std::atomic<int> waiting = 0;
    std::atomic<int> running = writers;
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i) {
        threads.emplace_back([&, i] {
            service::OutboxUse use = onlyConfirms();
            use.written = [&](base::LogId logId, bool isCounted) {
                waiting += isCounted ? 0 : 1;
                lane.written(logId, isCounted);
            };
            Writer writer(rows, use, std::make_unique<store::RedisCounters>(redisAt(proxy.port())));
            for (int event = 0; event < eventsEach; ++event)
                applied += writer.apply({1 + (i + event) % 3}, pat).outcome == Outcome::Applied ? 1 : 0;
            --running;
        });
    }
    int cuts = 0;
    const auto cutAt = [&proxy](qint64 message) {
        proxy.arm({.kind = WireFault::Kind::Fin,
                   .direction = Direction::ToServer,
                   .at = message,
                   .moment = message % 2 == 0 ? WireFault::Moment::After : WireFault::Moment::Before});
    };
    for (cutAt(1); running > 0; QTest::qWait(1)) {
        if (proxy.hasFired())
            cutAt(1 + ++cuts % 7);
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(applied, writers * eventsEach);
    QVERIFY(cuts > 0);
    QVERIFY(QTest::qWaitFor(
        [&] {
            lane.wake();
            return rows.figures().confirms == 0;
        },
        farMs));
    qInfo("%d events applied, %d cuts of the line to Redis, %d confirms left to the relay", applied.load(), cuts,
          waiting.load());
    QVERIFY(waiting > 0);
    QCOMPARE(counterViolations(rows), QByteArray());
}

} // namespace affinity::test
