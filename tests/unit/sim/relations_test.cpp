#include "tests/unit/sim/relations_test.h"

#include "tests/support/property.h"
#include "tests/unit/sim/anyscenario.h"

#include <cmath>
#include <numeric>

namespace affinity::test {

using namespace affinity::sim;
using rules::Outcome;

namespace {

qint64 total(const std::vector<qint64>& counts) {
    return std::accumulate(counts.begin(), counts.end(), qint64{0});
}

/// Devices at each level by their values (bins of one point).
std::vector<qint64> occupancyOf(const std::vector<quint32>& histogram, const std::vector<rules::Level>& levels) {
    std::vector<qint64> devices(levels.size());
    for (size_t value = 0; value < histogram.size(); ++value) {
        size_t level = levels.size() - 1;
        while (level > 0 && static_cast<int>(value) < levels[level].minValue)
            --level;
        devices[level] += histogram[value];
    }
    return devices;
}

/// What each step of one event's trace kept back: a refused event lost all it drew where it was stopped.
std::array<qint64, cutKinds> lostInTrace(const rules::Decision& decision, const rules::Trace& trace) {
    using rules::Cut;
    const std::map<rules::Step, Cut> cuts{{rules::Step::Change, Cut::SingleCap},
                                          {rules::Step::RuleDailyCap, Cut::RuleDailyCap},
                                          {rules::Step::GlobalDailyCap, Cut::GlobalDailyCap},
                                          {rules::Step::Bounds, Cut::Bounds}};
    std::array<qint64, cutKinds> lost{};
    for (const rules::TraceStep& step : trace) {
        const auto cut = cuts.find(step.step);
        if (cut == cuts.end())
            continue;
        if (decision.outcome != Outcome::Applied)
            lost = {}; // what earlier steps kept back is lost to the last one
        const qint64 before = decision.outcome == Outcome::Applied ? step.changeIn : decision.drawn;
        lost[static_cast<size_t>(cut->second)] = std::abs(before - step.changeOut);
    }
    return lost;
}

} // namespace

void RelationsTest::countsConserve() {
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

void RelationsTest::valuesChainFromEventToEvent() {
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

void RelationsTest::eventsComeInTimeOrder() {
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

void RelationsTest::deviceAloneIsTheSame() {
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

void RelationsTest::ruleWithoutEventsChangesNothing() {
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
    after.eventsByHour.erase(after.eventsByHour.begin() + 1);
    QCOMPARE(digest(after), digest(before));
}

void RelationsTest::higherCapLowersNoDevice() {
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

void RelationsTest::shorterHorizonIsTheHeadOfALongerOne() {
    const SimulationResult shorter = simulated(busyScenario(300, 90));
    SimulationResult longer = simulated(busyScenario(300, 120));
    longer.days.resize(90);
    longer.retries = shorter.retries; // these two are of the whole run
    longer.eventsByHour = shorter.eventsByHour;
    QCOMPARE(longer.days == shorter.days, true);
    QCOMPARE(digest(longer), digest(shorter));
}

void RelationsTest::tunedRulesSeeTheSameRandomNumbers() {
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

void RelationsTest::pointsLostAreThoseOfTheTraces() {
    Scenario scenario = busyScenario(400, 25);
    scenario.ruleSet.rules[1].minChange = -9; // so that the single cap cuts losses too
    Recorder recorder;
    recorder.keepsTraces = true;
    SimulationResult result;
    follow(scenario, recorder, 0, 400, &result);
    std::vector<std::array<qint64, cutKinds>> expected(3);
    for (size_t i = 0; i < recorder.events.size(); ++i) {
        const ObservedEvent& event = recorder.events[i];
        const auto lost = lostInTrace(event.decision, recorder.traces[i]);
        for (size_t cut = 0; cut < cutKinds; ++cut)
            expected[event.ruleIndex][cut] += lost[cut];
    }
    for (size_t rule = 0; rule < 3; ++rule)
        QVERIFY(ruleTotal(result, rule).pointsLostByCut == expected[rule]);
    for (size_t cut = 1; cut < cutKinds; ++cut)
        QVERIFY2(expected[1][cut] > 0, qPrintable(QString::number(cut)));
}

void RelationsTest::loweredCeilingLosesToTheBounds() {
    Scenario scenario = simpleScenario(50, 10, 3);
    scenario.start.histogram = {{500, 1}};
    scenario.ruleSet.rules[0] = rule(ruleA, -6, -6);
    scenario.ruleSet.rules[0].singleCap = 4;
    scenario.ruleSet.rules[0].dailyCap = 4;
    CalendarEntry entry{scenario.startDate.addDays(1), scenario.startDate.addDays(1), {}, {}, {}};
    entry.setting.maxAffinity = 400;
    scenario.calendar = {entry};
    const SimulationResult result = simulated(scenario);
    // 500 − 4 = 496 on the first day; the second day's event takes 96 points to the ceiling instead of its 4.
    QCOMPARE(result.days[0].histogram[496], 10U);
    QCOMPARE(result.days[1].histogram[400], 10U);
    const RuleCounts counts = result.days[1].rules[0];
    QCOMPARE(counts.pointsLost,
             std::accumulate(counts.pointsLostByCut.begin(), counts.pointsLostByCut.end(), qint64{0}));
    QCOMPARE(counts.pointsLostByCut[static_cast<size_t>(rules::Cut::Bounds)], qint64{10 * (96 - 6)});
    QCOMPARE(counts.pointsLostByCut[static_cast<size_t>(rules::Cut::SingleCap)], qint64{0});
}

void RelationsTest::countsConserveInAnyScenario() {
    AFFINITY_PROPERTY("every event, device and point is counted once", [] {
        const Scenario scenario = anyBusyScenario();
        Recorder recorder;
        SimulationResult result;
        follow(scenario, recorder, 0, scenario.devices, &result);
        RC_ASSERT(eventCount(result) == static_cast<qint64>(recorder.events.size()));
        qint64 balance = result.startValueSum;
        for (const DayCounts& day : result.days) {
            RC_ASSERT(total(day.devicesAtLevel) == scenario.devices);
            RC_ASSERT(std::accumulate(day.histogram.begin(), day.histogram.end(), qint64{0}) == scenario.devices);
            RC_ASSERT(day.devicesAtLevel == occupancyOf(day.histogram, scenario.ruleSet.levels));
            RC_ASSERT(day.activeDevices + day.churnedDevices <= scenario.devices);
            RC_ASSERT(day.decayedDevices <= day.idleDevices);
            for (const RuleCounts& counts : day.rules) {
                balance += counts.pointsGained - counts.pointsTaken;
                const auto lost =
                    std::accumulate(counts.pointsLostByCut.begin(), counts.pointsLostByCut.end(), qint64{0});
                RC_ASSERT(lost == counts.pointsLost);
                RC_ASSERT(counts.pointsLostByCut[0] == 0);
                RC_ASSERT(std::accumulate(counts.appliedByCut.begin(), counts.appliedByCut.end(), qint64{0}) ==
                          counts.byOutcome[static_cast<size_t>(Outcome::Applied)]);
                RC_ASSERT(*std::min_element(counts.pointsLostByCut.begin(), counts.pointsLostByCut.end()) >= 0);
            }
            RC_ASSERT(balance == day.valueSum);
        }
        for (size_t rule = 0; rule < result.ruleKeys.size(); ++rule) {
            const auto& byHour = result.eventsByHour[rule];
            RC_ASSERT(std::accumulate(byHour.begin(), byHour.end(), qint64{0}) == eventCount(ruleTotal(result, rule)));
        }
        for (size_t level = 0; level < result.levelNumbers.size(); ++level) {
            const double reached = reachedShare(result, level, scenario.days - 1);
            RC_ASSERT(reached >= 0 && reached <= 1);
        }
    });
}

void RelationsTest::capsHoldInAnyScenario() {
    AFFINITY_PROPERTY("no device-day is above a cap, and devices at a cap are counted", [] {
        const Scenario scenario = anyBusyScenario();
        const auto horizon = planHorizon(scenario);
        Recorder recorder;
        SimulationResult result;
        follow(scenario, recorder, 0, scenario.devices, &result);
        std::map<std::tuple<qint64, int, size_t>, int> used; // the last rule index stands for the global cap
        const size_t global = result.ruleKeys.size();
        bool wasPulledDown = false;
        for (const ObservedEvent& event : recorder.events) {
            const Regime& regime = horizon->regimes[horizon->days[static_cast<size_t>(event.day)].regime];
            const rules::Rule& rule = regime.rules[event.ruleIndex];
            // The pull of a ceiling below the value may be larger than any cap.
            const bool isPulledDown = event.decision.before > regime.setting.maxAffinity;
            const int change = event.decision.change;
            RC_ASSERT(isPulledDown || std::abs(change) <= rule.singleCap);
            int& ofRule = used[std::make_tuple(event.device, event.day, event.ruleIndex)];
            int& ofAll = used[std::make_tuple(event.device, event.day, global)];
            ofRule += std::abs(change);
            ofAll += std::max(0, change);
            wasPulledDown = wasPulledDown || isPulledDown;
            RC_ASSERT(wasPulledDown || ofRule <= rule.dailyCap);
            RC_ASSERT(ofAll <= regime.setting.globalDailyCap);
        }
        std::vector<std::vector<qint64>> atCap(result.days.size(), std::vector<qint64>(global + 1));
        for (const auto& [key, points] : used) {
            const auto& [device, day, index] = key;
            const Regime& regime = horizon->regimes[horizon->days[static_cast<size_t>(day)].regime];
            const int cap = index == global ? regime.setting.globalDailyCap : regime.rules[index].dailyCap;
            atCap[static_cast<size_t>(day)][index] += points >= cap;
        }
        for (size_t day = 0; day < result.days.size(); ++day) {
            RC_ASSERT(result.days[day].devicesAtGlobalCap == atCap[day][global]);
            for (size_t rule = 0; rule < global; ++rule)
                RC_ASSERT(result.days[day].rules[rule].devicesAtCap == atCap[day][rule]);
        }
    });
}

void RelationsTest::anyHigherCapLowersNoDevice() {
    // Without cooldowns and retries: one that a later event starts may reach over midnight.
    AFFINITY_PROPERTY("with gains only, a raised cap lowers nobody", [] {
        Scenario scenario = anyBusyScenario();
        rules::RuleSet& ruleSet = scenario.ruleSet;
        ruleSet.setting.isDecayEnabled = false;
        ruleSet.rules[0] = anyBusyRule(ruleA, true);
        ruleSet.rules[1] = anyBusyRule(ruleB, true);
        ruleSet.rules[0].cooldownSeconds = ruleSet.rules[1].cooldownSeconds = 0;
        scenario.calendar.clear();
        scenario.start.histogram = {{0, 1}};
        for (Persona& persona : scenario.personas)
            persona.retryProbability = 0;
        const std::vector<int> before = simulated(scenario, {.threads = 1, .keepsEndValues = true}).endValues;
        switch (*rc::gen::inRange(0, 3)) {
        case 0:
            ruleSet.rules[0].dailyCap += *rc::gen::inRange(1, 20);
            break;
        case 1:
            ruleSet.rules[1].singleCap += *rc::gen::inRange(1, 6);
            break;
        default:
            ruleSet.setting.globalDailyCap += *rc::gen::inRange(1, 20);
        }
        const std::vector<int> after = simulated(scenario, {.threads = 1, .keepsEndValues = true}).endValues;
        for (size_t device = 0; device < before.size(); ++device)
            RC_ASSERT(after[device] >= before[device]);
    });
}

void RelationsTest::anyShorterHorizonIsTheHead() {
    AFFINITY_PROPERTY("a shorter run is the head of a longer one", [] {
        Scenario scenario = anyBusyScenario();
        const SimulationResult longer = simulated(scenario, {.threads = 1});
        scenario.days = *rc::gen::inRange(1, scenario.days);
        SimulationResult shorter = simulated(scenario, {.threads = 1});
        for (DayCounts& day : shorter.days) // a ceiling that is raised later makes longer histograms
            day.histogram.resize(longer.days.front().histogram.size());
        RC_ASSERT(std::equal(shorter.days.begin(), shorter.days.end(), longer.days.begin()));
    });
}

void RelationsTest::anyRuleWithoutEventsChangesNothing() {
    AFFINITY_PROPERTY("a rule that never happens changes no value", [] {
        Scenario scenario = anyBusyScenario();
        const SimulationResult before = simulated(scenario, {.threads = 1, .keepsEndValues = true});
        scenario.ruleSet.rules.insert(scenario.ruleSet.rules.begin(), rule(QStringLiteral("unused"), -500, 500));
        const SimulationResult after = simulated(scenario, {.threads = 1, .keepsEndValues = true});
        RC_ASSERT(after.endValues == before.endValues);
        for (size_t i = 0; i < before.days.size(); ++i) {
            RC_ASSERT(after.days[i].histogram == before.days[i].histogram);
            RC_ASSERT(after.days[i].rules[0] == RuleCounts{});
            RC_ASSERT(
                std::equal(before.days[i].rules.begin(), before.days[i].rules.end(), after.days[i].rules.begin() + 1));
        }
    });
}

void RelationsTest::anyThreadCountGivesTheSameDigest() {
    AFFINITY_PROPERTY("threads and chunks change nothing", [] {
        const Scenario scenario = anyBusyScenario();
        const QString expected = digest(simulated(scenario, {.threads = 1}));
        RC_ASSERT(digest(simulated(scenario, {.threads = *rc::gen::inRange(2, 5),
                                              .chunkDevices = *rc::gen::inRange(0, 12)})) == expected);
    });
}

} // namespace affinity::test
