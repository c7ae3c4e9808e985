// SimulationResult: what a run counted, day by day; integers only, so results of parts add up to the same whole.
#pragma once

#include "engine/rules/decide.h"

#include <QDate>
#include <QString>

#include <array>
#include <vector>

namespace affinity::sim {

inline constexpr size_t outcomeKinds = static_cast<size_t>(rules::Outcome::InDoubt) + 1;
inline constexpr size_t cutKinds = static_cast<size_t>(rules::Cut::Bounds) + 1;

/// What became of one rule's events.
struct RuleCounts {
    std::array<qint64, outcomeKinds> byOutcome{}; ///< events by rules::Outcome
    std::array<qint64, cutKinds> appliedByCut{};  ///< applied events by rules::Cut; Cut::None: applied in full
    qint64 pointsGained = 0;                      ///< sum of positive changes
    qint64 pointsTaken = 0;                       ///< sum of negative changes, as a positive number
    qint64 pointsLost = 0;                        ///< sum of |drawn − moved|: what caps and bounds kept back
    /// pointsLost by the step that kept the points back. A refused event lost its whole drawn change to what refused
    /// it; one that several steps cut counts under each. Cut::None is always 0.
    std::array<qint64, cutKinds> pointsLostByCut{};
    qint64 devicesAtCap = 0; ///< devices whose points of this rule had reached its daily cap in force by the day's end

    friend bool operator==(const RuleCounts&, const RuleCounts&) = default;
};

/// One local day of the whole population. Device counts are taken at the end of the day.
struct DayCounts {
    std::vector<quint32> histogram;     ///< devices by value / SimulationResult::binWidth
    qint64 valueSum = 0;                ///< of all devices, points; exact at any bin width
    std::vector<qint64> devicesAtLevel; ///< by index of SimulationResult::levelNumbers; sums to the devices
    std::vector<qint64> grants;         ///< rewards granted on this day, by the same index
    std::vector<qint64> firstReached;   ///< devices that reached the level for the first time, by the same index
    std::vector<RuleCounts> rules;      ///< by index of SimulationResult::ruleKeys
    qint64 activeDevices = 0;           ///< had an active day (with or without events)
    qint64 churnedDevices = 0;          ///< were away
    qint64 decayedDevices = 0;          ///< lost points to decay
    qint64 idleDevices = 0; ///< at the day's start: no activity for the setting's decayIdleDays, so that decay is due,
                            ///< whether it is on or not; 0 on a date the zone skipped
    qint64 devicesAtGlobalCap = 0; ///< had reached the global daily cap in force by the day's end

    friend bool operator==(const DayCounts&, const DayCounts&) = default;
};

enum class Kernel { Plain };

/// "plain": the kernel's name on the command line and in JSON.
QString name(Kernel kernel);

/// The outcome of one run. Memory depends on days, rules, levels and the ceiling, not on the number of devices
/// (endValues aside).
struct SimulationResult {
    QString scenarioName;
    quint64 seed = 0;
    qint64 devices = 0;
    QDate startDate; ///< local date of days[0]
    std::vector<QString> ruleKeys;
    std::vector<int> levelNumbers;      ///< ascending; starts with 0, which is also "below every level"
    int binWidth = 1;                   ///< points a histogram bin holds; above 1 only for ceilings in the millions
    std::vector<qint64> startedAtLevel; ///< devices by the level of their start value, by index of levelNumbers
    qint64 startValueSum = 0;           ///< points
    std::vector<DayCounts> days;
    qint64 retries = 0; ///< events of `days` that were sent again with the same id
    /// Events of each rule (every outcome, decay's included) by local hour over the whole run, by index of ruleKeys. An
    /// hour that comes twice when clocks change counts as one.
    std::vector<std::array<qint64, 24>> eventsByHour;
    std::vector<int> endValues; ///< by device, points; only with RunOptions::keepsEndValues
    Kernel kernel = Kernel::Plain;
    int threads = 0;
    double cpuS = 0;  ///< CPU time of all worker threads, seconds
    double wallS = 0; ///< seconds

    friend bool operator==(const SimulationResult&, const SimulationResult&) = default;
};

/// Percentiles of one day's values, points: the smallest value that at least that share of the devices does not exceed
/// (nearest rank). With a bin width above 1 it is the bin's lowest value.
struct Percentiles {
    int p10 = 0, p25 = 0, p50 = 0, p75 = 0, p90 = 0;

    friend bool operator==(const Percentiles&, const Percentiles&) = default;
};

/// Adds the counts of another part of the same run (same scenario, other devices).
void add(SimulationResult& sum, const SimulationResult& part);
void add(RuleCounts& sum, const RuleCounts& part);

/// Percentile of one day, share 0 to 1.
int percentile(const SimulationResult& result, int day, double share);
Percentiles percentiles(const SimulationResult& result, int day);

/// Mean value at the end of a day, points.
double meanValue(const SimulationResult& result, int day);
/// Variance of the values at the end of a day between devices, points² (of the bins when binWidth > 1).
double valueVariance(const SimulationResult& result, int day);
/// Mean stored level at the end of a day.
double meanLevel(const SimulationResult& result, int day);

/// A rule's counts summed over all days.
RuleCounts ruleTotal(const SimulationResult& result, size_t ruleIndex);
/// All events of one rule: every outcome.
qint64 eventCount(const RuleCounts& counts);
/// All events of the run, decay's included.
qint64 eventCount(const SimulationResult& result);
/// Events that moved a value.
qint64 appliedCount(const SimulationResult& result);

/// Share of all devices, 0 to 1, that have reached a level by the end of a day, those that started there included: the
/// time-to-level curve (censored at the last day).
double reachedShare(const SimulationResult& result, size_t levelIndex, int day);

/// Device-days on which the rule's daily cap was reached, as a share of all device-days, 0 to 1: how saturated it is.
double capSaturation(const SimulationResult& result, size_t ruleIndex);

/// 128 bits over everything counted, in fixed order, as 32 hexadecimal digits. Equal for every thread count, chunk size
/// and machine; times, names and endValues are not part of it.
QString digest(const SimulationResult& result);

/// What CLI.md lists for `simulate`, events by hour, first passages, and each day's values, levels, grants and devices.
/// Rewards are not in it: their units and prices are the scenario's.
base::Json toJson(const SimulationResult& result);

} // namespace affinity::sim
