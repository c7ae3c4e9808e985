// Questions that people ask a store, and the pages that answer them: plain values.
#pragma once

#include "engine/rules/records.h"

#include <QString>

#include <optional>
#include <vector>

namespace affinity::store {

/// A binding with the user's name beside it, as lists show it.
struct DeviceRow {
    rules::Binding binding;
    rules::User user;

    friend bool operator==(const DeviceRow&, const DeviceRow&) = default;
};

enum class DeviceSort { Id, Serial, User, Value, LastActive };

/// Where a page begins: the sort key and id of the row before it. Opaque to callers.
struct DeviceCursor {
    QString key; ///< sort column as text; empty for NULL
    bool isNull = false;
    base::DeviceId id;

    friend bool operator==(const DeviceCursor&, const DeviceCursor&) = default;
};

/// A device search. All given conditions hold at once.
struct DeviceQuery {
    /// Binding id, serial, user id or username (exact), an event id (exact), or a fragment of the nickname.
    QString text;
    std::optional<base::UserId> userId; ///< all bindings of this user
    bool withUnbound = false;
    std::optional<int> level;
    std::optional<int> levelAtLeast;
    std::optional<int> valueAtLeast;
    std::optional<int> valueAtMost;
    std::optional<qint64> activeSinceUs;
    std::optional<qint64> inactiveSinceUs; ///< not active since then, or never
    DeviceSort sort = DeviceSort::Id;
    bool isDescending = false;
    std::optional<DeviceCursor> cursor; ///< rows after it; with isBackwards the rows before it
    bool isBackwards = false;
    int limit = 100; ///< 1 to 1,000

    friend bool operator==(const DeviceQuery&, const DeviceQuery&) = default;
};

/// Rows in the query's order, whichever way the page was fetched.
struct DevicePage {
    std::vector<DeviceRow> rows;
    std::optional<DeviceCursor> previous; ///< set when there are rows before this page
    std::optional<DeviceCursor> next;     ///< set when there are rows after this page
};

/// A log row with the console's note about it.
struct LogEntry {
    rules::LogRow row;
    std::optional<rules::LogNote> note;

    friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

/// Log rows of one device (or of one user or event id), newest first unless said otherwise; id order is commit order
/// per device.
struct LogQuery {
    std::optional<base::DeviceId> deviceId;
    std::optional<base::UserId> userId;  ///< rows written while the device was this user's, of all bindings
    QString eventId;                     ///< not empty: rows that carry it
    std::optional<base::LogId> beforeId; ///< only rows with a smaller id
    std::optional<base::LogId> afterId;  ///< only rows with a greater id
    std::optional<qint64> fromUs;        ///< inclusive
    std::optional<qint64> toUs;          ///< exclusive
    bool isOldestFirst = false;
    int limit = 100; ///< 1 to 10,000

    friend bool operator==(const LogQuery&, const LogQuery&) = default;
};

struct LogPage {
    std::vector<LogEntry> entries;
    bool hasMore = false;
};

/// A member of staff with the password hash Django stores.
struct OperatorRecord {
    rules::Operator person;
    QString passwordHash;
};

} // namespace affinity::store
