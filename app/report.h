// The report of one simulation: an HTML page with its tables, its charts as pictures beside it, and the whole result.
#pragma once

#include "engine/base/result.h"
#include "engine/sim/result.h"
#include "engine/sim/scenario.h"

#include <QStringList>

namespace affinity::app {

/// Writes `folder`/index.html, a PNG for each chart, scenario.json and result.json; the folder is made if it is
/// missing. `remarks` are paragraphs under the figures. Needs a QApplication (the offscreen platform will do). Returns
/// the page's file name.
base::Result<QString> writeReport(const QString& folder, const sim::Scenario& scenario,
                                  const sim::SimulationResult& result, const QStringList& remarks);

} // namespace affinity::app
