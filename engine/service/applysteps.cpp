#include "engine/service/applysteps.h"

#include "engine/base/isotime.h"
#include "engine/rules/sums.h"

#include <QCryptographicHash>

#include <algorithm>

namespace affinity::service {

using rules::Outcome;
using rules::RequestKind;

namespace {

base::Error unboundDevice() {
    return {base::ErrorKind::NotFound, QStringLiteral("UserDevice not found or unbound")};
}

} // namespace

rules::Facts factsOf(const Action& action, const Situation& situation, const store::CounterFacts& counters) {
    rules::Facts facts;
    facts.setting = &situation.setting;
    facts.levels = situation.levels;
    facts.isBindingActive = situation.binding.has_value();
    if (situation.binding) {
        facts.value = situation.binding->favorability;
        facts.storedLevel = situation.binding->affinityLevel;
    }
    if (action.request.kind == RequestKind::Adjustment)
        return facts;

    facts.isEventSeen = counters.isEventSeen || situation.fence.event.has_value();
    if (situation.rule) {
        facts.rule = &*situation.rule;
        facts.isCooldownRunning = counters.isCooldownRunning;
        facts.cooldownLeftUs = counters.cooldownLeftUs;
        // A rule without cooldown asks for rows newer than now: one from a clock that ran ahead must not start any.
        if (situation.fence.lastAppliedAtUs && situation.rule->cooldownSeconds > 0) {
            const qint64 endUs = *situation.fence.lastAppliedAtUs + situation.rule->cooldownSeconds * base::usPerSecond;
            facts.isCooldownRunning = facts.isCooldownRunning || situation.nowUs < endUs;
            facts.cooldownLeftUs = std::max(facts.cooldownLeftUs, endUs - situation.nowUs);
        }
    }
    const rules::DaySums logged = rules::sumsOfDay(situation.fence.changes, action.ruleKey, situation.day);
    facts.ruleDaySum = std::max(counters.ruleDaySum, logged.rule);
    facts.globalDaySum = std::max(counters.globalDaySum, logged.global);
    return facts;
}

store::FenceQuery fenceQueryOf(const Action& action, const Situation& situation) {
    store::FenceQuery query;
    query.deviceId = action.deviceId;
    query.ruleKey = action.ruleKey;
    query.eventId = action.eventId;
    query.eventAfterUs = situation.nowUs - store::eventWindowSeconds * base::usPerSecond;
    query.cooldownAfterUs = situation.nowUs;
    if (situation.rule) {
        const qint64 cooldownUs = situation.rule->cooldownSeconds * base::usPerSecond;
        // Difference D4: rows from before the rule's last edit started a cooldown of another length.
        query.cooldownAfterUs = std::max(situation.nowUs - cooldownUs, situation.rule->updatedAtUs);
    }
    query.dayStartUs = situation.day.startUs();
    query.dayEndUs = situation.day.endUs();
    return query;
}

bool isSameRow(const rules::LogRow& row, const rules::LogRow& written) {
    return row.deviceId == written.deviceId && row.userId == written.userId && row.ruleKey == written.ruleKey &&
           row.changeValue == written.changeValue && row.beforeValue == written.beforeValue &&
           row.source == written.source && row.eventId == written.eventId && row.createdAtUs == written.createdAtUs;
}

ApplyResult resultOf(const Action& action, const rules::Decision& decision, rules::Trace trace) {
    ApplyResult result;
    result.outcome = decision.outcome;
    result.ruleKey = action.ruleKey;
    result.changeValue = decision.change;
    result.beforeValue = decision.before;
    result.afterValue = decision.after;
    result.oldLevel = decision.oldLevel;
    result.newLevel = decision.newLevel;
    result.trace = std::move(trace);
    if (decision.outcome == Outcome::Error)
        result.error = unboundDevice();
    return result;
}

RewardResult rewardOf(const rules::Level& level) {
    return {level.level, level.name, level.rewards, {}};
}

QByteArray stateHashOf(const Situation& situation, const std::vector<int>& grantedLevels) {
    base::Json state;
    if (situation.binding) {
        const rules::Binding& binding = *situation.binding;
        state["binding"] = {binding.id.value, binding.userId.value, binding.favorability, binding.affinityLevel};
    }
    state["setting"] = {situation.setting.maxAffinity, situation.setting.isNotifyEnabled};
    for (const rules::Level& level : situation.levels)
        state["levels"].push_back({level.level, level.minValue, level.name.toStdString(), level.rewards});
    state["granted"] = grantedLevels;
    return QCryptographicHash::hash(base::pythonJson(state), QCryptographicHash::Sha256).toHex();
}

ApplyResult earlierResult(const store::LogEntry& entry, const std::vector<rules::Level>& levels) {
    ApplyResult result;
    result.outcome = Outcome::Applied;
    result.isAppliedEarlier = true;
    result.ruleKey = entry.row.ruleKey;
    result.changeValue = entry.row.changeValue;
    result.beforeValue = entry.row.beforeValue;
    result.afterValue = entry.row.afterValue;
    result.oldLevel = rules::levelOf(entry.row.beforeValue, levels);
    result.newLevel = rules::levelOf(entry.row.afterValue, levels);
    result.logId = entry.row.id;
    return result;
}

store::CounterConfirm confirmOf(const Action& action, const Situation& situation, const rules::Effects& effects,
                                base::LogId logId) {
    return {logId,
            action.deviceId,
            action.ruleKey,
            effects.marksEvent ? action.eventId : QString(),
            situation.day.date,
            effects.cooldownSeconds,
            effects.ruleDayAdd,
            effects.globalDayAdd};
}

} // namespace affinity::service
