#include "engine/store/sqloutbox.h"

#include "engine/store/edits.h"
#include "engine/store/sqlrows.h"

#include <limits>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

QString nameOf(OutboxKind kind) {
    return kind == OutboxKind::Confirm ? QStringLiteral("confirm") : QStringLiteral("push");
}

DeliveryState stateOf(const QString& name) {
    for (const DeliveryState state : {DeliveryState::Delivered, DeliveryState::Dead}) {
        if (name == store::name(state))
            return state;
    }
    return DeliveryState::Waiting;
}

base::Json readJson(const SqlRow& row, int column) {
    const QByteArray text = row.value(column).toString().toUtf8();
    return base::Json::parse(text.begin(), text.end(), nullptr, false);
}

std::optional<qint64> readOptionalTime(const SqlRow& row, int column) {
    const QVariant value = row.value(column);
    return value.isNull() ? std::nullopt : std::optional(readTime(value));
}

OutboxRow readOutboxRow(const SqlRow& row) {
    OutboxRow read;
    read.id = row.value(0).toLongLong();
    read.kind = row.value(1).toString() == nameOf(OutboxKind::Confirm) ? OutboxKind::Confirm : OutboxKind::Push;
    read.logId.value = row.value(2).toLongLong();
    read.deviceId.value = row.value(3).toLongLong();
    read.userId.value = row.value(4).toLongLong();
    read.payload = readJson(row, 5);
    read.createdAtUs = readTime(row.value(6));
    return read;
}

RewardDelivery readDelivery(const SqlRow& row) {
    RewardDelivery read;
    read.id = row.value(0).toLongLong();
    read.deviceId.value = row.value(1).toLongLong();
    read.level = row.value(2).toInt();
    read.logId.value = row.value(3).toLongLong();
    read.userId.value = row.value(4).toLongLong();
    read.name = row.value(5).toString();
    read.rewards = readJson(row, 6);
    read.state = stateOf(row.value(7).toString());
    read.connector = row.value(8).toString();
    read.attempts = row.value(9).toInt();
    read.createdAtUs = readTime(row.value(10));
    read.nextAttemptUs = readOptionalTime(row, 11);
    read.deliveredAtUs = readOptionalTime(row, 12);
    read.lastError = row.value(13).toString();
    return read;
}

struct Lease {
    QString holder;
    qint64 untilUs = 0;

    bool isOf(const QString& asking, qint64 nowUs) const { return holder == asking && untilUs > nowUs; }
};

Result<Lease> lockLease(SqlConnection& connection) {
    const auto row = connection.selectOne(Statement::LockLease, {}, [](const SqlRow& found) {
        return Lease{found.value(0).toString(), readTime(found.value(1))};
    });
    if (!row)
        return row.error();
    if (!row.value())
        return Error{ErrorKind::Damaged,
                     QStringLiteral("%1 has lost the row of its table affinity_console_relay_lease. "
                                    "Insert it again: id 1, an empty holder, a time in the past.")
                         .arg(connection.name())};
    return *row.value();
}

} // namespace

QString name(DeliveryState state) {
    switch (state) {
    case DeliveryState::Waiting:
        return QStringLiteral("waiting");
    case DeliveryState::Delivered:
        return QStringLiteral("delivered");
    case DeliveryState::Dead:
        return QStringLiteral("dead");
    }
    return {};
}

std::vector<SqlCall> insertsOf(const OutboxEntries& entries) {
    std::vector<SqlCall> calls;
    for (const OutboxRow& row : entries.rows)
        calls.push_back({Statement::InsertOutboxRow,
                         {nameOf(row.kind), row.logId.value, row.deviceId.value, row.userId.value,
                          jsonValue(row.payload), timeValue(row.createdAtUs)}});
    for (const RewardDelivery& delivery : entries.deliveries)
        calls.push_back(
            {Statement::InsertDelivery,
             {delivery.deviceId.value, delivery.level, delivery.logId.value, delivery.userId.value,
              textValue(delivery.name), jsonValue(delivery.rewards), store::name(delivery.state),
              textValue(delivery.connector), delivery.attempts, timeValue(delivery.createdAtUs),
              timeValue(delivery.nextAttemptUs), timeValue(delivery.deliveredAtUs), textValue(delivery.lastError)}});
    return calls;
}

