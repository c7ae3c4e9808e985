// MemoryTables: production's rows in plain containers, with the indexes that the engine's questions need.
#pragma once

#include "engine/base/result.h"
#include "engine/rules/records.h"
#include "engine/rules/ruleset.h"
#include "engine/store/queries.h"
#include "engine/store/store.h"

#include <map>
#include <unordered_map>
#include <vector>

namespace affinity::store {

/// The rows of one memory database. Keeps its indexes and production's constraints; knows no lock and no transaction.
/// Every add… gives a row without an id (0) the next id of its table, and answers Refused when a constraint of
/// production's schema says no: unique keys, references, value ≥ 0.
class MemoryTables {
public:
    base::Result<base::UserId> addUser(rules::User user);
    base::Result<base::DeviceId> addBinding(rules::Binding binding);
    base::Result<base::RuleId> addRule(rules::Rule rule);
    base::Result<void> addLevel(rules::Level level);
    base::Result<base::OperatorId> addOperator(OperatorRecord record);
    /// Ids ascend: an id that is not above every earlier row's is refused.
    base::Result<base::LogId> addLog(rules::LogRow row);
    base::Result<void> addNote(const rules::LogNote& note);
    /// Adds a grant; false when (device, level) has one already.
    base::Result<bool> addGrant(rules::Grant grant);
    /// Adds to the counter of (device, rule, date), or makes it.
    base::Result<void> addCounter(const rules::DailyCounter& increment);
    base::Result<void> setSetting(const rules::Setting& setting);
    base::Result<void> replaceBinding(const rules::Binding& binding);
    base::Result<void> replaceRule(const rules::Rule& rule);

    // Undoing, newest first. Each takes back what the last add of its kind did.
    void removeLastLog();
    void removeNote(base::LogId id);
    void removeGrant(base::DeviceId id, int level);
    void subtractCounter(const rules::DailyCounter& increment);

    const std::map<base::UserId, rules::User>& users() const { return m_users; }
    const std::map<base::DeviceId, rules::Binding>& bindings() const { return m_bindings; }
    const rules::RuleSet& ruleSet() const { return m_ruleSet; }
    const std::vector<OperatorRecord>& operators() const { return m_operators; }
    /// All log rows, ids ascending.
    const std::vector<rules::LogRow>& log() const { return m_log; }

    const rules::Binding* binding(base::DeviceId id) const;
    const rules::User* user(base::UserId id) const;
    const rules::LogRow* logRow(base::LogId id) const;
    const rules::LogNote* note(base::LogId id) const;
    LogEntry entry(const rules::LogRow& row) const;
    /// The row of an operation id, by its note or its metadata.
    const rules::LogRow* operation(const QString& operationId) const;
    const rules::LogRow* reversalOf(base::LogId id) const;
    /// Places in log() of a device's rows, ascending.
    const std::vector<size_t>& logOfDevice(base::DeviceId id) const;
    /// The places from which rows at or after a time can stand; everything when times are not in order.
    std::vector<size_t>::const_iterator logOfDeviceSince(base::DeviceId id, qint64 fromUs) const;
    const std::vector<size_t>& logOfEvent(const QString& eventId) const;
    const std::vector<size_t>& adjustmentsOf(base::OperatorId id) const;
    std::vector<rules::Grant> grants(base::DeviceId id) const; ///< by level
    std::vector<rules::Grant> allGrants() const;
    std::vector<rules::DailyCounter> counters(base::DeviceId id, QDate from) const; ///< newest first, then by rule
    std::vector<rules::DailyCounter> allCounters() const;
    bool hasNotes() const { return !m_notes.empty(); }

private:
    struct DeviceLog {
        std::vector<size_t> places;
        bool isChronological = true;
    };
    struct CounterKey {
        base::DeviceId deviceId;
        QDate date;
        base::RuleId ruleId;
        friend bool operator<(const CounterKey& left, const CounterKey& right) {
            return std::tie(left.deviceId, left.date, left.ruleId) < std::tie(right.deviceId, right.date, right.ruleId);
        }
    };
    base::Result<void> checkReferences(const rules::LogRow& row) const;
    bool isSerialTaken(const rules::Binding& binding) const;

    std::map<base::UserId, rules::User> m_users;
    std::unordered_map<QString, base::UserId> m_userByName;
    std::map<base::DeviceId, rules::Binding> m_bindings;
    std::unordered_map<QString, std::vector<base::DeviceId>> m_bindingsBySerial;
    rules::RuleSet m_ruleSet;
    std::vector<OperatorRecord> m_operators;
    std::vector<rules::LogRow> m_log;
    qint64 m_greatestLogId = 0;
    std::unordered_map<qint64, DeviceLog> m_logOfDevice;
    std::unordered_map<QString, std::vector<size_t>> m_logOfEvent;
    std::unordered_map<qint64, std::vector<size_t>> m_adjustmentsOf; ///< by operator
    std::unordered_map<qint64, rules::LogNote> m_notes;              ///< by log id
    std::unordered_map<QString, base::LogId> m_operations;
    std::unordered_map<qint64, base::LogId> m_reversals; ///< reversed id → the row that reverses it
    std::map<CounterKey, rules::DailyCounter> m_counters;
    qint64 m_greatestCounterId = 0;
    std::map<std::pair<base::DeviceId, int>, rules::Grant> m_grants;
    qint64 m_greatestGrantId = 0;
};

} // namespace affinity::store
