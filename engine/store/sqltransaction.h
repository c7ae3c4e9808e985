// SqlTransaction: from BEGIN to COMMIT on one SQL connection; rolls back after any error.
#pragma once

#include "engine/store/sqlconnection.h"

namespace affinity::store {

/// Made by SqlStore::begin, which began it.
class SqlTransaction final : public Transaction {
public:
    /// `isOpen` tells the store that a transaction is under way; it is cleared when this one is over.
    SqlTransaction(std::shared_ptr<SqlConnection> connection, const base::Clock* clock, Access access, bool isEmbedded,
                   std::shared_ptr<bool> isOpen);
    ~SqlTransaction() override;
    SqlTransaction(const SqlTransaction&) = delete;
    SqlTransaction& operator=(const SqlTransaction&) = delete;

    base::Result<void> lockEventId(const QString& eventId) override;
    base::Result<std::optional<rules::Binding>> lockBinding(base::DeviceId id) override;
    base::Result<qint64> nowUs() override;
    base::Result<rules::Setting> setting() override;
    base::Result<std::vector<rules::Level>> levels() override;
    base::Result<std::optional<rules::Rule>> liveRule(const QString& key) override;
    base::Result<StoredSituation> lockAndLoad(const SituationQuery& query) override;
    base::Result<FenceFacts> fence(const FenceQuery& query) override;
    base::Result<std::vector<int>> grantedLevels(base::DeviceId id) override;
    base::Result<std::optional<LogEntry>> logEntry(base::LogId id) override;
    base::Result<std::optional<LogEntry>> operation(const QString& operationId) override;
    base::Result<std::optional<LogEntry>> reversalOf(base::LogId id) override;
    base::Result<qint64> adjustedPoints(base::OperatorId operatorId, base::DeviceId deviceId, qint64 fromUs,
                                        qint64 toUs) override;
    base::Result<WriteReceipt> write(const WritePlan& plan) override;
    base::Result<void> writeOutbox(const OutboxEntries& entries) override;
    base::Result<void> commit() override;

private:
    /// Hands a result on; an error ends the transaction first.
    template<typename T> base::Result<T> ended(base::Result<T> result) {
        if (!result)
            rollBack();
        return result;
    }
    bool isAdjustingOnly() const;
    Statement bindingStatement() const;
    base::Result<void> lockName(const QString& name);
    base::Result<std::vector<int>> readGrantedLevels(base::DeviceId id);
    base::Result<StoredSituation> readSituation(const SituationQuery& query);
    base::Result<FenceFacts> readFence(const FenceQuery& query);
    base::Result<std::optional<LogEntry>> noteOrMetadata(Statement byNote, Statement byMetadata, const QVariant& key);
    base::Result<WriteReceipt> carryOut(const WritePlan& plan);
    base::Result<void> writeNote(const rules::LogNote& note, base::LogId id);
    base::Result<GrantOutcome> writeGrant(const rules::LogRow& log, const rules::Level& level);
    void rollBack();
    void end();

    std::shared_ptr<SqlConnection> m_connection;
    const base::Clock* m_clock; ///< null: the server's clock counts
    Access m_access;
    bool m_isEmbedded;
    std::shared_ptr<bool> m_isOpen;
    bool m_isOver = false;
};

} // namespace affinity::store
