#include "engine/service/applyresult.h"

namespace affinity::service {

using base::Json;
using base::jsonText;

namespace {

Json rewardsJson(const std::vector<RewardResult>& rewards) {
    Json list = Json::array();
    for (const RewardResult& reward : rewards) {
        Json item{{"level", reward.level}, {"name", reward.name.toStdString()}, {"rewards", reward.rewards}};
        if (!reward.error.isEmpty())
            item["error"] = reward.error.toStdString();
        list.push_back(std::move(item));
    }
    return list;
}

} // namespace

ApplyResult failure(const QString& ruleKey, base::Error error) {
    ApplyResult result;
    result.outcome = error.kind == base::ErrorKind::CommitUnknown ? rules::Outcome::InDoubt : rules::Outcome::Error;
    result.ruleKey = ruleKey;
    result.error = std::move(error);
    return result;
}

Json toJson(const ApplyResult& result) {
    Json json;
    json["outcome"] = rules::wireName(result.outcome).toStdString();
    json["change_value"] = result.changeValue;
    json["before_value"] = result.beforeValue;
    json["after_value"] = result.afterValue;
    json["rule_key"] = result.ruleKey.toStdString();
    json["old_level"] = result.oldLevel;
    json["new_level"] = result.newLevel;
    json["log_id"] = result.logId ? Json(result.logId->value) : Json();
    json["rewards_granted"] = rewardsJson(result.rewardsGranted);
    json["rewards_failed"] = rewardsJson(result.rewardsFailed);
    json["error"] = result.error ? jsonText(result.error->what) : Json();
    return json;
}

Json toJsonWithTrace(const ApplyResult& result) {
    Json json = toJson(result);
    if (result.outcome == rules::Outcome::EventDuplicate)
        json["event_conflict"] = result.isEventConflict;
    if (result.retries > 0)
        json["retries"] = result.retries;
    if (result.counterFault)
        json["counter_fault"] = jsonText(result.counterFault->what);
    json["trace"] = toJson(result.trace);
    return json;
}

Json toJson(const rules::Trace& trace) {
    Json list = Json::array();
    for (const rules::TraceStep& step : trace) {
        list.push_back({{"step", rules::name(step.step).toStdString()},
                        {"verdict", rules::name(step.verdict).toStdString()},
                        {"used", step.used},
                        {"limit", step.limit},
                        {"change_in", step.changeIn},
                        {"change_out", step.changeOut}});
    }
    return list;
}

} // namespace affinity::service
