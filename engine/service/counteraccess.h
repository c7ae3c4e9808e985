// CounterAccess: how the service asks and tells its counters: what it does without them, and what waits for them.
#pragma once

#include "engine/service/pendingconfirms.h"

#include <QSet>

#include <functional>

namespace affinity::service {

/// What an event does when the counters cannot be asked.
enum class WithoutCounters {
    Refuse, ///< ends without effect: another writer (Django) sees the counters only, and would pass the limits
    GoOn    ///< SQL alone decides, with the same limits: nobody else writes to this store
};

/// How the counters were at the last call.
enum class CounterHealth {
    Whole,
    Lost,       ///< they answer, but lost keys since the last rebuild
    Unreachable ///< no answer, or none that can be used; SQL alone holds the limits
};

/// What the counters said to one question.
struct CounterReading {
    store::CounterFacts facts;        ///< empty with a fault
    std::optional<base::Error> fault; ///< why they could not be asked, or which key holds garbage (Damaged)
};

/// Called with each change of health, on the service's thread; must not block.
using HealthListener = std::function<void(CounterHealth health, const std::optional<base::Error>& reason)>;

/// Same thread as the counters, which outlive it. Times are a Pace's.
class CounterAccess {
public:
    CounterAccess(store::Counters& counters, HealthListener listener);

    CounterReading read(const store::CounterQuery& query);
    /// Raises a device's counters to the log's sums, under its row lock. A failure is left to the next rebuild.
    void raise(const store::CounterRaise& raise);
    /// Tells of a committed row, after some of those that wait; false when it could not be told yet. Then it waits
    /// here, with at most 10,000 others, unless it is kept elsewhere (`isKept`: the store's outbox has it).
    bool confirm(const store::CounterConfirm& confirm, qint64 committedAtUs, bool isKept);
    /// Sends what waits, at most `most`; false when some still wait because the counters cannot be reached.
    bool sendPending(qint64 nowUs, int most);

    const PendingConfirms& pending() const { return m_pending; }
    CounterHealth health() const { return m_health; }

private:
    void note(const std::optional<base::Error>& error, store::CounterTrust trust);
    void noteDamage(const base::Error& error);

    store::Counters& m_counters;
    HealthListener m_listener;
    PendingConfirms m_pending;
    CounterHealth m_health = CounterHealth::Whole;
    QSet<QString> m_namedDamage; ///< texts that are in the log already
};

} // namespace affinity::service
