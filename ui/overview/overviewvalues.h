// From the engine's overview to what tiles, charts and tables show: plain values.
#pragma once

#include "engine/engine.h"
#include "ui/charts/chartvalues.h"
#include "ui/charts/rankedbars.h"
#include "ui/shared/cells.h"
#include "ui/shared/kpitile.h"

namespace affinity::ui {

/// How much time the overview sums up. A range ends with the shown day.
enum class OverviewRange { Day, Week, Month, Quarter };

/// Days in a range: 1, 7, 30, 90.
int daysIn(OverviewRange range);
/// Days to ask for, so that the same stretch before can be compared and tiles have a course to draw.
int daysToAsk(OverviewRange range);

/// Figures of one stretch of days and of the stretch before it.
struct RangeSums {
    service::Activity activity, activityBefore;
    qint64 levelUps = 0, levelUpsBefore = 0;
    double activeDevices = 0, activeDevicesBefore = 0; ///< mean of a day
    bool hasBefore = false;                            ///< the log covers the whole stretch before
};

/// For a day the stretch before is the same weekday a week earlier; else the equally long stretch right before.
RangeSums rangeSums(const service::Overview& overview, OverviewRange range);

/// Five tiles: active devices, points issued, events, devices at the daily cap, levels reached.
std::vector<Kpi> kpisOf(const service::Overview& overview, OverviewRange range);

/// What the main chart counts.
enum class ActivityMeasure { Events, Points };

/// The bars of the main chart: hours of a day with the same day a week before as a dashed line, or days.
struct ActivityBars {
    QStringList categories;
    std::vector<LayerData> layers;
    LineData comparison; ///< empty for days
};
ActivityBars activityBars(const service::Overview& overview, OverviewRange range, ActivityMeasure measure,
                          const QTimeZone& zone);

/// Highest level first, with share of the bound devices.
std::vector<RankedBar> levelBars(const service::Overview& overview);
int highestLevelOf(const service::Overview& overview);
std::vector<LevelStep> levelSteps(const service::Overview& overview);

/// Rows of the table of rules: rule, points, events, devices at the cap. Only rules with rows that day.
std::vector<std::vector<Cell>> ruleRows(const service::Overview& overview);

/// "Thursday 20 November 2025, up to 14:32", or why another day than today is shown.
QString shownDayText(const service::Overview& overview, const QTimeZone& zone);

} // namespace affinity::ui
