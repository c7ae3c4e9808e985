// MemoryDatabase: the rows that several MemoryStores, each on its own thread, share; and how tests and demos fill it.
#pragma once

#include "engine/store/memorytables.h"
#include "engine/store/readwritelock.h"

namespace affinity::store {

struct MemoryOptions {
    bool isPrepared = true; ///< false: like a bare Django schema, no notes

    friend bool operator==(const MemoryOptions&, const MemoryOptions&) = default;
};

/// Any thread. A write transaction holds the write lock from its beginning to its end, a read transaction the read
/// lock.
class MemoryDatabase {
public:
    explicit MemoryDatabase(MemoryOptions options = {}) : m_options(options) {}

    // Seeding: one row each; ids of 0 become the next id. Refused when a constraint says no, as in MemoryTables. They
    // wait for a running transaction, so never call them from the thread that holds one.
    base::Result<base::UserId> add(rules::User user);
    base::Result<base::DeviceId> add(rules::Binding binding);
    base::Result<base::RuleId> add(rules::Rule rule);
    base::Result<void> add(rules::Level level);
    base::Result<base::OperatorId> add(OperatorRecord record);
    base::Result<base::LogId> add(rules::LogRow row);
    base::Result<void> add(const rules::LogNote& note);
    base::Result<void> add(const rules::Grant& grant);
    base::Result<void> add(const rules::DailyCounter& counter);
    base::Result<void> set(const rules::Setting& setting);
    /// Setting, rules and levels of a whole rule set.
    base::Result<void> add(const rules::RuleSet& ruleSet);

    const MemoryOptions& options() const { return m_options; }
    ReadWriteLock& lock() const { return m_lock; }
    /// The rows; only while lock() is held.
    MemoryTables& tables() { return m_tables; }
    const MemoryTables& tables() const { return m_tables; }

private:
    MemoryOptions m_options;
    mutable ReadWriteLock m_lock;
    MemoryTables m_tables;
};

} // namespace affinity::store