SqlOutbox::SqlOutbox(std::shared_ptr<SqlConnection> connection, std::shared_ptr<bool> isTransactionOpen)
    : m_connection(std::move(connection)), m_isTransactionOpen(std::move(isTransactionOpen)) {
}

Result<void> SqlOutbox::inTransaction(const std::function<Result<bool>()>& work) {
    if (m_connection->access() == Access::Read)
        return readOnlyStore(m_connection->name());
    if (*m_isTransactionOpen)
        return transactionIsOpen();
    if (const Result<void> begun = m_connection->begin(Access::Write); !begun)
        return begun;
    const Result<bool> isKept = work();
    if (isKept && *isKept)
        return m_connection->commit();
    m_connection->rollBack();
    return isKept ? Result<void>() : Result<void>(isKept.error());
}

Result<void> SqlOutbox::runEach(Statement statement, const std::vector<QVariantList>& values) {
    if (values.empty())
        return {};
    std::vector<SqlCall> calls;
    for (const QVariantList& each : values)
        calls.push_back({statement, each});
    return inTransaction([&]() -> Result<bool> {
        const Result<void> done = m_connection->runAll(calls);
        return done ? Result<bool>(true) : Result<bool>(done.error());
    });
}

Result<bool> SqlOutbox::lease(const QString& holder, qint64 nowUs, qint64 lengthUs) {
    bool isHeld = false;
    const Result<void> done = inTransaction([&]() -> Result<bool> {
        const Result<Lease> lease = lockLease(*m_connection);
        if (!lease)
            return lease.error();
        isHeld = lease->holder == holder || lease->untilUs <= nowUs;
        if (!isHeld)
            return false;
        const Result<qint64> kept = m_connection->run(Statement::UpdateLease, {holder, timeValue(nowUs + lengthUs)});
        return kept ? Result<bool>(true) : Result<bool>(kept.error());
    });
    return done ? Result<bool>(isHeld) : Result<bool>(done.error());
}

Result<void> SqlOutbox::release(const QString& holder, qint64 nowUs) {
    return inTransaction([&]() -> Result<bool> {
        const Result<Lease> lease = lockLease(*m_connection);
        if (!lease)
            return lease.error();
        if (lease->holder != holder)
            return false;
        const Result<qint64> ended = m_connection->run(Statement::UpdateLease, {textValue({}), timeValue(nowUs)});
        return ended ? Result<bool>(true) : Result<bool>(ended.error());
    });
}

Result<std::vector<OutboxRow>> SqlOutbox::confirms(qint64 beforeUs, int most) {
    return m_connection->select(Statement::SelectOutboxRows, {nameOf(OutboxKind::Confirm), timeValue(beforeUs), most},
                                readOutboxRow);
}

Result<void> SqlOutbox::removeConfirms(const std::vector<base::LogId>& logIds) {
    std::vector<QVariantList> values;
    for (const base::LogId id : logIds)
        values.push_back({id.value});
    return runEach(Statement::DeleteConfirmOfLog, values);
}

Result<std::vector<OutboxRow>> SqlOutbox::claimPushes(const QString& holder, qint64 nowUs, int most) {
    std::vector<OutboxRow> claimed;
    const Result<void> done = inTransaction([&]() -> Result<bool> {
        const Result<Lease> lease = lockLease(*m_connection);
        if (!lease)
            return lease.error();
        if (!lease->isOf(holder, nowUs))
            return false;
        auto rows = m_connection->select(
            Statement::SelectOutboxRows,
            {nameOf(OutboxKind::Push), timeValue(std::numeric_limits<qint64>::max()), most}, readOutboxRow);
        if (!rows)
            return rows.error();
        claimed = std::move(rows).value();
        std::vector<SqlCall> calls;
        for (const OutboxRow& row : claimed)
            calls.push_back({Statement::ClaimOutboxRow, {timeValue(nowUs), row.id}});
        if (calls.empty())
            return false;
        const Result<void> marked = m_connection->runAll(calls);
        return marked ? Result<bool>(true) : Result<bool>(marked.error());
    });
    return done ? Result<std::vector<OutboxRow>>(std::move(claimed)) : Result<std::vector<OutboxRow>>(done.error());
}

Result<void> SqlOutbox::removePushes(const std::vector<qint64>& ids) {
    std::vector<QVariantList> values;
    for (const qint64 id : ids)
        values.push_back({id});
    return runEach(Statement::DeleteOutboxRow, values);
}

