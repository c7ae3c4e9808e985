#include "engine/sim/run.h"

#include "engine/sim/plainkernel.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <mutex>
#include <thread>

namespace affinity::sim {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using SteadyClock = std::chrono::steady_clock;

constexpr qint64 largestChunkDevices = 1024;
constexpr qint64 smallestChunkDevices = 16;
constexpr qint64 chunksPerThread = 8; ///< so that the last chunks of the threads end at about the same time
constexpr qint64 mostKeptEndValues = 10'000'000;
constexpr int mostThreads = 64; ///< each has counters of its own, up to some 40 MB
constexpr std::chrono::milliseconds progressInterval{50};

/// CPU time of the calling thread, seconds.
double threadCpuS() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Reports rising shares, one thread at a time, not too often.
class Progress {
public:
    Progress(const std::function<void(double)>& report, qint64 devices) : m_report(report), m_devices(devices) {}

    void addDone(qint64 devices) {
        if (!m_report)
            return;
        const std::scoped_lock lock(m_mutex);
        m_done += devices;
        const auto now = SteadyClock::now();
        if (m_done < m_devices && now - m_lastReport < progressInterval)
            return;
        m_lastReport = now;
        m_report(static_cast<double>(m_done) / static_cast<double>(m_devices));
    }

private:
    const std::function<void(double)>& m_report;
    const qint64 m_devices;
    std::mutex m_mutex;
    qint64 m_done = 0;
    SteadyClock::time_point m_lastReport = SteadyClock::now();
};

/// What the worker threads share.
struct Shared {
    const Horizon& horizon;
    const RunOptions& options;
    qint64 chunkDevices;
    std::span<int> endValues;
    Progress progress;
    std::atomic<qint64> nextDevice{0};
    std::atomic<bool> wasCancelled{false};
};

void work(Shared& shared, SimulationResult& result) {
    const double startCpuS = threadCpuS();
    while (!shared.wasCancelled) {
        KernelRequest request;
        request.firstDevice = shared.nextDevice.fetch_add(shared.chunkDevices);
        if (request.firstDevice >= shared.horizon.devices)
            break;
        request.deviceCount = std::min(shared.chunkDevices, shared.horizon.devices - request.firstDevice);
        request.isCancelled = shared.options.isCancelled;
        request.keptEndValues = shared.endValues;
        if (!simulatePlain(shared.horizon, request, result))
            shared.wasCancelled = true;
        else
            shared.progress.addDone(request.deviceCount);
    }
    result.cpuS = threadCpuS() - startCpuS;
}

Result<void> checkOptions(const RunOptions& options, qint64 devices) {
    if (options.threads < 0 || options.threads > mostThreads)
        return Error{ErrorKind::InvalidInput, QStringLiteral("threads: must be from 0 to %1").arg(mostThreads)};
    if (options.chunkDevices < 0)
        return Error{ErrorKind::InvalidInput, QStringLiteral("chunk size: must not be below 0")};
    if (options.keepsEndValues && devices > mostKeptEndValues)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("devices: end values are kept for at most %1 devices; simulate fewer")
                         .arg(mostKeptEndValues)};
    return {};
}

int threadCount(const RunOptions& options, qint64 devices) {
    const int wanted =
        options.threads > 0 ? options.threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return static_cast<int>(std::min<qint64>({wanted, mostThreads, devices}));
}

qint64 chunkSize(const RunOptions& options, qint64 devices, int threads) {
    if (options.chunkDevices > 0)
        return options.chunkDevices;
    return std::clamp(devices / (threads * chunksPerThread), smallestChunkDevices, largestChunkDevices);
}

} // namespace

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
    Shared shared{.horizon = *horizon,
                  .options = options,
                  .chunkDevices = chunkSize(options, horizon->devices, threads),
                  .endValues = endValues,
                  .progress = {options.progress, horizon->devices}};
    std::vector<SimulationResult> parts(static_cast<size_t>(threads), emptyResult(*horizon));
    {
        std::vector<std::jthread> workers;
        for (SimulationResult& part : parts)
            workers.emplace_back([&shared, &part] { work(shared, part); });
    }
    if (shared.wasCancelled)
        return Error{ErrorKind::Cancelled, QStringLiteral("The simulation was cancelled.")};

    SimulationResult& result = parts.front();
    double workerCpuS = 0;
    for (const SimulationResult& part : parts) {
        workerCpuS += part.cpuS;
        if (&part != &result)
            add(result, part);
    }
    result.endValues = std::move(endValues);
    result.kernel = options.kernel;
    result.threads = threads;
    result.cpuS = workerCpuS + threadCpuS() - startCpuS;
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
