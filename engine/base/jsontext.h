// LocatedJson: a parsed JSON document that can still tell on which line each value stood, for errors that name the
// line.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

namespace affinity::base {

/// A parsed document and the text it came from. Plain data; copies share the text.
struct LocatedJson {
    Json root;
    QString fileName; ///< how errors name the document
    QByteArray text;  ///< as parsed; lines are looked up in it only when an error needs one

    /// The line (1 = first) on which the value at a JSON pointer (RFC 6901, "/rules/0/rule_key") begins. For a pointer
    /// to nothing, the line of the closest value around it: a missing member is reported where its object begins.
    int lineOf(const std::string& pointer) const;

    /// An InvalidInput error "scenario.json, line 12, rules[0].daily_cap: must be above 0." The reason is the end of a
    /// sentence about the value, or several sentences. For the pointer "" no member is named.
    Error errorAt(const std::string& pointer, const QString& reason) const;
};

/// Adds a step to a JSON pointer (RFC 6901): "/rules" and "a/b" make "/rules/a~1b".
void appendPointerStep(std::string& pointer, std::string_view member);

/// A pointer with one more step.
std::string pointerTo(const std::string& parent, std::string_view member);
std::string pointerTo(const std::string& parent, size_t index);

/// Parses UTF-8 JSON. Errors name the line: syntax, a member given twice, invalid UTF-8, a NUL character, a number
/// beyond a double, nesting over 64 levels, more than 1,000 members in one object, or more than `maximumBytes` (16 MiB
/// unless told). A byte order mark is skipped.
Result<LocatedJson> parseLocatedJson(const QByteArray& text, const QString& fileName,
                                     qsizetype maximumBytes = 16 << 20);

} // namespace affinity::base
