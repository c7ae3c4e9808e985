// Figures of a whole store: sums and counts that a store works out by itself, so that no log row has to leave it.
#pragma once

#include "engine/base/id.h"
#include "engine/rules/localday.h"

#include <QString>

#include <optional>
#include <vector>

namespace affinity::store {

/// Bound devices with one value and one stored level.
struct ValueCount {
    int level = 0;
    int value = 0; ///< points
    qint64 devices = 0;

    friend bool operator==(const ValueCount&, const ValueCount&) = default;
};

/// Times of the first and the last log row.
struct LogExtent {
    qint64 firstUs = 0;
    qint64 lastUs = 0; ///< inclusive

    friend bool operator==(const LogExtent&, const LogExtent&) = default;
};

/// Log rows of a stretch of time, adjustments and decay too.
struct LogSums {
    qint64 rows = 0;
    qint64 gained = 0; ///< sum of positive changes, points
    qint64 taken = 0;  ///< sum of negative changes, as a positive number

    friend bool operator==(const LogSums&, const LogSums&) = default;
};

struct DayFigures {
    LogSums sums;
    qint64 activeDevices = 0; ///< with at least one row whose source is not decay

    friend bool operator==(const DayFigures&, const DayFigures&) = default;
};

/// What one device did under one rule key within a stretch of time.
struct DeviceRuleSums {
    base::DeviceId deviceId;
    QString ruleKey;
    bool isAdjustment = false; ///< rows without a rule
    LogSums sums;

    friend bool operator==(const DeviceRuleSums&, const DeviceRuleSums&) = default;
};

/// When a device was followed, and what it had when its log begins.
struct DeviceStart {
    base::DeviceId deviceId;
    qint64 boundAtUs = 0;
    std::optional<qint64> unboundAtUs;
    int startValue = 0; ///< before its first log row; without one, the value as it is
    int value = 0;      ///< now

    friend bool operator==(const DeviceStart&, const DeviceStart&) = default;
};

/// The first log row of a device that rose from below a level's threshold to it or above.
struct LevelCrossing {
    base::DeviceId deviceId;
    int minValue = 0; ///< the threshold, which is unique among levels
    qint64 atUs = 0;

    friend bool operator==(const LevelCrossing&, const LevelCrossing&) = default;
};

struct LevelGrants {
    int level = 0;
    qint64 grants = 0;

    friend bool operator==(const LevelGrants&, const LevelGrants&) = default;
};

/// What times to levels are worked out from.
struct LevelHistory {
    std::vector<DeviceStart> devices;     ///< all bindings, unbound ones too, by id
    std::vector<LevelCrossing> crossings; ///< by device and threshold
    std::vector<LevelGrants> grants;      ///< by level; levels without a grant are left out

    friend bool operator==(const LevelHistory&, const LevelHistory&) = default;
};

} // namespace affinity::store
