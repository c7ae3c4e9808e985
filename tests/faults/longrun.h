// isLongRun(): whether every case is run instead of a fixed choice.
#pragma once

#include <QtGlobal>

namespace affinity::test {

inline bool isLongRun() {
    return qEnvironmentVariableIntValue("AFFINITY_LONG") != 0;
}

} // namespace affinity::test
