#include "tests/support/gapmeter.h"

#include <QFile>

#include <algorithm>
#include <ctime>

namespace affinity::test {

namespace {

constexpr int intervalMs = 5;
constexpr qint64 nsPerMs = 1'000'000;

double threadCpuMs() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Time this thread was ready to run while no core was free; 0 where the system does not tell (Linux does, in
/// schedstat: CPU time, time on a run queue, both ns, turns).
double threadQueuedMs() {
    QFile file(QStringLiteral("/proc/thread-self/schedstat"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields[1].toDouble() / nsPerMs : 0;
}

} // namespace

GapMeter::GapMeter() {
    m_clock.start();
    m_control = std::thread([this] {
        qint64 lastNs = m_clock.nsecsElapsed();
        while (!m_isEnding) {
            std::this_thread::sleep_for(std::chrono::milliseconds(intervalMs));
            const qint64 nowNs = m_clock.nsecsElapsed();
            if (nowNs - lastNs > 2 * intervalMs * nsPerMs) {
                const std::lock_guard lock(m_mutex);
                m_stalls.push_back({lastNs + intervalMs * nsPerMs, nowNs});
            }
            lastNs = nowNs;
        }
    });
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { tick(); });
    reset();
    m_timer.start(intervalMs);
}

GapMeter::~GapMeter() {
    m_isEnding = true;
    m_control.join();
}

void GapMeter::reset() {
    m_lastNs = m_clock.nsecsElapsed();
    m_lastCpuMs = threadCpuMs();
    m_lastQueuedMs = threadQueuedMs();
    m_longest = {};
}

void GapMeter::tick() {
    const qint64 nowNs = m_clock.nsecsElapsed();
    const double cpuMs = threadCpuMs();
    Gap gap;
    gap.wallMs = static_cast<double>(nowNs - m_lastNs) / nsPerMs;
    gap.cpuMs = cpuMs - m_lastCpuMs;
    const double queuedMs = threadQueuedMs();
    gap.machineMs = std::max(machineStallMs(m_lastNs, nowNs), queuedMs - m_lastQueuedMs);
    m_lastQueuedMs = queuedMs;
    if (gap.oursMs() > m_longest.oursMs())
        m_longest = gap;
    m_lastNs = nowNs;
    m_lastCpuMs = cpuMs;
}

double GapMeter::machineStallMs(qint64 fromNs, qint64 toNs) {
    const std::lock_guard lock(m_mutex);
    double stallMs = 0;
    for (const Stall& stall : m_stalls)
        stallMs +=
            static_cast<double>(std::max<qint64>(0, std::min(toNs, stall.toNs) - std::max(fromNs, stall.fromNs))) /
            nsPerMs;
    std::erase_if(m_stalls, [fromNs](const Stall& stall) { return stall.toNs < fromNs; });
    return stallMs;
}

} // namespace affinity::test
