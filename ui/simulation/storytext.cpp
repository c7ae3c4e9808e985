#include "ui/simulation/storytext.h"

#include "ui/shared/formatting.h"
#include "ui/workspace/whytext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>

namespace affinity::ui {
namespace {

using rules::Outcome;

struct SimulationStoryWords {
    Q_DECLARE_TR_FUNCTIONS(SimulationStory)
};

constexpr size_t bindingStep = 3; // of whytext's steps

const sim::Regime& regimeOf(const Story& story, const sim::StorylineEvent& event) {
    const auto day = static_cast<size_t>(event.day);
    return story.horizon->regimes[story.horizon->days[day].regime];
}

std::optional<rules::Rule> ruleOf(const Story& story, const sim::StorylineEvent& event) {
    const sim::Regime& regime = regimeOf(story, event);
    for (const rules::Rule& rule : regime.rules) {
        if (rule.key == event.ruleKey)
            return rule;
    }
    return std::nullopt;
}

rules::RecentChange changeOf(const sim::StorylineEvent& event) {
    rules::RecentChange change;
    change.ruleKey = event.ruleKey;
    change.changeValue = event.decision.change;
    change.createdAtUs = event.atUs;
    return change;
}

bool isApplied(const sim::StorylineEvent& event) {
    return event.decision.outcome == Outcome::Applied;
}

/// The earlier event of the day that took most of the cap that decided.
std::optional<rules::RecentChange> usedUpBy(const Story& story, size_t index) {
    const sim::StorylineEvent& event = story.line.events[index];
    const rules::Decision& decision = event.decision;
    const bool isRuleCap = decision.outcome == Outcome::RuleDailyCap || decision.cut == rules::Cut::RuleDailyCap;
    const bool isGlobalCap = decision.outcome == Outcome::GlobalDailyCap || decision.cut == rules::Cut::GlobalDailyCap;
    if (!isRuleCap && !isGlobalCap)
        return std::nullopt;
    const sim::StorylineEvent* most = nullptr;
    for (size_t i = index; i-- > 0 && story.line.events[i].day == event.day;) {
        const sim::StorylineEvent& earlier = story.line.events[i];
        const bool uses =
            isApplied(earlier) && (isRuleCap ? earlier.ruleKey == event.ruleKey : earlier.decision.change > 0);
        if (uses && (!most || std::abs(earlier.decision.change) > std::abs(most->decision.change)))
            most = &earlier;
    }
    return most ? std::optional<rules::RecentChange>(changeOf(*most)) : std::nullopt;
}

std::optional<rules::RecentChange> startedBy(const Story& story, size_t index) {
    const sim::StorylineEvent& event = story.line.events[index];
    if (event.decision.outcome != Outcome::Cooldown)
        return std::nullopt;
    for (size_t i = index; i-- > 0;) {
        const sim::StorylineEvent& earlier = story.line.events[i];
        if (isApplied(earlier) && earlier.ruleKey == event.ruleKey)
            return changeOf(earlier);
    }
    return std::nullopt;
}

rules::LogRow rowOf(const sim::StorylineEvent& event, qint64 device) {
    rules::LogRow row;
    row.deviceId = base::DeviceId{device};
    row.ruleId = base::RuleId{1}; // by a rule, not by an operator
    row.ruleKey = event.ruleKey;
    row.changeValue = event.decision.change;
    row.beforeValue = event.decision.before;
    row.afterValue = event.decision.after;
    row.source = event.kind == sim::EventKind::Decay ? QStringLiteral("decay") : QStringLiteral("device_event");
    row.eventId = event.eventId;
    row.createdAtUs = event.atUs;
    return row;
}

QString refusalText(Outcome outcome) {
    switch (outcome) {
    case Outcome::NoRule:
        return SimulationStoryWords::tr("no live rule");
    case Outcome::Cooldown:
        return SimulationStoryWords::tr("cooldown");
    case Outcome::RuleDailyCap:
        return SimulationStoryWords::tr("daily cap used up");
    case Outcome::GlobalDailyCap:
        return SimulationStoryWords::tr("global cap used up");
    case Outcome::EventDuplicate:
        return SimulationStoryWords::tr("sent before");
    case Outcome::ValueBoundary:
        return SimulationStoryWords::tr("value at its limit");
    case Outcome::Applied:
    case Outcome::Error:
    case Outcome::InDoubt:
        break;
    }
    return rules::wireName(outcome);
}

} // namespace

Answer<Story> storyOf(Engine& engine, const sim::Scenario& scenario, qint64 device) {
    return engine.storyline(scenario, device)
        .then(QtFuture::Launch::Sync, [scenario](const base::Result<sim::Storyline>& line) -> base::Result<Story> {
            if (!line)
                return line.error();
            auto horizon = sim::planHorizon(scenario);
            if (!horizon)
                return horizon.error();
            return Story{*line, std::make_shared<const sim::Horizon>(std::move(*horizon)),
                         QTimeZone(scenario.ruleSet.setting.timeZone)};
        });
}

StoryOutcome outcomeOf(const sim::StorylineEvent& event) {
    if (!isApplied(event))
        return StoryOutcome::Refused;
    return event.decision.cut == rules::Cut::None ? StoryOutcome::Applied : StoryOutcome::Cut;
}

QString outcomeText(const sim::StorylineEvent& event) {
    switch (outcomeOf(event)) {
    case StoryOutcome::Applied:
        return {};
    case StoryOutcome::Cut:
        return cutCauseText(event.decision.cut);
    case StoryOutcome::Refused:
        return refusalText(event.decision.outcome);
    }
    return {};
}

Why whyOfEvent(const Story& story, size_t index) {
    const sim::StorylineEvent& event = story.line.events[index];
    service::Explanation explanation;
    explanation.decision = event.decision;
    explanation.trace = event.trace;
    explanation.rule = ruleOf(story, event);
    explanation.setting = regimeOf(story, event).setting;
    explanation.isDrawnKnown = true;
    explanation.isReproduced = true;
    explanation.usedUpBy = usedUpBy(story, index);
    explanation.startedBy = startedBy(story, index);
    Why why;
    if (isApplied(event)) {
        explanation.entry = store::LogEntry{rowOf(event, story.line.device), std::nullopt};
        why = whyOfRow(explanation, story.zone);
    } else {
        const MomentAsked asked{base::DeviceId{story.line.device}, event.ruleKey, event.eventId, event.atUs};
        why = whyOfMoment(explanation, asked, story.zone);
    }
    if (why.steps.size() > bindingStep && why.steps[bindingStep].state == StepState::Passed) {
        why.steps[bindingStep].given = SimulationStoryWords::tr("device %1").arg(numberText(story.line.device));
        why.steps[bindingStep].result = SimulationStoryWords::tr("bound");
    }
    return why;
}

} // namespace affinity::ui
