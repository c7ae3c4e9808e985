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

} // namespace affinity::test
