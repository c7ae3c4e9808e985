// The demo store: a believable population, drawn by the simulator and decided event by event by the rules themselves.
#pragma once

#include "engine/base/result.h"

#include <atomic>
#include <functional>

namespace affinity::app {

struct DemoOptions {
    qint64 devices = 2000; ///< 1 to 100,000
    int days = 90;         ///< of history; the last one ends at the last midnight of the scenario's zone
    qint64 nowUs = 0;      ///< which midnight that is
    std::function<void(double share)> progress; ///< 0 to 1, on the calling thread
    const std::atomic<bool>* isCancelled = nullptr;
};

/// Makes a store in `fileName`, which must not exist; there is either the whole store or none. The same options give
/// the same rows, and they are those that the service would have written for the same events: each was decided by
/// rules::decide on the way. Staff: demo-designer, demo-support and demo-viewer, whose password is demoPassword().
/// Blocks for seconds.
base::Result<void> createDemoStore(const QString& fileName, const DemoOptions& options);

/// Where the console keeps its demo store on this machine.
QString demoStoreFile();

QString demoDesigner();
QString demoSupport();
QString demoViewer();
QByteArray demoPassword();

} // namespace affinity::app
