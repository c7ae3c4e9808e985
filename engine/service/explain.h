// Explain: why a log row came out as it did, or what stopped an event at some time; by the same decide as production.
#pragma once

#include "engine/rules/decide.h"
#include "engine/store/store.h"

namespace affinity::service {

/// A decision looked at again. What the store does not keep is said by the flags, never made up.
struct Explanation {
    std::optional<store::LogEntry> entry; ///< the row; nothing when no row came
    rules::Decision decision;
    rules::Trace trace;
    std::optional<rules::Rule> rule;              ///< as it is today
    rules::Setting setting;                       ///< as it is today
    bool isDrawnKnown = false;                    ///< else the change is taken as drawn, and a cut cannot be told
    bool isRuleEditedSince = false;               ///< the rule's numbers may have been others then
    bool isReproduced = false;                    ///< today's rules give the row exactly
    std::optional<rules::RecentChange> usedUpBy;  ///< the earlier row of the day that took most of the deciding cap
    std::optional<rules::RecentChange> startedBy; ///< the row that started the deciding cooldown
    std::optional<store::LogEntry> reversedBy;
};

/// Explains one log row. NotFound when there is none of that id.
base::Result<Explanation> explainRow(store::Store& store, base::LogId id);

/// What an event of that rule would have met on that device at that time; a refusal names what stood in the way.
base::Result<Explanation> explainMoment(store::Store& store, base::DeviceId deviceId, const QString& ruleKey,
                                        const QString& eventId, qint64 atUs);

} // namespace affinity::service
