// MemoryTransaction: reads under the database's lock; what it writes is taken back unless it is committed.
#pragma once

#include "engine/store/memorydatabase.h"

#include <functional>

namespace affinity::store {

/// Made by MemoryStore::begin, which took the lock; ends the lock when it is over.
class MemoryTransaction final : public Transaction {
public:
    MemoryTransaction(std::shared_ptr<MemoryDatabase> database, const base::Clock& clock, Access access,
                      std::shared_ptr<int> openTransactions);
    ~MemoryTransaction() override;
    MemoryTransaction(const MemoryTransaction&) = delete;
    MemoryTransaction& operator=(const MemoryTransaction&) = delete;

    base::Result<void> lockEventId(const QString& eventId) override;
    base::Result<std::optional<rules::Binding>> lockBinding(base::DeviceId id) override;
    base::Result<qint64> nowUs() override;
    base::Result<rules::Setting> setting() override;
    base::Result<std::vector<rules::Level>> levels() override;
    base::Result<std::optional<rules::Rule>> liveRule(const QString& key) override;
    base::Result<FenceFacts> fence(const FenceQuery& query) override;
    base::Result<std::vector<int>> grantedLevels(base::DeviceId id) override;
    base::Result<std::optional<LogEntry>> logEntry(base::LogId id) override;
    base::Result<std::optional<LogEntry>> operation(const QString& operationId) override;
    base::Result<std::optional<LogEntry>> reversalOf(base::LogId id) override;
    base::Result<qint64> adjustedPoints(base::OperatorId operatorId, base::DeviceId deviceId, qint64 fromUs,
                                        qint64 toUs) override;
    base::Result<WriteReceipt> write(const WritePlan& plan) override;
    base::Result<void> commit() override;

private:
    base::Result<WriteReceipt> carryOut(const WritePlan& plan);
    base::Result<void> writeBinding(const WritePlan& plan);
    base::Result<base::LogId> writeLog(const WritePlan& plan);
    base::Result<std::vector<GrantOutcome>> writeGrants(const WritePlan& plan);
    std::optional<LogEntry> entry(const rules::LogRow* row) const;
    void rollBack();
    void end();

    std::shared_ptr<MemoryDatabase> m_database;
    MemoryTables& m_tables;
    const base::Clock& m_clock;
    Access m_access;
    std::shared_ptr<int> m_openTransactions;
    std::vector<std::function<void()>> m_undo; ///< newest last
    bool m_isOver = false;
};

} // namespace affinity::store
