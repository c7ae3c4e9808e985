// Reward cost: what the levels' rewards of a run amount to, in units and, where a type has a price, in money.
#pragma once

#include "engine/sim/result.h"
#include "engine/sim/scenario.h"

#include <optional>

namespace affinity::sim {

/// All rewards of one type ("coin") that a run granted.
struct RewardTotal {
    QString type;
    std::vector<double> unitsByDay; ///< granted on each day; a reward object without `amount` counts as 1
    double units = 0;               ///< of all days
    std::optional<double> price;    ///< of one unit; nothing: shown in units, never as 0

    friend bool operator==(const RewardTotal&, const RewardTotal&) = default;
};

/// Every type the levels' rewards name, also one that was never granted (0 units); by type, alphabetically. A reward
/// without a type stands under an empty one; one whose amount is no number counts as 1.
std::vector<RewardTotal> rewardTotals(const SimulationResult& result, const std::vector<rules::Level>& levels,
                                      const std::map<QString, double>& prices);

/// Money of all types that have a price, by day. Empty when none of them has one.
std::vector<double> rewardCostByDay(const std::vector<RewardTotal>& totals);

} // namespace affinity::sim
