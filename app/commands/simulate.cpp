// simulate: a population under a scenario.
#include "app/commands/lab.h"
#include "app/headless.h"
#include "app/output.h"
#include "app/report.h"

namespace affinity::app {

namespace {

/// The result with what its rewards come to.
base::Json simulationJson(const sim::Scenario& scenario, const sim::SimulationResult& result) {
    base::Json json = sim::toJson(result);
    const auto totals = sim::rewardTotals(result, scenario.ruleSet.levels, scenario.prices);
    json["rewards"] = rewardsJson(totals);
    json["reward_cost_by_day"] = sim::rewardCostByDay(totals);
    return json;
}

} // namespace

ExitCode runSimulate(const CommandLine& line) {
    auto scenario = loadScenario(line.arguments.first());
    if (!scenario)
        return failed(scenario.error());
    if (const auto done = applyOverrides(*scenario, line); !done)
        return failed(done.error());
    auto options = runOptions(line);
    if (!options)
        return failed(options.error());

    watchInterrupt();
    ProgressLine progress(QStringLiteral("Simulating:"));
    options->progress = [&progress](double share) {
        progress.show(QStringLiteral("%1%").arg(static_cast<int>(100 * share)));
    };
    const auto result = sim::run(*scenario, *options);
    if (!result)
        return failed(result.error());
    const auto written = writeJson(simulationJson(*scenario, *result), line);
    if (!written)
        return failed(written.error());
    if (line.has(QStringLiteral("report"))) {
        const auto report = writeReport(line.value(QStringLiteral("report")), *scenario, *result, {});
        if (!report)
            return failed(report.error());
        printError(QStringLiteral("Report: %1").arg(*report));
    }
    return ExitCode::Done;
}

} // namespace affinity::app
