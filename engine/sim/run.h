// run(): simulates a scenario on worker threads; the only place of the simulator that knows threads and clocks.
#pragma once

#include "engine/base/result.h"
#include "engine/sim/result.h"
#include "engine/sim/scenario.h"

#include <atomic>
#include <functional>

namespace affinity::sim {

/// How to run; nothing here changes what is counted.
struct RunOptions {
    int threads = 0; ///< worker threads, at most 64; 0: one for each core
    Kernel kernel = Kernel::Plain;
    int chunkDevices = 0;                            ///< devices a worker takes at a time; 0: chosen, at most 1,024
    bool keepsEndValues = false;                     ///< fills SimulationResult::endValues; at most 10 million devices
    std::function<void(double share)> progress = {}; ///< share done, 0 to 1, rising; called on worker threads one at a
                                                     ///< time, at most every 50 ms, and with 1 at the end
    const std::atomic<bool>* isCancelled = nullptr;  ///< set by the caller to stop the run; read each device and day
};

/// Runs a scenario and waits for it. InvalidInput names the member that cannot be simulated; Cancelled comes within
/// 100 ms. Any thread; several runs may go on at once.
base::Result<SimulationResult> run(const Scenario& scenario, const RunOptions& options = {});

/// The kernel of that command-line name ("plain", or "auto" for the fastest there is), or InvalidInput that lists the
/// names this build has.
base::Result<Kernel> kernelFromName(const QString& kernelName);

} // namespace affinity::sim
