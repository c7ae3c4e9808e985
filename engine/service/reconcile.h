// Reconcile: folds the log and compares it with what the store says beside it; names the first row that does not fit.
#pragma once

#include "engine/service/affinityservice.h"

#include <atomic>

namespace affinity::service {

enum class FindingKind {
    Arithmetic, ///< a row's after is not before + change
    Chain,      ///< a row's before is not the previous row's after
    Value,      ///< the binding's value is not the last row's after
    Level,      ///< the stored level is not the level of the value
    Grant,      ///< a level was reached from below, and its rewards were not granted
    Counter,    ///< a daily counter differs from the log's sum of that rule and day
    // Of today's counters in Redis, where one is named:
    RedisMissing, ///< not there, though the log has rows for it
    RedisLower,   ///< less than the log's sum: a Django service would let too much pass
    RedisHigher,  ///< more than the log's sum: too much is refused
    RedisGarbage, ///< no whole number: a Django service fails on it
    RedisEndless  ///< without an end, which production never writes
};

/// One thing that does not fit.
struct Finding {
    FindingKind kind = FindingKind::Value;
    base::DeviceId deviceId;
    std::optional<base::LogId> logId; ///< the first row that diverges
    qint64 expected = 0;              ///< from the log
    qint64 found = 0;                 ///< in the store
    QString what;                     ///< a sentence for people

    friend bool operator==(const Finding&, const Finding&) = default;
};

struct ReconcileReport {
    qint64 devices = 0;
    qint64 rows = 0;
    std::vector<Finding> findings; ///< at most 1,000; `isCut` says that there are more
    bool isCut = false;
    bool isFinished = true;     ///< false when cancelled
    qint64 confirmsWaiting = 0; ///< in the store's outbox, with counters to compare: Redis is lower by these
    std::optional<base::Error> counterFault = {}; ///< why the counters were not compared, or only for the first devices

    friend bool operator==(const ReconcileReport&, const ReconcileReport&) = default;
};

struct ReconcileOptions {
    std::optional<base::DeviceId> device; ///< nothing: all bindings, unbound ones too
    std::function<void(qint64 devicesDone)> progress;
    const std::atomic<bool>* cancel = nullptr;
    store::Counters* counters = nullptr; ///< to compare with as well; null: none
};

/// Reads only. Errors: NotFound for an unknown device, store errors.
base::Result<ReconcileReport> reconcile(store::Store& store, const ReconcileOptions& options);

/// Stable names: "arithmetic", "chain", "value", "level", "grant", "counter", "redis_missing", "redis_lower",
/// "redis_higher", "redis_garbage", "redis_endless".
QString name(FindingKind kind);
base::Json toJson(const ReconcileReport& report);

} // namespace affinity::service
