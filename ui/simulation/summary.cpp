#include "ui/simulation/summary.h"

#include <algorithm>
#include <numeric>

namespace affinity::ui {
namespace {

using rules::Outcome;

constexpr size_t mostGridRows = 48;

qint64 count(const sim::RuleCounts& counts, Outcome outcome) {
    return counts.byOutcome[static_cast<size_t>(outcome)];
}

double shareOf(qint64 part, qint64 whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

qint64 deviceDays(const sim::SimulationResult& result) {
    return result.devices * static_cast<qint64>(result.days.size());
}

RuleSummary ruleSummary(const sim::SimulationResult& result, size_t index) {
    const sim::RuleCounts counts = sim::ruleTotal(result, index);
    RuleSummary rule;
    rule.key = result.ruleKeys[index];
    rule.events = sim::eventCount(counts);
    rule.applied = count(counts, Outcome::Applied);
    rule.cut = rule.applied - counts.appliedByCut[static_cast<size_t>(rules::Cut::None)];
    rule.refusedByCap = count(counts, Outcome::RuleDailyCap) + count(counts, Outcome::GlobalDailyCap);
    rule.refusedByCooldown = count(counts, Outcome::Cooldown);
    rule.refusedOtherwise = rule.events - rule.applied - rule.refusedByCap - rule.refusedByCooldown;
    rule.pointsGained = counts.pointsGained;
    rule.pointsTaken = counts.pointsTaken;
    rule.pointsKeptBack = counts.pointsLost;
    rule.pointsLostByCut = counts.pointsLostByCut;
    rule.capShare = shareOf(counts.devicesAtCap, deviceDays(result));
    if (index < result.eventsByHour.size())
        rule.eventsByHour = result.eventsByHour[index];
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
    LevelSummary level;
    level.level = result.levelNumbers[index];
    const auto started = result.startedAtLevel.begin();
    level.occupancy.push_back(shareOf(result.startedAtLevel[index], result.devices));
    level.reached.push_back(
        shareOf(std::accumulate(started + static_cast<std::ptrdiff_t>(index), result.startedAtLevel.end(), qint64{0}),
                result.devices));
    for (size_t day = 0; day < result.days.size(); ++day) {
        level.occupancy.push_back(shareOf(result.days[day].devicesAtLevel[index], result.devices));
        level.reached.push_back(sim::reachedShare(result, index, static_cast<int>(day)));
    }
    return level;
}

/// The last histogram bin that any day uses, plus one.
size_t usedBins(const sim::SimulationResult& result) {
    size_t used = 0;
    for (const sim::DayCounts& day : result.days) {
        size_t bins = day.histogram.size();
        while (bins > used && day.histogram[bins - 1] == 0)
            --bins;
        used = std::max(used, bins);
    }
    return used;
}

ValueGrid valueGrid(const sim::SimulationResult& result) {
    ValueGrid grid;
    const size_t bins = usedBins(result);
    if (bins == 0)
        return grid;
    size_t perRow = (bins + mostGridRows - 1) / mostGridRows;
    if (perRow > 10) // whole tens of points are easier to read
        perRow = (perRow + 9) / 10 * 10;
    grid.rowPoints = static_cast<double>(perRow) * result.binWidth;
    grid.rows = (bins + perRow - 1) / perRow;
    grid.devices.assign(grid.rows * result.days.size(), 0);
    for (size_t day = 0; day < result.days.size(); ++day) {
        const std::vector<quint32>& histogram = result.days[day].histogram;
        for (size_t bin = 0; bin < std::min(bins, histogram.size()); ++bin)
            grid.devices[bin / perRow * result.days.size() + day] += histogram[bin];
    }
    return grid;
}

DaySeries daySeries(const sim::SimulationResult& result, const QString& decayKey) {
    const auto decay = std::find(result.ruleKeys.begin(), result.ruleKeys.end(), decayKey);
    const auto decayIndex = static_cast<size_t>(decay - result.ruleKeys.begin());
    DaySeries series;
    for (const sim::DayCounts& day : result.days) {
        series.active.push_back(shareOf(day.activeDevices, result.devices));
        series.away.push_back(shareOf(day.churnedDevices, result.devices));
        series.idle.push_back(shareOf(day.idleDevices, result.devices));
        series.decayed.push_back(shareOf(day.decayedDevices, result.devices));
        series.decayPoints.push_back(
            decayIndex < day.rules.size() ? static_cast<double>(day.rules[decayIndex].pointsTaken) : 0);
        qint64 points = 0;
        for (const sim::RuleCounts& rule : day.rules)
            points += rule.pointsGained - rule.pointsTaken;
        series.points.push_back(static_cast<double>(points));
    }
    return series;
}

void addRewards(SimulationSummary& summary, const sim::SimulationResult& result, const sim::Scenario& scenario) {
    summary.rewards = sim::rewardTotals(result, scenario.ruleSet.levels, scenario.prices);
    summary.rewardCost = sim::rewardCostByDay(summary.rewards);
}

} // namespace

std::optional<double> totalCost(const SimulationSummary& summary) {
    if (summary.rewardCost.empty())
        return std::nullopt;
    return std::accumulate(summary.rewardCost.begin(), summary.rewardCost.end(), 0.0);
}

SimulationSummary summaryOf(const sim::SimulationResult& result, const sim::Scenario& scenario) {
    SimulationSummary summary;
    summary.scenarioName = result.scenarioName;
    summary.seed = result.seed;
    summary.devices = result.devices;
    summary.days = static_cast<int>(result.days.size());
    if (scenario.start.histogram.size() == 1) {
        const int value = scenario.start.histogram.front().value;
        addDay(summary.fan, 0, {value, value, value, value, value});
    }
    for (int day = 0; day < summary.days; ++day)
        addDay(summary.fan, day + 1, sim::percentiles(result, day));
    for (int day = 0; day <= summary.days; ++day)
        summary.x.push_back(day);
    const std::vector<sim::FirstPassage> passages = sim::firstPassages(result);
    for (size_t index = 0; index < result.levelNumbers.size(); ++index) {
        summary.levels.push_back(levelSummary(result, index));
        if (index < passages.size())
            summary.levels.back().passage = passages[index];
    }
    qint64 atGlobalCap = 0;
    for (const sim::DayCounts& day : result.days)
        atGlobalCap += day.devicesAtGlobalCap;
    summary.globalCapShare = shareOf(atGlobalCap, deviceDays(result));
    for (size_t index = 0; index < result.ruleKeys.size(); ++index)
        summary.rules.push_back(ruleSummary(result, index));
    summary.values = valueGrid(result);
    summary.series = daySeries(result, scenario.ruleSet.setting.decayRuleKey);
    addRewards(summary, result, scenario);
    summary.startMean = shareOf(result.startValueSum, result.devices);
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

ComparisonSummary summaryOf(const sim::Comparison& comparison, const sim::Scenario& a, const sim::Scenario& b) {
    ComparisonSummary summary;
    summary.a = summaryOf(comparison.a, a);
    summary.b = summaryOf(comparison.b, b);
    for (size_t day = 0; day < comparison.days.size(); ++day) {
        const sim::DayDifference& difference = comparison.days[day];
        summary.x.push_back(static_cast<double>(day + 1));
        summary.mean.push_back(difference.mean);
        summary.low.push_back(difference.mean - bandErrors * difference.standardError);
        summary.high.push_back(difference.mean + bandErrors * difference.standardError);
    }
    summary.better = comparison.better;
    summary.worse = comparison.worse;
    summary.equal = comparison.equal;
    summary.levelUp = comparison.levelUp;
    summary.levelDown = comparison.levelDown;
    summary.personas = comparison.personas;
    summary.gainers = comparison.gainers;
    summary.losers = comparison.losers;
    summary.wallS = comparison.wallS;
    summary.cpuS = comparison.cpuS;
    return summary;
}

Answer<SimulationSummary> simulateSummary(Engine& engine, const sim::Scenario& scenario, const JobHandle& job) {
    return engine.simulate(scenario, job)
        .then(QtFuture::Launch::Sync,
              [scenario](const base::Result<sim::SimulationResult>& result) -> base::Result<SimulationSummary> {
                  if (!result)
                      return result.error();
                  return summaryOf(*result, scenario);
              });
}

Answer<ComparisonSummary> compareSummary(Engine& engine, const sim::Scenario& a, const sim::Scenario& b,
                                         const JobHandle& job) {
    return engine.compare(a, b, job).then(
        QtFuture::Launch::Sync, [a, b](const base::Result<sim::Comparison>& result) -> base::Result<ComparisonSummary> {
            if (!result)
                return result.error();
            return summaryOf(*result, a, b);
        });
}

} // namespace affinity::ui
