#include "engine/service/writeplan.h"

namespace affinity::service {

Action actionOf(const ApplyRequest& request) {
    Action action;
    action.request.kind = rules::RequestKind::Event;
    action.request.hasEventId = !request.eventId.isEmpty();
    action.request.isDecay = request.source == QLatin1String("decay");
    action.userId = request.userId;
    action.deviceId = request.deviceId;
    action.ruleKey = request.ruleKey;
    action.source = request.source;
    action.eventId = request.eventId;
    action.metadata = request.metadata;
    action.operatorId = request.operatorId;
    action.reason = request.reason;
    return action;
}

Action actionOf(const AdjustRequest& request, bool isPrepared) {
    Action action;
    action.request.kind = rules::RequestKind::Adjustment;
    action.request.delta = request.delta;
    action.userId = request.userId;
    action.deviceId = request.deviceId;
    action.ruleKey = QStringLiteral("admin");
    action.source = request.isBatch ? QStringLiteral("admin_adjust_batch") : QStringLiteral("admin_adjust_single");
    action.operatorId = request.operatorId;
    action.reason = request.reason;
    action.metadata["requested_delta"] = request.delta;
    if (request.setTo)
        action.metadata["set_to"] = *request.setTo;
    action.note.operationId = request.operationId;
    action.note.reasonCode = request.reasonCode;
    action.note.ticket = request.ticket;
    action.note.reversesLogId = request.reversesLogId;
    if (!isPrepared && !request.operationId.isEmpty()) {
        action.metadata["operation_id"] = request.operationId.toStdString();
        action.metadata["reason_code"] = request.reasonCode.toStdString();
        if (!request.ticket.isEmpty())
            action.metadata["ticket"] = request.ticket.toStdString();
        if (request.reversesLogId)
            action.metadata["reverses_log_id"] = request.reversesLogId->value;
    }
    return action;
}

store::WritePlan writePlan(const Action& action, const Situation& situation, const rules::Decision& decision) {
    store::WritePlan plan;
    plan.log.userId = action.userId;
    plan.log.deviceId = action.deviceId;
    plan.log.ruleKey = action.ruleKey;
    plan.log.changeValue = decision.change;
    plan.log.beforeValue = decision.before;
    plan.log.afterValue = decision.after;
    plan.log.source = action.source;
    plan.log.eventId = action.eventId;
    plan.log.reason = action.reason;
    plan.log.metadata = action.metadata;
    plan.log.operatorId = action.operatorId;
    plan.log.createdAtUs = situation.nowUs;
    plan.note = action.note;
    plan.refreshesActivity = decision.effects.refreshesActivity;
    if (decision.effects.savesLevel)
        plan.newLevel = decision.newLevel;
    if (decision.effects.countsTrigger) {
        plan.log.ruleId = situation.rule->id;
        plan.note.drawnChange = decision.drawn;
        plan.counter =
            rules::DailyCounter{0, action.deviceId, situation.rule->id, situation.day.date, decision.change, 1};
    }
    if (decision.effects.grantsRewards) {
        for (const rules::Level* level : rules::crossedLevels(decision.oldLevel, decision.newLevel, situation.levels))
            plan.grants.push_back(*level);
    }
    return plan;
}

} // namespace affinity::service
