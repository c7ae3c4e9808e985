#include "tests/unit/service/reconcile_test.h"

#include "engine/base/isotime.h"
#include "engine/service/reconcile.h"
#include "tests/unit/service/world.h"

namespace affinity::test {

using service::FindingKind;

namespace {

rules::LogRow row(int before, int change, int after) {
    rules::LogRow made = chatRow();
    made.beforeValue = before;
    made.changeValue = change;
    made.afterValue = after;
    return made;
}

rules::DailyCounter counter(qint64 sum, qint64 triggers) {
    return {0, momo, base::RuleId{1}, QDate(2026, 3, 1), sum, triggers};
}

/// Adds rows of the first device (value 10, level 1) and their counter.
ContractStore::Filling with(const std::vector<rules::LogRow>& rows, const rules::DailyCounter& counted) {
    return [rows, counted](store::MemoryDatabase& database) {
        fill(database);
        for (const rules::LogRow& added : rows)
            QVERIFY(database.add(added).isOk());
        QVERIFY(database.add(counted).isOk());
    };
}

/// A further device of that value and level.
ContractStore::Filling withDevice(int value, int level, const std::optional<rules::LogRow>& last) {
    return [value, level, last](store::MemoryDatabase& database) {
        fill(database);
        rules::Binding binding;
        binding.userId = alice;
        binding.serial = QStringLiteral("SN-7");
        binding.favorability = value;
        binding.affinityLevel = level;
        binding.boundAtUs = noonUs;
        const auto id = database.add(binding);
        QVERIFY(id.isOk());
        if (last) {
            rules::LogRow added = *last;
            added.deviceId = *id;
            QVERIFY(database.add(added).isOk());
            rules::DailyCounter counted = counter(added.changeValue, 1);
            counted.deviceId = *id;
            QVERIFY(database.add(counted).isOk());
        }
    };
}

struct Planted {
    ContractStore::Filling filling;
    FindingKind kind;
    qint64 expected;
    qint64 found;
    std::optional<base::LogId> row;
};

std::map<QByteArray, Planted> plantedFaults() {
    return {
        {"value", {with({row(8, 4, 12)}, counter(4, 1)), FindingKind::Value, 12, 10, base::LogId{1}}},
        {"arithmetic", {with({row(8, 3, 10)}, counter(3, 1)), FindingKind::Arithmetic, 11, 10, base::LogId{1}}},
        {"chain", {with({row(4, 2, 6), row(8, 2, 10)}, counter(4, 2)), FindingKind::Chain, 6, 8, base::LogId{2}}},
        {"counter", {with({row(8, 2, 10)}, counter(5, 1)), FindingKind::Counter, 2, 5, base::LogId{1}}},
        {"counter without rows",
         {[](store::MemoryDatabase& database) {
              fill(database);
              QVERIFY(database.add(counter(5, 1)).isOk());
          },
          FindingKind::Counter, 0, 5, std::nullopt}},
        {"level", {withDevice(60, 1, std::nullopt), FindingKind::Level, 2, 1, std::nullopt}},
        {"grant", {withDevice(60, 2, row(40, 20, 60)), FindingKind::Grant, 2, 0, base::LogId{1}}},
    };
}

} // namespace

void ReconcileTest::initTestCase_data() {
    addServiceBackends();
}

void ReconcileTest::storeThatTheEngineWroteFits() {
    World world;
    service::ApplyRequest request = world.event(gift);
    request.deviceId = kiki;
    HAS_OUTCOME(world.apply(request, 15), Applied);
    HAS_OUTCOME(world.apply(request, -15), Applied);
    HAS_OUTCOME(world.apply(chat), Applied);
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, 500)), Applied);
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, -300)), Applied);
    world.pass(4 * 3600 * base::usPerSecond);
    HAS_OUTCOME(world.apply(gift), Applied);
    TAKE(report, service::reconcile(world.store, {}));
    QVERIFY2(report.findings.empty(), report.findings.empty() ? "" : qPrintable(report.findings[0].what));
    QCOMPARE(report.devices, qint64{6});
    QCOMPARE(report.rows, qint64{6});
    QVERIFY(report.isFinished);
}

void ReconcileTest::plantedFaultIsFound_data() {
    QTest::addColumn<QByteArray>("fault");
    for (const auto& [fault, planted] : plantedFaults())
        QTest::newRow(fault.constData()) << fault;
}

void ReconcileTest::plantedFaultIsFound() {
    QFETCH(const QByteArray, fault);
    const Planted planted = plantedFaults().at(fault);
    World world(currentBackend(), planted.filling);
    TAKE(report, service::reconcile(world.store, {}));
    QCOMPARE(report.findings.size(), size_t{1});
    const service::Finding& finding = report.findings[0];
    QCOMPARE(finding.kind, planted.kind);
    QCOMPARE(finding.expected, planted.expected);
    QCOMPARE(finding.found, planted.found);
    QCOMPARE(finding.logId, planted.row);
    QVERIFY(!finding.what.isEmpty());
    QCOMPARE(QString::fromStdString(service::toJson(report)["findings"][0]["kind"].get<std::string>()),
             service::name(planted.kind));
}

void ReconcileTest::hostileRowsDoNotOverflow() {
    constexpr int largest = std::numeric_limits<int>::max();
    World world(currentBackend(), with({row(largest, largest, 10)}, counter(largest, 1)));
    TAKE(report, service::reconcile(world.store, {}));
    QCOMPARE(report.findings.size(), size_t{1});
    QCOMPARE(report.findings[0].expected, 2 * qint64{largest});
}

