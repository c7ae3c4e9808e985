// Readers for JSON file formats: each value is asked for with its type and range, and the first error is kept.
#pragma once

#include "engine/base/jsontext.h"

#include <QDate>

#include <limits>
#include <optional>
#include <vector>

namespace affinity::base {

inline constexpr int largestInteger = std::numeric_limits<int>::max();

/// What is being read, and the first thing found wrong in it. After a failure the readers below still answer, with
/// defaults, so that a format reads as one list of members; the caller looks at `error` at the end.
struct JsonReading {
    const LocatedJson& document;
    std::optional<Error> error;

    /// Keeps the error, unless there is one already.
    void fail(const std::string& pointer, const QString& reason);
    void fail(const Error& first);
};

/// One value of the document. A value that is missing (its object reports that) answers with defaults.
class JsonValue {
public:
    /// `json` null: missing.
    JsonValue(JsonReading& reading, const Json* json, std::string pointer);
    /// The value at a pointer; fails when there is none.
    static JsonValue at(JsonReading& reading, const std::string& pointer);

    /// A whole number without a decimal point, from minimum to maximum; else fails and gives minimum.
    int integer(int minimum, int maximum) const;
    /// A whole number from 0 to 18446744073709551615, exactly.
    quint64 unsignedInteger() const;
    /// A number from minimum to maximum; else fails and gives minimum.
    double number(double minimum, double maximum) const;
    bool boolean() const;
    /// A text of `minimumLength` to `maximumLength` Unicode characters, without control characters; else fails.
    QString text(int minimumLength, int maximumLength) const;
    /// A date written 2026-01-31, of the years 1970 to 2199; else fails and gives 1970-01-01.
    QDate date() const;
    /// The items of a list of `minimumCount` to `maximumCount`; else fails and gives none.
    std::vector<JsonValue> items(qsizetype minimumCount, qsizetype maximumCount) const;

    struct Member;
    /// The members of an object whose names are data, such as rule keys; else fails and gives none.
    std::vector<Member> members() const;

    /// Fails with the end of a sentence about this value: "must be above 0."
    void fail(const QString& reason) const;
    bool isMissing() const { return m_json == nullptr; }
    /// The value as it is; null when missing.
    Json json() const { return m_json ? *m_json : Json(); }
    const std::string& pointer() const { return m_pointer; }
    JsonReading& reading() const { return *m_reading; }

private:
    friend class JsonObject;
    /// True when the value is there and has that type; else fails with `wanted` ("a whole number from 1 to 3").
    bool isOfType(bool isRight, const QString& wanted) const;

    JsonReading* m_reading;
    const Json* m_json;
    std::string m_pointer;
};

struct JsonValue::Member {
    QString name;
    JsonValue value;
};

/// An object with a fixed set of members. Ask for every member, then call finish().
class JsonObject {
public:
    explicit JsonObject(const JsonValue& value);

    /// A member that must be there; finish() says when it is not.
    JsonValue required(const char* name);
    /// A member that may be left out.
    std::optional<JsonValue> optional(const char* name);
    /// Fails for a member nobody asked for (a typo must not pass silently), then for a missing one.
    void finish();

    const JsonValue& value() const { return m_value; }
    bool isObject() const { return m_isObject; }

private:
    JsonValue m_value;
    bool m_isObject;
    std::vector<std::string> m_known;
    std::vector<std::string> m_missing;
};

/// Reads the members `format` and `version`. Fails when it is another format, or a version newer than `newestVersion`.
void readFormat(JsonObject& object, const QString& format, int newestVersion);

} // namespace affinity::base
