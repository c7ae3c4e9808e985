// levelReport(): the level table with who is where, and how long devices took to get there, read from the real log.
#pragma once

#include "engine/base/result.h"
#include "engine/rules/ruleset.h"
#include "engine/store/store.h"

#include <optional>
#include <vector>

namespace affinity::service {

/// Time from binding to a level, with devices that did not get there yet as censored observations (Kaplan–Meier,
/// J. Am. Stat. Assoc. 53, 1958). Devices that were bound at or above the level are left out; so are those that stand
/// there without a log row that says since when. A device bound before the log begins counts from the log's first day
/// on (delayed entry). Days are local calendar days; a level is reached by a value at or above it, once.
struct TimeToLevel {
    std::vector<double> reachedByDay; ///< 1 − Kaplan–Meier at the end of day 0, 1, 2 … after binding, 0 to 1
    qint64 observed = 0;              ///< devices followed
    qint64 reached = 0;               ///< of them, those that got there
    std::optional<int> p10Day, medianDay, p90Day; ///< nothing: not reached by so many within what the log covers

    friend bool operator==(const TimeToLevel&, const TimeToLevel&) = default;
};

struct LevelFigures {
    rules::Level level;
    qint64 devices = 0; ///< bound, at this stored level now
    qint64 grants = 0;  ///< rewards granted at any time
    TimeToLevel timeToLevel;

    friend bool operator==(const LevelFigures&, const LevelFigures&) = default;
};

struct LevelReport {
    qint64 nowUs = 0;
    int maxAffinity = 0;              ///< the ceiling, points
    std::vector<LevelFigures> levels; ///< ascending
    qint64 boundDevices = 0;

    friend bool operator==(const LevelReport&, const LevelReport&) = default;
};

base::Result<LevelReport> levelReport(store::Store& store);

} // namespace affinity::service
