// ApplyResult: what became of one call, with the production service's member names in JSON.
#pragma once

#include "engine/base/result.h"
#include "engine/rules/decide.h"
#include "engine/rules/records.h"

namespace affinity::service {

/// A level's rewards, granted or not.
struct RewardResult {
    int level = 0;
    QString name;
    base::Json rewards = base::Json::array();
    QString error; ///< why it failed; empty when granted

    friend bool operator==(const RewardResult&, const RewardResult&) = default;
};

/// One of: applied · refused (a noop_ outcome) · failed without effect (Error) · InDoubt.
struct ApplyResult {
    rules::Outcome outcome = rules::Outcome::Error;
    int changeValue = 0;
    int beforeValue = 0;
    int afterValue = 0;
    QString ruleKey;
    int oldLevel = 0;
    int newLevel = 0;
    std::optional<base::LogId> logId;
    std::vector<RewardResult> rewardsGranted;
    std::vector<RewardResult> rewardsFailed;
    std::optional<base::Error> error;             ///< of Error and InDoubt
    bool isEventConflict = false;                 ///< a duplicate event id with other content (difference D5)
    bool isAppliedEarlier = false;                ///< the operation id had its effect before; this is that effect's row
    rules::Trace trace;                           ///< when it was asked for
    int retries = 0;                              ///< how often the database asked to do the unit again
    std::optional<base::Error> counterFault = {}; ///< why the counters had no say; SQL alone decided

    friend bool operator==(const ApplyResult&, const ApplyResult&) = default;
};

/// The result of a call that failed before or without any effect.
ApplyResult failure(const QString& ruleKey, base::Error error);

/// The eleven members of the golden files, in their order. `metadata`-like members keep their order.
base::Json toJson(const ApplyResult& result);

/// The same with "event_conflict" (duplicates only), "retries" (if any), "counter_fault" (if any) and "trace".
base::Json toJsonWithTrace(const ApplyResult& result);

/// Each step with its inputs and what it decided.
base::Json toJson(const rules::Trace& trace);

} // namespace affinity::service
