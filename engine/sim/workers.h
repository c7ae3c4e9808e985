// Workers: chunks of devices on worker threads, with progress and cancel; what run() and compare() share.
#pragma once

#include "engine/base/result.h"
#include "engine/sim/run.h"

#include <functional>

namespace affinity::sim {

/// Devices firstDevice to firstDevice + deviceCount − 1.
struct DeviceChunk {
    qint64 firstDevice = 0;
    qint64 deviceCount = 0;
};

/// CPU time of the calling thread, seconds.
double threadCpuS();

/// Ok, or InvalidInput that names the option which cannot be kept for that many devices.
base::Result<void> checkOptions(const RunOptions& options, qint64 devices);

/// How many worker threads these options ask for; never more than there are devices.
int threadCount(const RunOptions& options, qint64 devices);

/// Simulates one chunk on the worker of that index (0 to threads − 1); false when it was cancelled. Calls of one worker
/// never overlap.
using ChunkWork = std::function<bool(int worker, const DeviceChunk& chunk)>;

/// Hands out all devices in chunks to that many threads, reports progress and waits. Returns the CPU time of all
/// workers in seconds, or Cancelled. Which worker gets which chunk is left to chance: results must not depend on it.
base::Result<double> shareOut(const RunOptions& options, qint64 devices, int threads, const ChunkWork& work);

} // namespace affinity::sim
