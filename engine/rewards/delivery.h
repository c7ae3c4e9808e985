// Delivery: the reward of one level, as it is told to an outside system.
#pragma once

#include "engine/base/id.h"
#include "engine/base/json.h"

#include <QByteArray>
#include <QString>

namespace affinity::rewards {

/// One row of the delivery table and which attempt this is.
struct Delivery {
    base::DeviceId deviceId;
    base::UserId userId;
    int level = 0;
    QString name;           ///< of the level
    base::Json rewards;     ///< the level's reward list as it was when it was granted
    base::LogId logId;      ///< the log row that reached the level; invalid: none
    qint64 createdAtUs = 0; ///< when it was granted, microseconds since 1970 UTC
    int attempt = 1;        ///< 1 for the first

    friend bool operator==(const Delivery&, const Delivery&) = default;
};

/// "affinity-reward-DEVICE-LEVEL": the same for every attempt, restart and console, so that a receiver that keeps it
/// gives the reward once. Stable within one store; stores that share a receiver need an address each. Pure; any thread.
QString idempotencyKey(const Delivery& delivery);

/// The request's body: {"type":"level_reward","device_id":…,"user_id":…,"level":…,"name":…,"rewards":…,"log_id":…,
/// "granted_at":"2026-03-06T21:46:37.058799+00:00"}, compact UTF-8, the same bytes for every attempt. log_id is null
/// without a log row; bytes of a database that are no UTF-8 become U+FFFD. Pure; any thread.
QByteArray bodyOf(const Delivery& delivery);

} // namespace affinity::rewards
