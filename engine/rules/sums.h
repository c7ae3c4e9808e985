// The sums that caps are held against, worked out from log rows: the truth that counters only cache.
#pragma once

#include "engine/rules/localday.h"
#include "engine/rules/records.h"

#include <span>

namespace affinity::rules {

/// Points one device used on one local day.
struct DaySums {
    qint64 rule = 0;   ///< sum of absolute changes under one rule key
    qint64 global = 0; ///< sum of positive changes under all rules

    friend bool operator==(const DaySums&, const DaySums&) = default;
};

/// Folds one device's rows of the day. Rows outside the day and adjustments (they use no cap) count for nothing.
DaySums sumsOfDay(std::span<const RecentChange> changes, const QString& ruleKey, const LocalDay& day);

} // namespace affinity::rules
