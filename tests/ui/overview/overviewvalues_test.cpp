#include "tests/ui/overview/overviewvalues_test.h"

#include "ui/overview/overviewvalues.h"

#include <QTest>

#include <cmath>

namespace affinity::test {

using namespace affinity::ui;
using service::Overview;

namespace {

const QTimeZone shanghai("Asia/Shanghai");
const QDate shown(2026, 11, 19); // a Thursday

/// `days` days up to `shown`; day i (from the oldest) has i events of 2 points, i active devices and i level-ups.
Overview counting(int days) {
    Overview overview;
    overview.nowUs = QDateTime(shown, QTime(14, 32, 8), shanghai).toMSecsSinceEpoch() * 1000;
    overview.today = overview.shownDate = shown;
    overview.firstDate = shown.addDays(1 - days);
    overview.lastDate = shown;
    for (int i = 0; i < days; ++i)
        overview.days.push_back({shown.addDays(i + 1 - days), {i, 2 * i, 0}, i, i});
    for (int hour = 0; hour < 24; ++hour)
        overview.hours.push_back({hour, {hour < 15 ? 5 : 0, 9, 0}, {hour, 1, 0}});
    return overview;
}

} // namespace

void OverviewValuesTest::aDayIsComparedWithTheSameWeekdayAWeekBefore() {
    const Overview overview = counting(14);
    const RangeSums sums = rangeSums(overview, OverviewRange::Day);
    QCOMPARE(sums.activity.events, 13);
    QCOMPARE(sums.activityBefore.events, 6);
    QCOMPARE(sums.activityBefore.gained, 12);
    QVERIFY(sums.hasBefore);
    const std::vector<Kpi> kpis = kpisOf(overview, OverviewRange::Day);
    QCOMPARE(kpis[2].value, QStringLiteral("13"));
    QCOMPARE(kpis[2].trend, Trend::Up);
    QCOMPARE(kpis[2].comparison, QStringLiteral("116.7% above last Thursday"));
}

void OverviewValuesTest::aStretchIsComparedWithTheOneBefore() {
    const RangeSums sums = rangeSums(counting(14), OverviewRange::Week);
    QCOMPARE(sums.activity.events, 7 + 8 + 9 + 10 + 11 + 12 + 13);
    QCOMPARE(sums.activityBefore.events, 0 + 1 + 2 + 3 + 4 + 5 + 6);
    QCOMPARE(sums.activeDevices, 10.0);
    QVERIFY(sums.hasBefore);
}

void OverviewValuesTest::nothingIsComparedWithDaysBeforeTheLog() {
    Overview overview = counting(14);
    overview.firstDate = shown.addDays(-6); // the first week of the service
    QVERIFY(!rangeSums(overview, OverviewRange::Day).hasBefore);
    const std::vector<Kpi> kpis = kpisOf(overview, OverviewRange::Day);
    QCOMPARE(kpis[0].trend, Trend::None);
    QCOMPARE(kpis[0].comparison, QStringLiteral("nothing earlier to compare with"));
}

void OverviewValuesTest::hoursToComeAreUnknownAndPastOnesAreZero() {
    Overview overview = counting(14);
    ActivityBars bars = activityBars(overview, OverviewRange::Day, ActivityMeasure::Events, shanghai);
    QCOMPARE(bars.categories.size(), 24);
    QCOMPARE(bars.layers.front().values[14], 5.0); // 14:32 is within it
    QVERIFY(std::isnan(bars.layers.front().values[15]));
    QCOMPARE(bars.comparison.y[23], 23.0);
    overview.today = shown.addDays(1);
    bars = activityBars(overview, OverviewRange::Day, ActivityMeasure::Events, shanghai);
    QCOMPARE(bars.layers.front().values[15], 0.0);
}

void OverviewValuesTest::dayBarsAreTheDaysOfTheRange() {
    const ActivityBars bars = activityBars(counting(14), OverviewRange::Week, ActivityMeasure::Points, shanghai);
    QCOMPARE(bars.categories.size(), 7);
    QCOMPARE(bars.categories.back(), QStringLiteral("19 Nov"));
    QCOMPARE(bars.layers.front().values.front(), 14.0);
    QVERIFY(bars.comparison.x.empty());
}

void OverviewValuesTest::levelBarsSumToTheBoundDevices() {
    Overview overview = counting(14);
    overview.boundDevices = 40;
    overview.levels = {{0, QStringLiteral("Stranger"), 0, 30}, {1, QStringLiteral("Friend"), 100, 10}};
    const std::vector<RankedBar> bars = levelBars(overview);
    QCOMPARE(bars.size(), size_t{2});
    QCOMPARE(*bars.front().level, 1);
    QCOMPARE(bars.front().note, QStringLiteral("25.0%"));
    QCOMPARE(bars[0].value + bars[1].value, 40.0);
    QCOMPARE(highestLevelOf(overview), 1);
}

void OverviewValuesTest::rulesWithoutACapShowADash() {
    Overview overview = counting(14);
    overview.rules = {{QStringLiteral("chat"), QStringLiteral("Chat"), {10, 20, 3}, 4, 30},
                      {QString(), QString(), {1, 5, 0}, std::nullopt, 0},
                      {QStringLiteral("quiet"), QString(), {}, 0, 10}};
    const auto rows = ruleRows(overview);
    QCOMPARE(rows.size(), size_t{2}); // a rule without rows that day is not listed
    QCOMPARE(cellText(rows[0][1]), QStringLiteral("+17"));
    QCOMPARE(cellText(rows[0][3]), QStringLiteral("4"));
    QCOMPARE(cellText(rows[1][0]), QStringLiteral("Adjustments"));
    QCOMPARE(cellText(rows[1][3]), QString(QChar(0x2013)));
}

void OverviewValuesTest::theShownDaySaysWhyItIsNotToday() {
    Overview overview = counting(14);
    QCOMPARE(shownDayText(overview, shanghai), QStringLiteral("Thursday 19 November 2026, up to 14:32"));
    overview.today = shown.addDays(1);
    QCOMPARE(shownDayText(overview, shanghai), QStringLiteral("Thursday 19 November 2026, the last day with events"));
    overview.lastDate = overview.today;
    QCOMPARE(shownDayText(overview, shanghai), QStringLiteral("Thursday 19 November 2026"));
}

} // namespace affinity::test
