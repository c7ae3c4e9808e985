// Figures of the memory store: plain loops over all rows, which every other store's statements must equal.
#pragma once

#include "engine/store/figures.h"
#include "engine/store/memorytables.h"

namespace affinity::store {

// See Store's methods of these names. The caller holds the rows' lock.
std::vector<ValueCount> valueCounts(const MemoryTables& tables);
std::optional<LogExtent> logExtent(const MemoryTables& tables);
std::vector<qint64> bindingsMade(const MemoryTables& tables, const std::vector<rules::UtcInterval>& stretches);
std::vector<qint64> grantsMade(const MemoryTables& tables, const std::vector<rules::UtcInterval>& stretches);
std::vector<LogSums> logSums(const MemoryTables& tables, const std::vector<rules::UtcInterval>& stretches);
std::vector<DayFigures> dayFigures(const MemoryTables& tables, const std::vector<rules::LocalDay>& days);
std::vector<DeviceRuleSums> deviceRuleSums(const MemoryTables& tables, const rules::LocalDay& day);
LevelHistory levelHistory(const MemoryTables& tables);

} // namespace affinity::store
