#include "engine/store/memorytransaction.h"

#include "engine/store/edits.h"

#include <cstdlib>

namespace affinity::store {

using base::Result;

MemoryTransaction::MemoryTransaction(std::shared_ptr<MemoryDatabase> database, const base::Clock& clock, Access access,
                                     std::shared_ptr<int> openTransactions)
    : m_database(std::move(database)),
      m_tables(m_database->tables()),
      m_clock(clock),
      m_access(access),
      m_openTransactions(std::move(openTransactions)) {
}

MemoryTransaction::~MemoryTransaction() {
    if (!m_isOver)
        rollBack();
}

void MemoryTransaction::rollBack() {
    for (auto undo = m_undo.rbegin(); undo != m_undo.rend(); ++undo)
        (*undo)();
    end();
}

void MemoryTransaction::end() {
    m_undo.clear();
    m_isOver = true;
    *m_openTransactions = 0;
    if (m_access == Access::Write)
        m_database->lock().unlockWrite();
    else
        m_database->lock().unlockRead();
}

Result<void> MemoryTransaction::lockEventId(const QString&) {
    return m_isOver ? Result<void>(transactionIsOver()) : Result<void>(); // the write lock covers every event id
}

Result<std::optional<rules::Binding>> MemoryTransaction::lockBinding(base::DeviceId id) {
    if (m_isOver)
        return transactionIsOver();
    const rules::Binding* binding = m_tables.binding(id);
    return binding ? std::optional(*binding) : std::nullopt;
}

Result<qint64> MemoryTransaction::nowUs() {
    return m_clock.nowUs();
}

Result<rules::Setting> MemoryTransaction::setting() {
    if (m_isOver)
        return transactionIsOver();
    return m_tables.ruleSet().setting;
}

Result<std::vector<rules::Level>> MemoryTransaction::levels() {
    if (m_isOver)
        return transactionIsOver();
    return m_tables.ruleSet().levels;
}

Result<std::optional<rules::Rule>> MemoryTransaction::liveRule(const QString& key) {
    if (m_isOver)
        return transactionIsOver();
    for (const rules::Rule& rule : m_tables.ruleSet().rules) {
        if (rule.key == key && rule.isEnabled && !rule.isDeleted)
            return std::optional(rule);
    }
    return std::optional<rules::Rule>();
}

Result<FenceFacts> MemoryTransaction::fence(const FenceQuery& query) {
    if (m_isOver)
        return transactionIsOver();
    FenceFacts facts;
    if (!query.eventId.isEmpty()) {
        const std::vector<size_t>& places = m_tables.logOfEvent(query.eventId);
        for (auto place = places.rbegin(); place != places.rend() && !facts.event; ++place) {
            if (m_tables.log()[*place].createdAtUs > query.eventAfterUs)
                facts.event = m_tables.log()[*place];
        }
    }
    const auto end = m_tables.logOfDevice(query.deviceId).end();
    const qint64 sinceUs = std::min(query.dayStartUs, query.cooldownAfterUs);
    for (auto place = m_tables.logOfDeviceSince(query.deviceId, sinceUs); place != end; ++place) {
        const rules::LogRow& row = m_tables.log()[*place];
        if (row.ruleId && row.ruleKey == query.ruleKey && row.createdAtUs > query.cooldownAfterUs)
            facts.lastAppliedAtUs = std::max(facts.lastAppliedAtUs.value_or(row.createdAtUs), row.createdAtUs);
        if (row.createdAtUs >= query.dayStartUs && row.createdAtUs < query.dayEndUs)
            facts.changes.push_back({row.id, row.ruleKey, row.changeValue, row.createdAtUs, !row.ruleId});
    }
    return facts;
}

Result<std::vector<int>> MemoryTransaction::grantedLevels(base::DeviceId id) {
    if (m_isOver)
        return transactionIsOver();
    std::vector<int> levels;
    for (const rules::Grant& grant : m_tables.grants(id))
        levels.push_back(grant.level);
    return levels;
}

std::optional<LogEntry> MemoryTransaction::entry(const rules::LogRow* row) const {
    return row ? std::optional(m_tables.entry(*row)) : std::nullopt;
}

Result<std::optional<LogEntry>> MemoryTransaction::logEntry(base::LogId id) {
    if (m_isOver)
        return transactionIsOver();
    return entry(m_tables.logRow(id));
}

Result<std::optional<LogEntry>> MemoryTransaction::operation(const QString& operationId) {
    if (m_isOver)
        return transactionIsOver();
    return entry(operationId.isEmpty() ? nullptr : m_tables.operation(operationId));
}

Result<std::optional<LogEntry>> MemoryTransaction::reversalOf(base::LogId id) {
    if (m_isOver)
        return transactionIsOver();
    return entry(m_tables.reversalOf(id));
}

Result<qint64> MemoryTransaction::adjustedPoints(base::OperatorId operatorId, base::DeviceId deviceId, qint64 fromUs,
                                                 qint64 toUs) {
    if (m_isOver)
        return transactionIsOver();
    qint64 points = 0;
    for (const size_t place : m_tables.adjustmentsOf(operatorId)) {
        const rules::LogRow& row = m_tables.log()[place];
        const bool isWanted =
            (!deviceId.isValid() || row.deviceId == deviceId) && row.createdAtUs >= fromUs && row.createdAtUs < toUs;
        points += isWanted ? std::abs(static_cast<qint64>(row.changeValue)) : 0;
    }
    return points;
}

Result<WriteReceipt> MemoryTransaction::write(const WritePlan& plan) {
    if (m_isOver)
        return transactionIsOver();
    Result<WriteReceipt> receipt = m_access == Access::Write ? carryOut(plan) : Result<WriteReceipt>(readTransaction());
    if (!receipt)
        rollBack();
    return receipt;
}

Result<WriteReceipt> MemoryTransaction::carryOut(const WritePlan& plan) {
    if (const Result<void> done = writeBinding(plan); !done)
        return done.error();
    const Result<base::LogId> logId = writeLog(plan);
    if (!logId)
        return logId.error();
    if (plan.counter) {
        if (const Result<void> done = m_tables.addCounter(*plan.counter); !done)
            return done.error();
        m_undo.emplace_back([this, increment = *plan.counter] { m_tables.subtractCounter(increment); });
    }
    const Result<std::vector<GrantOutcome>> grants = writeGrants(plan);
    if (!grants)
        return grants.error();
    return WriteReceipt{*logId, *grants};
}

Result<void> MemoryTransaction::writeBinding(const WritePlan& plan) {
    const rules::Binding* found = m_tables.binding(plan.log.deviceId);
    if (!found || found->favorability != plan.log.beforeValue)
        return valueMoved(plan.log.deviceId, plan.log.beforeValue);
    const rules::Binding before = *found;
    rules::Binding after = before;
    after.favorability = plan.log.afterValue;
    if (plan.refreshesActivity)
        after.lastActiveAtUs = plan.log.createdAtUs;
    after.affinityLevel = plan.newLevel.value_or(before.affinityLevel);
    if (const Result<void> done = m_tables.replaceBinding(after); !done)
        return done;
    m_undo.emplace_back([this, before] { static_cast<void>(m_tables.replaceBinding(before).isOk()); });
    return {};
}

Result<base::LogId> MemoryTransaction::writeLog(const WritePlan& plan) {
    rules::LogRow row = plan.log;
    row.id = {};
    Result<base::LogId> id = m_tables.addLog(std::move(row));
    if (!id)
        return id;
    m_undo.emplace_back([this] { m_tables.removeLastLog(); });
    if (m_database->options().isPrepared) {
        rules::LogNote note = plan.note;
        note.logId = *id;
        if (const Result<void> done = m_tables.addNote(note); !done)
            return done.error();
        m_undo.emplace_back([this, noted = *id] { m_tables.removeNote(noted); });
    }
    return id;
}

Result<std::vector<GrantOutcome>> MemoryTransaction::writeGrants(const WritePlan& plan) {
    std::vector<GrantOutcome> outcomes;
    for (const rules::Level& level : plan.grants) {
        const rules::Grant grant{0, plan.log.deviceId, level.level, level.rewards, plan.log.createdAtUs};
        const Result<bool> added = m_tables.addGrant(grant);
        if (!added)
            return added.error();
        outcomes.push_back(
            {level.level, *added ? GrantOutcome::Kind::Granted : GrantOutcome::Kind::AlreadyGranted, {}});
        if (*added)
            m_undo.emplace_back(
                [this, id = grant.deviceId, number = level.level] { m_tables.removeGrant(id, number); });
    }
    return outcomes;
}

Result<void> MemoryTransaction::commit() {
    if (m_isOver)
        return transactionIsOver();
    end();
    return {};
}

} // namespace affinity::store
