#include "engine/sim/run.h"

#include "engine/sim/plainkernel.h"
#include "engine/sim/workers.h"

#include <chrono>

namespace affinity::sim {

using base::Error;
using base::ErrorKind;
using base::Result;
using SteadyClock = std::chrono::steady_clock;

Result<SimulationResult> run(const Scenario& scenario, const RunOptions& options) {
    const auto start = SteadyClock::now();
    const double startCpuS = threadCpuS();
    if (const auto checked = checkOptions(options, scenario.devices); !checked)
        return checked.error();
    const auto horizon = planHorizon(scenario);
    if (!horizon)
        return horizon.error();

    const int threads = threadCount(options, horizon->devices);
    std::vector<int> endValues(options.keepsEndValues ? static_cast<size_t>(horizon->devices) : 0);
    std::vector<SimulationResult> parts(static_cast<size_t>(threads), emptyResult(*horizon));
    const auto workerCpuS = shareOut(options, horizon->devices, threads, [&](int worker, const DeviceChunk& chunk) {
        KernelRequest request;
        request.firstDevice = chunk.firstDevice;
        request.deviceCount = chunk.deviceCount;
        request.isCancelled = options.isCancelled;
        request.keptEndValues = endValues;
        return simulatePlain(*horizon, request, parts[static_cast<size_t>(worker)]);
    });
    if (!workerCpuS)
        return workerCpuS.error();

    SimulationResult& result = parts.front();
    for (size_t i = 1; i < parts.size(); ++i)
        add(result, parts[i]);
    result.endValues = std::move(endValues);
    result.kernel = options.kernel;
    result.threads = threads;
    result.cpuS = *workerCpuS + threadCpuS() - startCpuS;
    result.wallS = std::chrono::duration<double>(SteadyClock::now() - start).count();
    return std::move(result);
}

Result<Kernel> kernelFromName(const QString& kernelName) {
    if (kernelName == QLatin1String("plain") || kernelName == QLatin1String("auto"))
        return Kernel::Plain;
    return Error{ErrorKind::InvalidInput,
                 QStringLiteral("kernel: this build has no kernel %1; it has: plain, auto").arg(kernelName)};
}

} // namespace affinity::sim
