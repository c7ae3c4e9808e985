#include "engine/store/functionwrite.h"

#include "engine/store/databasefault.h"
#include "engine/store/rights.h"
#include "engine/store/sqlrows.h"

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Json;
using base::jsonText;
using base::Result;

namespace {

Json noteJson(const rules::LogNote& note) {
    Json json{{"operation_id", jsonText(note.operationId)},
              {"reason_code", jsonText(note.reasonCode)},
              {"ticket", jsonText(note.ticket)}};
    if (note.reversesLogId)
        json["reverses_log_id"] = note.reversesLogId->value;
    return json;
}

Json decidedJson(const WritePlan& plan) {
    const rules::LogRow& log = plan.log;
    Json json{{"device_id", log.deviceId.value},
              {"user_id", log.userId.value},
              {"rule_key", jsonText(log.ruleKey)},
              {"source", jsonText(log.source)},
              {"change", log.changeValue},
              {"before", log.beforeValue},
              {"after", log.afterValue},
              {"reason", jsonText(log.reason)},
              {"metadata", log.metadata},
              {"created_at", jsonText(timeValue(log.createdAtUs).toString())},
              {"refreshes_activity", plan.refreshesActivity},
              {"note", noteJson(plan.note)},
              {"grants", Json::array()}};
    if (log.operatorId)
        json["operator_id"] = log.operatorId->value;
    if (plan.newLevel)
        json["new_level"] = *plan.newLevel;
    for (const rules::Level& level : plan.grants)
        json["grants"].push_back({{"level", level.level}, {"rewards", level.rewards}});
    return json;
}

QVariant jsonParameter(const Json& json) {
    return QString::fromStdString(json.dump());
}

Json timeOrNull(const std::optional<qint64>& timeUs) {
    return timeUs ? jsonText(timeValue(*timeUs).toString()) : Json();
}

/// As affinity_console_write_outbox() takes it: payload and rewards are texts that hold JSON.
Json outboxJson(const OutboxEntries& entries) {
    Json json{{"outbox", Json::array()}, {"deliveries", Json::array()}};
    for (const OutboxRow& row : entries.rows)
        json["outbox"].push_back({{"kind", row.kind == OutboxKind::Confirm ? "confirm" : "push"},
                                  {"payload", jsonText(jsonValue(row.payload).toString())}});
    for (const RewardDelivery& delivery : entries.deliveries)
        json["deliveries"].push_back({{"level", delivery.level},
                                      {"name", jsonText(delivery.name)},
                                      {"rewards", jsonText(jsonValue(delivery.rewards).toString())},
                                      {"state", jsonText(name(delivery.state))},
                                      {"connector", jsonText(delivery.connector)},
                                      {"attempts", delivery.attempts},
                                      {"next_attempt_at", timeOrNull(delivery.nextAttemptUs)},
                                      {"delivered_at", timeOrNull(delivery.deliveredAtUs)},
                                      {"last_error", jsonText(delivery.lastError)}});
    return json;
}

GrantOutcome grantOutcomeOf(const Json& grant, const QString& name) {
    const auto outcome = grant.value("outcome", std::string());
    const int level = grant.value("level", 0);
    if (outcome == "granted")
        return {level, GrantOutcome::Kind::Granted, {}};
    if (outcome == "already")
        return {level, GrantOutcome::Kind::AlreadyGranted, {}};
    const QString why = QString::fromStdString(grant.value("error", std::string()));
    return {level, GrantOutcome::Kind::Failed, errorOf(DatabaseFault::RowRefused, name, why).what};
}

Error unexpectedAnswer(const QString& name) {
    return errorOf(DatabaseFault::Unexpected, name, QStringLiteral("the function's answer is no receipt"));
}

} // namespace

Result<WriteReceipt> writeByFunction(SqlConnection& connection, const WritePlan& plan) {
    if (plan.log.ruleId || plan.counter || !plan.log.eventId.isEmpty())
        return roleMayOnlyAdjust(connection.name());
    const auto answer = connection.selectOne(Statement::CommitAdjustment, {jsonParameter(decidedJson(plan))},
                                             [](const SqlRow& row) { return row.value(0).toString().toStdString(); });
    if (!answer)
        return answer.error();
    const Json json = Json::parse(answer->value_or(std::string()), nullptr, false);
    if (!json.is_object() || !json.contains("log_id") || !json["log_id"].is_number_integer())
        return unexpectedAnswer(connection.name());
    WriteReceipt receipt{base::LogId{json["log_id"].get<qint64>()}, {}};
    for (const Json& grant : json.value("grants", Json::array()))
        receipt.grants.push_back(grantOutcomeOf(grant, connection.name()));
    if (receipt.grants.size() != plan.grants.size())
        return unexpectedAnswer(connection.name());
    return receipt;
}

Result<void> writeOutboxByFunction(SqlConnection& connection, const OutboxEntries& entries) {
    const base::LogId id = entries.rows.empty() ? entries.deliveries.front().logId : entries.rows.front().logId;
    const Result<qint64> done =
        connection.run(Statement::WriteOutboxByFunction, {id.value, jsonParameter(outboxJson(entries))});
    return done ? Result<void>() : Result<void>(done.error());
}

} // namespace affinity::store
