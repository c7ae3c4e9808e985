#include "engine/sim/firstpassage.h"

namespace affinity::sim {

namespace {

/// Devices that had reached the level by the start of the run and by the end of each day; rises from day to day.
std::vector<qint64> reachedByDay(const SimulationResult& result, size_t levelIndex) {
    qint64 reached = 0;
    for (size_t i = levelIndex; i < result.startedAtLevel.size(); ++i)
        reached += result.startedAtLevel[i];
    std::vector<qint64> counts{reached};
    for (const DayCounts& day : result.days) {
        reached += day.firstReached.at(levelIndex);
        counts.push_back(reached);
    }
    return counts;
}

std::optional<int> dayOfPercent(const std::vector<qint64>& reached, qint64 devices, int percent) {
    for (size_t day = 0; day < reached.size(); ++day) {
        if (reached[day] * 100 >= devices * percent)
            return static_cast<int>(day);
    }
    return std::nullopt;
}

} // namespace

std::vector<FirstPassage> firstPassages(const SimulationResult& result) {
    std::vector<FirstPassage> passages;
    for (size_t i = 0; i < result.levelNumbers.size(); ++i) {
        const std::vector<qint64> reached = reachedByDay(result, i);
        FirstPassage passage;
        passage.level = result.levelNumbers[i];
        passage.reachedShare = static_cast<double>(reached.back()) / static_cast<double>(result.devices);
        passage.p10Day = dayOfPercent(reached, result.devices, 10);
        passage.medianDay = dayOfPercent(reached, result.devices, 50);
        passage.p90Day = dayOfPercent(reached, result.devices, 90);
        passages.push_back(passage);
    }
    return passages;
}

} // namespace affinity::sim
