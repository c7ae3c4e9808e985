#include "tests/unit/sim/plainkernel_test.h"

#include "tests/unit/sim/simscenarios.h"

#include <cmath>

namespace affinity::test {

using namespace affinity::sim;
using rules::Outcome;

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

void PlainKernelTest::retryOfARefusedEventIsNoDuplicate() {
    Scenario scenario = simpleScenario(20, 500, 2);
    scenario.personas[0].retryProbability = 1;
    scenario.ruleSet.rules[0].cooldownSeconds = 5'000;
    Recorder recorder;
    follow(scenario, recorder, 0, 500);
    std::map<QString, std::pair<qint64, Outcome>> arrivals;
    int retriedAfterRefusal = 0;
    for (const ObservedEvent& event : recorder.events) {
        if (event.kind == EventKind::Arrival) {
            arrivals[eventId(event)] = {event.second, event.decision.outcome};
            continue;
        }
        const auto [second, outcome] = arrivals.at(eventId(event));
        const bool isSeen = outcome == Outcome::Applied && event.second - second < 60;
        QCOMPARE(event.decision.outcome == Outcome::EventDuplicate, isSeen);
        retriedAfterRefusal += outcome == Outcome::Cooldown && event.second - second < 60;
    }
    QVERIFY(retriedAfterRefusal > 1'000);
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

} // namespace affinity::test
