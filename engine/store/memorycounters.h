// MemoryCounters: counters of this process alone, with production's keys and life times; SQL stays the fence.
#pragma once

#include "engine/base/clock.h"
#include "engine/store/counterkeys.h"
#include "engine/store/counters.h"

#include <map>
#include <unordered_map>

namespace affinity::store {

/// A key is gone when now ≥ its deadline. `clock` outlives it. Never lost while it lives, so it always reads as whole.
class MemoryCounters final : public Counters {
public:
    explicit MemoryCounters(const base::Clock& clock);

    base::Result<CounterFacts> read(const CounterQuery& query) override;
    base::Result<void> confirm(const CounterConfirm& confirm) override;
    base::Result<std::vector<CounterEntry>> entries() override;
    base::Result<void> raiseTo(const CounterRaise& raise) override;
    base::Result<std::vector<CounterState>> deviceCounters(base::DeviceId id, const QStringList& ruleKeys,
                                                           QDate date) override;

private:
    struct Entry {
        qint64 number = 0;
        qint64 deadlineUs = 0;
    };
    const Entry* find(const QString& key) const;
    CounterState stateOf(CounterKind kind, const QString& ruleKey, const QString& key) const;
    void add(const QString& key, qint64 number, qint64 lifeSeconds);
    void raise(const QString& key, qint64 number);
    void set(const QString& key, qint64 leftUs);
    void removeExpired();

    const base::Clock& m_clock;
    const CounterKeys m_keys; ///< production's default prefix and version
    std::map<QString, Entry> m_entries;
    std::unordered_map<qint64, qint64> m_confirmed; ///< log ids that were counted → when that may be forgotten
    qint64 m_confirmsUntilClean = 0;
};

} // namespace affinity::store
