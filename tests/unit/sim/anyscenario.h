// Random small scenarios for property tests: rules of either sign, caps, cooldowns, decay, retries, churn, a calendar.
#pragma once

#include "tests/unit/sim/simscenarios.h"

#include <rapidcheck.h>

namespace affinity::test {

/// A number from `smallest` to `largest`, in 100 steps.
inline double numberBetween(double smallest, double largest) {
    return smallest + (largest - smallest) * *rc::gen::inRange(0, 101) / 100.0;
}

inline sim::Persona anyBusyPersona(const QString& name, double share, const std::vector<rules::Rule>& rules) {
    sim::Persona persona;
    persona.name = name;
    persona.share = share;
    for (const rules::Rule& each : rules)
        persona.eventsPerActiveDay[each.key] = numberBetween(0, 5);
    for (double& weight : persona.hourProfile)
        weight = *rc::gen::inRange(0, 4);
    persona.hourProfile[12] = 1;
    for (double& factor : persona.weekdayFactor)
        factor = *rc::gen::inRange(0, 3);
    persona.activeProbability = numberBetween(0.3, 1);
    persona.churnPerDay = numberBetween(0, 0.1);
    persona.returnPerDay = numberBetween(0, 0.5);
    persona.dispersion = numberBetween(0, 2);
    persona.retryProbability = numberBetween(0, 0.5);
    return persona;
}

inline rules::Rule anyBusyRule(const QString& key, bool isPositiveOnly) {
    const int minChange = *rc::gen::inRange(isPositiveOnly ? 0 : -6, 4);
    rules::Rule made = rule(key, minChange, minChange + *rc::gen::inRange(0, 9));
    made.singleCap = *rc::gen::inRange(1, 10);
    made.dailyCap = *rc::gen::inRange(1, 30);
    made.cooldownSeconds = *rc::gen::element(0, 0, 30, 600, 7'200);
    return made;
}

/// Rules a, b and decay; two personas; 40 devices for up to 12 days.
inline sim::Scenario anyBusyScenario() {
    sim::Scenario scenario = simpleScenario(1, 40, *rc::gen::inRange(2, 13));
    scenario.seed = *rc::gen::arbitrary<quint64>();
    scenario.startDate = QDate(2026, 3, 22).addDays(*rc::gen::inRange(0, 10));
    rules::RuleSet& ruleSet = scenario.ruleSet;
    ruleSet.setting.timeZone = *rc::gen::element(QByteArray("UTC"), QByteArray("Europe/Berlin"));
    ruleSet.setting.maxAffinity = *rc::gen::inRange(30, 400);
    ruleSet.setting.globalDailyCap = *rc::gen::inRange(1, 40);
    ruleSet.setting.isDecayEnabled = *rc::gen::arbitrary<bool>();
    ruleSet.setting.decayIdleDays = *rc::gen::inRange(0, 4);
    ruleSet.rules = {anyBusyRule(ruleA, false), anyBusyRule(ruleB, false), rule(QStringLiteral("decay"), -5, -1)};
    ruleSet.levels = {{0, 0, {}, base::Json::array()}, {1, 20, {}, {}}, {2, 60, {}, {}}, {5, 150, {}, {}}};
    scenario.personas = {anyBusyPersona(QStringLiteral("one"), 0.6, {ruleSet.rules[0], ruleSet.rules[1]}),
                         anyBusyPersona(QStringLiteral("two"), 0.4, {ruleSet.rules[0], ruleSet.rules[1]})};
    // A start value above a lowered ceiling is allowed; it comes down with the next change.
    scenario.start.histogram = {{0, 2}, {*rc::gen::inRange(0, 500), 1}};
    sim::CalendarEntry entry{scenario.startDate.addDays(1), scenario.startDate.addDays(3), {{ruleA, 2.0}}, {}, {}};
    entry.rules[ruleA].dailyCap = *rc::gen::inRange(1, 60);
    entry.rules[ruleB].isEnabled = *rc::gen::arbitrary<bool>();
    entry.setting.maxAffinity = *rc::gen::inRange(30, 400);
    scenario.calendar = {entry};
    return scenario;
}

} // namespace affinity::test
