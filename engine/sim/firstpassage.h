// First passage: how long devices take to reach a level, read off a result that ends before all of them have.
#pragma once

#include "engine/sim/result.h"

#include <optional>

namespace affinity::sim {

/// Days until devices had reached one level, counted from the scenario's start (0: they started there). All devices are
/// followed for the whole run, so censoring is at the last day only and 1 − Kaplan–Meier is the plain share.
struct FirstPassage {
    int level = 0;
    double reachedShare = 0;   ///< of all devices by the last day, 0 to 1; 1 − reachedShare never did within the run
    std::optional<int> p10Day; ///< by the end of this day 10 % had reached it; nothing: fewer did within the run
    std::optional<int> medianDay; ///< 50 %
    std::optional<int> p90Day;    ///< 90 %

    friend bool operator==(const FirstPassage&, const FirstPassage&) = default;
};

/// One entry for each of result.levelNumbers.
std::vector<FirstPassage> firstPassages(const SimulationResult& result);

} // namespace affinity::sim
