#include "engine/store/memorydatabase.h"

#include <limits>

namespace affinity::store {

using base::Result;

namespace {

/// Holds the write lock for one row.
class Holder {
public:
    explicit Holder(ReadWriteLock& lock) : m_lock(lock) {
        while (!lock.lockForWrite(std::numeric_limits<int>::max())) {
        }
    }
    ~Holder() { m_lock.unlockWrite(); }
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;

private:
    ReadWriteLock& m_lock;
};

} // namespace

Result<base::UserId> MemoryDatabase::add(rules::User user) {
    const Holder holder(m_lock);
    return m_tables.addUser(std::move(user));
}

Result<base::DeviceId> MemoryDatabase::add(rules::Binding binding) {
    const Holder holder(m_lock);
    return m_tables.addBinding(std::move(binding));
}

Result<base::RuleId> MemoryDatabase::add(rules::Rule rule) {
    const Holder holder(m_lock);
    return m_tables.addRule(std::move(rule));
}

Result<void> MemoryDatabase::add(rules::Level level) {
    const Holder holder(m_lock);
    return m_tables.addLevel(std::move(level));
}

Result<base::OperatorId> MemoryDatabase::add(OperatorRecord record) {
    const Holder holder(m_lock);
    return m_tables.addOperator(std::move(record));
}

Result<base::LogId> MemoryDatabase::add(rules::LogRow row) {
    const Holder holder(m_lock);
    return m_tables.addLog(std::move(row));
}

Result<void> MemoryDatabase::add(const rules::LogNote& note) {
    const Holder holder(m_lock);
    return m_tables.addNote(note);
}

Result<void> MemoryDatabase::add(const rules::Grant& grant) {
    const Holder holder(m_lock);
    const Result<bool> added = m_tables.addGrant(grant);
    if (!added)
        return added.error();
    if (!*added)
        return base::Error{
            base::ErrorKind::Refused,
            QStringLiteral("Level %1 of binding %2 was granted before.").arg(grant.level).arg(grant.deviceId.value)};
    return {};
}

Result<void> MemoryDatabase::add(const rules::DailyCounter& counter) {
    const Holder holder(m_lock);
    return m_tables.addCounter(counter);
}

Result<void> MemoryDatabase::set(const rules::Setting& setting) {
    const Holder holder(m_lock);
    return m_tables.setSetting(setting);
}

Result<void> MemoryDatabase::add(const rules::RuleSet& ruleSet) {
    if (const Result<void> done = set(ruleSet.setting); !done)
        return done;
    for (const rules::Rule& rule : ruleSet.rules) {
        if (const Result<base::RuleId> done = add(rule); !done)
            return done.error();
    }
    for (const rules::Level& level : ruleSet.levels) {
        if (const Result<void> done = add(level); !done)
            return done;
    }
    return {};
}

} // namespace affinity::store
