#include "tests/ui/simulation/summary_test.h"

#include "ui/shared/formatting.h"
#include "ui/simulation/resultcharts.h"
#include "ui/simulation/summary.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>

namespace affinity::test {

namespace {

struct Run {
    sim::Scenario scenario;
    sim::SimulationResult result;
    ui::SimulationSummary summary;
    ui::RunOutcome outcome;
};

/// 300 devices of bench8 for 20 days; run once for all tests.
const Run& shortRun() {
    static const Run run = [] {
        QFile file(QStringLiteral(AFFINITY_SOURCE_DIR "/resources/scenarios/bench8.json"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("resources/scenarios/bench8.json is missing");
        auto scenario = sim::scenarioFromText(file.readAll(), QStringLiteral("bench8.json"));
        if (!scenario)
            qFatal("%s", qPrintable(scenario.error().what));
        scenario->devices = 300;
        scenario->days = 20;
        auto result = sim::run(*scenario);
        if (!result)
            qFatal("%s", qPrintable(result.error().what));
        const ui::SimulationSummary summary = ui::summaryOf(*result, *scenario);
        return Run{*scenario, *result, summary, {{std::nullopt, *scenario}, 300, summary, std::nullopt}};
    }();
    return run;
}

} // namespace

void SummaryTest::levelsAddUpToAllDevicesOnEveryDay() {
    const ui::SimulationSummary& summary = shortRun().summary;
    QCOMPARE(summary.x.size(), size_t{21});
    for (size_t day = 0; day < summary.x.size(); ++day) {
        double sum = 0;
        for (const ui::LevelSummary& level : summary.levels) {
            QCOMPARE(level.occupancy.size(), summary.x.size());
            sum += level.occupancy[day];
        }
        QVERIFY2(std::abs(sum - 1) < 1e-9, qPrintable(QString::number(sum)));
    }
}

void SummaryTest::reachedNeverFallsAndCountsTheStart() {
    const ui::SimulationSummary& summary = shortRun().summary;
    QCOMPARE(summary.levels.front().reached.front(), 1.0); // everybody is at least at the lowest level
    QCOMPARE(summary.levels.at(1).reached.front(), 0.0);
    QVERIFY(summary.levels.at(1).reached.back() > 0.9);
    for (const ui::LevelSummary& level : summary.levels)
        QVERIFY(std::is_sorted(level.reached.begin(), level.reached.end()));
    for (const ui::LineData& line : ui::timeToLevelLines(shortRun().outcome))
        QVERIFY(line.name != QLatin1String("L0"));
}

void SummaryTest::outcomesOfARuleAddUpToItsEvents() {
    const Run& run = shortRun();
    qint64 events = 0, applied = 0;
    for (const ui::RuleSummary& rule : run.summary.rules) {
        QCOMPARE(rule.applied + rule.refusedByCap + rule.refusedByCooldown + rule.refusedOtherwise, rule.events);
        QVERIFY(rule.refusedOtherwise >= 0 && rule.cut >= 0 && rule.cut <= rule.applied);
        events += rule.events;
        applied += rule.applied;
    }
    QCOMPARE(events, sim::eventCount(run.result));
    QCOMPARE(applied, sim::appliedCount(run.result));
    QVERIFY(applied > 0);
}

void SummaryTest::percentilesAreOrderedAndStartAtTheOneStartValue() {
    const ui::FanData& fan = shortRun().summary.fan;
    QCOMPARE(fan.x.front(), 0.0);
    QCOMPARE(fan.p50.front(), 0.0);
    QCOMPARE(fan.x.size(), size_t{21});
    for (size_t i = 0; i < fan.x.size(); ++i)
        QVERIFY(fan.p10[i] <= fan.p25[i] && fan.p25[i] <= fan.p50[i] && fan.p50[i] <= fan.p75[i] &&
                fan.p75[i] <= fan.p90[i]);
    sim::Scenario mixed = shortRun().scenario;
    mixed.start.histogram = {{0, 1}, {50, 1}};
    QCOMPARE(ui::summaryOf(shortRun().result, mixed).fan.x.front(), 1.0); // day 0 is not known exactly
}

void SummaryTest::tilesShowTheLastDay() {
    const Run& run = shortRun();
    const std::vector<ui::Kpi> tiles = ui::kpisOf(run.outcome);
    QCOMPARE(tiles.size(), size_t{3});
    QCOMPARE(tiles[0].label, QStringLiteral("Median value, day 20"));
    QCOMPARE(tiles[0].value, ui::numberText(sim::percentile(run.result, 19, 0.5)));
    QVERIFY(tiles[0].change.isEmpty()); // nothing to compare with
    QCOMPARE(run.summary.lastMean, sim::meanValue(run.result, 19));
    QCOMPARE(run.summary.digest, sim::digest(run.result));
}

void SummaryTest::tableHasOneRowForEachRuleAndTheSum() {
    const auto rows = ui::outcomeRows(shortRun().summary);
    QCOMPARE(rows.size(), size_t{9});
    QCOMPARE(ui::cellText(rows[0][0]), QStringLiteral("r1"));
    QCOMPARE(ui::cellText(rows[8][0]), QStringLiteral("All rules"));
    QCOMPARE(ui::cellText(rows[8][1]), ui::numberText(shortRun().summary.events));
    QVERIFY(ui::outcomeRows({}).empty());
}

void SummaryTest::contributionsAddUpToTheLastMean() {
    const ui::SimulationSummary& summary = shortRun().summary;
    const ui::WaterfallData data = ui::contributionOf(summary);
    QCOMPARE(data.start, summary.startMean);
    QVERIFY2(std::abs(ui::endOf(data) - summary.lastMean) < 1e-6, qPrintable(QString::number(ui::endOf(data))));
}

void SummaryTest::gridHoldsEveryDeviceOnEveryDay() {
    const ui::SimulationSummary& summary = shortRun().summary;
    const auto days = static_cast<size_t>(summary.days);
    QCOMPARE(summary.values.devices.size(), summary.values.rows * days);
    for (size_t day = 0; day < days; ++day) {
        double sum = 0;
        for (size_t row = 0; row < summary.values.rows; ++row)
            sum += summary.values.devices[row * days + day];
        QCOMPARE(sum, 300.0);
    }
}

void SummaryTest::hoursHoldEveryEvent() {
    for (const ui::RuleSummary& rule : shortRun().summary.rules) {
        qint64 sum = 0;
        for (const qint64 events : rule.eventsByHour)
            sum += events;
        QCOMPARE(sum, rule.events);
    }
}

void SummaryTest::keptBackPointsAreSplitByTheirCause() {
    qint64 lost = 0;
    for (const ui::RuleSummary& rule : shortRun().summary.rules) {
        qint64 sum = 0;
        for (const qint64 points : rule.pointsLostByCut)
            sum += points;
        QVERIFY(sum >= 0);
        QCOMPARE(sum == 0, rule.pointsKeptBack == 0);
        QVERIFY(rule.capShare >= 0 && rule.capShare <= 1);
        lost += rule.pointsKeptBack;
    }
    QVERIFY(lost > 0);
}

void SummaryTest::differenceIsTheEnginesWithItsBand() {
    const sim::Scenario& a = shortRun().scenario;
    sim::Scenario b = a;
    b.ruleSet.rules[0].dailyCap += 20;
    const auto comparison = sim::compare(a, b);
    QVERIFY(comparison.isOk());
    const ui::ComparisonSummary both = ui::summaryOf(*comparison, a, b);
    const ui::RunOutcome outcome{{a, b}, 300, both.b, both};
    const ui::DifferenceData difference = ui::differenceOf(outcome);
    QCOMPARE(difference.x.size(), size_t{20});
    for (size_t day = 0; day < 20; ++day) {
        const sim::DayDifference& wanted = comparison->days[day];
        QCOMPARE(difference.mean[day], wanted.mean);
        QCOMPARE(difference.high[day], wanted.mean + 1.96 * wanted.standardError);
        QCOMPARE(difference.low[day], wanted.mean - 1.96 * wanted.standardError);
    }
    QVERIFY(difference.mean.back() > 0);
    QVERIFY(both.a == ui::summaryOf(comparison->a, a));
    QCOMPARE(both.better + both.worse + both.equal, qint64{300});
    QVERIFY(!ui::kpisOf(outcome)[0].comparison.isEmpty());
    const ui::FanData fan = ui::fanOf(outcome);
    QCOMPARE(fan.liveP50, both.a.fan.p50);
    QCOMPARE(ui::personaRows(both).size(), a.personas.size());
    QCOMPARE(ui::deviceRows(both.gainers, 6).size(), comparison->gainers.size());
}

void SummaryTest::liveStagesGrowToTheWholePopulation() {
    for (const qint64 devices : {1, 99, 500, 2'000, 3'999, 20'000, 1'000'000}) {
        const std::vector<qint64> stages = ui::liveStages(devices, 1e5);
        QCOMPARE(stages.back(), devices);
        QVERIFY(std::is_sorted(stages.begin(), stages.end()));
    }
    QCOMPARE(ui::liveStages(1'000'000, 1e9), (std::vector<qint64>{2'000, 20'000, 1'000'000}));
    QCOMPARE(ui::liveStages(1'000'000, 4'000), (std::vector<qint64>{200, 2'000, 20'000, 1'000'000}));
}

} // namespace affinity::test
