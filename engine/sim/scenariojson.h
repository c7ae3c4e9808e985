// Scenarios as JSON files ("format": "affinity-scenario", version 1), with errors that name line, member and reason.
#pragma once

#include "engine/base/result.h"
#include "engine/sim/scenario.h"

namespace affinity::sim {

/// Reads a scenario file's text. Unknown, missing, ill-typed and out-of-range members are errors that name line and
/// member.
base::Result<Scenario> scenarioFromText(const QByteArray& text, const QString& fileName);

/// The scenario as JSON with every member; scenarioFromText reads it back equal (a loaded snapshot as its file name).
base::Json toJson(const Scenario& scenario);

} // namespace affinity::sim
