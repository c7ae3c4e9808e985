// SqlOutbox: the outbox in the console's tables of an SQL store.
#pragma once

#include "engine/store/outbox.h"
#include "engine/store/sqlconnection.h"

#include <functional>

namespace affinity::store {

/// The statements that write a change's entries, inside its transaction.
std::vector<SqlCall> insertsOf(const OutboxEntries& entries);

/// Shares its store's connection.
class SqlOutbox final : public Outbox {
public:
    /// `isTransactionOpen` is the store's word that a transaction is under way.
    SqlOutbox(std::shared_ptr<SqlConnection> connection, std::shared_ptr<bool> isTransactionOpen);

    base::Result<bool> lease(const QString& holder, qint64 nowUs, qint64 lengthUs) override;
    base::Result<void> release(const QString& holder, qint64 nowUs) override;
    base::Result<std::vector<OutboxRow>> confirms(qint64 beforeUs, int most) override;
    base::Result<void> removeConfirms(const std::vector<base::LogId>& logIds) override;
    base::Result<std::vector<OutboxRow>> claimPushes(const QString& holder, qint64 nowUs, int most) override;
    base::Result<void> removePushes(const std::vector<qint64>& ids) override;
    base::Result<bool> unclaimPushes(const QString& holder, const std::vector<qint64>& ids) override;
    base::Result<qint64> forgetClaims(qint64 beforeUs) override;
    base::Result<std::vector<RewardDelivery>> dueDeliveries(qint64 nowUs, int most) override;
    base::Result<bool> settle(const RewardDelivery& delivery) override;
    base::Result<std::vector<RewardDelivery>> deliveries(const DeliveryQuery& query) override;
    base::Result<bool> sendAgain(qint64 id, qint64 nowUs) override;
    base::Result<OutboxFigures> figures() override;

private:
    /// Runs `work` in a transaction and commits it, unless `work` fails or says that there is nothing to keep.
    base::Result<void> inTransaction(const std::function<base::Result<bool>()>& work);
    base::Result<void> runEach(Statement statement, const std::vector<QVariantList>& values);

    std::shared_ptr<SqlConnection> m_connection;
    std::shared_ptr<bool> m_isTransactionOpen;
};

} // namespace affinity::store
