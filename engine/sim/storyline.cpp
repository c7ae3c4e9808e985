#include "engine/sim/storyline.h"

#include "engine/base/isotime.h"

namespace affinity::sim {

namespace {

using base::Error;
using base::ErrorKind;

/// Writes down what happens to the one device.
class Narrator final : public EventObserver {
public:
    Narrator(const Horizon& horizon, Storyline& story) : m_horizon(horizon), m_story(story) {}

    void onDevice(qint64 device, size_t persona, int startValue) override {
        m_value = startValue;
        m_level = rules::levelOf(startValue, m_horizon.levels);
        m_story.device = device;
        m_story.persona = m_horizon.personas[persona].persona.name;
        m_story.startValue = startValue;
        m_story.startLevel = m_level;
    }

    void onEvent(const ObservedEvent& observed) override {
        if (observed.decision.outcome == rules::Outcome::Applied) {
            m_value = observed.decision.after;
            m_level = observed.decision.newLevel;
        }
        StorylineEvent event;
        event.day = observed.day;
        event.atUs = m_horizon.startUs + observed.second * base::usPerSecond;
        event.kind = observed.kind;
        event.ruleKey = m_horizon.ruleKeys[observed.ruleIndex];
        event.eventId = eventId(observed);
        event.decision = observed.decision;
        event.trace = *observed.trace;
        event.valueAfter = m_value;
        event.levelAfter = m_level;
        m_story.events.push_back(std::move(event));
    }

    bool wantsTrace() const override { return true; }

private:
    const Horizon& m_horizon;
    Storyline& m_story;
    qint64 m_value = 0;
    int m_level = 0;
};

} // namespace

base::Result<Storyline> storyline(const Scenario& scenario, qint64 device, const std::atomic<bool>* isCancelled) {
    const auto horizon = planHorizon(scenario);
    if (!horizon)
        return horizon.error();
    if (device < 0 || device >= horizon->devices)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("device: must be from 0 to %1, not %2").arg(horizon->devices - 1).arg(device)};
    Storyline story;
    story.startUs = horizon->startUs;
    for (const DayPlan& day : horizon->days)
        story.dayEndsUs.push_back(horizon->startUs + day.endS * base::usPerSecond);
    story.dayEndValues.resize(horizon->days.size());

    Narrator narrator(*horizon, story);
    SimulationResult counts = emptyResult(*horizon);
    KernelRequest request;
    request.firstDevice = device;
    request.deviceCount = 1;
    request.observer = &narrator;
    request.isCancelled = isCancelled;
    request.keptDayEndValues = story.dayEndValues;
    if (!simulatePlain(*horizon, request, counts))
        return Error{ErrorKind::Cancelled, QStringLiteral("The storyline was cancelled.")};
    return story;
}

} // namespace affinity::sim
