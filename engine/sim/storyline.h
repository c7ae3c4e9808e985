// storyline(): the life of one simulated device, recomputed alone from its key, every event with its trace.
#pragma once

#include "engine/base/result.h"
#include "engine/rules/decide.h"
#include "engine/sim/plainkernel.h"
#include "engine/sim/scenario.h"

#include <atomic>

namespace affinity::sim {

struct StorylineEvent {
    int day = 0;     ///< 0 is the scenario's first day
    qint64 atUs = 0; ///< instant, UTC since 1970
    EventKind kind = EventKind::Arrival;
    QString ruleKey;
    QString eventId; ///< empty for decay
    rules::Decision decision;
    rules::Trace trace;
    qint64 valueAfter = 0; ///< of the device, also when nothing was applied
    int levelAfter = 0;

    friend bool operator==(const StorylineEvent&, const StorylineEvent&) = default;
};

struct Storyline {
    qint64 device = 0;
    QString persona;
    int startValue = 0;
    int startLevel = 0;
    qint64 startUs = 0;                 ///< the scenario's first second
    std::vector<int> dayEndValues;      ///< points
    std::vector<qint64> dayEndsUs;      ///< instants
    std::vector<StorylineEvent> events; ///< in time order

    friend bool operator==(const Storyline&, const Storyline&) = default;
};

/// What that device (0 to scenario.devices − 1) lives through: exactly what it does in a run of the whole population.
/// Milliseconds for a year. Any thread. InvalidInput names what is wrong; Cancelled after `isCancelled` was set.
base::Result<Storyline> storyline(const Scenario& scenario, qint64 device,
                                  const std::atomic<bool>* isCancelled = nullptr);

} // namespace affinity::sim
