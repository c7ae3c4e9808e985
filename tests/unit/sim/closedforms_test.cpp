#include "tests/unit/sim/closedforms_test.h"

#include "engine/sim/firstpassage.h"
#include "tests/unit/sim/simscenarios.h"

#include <cmath>

namespace affinity::test {

using namespace affinity::sim;
using rules::Outcome;

namespace {

constexpr int secondsPerDay = 86'400;

double standardError(double variance, qint64 count) {
    return std::sqrt(variance / static_cast<double>(count));
}

} // namespace

void ClosedFormsTest::eventCountsArePoisson() {
    constexpr double mean = 4;
    constexpr qint64 devices = 40'000;
    const SimulationResult result = simulated(simpleScenario(mean, devices, 1));
    QVERIFY(std::abs(meanValue(result, 0) - mean) < 5 * standardError(mean, devices));
    // Variance of a Poisson sample's variance: (λ + 2λ²) / n.
    QVERIFY(std::abs(valueVariance(result, 0) - mean) < 5 * standardError(mean + 2 * mean * mean, devices));
    double chiSquare = 0;
    for (int n = 0; n <= 10; ++n) {
        const double expected = static_cast<double>(devices) * poisson(n, mean);
        const double distance = result.days[0].histogram[static_cast<size_t>(n)] - expected;
        chiSquare += distance * distance / expected;
    }
    QVERIFY2(chiSquare < 31.3, qPrintable(QString::number(chiSquare))); // 0.1 % point at 11 degrees of freedom
}

void ClosedFormsTest::changesAreCompoundPoisson() {
    constexpr double rate = 5;
    constexpr qint64 devices = 40'000;
    constexpr int days = 4;
    Scenario scenario = simpleScenario(rate, devices, days);
    scenario.ruleSet.rules[0].maxChange = 3;
    const SimulationResult result = simulated(scenario);
    const double mean = days * rate * 2;              // mean of 1, 2, 3
    const double variance = days * rate * (14.0 / 3); // mean of 1, 4, 9
    QVERIFY(std::abs(meanValue(result, days - 1) - mean) < 5 * standardError(variance, devices));
    QVERIFY(std::abs(valueVariance(result, days - 1) / variance - 1) < 0.05);
}

void ClosedFormsTest::dispersionWidensCounts() {
    constexpr double mean = 4;
    constexpr double dispersion = 0.5;
    constexpr qint64 devices = 40'000;
    Scenario scenario = simpleScenario(mean, devices, 1);
    scenario.personas[0].dispersion = dispersion;
    const SimulationResult result = simulated(scenario);
    const double variance = mean + dispersion * mean * mean;
    QVERIFY(std::abs(meanValue(result, 0) - mean) < 5 * standardError(variance, devices));
    QVERIFY(std::abs(valueVariance(result, 0) / variance - 1) < 0.05);
}

void ClosedFormsTest::cappedDayHasItsExpectedPoints() {
    constexpr double mean = 4;
    constexpr int change = 2;
    constexpr int cap = 7; // an odd cap: the last event is cut to 1
    constexpr qint64 devices = 40'000;
    Scenario scenario = simpleScenario(mean, devices, 1);
    scenario.ruleSet.rules[0] = rule(ruleA, change, change);
    scenario.ruleSet.rules[0].dailyCap = cap;
    const SimulationResult result = simulated(scenario);
    double expected = 0;
    for (int n = 0; n < 60; ++n)
        expected += std::min(cap, change * n) * poisson(n, mean);
    QVERIFY(std::abs(meanValue(result, 0) - expected) < 5 * standardError(valueVariance(result, 0), devices));

    const RuleCounts counts = ruleTotal(result, 0);
    qint64 full = 0;
    for (size_t value = cap; value < result.days[0].histogram.size(); ++value)
        full += result.days[0].histogram[value];
    QCOMPARE(counts.appliedByCut[static_cast<size_t>(rules::Cut::RuleDailyCap)], full);
    QCOMPARE(counts.pointsLost + counts.pointsGained, change * eventCount(counts));
    QCOMPARE(counts.pointsLostByCut[static_cast<size_t>(rules::Cut::RuleDailyCap)], counts.pointsLost);
    QCOMPARE(counts.devicesAtCap, full);
    // Four events fill the cap: saturation is P(N ≥ 4).
    double saturated = 1;
    for (int n = 0; n < 4; ++n)
        saturated -= poisson(n, mean);
    QVERIFY(std::abs(capSaturation(result, 0) - saturated) < 5 * standardError(0.25, devices));
}

void ClosedFormsTest::cooldownGivesDeadTime() {
    constexpr double rate = 288; // one in 300 s
    constexpr int cooldown = 600;
    constexpr qint64 devices = 400;
    constexpr int days = 20;
    Scenario scenario = simpleScenario(rate, devices, days);
    scenario.ruleSet.rules[0].cooldownSeconds = cooldown;
    const SimulationResult result = simulated(scenario);
    // λ/(1 + λτ). A cooldown starts at a whole second, half a second before the event on average.
    const double perSecond = rate / secondsPerDay;
    const double expected = perSecond / (1 + perSecond * (cooldown - 0.5)) * secondsPerDay * days;
    const double measured = static_cast<double>(appliedCount(result)) / devices;
    QVERIFY2(std::abs(measured / expected - 1) < 0.002, qPrintable(QString::number(measured / expected)));
    QCOMPARE(eventCount(result), appliedCount(result) + outcomes(result, 0, Outcome::Cooldown));
}

void ClosedFormsTest::decayTakesItsPointsEachIdleDay() {
    Scenario scenario = simpleScenario(0, 5, 40);
    scenario.ruleSet.setting.isDecayEnabled = true;
    scenario.ruleSet.setting.decayIdleDays = 3;
    scenario.ruleSet.rules.push_back(rule(QStringLiteral("decay"), -4, -4));
    scenario.start.histogram = {{101, 1}};
    const SimulationResult result = simulated(scenario);
    for (int day = 0; day < 40; ++day) {
        const int expected = std::max(0, 101 - 4 * std::max(0, day - 2));
        QCOMPARE(percentiles(result, day), (Percentiles{expected, expected, expected, expected, expected}));
        QCOMPARE(result.days[static_cast<size_t>(day)].devicesAtLevel[1], qint64{expected >= 50 ? 5 : 0});
        QCOMPARE(result.days[static_cast<size_t>(day)].decayedDevices, qint64{day >= 3 && day <= 28 ? 5 : 0});
    }
    QCOMPARE(outcomes(result, 1, Outcome::Applied), qint64{5 * 26});
    QCOMPARE(outcomes(result, 1, Outcome::ValueBoundary), qint64{5 * 11});
}

void ClosedFormsTest::saturatedDayEndsAtTheGlobalCap() {
    Scenario scenario = simpleScenario(500, 50, 3);
    scenario.ruleSet.rules.push_back(rule(ruleB, 1, 3));
    scenario.personas[0].eventsPerActiveDay[ruleB] = 500;
    scenario.ruleSet.rules[0].dailyCap = 20;
    scenario.ruleSet.rules[1].dailyCap = 20;
    scenario.ruleSet.setting.globalDailyCap = 30;
    const SimulationResult result = simulated(scenario);
    for (size_t day = 0; day < 3; ++day)
        QCOMPARE(result.days[day].histogram[30 * (day + 1)], 50U);
    QVERIFY(outcomes(result, 0, Outcome::GlobalDailyCap) > 0);
}

void ClosedFormsTest::hourProfileSpreadsEvents() {
    Scenario scenario = simpleScenario(50, 400, 2);
    scenario.personas[0].hourProfile.fill(0);
    scenario.personas[0].hourProfile[7] = 1;
    scenario.personas[0].hourProfile[19] = 3;
    Recorder recorder;
    follow(scenario, recorder, 0, 400);
    std::vector<double> byHour(24);
    for (const ObservedEvent& event : recorder.events)
        ++byHour[static_cast<size_t>(event.second % secondsPerDay / 3'600)];
    const double all = static_cast<double>(recorder.events.size());
    QCOMPARE(byHour[7] + byHour[19], all);
    QVERIFY(std::abs(byHour[19] / all - 0.75) < 5 * std::sqrt(0.75 * 0.25 / all));
}

void ClosedFormsTest::activeProbabilityIsKept() {
    constexpr qint64 deviceDays = 2'000 * 20;
    Scenario scenario = simpleScenario(1, 2'000, 20);
    scenario.personas[0].activeProbability = 0.3;
    qint64 active = 0;
    for (const DayCounts& day : simulated(scenario).days)
        active += day.activeDevices;
    QVERIFY(std::abs(static_cast<double>(active) / deviceDays - 0.3) < 5 * standardError(0.21, deviceDays));
}

void ClosedFormsTest::churnReachesItsBalance() {
    Scenario scenario = simpleScenario(1, 20'000, 60);
    scenario.personas[0].churnPerDay = 0.1;
    scenario.personas[0].returnPerDay = 0.3;
    const SimulationResult result = simulated(scenario);
    // Away on the first day: 0.1; in the long run: churn / (churn + return).
    QVERIFY(std::abs(static_cast<double>(result.days[0].churnedDevices) / 20'000 - 0.1) < 0.011);
    QVERIFY(std::abs(static_cast<double>(result.days[59].churnedDevices) / 20'000 - 0.25) < 0.016);
    for (const DayCounts& day : result.days)
        QCOMPARE(day.activeDevices + day.churnedDevices, qint64{20'000});
}

void ClosedFormsTest::startValuesFollowTheirWeights() {
    Scenario scenario = simpleScenario(0, 20'000, 1);
    scenario.start.histogram = {{5, 1}, {70, 3}};
    const SimulationResult result = simulated(scenario);
    QCOMPARE(result.days[0].histogram[5] + result.days[0].histogram[70], 20'000U);
    QVERIFY(std::abs(result.days[0].histogram[70] / 20'000.0 - 0.75) < 5 * standardError(0.1875, 20'000));
    QCOMPARE(result.startedAtLevel[1], qint64{result.days[0].histogram[70]});
    QCOMPARE(result.startValueSum, result.days[0].valueSum);
}

void ClosedFormsTest::singleCapCutsEachChange() {
    constexpr double rate = 5;
    constexpr qint64 devices = 20'000;
    Scenario scenario = simpleScenario(rate, devices, 2);
    scenario.ruleSet.rules[0] = rule(ruleA, 1, 9);
    scenario.ruleSet.rules[0].singleCap = 4;
    const SimulationResult result = simulated(scenario);
    // Uniform on 1 to 9, cut to 4: mean (1 + 2 + 3 + 6 · 4) / 9, mean square (1 + 4 + 9 + 6 · 16) / 9.
    const double mean = 2 * rate * 30 / 9;
    const double variance = 2 * rate * 110 / 9;
    QVERIFY(std::abs(meanValue(result, 1) - mean) < 5 * standardError(variance, devices));
    QVERIFY(std::abs(valueVariance(result, 1) / variance - 1) < 0.05);
    // Kept back: (1 + 2 + 3 + 4 + 5) / 9 an event, mean square 55 / 9, and that by the single cap alone.
    const RuleCounts counts = ruleTotal(result, 0);
    const double lost = static_cast<double>(counts.pointsLost) / devices;
    QVERIFY(std::abs(lost - 2 * rate * 15 / 9) < 5 * standardError(2 * rate * 55 / 9, devices));
    QCOMPARE(counts.pointsLostByCut[static_cast<size_t>(rules::Cut::SingleCap)], counts.pointsLost);
}

void ClosedFormsTest::cooldownHoldsBackEachRuleAlone() {
    constexpr int days = 20;
    constexpr qint64 devices = 200;
    Scenario scenario = simpleScenario(100, devices, days);
    scenario.ruleSet.rules.push_back(rule(ruleB));
    scenario.personas[0].eventsPerActiveDay[ruleB] = 100;
    scenario.ruleSet.rules[0] = rule(ruleA, 5, 5);
    scenario.ruleSet.rules[0].singleCap = 1; // an event that is cut starts its cooldown like any other
    scenario.ruleSet.rules[0].cooldownSeconds = 3'600;
    const SimulationResult result = simulated(scenario);
    QCOMPARE(outcomes(result, 1, Outcome::Cooldown), qint64{0});
    const double perSecond = 100.0 / secondsPerDay;
    const double expected = perSecond / (1 + perSecond * 3'599.5) * secondsPerDay * days;
    const double measured = static_cast<double>(outcomes(result, 0, Outcome::Applied)) / devices;
    QVERIFY2(std::abs(measured / expected - 1) < 0.01, qPrintable(QString::number(measured / expected)));
}

void ClosedFormsTest::refusedEventStartsNoCooldown() {
    Scenario scenario = simpleScenario(3'000, 100, 2);
    scenario.ruleSet.rules[0].dailyCap = 1;
    scenario.ruleSet.rules[0].cooldownSeconds = 7'200;
    const SimulationResult result = simulated(scenario);
    // One point a day. The first event of the second day comes within a minute of midnight and is no longer in the
    // cooldown of the day before's, unless refused events had kept it alive.
    QCOMPARE(result.days[0].histogram[1], 100U);
    QCOMPARE(result.days[1].histogram[2], 100U);
    QCOMPARE(result.days[1].rules[0].devicesAtCap, qint64{100});
    // Events within 7,200 s of the one applied: Poisson of 250 a device and day (3,000 / 12).
    const double cooling =
        static_cast<double>(result.days[1].rules[0].byOutcome[static_cast<size_t>(Outcome::Cooldown)]);
    QVERIFY2(std::abs(cooling / 100 - 250) < 8, qPrintable(QString::number(cooling / 100)));
}

void ClosedFormsTest::retriesApplyAfterTheirWindow() {
    constexpr double rate = 3;
    constexpr qint64 devices = 20'000;
    Scenario scenario = simpleScenario(rate, devices, 3);
    scenario.personas[0].retryProbability = 0.5;
    scenario.personas[0].hourProfile.fill(0);
    scenario.personas[0].hourProfile[12] = 1; // no retry comes after the last midnight
    const SimulationResult result = simulated(scenario);
    // Delays are uniform on 1 to 120 s; those of 60 s and more are 61 of them.
    const double applied = static_cast<double>(appliedCount(result)) / devices;
    const double expected = 3 * rate * (1 + 0.5 * 61 / 120);
    QVERIFY(std::abs(applied - expected) < 5 * standardError(3 * rate * (1 + 3 * 0.5 * 61 / 120), devices));
    const double refused = static_cast<double>(outcomes(result, 0, Outcome::EventDuplicate)) / devices;
    QVERIFY(std::abs(refused - 3 * rate * 0.5 * 59 / 120) < 5 * standardError(3 * rate * 0.25, devices));
}

void ClosedFormsTest::lossesNeitherNeedNorUseTheGlobalRoom() {
    Scenario scenario = simpleScenario(1'000, 50, 3);
    scenario.ruleSet.rules.push_back(rule(ruleB, -1, -1));
    scenario.personas[0].eventsPerActiveDay[ruleB] = 100; // most of a day's losses come after its gains
    scenario.ruleSet.rules[1].dailyCap = 10;
    scenario.ruleSet.setting.globalDailyCap = 30;
    scenario.start.histogram = {{1'000, 1}};
    const SimulationResult result = simulated(scenario);
    for (size_t day = 0; day < 3; ++day) {
        QCOMPARE(result.days[day].histogram[1'000 + 20 * (day + 1)], 50U); // 30 gained and 10 lost
        QCOMPARE(result.days[day].devicesAtGlobalCap, qint64{50});
        QCOMPARE(result.days[day].rules[0].devicesAtCap, qint64{0});
        QCOMPARE(result.days[day].rules[1].devicesAtCap, qint64{50});
    }
    QCOMPARE(outcomes(result, 1, Outcome::GlobalDailyCap), qint64{0});
    const RuleCounts gains = ruleTotal(result, 0);
    QCOMPARE(gains.pointsLostByCut[static_cast<size_t>(rules::Cut::GlobalDailyCap)], gains.pointsLost);
}

void ClosedFormsTest::cutChangesCountAtTheirOwnSize() {
    Scenario scenario = simpleScenario(200, 40, 3);
    scenario.ruleSet.rules[0] = rule(ruleA, 5, 5);
    scenario.ruleSet.rules[0].singleCap = 2;
    scenario.ruleSet.rules[0].dailyCap = 11;
    const SimulationResult result = simulated(scenario);
    // Five events of 2 points and one of 1 fill a day.
    for (size_t day = 0; day < 3; ++day)
        QCOMPARE(result.days[day].histogram[11 * (day + 1)], 40U);
    QCOMPARE(appliedCount(result), qint64{3 * 40 * 6});
    const RuleCounts counts = ruleTotal(result, 0);
    QCOMPARE(counts.pointsLostByCut[static_cast<size_t>(rules::Cut::SingleCap)], qint64{3 * 40 * 6 * 3});
    QCOMPARE(counts.pointsLost, 5 * eventCount(result) - 3 * 40 * 11);
}

void ClosedFormsTest::boundsHoldValuesIn() {
    Scenario scenario = simpleScenario(200, 30, 2);
    scenario.ruleSet.setting.maxAffinity = 100;
    scenario.ruleSet.rules[0] = rule(ruleA, 7, 7);
    scenario.start.histogram = {{96, 1}};
    const SimulationResult top = simulated(scenario);
    QCOMPARE(top.days[0].histogram[100], 30U);
    QCOMPARE(ruleTotal(top, 0).appliedByCut[static_cast<size_t>(rules::Cut::Bounds)], qint64{30});
    QCOMPARE(ruleTotal(top, 0).pointsGained, qint64{30 * 4});
    QCOMPARE(ruleTotal(top, 0).pointsLost, 7 * eventCount(top) - 30 * 4);
    QCOMPARE(ruleTotal(top, 0).pointsLostByCut[static_cast<size_t>(rules::Cut::Bounds)], ruleTotal(top, 0).pointsLost);

    scenario.ruleSet.rules[0] = rule(ruleA, -7, -7);
    const SimulationResult bottom = simulated(scenario);
    QCOMPARE(bottom.days[0].histogram[0], 30U);
    QCOMPARE(ruleTotal(bottom, 0).pointsTaken, qint64{30 * 96});
    QCOMPARE(outcomes(bottom, 0, Outcome::Applied), qint64{30 * 14});
}

void ClosedFormsTest::levelIsReachedAtItsThreshold() {
    Scenario scenario = simpleScenario(500, 20, 6);
    scenario.ruleSet.rules[0].dailyCap = 10;
    scenario.ruleSet.levels[1].minValue = 30;
    const SimulationResult result = simulated(scenario);
    for (size_t day = 0; day < 6; ++day) {
        QCOMPARE(result.days[day].devicesAtLevel[1], qint64{day >= 2 ? 20 : 0});
        QCOMPARE(result.days[day].grants[1], qint64{day == 2 ? 20 : 0});
        QCOMPARE(result.days[day].firstReached[1], qint64{day == 2 ? 20 : 0});
    }
    const auto passages = firstPassages(result);
    QVERIFY(passages[0] == (FirstPassage{0, 1.0, 0, 0, 0}));
    QVERIFY(passages[1] == (FirstPassage{1, 1.0, 3, 3, 3}));
}

void ClosedFormsTest::awayShareApproachesItsBalance() {
    constexpr double churn = 0.03;
    constexpr double back = 0.12;
    constexpr qint64 devices = 40'000;
    Scenario scenario = simpleScenario(0, devices, 40);
    scenario.personas[0].churnPerDay = churn;
    scenario.personas[0].returnPerDay = back;
    const SimulationResult result = simulated(scenario);
    for (size_t day = 0; day < 40; ++day) {
        const double expected = churn / (churn + back) * (1 - std::pow(1 - churn - back, static_cast<double>(day) + 1));
        const double away = static_cast<double>(result.days[day].churnedDevices) / devices;
        QVERIFY2(std::abs(away - expected) < 5 * standardError(expected * (1 - expected), devices),
                 qPrintable(QString::number(away - expected)));
    }
}

void ClosedFormsTest::startHistogramIsDrawn() {
    constexpr qint64 devices = 50'000;
    Scenario scenario = simpleScenario(0, devices, 1);
    scenario.start.histogram = {{0, 5}, {10, 2}, {20, 0}, {49, 2}, {50, 1}};
    const SimulationResult result = simulated(scenario);
    double chiSquare = 0;
    for (const StartValues::Entry& entry : scenario.start.histogram) {
        const double expected = static_cast<double>(devices) * entry.weight / 10;
        const double counted = result.days[0].histogram[static_cast<size_t>(entry.value)];
        if (entry.weight == 0.0)
            QCOMPARE(counted, 0.0);
        else
            chiSquare += (counted - expected) * (counted - expected) / expected;
    }
    QVERIFY2(chiSquare < 16.3, qPrintable(QString::number(chiSquare))); // 0.1 % point at 3 degrees of freedom
    QCOMPARE(result.startedAtLevel[1], qint64{result.days[0].histogram[50]});
}

void ClosedFormsTest::daysOfClockChangesHaveTheirHours() {
    constexpr qint64 devices = 2'000;
    constexpr double rate = 50;
    Scenario scenario = simpleScenario(rate, devices, 1);
    scenario.ruleSet.setting.timeZone = "Europe/Berlin";
    const auto hourShares = [&](QDate date) {
        scenario.startDate = date;
        const SimulationResult result = simulated(scenario);
        const double events = static_cast<double>(eventCount(result));
        // A day has its mean number of events however long it is.
        if (std::abs(events / devices - rate) > 5 * standardError(rate, devices))
            qFatal("%f events a device", events / devices);
        std::array<double, 24> shares{};
        for (size_t hour = 0; hour < 24; ++hour)
            shares[hour] = static_cast<double>(result.eventsByHour[0][hour]) / events;
        return shares;
    };
    const auto spring = hourShares(QDate(2026, 3, 29));  // 23 hours: 02:00 to 03:00 does not exist
    const auto autumn = hourShares(QDate(2026, 10, 25)); // 25 hours: it comes twice
    const auto plain = hourShares(QDate(2026, 6, 1));
    for (size_t hour = 0; hour < 24; ++hour) {
        const double tolerance = 5 * standardError(1.0 / 24, devices * 50);
        QVERIFY(std::abs(spring[hour] - (hour == 2 ? 0 : 1.0 / 23)) < tolerance);
        QVERIFY(std::abs(autumn[hour] - (hour == 2 ? 2.0 / 25 : 1.0 / 25)) < 1.5 * tolerance);
        QVERIFY(std::abs(plain[hour] - 1.0 / 24) < tolerance);
    }
}

void ClosedFormsTest::twoYearsOfSaturatedDays() {
    Scenario scenario = simpleScenario(300, 5, 730);
    scenario.ruleSet.setting.timeZone = "Europe/Berlin";
    scenario.startDate = QDate(2027, 2, 1); // over a leap day and four clock changes
    scenario.ruleSet.rules[0].dailyCap = 10;
    scenario.ruleSet.levels.push_back({2, 7'300, QStringLiteral("Two"), base::Json::array()});
    Recorder recorder;
    SimulationResult result;
    follow(scenario, recorder, 0, 5, &result);
    for (int day = 0; day < 730; ++day)
        QCOMPARE(result.days[static_cast<size_t>(day)].valueSum, qint64{5 * 10 * (day + 1)});
    QCOMPARE(result.days[728].devicesAtLevel[2], qint64{0});
    QCOMPARE(result.days[729].firstReached[2], qint64{5});
    QCOMPARE(firstPassages(result)[2].medianDay, std::optional(730));
    const auto horizon = planHorizon(scenario);
    QCOMPARE(horizon->days.back().endS, qint64{730} * secondsPerDay); // two hours lost, two won
    QVERIFY(recorder.events.back().second > qint64{730 * secondsPerDay} - 3'600);
    QVERIFY(recorder.events.back().second < qint64{730} * secondsPerDay);
}

void ClosedFormsTest::decayFollowsTheGapsBetweenVisits() {
    constexpr double active = 0.3;
    constexpr qint64 devices = 4'000;
    constexpr int days = 60;
    constexpr int idleDays = 3;
    Scenario scenario = simpleScenario(30, devices, days);
    scenario.personas[0].activeProbability = active; // an active day has no event once in 10^13
    scenario.ruleSet.rules[0].dailyCap = 5;
    scenario.ruleSet.setting.isDecayEnabled = true;
    scenario.ruleSet.setting.decayIdleDays = idleDays;
    scenario.ruleSet.rules.push_back(rule(QStringLiteral("decay"), -2, -2));
    scenario.start.histogram = {{5'000, 1}};
    const SimulationResult result = simulated(scenario);
    // Day d decays when none of the days d − 1, d − 2 was active (nor the day of binding, 0, one of them): (1 − p)².
    double expectedValue = 5'000;
    for (int day = 0; day < days; ++day) {
        const double idle = day < idleDays ? 0 : std::pow(1 - active, idleDays - 1);
        const double counted = static_cast<double>(result.days[static_cast<size_t>(day)].idleDevices) / devices;
        QVERIFY2(std::abs(counted - idle) < 5 * standardError(0.25, devices), qPrintable(QString::number(day)));
        QCOMPARE(result.days[static_cast<size_t>(day)].decayedDevices,
                 result.days[static_cast<size_t>(day)].idleDevices);
        expectedValue += 5 * active - 2 * idle;
    }
    QVERIFY(std::abs(meanValue(result, days - 1) - expectedValue) <
            5 * standardError(valueVariance(result, days - 1), devices));
}

} // namespace affinity::test
