#include "engine/store/memoryfigures.h"

#include <algorithm>
#include <set>

namespace affinity::store {

namespace {

bool contains(const rules::UtcInterval& stretch, qint64 timeUs) {
    return timeUs >= stretch.startUs && timeUs < stretch.endUs;
}

void add(LogSums& sums, const rules::LogRow& row) {
    ++sums.rows;
    sums.gained += std::max(row.changeValue, 0);
    sums.taken += std::max(-qint64{row.changeValue}, qint64{0});
}

} // namespace

std::vector<ValueCount> valueCounts(const MemoryTables& tables) {
    std::map<std::pair<int, int>, qint64> counts;
    for (const auto& [id, binding] : tables.bindings()) {
        if (binding.isActive())
            ++counts[{binding.affinityLevel, binding.favorability}];
    }
    std::vector<ValueCount> rows;
    for (const auto& [key, devices] : counts)
        rows.push_back({key.first, key.second, devices});
    return rows;
}

std::optional<LogExtent> logExtent(const MemoryTables& tables) {
    if (tables.log().empty())
        return std::nullopt;
    const auto [first, last] = std::minmax_element(
        tables.log().begin(), tables.log().end(),
        [](const rules::LogRow& a, const rules::LogRow& b) { return a.createdAtUs < b.createdAtUs; });
    return LogExtent{first->createdAtUs, last->createdAtUs};
}

std::vector<qint64> bindingsMade(const MemoryTables& tables, const std::vector<rules::UtcInterval>& stretches) {
    std::vector<qint64> counts;
    for (const rules::UtcInterval& stretch : stretches)
        counts.push_back(std::count_if(tables.bindings().begin(), tables.bindings().end(),
                                       [&](const auto& entry) { return contains(stretch, entry.second.boundAtUs); }));
    return counts;
}

std::vector<qint64> grantsMade(const MemoryTables& tables, const std::vector<rules::UtcInterval>& stretches) {
    const std::vector<rules::Grant> grants = tables.allGrants();
    std::vector<qint64> counts;
    for (const rules::UtcInterval& stretch : stretches)
        counts.push_back(std::count_if(grants.begin(), grants.end(), [&](const rules::Grant& grant) {
            return contains(stretch, grant.grantedAtUs);
        }));
    return counts;
}

std::vector<LogSums> logSums(const MemoryTables& tables, const std::vector<rules::UtcInterval>& stretches) {
    std::vector<LogSums> sums(stretches.size());
    for (const rules::LogRow& row : tables.log()) {
        for (size_t i = 0; i < stretches.size(); ++i) {
            if (contains(stretches[i], row.createdAtUs))
                add(sums[i], row);
        }
    }
    return sums;
}

std::vector<DayFigures> dayFigures(const MemoryTables& tables, const std::vector<rules::LocalDay>& days) {
    std::vector<DayFigures> figures(days.size());
    for (size_t i = 0; i < days.size(); ++i) {
        std::set<base::DeviceId> active;
        for (const rules::LogRow& row : tables.log()) {
            if (!days[i].contains(row.createdAtUs))
                continue;
            add(figures[i].sums, row);
            if (row.source != QLatin1String("decay"))
                active.insert(row.deviceId);
        }
        figures[i].activeDevices = static_cast<qint64>(active.size());
    }
    return figures;
}

std::vector<DeviceRuleSums> deviceRuleSums(const MemoryTables& tables, const rules::LocalDay& day) {
    std::map<std::tuple<base::DeviceId, QString, bool>, LogSums> sums;
    for (const rules::LogRow& row : tables.log()) {
        if (day.contains(row.createdAtUs))
            add(sums[{row.deviceId, row.ruleKey, !row.ruleId}], row);
    }
    std::vector<DeviceRuleSums> rows;
    for (const auto& [key, sum] : sums)
        rows.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), sum});
    return rows;
}

LevelHistory levelHistory(const MemoryTables& tables) {
    LevelHistory history;
    for (const auto& [id, binding] : tables.bindings()) {
        const std::vector<size_t>& places = tables.logOfDevice(id);
        const int startValue = places.empty() ? binding.favorability : tables.log()[places.front()].beforeValue;
        history.devices.push_back({id, binding.boundAtUs, binding.unboundAtUs, startValue, binding.favorability});
    }
    std::map<std::pair<base::DeviceId, int>, qint64> firstCrossings;
    for (const rules::LogRow& row : tables.log()) {
        for (const rules::Level& level : tables.ruleSet().levels) {
            if (level.minValue <= row.beforeValue || level.minValue > row.afterValue)
                continue;
            const auto place = firstCrossings.emplace(std::pair(row.deviceId, level.minValue), row.createdAtUs).first;
            place->second = std::min(place->second, row.createdAtUs);
        }
    }
    for (const auto& [key, atUs] : firstCrossings)
        history.crossings.push_back({key.first, key.second, atUs});
    std::map<int, qint64> grants;
    for (const rules::Grant& grant : tables.allGrants())
        ++grants[grant.level];
    for (const auto& [level, count] : grants)
        history.grants.push_back({level, count});
    return history;
}

} // namespace affinity::store
