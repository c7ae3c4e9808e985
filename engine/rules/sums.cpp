#include "engine/rules/sums.h"

#include <cstdlib>

namespace affinity::rules {

DaySums sumsOfDay(std::span<const RecentChange> changes, const QString& ruleKey, const LocalDay& day) {
    DaySums sums;
    for (const RecentChange& change : changes) {
        if (change.isAdjustment || !day.contains(change.createdAtUs))
            continue;
        if (change.ruleKey == ruleKey)
            sums.rule += std::abs(qint64{change.changeValue});
        if (change.changeValue > 0)
            sums.global += change.changeValue;
    }
    return sums;
}

} // namespace affinity::rules
