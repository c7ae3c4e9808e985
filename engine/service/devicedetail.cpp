#include "engine/service/devicedetail.h"

#include "engine/base/isotime.h"
#include "engine/rules/sums.h"
#include "engine/service/decay.h"

#include <algorithm>

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr int counterDays = 30;
constexpr int mostRowsOfToday = 10'000;

Error unknownBinding(base::DeviceId id) {
    return {ErrorKind::NotFound, QStringLiteral("There is no binding %1 in this store.").arg(id.value)};
}

/// The counters of one rule; nothing where they cannot be asked, which the detail then says. A key that holds garbage
/// is one key; a server that is away is not asked again for the next rule.
store::CounterFacts countersOfRule(store::Counters& counters, const rules::Rule& rule, DeviceDetail& detail) {
    if (detail.counterFault && detail.counterFault->kind != ErrorKind::Damaged)
        return {};
    const auto facts = counters.read({detail.device.binding.id, rule.key, {}, detail.today});
    if (facts)
        return *facts;
    if (!detail.counterFault || facts.error().kind != ErrorKind::Damaged)
        detail.counterFault = facts.error();
    return {};
}

/// One live rule: what the log says of today, and the counters where they say more.
Result<RuleUse> ruleUse(store::Transaction& transaction, const store::CounterFacts& counted, DeviceDetail& detail,
                        const rules::Rule& rule, const rules::LocalDay& day) {
    const base::DeviceId id = detail.device.binding.id;
    const qint64 cooldownUs = rule.cooldownSeconds * base::usPerSecond;
    store::FenceQuery query;
    query.deviceId = id;
    query.ruleKey = rule.key;
    query.cooldownAfterUs = std::max(detail.atUs - cooldownUs, rule.updatedAtUs);
    query.dayStartUs = day.startUs();
    query.dayEndUs = day.endUs();
    const auto fence = transaction.fence(query);
    if (!fence)
        return fence.error();

    const rules::DaySums logged = rules::sumsOfDay(fence->changes, rule.key, day);
    RuleUse use{rule, std::max(logged.rule, counted.ruleDaySum), 0, counted.cooldownLeftUs};
    for (const rules::RecentChange& change : fence->changes) {
        if (!change.isAdjustment && change.ruleKey == rule.key && day.contains(change.createdAtUs))
            ++use.triggersToday;
    }
    if (fence->lastAppliedAtUs)
        use.cooldownLeftUs = std::max(use.cooldownLeftUs, *fence->lastAppliedAtUs + cooldownUs - detail.atUs);
    detail.globalUsedToday = std::max({detail.globalUsedToday, logged.global, counted.globalDaySum});
    return use;
}

} // namespace

Result<DeviceDetail> deviceDetail(store::Store& store, store::Counters& counters, base::DeviceId id) {
    const auto device = store.device(id);
    if (!device)
        return device.error();
    if (!*device)
        return unknownBinding(id);
    const auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    const auto zone = rules::settingZone(ruleSet->setting.timeZone);
    if (!zone)
        return zone.error();
    const auto nowUs = store.nowUs();
    if (!nowUs)
        return nowUs.error();

    DeviceDetail detail;
    detail.device = **device;
    detail.setting = ruleSet->setting;
    detail.levels = ruleSet->levels;
    detail.atUs = *nowUs;
    detail.today = rules::localDate(*nowUs, *zone);
    detail.progress = rules::progressToNextLevel(detail.device.binding.favorability, detail.levels);
    detail.nextDecay = nextDecayDate(detail.device.binding, detail.setting, detail.today, *zone);
    const rules::LocalDay day = rules::localDay(detail.today, *zone);
    detail.dayEndsUs = day.endUs();
    if (detail.nextDecay == detail.today) {
        const auto isDone = store.hasLogOfSource(id, QStringLiteral("decay"), day.startUs(), day.endUs());
        if (!isDone)
            return isDone.error();
        if (*isDone)
            detail.nextDecay = detail.today.addDays(1);
    }

    auto transaction = store.begin(store::Access::Read);
    if (!transaction)
        return transaction.error();
    for (const rules::Rule& rule : ruleSet->rules) {
        if (!rule.isEnabled || rule.isDeleted)
            continue;
        auto use = ruleUse(**transaction, countersOfRule(counters, rule, detail), detail, rule, day);
        if (!use)
            return use.error();
        detail.ruleUses.push_back(*std::move(use));
    }
    transaction->reset();
    std::stable_sort(detail.ruleUses.begin(), detail.ruleUses.end(),
                     [](const RuleUse& a, const RuleUse& b) { return a.usedToday > b.usedToday; });

    auto grants = store.grants(id);
    if (!grants)
        return grants.error();
    detail.grants = *std::move(grants);
    std::reverse(detail.grants.begin(), detail.grants.end());
    auto dailyCounters = store.dailyCounters(id, detail.today.addDays(-counterDays));
    if (!dailyCounters)
        return dailyCounters.error();
    detail.counters = *std::move(dailyCounters);
    return detail;
}

Result<std::vector<ValuePoint>> valueHistory(store::Store& store, base::DeviceId id, int days) {
    const auto device = store.device(id);
    if (!device)
        return device.error();
    if (!*device)
        return unknownBinding(id);
    const rules::Binding& binding = (*device)->binding;
    const auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    const auto zone = rules::settingZone(ruleSet->setting.timeZone);
    if (!zone)
        return zone.error();
    const auto nowUs = store.nowUs();
    if (!nowUs)
        return nowUs.error();

    // Newest first from the value as it is: each row older than the end of a day gives that day's closing value.
    std::vector<ValuePoint> points{{*nowUs, binding.favorability}};
    QDate date = rules::localDate(*nowUs, *zone).addDays(-1);
    const QDate first = date.addDays(1 - days);
    int value = binding.favorability;
    rules::LocalDay day = rules::localDay(date, *zone);
    const auto stepBack = [&] {
        if (!day.isEmpty() && day.endUs() > binding.boundAtUs)
            points.push_back({day.endUs(), value});
        date = date.addDays(-1);
        day = rules::localDay(date, *zone);
    };
    store::LogQuery query;
    query.deviceId = id;
    query.limit = mostRowsOfToday;
    for (bool hasMore = true; hasMore && date >= first;) {
        const auto page = store.log(query);
        if (!page)
            return page.error();
        for (const store::LogEntry& entry : page->entries) {
            while (date >= first && (day.isEmpty() || entry.row.createdAtUs < day.endUs()))
                stepBack();
            value = entry.row.beforeValue;
        }
        hasMore = page->hasMore;
        if (hasMore)
            query.beforeId = page->entries.back().row.id;
    }
    while (date >= first)
        stepBack();
    std::reverse(points.begin(), points.end());
    return points;
}

} // namespace affinity::service
