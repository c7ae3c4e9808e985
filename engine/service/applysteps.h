// The steps of a call that touch nothing: from what was read to facts, from a decision to a result and its hash.
#pragma once

#include "engine/service/applyresult.h"
#include "engine/service/writeplan.h"
#include "engine/store/counters.h"

namespace affinity::service {

/// What the counters and the log say together: a check holds if either says so, and the greater sum counts.
rules::Facts factsOf(const Action& action, const Situation& situation, const store::CounterFacts& counters);

/// What the fence has to be asked about this action, once the situation's time, day and rule are known.
store::FenceQuery fenceQueryOf(const Action& action, const Situation& situation);

/// True when the row under the id that was handed out is the one that was written; a rolled back id may be given again.
/// What a store may keep in another form (metadata) is not compared.
bool isSameRow(const rules::LogRow& row, const rules::LogRow& written);

ApplyResult resultOf(const Action& action, const rules::Decision& decision, rules::Trace trace);
/// Of an operation id that had its effect before.
ApplyResult earlierResult(const store::LogEntry& entry, const std::vector<rules::Level>& levels);
RewardResult rewardOf(const rules::Level& level);

/// Everything an adjustment's outcome depends on; equal hash, equal consequences.
QByteArray stateHashOf(const Situation& situation, const std::vector<int>& grantedLevels);

/// What an applied event tells the counters. Only where effects.countsTrigger.
store::CounterConfirm confirmOf(const Action& action, const Situation& situation, const rules::Effects& effects,
                                base::LogId logId);

} // namespace affinity::service
