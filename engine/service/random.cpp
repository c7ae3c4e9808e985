#include "engine/service/random.h"

#include <QRandomGenerator>

namespace affinity::service {

namespace {
__extension__ using WideUnsigned = unsigned __int128;
}

int SystemDraw::uniform(int minimum, int maximum) {
    if (minimum == maximum)
        return minimum;
    const qint64 span = qint64{maximum} - minimum + 1;
    const quint64 word = QRandomGenerator::system()->generate64();
    // Multiply and shift: the bias of span / 2^64 is beyond anything that can be seen.
    const auto offset = static_cast<qint64>((static_cast<WideUnsigned>(word) * static_cast<quint64>(span)) >> 64);
    return static_cast<int>(minimum + offset);
}

int DrawOnce::uniform(int minimum, int maximum) {
    if (!m_hasDrawn || minimum != m_minimum || maximum != m_maximum) {
        m_number = m_source.uniform(minimum, maximum);
        m_minimum = minimum;
        m_maximum = maximum;
        m_hasDrawn = true;
    }
    return m_number;
}

} // namespace affinity::service
