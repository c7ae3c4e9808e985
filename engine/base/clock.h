// Where "now" comes from: the machine's clock in service, a settable one in replays and tests.
#pragma once

#include <QtGlobal>

#include <atomic>

namespace affinity::base {

/// Microseconds of UTC since 1970. Any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual qint64 nowUs() const = 0;
};

/// The machine's real-time clock.
class SystemClock final : public Clock {
public:
    qint64 nowUs() const override;
};

/// A clock that stands still until it is set; replays and simulations drive it.
class VirtualClock final : public Clock {
public:
    explicit VirtualClock(qint64 nowUs = 0) : m_nowUs(nowUs) {}
    qint64 nowUs() const override { return m_nowUs.load(); }
    void setNowUs(qint64 nowUs) { m_nowUs.store(nowUs); }

private:
    std::atomic<qint64> m_nowUs;
};

} // namespace affinity::base
