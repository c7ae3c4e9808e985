// GapMeter: the longest time the GUI's event loop did not answer, told apart from the machine's own stalls.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace affinity::test {

/// A gap between two turns of the event loop.
struct Gap {
    double wallMs = 0;
    double cpuMs = 0;     ///< CPU time of the GUI thread in it
    double machineMs = 0; ///< of it, the machine's: a thread that only sleeps was not woken either, or this one waited
                          ///< for a core

    /// What the program is to blame for: time it computed, or waited while the machine was free.
    double oursMs() const { return std::max(cpuMs, wallMs - machineMs); }
};

/// Watches the thread it is made on. A control thread ticks on the same interval; when it is late too, nobody could
/// have answered.
class GapMeter : public QObject {
public:
    GapMeter();
    ~GapMeter() override;

    /// The gap we are most to blame for since the meter was made (or reset).
    Gap longest() const { return m_longest; }
    void reset();

private:
    void tick();
    double machineStallMs(qint64 fromNs, qint64 toNs);

    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_lastNs = 0;
    double m_lastCpuMs = 0;
    double m_lastQueuedMs = 0;
    Gap m_longest;
    struct Stall {
        qint64 fromNs;
        qint64 toNs;
    };
    std::mutex m_mutex;
    std::vector<Stall> m_stalls;
    std::atomic<bool> m_isEnding = false;
    std::thread m_control;
};

} // namespace affinity::test
