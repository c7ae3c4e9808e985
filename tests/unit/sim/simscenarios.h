// Small scenarios in code, and an observer that keeps every event, for the simulator's tests.
#pragma once

#include "engine/sim/plainkernel.h"
#include "engine/sim/run.h"
#include "engine/sim/scenariojson.h"

#include <QFile>
#include <QTest>

#include <cmath>

namespace affinity::test {

inline const QString ruleA = QStringLiteral("a");
inline const QString ruleB = QStringLiteral("b");

/// P(N = n) of a Poisson variable.
inline double poisson(int n, double mean) {
    return std::exp(n * std::log(mean) - mean - std::lgamma(n + 1));
}

/// A rule that moves by 1, with caps nobody reaches and no cooldown.
inline rules::Rule rule(const QString& key, int minChange = 1, int maxChange = 1) {
    rules::Rule made;
    made.key = key;
    made.minChange = minChange;
    made.maxChange = maxChange;
    made.singleCap = 1'000'000;
    made.dailyCap = 1'000'000;
    return made;
}

/// One persona that has `eventsPerDay` of rule "a" every day at any hour; UTC; a high ceiling; levels 0 and 1 (at 50).
inline sim::Scenario simpleScenario(double eventsPerDay, qint64 devices, int days) {
    sim::Scenario scenario;
    scenario.name = QStringLiteral("simple");
    scenario.seed = 20'260'101;
    scenario.devices = devices;
    scenario.days = days;
    scenario.startDate = QDate(2026, 1, 1);
    scenario.ruleSet.setting.timeZone = "UTC";
    scenario.ruleSet.setting.maxAffinity = 10'000;
    scenario.ruleSet.setting.globalDailyCap = 1'000'000;
    scenario.ruleSet.rules = {rule(ruleA)};
    scenario.ruleSet.levels = {{0, 0, QStringLiteral("Zero"), base::Json::array()},
                               {1, 50, QStringLiteral("One"), base::Json::array()}};
    sim::Persona persona;
    persona.name = QStringLiteral("everyone");
    persona.eventsPerActiveDay = {{ruleA, eventsPerDay}};
    persona.hourProfile.fill(1);
    persona.weekdayFactor.fill(1);
    scenario.personas = {persona};
    return scenario;
}

/// Every feature at once: two personas, retries, churn, dispersion, decay, caps, cooldowns, a calendar, clock changes.
inline sim::Scenario busyScenario(qint64 devices, int days) {
    sim::Scenario scenario = simpleScenario(6, devices, days);
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
    sim::Persona& steady = scenario.personas[0];
    steady.share = 0.7;
    steady.eventsPerActiveDay[ruleB] = 5;
    steady.retryProbability = 0.3;
    steady.hourProfile[20] = 8;
    sim::Persona rare = steady;
    rare.share = 0.3;
    rare.activeProbability = 0.2;
    rare.churnPerDay = 0.05;
    rare.returnPerDay = 0.1;
    rare.dispersion = 1.5;
    scenario.personas.push_back(rare);
    scenario.start.histogram = {{0, 3}, {60, 1}};
    sim::CalendarEntry doubleDays{scenario.startDate.addDays(4), scenario.startDate.addDays(6), {{ruleA, 2.0}}, {}, {}};
    doubleDays.rules[ruleA].dailyCap = 24;
    doubleDays.setting.globalDailyCap = 50;
    scenario.calendar = {doubleDays};
    return scenario;
}

/// A scenario file of the tree: "demo.json", "bench8.json".
inline sim::Scenario shippedScenario(const QString& fileName) {
    QFile file(QStringLiteral(AFFINITY_SOURCE_DIR "/resources/scenarios/") + fileName);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(fileName));
    const auto scenario = sim::scenarioFromText(file.readAll(), fileName);
    if (!scenario)
        qFatal("%s", qPrintable(scenario.error().what));
    return *scenario;
}

/// The result of a run that must succeed.
inline sim::SimulationResult simulated(const sim::Scenario& scenario, const sim::RunOptions& options = {}) {
    const auto result = sim::run(scenario, options);
    if (!result)
        qFatal("%s", qPrintable(result.error().what));
    return *result;
}

/// Keeps every event of the devices it follows.
class Recorder final : public sim::EventObserver {
public:
    std::vector<sim::ObservedEvent> events; ///< without traces
    std::vector<rules::Trace> traces;       ///< one for each event, when asked for
    std::vector<int> startValues;
    bool keepsTraces = false;

    void onDevice(qint64, size_t, int startValue) override { startValues.push_back(startValue); }
    void onEvent(const sim::ObservedEvent& event) override {
        events.push_back(event);
        if (event.trace)
            traces.push_back(*event.trace);
        events.back().trace = nullptr;
    }
    bool wantsTrace() const override { return keepsTraces; }
};

/// Follows `deviceCount` devices of a scenario; `result`, if given, gets the counts.
inline void follow(const sim::Scenario& scenario, Recorder& recorder, qint64 firstDevice, qint64 deviceCount,
                   sim::SimulationResult* result = nullptr) {
    const auto horizon = sim::planHorizon(scenario);
    if (!horizon)
        qFatal("%s", qPrintable(horizon.error().what));
    sim::SimulationResult counts = sim::emptyResult(*horizon);
    sim::KernelRequest request;
    request.firstDevice = firstDevice;
    request.deviceCount = deviceCount;
    request.observer = &recorder;
    if (!sim::simulatePlain(*horizon, request, counts))
        qFatal("cancelled");
    if (result)
        *result = counts;
}

/// Applied events of a rule over the whole run.
inline qint64 outcomes(const sim::SimulationResult& result, size_t ruleIndex, rules::Outcome outcome) {
    return sim::ruleTotal(result, ruleIndex).byOutcome[static_cast<size_t>(outcome)];
}

} // namespace affinity::test
