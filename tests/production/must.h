// must(): the value of a Result where test data has to be made; stops the program with the error otherwise.
#pragma once

#include "engine/base/result.h"

#include <utility>

namespace affinity::test {

template<typename T> T must(base::Result<T> result) {
    if (!result)
        qFatal("%s: %s", qPrintable(base::name(result.error().kind)), qPrintable(result.error().what));
    return std::move(result).value();
}

inline void must(const base::Result<void>& result) {
    if (!result)
        qFatal("%s: %s", qPrintable(base::name(result.error().kind)), qPrintable(result.error().what));
}

} // namespace affinity::test
