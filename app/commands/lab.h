// What the commands of the simulation lab share: reading scenarios, run options, and writing one JSON object.
#pragma once

#include "app/commandline.h"
#include "engine/base/json.h"
#include "engine/sim/rewardcost.h"
#include "engine/sim/run.h"

namespace affinity::app {

/// Reads a scenario file. InvalidInput names the file, and line and member of what is wrong in it.
base::Result<sim::Scenario> loadScenario(const QString& fileName);

/// The seed in that option; nothing when it is absent.
base::Result<std::optional<quint64>> seedOption(const CommandLine& line, const QString& option);

/// Replaces devices, days and seed by what the command line says.
base::Result<void> applyOverrides(sim::Scenario& scenario, const CommandLine& line);

/// Threads and kernel of the command line; Ctrl+C cancels.
base::Result<sim::RunOptions> runOptions(const CommandLine& line);

/// Writes one JSON object on one line to the file of --out, or to stdout.
base::Result<void> writeJson(const base::Json& json, const CommandLine& line);

/// Units of each reward type, and their cost; price and cost are null for a type without a price.
base::Json rewardsJson(const std::vector<sim::RewardTotal>& totals);

} // namespace affinity::app
