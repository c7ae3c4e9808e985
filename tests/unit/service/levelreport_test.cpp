#include "tests/unit/service/levelreport_test.h"

#include "engine/service/levelreport.h"
#include "tests/unit/service/world.h"

#include <algorithm>
#include <cmath>

namespace affinity::test {

using base::DeviceId;
using service::LevelReport;
using service::TimeToLevel;

namespace {

/// One device: bound, and on which day after that it came to 50 points, was last seen below, or had what it has.
struct Life {
    int reachedDay = -1; ///< −1: never
    int unboundDay = -1; ///< −1: still bound
    int startValue = 0;
    qint64 boundAtUs = noonUs - 40 * dayUs;
};

/// A store with the levels of fill() (from 0, 50 and 120 points), but these devices alone, and a log that begins
/// `logDay` days before noonUs.
ContractStore::Filling with(const std::vector<Life>& lives, int logDay = 40) {
    return [lives, logDay](store::MemoryDatabase& database) {
        store::MemoryDatabase filled;
        fill(filled);
        QVERIFY(database.add(filled.tables().ruleSet()).isOk());
        for (const auto& [id, user] : filled.tables().users())
            QVERIFY(database.add(user).isOk());
        std::vector<rules::LogRow> rows;
        const auto addBinding = [&](const QString& serial, const Life& life, int value) {
            rules::Binding binding;
            binding.userId = alice;
            binding.serial = serial;
            binding.favorability = value;
            binding.affinityLevel = value >= 120 ? 3 : value >= 50 ? 2 : 1;
            binding.boundAtUs = life.boundAtUs;
            if (life.unboundDay >= 0)
                binding.unboundAtUs = life.boundAtUs + life.unboundDay * dayUs;
            return *database.add(binding);
        };
        for (size_t i = 0; i < lives.size(); ++i) {
            const Life& life = lives[i];
            const int value = life.reachedDay >= 0 ? 60 : life.startValue;
            const DeviceId id = addBinding(QString::number(i), life, value);
            if (life.reachedDay < 0)
                continue;
            rules::LogRow row = chatRow();
            row.deviceId = id;
            row.beforeValue = life.startValue;
            row.afterValue = 60;
            row.changeValue = 60 - life.startValue;
            row.createdAtUs = life.boundAtUs + life.reachedDay * dayUs;
            rows.push_back(row);
        }
        // A device that begins the log and is at the top, so that no level has to do with it.
        rules::LogRow first = chatRow();
        first.deviceId = addBinding(QStringLiteral("first"), Life{}, 902);
        first.beforeValue = 900;
        first.afterValue = 902;
        first.createdAtUs = noonUs - logDay * dayUs;
        rows.push_back(first);
        std::sort(rows.begin(), rows.end(),
                  [](const rules::LogRow& a, const rules::LogRow& b) { return a.createdAtUs < b.createdAtUs; });
        for (const rules::LogRow& row : rows)
            QVERIFY(database.add(row).isOk());
    };
}

/// The time to the second level, from 50 points on.
TimeToLevel timeOf(World& world) {
    const auto report = service::levelReport(world.store);
    if (!report)
        qFatal("%s", qPrintable(report.error().what));
    return report->levels.at(1).timeToLevel;
}

bool isNear(double a, double b) {
    return std::abs(a - b) < 1e-12;
}

} // namespace

void LevelReportTest::initTestCase_data() {
    addServiceBackends();
}

void LevelReportTest::timesEqualTheTextbook() {
    // The patients on 6-MP of Freireich et al., Blood 21 (1963), as in every textbook on survival: relapses at 6, 6, 6,
    // 7, 10, 13, 16, 22, 23 weeks and withdrawals at 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35 (days here).
    std::vector<Life> lives;
    for (const int day : {6, 6, 6, 7, 10, 13, 16, 22, 23})
        lives.push_back({.reachedDay = day});
    for (const int day : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35})
        lives.push_back({.unboundDay = day});
    World world(currentBackend(), with(lives));
    const TimeToLevel time = timeOf(world);
    QCOMPARE(time.observed, 21);
    QCOMPARE(time.reached, 9);
    QCOMPARE(time.reachedByDay.size(), size_t{36});
    const std::vector<std::pair<size_t, double>> remission{{5, 1.0},    {6, 0.857},  {7, 0.807},  {9, 0.807},
                                                           {10, 0.753}, {13, 0.690}, {16, 0.627}, {21, 0.627},
                                                           {22, 0.538}, {23, 0.448}, {35, 0.448}};
    for (const auto& [day, share] : remission)
        QVERIFY2(std::abs(1 - time.reachedByDay[day] - share) < 0.0006, qPrintable(QString::number(day)));
    QCOMPARE(time.p10Day, std::optional(6));
    QCOMPARE(time.medianDay, std::optional(23));
    QVERIFY(!time.p90Day);
}

