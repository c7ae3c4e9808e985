// From the engine's level report to what the table and the charts show: plain values.
#pragma once

#include "engine/engine.h"
#include "ui/charts/chartvalues.h"
#include "ui/shared/cells.h"

namespace affinity::ui {

/// Rows of the level table: level, from, to next, devices, share, reached, days (median and spread), rewards.
std::vector<std::vector<Cell>> levelRows(const service::LevelReport& report);

/// Which level a value has: one stepped line from 0 to the ceiling.
LineData levelCurve(const service::LevelReport& report);

/// Share of the followed devices that had reached each level by days since binding; levels that nobody was followed to
/// are left out. Highest level first.
std::vector<LineData> timeToLevelLines(const service::LevelReport& report);

int highestLevelOf(const service::LevelReport& report);

/// "9 days (2 to 31)": median and the middle 80 %; what was not reached by so many is said.
QString timeToLevelText(const service::TimeToLevel& time);

} // namespace affinity::ui
