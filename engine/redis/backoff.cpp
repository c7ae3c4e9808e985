#include "engine/redis/backoff.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cmath>

namespace affinity::redis {

BackOff::BackOff(std::function<double()> random) : m_random(std::move(random)) {
    if (!m_random)
        m_random = [] { return QRandomGenerator::global()->generateDouble(); };
}

void BackOff::failed(qint64 nowMs) {
    const qint64 fullMs = std::min(mostMs, firstMs << std::min(m_failures, 20));
    m_failures = std::min(m_failures + 1, 1'000'000);
    m_nextMs = nowMs + fullMs - static_cast<qint64>(std::floor(m_random() * static_cast<double>(fullMs) / 2));
}

qint64 BackOff::leftMs(qint64 nowMs) const {
    return m_failures == 0 ? 0 : std::max<qint64>(0, m_nextMs - nowMs);
}

} // namespace affinity::redis
