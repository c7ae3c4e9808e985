// From a committed change to what its store's outbox holds for it, and back to what is sent.
#pragma once

#include "engine/push/levelevent.h"
#include "engine/service/applyresult.h"
#include "engine/service/writeplan.h"
#include "engine/store/counters.h"
#include "engine/store/outbox.h"

#include <functional>

namespace affinity::service {

/// What becomes of a granted level's rewards.
enum class RewardUse {
    None,  ///< nobody is told: a replay, a store without an outbox
    Wait,  ///< a delivery waits for the relay's connector
    Ledger ///< the delivery's row is the reward: it is delivered with the commit
};

/// What a process has the outbox hold. Where the store has no outbox, nothing is held.
struct OutboxUse {
    bool holdsConfirms = false; ///< the counters are outside this process
    bool holdsPushes = false;   ///< somebody is told of changes
    RewardUse rewards = RewardUse::None;
    /// Called after each commit that left something, on the service's thread; must not block. `isCounted`: the counters
    /// have the change already, and its confirm only has to go. May be empty.
    std::function<void(base::LogId logId, bool isCounted)> written;

    bool isUsed() const { return holdsConfirms || holdsPushes || rewards != RewardUse::None; }
};

/// What an applied decision leaves to be sent, by what was granted. Its log ids are `result.logId`, 0 in a preview.
store::OutboxEntries outboxEntriesOf(const Action& action, const Situation& situation, const rules::Decision& decision,
                                     const ApplyResult& result, const OutboxUse& use);

/// The confirm that a row holds; its age is the row's. Damaged: somebody changed the row.
base::Result<store::CounterConfirm> confirmOf(const store::OutboxRow& row, qint64 nowUs);
/// The events that a row holds, in their order. Damaged: somebody changed the row.
base::Result<std::vector<push::LevelEvent>> pushEventsOf(const store::OutboxRow& row);

} // namespace affinity::service
