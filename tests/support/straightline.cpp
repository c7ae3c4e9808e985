#include "tests/support/straightline.h"

#include "engine/base/isotime.h"

namespace affinity::test {

namespace {

constexpr qint64 twoDays = 172'800;

ModelResult refused(const char* outcome) {
    ModelResult result;
    result.outcome = QString::fromLatin1(outcome);
    return result;
}

qint64 size(qint64 change) {
    return change < 0 ? -change : change;
}

} // namespace

qint64 StraightLine::read(const QString& key) const {
    const auto at = m_keys.find(key);
    return at == m_keys.end() || nowUs >= at->second.deadlineUs ? 0 : at->second.number;
}

void StraightLine::add(const QString& key, qint64 number, qint64 seconds) {
    if (read(key) != 0)
        m_keys[key].number += number;
    else
        m_keys[key] = {number, nowUs + seconds * base::usPerSecond};
}

rules::LocalDay StraightLine::today() const {
    const QTimeZone zone(ruleSet.setting.timeZone);
    return rules::localDay(rules::localDate(nowUs, zone), zone);
}

rules::Binding* StraightLine::boundTo(base::UserId user, base::DeviceId device) {
    const auto at = bindings.find(device.value);
    const bool isBound = at != bindings.end() && at->second.userId == user && !at->second.unboundAtUs;
    return isBound ? &at->second : nullptr;
}

ModelResult StraightLine::apply(const service::ApplyRequest& request, int drawn) {
    const QString device = QString::number(request.deviceId.value);
    const QString eventKey = QStringLiteral("event:") + request.eventId;
    if (!request.eventId.isEmpty() && read(eventKey) != 0)
        return refused("noop_event_duplicate");

    const rules::Rule* rule = nullptr;
    for (const rules::Rule& candidate : ruleSet.rules) {
        if (candidate.key == request.ruleKey && candidate.isEnabled && !candidate.isDeleted)
            rule = &candidate;
    }
    if (!rule)
        return refused("noop_no_rule");
    const QString cooldownKey = QStringLiteral("cd:%1:%2").arg(device, rule->key);
    if (read(cooldownKey) != 0)
        return refused("noop_cooldown");
    rules::Binding* binding = boundTo(request.userId, request.deviceId);
    if (!binding)
        return refused("error");

    qint64 change = drawn;
    if (change > rule->singleCap)
        change = rule->singleCap;
    if (change < -rule->singleCap)
        change = -rule->singleCap;
    if (change == 0)
        return refused("noop_value_boundary");

    const rules::LocalDay day = today();
    const QString date = base::compactDate(day.date);
    const QString ruleKey = QStringLiteral("daily:%1:%2:%3").arg(device, rule->key, date);
    const QString globalKey = QStringLiteral("daily:%1:_global:%2").arg(device, date);
    // After an edit of the zone the rows of the new local day count, whatever key they were counted under (D10).
    qint64 ruleSum = 0;
    qint64 globalSum = 0;
    for (auto row = log.rbegin(); row != log.rend() && row->createdAtUs >= day.startUs(); ++row) {
        if (row->deviceId != request.deviceId || !row->ruleId || !day.contains(row->createdAtUs))
            continue;
        ruleSum += row->ruleKey == rule->key ? size(row->changeValue) : 0;
        globalSum += row->changeValue > 0 ? row->changeValue : 0;
    }
    ruleSum = std::max(ruleSum, read(ruleKey));
    globalSum = std::max(globalSum, read(globalKey));
    if (ruleSum >= rule->dailyCap)
        return refused("noop_rule_daily_cap");
    if (ruleSum + size(change) > rule->dailyCap)
        change = change < 0 ? ruleSum - rule->dailyCap : rule->dailyCap - ruleSum;
    const int globalCap = ruleSet.setting.globalDailyCap;
    if (change > 0 && globalSum >= globalCap)
        return refused("noop_global_daily_cap");
    if (change > 0 && globalSum + change > globalCap)
        change = globalCap - globalSum;

    rules::LogRow row;
    row.ruleId = rule->id;
    row.ruleKey = rule->key;
    row.source = request.source;
    row.eventId = request.eventId;
    row.metadata = request.metadata;
    row.reason = request.reason;
    row.operatorId = request.operatorId;
    const int cooldownSeconds = rule->cooldownSeconds;
    ModelResult result = write(*binding, row, change, request.source != QStringLiteral("decay"));
    if (result.logId == 0)
        return result;
    auto& counter = dailyCounters[{request.deviceId.value, day.date, rule->id.value}];
    counter.first += result.change;
    counter.second += 1;
    if (cooldownSeconds > 0)
        m_keys[cooldownKey] = {1, nowUs + cooldownSeconds * base::usPerSecond};
    add(ruleKey, size(result.change), twoDays);
    if (result.change > 0)
        add(globalKey, result.change, twoDays);
    if (!request.eventId.isEmpty())
        m_keys[eventKey] = {1, nowUs + 60 * base::usPerSecond};
    return result;
}

ModelResult StraightLine::adjust(const service::AdjustRequest& request) {
    rules::Binding* binding = boundTo(request.userId, request.deviceId);
    if (!binding)
        return refused("error");
    if (request.delta == 0)
        return refused("noop_value_boundary");
    rules::LogRow row;
    row.ruleKey = QStringLiteral("admin");
    row.source = request.isBatch ? QStringLiteral("admin_adjust_batch") : QStringLiteral("admin_adjust_single");
    row.metadata = {{"requested_delta", request.delta}};
    row.operatorId = request.operatorId;
    row.reason = request.reason;
    return write(*binding, row, request.delta, true);
}

ModelResult StraightLine::write(rules::Binding& binding, rules::LogRow row, qint64 change, bool refreshesActivity) {
    const int before = binding.favorability;
    qint64 after = before + change;
    if (after < 0)
        after = 0;
    if (after > ruleSet.setting.maxAffinity)
        after = ruleSet.setting.maxAffinity;
    ModelResult result = refused("noop_value_boundary");
    result.before = before;
    result.after = static_cast<int>(after);
    if (result.after == before)
        return result;
    result.outcome = QStringLiteral("applied");
    result.change = result.after - before;
    result.oldLevel = binding.affinityLevel;
    for (const rules::Level& level : ruleSet.levels) {
        if (level.minValue <= after)
            result.newLevel = std::max(result.newLevel, level.level);
    }
    result.logId = static_cast<qint64>(log.size()) + 1;
    row.id = {result.logId};
    row.userId = binding.userId;
    row.deviceId = binding.id;
    row.changeValue = result.change;
    row.beforeValue = before;
    row.afterValue = result.after;
    row.createdAtUs = nowUs;
    log.push_back(row);
    binding.favorability = result.after;
    binding.affinityLevel = result.newLevel;
    if (refreshesActivity)
        binding.lastActiveAtUs = nowUs;
    for (const rules::Level& level : ruleSet.levels) {
        if (level.level > result.oldLevel && level.level <= result.newLevel &&
            m_grants.insert({binding.id.value, level.level}).second)
            result.granted.push_back(level.level);
    }
    return result;
}

int StraightLine::decay() {
    const QTimeZone zone(ruleSet.setting.timeZone);
    const rules::LocalDay day = today();
    int applied = 0;
    for (auto& [id, binding] : bindings) {
        const QDate active = rules::localDate(binding.lastActiveAtUs.value_or(binding.boundAtUs), zone);
        if (binding.unboundAtUs || active.daysTo(day.date) < ruleSet.setting.decayIdleDays)
            continue;
        bool isDone = false;
        for (auto row = log.rbegin(); row != log.rend() && row->createdAtUs >= day.startUs(); ++row) {
            isDone = isDone || (row->deviceId.value == id && row->source == QStringLiteral("decay") &&
                                row->createdAtUs < day.endUs());
        }
        if (isDone)
            continue;
        service::ApplyRequest request;
        request.userId = binding.userId;
        request.deviceId = binding.id;
        request.ruleKey = ruleSet.setting.decayRuleKey;
        request.source = QStringLiteral("decay");
        int drawn = 0;
        for (const rules::Rule& rule : ruleSet.rules)
            drawn = rule.key == request.ruleKey ? rule.maxChange : drawn;
        applied += apply(request, drawn).outcome == QStringLiteral("applied") ? 1 : 0;
    }
    return applied;
}

} // namespace affinity::test