void LevelReportTest::devicesAtTheLevelFromTheStartAreLeftOut() {
    World world(currentBackend(), with({{.reachedDay = 3}, {.startValue = 50}, {.startValue = 49}}));
    const TimeToLevel time = timeOf(world);
    QCOMPARE(time.observed, 2);
    QCOMPARE(time.reached, 1);
    QVERIFY(isNear(time.reachedByDay.at(3), 0.5));
    TAKE(report, service::levelReport(world.store));
    QCOMPARE(report.levels[0].timeToLevel.observed, 0); // everybody has the lowest level
    QVERIFY(report.levels[0].timeToLevel.reachedByDay.empty());
    QVERIFY(!report.levels[0].timeToLevel.p10Day);
}

void LevelReportTest::latecomersCountFromTheirFirstDay() {
    // The log begins on day 40 of the first device's life: its 39 earlier days tell nothing about early days.
    const qint64 lateUs = noonUs - 40 * dayUs;
    World world(currentBackend(), with({{.reachedDay = 41, .boundAtUs = noonUs - 80 * dayUs},
                                        {.reachedDay = 2, .boundAtUs = lateUs},
                                        {.boundAtUs = lateUs},
                                        {.unboundDay = 5, .boundAtUs = noonUs - 80 * dayUs}}));
    const TimeToLevel time = timeOf(world);
    QCOMPARE(time.observed, 3); // the last one was gone before the log began
    QVERIFY(isNear(time.reachedByDay.at(1), 0));
    QVERIFY(isNear(time.reachedByDay.at(2), 0.5));
    QVERIFY(isNear(time.reachedByDay.at(40), 0.5));
    QVERIFY(isNear(time.reachedByDay.at(41), 1)); // alone by then
}

void LevelReportTest::unboundDevicesAreCensored() {
    World world(currentBackend(), with({{.reachedDay = 4}, {.unboundDay = 2}, {.unboundDay = 4}, {}}));
    const TimeToLevel time = timeOf(world);
    QCOMPARE(time.observed, 4);
    QVERIFY(isNear(time.reachedByDay.at(4), 1.0 / 3)); // the one unbound that day was still at risk
    QCOMPARE(time.reachedByDay.size(), size_t{41});    // up to now
}

void LevelReportTest::daysAreLocal() {
    // Bound at 23:30 in Kathmandu, there an hour later: the next day, though both are one day of UTC.
    const qint64 boundUs = noonUs - 5 * dayUs + (5 * 3600 + 45 * 60) * secondUs; // 17:45 UTC
    World world(currentBackend(), [boundUs](store::MemoryDatabase& database) {
        with({{.boundAtUs = boundUs}})(database);
        rules::LogRow row = chatRow();
        row.deviceId.value = 1;
        row.beforeValue = 0;
        row.afterValue = 60;
        row.createdAtUs = boundUs + 3600 * secondUs;
        QVERIFY(database.add(row).isOk());
    });
    world.editSetting({.timeZone = "Asia/Kathmandu"});
    QCOMPARE(timeOf(world).medianDay, std::optional(1));
    world.editSetting({.timeZone = "UTC"});
    QCOMPARE(timeOf(world).medianDay, std::optional(0));
}

