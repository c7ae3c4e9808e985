#include "engine/service/counterrebuild.h"

#include "engine/base/isotime.h"

#include <algorithm>
#include <map>
#include <set>

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;
using base::usPerSecond;
using store::CounterKind;

namespace {

constexpr int rowsOfDevice = 5000;             // log rows read at once
constexpr size_t devicesAtOnce = 50;           // locked together
constexpr size_t mostListed = 1000;            // changes and faults in a report
constexpr int mostRounds = 3;                  // of rebuilding, when the counters are lost again meanwhile
constexpr qint64 clockSlackUs = 3'600'000'000; // rows from a clock that runs ahead of the store's

/// Sums and lives while the rows of one device go by.
class RaiseFold {
public:
    explicit RaiseFold(const RaiseScope& scope) : m_scope(scope) {}

    void add(const rules::LogRow& row) {
        if (!row.ruleId)
            return; // an adjustment uses no counter
        m_raise.logIds.push_back(row.id);
        if (m_scope.day.contains(row.createdAtUs)) {
            m_sums[row.ruleKey] += std::abs(qint64{row.changeValue});
            m_raise.globalDaySum += std::max(row.changeValue, 0);
        }
        qint64& lastUs = m_lastUs[row.ruleKey];
        lastUs = std::max(lastUs, row.createdAtUs);
        const qint64 eventLeftUs = row.createdAtUs + store::eventWindowSeconds * usPerSecond - m_scope.nowUs;
        if (!row.eventId.isEmpty() && eventLeftUs > 0)
            m_raise.events.push_back({row.eventId, eventLeftUs});
    }

    store::CounterRaise finish(base::DeviceId id) {
        m_raise.deviceId = id;
        m_raise.date = m_scope.day.date;
        for (const auto& [ruleKey, sum] : m_sums)
            m_raise.ruleSums.push_back({ruleKey, sum});
        for (const auto& [ruleKey, lastUs] : m_lastUs) {
            const rules::Rule* rule = rules::liveRule(m_scope.ruleSet, ruleKey);
            if (!rule || lastUs <= rule->updatedAtUs) // difference D4
                continue;
            const qint64 leftUs = lastUs + rule->cooldownSeconds * usPerSecond - m_scope.nowUs;
            if (rule->cooldownSeconds > 0 && leftUs > 0)
                m_raise.cooldowns.push_back({ruleKey, leftUs});
        }
        return std::move(m_raise);
    }

private:
    const RaiseScope& m_scope;
    store::CounterRaise m_raise;
    std::map<QString, qint64> m_sums;
    std::map<QString, qint64> m_lastUs;
};

/// One rebuild on its way.
struct RebuildRun {
    store::Store& store;
    store::Counters& counters;
    const RebuildOptions& options;
    RebuildReport report;

