// The rows that production keeps, as plain values: users, bindings, log rows, grants, daily counters, staff.
#pragma once

#include "engine/base/id.h"
#include "engine/base/json.h"

#include <QDate>
#include <QString>

#include <optional>

namespace affinity::rules {

/// An end user of the companion app (userapp_paradiseuser).
struct User {
    base::UserId id;
    QString username;
    QString nickname;
    bool isActive = true;
    qint64 createdAtUs = 0;

    friend bool operator==(const User&, const User&) = default;
};

/// One binding of a device to a user (device_interaction_userdevice).
struct Binding {
    base::DeviceId id;
    base::UserId userId;
    QString serial;
    QString nickname;
    int favorability = 0;  ///< the value, points
    int affinityLevel = 0; ///< cached level
    std::optional<qint64> lastActiveAtUs;
    qint64 boundAtUs = 0;
    std::optional<qint64> unboundAtUs;

    bool isActive() const { return !unboundAtUs; }
    friend bool operator==(const Binding&, const Binding&) = default;
};

/// One value change (userapp_affinitylog).
struct LogRow {
    base::LogId id;
    base::UserId userId;
    base::DeviceId deviceId;
    std::optional<base::RuleId> ruleId; ///< nothing for adjustments
    QString ruleKey;
    int changeValue = 0;
    int beforeValue = 0;
    int afterValue = 0;
    QString source;
    QString eventId; ///< empty is NULL in the table
    QString reason;
    base::Json metadata = base::Json::object();
    std::optional<base::OperatorId> operatorId;
    qint64 createdAtUs = 0;

    friend bool operator==(const LogRow&, const LogRow&) = default;
};

/// What production's log has no column for (affinity_console_log_note); one per log row of ours on a prepared store.
struct LogNote {
    base::LogId logId;
    QString operationId; ///< of an adjustment; unique; empty for events
    QString reasonCode;
    QString ticket;
    std::optional<int> drawnChange;           ///< of an event, before any cap
    std::optional<base::LogId> reversesLogId; ///< the row this one takes back

    friend bool operator==(const LogNote&, const LogNote&) = default;
};

/// One (device, level) whose rewards were granted (userapp_userlevelrewardgrant).
struct Grant {
    qint64 id = 0;
    base::DeviceId deviceId;
    int level = 0;
    base::Json rewards = base::Json::array();
    qint64 grantedAtUs = 0;

    friend bool operator==(const Grant&, const Grant&) = default;
};

/// The audit copy of what counters count (userapp_useraffinitydailycounter).
struct DailyCounter {
    qint64 id = 0;
    base::DeviceId deviceId;
    base::RuleId ruleId;
    QDate date;                   ///< local day of the setting's zone
    qint64 accumulatedChange = 0; ///< signed sum
    qint64 triggerCount = 0;

    friend bool operator==(const DailyCounter&, const DailyCounter&) = default;
};

/// A row of auth_user.
struct Operator {
    base::OperatorId id;
    QString username;
    bool isActive = false;
    bool isStaff = false;
    bool isSuperuser = false;
    bool isDesigner = false; ///< superuser or member of the group affinity_designers

    friend bool operator==(const Operator&, const Operator&) = default;
};

/// The part of a log row that caps are worked out from.
struct RecentChange {
    base::LogId logId;
    QString ruleKey;
    int changeValue = 0;
    qint64 createdAtUs = 0;
    bool isAdjustment = false; ///< no rule: uses no cap

    friend bool operator==(const RecentChange&, const RecentChange&) = default;
};

} // namespace affinity::rules
