#include "engine/service/replay.h"

#include "engine/base/isotime.h"
#include "engine/service/random.h"

#include <algorithm>

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Json;
using base::Result;

namespace {

constexpr qint64 longestLine = 1 << 20;
constexpr int rowsAtOnce = 5000;

Error lineError(qint64 line, const QString& reason) {
    return {ErrorKind::InvalidInput, QStringLiteral("Line %1: %2").arg(line).arg(reason)};
}

/// One parsed line with readers that turn absence and wrong types into one kind of error.
class Operation {
public:
    explicit Operation(Json json) : m_json(std::move(json)) {}

    QString name() const { return text("op", QStringLiteral("apply")); }
    bool has(const char* member) const { return m_json.contains(member); }
    const Json& at(const char* member) const { return m_json.at(member); }
    qint64 number(const char* member) const { return m_json.at(member).get<qint64>(); }
    bool flag(const char* member) const { return m_json.at(member).get<bool>(); }
    QString text(const char* member, const QString& absent = {}) const {
        const auto at = m_json.find(member);
        return at == m_json.end() || at->is_null() ? absent : QString::fromStdString(at->get<std::string>());
    }
    std::optional<int> integer(const char* member) const {
        return has(member) ? std::optional(m_json.at(member).get<int>()) : std::nullopt;
    }
    std::optional<bool> boolean(const char* member) const {
        return has(member) ? std::optional(m_json.at(member).get<bool>()) : std::nullopt;
    }

private:
    Json m_json;
};

Json applyOperation(AffinityService& service, const Operation& operation) {
    ApplyRequest request;
    request.userId = {operation.number("user_id")};
    request.deviceId = {operation.number("device_id")};
    request.ruleKey = operation.text("rule_key");
    request.source = operation.text("source");
    request.eventId = operation.text("event_id");
    request.reason = operation.text("reason");
    if (operation.has("metadata"))
        request.metadata = operation.at("metadata");
    if (operation.has("operator_admin_id"))
        request.operatorId = base::OperatorId{operation.number("operator_admin_id")};
    SystemDraw systemDraw;
    FixedDraw fixedDraw(operation.integer("change").value_or(0));
    service.setDraw(operation.has("change") ? static_cast<rules::Draw&>(fixedDraw) : systemDraw);
    return toJson(service.apply(request));
}

Json adjustOperation(AffinityService& service, const Operation& operation) {
    AdjustRequest request;
    request.userId = {operation.number("user_id")};
    request.deviceId = {operation.number("device_id")};
    request.delta = operation.number("delta");
    request.operatorId = {operation.number("operator_admin_id")};
    request.reason = operation.text("reason");
    request.isBatch = operation.boolean("batch").value_or(false);
    return toJson(service.adminAdjust(request));
}

Result<int> editRule(store::Store& store, const Operation& operation, qint64 nowUs) {
    store::RuleEdit edit;
    edit.minChange = operation.integer("min_change");
    edit.maxChange = operation.integer("max_change");
    edit.singleCap = operation.integer("single_cap");
    edit.dailyCap = operation.integer("daily_cap");
    edit.cooldownSeconds = operation.integer("cooldown_seconds");
    edit.isEnabled = operation.boolean("is_enabled");
    edit.isDeleted = operation.boolean("is_deleted");
    return store.editRule(operation.text("rule_key"), edit, nowUs);
}

Result<int> editSetting(store::Store& store, const Operation& operation, qint64 nowUs) {
    store::SettingEdit edit;
    edit.maxAffinity = operation.integer("max_affinity");
    edit.globalDailyCap = operation.integer("global_daily_cap");
    edit.decayIdleDays = operation.integer("decay_idle_days");
    edit.isNotifyEnabled = operation.boolean("enable_notify");
    edit.isDecayEnabled = operation.boolean("decay_enabled");
    if (operation.has("timezone"))
        edit.timeZone = operation.text("timezone").toUtf8();
    if (operation.has("decay_rule_key"))
        edit.decayRuleKey = operation.text("decay_rule_key");
    return store.editSetting(edit, nowUs);
}

/// Runs one operation; nothing when its name is unknown.
Result<std::optional<Json>> runOperation(AffinityService& service, const Operation& operation, qint64 nowUs) {
    const QString name = operation.name();
    if (name == QLatin1String("apply"))
        return std::optional(applyOperation(service, operation));
    if (name == QLatin1String("admin_adjust"))
        return std::optional(adjustOperation(service, operation));
    if (name == QLatin1String("tick"))
        return std::optional(Json{{"op", "tick"}});

    Result<int> rows = 0;
    if (name == QLatin1String("set_rule"))
        rows = editRule(service.store(), operation, nowUs);
    else if (name == QLatin1String("set_setting"))
        rows = editSetting(service.store(), operation, nowUs);
    else if (name == QLatin1String("bind") || name == QLatin1String("unbind"))
        rows = service.store().setBound({operation.number("device_id")}, name == QLatin1String("bind"), nowUs);
    else
        return std::optional<Json>();
    if (!rows)
        return rows.error();
    service.forgetRules();
    return std::optional(Json{{"op", name.toStdString()}, {"rows", *rows}});
}

Result<Json> runLine(AffinityService& service, base::VirtualClock* virtualClock, const QByteArray& text, qint64 line) {
    try {
        const Operation operation(Json::parse(text.begin(), text.end()));
        const auto nowUs = base::timeFromIso(operation.text("now"));
        if (!nowUs && (virtualClock || operation.has("now")))
            return lineError(line, QStringLiteral("\"now\" must be an ISO 8601 time with offset."));
        if (virtualClock)
            virtualClock->setNowUs(*nowUs);
        const auto storeNowUs = service.store().nowUs();
        if (!storeNowUs)
            return storeNowUs.error();
        auto result = runOperation(service, operation, *storeNowUs);
        if (!result)
            return Error{result.error().kind, lineError(line, result.error().what).what};
        if (!*result)
            return lineError(line, QStringLiteral("unknown op \"%1\".").arg(operation.name()));
        return **std::move(result);
    } catch (const Json::exception& exception) {
        return lineError(line, QString::fromUtf8(exception.what()));
    }
}

Json optionalTime(const std::optional<qint64>& timeUs) {
    return timeUs ? base::jsonText(base::isoFromTime(*timeUs)) : Json();
}

Json jsonbText(const Json& value) {
    return Json(base::pythonJson(jsonbOrder(value)).toStdString());
}

Json bindingJson(const rules::Binding& binding) {
    return {{"id", binding.id.value},
            {"device_serial", binding.serial.toStdString()},
            {"nickname", binding.nickname.toStdString()},
            {"favorability", binding.favorability},
            {"affinity_level", binding.affinityLevel},
            {"last_active_at", optionalTime(binding.lastActiveAtUs)},
            {"bound_at", base::isoFromTime(binding.boundAtUs).toStdString()},
            {"unbound_at", optionalTime(binding.unboundAtUs)},
            {"user_id", binding.userId.value}};
}

Json logJson(const rules::LogRow& row) {
    return {{"id", row.id.value},
            {"rule_key", row.ruleKey.toStdString()},
            {"change_value", row.changeValue},
            {"before_value", row.beforeValue},
            {"after_value", row.afterValue},
            {"source", row.source.toStdString()},
            {"event_id", row.eventId.isEmpty() ? Json() : base::jsonText(row.eventId)},
            {"reason", row.reason.toStdString()},
            {"metadata", jsonbText(row.metadata)},
            {"created_at", base::isoFromTime(row.createdAtUs).toStdString()},
            {"device_id", row.deviceId.value},
            {"operator_admin_id", row.operatorId ? Json(row.operatorId->value) : Json()},
            {"rule_id", row.ruleId ? Json(row.ruleId->value) : Json()},
            {"user_id", row.userId.value}};
}

Json counterJson(const rules::DailyCounter& counter) {
    return {{"id", counter.id},
            {"date", counter.date.toString(Qt::ISODate).toStdString()},
            {"accumulated_change", counter.accumulatedChange},
            {"trigger_count", counter.triggerCount},
            {"device_id", counter.deviceId.value},
            {"rule_id", counter.ruleId.value}};
}

Json grantJson(const rules::Grant& grant) {
    return {{"id", grant.id},
            {"level", grant.level},
            {"rewards", jsonbText(grant.rewards)},
            {"granted_at", base::isoFromTime(grant.grantedAtUs).toStdString()},
            {"device_id", grant.deviceId.value}};
}

Json ruleJson(const rules::Rule& rule) {
    return {{"id", rule.id.value},
            {"rule_key", rule.key.toStdString()},
            {"name", rule.name.toStdString()},
            {"min_change", rule.minChange},
            {"max_change", rule.maxChange},
            {"single_cap", rule.singleCap},
            {"daily_cap", rule.dailyCap},
            {"cooldown_seconds", rule.cooldownSeconds},
            {"is_enabled", rule.isEnabled},
            {"is_deleted", rule.isDeleted},
            {"created_at", base::isoFromTime(rule.createdAtUs).toStdString()},
            {"updated_at", base::isoFromTime(rule.updatedAtUs).toStdString()}};
}

Json settingJson(const rules::Setting& setting) {
    return {{"id", 1},
            {"max_affinity", setting.maxAffinity},
            {"global_daily_cap", setting.globalDailyCap},
            {"timezone", setting.timeZone.toStdString()},
            {"enable_notify", setting.isNotifyEnabled},
            {"decay_enabled", setting.isDecayEnabled},
            {"decay_idle_days", setting.decayIdleDays},
            {"decay_rule_key", setting.decayRuleKey.toStdString()},
            {"updated_at", base::isoFromTime(setting.updatedAtUs).toStdString()}};
}

void sortById(Json& rows) {
    std::sort(rows.begin(), rows.end(), [](const Json& a, const Json& b) { return a["id"] < b["id"]; });
}

/// Bindings with their counters and grants.
Result<void> addDevices(store::Store& store, Json& tables) {
    Json bindings = Json::array();
    Json counters = Json::array();
    Json grants = Json::array();
    for (base::DeviceId after;;) {
        const auto page = store.bindingsAfter(after, rowsAtOnce, false);
        if (!page)
            return page.error();
        if (page->empty())
            break;
        for (const rules::Binding& binding : *page) {
            bindings.push_back(bindingJson(binding));
            const auto deviceGrants = store.grants(binding.id);
            if (!deviceGrants)
                return deviceGrants.error();
            for (const rules::Grant& grant : *deviceGrants)
                grants.push_back(grantJson(grant));
            const auto deviceCounters = store.dailyCounters(binding.id, QDate(1, 1, 1));
            if (!deviceCounters)
                return deviceCounters.error();
            for (const rules::DailyCounter& counter : *deviceCounters)
                counters.push_back(counterJson(counter));
        }
        after = page->back().id;
    }
    sortById(counters);
    sortById(grants);
    tables["device_interaction_userdevice"] = std::move(bindings);
    tables["userapp_useraffinitydailycounter"] = std::move(counters);
    tables["userapp_userlevelrewardgrant"] = std::move(grants);
    return {};
}

Result<void> addLog(store::Store& store, Json& tables) {
    Json rows = Json::array();
    store::LogQuery query;
    query.isOldestFirst = true;
    query.limit = rowsAtOnce;
    for (bool hasMore = true; hasMore;) {
        const auto page = store.log(query);
        if (!page)
            return page.error();
        for (const store::LogEntry& entry : page->entries)
            rows.push_back(logJson(entry.row));
        hasMore = page->hasMore;
        if (hasMore)
            query.afterId = page->entries.back().row.id;
    }
    tables["userapp_affinitylog"] = std::move(rows);
    return {};
}

Result<void> addRules(store::Store& store, Json& tables) {
    const auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    Json rules = Json::array();
    for (const rules::Rule& rule : ruleSet->rules)
        rules.push_back(ruleJson(rule));
    sortById(rules);
    tables["userapp_affinityrule"] = std::move(rules);
    tables["userapp_affinitysetting"] = Json::array({settingJson(ruleSet->setting)});
    return {};
}

} // namespace

