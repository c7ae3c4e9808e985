// CounterKeys: the names of production's counters, shared by Redis and memory, and how long a confirm's keys live.
#pragma once

#include "engine/store/counters.h"

namespace affinity::store {

/// Which counters of a Redis are ours: Django's KEY_PREFIX and VERSION, from the profile. Any characters.
struct CounterNames {
    QString prefix; ///< empty is Django's default: keys begin with ":1:"
    int version = 1;

    friend bool operator==(const CounterNames&, const CounterNames&) = default;
};

/// Names keys as Django's cache does: `{prefix}:{version}:{key}`. Any thread.
class CounterKeys {
public:
    explicit CounterKeys(const CounterNames& names = {});

    /// "{prefix}:{version}:affinity:", the beginning of all keys below.
    const QString& start() const { return m_start; }
    QString cooldown(base::DeviceId id, const QString& ruleKey) const;
    QString day(base::DeviceId id, const QString& ruleKey, QDate date) const;
    QString globalDay(base::DeviceId id, QDate date) const;
    /// An event id is global, not per device.
    QString event(const QString& eventId) const;
    /// Whether a key is one of the four kinds above, which production knows too.
    bool isProductions(const QString& key) const;

    // The console's own names, which production never uses.
    /// Says that the log row was counted.
    QString confirmed(base::LogId id) const;
    /// Its absence says that counters were lost.
    QString epoch() const;
    /// Its absence says that they were lost during this rebuild.
    QString rebuild(const QString& rebuildId) const;

private:
    QString m_start;
};

/// Whether every key the confirm would write is over already.
bool isTooLate(const CounterConfirm& confirm);
/// Microseconds left of the confirm's cooldown; 0 and below: over.
qint64 cooldownLeftUs(const CounterConfirm& confirm);
/// Microseconds left of the confirm's event window; 0 and below: over.
qint64 eventLeftUs(const CounterConfirm& confirm);

} // namespace affinity::store