void LevelReportTest::levelIsReachedOverAHigherOne() {
    // Level 2 from 120 points and level 3 from 50: whoever has 50 is level 3, so has reached level 2 as well.
    World world(currentBackend(), [](store::MemoryDatabase& database) {
        rules::RuleSet ruleSet;
        ruleSet.levels = {{1, 0, QStringLiteral("one"), base::Json::array()},
                          {2, 120, QStringLiteral("two"), base::Json::array()},
                          {3, 50, QStringLiteral("three"), base::Json::array()}};
        QVERIFY(database.add(ruleSet).isOk());
        QVERIFY(database.add(rules::User{{}, QStringLiteral("alice"), {}, true, noonUs}).isOk());
        rules::Binding binding;
        binding.userId = alice;
        binding.serial = QStringLiteral("SN-1");
        binding.favorability = 60;
        binding.affinityLevel = 3;
        binding.boundAtUs = noonUs - 3 * dayUs;
        QVERIFY(database.add(binding).isOk());
        rules::LogRow row = chatRow();
        row.ruleId.reset();
        row.beforeValue = 0;
        row.afterValue = 60;
        row.createdAtUs = noonUs - dayUs;
        QVERIFY(database.add(row).isOk());
    });
    TAKE(report, service::levelReport(world.store));
    for (const size_t level : {size_t{1}, size_t{2}}) {
        QCOMPARE(report.levels[level].timeToLevel.reached, 1);
        QCOMPARE(report.levels[level].timeToLevel.medianDay, std::optional(2));
    }
}

void LevelReportTest::countsAndGrants() {
    World world;
    HAS_OUTCOME(world.apply(gift, 10), Applied);
    service::ApplyRequest request = world.event(chat);
    request.deviceId = kiki;
    HAS_OUTCOME(world.apply(request, 2), Applied); // 50 points: level 2
    TAKE(report, service::levelReport(world.store));
    QCOMPARE(report.nowUs, noonUs);
    QCOMPARE(report.maxAffinity, 1000);
    QCOMPARE(report.boundDevices, 5);
    QCOMPARE(report.levels.size(), size_t{3});
    const std::vector<std::pair<qint64, qint64>> expected{{2, 0}, {1, 1}, {2, 0}};
    for (size_t i = 0; i < expected.size(); ++i) {
        QCOMPARE(report.levels[i].devices, expected[i].first);
        QCOMPARE(report.levels[i].grants, expected[i].second);
    }
    TAKE(ruleSet, world.store.ruleSet());
    QVERIFY(report.levels[2].level == ruleSet.levels[2]);
    QCOMPARE(report.levels[1].timeToLevel.observed, 4); // momo, kiki, the unbound one and the one that did nothing
    QCOMPARE(report.levels[1].timeToLevel.reached, 1);
}

void LevelReportTest::emptyStoreReports() {
    World world(currentBackend(), [](store::MemoryDatabase& database) { QVERIFY(database.set({}).isOk()); });
    TAKE(report, service::levelReport(world.store));
    QVERIFY(report.levels.empty());
    QCOMPARE(report.boundDevices, 0);
}

void LevelReportTest::unknownTimeZoneIsNamed() {
    World world;
    world.editSetting({.timeZone = "Mars/Olympus"});
    FAILS_WITH(InvalidInput, service::levelReport(world.store));
    world.editSetting({.timeZone = "UTC"});
    for (int skips = 0; skips < 3; ++skips) {
        world.store.heal();
        world.store.fail(Call::Figures, base::ErrorKind::Damaged, 1, skips);
        FAILS_WITH(Damaged, service::levelReport(world.store));
    }
}

} // namespace affinity::test
