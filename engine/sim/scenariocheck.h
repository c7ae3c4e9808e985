// checkScenario(): refuses what the kernels cannot simulate, also for scenarios that come from a form and not a file.
#pragma once

#include "engine/base/result.h"
#include "engine/sim/scenario.h"

namespace affinity::sim {

/// Limits of what can be simulated; scenario files have the same ones or narrower.
inline constexpr qint64 mostDevices = 100'000'000;
inline constexpr int mostDays = 730;
/// Events a persona may have on a day at the highest weekday factor, calendar factors included.
inline constexpr double mostEventsPerDay = 100'000;
/// Widest range of points, either way, of a rule's changes and of values.
inline constexpr int mostPoints = 1'000'000'000;
/// Highest variance of the day's intensity between devices of a persona.
inline constexpr double mostDispersion = 100;

/// Ok, or InvalidInput that names the member, as in a scenario file ("population.personas[0].share").
base::Result<void> checkScenario(const Scenario& scenario);

} // namespace affinity::sim
