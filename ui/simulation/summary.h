// Summary of a simulation run: what the screen shows, bounded by days, rules and levels; worked out on the engine's
// lane.
#pragma once

#include "engine/engine.h"
#include "ui/charts/linechart.h"

#include <vector>

namespace affinity::ui {

/// Outcomes of one rule, summed over all days; counts of events, points.
struct RuleSummary {
    QString key;
    qint64 events = 0;
    qint64 applied = 0; ///< moved a value, cut ones included
    qint64 cut = 0;     ///< of `applied`: a cap or bound made them smaller
    qint64 refusedByCap = 0;
    qint64 refusedByCooldown = 0;
    qint64 refusedOtherwise = 0; ///< duplicates, bounds, no rule
    qint64 pointsGained = 0;
    qint64 pointsTaken = 0;    ///< positive
    qint64 pointsKeptBack = 0; ///< what caps and bounds took off applied and refused changes

    friend bool operator==(const RuleSummary&, const RuleSummary&) = default;
};

/// One level over the days; shares of all devices, 0 to 1, one for each entry of SimulationSummary::x.
struct LevelSummary {
    int level = 0;
    std::vector<double> occupancy; ///< at the level at the end of the day
    std::vector<double> reached;   ///< have reached it by then

    friend bool operator==(const LevelSummary&, const LevelSummary&) = default;
};

struct SimulationSummary {
    QString scenarioName;
    quint64 seed = 0;
    qint64 devices = 0;
    int days = 0;
    FanData fan;           ///< x: day 1 … days; day 0 too where every device starts at one value
    std::vector<double> x; ///< of `levels`: day 0 (the start) … days
    std::vector<LevelSummary> levels;
    std::vector<RuleSummary> rules;
    sim::Percentiles last; ///< of the last day, points
    double startMean = 0;  ///< points
    double lastMean = 0;   ///< points
    double lastMeanLevel = 0;
    qint64 events = 0;
    qint64 applied = 0;
    QString digest;
    int threads = 0;
    double wallS = 0; ///< seconds
    double cpuS = 0;  ///< seconds

    friend bool operator==(const SimulationSummary&, const SimulationSummary&) = default;
};

/// Reads every histogram once for each percentile: for long runs some tens of milliseconds, so not on the GUI thread.
/// `start` are the scenario's start values.
SimulationSummary summaryOf(const sim::SimulationResult& result, const sim::StartValues& start);

/// The run with its summary; the summary is made on the lane that ran it.
Answer<SimulationSummary> simulateSummary(Engine& engine, const sim::Scenario& scenario, const JobHandle& job);

} // namespace affinity::ui
