// BackOff: how long to leave a server alone after it failed, so that a dead one is neither waited for nor flooded.
#pragma once

#include <QtGlobal>

#include <functional>

namespace affinity::redis {

/// 50 ms after the first failure, then twice as long each time, at most 5 s; each wait is cut by up to half at random,
/// so that many clients do not come back at once (the "equal jitter" of Brooker, "Exponential Backoff And Jitter",
/// 2015).
class BackOff {
public:
    static constexpr qint64 firstMs = 50;
    static constexpr qint64 mostMs = 5000;

    /// `random` gives numbers in [0, 1).
    explicit BackOff(std::function<double()> random);

    /// A try at `nowMs` (any steady clock) failed.
    void failed(qint64 nowMs);
    /// The server answered: the next failure waits 50 ms again.
    void succeeded() { m_failures = 0; }
    /// Milliseconds until the next try is allowed; 0: now.
    qint64 leftMs(qint64 nowMs) const;
    int failures() const { return m_failures; }

private:
    std::function<double()> m_random;
    int m_failures = 0;
    qint64 m_nextMs = 0;
};

} // namespace affinity::redis
