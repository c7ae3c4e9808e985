// When a delivery is tried again, and when it is given up.
#pragma once

#include "engine/rewards/connector.h"

namespace affinity::rewards {

/// A delivery is dead after this many attempts; with the waits below that is some 20 hours.
inline constexpr int mostAttempts = 24;
/// A delivery is dead this long after it was granted, once it has had leastAttempts: a console that was off for a
/// weekend still tries what waited.
inline constexpr qint64 longestWaitingUs = 24 * 3'600'000'000LL;
/// Every delivery that the receiver does not refuse gets this many attempts: one, and one after each wait that is
/// shorter than an hour.
inline constexpr int leastAttempts = 6;

/// Microseconds to wait after this many failed attempts (1 and up): 5 s, 30 s, 2 min, 10 min, 30 min, then an hour each
/// time, times 0.8 to 1.2 by `draw`, a number in [0, 1). Many deliveries that failed together so come back apart. Pure;
/// any thread.
qint64 nextAttemptAfterUs(int attempts, double draw);

/// Whether no further attempt is due after `attempts` failed ones. Pure; any thread.
bool isGivenUp(int attempts, qint64 createdAtUs, qint64 nowUs);

/// Where an attempt leaves its delivery.
struct NextStep {
    enum class State { Delivered, Waiting, Dead };
    State state = State::Waiting;
    qint64 nextAttemptAtUs = 0; ///< Waiting: not before, microseconds since 1970 UTC; otherwise 0

    friend bool operator==(const NextStep&, const NextStep&) = default;
};

/// The step after an attempt that ended at `nowUs`; delivery.attempt is the attempt's number. A receiver's Retry-After
/// makes the wait longer, never shorter. Pure; any thread.
NextStep stepAfter(const DeliveryOutcome& outcome, const Delivery& delivery, qint64 nowUs, double draw);

} // namespace affinity::rewards