Result<qint64> replay(AffinityService& service, base::VirtualClock* virtualClock, QIODevice& events,
                      QIODevice& results) {
    qint64 line = 0;
    qint64 operations = 0;
    while (!events.atEnd()) {
        const QByteArray text = events.readLine(longestLine + 1);
        ++line;
        if (text.size() > longestLine)
            return lineError(line, QStringLiteral("longer than 1 MiB."));
        if (text.trimmed().isEmpty())
            continue;
        const auto result = runLine(service, virtualClock, text, line);
        if (!result)
            return result.error();
        if (results.write(base::pythonJson(*result) + '\n') < 0)
            return Error{ErrorKind::StorageFull,
                         QStringLiteral("The results could not be written: %1").arg(results.errorString())};
        ++operations;
    }
    return operations;
}

Result<Json> replayState(store::Store& store, store::Counters& counters) {
    Json redis = Json::object();
    const auto entries = counters.entries();
    if (!entries)
        return entries.error();
    for (const store::CounterEntry& entry : *entries)
        redis[entry.key.toStdString()] = {{"value", entry.value.toStdString()}, {"ttl_s", entry.ttlSeconds}};

    Json tables = Json::object();
    if (const auto added = addDevices(store, tables); !added)
        return added.error();
    if (const auto added = addLog(store, tables); !added)
        return added.error();
    if (const auto added = addRules(store, tables); !added)
        return added.error();
    return Json{{"redis", std::move(redis)}, {"tables", std::move(tables)}};
}

Json jsonbOrder(const Json& value) {
    if (value.is_array()) {
        Json list = Json::array();
        for (const Json& item : value)
            list.push_back(jsonbOrder(item));
        return list;
    }
    if (!value.is_object())
        return value;
    std::vector<std::string> keys;
    for (const auto& [key, member] : value.items())
        keys.push_back(key);
    std::sort(keys.begin(), keys.end(), [](const std::string& a, const std::string& b) {
        return a.size() == b.size() ? a < b : a.size() < b.size();
    });
    Json ordered = Json::object();
    for (const std::string& key : keys)
        ordered[key] = jsonbOrder(value.at(key));
    return ordered;
}

} // namespace affinity::service
