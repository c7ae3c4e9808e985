// Deadline: until when a call may take, and who may end it before.
#pragma once

#include <QDeadlineTimer>

#include <algorithm>
#include <atomic>

namespace affinity::redis {

/// Every call on a server has one; it covers connecting, sending, waiting and sending again together.
struct Deadline {
    QDeadlineTimer timer;
    const std::atomic<bool>* cancelled = nullptr; ///< set by any thread; acts within cancelMs. Outlives the call.

    /// How often a waiting call looks whether it was cancelled, in milliseconds.
    static constexpr int cancelMs = 100;

    bool isCancelled() const { return cancelled && cancelled->load(std::memory_order_relaxed); }
    bool hasPassed() const { return timer.hasExpired(); }
    /// Milliseconds to its end, at least 1 and at most a day.
    int leftMs() const {
        const qint64 dayMs = 86'400'000;
        return timer.isForever() ? static_cast<int>(dayMs)
                                 : static_cast<int>(std::clamp<qint64>(timer.remainingTime(), 1, dayMs));
    }
    /// Milliseconds to wait at most before looking again, 1 to cancelMs.
    int sliceMs() const { return std::min(leftMs(), cancelMs); }
};

/// A deadline `timeoutMs` from now.
inline Deadline within(int timeoutMs, const std::atomic<bool>* cancelled = nullptr) {
    return {QDeadlineTimer(timeoutMs), cancelled};
}

} // namespace affinity::redis
