#include "engine/rules/levels.h"

namespace affinity::rules {

namespace {

const Level* highestReached(qint64 value, std::span<const Level> levels) {
    for (size_t i = levels.size(); i > 0; --i) {
        if (levels[i - 1].minValue <= value)
            return &levels[i - 1];
    }
    return nullptr;
}

} // namespace

const Rule* liveRule(const RuleSet& ruleSet, const QString& key) {
    for (const Rule& rule : ruleSet.rules) {
        if (rule.isEnabled && !rule.isDeleted && rule.key == key)
            return &rule;
    }
    return nullptr;
}

int levelOf(qint64 value, std::span<const Level> levels) {
    const Level* reached = highestReached(value, levels);
    return reached ? reached->level : 0;
}

std::vector<const Level*> crossedLevels(int oldLevel, int newLevel, std::span<const Level> levels) {
    std::vector<const Level*> crossed;
    for (const Level& level : levels) {
        if (level.level > oldLevel && level.level <= newLevel)
            crossed.push_back(&level);
    }
    return crossed;
}

LevelProgress progressToNextLevel(qint64 value, std::span<const Level> levels) {
    LevelProgress progress;
    if (const Level* reached = highestReached(value, levels)) {
        progress.level = reached->level;
        progress.levelName = reached->name;
        progress.levelMinValue = reached->minValue;
    }
    for (const Level& level : levels) {
        if (level.level <= progress.level || level.minValue <= value)
            continue;
        progress.nextLevel = level.level;
        progress.nextLevelName = level.name;
        progress.nextMinValue = level.minValue;
        progress.pointsNeeded = level.minValue - value;
        const auto span = static_cast<double>(qint64{level.minValue} - progress.levelMinValue);
        const double done = static_cast<double>(value - progress.levelMinValue);
        progress.percent = std::max(0.0, 100.0 * done / span);
        break;
    }
    return progress;
}

} // namespace affinity::rules
