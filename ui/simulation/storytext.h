// Story: one simulated device's life with the rules that were in force, and why each of its events ended as it did.
#pragma once

#include "engine/engine.h"
#include "ui/shared/whypanel.h"
#include "ui/workspace/ask.h"

#include <memory>

namespace affinity::ui {

/// A storyline and what it was lived under.
struct Story {
    sim::Storyline line;
    std::shared_ptr<const sim::Horizon> horizon; ///< of the scenario; never null
    QTimeZone zone;
};

/// The storyline with its horizon, worked out on the engine's lane.
Answer<Story> storyOf(Engine& engine, const sim::Scenario& scenario, qint64 device);

enum class StoryOutcome { Applied, Cut, Refused };
StoryOutcome outcomeOf(const sim::StorylineEvent& event);

/// "Cut by the rule's daily cap", "Refused: cooldown": a few words for a table.
QString outcomeText(const sim::StorylineEvent& event);

/// Why the event of that index ended as it did, by the same steps and words as an event of the store. Pure.
Why whyOfEvent(const Story& story, size_t index);

} // namespace affinity::ui
