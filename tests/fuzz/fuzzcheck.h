// What every fuzzed reader must hold: no crash, an error that says something, and a way back to an equal value.
#pragma once

#include "engine/base/jsonscanner.h"
#include "engine/base/jsontext.h"

#include <cstdlib>

namespace affinity::fuzz {

/// Stops the fuzzer with this input when a promise is broken.
inline void require(bool isHeld) {
    if (!isHeld)
        std::abort();
}

/// Reads arbitrary bytes with `read`; what is accepted must be written by `write` and read back equal.
template<typename Read, typename Write> void checkReader(const QByteArray& text, Read read, Write write) {
    const auto document = base::parseLocatedJson(text, QStringLiteral("fuzz.json"));
    // Internal: the scanner took what the parser refuses.
    require(document || document.error().kind == base::ErrorKind::InvalidInput);
    const auto value = read(text);
    if (!value) {
        require(value.error().kind == base::ErrorKind::InvalidInput &&
                value.error().what.startsWith(QStringLiteral("fuzz.json")));
        return;
    }
    const auto again = read(base::pythonJson(write(*value)));
    require(again && *again == *value);
}

} // namespace affinity::fuzz
