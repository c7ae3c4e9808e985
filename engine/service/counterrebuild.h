// Counter rebuild: after the counters were lost, raises today's to what the log says, device by device.
#pragma once

#include "engine/service/pace.h"
#include "engine/store/counters.h"
#include "engine/store/store.h"

#include <atomic>

namespace affinity::service {

/// What a device's counters are worked out from, besides its log rows.
struct RaiseScope {
    rules::RuleSet ruleSet;
    rules::LocalDay day; ///< of nowUs
    qint64 nowUs = 0;    ///< the store's, read once the locks are held
};

/// The oldest row that a counter of now can come from: of the local day, of the event window, or of a cooldown that
/// may still run.
qint64 reachStartUs(const RaiseScope& scope);

/// What the log says of one device's counters. Read on the store's thread under the device's row lock (CounterRaise
/// says why). Errors of the store.
base::Result<store::CounterRaise> raiseOf(store::Store& store, const RaiseScope& scope, base::DeviceId id);

/// One counter that stands lower than the log, or has no end.
struct CounterChange {
    base::DeviceId deviceId;
    QString key;
    qint64 from = 0; ///< points; of a cooldown seconds left
    qint64 to = 0;

    friend bool operator==(const CounterChange&, const CounterChange&) = default;
};

struct RebuildOptions {
    bool isPreview = false; ///< reads and compares; writes nothing and takes no lock
    std::function<void(qint64 devicesDone, qint64 devicesAll)> progress;
    const std::atomic<bool>* cancel = nullptr;
    Pace pace; ///< for what the database asks to do again
};

struct RebuildReport {
    qint64 devicesAll = 0; ///< with log rows within reach
    qint64 devices = 0;    ///< looked at
    /// Of a preview: what would be raised, at most 1,000; `isCut` says that there is more.
    std::vector<CounterChange> changes;
    bool isCut = false;
    QStringList faults;      ///< keys that hold garbage and were left alone, by sentence; at most 1,000
    bool isFinished = false; ///< false when cancelled
    bool isWhole = false; ///< not of a preview: the counters are whole again; else they were lost once more meanwhile

    friend bool operator==(const RebuildReport&, const RebuildReport&) = default;
};

/// Raises the counters of all devices that have log rows within reach to the log's sums; never lowers one, and leaves
/// one that stands higher. Events go on meanwhile: about fifty rows are locked at a time, for some milliseconds.
/// Several processes may do it at once. Errors: of the store, of the counters (what was raised stays raised).
base::Result<RebuildReport> rebuildCounters(store::Store& store, store::Counters& counters,
                                            const RebuildOptions& options);

base::Json toJson(const RebuildReport& report);

} // namespace affinity::service
