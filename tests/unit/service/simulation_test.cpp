#include "tests/unit/service/simulation_test.h"

#include "engine/base/clock.h"
#include "engine/base/isotime.h"
#include "engine/service/affinityservice.h"
#include "engine/service/random.h"
#include "engine/sim/plainkernel.h"
#include "engine/sim/scenariojson.h"
#include "engine/store/memorycounters.h"
#include "engine/store/memorystore.h"

#include <QFile>

#include <algorithm>
#include <map>

namespace affinity::test {

namespace {

constexpr int deviceCount = 80;

class Recorder final : public sim::EventObserver {
public:
    void onDevice(qint64, size_t, int startValue) override { startValues.push_back(startValue); }
    void onEvent(const sim::ObservedEvent& event) override { events.push_back(event); }

    std::vector<int> startValues;
    std::vector<sim::ObservedEvent> events;
};

/// The demo's personas in a zone with a short day (29 March 2026), and a week under other rules.
sim::Scenario scenario() {
    QFile file(QStringLiteral(AFFINITY_TEST_DATA "/../../resources/scenarios/demo.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the demo scenario is missing");
    sim::Scenario scenario = *sim::scenarioFromText(file.readAll(), QStringLiteral("demo.json"));
    scenario.devices = deviceCount;
    scenario.days = 30;
    scenario.startDate = QDate(2026, 3, 15);
    scenario.ruleSet.setting.timeZone = "Europe/Berlin";
    scenario.ruleSet.setting.decayIdleDays = 2;
    for (sim::Persona& persona : scenario.personas)
        persona.retryProbability = 0.3;
    sim::CalendarEntry week;
    week.from = QDate(2026, 3, 25);
    week.to = QDate(2026, 4, 1);
    week.rules[QStringLiteral("chat")] = {.dailyCap = 5, .cooldownSeconds = 3600};
    week.setting.globalDailyCap = 30;
    scenario.calendar = {week};
    return scenario;
}

/// What the service needs to live through the same time.
struct RecordedWorld {
    explicit RecordedWorld(const sim::Horizon& horizon, const rules::RuleSet& ruleSet,
                           const std::vector<int>& startValues)
        : clock(horizon.startUs), store(database, clock), counters(clock), service(store, counters, draw) {
        QVERIFY(database->add(ruleSet).isOk());
        QVERIFY(database->add(rules::User{{}, QStringLiteral("user"), {}, true, 0}).isOk());
        for (size_t i = 0; i < startValues.size(); ++i) {
            rules::Binding binding;
            binding.userId = {1};
            binding.serial = QString::number(i);
            binding.favorability = startValues[i];
            binding.affinityLevel = rules::levelOf(startValues[i], horizon.levels);
            binding.boundAtUs = horizon.startUs;
            QVERIFY(database->add(binding).isOk());
        }
    }

    /// Puts the rules of a calendar stretch in force.
    void enter(const sim::Regime& regime) {
        for (const rules::Rule& rule : regime.rules) {
            const store::RuleEdit edit{rule.minChange, rule.maxChange,       rule.singleCap,
                                       rule.dailyCap,  rule.cooldownSeconds, rule.isEnabled};
            QVERIFY(store.editRule(rule.key, edit, clock.nowUs()).isOk());
        }
        QVERIFY(store.editSetting({.globalDailyCap = regime.setting.globalDailyCap}, clock.nowUs()).isOk());
    }

    std::shared_ptr<store::MemoryDatabase> database = std::make_shared<store::MemoryDatabase>();
    base::VirtualClock clock;
    store::MemoryStore store;
    store::MemoryCounters counters;
    service::SystemDraw draw;
    service::AffinityService service;
};

service::ApplyRequest requestOf(const sim::ObservedEvent& event, const sim::Horizon& horizon) {
    service::ApplyRequest request;
    request.userId = {1};
    request.deviceId = {event.device + 1};
    request.ruleKey = horizon.ruleKeys[event.ruleIndex];
    request.source = event.kind == sim::EventKind::Decay ? QStringLiteral("decay") : QStringLiteral("device_event");
    request.eventId = sim::eventId(event);
    return request;
}

} // namespace

void SimulationTest::everySimulatedEventEndsAsInTheService() {
    const sim::Scenario simulated = scenario();
    const auto horizon = sim::planHorizon(simulated);
    QVERIFY2(horizon.isOk(), horizon ? "" : qPrintable(horizon.error().what));
    Recorder recorder;
    sim::SimulationResult counts = sim::emptyResult(*horizon);
    QVERIFY(sim::simulatePlain(*horizon, {0, deviceCount, &recorder, nullptr, {}}, counts));
    std::stable_sort(recorder.events.begin(), recorder.events.end(),
                     [](const auto& left, const auto& right) { return left.second < right.second; });

    RecordedWorld world(*horizon, simulated.ruleSet, recorder.startValues);
    qint64 grants = 0;
    std::map<rules::Outcome, int> seen;
    size_t regime = horizon->days.front().regime;
    for (const sim::ObservedEvent& event : recorder.events) {
        const sim::DayPlan& day = horizon->days[static_cast<size_t>(event.day)];
        if (day.regime != regime) {
            regime = day.regime;
            world.clock.setNowUs(horizon->startUs + day.startS * base::usPerSecond);
            world.enter(horizon->regimes[regime]);
        }
        world.clock.setNowUs(horizon->startUs + event.second * base::usPerSecond);
        service::FixedDraw draw(event.decision.drawn);
        world.service.setDraw(draw);
        const service::ApplyResult result = world.service.apply(requestOf(event, *horizon));
        const QByteArray where = QStringLiteral("device %1, second %2, rule %3: simulated %4 %5, service %6 %7")
                                     .arg(event.device)
                                     .arg(event.second)
                                     .arg(horizon->ruleKeys[event.ruleIndex], rules::wireName(event.decision.outcome))
                                     .arg(event.decision.change)
                                     .arg(rules::wireName(result.outcome))
                                     .arg(result.changeValue)
                                     .toUtf8();
        QVERIFY2(result.outcome == event.decision.outcome, where.constData());
        QVERIFY2(result.changeValue == event.decision.change, where.constData());
        QVERIFY2(result.afterValue == event.decision.after, where.constData());
        QVERIFY2(result.oldLevel == event.decision.oldLevel && result.newLevel == event.decision.newLevel,
                 where.constData());
        grants += static_cast<qint64>(result.rewardsGranted.size());
        ++seen[result.outcome];
    }

    qint64 simulatedGrants = 0;
    for (const sim::DayCounts& day : counts.days) {
        for (const qint64 granted : day.grants)
            simulatedGrants += granted;
    }
    QCOMPARE(grants, simulatedGrants);
    for (const auto outcome : {rules::Outcome::Applied, rules::Outcome::Cooldown, rules::Outcome::EventDuplicate,
                               rules::Outcome::RuleDailyCap, rules::Outcome::GlobalDailyCap})
        QVERIFY2(seen[outcome] > 0, qPrintable(rules::wireName(outcome) + QStringLiteral(" never happened")));
    qInfo("%zu events, %lld grants", recorder.events.size(), static_cast<long long>(grants));
}

} // namespace affinity::test
