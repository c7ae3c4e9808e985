// Counters: the fast refusal before SQL (event ids, cooldowns, day sums), kept in Redis or in this process.
#pragma once

#include "engine/base/id.h"
#include "engine/base/result.h"

#include <QDate>
#include <QString>

namespace affinity::store {

/// How long an event id refuses a second effect.
inline constexpr qint64 eventWindowSeconds = 60;
/// How long a day's sums are kept, from their first write.
inline constexpr qint64 daySumSeconds = 172'800;

/// Which counters one event looks at.
struct CounterQuery {
    base::DeviceId deviceId;
    QString ruleKey;
    QString eventId; ///< empty: none
    QDate date;      ///< local day
};

/// What the counters say. Absent keys read as not set and 0.
struct CounterFacts {
    bool isEventSeen = false;
    bool isCooldownRunning = false;
    qint64 cooldownLeftUs = 0;
    qint64 ruleDaySum = 0;
    qint64 globalDaySum = 0;

    friend bool operator==(const CounterFacts&, const CounterFacts&) = default;
};

/// What one applied event adds.
struct CounterConfirm {
    base::LogId logId; ///< marks the confirm: the same id counts once however often it is sent
    base::DeviceId deviceId;
    QString ruleKey;
    QString eventId; ///< empty: none
    QDate date;
    int cooldownSeconds = 0; ///< 0: no cooldown key
    int ruleDayAdd = 0;
    int globalDayAdd = 0; ///< 0: the global key is not touched
};

/// One counter as replay's state file shows it.
struct CounterEntry {
    QString key; ///< production's Redis key, ":1:affinity:cd:3:gift"
    QString value;
    qint64 ttlSeconds = 0; ///< left, rounded half up

    friend bool operator==(const CounterEntry&, const CounterEntry&) = default;
};

/// Memory and Redis implementations pass one contract suite. Used on one thread at a time.
class Counters {
public:
    virtual ~Counters() = default;
    virtual base::Result<CounterFacts> read(const CounterQuery& query) = 0;
    /// Idempotent by logId.
    virtual base::Result<void> confirm(const CounterConfirm& confirm) = 0;
    /// All counters, sorted by key.
    virtual base::Result<std::vector<CounterEntry>> entries() = 0;
};

} // namespace affinity::store