void ReconcileTest::oneDeviceAndCancel() {
    World world(currentBackend(), plantedFaults().at("value").filling);
    service::ReconcileOptions options;
    options.device = kiki;
    TAKE(fits, service::reconcile(world.store, options));
    QVERIFY(fits.findings.empty());
    QCOMPARE(fits.devices, qint64{1});
    options.device = momo;
    TAKE(found, service::reconcile(world.store, options));
    QCOMPARE(found.findings.size(), size_t{1});
    options.device = base::DeviceId{99};
    FAILS_WITH(NotFound, service::reconcile(world.store, options));
    const std::atomic<bool> isCancelled{true};
    options.device.reset();
    options.cancel = &isCancelled;
    TAKE(cut, service::reconcile(world.store, options));
    QVERIFY(!cut.isFinished);
}

void ReconcileTest::countersThatTheEngineToldFit() {
    World world;
    HAS_OUTCOME(world.apply(chat, 2, QStringLiteral("e")), Applied);
    HAS_OUTCOME(world.apply(gift, -7), Applied);
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, 500)), Applied);
    TAKE(report, service::reconcile(world.store, {.counters = &world.counters}));
    QVERIFY2(report.findings.empty(), report.findings.empty() ? "" : qPrintable(report.findings[0].what));
    QVERIFY(!report.counterFault);
    // A Django service's cooldown, or one of a rule that was edited meanwhile, is nothing wrong.
    must(world.counters.confirm({base::LogId{9}, momo, gift, {}, QDate(2026, 3, 1), 500, 0, 0}));
    TAKE(other, service::reconcile(world.store, {.counters = &world.counters}));
    QVERIFY(other.findings.empty());
}

void ReconcileTest::counterThatDiffersIsFound_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("asked");
    QTest::addColumn<QString>("key");
    const auto add = [](const char* name, FindingKind kind, store::CounterKind asked, const char* key) {
        QTest::newRow(name) << static_cast<int>(kind) << static_cast<int>(asked) << QString::fromLatin1(key);
    };
    const char* const chatDay = ":1:affinity:daily:1:chat:20260301";
    const char* const globalDay = ":1:affinity:daily:1:_global:20260301";
    const char* const chatCooldown = ":1:affinity:cd:1:chat";
    add("missing sum", FindingKind::RedisMissing, store::CounterKind::RuleDay, chatDay);
    add("missing cooldown", FindingKind::RedisMissing, store::CounterKind::Cooldown, chatCooldown);
    add("lower", FindingKind::RedisLower, store::CounterKind::GlobalDay, globalDay);
    add("shorter cooldown", FindingKind::RedisLower, store::CounterKind::Cooldown, chatCooldown);
    add("higher", FindingKind::RedisHigher, store::CounterKind::RuleDay, chatDay);
    add("garbage", FindingKind::RedisGarbage, store::CounterKind::GlobalDay, globalDay);
    add("endless sum", FindingKind::RedisEndless, store::CounterKind::RuleDay, chatDay);
    add("endless cooldown", FindingKind::RedisEndless, store::CounterKind::Cooldown, chatCooldown);
}

void ReconcileTest::counterThatDiffersIsFound() {
    QFETCH(const int, kind);
    QFETCH(const int, asked);
    QFETCH(const QString, key);
    World world;
    HAS_OUTCOME(world.apply(chat, 2), Applied);
    world.counters.onStates = [&](std::vector<store::CounterState>& states) {
        for (store::CounterState& state : states) {
            if (state.key != key)
                continue;
            QCOMPARE(static_cast<int>(state.kind), asked);
            switch (static_cast<FindingKind>(kind)) {
            case FindingKind::RedisMissing:
                state = {state.kind, state.ruleKey, state.key, false, {}, {}, {}};
                break;
            case FindingKind::RedisLower:
                state.leftUs = 10 * base::usPerSecond;
                if (state.number)
                    state.number = 1;
                break;
            case FindingKind::RedisHigher:
                state.number = 3;
                break;
            case FindingKind::RedisGarbage:
                state.number.reset();
                state.value = QStringLiteral("true");
                break;
            default:
                state.leftUs.reset();
            }
        }
    };
    TAKE(report, service::reconcile(world.store, {.device = momo, .counters = &world.counters}));
    QCOMPARE(report.findings.size(), size_t{1});
    const service::Finding& finding = report.findings[0];
    QCOMPARE(static_cast<int>(finding.kind), kind);
    QVERIFY2(finding.what.contains(key), qPrintable(finding.what));
    QVERIFY(service::name(finding.kind).startsWith(QStringLiteral("redis_")));
    if (finding.kind == FindingKind::RedisHigher) {
        QCOMPARE(finding.expected, qint64{2});
        QCOMPARE(finding.found, qint64{3});
    }
}

void ReconcileTest::confirmOnItsWayIsNoFinding() {
    World world;
    HAS_OUTCOME(world.apply(chat, 2), Applied);
    int looks = 0;
    world.counters.onStates = [&](std::vector<store::CounterState>& states) {
        if (++looks == 1)
            states.back().number = 0;
    };
    TAKE(report, service::reconcile(world.store, {.device = momo, .counters = &world.counters}));
    QVERIFY(report.findings.empty());
    QCOMPARE(looks, 2);
}

void ReconcileTest::countersThatCannotBeAskedAreSaidOnce() {
    World world;
    world.counters.failReads(true);
    TAKE(report, service::reconcile(world.store, {.counters = &world.counters}));
    QVERIFY(report.counterFault);
    QVERIFY(report.findings.empty());
    QCOMPARE(report.devices, qint64{6});
    QVERIFY(service::toJson(report).contains("counter_fault"));
}

} // namespace affinity::test
