#include "engine/sim/workers.h"

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
    const ChunkWork& work;
    qint64 devices;
    qint64 chunkDevices;
    Progress progress;
    std::atomic<qint64> nextDevice{0};
    std::atomic<bool> wasCancelled{false};
};

/// One worker's thread; returns its CPU time in seconds.
double workThroughChunks(Shared& shared, int worker) {
    const double startCpuS = threadCpuS();
    while (!shared.wasCancelled) {
        DeviceChunk chunk;
        chunk.firstDevice = shared.nextDevice.fetch_add(shared.chunkDevices);
        if (chunk.firstDevice >= shared.devices)
            break;
        chunk.deviceCount = std::min(shared.chunkDevices, shared.devices - chunk.firstDevice);
        if (shared.work(worker, chunk))
            shared.progress.addDone(chunk.deviceCount);
        else
            shared.wasCancelled = true;
    }
    return threadCpuS() - startCpuS;
}

qint64 chunkSize(const RunOptions& options, qint64 devices, int threads) {
    if (options.chunkDevices > 0)
        return options.chunkDevices;
    return std::clamp(devices / (threads * chunksPerThread), smallestChunkDevices, largestChunkDevices);
}

} // namespace

double threadCpuS() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
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

Result<double> shareOut(const RunOptions& options, qint64 devices, int threads, const ChunkWork& work) {
    Shared shared{.work = work,
                  .devices = devices,
                  .chunkDevices = chunkSize(options, devices, threads),
                  .progress = {options.progress, devices}};
    std::vector<double> cpuS(static_cast<size_t>(threads));
    {
        std::vector<std::jthread> workers;
        for (int worker = 0; worker < threads; ++worker) {
            workers.emplace_back(
                [&shared, &cpuS, worker] { cpuS[static_cast<size_t>(worker)] = workThroughChunks(shared, worker); });
        }
    }
    if (shared.wasCancelled)
        return Error{ErrorKind::Cancelled, QStringLiteral("The simulation was cancelled.")};
    double sumS = 0;
    for (const double each : cpuS)
        sumS += each;
    return sumS;
}

} // namespace affinity::sim
