// From a run's outcome to what tiles, charts and lists show: plain values.
#pragma once

#include "ui/charts/differencechart.h"
#include "ui/charts/heatmap.h"
#include "ui/charts/rankedbars.h"
#include "ui/charts/waterfallchart.h"
#include "ui/shared/cells.h"
#include "ui/shared/kpitile.h"
#include "ui/simulation/liverun.h"

namespace affinity::ui {

/// Three tiles: median, a level that part of the devices reach, rewards. Against the baseline where there is one.
std::vector<Kpi> kpisOf(const RunOutcome& outcome);

/// The draft's percentiles with the baseline's median.
FanData fanOf(const RunOutcome& outcome);
/// Draft minus baseline; without a comparison nothing.
DifferenceData differenceOf(const RunOutcome& outcome);
/// Share of devices at each level, lowest level at the bottom.
std::vector<LayerData> occupancyLayers(const SimulationSummary& summary);
/// Share of devices that reached each level above the lowest, the baseline dashed; levels that every device starts at
/// are left out.
std::vector<LineData> timeToLevelLines(const RunOutcome& outcome);
/// Device-days at each rule's cap, and at the global one.
std::vector<RankedBar> capBars(const RunOutcome& outcome);
/// Points kept back from each rule, with what kept most of them back.
std::vector<RankedBar> lostBars(const RunOutcome& outcome);
/// From the mean start value to the mean value of the last day, rule by rule; points for each device.
WaterfallData contributionOf(const SimulationSummary& summary);
/// Events by hour and rule, decay left out.
HeatData hoursOf(const RunOutcome& outcome);
/// Devices by value and day.
HeatData valuesOf(const SimulationSummary& summary);
/// Money by day or, cumulated, up to each day, with the baseline; units of the first type where nothing has a price.
std::vector<LineData> rewardLines(const RunOutcome& outcome, bool isCumulated);
/// What rewardLines counts: "cost a day", "coin, up to the day".
QString rewardUnit(const RunOutcome& outcome, bool isCumulated);
/// Shares of devices that were active, away, idle, and lost points to decay.
std::vector<LineData> activityLines(const SimulationSummary& summary);
/// Points that decay takes each day, with the baseline's.
std::vector<LineData> decayLines(const RunOutcome& outcome);
/// The highest level number, at least 1.
int highestLevelOf(const SimulationSummary& summary);
std::vector<LevelStep> levelSteps(const rules::RuleSet& ruleSet);

/// Outcomes for each rule, one row each, the sum of all in the last; columns of outcomeColumns().
std::vector<std::vector<Cell>> outcomeRows(const SimulationSummary& summary);
/// Each level: reached by, 10 %, median, 90 % with the baseline's.
std::vector<std::vector<Cell>> passageRows(const RunOutcome& outcome);
/// Each type of reward: units, price, cost, with the baseline's cost.
std::vector<std::vector<Cell>> rewardRows(const RunOutcome& outcome);
/// Each persona under A and B.
std::vector<std::vector<Cell>> personaRows(const ComparisonSummary& comparison);
/// One row a device.
std::vector<std::vector<Cell>> deviceRows(const std::vector<sim::DeviceDifference>& devices, int highestLevel);

} // namespace affinity::ui
