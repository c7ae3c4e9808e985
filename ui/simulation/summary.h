// Summary of a simulation run: what the screen shows, bounded by days, rules and levels; worked out on the engine's
// lane.
#pragma once

#include "engine/engine.h"
#include "ui/charts/linechart.h"

#include <array>
#include <optional>
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
    qint64 pointsTaken = 0;                              ///< positive
    qint64 pointsKeptBack = 0;                           ///< what caps and bounds took off applied and refused changes
    std::array<qint64, sim::cutKinds> pointsLostByCut{}; ///< the same by what kept them back, by rules::Cut
    double capShare = 0;                                 ///< of all device-days: the day's cap was used up, 0 to 1
    std::array<qint64, 24> eventsByHour{};               ///< by local hour

    friend bool operator==(const RuleSummary&, const RuleSummary&) = default;
};

/// One level over the days; shares of all devices, 0 to 1, one for each entry of SimulationSummary::x.
struct LevelSummary {
    int level = 0;
    std::vector<double> occupancy; ///< at the level at the end of the day
    std::vector<double> reached;   ///< have reached it by then
    sim::FirstPassage passage;

    friend bool operator==(const LevelSummary&, const LevelSummary&) = default;
};

/// Devices by value and day, for the heat map: row after row, the lowest values first, one column for each day.
struct ValueGrid {
    double rowPoints = 1; ///< values a row spans
    size_t rows = 0;
    std::vector<double> devices;

    friend bool operator==(const ValueGrid&, const ValueGrid&) = default;
};

/// Shares of all devices, 0 to 1, and points; one entry for each day.
struct DaySeries {
    std::vector<double> active;      ///< had an active day
    std::vector<double> away;        ///< churned
    std::vector<double> idle;        ///< idle long enough for decay
    std::vector<double> decayed;     ///< lost points to decay
    std::vector<double> decayPoints; ///< points that decay took on the day
    std::vector<double> points;      ///< gained minus taken by all rules on the day

    friend bool operator==(const DaySeries&, const DaySeries&) = default;
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
    double globalCapShare = 0; ///< of all device-days: the global daily cap was used up
    ValueGrid values;
    DaySeries series;
    std::vector<sim::RewardTotal> rewards;
    std::vector<double> rewardCost; ///< money by day; empty when no granted type has a price
    sim::Percentiles last;          ///< of the last day, points
    double startMean = 0;           ///< points
    double lastMean = 0;            ///< points
    double lastMeanLevel = 0;
    qint64 events = 0;
    qint64 applied = 0;
    QString digest;
    int threads = 0;
    double wallS = 0; ///< seconds
    double cpuS = 0;  ///< seconds

    friend bool operator==(const SimulationSummary&, const SimulationSummary&) = default;
};

/// Two runs side by side: A is the baseline, B the draft.
struct ComparisonSummary {
    SimulationSummary a, b;
    std::vector<double> x;               ///< day 1 … days
    std::vector<double> mean, low, high; ///< B − A in points, with its 95 % band
    qint64 better = 0, worse = 0, equal = 0;
    qint64 levelUp = 0, levelDown = 0;
    std::vector<sim::PersonaDifference> personas;
    std::vector<sim::DeviceDifference> gainers, losers;
    double wallS = 0; ///< seconds
    double cpuS = 0;  ///< seconds

    friend bool operator==(const ComparisonSummary&, const ComparisonSummary&) = default;
};

/// Half the width of a 95 % band in standard errors.
inline constexpr double bandErrors = 1.96;

/// Money of the whole run; nothing when no granted type has a price.
std::optional<double> totalCost(const SimulationSummary& summary);

/// Reads every histogram once for each percentile: for long runs some tens of milliseconds, so not on the GUI thread.
SimulationSummary summaryOf(const sim::SimulationResult& result, const sim::Scenario& scenario);
ComparisonSummary summaryOf(const sim::Comparison& comparison, const sim::Scenario& a, const sim::Scenario& b);

/// The run with its summary; the summary is made on the lane that ran it.
Answer<SimulationSummary> simulateSummary(Engine& engine, const sim::Scenario& scenario, const JobHandle& job);
Answer<ComparisonSummary> compareSummary(Engine& engine, const sim::Scenario& a, const sim::Scenario& b,
                                         const JobHandle& job);

} // namespace affinity::ui
