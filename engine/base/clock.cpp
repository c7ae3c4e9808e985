#include "engine/base/clock.h"

#include <chrono>

namespace affinity::base {

qint64 SystemClock::nowUs() const {
    const auto sinceEpoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(sinceEpoch).count();
}

} // namespace affinity::base
