// RedisCounters: production's counters in a Redis server, shared with a Django service and with other consoles.
#pragma once

#include "engine/redis/connection.h"
#include "engine/store/counterkeys.h"
#include "engine/store/counterserver.h"

#include <atomic>
#include <functional>

namespace affinity::store {

struct RedisCountersOptions {
    CounterNames names;
    int callMs = 1000;                            ///< at most, for every call but entries()
    int listMs = 10'000;                          ///< at most, for entries(), which walks the whole database
    const std::atomic<bool>* cancelled = nullptr; ///< ends a waiting call; outlives the counters
};

/// Made, used and destroyed on one thread (a Lane's). Opens its connection by itself, keeps no state of its own, and
/// never waits longer than its options say. Errors are those of redis::Connection: CannotConnect at once while the
/// server is left alone after a failure; CommitUnknown when a confirm's answer was lost (send it again); Damaged for a
/// key that holds what it should not. The server's user needs PING, EXISTS, PTTL, GET, SET, INCRBY, PEXPIRE, EVAL,
/// EVALSHA and SCAN on the names of CounterKeys, and INFO and TIME for checkServer().
///
/// Written numbers are plain decimals. A pickled or oddly written integer is understood, and is put into its plain form
/// when it is next added to; anything else is an error and stays as it is. A cooldown or event key counts whatever its
/// value.
///
/// A confirm leaves a marker `{prefix}:{version}:affinity:console:confirmed:{log id}` for daySumSeconds (172,800 s): a
/// day's sum lives no longer, so that a repeat after that would find nothing left to count twice, and a confirm older
/// than that (CounterConfirm::ageUs) is not sent at all.
///
/// `{prefix}:{version}:affinity:console:epoch` has no end and holds the run id of the server process that the counters
/// were rebuilt on. Missing, it says that the server lost its keys.
class RedisCounters final : public Counters {
public:
    explicit RedisCounters(const redis::Target& target, RedisCountersOptions options = {},
                           redis::ConnectionOptions connectionOptions = {});

    /// One pipelined read.
    base::Result<CounterFacts> read(const CounterQuery& query) override;
    /// One script.
    base::Result<void> confirm(const CounterConfirm& confirm) override;
    /// By SCAN; values as they are stored, with unprintable bytes as \xNN. Keys that come or go meanwhile may be
    /// missing.
    base::Result<std::vector<CounterEntry>> entries() override;
    base::Result<CounterRebuild> beginRebuild() override;
    base::Result<void> raiseTo(const CounterRaise& raise) override;
    /// One pipeline for up to hundreds of devices; the few whose keys hold what cannot be raised cost one more each.
    std::vector<base::Result<void>> raiseAll(std::span<const CounterRaise> raises) override;
    base::Result<bool> endRebuild(const CounterRebuild& rebuild) override;
    /// One pipelined read.
    base::Result<std::vector<CounterState>> deviceCounters(base::DeviceId id, const QStringList& ruleKeys,
                                                           QDate date) override;

    /// What to look at when a profile is opened, and after each outage: eviction policy, clock, kind of server, whether
    /// a rebuild is due. Tries to connect whatever the back-off says. `storeNowUs` is the store's clock in microseconds
    /// since 1970; it is asked twice.
    base::Result<CounterServer> checkServer(const std::function<base::Result<qint64>()>& storeNowUs);

    /// How many milliseconds calls fail at once yet, because the server failed lately; 0: the next call tries.
    qint64 leftAloneMs() const { return m_connection.leftAloneMs(); }
    /// Why the last call failed, finely.
    redis::Cause lastCause() const { return m_connection.lastCause(); }

private:
    /// Keys and arguments of the script that raises.
    struct RaiseCall {
        std::vector<QByteArray> keys;
        std::vector<QByteArray> arguments;
    };
    RaiseCall raiseCall(const CounterRaise& raise) const;
    redis::Deadline deadline() const { return redis::within(m_options.callMs, m_options.cancelled); }
    base::Result<void> evalOnSums(const redis::Script& script, const std::vector<QByteArray>& keys,
                                  const std::vector<QByteArray>& arguments);
    base::Result<void> addEntries(const std::vector<redis::Reply>& keys, const redis::Deadline& deadline,
                                  std::vector<CounterEntry>& entries);
    base::Result<void> measureSkew(CounterServer& server, const std::function<base::Result<qint64>()>& storeNowUs,
                                   const redis::Deadline& deadline);

    RedisCountersOptions m_options;
    CounterKeys m_keys;
    redis::Connection m_connection;
};

} // namespace affinity::store
