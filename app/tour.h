// The tour: what `./dev run` does on a machine without a display: demo store, simulation, one adjustment, a report.
#pragma once

#include "app/commandline.h"

namespace affinity::app {

/// Says on stdout what it does and where the results are. Needs a QApplication for the charts.
ExitCode runTour();

} // namespace affinity::app