    bool isCancelled() const { return options.cancel && options.cancel->load(); }
    void addFault(const QString& what) {
        if (static_cast<size_t>(report.faults.size()) < mostListed && !report.faults.contains(what))
            report.faults.push_back(what);
    }
};

Result<RaiseScope> raiseScope(store::Store& store, qint64 nowUs) {
    auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    const auto zone = rules::settingZone(ruleSet->setting.timeZone);
    if (!zone)
        return zone.error();
    return RaiseScope{*std::move(ruleSet), rules::localDay(rules::localDate(nowUs, *zone), *zone), nowUs};
}

/// Devices with rows within reach of any counter, ascending.
Result<std::vector<base::DeviceId>> devicesWithin(store::Store& store) {
    const auto nowUs = store.nowUs();
    if (!nowUs)
        return nowUs.error();
    const auto scope = raiseScope(store, *nowUs);
    if (!scope)
        return scope.error();
    const rules::LocalDay reach{scope->day.date,
                                {{reachStartUs(*scope), std::max(scope->day.endUs(), *nowUs + clockSlackUs)}}};
    const auto sums = store.deviceRuleSums(reach);
    if (!sums)
        return sums.error();
    std::set<base::DeviceId> ids;
    for (const store::DeviceRuleSums& sum : *sums) {
        if (!sum.isAdjustment)
            ids.insert(sum.deviceId);
    }
    return std::vector<base::DeviceId>(ids.begin(), ids.end());
}

/// Raises some devices in one transaction, which only holds their locks. Ascending ids: whoever locks several does so
/// in this order.
Result<void> raiseSome(RebuildRun& run, std::span<const base::DeviceId> ids) {
    auto transaction = run.store.begin(store::Access::Write);
    if (!transaction)
        return transaction.error();
    for (const base::DeviceId id : ids) {
        if (const auto locked = (*transaction)->lockBinding(id); !locked)
            return locked.error();
    }
    const auto nowUs = (*transaction)->nowUs();
    if (!nowUs)
        return nowUs.error();
    const auto scope = raiseScope(run.store, *nowUs);
    if (!scope)
        return scope.error();
    std::vector<store::CounterRaise> raises;
    for (const base::DeviceId id : ids) {
        auto raise = raiseOf(run.store, *scope, id);
        if (!raise)
            return raise.error();
        raises.push_back(*std::move(raise));
    }
    for (const Result<void>& raised : run.counters.raiseAll(raises)) {
        if (raised)
            continue;
        if (raised.error().kind != ErrorKind::Damaged)
            return raised.error();
        run.addFault(raised.error().what);
    }
    return {};
}

void addChange(RebuildRun& run, CounterChange change) {
    if (run.report.changes.size() < mostListed)
        run.report.changes.push_back(std::move(change));
    else
        run.report.isCut = true;
}

/// Compares what would be raised with what stands.
void comparePreview(RebuildRun& run, const store::CounterRaise& raise, const std::vector<store::CounterState>& states) {
    for (const store::CounterState& state : states) {
        qint64 wanted = 0;
        if (state.kind == CounterKind::GlobalDay)
            wanted = raise.globalDaySum;
        for (const store::RuleDaySum& sum : raise.ruleSums) {
            if (state.kind == CounterKind::RuleDay && sum.ruleKey == state.ruleKey)
                wanted = sum.sum;
        }
        for (const store::CounterLife& life : raise.cooldowns) {
            if (state.kind == CounterKind::Cooldown && life.name == state.ruleKey && !state.isSet)
                addChange(run, {raise.deviceId, state.key, 0, (life.leftUs + usPerSecond - 1) / usPerSecond});
        }
        if (state.kind == CounterKind::Cooldown)
            continue;
        if (state.isSet && !state.number)
            run.addFault(QStringLiteral("The counter %1 holds \"%2\", which is no whole number; it will be left alone.")
                             .arg(state.key, state.value));
        else if (state.number.value_or(0) < wanted)
            addChange(run, {raise.deviceId, state.key, state.number.value_or(0), wanted});
    }
}

Result<void> previewSome(RebuildRun& run, std::span<const base::DeviceId> ids) {
    const auto nowUs = run.store.nowUs();
    if (!nowUs)
        return nowUs.error();
    const auto scope = raiseScope(run.store, *nowUs);
    if (!scope)
        return scope.error();
    for (const base::DeviceId id : ids) {
        const auto raise = raiseOf(run.store, *scope, id);
        if (!raise)
            return raise.error();
        std::set<QString> ruleKeys;
        for (const store::RuleDaySum& sum : raise->ruleSums)
            ruleKeys.insert(sum.ruleKey);
        for (const store::CounterLife& life : raise->cooldowns)
            ruleKeys.insert(life.name);
        const auto states = run.counters.deviceCounters(id, QStringList(ruleKeys.begin(), ruleKeys.end()), raise->date);
        if (!states)
            return states.error();
        comparePreview(run, *raise, *states);
    }
    return {};
}

/// All devices once. What the database asks to do again is done again.
Result<void> goThroughDevices(RebuildRun& run) {
    const auto ids = devicesWithin(run.store);
    if (!ids)
        return ids.error();
    run.report.devicesAll = static_cast<qint64>(ids->size());
    run.report.devices = 0;
    for (size_t from = 0; from < ids->size(); from += devicesAtOnce) {
        if (run.isCancelled())
            return {};
        const auto some = std::span(*ids).subspan(from, std::min(devicesAtOnce, ids->size() - from));
        Tries tries(run.options.pace);
        for (;;) {
            const auto done = run.options.isPreview ? previewSome(run, some) : raiseSome(run, some);
            if (done)
                break;
            if (!tries.isAgain(done.error()))
                return done.error();
        }
        run.report.devices += static_cast<qint64>(some.size());
        if (run.options.progress)
            run.options.progress(run.report.devices, run.report.devicesAll);
    }
    run.report.isFinished = true;
    return {};
}

} // namespace

qint64 reachStartUs(const RaiseScope& scope) {
    qint64 reachUs = store::eventWindowSeconds * usPerSecond;
    for (const rules::Rule& rule : scope.ruleSet.rules) {
        if (rule.isEnabled && !rule.isDeleted)
            reachUs = std::max(reachUs, rule.cooldownSeconds * usPerSecond);
    }
    const qint64 startUs = scope.nowUs - reachUs;
    return scope.day.isEmpty() ? startUs : std::min(startUs, scope.day.startUs());
}

Result<store::CounterRaise> raiseOf(store::Store& store, const RaiseScope& scope, base::DeviceId id) {
    RaiseFold fold(scope);
    store::LogQuery query;
    query.deviceId = id;
    query.fromUs = reachStartUs(scope);
    query.isOldestFirst = true;
    query.limit = rowsOfDevice;
    for (bool hasMore = true; hasMore;) {
        const auto page = store.log(query);
        if (!page)
            return page.error();
        for (const store::LogEntry& entry : page->entries)
            fold.add(entry.row);
        hasMore = page->hasMore;
        if (hasMore)
            query.afterId = page->entries.back().row.id;
    }
    return fold.finish(id);
}

Result<RebuildReport> rebuildCounters(store::Store& store, store::Counters& counters, const RebuildOptions& options) {
    RebuildRun run{store, counters, options, {}};
    if (options.isPreview) {
        if (const auto done = goThroughDevices(run); !done)
            return done.error();
        return std::move(run.report);
    }
    for (int round = 0; round < mostRounds && !run.report.isWhole; ++round) {
        const auto rebuild = counters.beginRebuild();
        if (!rebuild)
            return rebuild.error();
        run.report.isFinished = false;
        if (const auto done = goThroughDevices(run); !done)
            return done.error();
        if (!run.report.isFinished)
            break;
        const auto ended = counters.endRebuild(*rebuild);
        if (!ended)
            return ended.error();
        run.report.isWhole = *ended;
    }
    return std::move(run.report);
}

base::Json toJson(const RebuildReport& report) {
    base::Json changes = base::Json::array();
    for (const CounterChange& change : report.changes)
        changes.push_back({{"device_id", change.deviceId.value},
                           {"key", change.key.toStdString()},
                           {"from", change.from},
                           {"to", change.to}});
    base::Json faults = base::Json::array();
    for (const QString& fault : report.faults)
        faults.push_back(fault.toStdString());
    return {{"devices", report.devices},       {"devices_all", report.devicesAll},
            {"changes", std::move(changes)},   {"cut", report.isCut},
            {"faults", std::move(faults)},     {"finished", report.isFinished},
            {"counters_whole", report.isWhole}};
}

} // namespace affinity::service