Result<bool> SqlOutbox::unclaimPushes(const QString& holder, const std::vector<qint64>& ids) {
    if (ids.empty())
        return true;
    bool isKept = false;
    const Result<void> done = inTransaction([&]() -> Result<bool> {
        const Result<Lease> lease = lockLease(*m_connection);
        if (!lease)
            return lease.error();
        isKept = lease->holder == holder; // while its row is locked, nobody else claims anything
        std::vector<SqlCall> calls;
        for (const qint64 id : ids)
            calls.push_back({isKept ? Statement::UnclaimOutboxRow : Statement::DeleteOutboxRow, {id}});
        const Result<void> changed = m_connection->runAll(calls);
        return changed ? Result<bool>(true) : Result<bool>(changed.error());
    });
    return done ? Result<bool>(isKept) : Result<bool>(done.error());
}

Result<qint64> SqlOutbox::forgetClaims(qint64 beforeUs) {
    qint64 forgotten = 0;
    const Result<void> done = inTransaction([&]() -> Result<bool> {
        const Result<qint64> rows = m_connection->run(Statement::DeleteStaleClaims, {timeValue(beforeUs)});
        if (!rows)
            return rows.error();
        forgotten = *rows;
        return forgotten > 0;
    });
    return done ? Result<qint64>(forgotten) : Result<qint64>(done.error());
}

Result<std::vector<RewardDelivery>> SqlOutbox::dueDeliveries(qint64 nowUs, int most) {
    return m_connection->select(Statement::SelectDueDeliveries, {timeValue(nowUs), most}, readDelivery);
}

Result<bool> SqlOutbox::settle(const RewardDelivery& delivery) {
    bool isSettled = false;
    const Result<void> done = inTransaction([&]() -> Result<bool> {
        const Result<qint64> rows = m_connection->run(
            Statement::SettleDelivery, {store::name(delivery.state), textValue(delivery.connector), delivery.attempts,
                                        timeValue(delivery.nextAttemptUs), timeValue(delivery.deliveredAtUs),
                                        textValue(delivery.lastError), delivery.id});
        if (!rows)
            return rows.error();
        isSettled = *rows == 1;
        return isSettled;
    });
    return done ? Result<bool>(isSettled) : Result<bool>(done.error());
}

Result<std::vector<RewardDelivery>> SqlOutbox::deliveries(const DeliveryQuery& query) {
    if (query.limit < 1 || query.limit > 1000)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("A page of reward deliveries has 1 to 1,000 rows, not %1.").arg(query.limit)};
    const QVariant state = query.state ? textValue(store::name(*query.state)) : QVariant();
    const qint64 beforeId = query.beforeId > 0 ? query.beforeId : std::numeric_limits<qint64>::max();
    return m_connection->select(Statement::SelectDeliveries, {state, idOrNull(query.deviceId), beforeId, query.limit},
                                readDelivery);
}

Result<bool> SqlOutbox::sendAgain(qint64 id, qint64 nowUs) {
    bool isSent = false;
    const Result<void> done = inTransaction([&]() -> Result<bool> {
        const Result<qint64> rows = m_connection->run(Statement::SendDeliveryAgain, {timeValue(nowUs), id});
        if (!rows)
            return rows.error();
        isSent = *rows == 1;
        return isSent;
    });
    return done ? Result<bool>(isSent) : Result<bool>(done.error());
}

Result<OutboxFigures> SqlOutbox::figures() {
    OutboxFigures figures;
    const auto count = [&figures](const SqlRow& row) {
        const QString name = row.value(0).toString();
        const qint64 rows = row.value(1).toLongLong();
        if (name == nameOf(OutboxKind::Confirm))
            figures.confirms = rows;
        else if (name == nameOf(OutboxKind::Push))
            figures.pushes = rows;
        else if (name == store::name(DeliveryState::Waiting))
            figures.rewardsWaiting = rows;
        else
            figures.rewardsDead = rows;
        const qint64 oldestUs = readTime(row.value(2));
        if (name != store::name(DeliveryState::Dead))
            figures.oldestUs = std::min(figures.oldestUs.value_or(oldestUs), oldestUs);
        return rows;
    };
    for (const Statement statement : {Statement::CountOutboxRows, Statement::CountDeliveries}) {
        if (const auto counted = m_connection->select(statement, {}, count); !counted)
            return counted.error();
    }
    return figures;
}

} // namespace affinity::store
