#include "tests/unit/service/redis_test.h"

#include "engine/base/isotime.h"
#include "engine/redis/connection.h"
#include "engine/service/counterrebuild.h"
#include "engine/service/reconcile.h"
#include "engine/store/rediscounters.h"
#include "tests/unit/service/world.h"

#include <QElapsedTimer>
#include <QRegularExpression>

#include <algorithm>

namespace affinity::test {

using base::ErrorKind;
using service::ApplyResult;
using service::WithoutCounters;

namespace {

constexpr int commandMs = 10'000;

/// A world whose service counts in the test's Redis, by the real time, which Redis goes by.
struct RedisWorld : World {
    explicit RedisWorld(const RedisServer& server, WithoutCounters without = WithoutCounters::Refuse, int callMs = 2000)
        : raw(server.target()), redis(server.target(), {.callMs = callMs}), onRedis(store, redis, draw, made(without)) {
        setNow(base::SystemClock().nowUs());
    }
    service::ServiceOptions made(WithoutCounters without) {
        service::ServiceOptions chosen = options();
        chosen.withoutCounters = without;
        return chosen;
    }
    ApplyResult send(const QString& rule, int change, const QString& id = {}) {
        draw.number = change;
        return onRedis.apply(event(rule, id));
    }
    redis::Reply command(const redis::Command& asked) {
        return must(raw.command(asked, redis::Effect::Repeatable, redis::within(commandMs)));
    }
    QByteArray get(const QByteArray& key) { return command({"GET", key}).text; }
    QByteArray today() { return base::compactDate(rules::localDate(now(), QTimeZone("Asia/Shanghai"))).toLatin1(); }
    QByteArray dayKey(const char* rule) { return QByteArray(":1:affinity:daily:1:") + rule + ':' + today(); }
    void setEpoch() { command({"SET", ":1:affinity:console:epoch", "set"}); }

    redis::Connection raw;
    store::RedisCounters redis;
    service::AffinityService onRedis;
};

void expectWarning(const char* pattern) {
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QString::fromLatin1(pattern)));
}

/// How many commands the server has carried out.
qint64 commandsOf(RedisWorld& world) {
    const QByteArray info = world.command({"INFO", "stats"}).text;
    return store::infoField(info, "total_commands_processed").toLongLong();
}

} // namespace

void RedisTest::initTestCase_data() {
    addServiceBackends();
}

void RedisTest::initTestCase() {
    QVERIFY2(m_server.start(), m_server.output().constData());
}

void RedisTest::init() {
    if (!m_server.isRunning())
        QVERIFY(m_server.start());
    redis::Connection raw(m_server.target());
    must(raw.command({"FLUSHALL"}, redis::Effect::Repeatable, redis::within(commandMs)));
}

void RedisTest::djangosCountersAreRespectedAndOursAreItsToo() {
    RedisWorld world(m_server);
    world.setEpoch();
    HAS_OUTCOME(world.send(chat, 2, QStringLiteral("ours")), Applied);
    QCOMPARE(world.get(":1:affinity:cd:1:chat"), QByteArray("1"));
    QCOMPARE(world.get(world.dayKey("chat")), QByteArray("2"));
    QCOMPARE(world.get(world.dayKey("_global")), QByteArray("2"));
    QCOMPARE(world.get(":1:affinity:event:ours"), QByteArray("1"));
    // What a Django service wrote, though no log row says so.
    world.command({"SET", ":1:affinity:cd:1:decay", "1", "EX", "30"});
    HAS_OUTCOME(world.send(decay, -5), Cooldown);
    world.command({"SET", ":1:affinity:event:theirs", "1", "EX", "60"});
    HAS_OUTCOME(world.send(gift, 5, QStringLiteral("theirs")), EventDuplicate);
    world.command({"SET", world.dayKey("gift"), "33", "EX", "172800"});
    QCOMPARE(world.send(gift, 20).changeValue, 7);
    QCOMPARE(world.get(world.dayKey("gift")), QByteArray("40"));
    HAS_OUTCOME(world.send(gift, 1), RuleDailyCap);
}

void RedisTest::refusalByTheCountersIsOneRoundTripAndNoSql() {
    RedisWorld world(m_server);
    world.setEpoch();
    HAS_OUTCOME(world.send(chat, 2, QStringLiteral("e")), Applied);
    const int calls = world.store.allCalls();
    const qint64 before = commandsOf(world);
    constexpr int times = 50;
    for (int i = 0; i < times; ++i) {
        HAS_OUTCOME(world.send(chat, 2, QStringLiteral("e")), EventDuplicate);
        HAS_OUTCOME(world.send(chat, 2, QStringLiteral("f")), Cooldown);
    }
    QCOMPARE(world.store.allCalls(), calls);
    QCOMPARE(commandsOf(world) - before, qint64{times * 2 * 5 + 1}); // five commands in one write, and INFO
}

