// compare: two scenarios on the same devices, and what differs.
#include "app/commands/lab.h"
#include "app/headless.h"
#include "app/output.h"
#include "engine/sim/comparison.h"

#include <numeric>

namespace affinity::app {

using base::Json;
using base::Result;

namespace {

/// Half the width of a 95 % band, in standard errors.
constexpr double bandFactor = 1.96;

Json differenceJson(const sim::DayDifference& difference) {
    const double half = bandFactor * difference.standardError;
    return {{"mean", difference.mean},
            {"standard_error", difference.standardError},
            {"band_95", {difference.mean - half, difference.mean + half}}};
}

Json daysJson(const sim::Comparison& comparison) {
    Json days = Json::array();
    for (size_t day = 0; day < comparison.days.size(); ++day) {
        Json json = {
            {"date", comparison.a.startDate.addDays(static_cast<int>(day)).toString(Qt::ISODate).toStdString()}};
        json.update(differenceJson(comparison.days[day]));
        days.push_back(std::move(json));
    }
    return days;
}

Json personasJson(const sim::Comparison& comparison) {
    Json list = Json::array();
    for (const sim::PersonaDifference& persona : comparison.personas) {
        list.push_back({{"persona", base::jsonText(persona.persona)},
                        {"devices", persona.devices},
                        {"better", persona.better},
                        {"worse", persona.worse},
                        {"mean_difference", persona.meanDifference}});
    }
    return list;
}

Json devicesJson(const std::vector<sim::DeviceDifference>& devices) {
    Json list = Json::array();
    for (const sim::DeviceDifference& device : devices) {
        list.push_back({{"device", device.device},
                        {"persona", base::jsonText(device.persona)},
                        {"value_a", device.valueA},
                        {"value_b", device.valueB},
                        {"difference", qint64{device.valueB} - device.valueA},
                        {"level_a", device.levelA},
                        {"level_b", device.levelB}});
    }
    return list;
}

template<typename Number> Json metric(Number a, Number b) {
    return {{"a", a}, {"b", b}, {"difference", b - a}};
}

/// Money the rewards of a run cost; nothing when none of their types has a price.
std::optional<double> rewardCost(const sim::Scenario& scenario, const sim::SimulationResult& result) {
    const auto byDay = sim::rewardCostByDay(sim::rewardTotals(result, scenario.ruleSet.levels, scenario.prices));
    if (byDay.empty())
        return std::nullopt;
    return std::accumulate(byDay.begin(), byDay.end(), 0.0);
}

Json rewardCostMetric(std::optional<double> a, std::optional<double> b) {
    const auto known = [](std::optional<double> cost) { return cost ? Json(*cost) : Json(); };
    return {{"a", known(a)}, {"b", known(b)}, {"difference", a && b ? Json(*b - *a) : Json()}};
}

Json metricsJson(const sim::Scenario& scenarioA, const sim::Scenario& scenarioB, const sim::Comparison& comparison) {
    const sim::SimulationResult& a = comparison.a;
    const sim::SimulationResult& b = comparison.b;
    const int lastDay = static_cast<int>(a.days.size()) - 1;
    return {{"mean_value", metric(sim::meanValue(a, lastDay), sim::meanValue(b, lastDay))},
            {"median_value", metric(sim::percentile(a, lastDay, 0.5), sim::percentile(b, lastDay, 0.5))},
            {"mean_level", metric(sim::meanLevel(a, lastDay), sim::meanLevel(b, lastDay))},
            {"events", metric(sim::eventCount(a), sim::eventCount(b))},
            {"applied", metric(sim::appliedCount(a), sim::appliedCount(b))},
            {"reward_cost", rewardCostMetric(rewardCost(scenarioA, a), rewardCost(scenarioB, b))}};
}

Json sideJson(const sim::SimulationResult& result) {
    return {{"scenario", base::jsonText(result.scenarioName)},
            {"seed", result.seed},
            {"digest", sim::digest(result).toStdString()}};
}

Json comparisonJson(const sim::Scenario& scenarioA, const sim::Scenario& scenarioB, const sim::Comparison& comparison) {
    const auto share = [&comparison](qint64 devices) {
        return static_cast<double>(devices) / static_cast<double>(comparison.a.devices);
    };
    Json json = Json::object();
    json["a"] = sideJson(comparison.a);
    json["b"] = sideJson(comparison.b);
    json["devices"] = comparison.a.devices;
    json["days"] = comparison.days.size();
    json["has_common_random_numbers"] = comparison.a.seed == comparison.b.seed;
    json["last_day"] = differenceJson(comparison.days.back());
    json["better_share"] = share(comparison.better);
    json["worse_share"] = share(comparison.worse);
    json["equal_share"] = share(comparison.equal);
    json["level_up"] = comparison.levelUp;
    json["level_down"] = comparison.levelDown;
    json["metrics"] = metricsJson(scenarioA, scenarioB, comparison);
    json["personas"] = personasJson(comparison);
    json["gainers"] = devicesJson(comparison.gainers);
    json["losers"] = devicesJson(comparison.losers);
    json["cpu_s"] = comparison.cpuS;
    json["wall_s"] = comparison.wallS;
    json["by_day"] = daysJson(comparison);
    return json;
}

/// B's own seed, if it is given.
Result<void> applySeedB(sim::Scenario& b, const CommandLine& line) {
    const auto seed = seedOption(line, QStringLiteral("seed-b"));
    if (!seed)
        return seed.error();
    b.seed = seed->value_or(b.seed);
    return {};
}

} // namespace

ExitCode runCompare(const CommandLine& line) {
    auto a = loadScenario(line.arguments.at(0));
    if (!a)
        return failed(a.error());
    auto b = loadScenario(line.arguments.at(1));
    if (!b)
        return failed(b.error());
    for (sim::Scenario* scenario : {&*a, &*b}) {
        if (const auto done = applyOverrides(*scenario, line); !done)
            return failed(done.error());
    }
    if (const auto done = applySeedB(*b, line); !done)
        return failed(done.error());
    auto options = runOptions(line);
    if (!options)
        return failed(options.error());

    watchInterrupt();
    ProgressLine progress(QStringLiteral("Comparing:"));
    options->progress = [&progress](double share) {
        progress.show(QStringLiteral("%1%").arg(static_cast<int>(100 * share)));
    };
    const auto comparison = sim::compare(*a, *b, *options);
    if (!comparison)
        return failed(comparison.error());
    const auto written = writeJson(comparisonJson(*a, *b, *comparison), line);
    return written ? ExitCode::Done : failed(written.error());
}

} // namespace affinity::app
