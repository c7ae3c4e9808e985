#include "tests/ui/simulation/summary_test.h"

#include "ui/shared/formatting.h"
#include "ui/simulation/resultcharts.h"
#include "ui/simulation/scenariopanel.h"
#include "ui/simulation/summary.h"

#include <QAbstractItemModelTester>
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
        return Run{*scenario, *result, ui::summaryOf(*result, scenario->start)};
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
    for (const ui::LineData& line : ui::timeToLevelLines(summary))
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
    sim::StartValues mixed;
    mixed.histogram = {{0, 1}, {50, 1}};
    QCOMPARE(ui::summaryOf(shortRun().result, mixed).fan.x.front(), 1.0); // day 0 is not known exactly
}

void SummaryTest::tilesShowTheLastDay() {
    const Run& run = shortRun();
    const std::vector<ui::Kpi> tiles = ui::kpisOf(run.summary);
    QCOMPARE(tiles.size(), size_t{4});
    QCOMPARE(tiles[0].label, QStringLiteral("Median value, day 20"));
    QCOMPARE(tiles[0].value, ui::numberText(sim::percentile(run.result, 19, 0.5)));
    QCOMPARE(tiles[1].value, ui::decimalText(sim::meanValue(run.result, 19), 1));
    QVERIFY(tiles[3].comparison.contains(ui::numberText(sim::eventCount(run.result))));
    QCOMPARE(run.summary.digest, sim::digest(run.result));
}

void SummaryTest::tableHasOneRowForEachRuleAndTheSum() {
    ui::RuleOutcomes table;
    const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(table.rowCount(), 0);
    table.setRules(shortRun().summary.rules);
    QCOMPARE(table.rowCount(), 9);
    QCOMPARE(table.index(0, ui::RuleOutcomes::Rule).data().toString(), QStringLiteral("r1"));
    QCOMPARE(table.index(8, ui::RuleOutcomes::Rule).data().toString(), QStringLiteral("All rules"));
    QCOMPARE(table.index(8, ui::RuleOutcomes::Events).data().toString(), ui::numberText(shortRun().summary.events));
    table.setRules({});
    QCOMPARE(table.rowCount(), 0);
}

void SummaryTest::numbersAreReadStrictly() {
    QCOMPARE(ui::positiveNumber(QStringLiteral("20,000")), std::optional<quint64>(20000));
    QCOMPARE(ui::positiveNumber(QStringLiteral("18446744073709551615")),
             std::optional<quint64>(18446744073709551615ULL));
    for (const char* wrong : {"", "-1", "1.5", "1e3", "18446744073709551616", "abc"})
        QVERIFY2(!ui::positiveNumber(QString::fromLatin1(wrong)), wrong);
}

} // namespace affinity::test
