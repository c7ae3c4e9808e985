// One strict pass over JSON text that keeps no values: it finds the first fault, or the line of one value.
#pragma once

#include <QString>

#include <optional>
#include <string>
#include <string_view>

namespace affinity::base {

inline constexpr int maximumJsonDepth = 64;
inline constexpr int maximumJsonMembers = 1000; ///< of one object; the parsed form looks members up one by one

/// The first thing that is wrong with a text.
struct JsonFault {
    int line = 1;        ///< 1 = first
    std::string pointer; ///< of the value (RFC 6901); empty for plain syntax errors
    QString reason;

    friend bool operator==(const JsonFault&, const JsonFault&) = default;
};

/// Checks a whole document: RFC 8259 syntax, UTF-8, no member twice, no NUL, numbers that a double can hold, and the
/// limits above. Nothing when it is in order. Pure; linear in the text's length (log n for the members of an object).
std::optional<JsonFault> findJsonFault(std::string_view text);

/// The line on which the value at that pointer begins; nothing when the document has no such value or is faulty.
std::optional<int> lineOfJsonValue(std::string_view text, const std::string& pointer);

} // namespace affinity::base
