// ContractCounters: empty counters in memory or in a real Redis whose time a test can let pass.
#pragma once

#include "engine/store/memorycounters.h"
#include "engine/store/rediscounters.h"
#include "tests/contract/contractstore.h"
#include "tests/support/redisserver.h"

namespace affinity::test {

enum class CounterBackend { Memory, Redis };

/// Adds a data row for each backend to the column "backend" of a test class's global data.
void addCounterBackends();

inline constexpr int farMs = 60'000; ///< far more than any call of a healthy server takes, on a busy machine too

/// Runs one command on a server and stops the program when that fails.
redis::Reply raw(redis::Connection& connection, const redis::Command& command);
/// Lets time pass for a server's keys: each one's end comes so much nearer, or has come.
void age(redis::Connection& connection, qint64 us);

class ContractCounters {
public:
    /// For the current data row. `server` runs; it is emptied.
    explicit ContractCounters(RedisServer& server);
    store::Counters& operator*() { return *m_counters; }
    store::Counters* operator->() { return m_counters.get(); }

    void pass(qint64 us);
    /// How near to its end a life can be looked at while it is still there: Redis' clock cannot be stopped.
    qint64 nearUs() const { return m_connection ? 15 * secondUs : 1; }
    /// Equal in memory; in Redis up to nearUs() less.
    bool isAbout(qint64 actualUs, qint64 expectedUs) const;
    bool isAbout(const std::vector<store::CounterEntry>& actual,
                 const std::vector<store::CounterEntry>& expected) const;
    bool isAbout(const store::CounterFacts& actual, const store::CounterFacts& expected) const;

private:
    base::VirtualClock m_clock{noonUs};
    std::unique_ptr<redis::Connection> m_connection; ///< of the Redis backend
    std::unique_ptr<store::Counters> m_counters;
};

} // namespace affinity::test