void RedisTest::serverThatDiedRefusesOrLeavesItToSql() {
    RedisWorld strict(m_server);
    RedisWorld alone(m_server, WithoutCounters::GoOn);
    HAS_OUTCOME(strict.send(chat, 2), Applied);
    strict.command({"FLUSHALL"}); // the two worlds have the same ids
    HAS_OUTCOME(alone.send(chat, 2), Applied);
    m_server.killNow();
    const ApplyResult refused = strict.send(gift, 5);
    HAS_OUTCOME(refused, Error);
    QCOMPARE(refused.error->kind, ErrorKind::CannotConnect);
    QCOMPARE(strict.log().size(), size_t{1});
    expectWarning("counters were not told yet");
    HAS_OUTCOME(alone.send(gift, 30), Applied);
    HAS_OUTCOME(alone.send(chat, 2), Cooldown);
    QElapsedTimer timer;
    timer.start();
    int applied = 0;
    for (int i = 0; i < 50; ++i)
        applied += alone.send(gift, 1).outcome == rules::Outcome::Applied ? 1 : 0;
    QCOMPARE(applied, 20); // 20 by the single cap before, 40 a day
    QVERIFY2(timer.elapsed() < 5000, "a dead server holds every event up");
    QCOMPARE(alone.onRedis.counterHealth(), service::CounterHealth::Unreachable);

    // Back and empty. The log holds the limits, and the events that wait count once.
    QVERIFY(m_server.start());
    SUCCEEDS(alone.redis.checkServer([] { return base::Result<qint64>(base::SystemClock().nowUs()); }));
    HAS_OUTCOME(alone.send(gift, 1), RuleDailyCap);
    QVERIFY(alone.onRedis.sendPendingConfirms(1000));
    QCOMPARE(alone.get(alone.dayKey("gift")), QByteArray("40"));
    QCOMPARE(alone.get(alone.dayKey("_global")), QByteArray("42"));
}

void RedisTest::serverThatStopsAnsweringAfterTheReadIsToldLater() {
    RedisWorld world(m_server, WithoutCounters::Refuse, 300);
    world.setEpoch();
    HAS_OUTCOME(world.send(gift, 1), Applied);
    world.store.before(Call::Write, [this] { m_server.pause(); });
    expectWarning("counters were not told yet");
    HAS_OUTCOME(world.send(gift, 5, QStringLiteral("e")), Applied);
    QCOMPARE(world.onRedis.pendingConfirms().size(), size_t{1});
    m_server.resume();
    SUCCEEDS(world.redis.checkServer([] { return base::Result<qint64>(base::SystemClock().nowUs()); }));
    QVERIFY(world.onRedis.sendPendingConfirms(10));
    QVERIFY(world.onRedis.pendingConfirms().isEmpty());
    // Whether the stopped server had read the first one or not: counted once.
    QCOMPARE(world.get(world.dayKey("gift")), QByteArray("6"));
    HAS_OUTCOME(world.send(chat, 2, QStringLiteral("e")), EventDuplicate);
}

void RedisTest::emptiedServerIsRaisedByTheNextEventAndByARebuild() {
    RedisWorld world(m_server);
    world.setEpoch();
    HAS_OUTCOME(world.send(chat, 2, QStringLiteral("e")), Applied);
    HAS_OUTCOME(world.send(gift, 20), Applied);
    world.command({"FLUSHALL"});
    HAS_OUTCOME(world.send(gift, 20), Applied);
    HAS_OUTCOME(world.send(gift, 20), RuleDailyCap);
    QCOMPARE(world.get(world.dayKey("gift")), QByteArray("40"));
    QCOMPARE(world.get(world.dayKey("chat")), QByteArray("2"));
    QCOMPARE(world.get(":1:affinity:event:e"), QByteArray("1"));
    QCOMPARE(world.onRedis.counterHealth(), service::CounterHealth::Lost);

    world.command({"FLUSHALL"});
    TAKE(report, service::rebuildCounters(world.store, world.redis, {}));
    QVERIFY(report.isWhole);
    QCOMPARE(world.get(world.dayKey("gift")), QByteArray("40"));
    QCOMPARE(world.get(world.dayKey("_global")), QByteArray("42"));
    HAS_OUTCOME(world.send(chat, 2), Cooldown);
    QCOMPARE(world.onRedis.counterHealth(), service::CounterHealth::Whole);
    TAKE(reconciled, service::reconcile(world.store, {.device = momo, .counters = &world.redis}));
    QVERIFY2(reconciled.findings.empty(), reconciled.findings.empty() ? "" : qPrintable(reconciled.findings[0].what));
}

