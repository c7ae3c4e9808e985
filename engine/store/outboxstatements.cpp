#include "engine/store/statements.h"

namespace affinity::store {

namespace {

QString outboxColumns() {
    return QStringLiteral("id, kind, log_id, device_id, user_id, payload, created_at");
}

QString deliveryColumns() {
    return QStringLiteral("id, device_id, level, log_id, user_id, name, rewards, state, connector, attempts, "
                          "created_at, next_attempt_at, delivered_at, last_error");
}

/// A level that was granted anew after somebody took its grant away is delivered once all the same.
QString insertDeliveryText(Dialect dialect) {
    const QString values = QStringLiteral("INTO affinity_console_reward_delivery (device_id, level, log_id, user_id, "
                                          "name, rewards, state, connector, attempts, created_at, next_attempt_at, "
                                          "delivered_at, last_error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (dialect == Dialect::MariaDb) // IGNORE would pass over every other fault, too
        return QStringLiteral("INSERT %1 ON DUPLICATE KEY UPDATE id = id").arg(values);
    return QStringLiteral("INSERT %1 ON CONFLICT (device_id, level) DO NOTHING").arg(values);
}

QString lockLeaseText(Dialect dialect) {
    const QString read = QStringLiteral("SELECT holder, lease_until FROM affinity_console_relay_lease WHERE id = 1");
    return dialect == Dialect::Sqlite ? read : read + QStringLiteral(" FOR UPDATE");
}

QString deliveriesText(Statement statement, Dialect dialect) {
    switch (statement) {
    case Statement::InsertDelivery:
        return insertDeliveryText(dialect);
    case Statement::SelectDueDeliveries:
        return QStringLiteral("SELECT %1 FROM affinity_console_reward_delivery WHERE state = 'waiting' AND "
                              "next_attempt_at <= ? ORDER BY next_attempt_at, id LIMIT ?")
            .arg(deliveryColumns());
    case Statement::SettleDelivery:
        return QStringLiteral("UPDATE affinity_console_reward_delivery SET state = ?, connector = ?, attempts = ?, "
                              "next_attempt_at = ?, delivered_at = ?, last_error = ? WHERE id = ? AND "
                              "state = 'waiting'");
    case Statement::SendDeliveryAgain:
        return QStringLiteral("UPDATE affinity_console_reward_delivery SET state = 'waiting', attempts = 0, "
                              "next_attempt_at = ? WHERE id = ? AND state = 'dead'");
    case Statement::SelectDeliveries: // of a state and a device, or of all of them when they are NULL
        return QStringLiteral("SELECT %1 FROM affinity_console_reward_delivery WHERE state = coalesce(?, state) AND "
                              "device_id = coalesce(?, device_id) AND id < ? ORDER BY id DESC LIMIT ?")
            .arg(deliveryColumns());
    case Statement::CountDeliveries: // each state by the index that begins with it; the delivered ones are not counted
        return QStringLiteral("SELECT state, count(*), min(created_at) FROM affinity_console_reward_delivery "
                              "WHERE state IN ('waiting', 'dead') GROUP BY state");
    default:
        return {};
    }
}

} // namespace

QString outboxText(Statement statement, Dialect dialect) {
    switch (statement) {
    case Statement::InsertOutboxRow:
        return QStringLiteral("INSERT INTO affinity_console_outbox (kind, log_id, device_id, user_id, payload, "
                              "created_at) VALUES (?, ?, ?, ?, ?, ?)");
    case Statement::LockLease:
        return lockLeaseText(dialect);
    case Statement::UpdateLease:
        return QStringLiteral("UPDATE affinity_console_relay_lease SET holder = ?, lease_until = ? WHERE id = 1");
    case Statement::SelectOutboxRows:
        return QStringLiteral("SELECT %1 FROM affinity_console_outbox WHERE kind = ? AND claimed_at IS NULL AND "
                              "created_at < ? ORDER BY id LIMIT ?")
            .arg(outboxColumns());
    case Statement::ClaimOutboxRow:
        return QStringLiteral("UPDATE affinity_console_outbox SET claimed_at = ? WHERE id = ?");
    case Statement::UnclaimOutboxRow:
        return QStringLiteral("UPDATE affinity_console_outbox SET claimed_at = NULL WHERE id = ?");
    case Statement::DeleteOutboxRow:
        return QStringLiteral("DELETE FROM affinity_console_outbox WHERE id = ?");
    case Statement::DeleteConfirmOfLog:
        return QStringLiteral("DELETE FROM affinity_console_outbox WHERE log_id = ? AND kind = 'confirm'");
    case Statement::DeleteStaleClaims:
        return QStringLiteral("DELETE FROM affinity_console_outbox WHERE kind = 'push' AND claimed_at < ?");
    case Statement::CountOutboxRows:
        return QStringLiteral("SELECT kind, count(*), min(created_at) FROM affinity_console_outbox GROUP BY kind");
    default:
        return deliveriesText(statement, dialect);
    }
}

} // namespace affinity::store
