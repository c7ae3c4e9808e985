#include "engine/sim/rewardcost.h"

#include <algorithm>

namespace affinity::sim {

namespace {

/// Units of each type that one grant of a level hands out.
std::map<QString, double> unitsOfGrant(const rules::Level& level) {
    std::map<QString, double> units;
    if (!level.rewards.is_array())
        return units;
    for (const base::Json& reward : level.rewards) {
        const auto type = reward.is_object() ? reward.find("type") : reward.end();
        const auto amount = reward.is_object() ? reward.find("amount") : reward.end();
        const bool hasType = type != reward.end() && type->is_string();
        const bool hasAmount = amount != reward.end() && amount->is_number();
        units[hasType ? QString::fromStdString(type->get<std::string>()) : QString()] +=
            hasAmount ? amount->get<double>() : 1.0;
    }
    return units;
}

} // namespace

std::vector<RewardTotal> rewardTotals(const SimulationResult& result, const std::vector<rules::Level>& levels,
                                      const std::map<QString, double>& prices) {
    std::map<QString, RewardTotal> totals;
    for (const rules::Level& level : levels) {
        const auto number = std::find(result.levelNumbers.begin(), result.levelNumbers.end(), level.level);
        if (number == result.levelNumbers.end())
            continue;
        const auto index = static_cast<size_t>(number - result.levelNumbers.begin());
        for (const auto& [type, units] : unitsOfGrant(level)) {
            RewardTotal& total = totals[type];
            total.type = type;
            total.unitsByDay.resize(result.days.size());
            for (size_t day = 0; day < result.days.size(); ++day) {
                const double granted = units * static_cast<double>(result.days[day].grants.at(index));
                total.unitsByDay[day] += granted;
                total.units += granted;
            }
        }
    }
    std::vector<RewardTotal> byType;
    for (auto& [type, total] : totals) {
        if (const auto price = prices.find(type); price != prices.end())
            total.price = price->second;
        byType.push_back(std::move(total));
    }
    return byType;
}

std::vector<double> rewardCostByDay(const std::vector<RewardTotal>& totals) {
    std::vector<double> costs;
    for (const RewardTotal& total : totals) {
        if (!total.price)
            continue;
        costs.resize(total.unitsByDay.size());
        for (size_t day = 0; day < costs.size(); ++day)
            costs[day] += total.unitsByDay[day] * *total.price;
    }
    return costs;
}

} // namespace affinity::sim
