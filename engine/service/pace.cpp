#include "engine/service/pace.h"

#include <QRandomGenerator>
#include <QThread>

#include <chrono>

namespace affinity::service {

using base::ErrorKind;

namespace {

constexpr int mostRetries = 4; // after the first try
constexpr qint64 firstPauseUs = 10'000;

} // namespace

qint64 steadyNowUs() {
    const auto sinceStart = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(sinceStart).count();
}

void sleepUs(qint64 us) {
    QThread::usleep(static_cast<unsigned long>(us));
}

double systemChance() {
    return QRandomGenerator::system()->generateDouble();
}

bool Tries::isAgain(const base::Error& error) {
    if (error.kind == ErrorKind::Busy && m_waits == 0) {
        ++m_waits;
        return true;
    }
    if (error.kind != ErrorKind::Conflict || m_conflicts == mostRetries)
        return false;
    const double pauseUs = static_cast<double>(firstPauseUs << m_conflicts) * (0.5 + 0.5 * m_pace.chance());
    ++m_conflicts;
    m_pace.wait(static_cast<qint64>(pauseUs));
    return true;
}

} // namespace affinity::service
