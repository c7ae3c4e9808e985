#include "tests/unit/sim/plainkernel_test.h"

#include "tests/unit/sim/simscenarios.h"

#include <cmath>

namespace affinity::test {

using namespace affinity::sim;
using rules::Outcome;

namespace {

constexpr int secondsPerDay = 86'400;
const QString ruleA = QStringLiteral("a");
const QString ruleB = QStringLiteral("b");

/// Every feature at once: two personas, retries, churn, dispersion, decay, caps, cooldowns, a calendar, clock changes.
Scenario busyScenario(qint64 devices, int days) {
    Scenario scenario = simpleScenario(6, devices, days);
    scenario.startDate = QDate(2026, 3, 20);
    rules::Setting& setting = scenario.ruleSet.setting;
    setting.timeZone = "Europe/Berlin";
    setting.globalDailyCap = 25;
    setting.maxAffinity = 300;
    setting.isDecayEnabled = true;
    setting.decayIdleDays = 2;
    rules::Rule decay = rule(QStringLiteral("decay"), -7, -3);
    rules::Rule second = rule(ruleB, -2, 8);
    second.singleCap = 6;
    second.dailyCap = 20;
    second.cooldownSeconds = 1'800;
    scenario.ruleSet.rules[0].cooldownSeconds = 60;
    scenario.ruleSet.rules[0].dailyCap = 12;
    scenario.ruleSet.rules.insert(scenario.ruleSet.rules.end(), {second, decay});
    scenario.ruleSet.levels.push_back({2, 120, QStringLiteral("Two"), base::Json::array()});
    Persona& steady = scenario.personas[0];
    steady.share = 0.7;
    steady.eventsPerActiveDay[ruleB] = 5;
    steady.retryProbability = 0.3;
    steady.hourProfile[20] = 8;
    Persona rare = steady;
    rare.share = 0.3;
    rare.activeProbability = 0.2;
    rare.churnPerDay = 0.05;
    rare.returnPerDay = 0.1;
    rare.dispersion = 1.5;
    scenario.personas.push_back(rare);
    scenario.start.histogram = {{0, 3}, {60, 1}};
    CalendarEntry doubleDays{scenario.startDate.addDays(4), scenario.startDate.addDays(6), {{ruleA, 2.0}}, {}, {}};
    doubleDays.rules[ruleA].dailyCap = 24;
    doubleDays.setting.globalDailyCap = 50;
    scenario.calendar = {doubleDays};
    return scenario;
}

double standardError(double variance, qint64 count) {
    return std::sqrt(variance / static_cast<double>(count));
}

/// P(N = n) of a Poisson variable.
double poisson(int n, double mean) {
    return std::exp(n * std::log(mean) - mean - std::lgamma(n + 1));
}

} // namespace

void PlainKernelTest::eventCountsArePoisson() {
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

void PlainKernelTest::changesAreCompoundPoisson() {
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

void PlainKernelTest::dispersionWidensCounts() {
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

void PlainKernelTest::cappedDayHasItsExpectedPoints() {
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
}

void PlainKernelTest::cooldownGivesDeadTime() {
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

void PlainKernelTest::decayTakesItsPointsEachIdleDay() {
    Scenario scenario = simpleScenario(0, 5, 40);
    scenario.ruleSet.setting.isDecayEnabled = true;
    scenario.ruleSet.setting.decayIdleDays = 3;
    scenario.ruleSet.rules.push_back(rule(QStringLiteral("decay"), -4, -4));
    scenario.start.histogram = {{101, 1}};
    const SimulationResult result = simulated(scenario);
    for (int day = 0; day < 40; ++day) {
        const int expected = std::max(0, 101 - 4 * std::max(0, day - 2));
        QCOMPARE(percentiles(result, day), (Percentiles{expected, expected, expected, expected, expected}));
        QCOMPARE(result.days[static_cast<size_t>(day)].decayedDevices, qint64{day >= 3 && day <= 28 ? 5 : 0});
    }
    QCOMPARE(outcomes(result, 1, Outcome::Applied), qint64{5 * 26});
    QCOMPARE(outcomes(result, 1, Outcome::ValueBoundary), qint64{5 * 11});
}

void PlainKernelTest::saturatedDayEndsAtTheGlobalCap() {
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

void PlainKernelTest::hourProfileSpreadsEvents() {
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

void PlainKernelTest::activeProbabilityIsKept() {
    constexpr qint64 deviceDays = 2'000 * 20;
    Scenario scenario = simpleScenario(1, 2'000, 20);
    scenario.personas[0].activeProbability = 0.3;
    qint64 active = 0;
    for (const DayCounts& day : simulated(scenario).days)
        active += day.activeDevices;
    QVERIFY(std::abs(static_cast<double>(active) / deviceDays - 0.3) < 5 * standardError(0.21, deviceDays));
}

void PlainKernelTest::churnReachesItsBalance() {
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

void PlainKernelTest::startValuesFollowTheirWeights() {
    Scenario scenario = simpleScenario(0, 20'000, 1);
    scenario.start.histogram = {{5, 1}, {70, 3}};
    const SimulationResult result = simulated(scenario);
    QCOMPARE(result.days[0].histogram[5] + result.days[0].histogram[70], 20'000U);
    QVERIFY(std::abs(result.days[0].histogram[70] / 20'000.0 - 0.75) < 5 * standardError(0.1875, 20'000));
    QCOMPARE(result.startedAtLevel[1], qint64{result.days[0].histogram[70]});
    QCOMPARE(result.startValueSum, result.days[0].valueSum);
}

void PlainKernelTest::retriesAreRefusedWithinTheWindowOnly() {
    Scenario scenario = simpleScenario(20, 2'000, 2);
    scenario.personas[0].retryProbability = 1;
    Recorder recorder;
    SimulationResult result;
    follow(scenario, recorder, 0, 2'000, &result);
    std::map<QString, qint64> arrivals;
    std::map<qint64, std::pair<int, int>> byDelay; // refused and applied retries by delay in seconds
    for (const ObservedEvent& event : recorder.events) {
        QVERIFY(event.request.hasEventId);
        if (event.kind == EventKind::Arrival) {
            QVERIFY(arrivals.emplace(eventId(event), event.second).second);
            QCOMPARE(event.decision.outcome, Outcome::Applied);
            continue;
        }
        auto& [refused, applied] = byDelay[event.second - arrivals.at(eventId(event))];
        ++(event.decision.outcome == Outcome::EventDuplicate ? refused : applied);
    }
    QCOMPARE(byDelay.begin()->first, qint64{1});
    QCOMPARE(byDelay.rbegin()->first, qint64{120});
    QCOMPARE(byDelay.size(), size_t{120});
    for (const auto& [delay, counts] : byDelay)
        QVERIFY2(delay < 60 ? counts.second == 0 : counts.first == 0, qPrintable(QString::number(delay)));
    QCOMPARE(result.retries + static_cast<qint64>(arrivals.size()), eventCount(result));
}

void PlainKernelTest::retryOverMidnightCountsOnTheNextDay() {
    Scenario scenario = simpleScenario(200, 300, 2);
    scenario.personas[0].retryProbability = 1;
    scenario.personas[0].hourProfile.fill(0);
    scenario.personas[0].hourProfile[23] = 1;
    scenario.calendar = {{scenario.startDate.addDays(1), scenario.startDate.addDays(1), {{ruleA, 0.0}}, {}, {}}};
    const SimulationResult result = simulated(scenario);
    const qint64 onSecondDay = eventCount(result.days[1].rules[0]);
    QVERIFY(onSecondDay > 0);
    QCOMPARE(result.retries, eventCount(result) / 2); // all of them came
}

void PlainKernelTest::cooldownEndsAtItsSecond() {
    Scenario scenario = simpleScenario(2'000, 20, 1);
    scenario.ruleSet.rules[0].cooldownSeconds = 30;
    Recorder recorder;
    follow(scenario, recorder, 0, 20);
    qint64 device = -1;
    qint64 startedAt = 0;
    int atTheEnd = 0;
    for (const ObservedEvent& event : recorder.events) {
        const bool isFirst = event.device != device;
        const bool isRunning = !isFirst && event.second - startedAt < 30;
        atTheEnd += !isFirst && event.second - startedAt == 30;
        QCOMPARE(event.decision.outcome, isRunning ? Outcome::Cooldown : Outcome::Applied);
        if (!isRunning)
            startedAt = event.second;
        device = event.device;
    }
    QVERIFY(atTheEnd > 0);
}

void PlainKernelTest::decayDoesNotCountAsActivity() {
    Scenario scenario = busyScenario(300, 40);
    Recorder recorder;
    follow(scenario, recorder, 0, 300);
    std::map<qint64, int> lastActivity;
    int decays = 0;
    for (const ObservedEvent& event : recorder.events) {
        if (event.kind == EventKind::Decay) {
            ++decays;
            QVERIFY(!event.request.hasEventId && event.request.isDecay);
            QVERIFY(eventId(event).isEmpty());
            QVERIFY(event.day - lastActivity[event.device] >= 2);
        } else if (event.decision.outcome == Outcome::Applied) {
            lastActivity[event.device] = event.day;
        }
    }
    QVERIFY(decays > 100);
}

void PlainKernelTest::eventKeepsDecayAway() {
    Scenario scenario = simpleScenario(50, 20, 10);
    scenario.ruleSet.setting.isDecayEnabled = true;
    scenario.ruleSet.setting.decayIdleDays = 2;
    scenario.ruleSet.rules.push_back(rule(QStringLiteral("decay"), -4, -4));
    QCOMPARE(eventCount(ruleTotal(simulated(scenario), 1)), qint64{0});
    scenario.ruleSet.setting.decayIdleDays = 1; // the day before is one day ago, however late its last event was
    QCOMPARE(eventCount(ruleTotal(simulated(scenario), 1)), qint64{20 * 9});
}

void PlainKernelTest::grantComesOnceForALevelLostAndReachedAgain() {
    Scenario scenario = simpleScenario(40, 200, 10);
    scenario.ruleSet.rules.push_back(rule(ruleB, -1, -1));
    scenario.personas[0].eventsPerActiveDay[ruleB] = 40;
    scenario.ruleSet.levels[1].minValue = 5;
    Recorder recorder;
    SimulationResult result;
    follow(scenario, recorder, 0, 200, &result);
    std::map<qint64, int> rises;
    for (const ObservedEvent& event : recorder.events)
        rises[event.device] += event.decision.effects.grantsRewards;
    qint64 granted = 0;
    qint64 reached = 0;
    int allRises = 0;
    for (const DayCounts& day : result.days) {
        granted += day.grants[1];
        reached += day.firstReached[1];
    }
    for (const auto& [device, count] : rises)
        allRises += count;
    const auto devicesThatRose = std::count_if(rises.begin(), rises.end(), [](const auto& r) { return r.second > 0; });
    QCOMPARE(granted, static_cast<qint64>(devicesThatRose));
    QCOMPARE(reached, granted);
    QVERIFY(allRises > 5 * granted);
    QCOMPARE(result.days[0].grants[0], qint64{0});
}

void PlainKernelTest::startLevelCountsAsReached() {
    Scenario scenario = simpleScenario(40, 100, 5);
    scenario.ruleSet.rules.push_back(rule(ruleB, -1, -1));
    scenario.personas[0].eventsPerActiveDay[ruleB] = 40;
    scenario.start.histogram = {{50, 1}}; // just at level 1: it is lost and reached again
    const SimulationResult result = simulated(scenario);
    QCOMPARE(reachedShare(result, 1, 0), 1.0);
    qint64 granted = 0;
    for (const DayCounts& day : result.days) {
        QCOMPARE(day.firstReached[1], qint64{0});
        granted += day.grants[1];
    }
    QVERIFY(granted > 0); // nobody had that grant yet
}

void PlainKernelTest::disabledRuleIsNoRule() {
    Scenario scenario = simpleScenario(4, 100, 2);
    scenario.ruleSet.rules[0].isEnabled = false;
    const SimulationResult result = simulated(scenario);
    QVERIFY(eventCount(result) > 0);
    QCOMPARE(outcomes(result, 0, Outcome::NoRule), eventCount(result));
}

void PlainKernelTest::calendarHoldsOnItsDatesOnly() {
    Scenario scenario = simpleScenario(500, 20, 4);
    scenario.ruleSet.rules[0].dailyCap = 10;
    CalendarEntry entry{scenario.startDate.addDays(1), scenario.startDate.addDays(2), {}, {}, {}};
    entry.rules[ruleA].dailyCap = 30;
    scenario.calendar = {entry};
    const SimulationResult result = simulated(scenario);
    const std::vector<int> expected{10, 40, 70, 80};
    for (int day = 0; day < 4; ++day)
        QCOMPARE(meanValue(result, day), expected[static_cast<size_t>(day)]);
}

void PlainKernelTest::weekdayWithoutFactorIsQuiet() {
    Scenario scenario = simpleScenario(20, 50, 14);
    scenario.personas[0].weekdayFactor[6] = 0; // Sunday
    const SimulationResult result = simulated(scenario);
    for (size_t day = 0; day < result.days.size(); ++day) {
        const bool isSunday = scenario.startDate.addDays(static_cast<qint64>(day)).dayOfWeek() == Qt::Sunday;
        QCOMPARE(eventCount(result.days[day].rules[0]) == 0, isSunday);
    }
}

void PlainKernelTest::hourThatTheClockSkipsHasNoEvents() {
    Scenario scenario = simpleScenario(20, 50, 3);
    scenario.ruleSet.setting.timeZone = "Europe/Berlin";
    scenario.startDate = QDate(2026, 3, 28);
    scenario.personas[0].hourProfile.fill(0);
    scenario.personas[0].hourProfile[2] = 1;
    const SimulationResult spring = simulated(scenario);
    QVERIFY(eventCount(spring.days[0].rules[0]) > 0);
    QCOMPARE(eventCount(spring.days[1].rules[0]), qint64{0});
    QVERIFY(eventCount(spring.days[2].rules[0]) > 0);

    scenario.startDate = QDate(2026, 10, 25);
    Recorder recorder;
    follow(scenario, recorder, 0, 50);
    int late = 0;
    for (const ObservedEvent& event : recorder.events) {
        if (event.day > 0)
            continue;
        QVERIFY(event.second >= 2 * 3'600 && event.second < 4 * 3'600); // 02:00 to 03:00 comes twice
        late += event.second >= 3 * 3'600;
    }
    QVERIFY(late > 300 && late < 700); // of about 1,000
}

void PlainKernelTest::traceTellsEachStep() {
    Recorder recorder;
    recorder.keepsTraces = true;
    follow(simpleScenario(4, 10, 1), recorder, 0, 10);
    QCOMPARE(recorder.traces.size(), recorder.events.size());
    for (const rules::Trace& trace : recorder.traces) {
        QCOMPARE(trace.front().step, rules::Step::EventId);
        QCOMPARE(trace.back().step, rules::Step::Level);
    }
}

void PlainKernelTest::countsConserve() {
    const Scenario scenario = busyScenario(2'000, 20);
    Recorder recorder;
    SimulationResult result;
    follow(scenario, recorder, 0, 2'000, &result);
    QCOMPARE(eventCount(result), static_cast<qint64>(recorder.events.size()));
    qint64 balance = result.startValueSum;
    for (const DayCounts& day : result.days) {
        qint64 inHistogram = 0;
        qint64 valueSum = 0;
        for (size_t value = 0; value < day.histogram.size(); ++value) {
            inHistogram += day.histogram[value];
            valueSum += static_cast<qint64>(value) * day.histogram[value];
        }
        for (const RuleCounts& counts : day.rules) {
            balance += counts.pointsGained - counts.pointsTaken;
            qint64 cuts = 0;
            for (const qint64 count : counts.appliedByCut)
                cuts += count;
            QCOMPARE(cuts, counts.byOutcome[static_cast<size_t>(Outcome::Applied)]);
        }
        QCOMPARE(inHistogram, qint64{2'000});
        QCOMPARE(valueSum, day.valueSum);
        QCOMPARE(balance, day.valueSum);
        QCOMPARE(day.devicesAtLevel[0] + day.devicesAtLevel[1] + day.devicesAtLevel[2], qint64{2'000});
    }
    for (const Outcome outcome : {Outcome::Applied, Outcome::Cooldown, Outcome::RuleDailyCap, Outcome::EventDuplicate})
        QVERIFY(outcomes(result, 0, outcome) > 0);
    QVERIFY(outcomes(result, 1, Outcome::GlobalDailyCap) > 0);
    QVERIFY(outcomes(result, 1, Outcome::ValueBoundary) > 0);
    QVERIFY(outcomes(result, 2, Outcome::Applied) > 0);
}

void PlainKernelTest::valuesChainFromEventToEvent() {
    Recorder recorder;
    follow(busyScenario(500, 20), recorder, 0, 500);
    std::map<qint64, int> values;
    for (const ObservedEvent& event : recorder.events) {
        auto [place, isNew] = values.try_emplace(event.device, recorder.startValues[static_cast<size_t>(event.device)]);
        if (event.decision.outcome != Outcome::Applied)
            continue;
        QCOMPARE(event.decision.before, place->second);
        QCOMPARE(event.decision.after, place->second + event.decision.change);
        place->second = event.decision.after;
    }
}

void PlainKernelTest::eventsComeInTimeOrder() {
    const Scenario scenario = busyScenario(500, 20);
    const auto horizon = planHorizon(scenario);
    Recorder recorder;
    follow(scenario, recorder, 0, 500);
    for (size_t i = 1; i < recorder.events.size(); ++i) {
        const ObservedEvent& event = recorder.events[i];
        const ObservedEvent& previous = recorder.events[i - 1];
        QVERIFY(event.device > previous.device || event.second >= previous.second);
        const DayPlan& day = horizon->days[static_cast<size_t>(event.day)];
        QVERIFY(event.second >= day.startS && event.second < day.endS);
    }
}

void PlainKernelTest::deviceAloneIsTheSame() {
    const Scenario scenario = busyScenario(100, 20);
    Recorder all;
    follow(scenario, all, 0, 100);
    Recorder alone;
    follow(scenario, alone, 57, 1);
    std::vector<ObservedEvent> expected;
    std::copy_if(all.events.begin(), all.events.end(), std::back_inserter(expected),
                 [](const ObservedEvent& event) { return event.device == 57; });
    QVERIFY(!expected.empty());
    QCOMPARE(alone.events.size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i) {
        QCOMPARE(alone.events[i].second, expected[i].second);
        QCOMPARE(alone.events[i].decision, expected[i].decision);
    }
}

void PlainKernelTest::ruleWithoutEventsChangesNothing() {
    Scenario scenario = busyScenario(1'000, 20);
    const SimulationResult before = simulated(scenario);
    scenario.ruleSet.rules.insert(scenario.ruleSet.rules.begin() + 1, rule(QStringLiteral("unused"), 50, 100));
    for (Persona& persona : scenario.personas)
        persona.eventsPerActiveDay[QStringLiteral("unused")] = 0;
    SimulationResult after = simulated(scenario);
    for (DayCounts& day : after.days) {
        QCOMPARE(day.rules[1], RuleCounts{});
        day.rules.erase(day.rules.begin() + 1);
    }
    QCOMPARE(digest(after), digest(before));
}

void PlainKernelTest::higherCapLowersNoDevice() {
    Scenario scenario = simpleScenario(12, 2'000, 20);
    scenario.ruleSet.rules[0] = rule(ruleA, 1, 4);
    scenario.ruleSet.rules[0].dailyCap = 15;
    RunOptions options;
    options.keepsEndValues = true;
    const std::vector<int> before = simulated(scenario, options).endValues;
    scenario.ruleSet.rules[0].dailyCap = 16;
    const std::vector<int> after = simulated(scenario, options).endValues;
    QCOMPARE(after.size(), size_t{2'000});
    int raised = 0;
    for (size_t i = 0; i < before.size(); ++i) {
        QVERIFY(after[i] >= before[i]);
        raised += after[i] > before[i];
    }
    QVERIFY(raised > 1'000);
}

void PlainKernelTest::shorterHorizonIsTheHeadOfALongerOne() {
    const SimulationResult shorter = simulated(busyScenario(300, 90));
    SimulationResult longer = simulated(busyScenario(300, 120));
    longer.days.resize(90);
    longer.retries = shorter.retries;
    QCOMPARE(longer.days == shorter.days, true);
    QCOMPARE(digest(longer), digest(shorter));
}

void PlainKernelTest::tunedRulesSeeTheSameRandomNumbers() {
    Scenario scenario = busyScenario(300, 20);
    Recorder before;
    follow(scenario, before, 0, 300);
    scenario.ruleSet.rules[0].dailyCap = 500;
    scenario.ruleSet.rules[0].cooldownSeconds = 0;
    scenario.ruleSet.rules[1].dailyCap = 3;
    scenario.ruleSet.rules[1].cooldownSeconds = 7'200;
    scenario.ruleSet.setting.globalDailyCap = 1'000;
    scenario.ruleSet.setting.isDecayEnabled = false;
    Recorder after;
    follow(scenario, after, 0, 300);
    const auto withoutDecay = [](Recorder& recorder) {
        std::erase_if(recorder.events, [](const ObservedEvent& event) { return event.kind == EventKind::Decay; });
    };
    withoutDecay(before);
    withoutDecay(after);
    QCOMPARE(after.events.size(), before.events.size());
    int bothDrew = 0;
    int different = 0;
    for (size_t i = 0; i < before.events.size(); ++i) {
        const ObservedEvent& was = before.events[i];
        const ObservedEvent& is = after.events[i];
        QVERIFY(was.second == is.second && was.ruleIndex == is.ruleIndex && eventId(was) == eventId(is));
        different += was.decision.outcome != is.decision.outcome;
        if (was.decision.drawn == 0 || is.decision.drawn == 0)
            continue; // rule b may draw 0, and a refused event draws nothing
        ++bothDrew;
        QCOMPARE(is.decision.drawn, was.decision.drawn);
    }
    QVERIFY(bothDrew > 1'000 && different > 1'000);
}

} // namespace affinity::test
