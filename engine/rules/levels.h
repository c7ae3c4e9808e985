// Which level a value has, what is missing to the next one, and which levels a change crosses.
#pragma once

#include "engine/rules/ruleset.h"

#include <optional>
#include <span>

namespace affinity::rules {

/// The highest level whose minValue ≤ value; 0 when there is none. `levels` sorted by level, ascending.
int levelOf(qint64 value, std::span<const Level> levels);

/// The levels in (oldLevel, newLevel], ascending: those whose rewards a rise grants. Empty when it did not rise.
std::vector<const Level*> crossedLevels(int oldLevel, int newLevel, std::span<const Level> levels);

/// Where a value stands between two thresholds.
struct LevelProgress {
    int level = 0; ///< of the value, worked out, not the stored one
    QString levelName;
    int levelMinValue = 0;
    std::optional<int> nextLevel; ///< nothing at the top
    QString nextLevelName;
    int nextMinValue = 0;
    qint64 pointsNeeded = 0; ///< to the next level
    double percent = 100.0;  ///< of the way from this threshold to the next, 0 to 100

    friend bool operator==(const LevelProgress&, const LevelProgress&) = default;
};

/// Progress of a value to the next level (the lowest level above its own whose threshold is above the value).
LevelProgress progressToNextLevel(qint64 value, std::span<const Level> levels);

} // namespace affinity::rules
