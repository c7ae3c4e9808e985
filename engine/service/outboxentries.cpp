#include "engine/service/outboxentries.h"

#include "engine/service/applysteps.h"
#include "engine/service/pushes.h"

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

const QString ledger = QStringLiteral("ledger");

store::OutboxRow rowOf(store::OutboxKind kind, const Action& action, const Situation& situation,
                       const ApplyResult& result) {
    store::OutboxRow row;
    row.kind = kind;
    row.logId = result.logId.value_or(base::LogId{});
    row.deviceId = action.deviceId;
    row.userId = action.userId;
    row.createdAtUs = situation.nowUs;
    return row;
}

base::Json payloadOf(const store::CounterConfirm& confirm) {
    base::Json payload;
    payload["rule_key"] = base::jsonText(confirm.ruleKey);
    payload["event_id"] = base::jsonText(confirm.eventId);
    payload["date"] = base::jsonText(confirm.date.toString(Qt::ISODate));
    payload["cooldown_seconds"] = confirm.cooldownSeconds;
    payload["rule_day_add"] = confirm.ruleDayAdd;
    payload["global_day_add"] = confirm.globalDayAdd;
    return payload;
}

store::RewardDelivery deliveryOf(const RewardResult& reward, const store::OutboxRow& change, RewardUse use) {
    store::RewardDelivery delivery;
    delivery.deviceId = change.deviceId;
    delivery.level = reward.level;
    delivery.logId = change.logId;
    delivery.userId = change.userId;
    delivery.name = reward.name;
    delivery.rewards = reward.rewards;
    delivery.createdAtUs = change.createdAtUs;
    if (use == RewardUse::Ledger) {
        delivery.state = store::DeliveryState::Delivered;
        delivery.connector = ledger;
        delivery.deliveredAtUs = change.createdAtUs;
    } else {
        delivery.nextAttemptUs = change.createdAtUs;
    }
    return delivery;
}

Error damagedRow(const store::OutboxRow& row) {
    return {ErrorKind::Damaged,
            QStringLiteral("Row %1 of affinity_console_outbox, for log row %2, is not what this program writes. It is "
                           "passed over; look at it and delete it.")
                .arg(row.id)
                .arg(row.logId.value)};
}

} // namespace

store::OutboxEntries outboxEntriesOf(const Action& action, const Situation& situation, const rules::Decision& decision,
                                     const ApplyResult& result, const OutboxUse& use) {
    store::OutboxEntries entries;
    if (use.holdsConfirms && decision.effects.countsTrigger) {
        store::OutboxRow row = rowOf(store::OutboxKind::Confirm, action, situation, result);
        row.payload = payloadOf(confirmOf(action, situation, decision.effects, row.logId));
        entries.rows.push_back(std::move(row));
    }
    if (use.holdsPushes && decision.effects.pushes) {
        store::OutboxRow row = rowOf(store::OutboxKind::Push, action, situation, result);
        row.payload = base::Json::array();
        for (const push::LevelEvent& event : pushEventsOf(action, decision, result))
            row.payload.push_back(push::toJson(event));
        entries.rows.push_back(std::move(row));
    }
    if (use.rewards != RewardUse::None) {
        const store::OutboxRow change = rowOf(store::OutboxKind::Push, action, situation, result);
        for (const RewardResult& reward : result.rewardsGranted) {
            if (!reward.rewards.empty())
                entries.deliveries.push_back(deliveryOf(reward, change, use.rewards));
        }
    }
    return entries;
}

Result<store::CounterConfirm> confirmOf(const store::OutboxRow& row, qint64 nowUs) {
    const base::Json& payload = row.payload;
    const auto text = [&payload](const char* member) -> std::optional<QString> {
        const auto found = payload.find(member);
        return found != payload.end() && found->is_string()
                   ? std::optional(QString::fromStdString(found->get<std::string>()))
                   : std::nullopt;
    };
    const auto number = [&payload](const char* member) -> std::optional<int> {
        const auto found = payload.find(member);
        return found != payload.end() && found->is_number_integer() ? std::optional(found->get<int>()) : std::nullopt;
    };
    if (!payload.is_object())
        return damagedRow(row);
    const auto ruleKey = text("rule_key");
    const auto eventId = text("event_id");
    const auto date = text("date");
    const auto cooldown = number("cooldown_seconds");
    const auto ruleAdd = number("rule_day_add");
    const auto globalAdd = number("global_day_add");
    if (!ruleKey || !eventId || !date || !cooldown || !ruleAdd || !globalAdd)
        return damagedRow(row);
    store::CounterConfirm confirm{row.logId, row.deviceId, *ruleKey,  *eventId, QDate::fromString(*date, Qt::ISODate),
                                  *cooldown, *ruleAdd,     *globalAdd};
    if (!confirm.date.isValid())
        return damagedRow(row);
    confirm.ageUs = std::max<qint64>(nowUs - row.createdAtUs, 0);
    return confirm;
}

Result<std::vector<push::LevelEvent>> pushEventsOf(const store::OutboxRow& row) {
    if (!row.payload.is_array())
        return damagedRow(row);
    std::vector<push::LevelEvent> events;
    for (const base::Json& object : row.payload) {
        auto event = push::levelEventFromJson(object);
        if (!event)
            return damagedRow(row);
        events.push_back(*std::move(event));
    }
    return events;
}

} // namespace affinity::service
