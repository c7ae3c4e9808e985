// CounterServer: what a Redis says of itself at connect that decides whether counters are safe there.
#pragma once

#include "engine/base/result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace affinity::store {

/// What may be wrong with a counter server.
enum class ServerFault {
    EvictsCounters,   ///< maxmemory with allkeys-*: counters vanish one by one, and nothing says so
    MayEvictCounters, ///< volatile-* takes keys that have an end, which all counters do; or a policy without maxmemory
    UnknownPolicy,    ///< a policy that this program does not know
    NotShown,         ///< the user may not ask (INFO, TIME): what would have been checked is not known
    ClockIsOff,       ///< its clock and the store's are more than 2 s apart
    IsReplica,        ///< takes no writes; after a failover the master is another server
    IsCluster,        ///< the counters of a device are on different nodes: the scripts cannot run
    Restarted         ///< another process of it than the one the counters were rebuilt on: its last writes may be lost
};

enum class Severity { Warning, Fault };

/// One finding with a sentence that says what it means and what to do.
struct ServerFinding {
    ServerFault fault = ServerFault::NotShown;
    Severity severity = Severity::Warning;
    QString what;

    friend bool operator==(const ServerFinding&, const ServerFinding&) = default;
};

/// The answer of a check at connect.
struct CounterServer {
    QString version;           ///< "7.0.15"; empty: not shown
    QString runId;             ///< names this process of the server; another one after each restart
    QString evictionPolicy;    ///< "noeviction"
    qint64 maxMemoryBytes = 0; ///< 0: as much as there is, nothing is evicted
    qint64 skewUs = 0;         ///< the server's clock less the store's
    qint64 skewErrorUs = 0;    ///< how far skewUs may be from the truth: half the time that asking took
    bool needsRebuild = false; ///< the epoch key is missing, or was set on another process of the server
    std::vector<ServerFinding> findings;

    friend bool operator==(const CounterServer&, const CounterServer&) = default;
};

/// Up to this far apart two clocks count as together, in microseconds.
inline constexpr qint64 mostSkewUs = 2'000'000;

/// The value of a field of INFO's text; empty when it is not there.
QString infoField(const QByteArray& info, QByteArrayView field);

/// Reads INFO's sections server, memory and replication, in one text, into version, runId, policy and findings. `epoch`
/// is the epoch key's value, empty when there is none.
CounterServer counterServerFrom(const QByteArray& info, const QByteArray& epoch);

/// Adds the skew of a server's time `serverUs` (microseconds since 1970), asked for between the store's two times.
void addSkew(CounterServer& server, qint64 serverUs, qint64 storeBeforeUs, qint64 storeAfterUs);

/// Adds that the server refused a question, with its `reason`.
void addNotShown(CounterServer& server, const base::Error& reason);

} // namespace affinity::store
