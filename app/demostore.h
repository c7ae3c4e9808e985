// The demo store: a believable population, drawn by the simulator and decided event by event by the engine itself.
#pragma once

#include "engine/base/result.h"

#include <atomic>
#include <functional>

namespace affinity::app {

struct DemoOptions {
    qint64 devices = 300;
    int days = 30;    ///< of history; the last one ends at the last midnight of the scenario's zone
    qint64 nowUs = 0; ///< which midnight that is
    std::function<void(double share)> progress; ///< 0 to 1, on the calling thread
    const std::atomic<bool>* isCancelled = nullptr;
};

/// Makes a store in `fileName`, which must not exist; there is either the whole store or none. The same options give
/// the same rows. Staff: demo-designer, demo-support and demo-viewer, whose password is demoPassword(). Blocks for
/// seconds.
base::Result<void> createDemoStore(const QString& fileName, const DemoOptions& options);

/// Where the console keeps its demo store on this machine.
QString demoStoreFile();

QString demoDesigner();
QByteArray demoPassword();

} // namespace affinity::app