void RedisTest::garbageIsNamedAndNothingBreaks() {
    RedisWorld strict(m_server);
    strict.setEpoch();
    for (const QByteArray& garbage : {QByteArray("12.5"), QByteArray("true"), QByteArray()}) {
        strict.command({"SET", strict.dayKey("gift"), garbage});
        expectWarning("which is no whole number");
        const ApplyResult refused = strict.send(gift, 5);
        HAS_OUTCOME(refused, Error);
        QCOMPARE(refused.error->kind, ErrorKind::Damaged);
        QVERIFY(refused.error->what.contains(QString::fromLatin1(strict.dayKey("gift"))));
    }
    QVERIFY(strict.log().empty());
    RedisWorld alone(m_server, WithoutCounters::GoOn);
    strict.command({"SET", alone.dayKey("gift"), "12.5"});
    expectWarning("which is no whole number");
    expectWarning("the counters will not have it");
    const ApplyResult applied = alone.send(gift, 5);
    HAS_OUTCOME(applied, Applied);
    QVERIFY(applied.counterFault);
    QCOMPARE(alone.get(alone.dayKey("gift")), QByteArray("12.5"));
}

void RedisTest::reconcileNamesWhatDiffersInRedis() {
    RedisWorld world(m_server);
    world.setEpoch();
    HAS_OUTCOME(world.send(chat, 2), Applied);
    HAS_OUTCOME(world.send(gift, 5), Applied);
    world.command({"DEL", ":1:affinity:cd:1:chat"});
    world.command({"SET", world.dayKey("chat"), "1.5"});
    world.command({"SET", world.dayKey("gift"), "4"});
    world.command({"SET", world.dayKey("_global"), "9", "EX", "1000"});
    TAKE(report, service::reconcile(world.store, {.device = momo, .counters = &world.redis}));
    std::vector<std::string> kinds;
    for (const service::Finding& finding : report.findings)
        kinds.push_back(service::name(finding.kind).toStdString());
    std::sort(kinds.begin(), kinds.end());
    const std::vector<std::string> expected{"redis_endless", "redis_endless", "redis_garbage",
                                            "redis_higher",  "redis_lower",   "redis_missing"};
    QCOMPARE(kinds, expected);
}

void RedisTest::rebuildOfTenThousandDevicesIsMeasured() {
    if (currentBackend() != Backend::Embedded)
        return; // one kind of store is enough for a figure
    constexpr qint64 devices = 10'000;
    const qint64 nowUs = base::SystemClock().nowUs();
    const auto filling = [nowUs](store::MemoryDatabase& database) {
        fill(database);
        for (qint64 i = 1; i <= devices; ++i) {
            rules::Binding binding;
            binding.userId = alice;
            binding.serial = QStringLiteral("many-%1").arg(i);
            binding.favorability = 6;
            binding.affinityLevel = 1;
            binding.boundAtUs = nowUs;
            rules::LogRow row = chatRow();
            row.deviceId = must(database.add(binding));
            row.createdAtUs = nowUs;
            for (int before = 0; before < 6; before += 2) {
                row.beforeValue = before;
                row.changeValue = 2;
                row.afterValue = before + 2;
                must(database.add(row));
            }
        }
    };
    World world(currentBackend(), filling);
    world.setNow(nowUs);
    store::RedisCounters redis(m_server.target(), {.callMs = commandMs});
    QElapsedTimer timer;
    timer.start();
    TAKE(report, service::rebuildCounters(world.store, redis, {}));
    const qint64 tookMs = std::max<qint64>(timer.elapsed(), 1);
    QVERIFY(report.isWhole);
    QCOMPARE(report.devices, devices);
    qInfo(
        "{\"figure\": \"rebuild of counters, SQLite\", \"devices\": %lld, \"ms\": %lld, \"devices_per_second\": %lld}",
        devices, tookMs, devices * 1000 / tookMs);
    QVERIFY2(tookMs < 30'000, "ten times slower than the promise of 100,000 devices in 30 s");
    TAKE(facts, redis.read({base::DeviceId{7}, chat, {}, rules::localDate(nowUs, QTimeZone("Asia/Shanghai"))}));
    QCOMPARE(facts.ruleDaySum, qint64{6});
    QVERIFY(facts.isCooldownRunning);
}

} // namespace affinity::test
