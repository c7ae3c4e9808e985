#include "ui/simulation/summary.h"

#include <numeric>

namespace affinity::ui {
namespace {

using rules::Outcome;

qint64 count(const sim::RuleCounts& counts, Outcome outcome) {
    return counts.byOutcome[static_cast<size_t>(outcome)];
}

RuleSummary ruleSummary(const QString& key, const sim::RuleCounts& counts) {
    RuleSummary rule;
    rule.key = key;
    rule.events = sim::eventCount(counts);
    rule.applied = count(counts, Outcome::Applied);
    rule.cut = rule.applied - counts.appliedByCut[static_cast<size_t>(rules::Cut::None)];
    rule.refusedByCap = count(counts, Outcome::RuleDailyCap) + count(counts, Outcome::GlobalDailyCap);
    rule.refusedByCooldown = count(counts, Outcome::Cooldown);
    rule.refusedOtherwise = rule.events - rule.applied - rule.refusedByCap - rule.refusedByCooldown;
    rule.pointsGained = counts.pointsGained;
    rule.pointsTaken = counts.pointsTaken;
    rule.pointsKeptBack = counts.pointsLost;
    return rule;
}

void addDay(FanData& fan, double day, const sim::Percentiles& percentiles) {
    fan.x.push_back(day);
    fan.p10.push_back(percentiles.p10);
    fan.p25.push_back(percentiles.p25);
    fan.p50.push_back(percentiles.p50);
    fan.p75.push_back(percentiles.p75);
    fan.p90.push_back(percentiles.p90);
}

LevelSummary levelSummary(const sim::SimulationResult& result, size_t index) {
    const auto devices = static_cast<double>(std::max<qint64>(1, result.devices));
    LevelSummary level;
    level.level = result.levelNumbers[index];
    const auto started = result.startedAtLevel.begin();
    level.occupancy.push_back(static_cast<double>(result.startedAtLevel[index]) / devices);
    level.reached.push_back(static_cast<double>(std::accumulate(started + static_cast<std::ptrdiff_t>(index),
                                                                result.startedAtLevel.end(), qint64{0})) /
                            devices);
    for (size_t day = 0; day < result.days.size(); ++day) {
        level.occupancy.push_back(static_cast<double>(result.days[day].devicesAtLevel[index]) / devices);
        level.reached.push_back(sim::reachedShare(result, index, static_cast<int>(day)));
    }
    return level;
}

} // namespace

SimulationSummary summaryOf(const sim::SimulationResult& result, const sim::StartValues& start) {
    SimulationSummary summary;
    summary.scenarioName = result.scenarioName;
    summary.seed = result.seed;
    summary.devices = result.devices;
    summary.days = static_cast<int>(result.days.size());
    if (start.histogram.size() == 1) {
        const int value = start.histogram.front().value;
        addDay(summary.fan, 0, {value, value, value, value, value});
    }
    for (int day = 0; day < summary.days; ++day)
        addDay(summary.fan, day + 1, sim::percentiles(result, day));
    for (int day = 0; day <= summary.days; ++day)
        summary.x.push_back(day);
    for (size_t index = 0; index < result.levelNumbers.size(); ++index)
        summary.levels.push_back(levelSummary(result, index));
    for (size_t index = 0; index < result.ruleKeys.size(); ++index)
        summary.rules.push_back(ruleSummary(result.ruleKeys[index], sim::ruleTotal(result, index)));
    summary.startMean =
        static_cast<double>(result.startValueSum) / static_cast<double>(std::max<qint64>(1, result.devices));
    if (summary.days > 0) {
        summary.last = sim::percentiles(result, summary.days - 1);
        summary.lastMean = sim::meanValue(result, summary.days - 1);
        summary.lastMeanLevel = sim::meanLevel(result, summary.days - 1);
    }
    summary.events = sim::eventCount(result);
    summary.applied = sim::appliedCount(result);
    summary.digest = sim::digest(result);
    summary.threads = result.threads;
    summary.wallS = result.wallS;
    summary.cpuS = result.cpuS;
    return summary;
}

Answer<SimulationSummary> simulateSummary(Engine& engine, const sim::Scenario& scenario, const JobHandle& job) {
    return engine.simulate(scenario, job)
        .then(QtFuture::Launch::Sync,
              [start = scenario.start](
                  const base::Result<sim::SimulationResult>& result) -> base::Result<SimulationSummary> {
                  if (!result)
                      return result.error();
                  return summaryOf(*result, start);
              });
}

} // namespace affinity::ui
