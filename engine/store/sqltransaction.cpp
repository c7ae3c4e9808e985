#include "engine/store/sqltransaction.h"

#include "engine/store/edits.h"
#include "engine/store/sqlrows.h"

#include <QElapsedTimer>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

SqlTransaction::SqlTransaction(std::shared_ptr<SqlConnection> connection, const base::Clock& clock, Access access,
                               bool isEmbedded, std::shared_ptr<bool> isOpen)
    : m_connection(std::move(connection)),
      m_clock(clock),
      m_access(access),
      m_isEmbedded(isEmbedded),
      m_isOpen(std::move(isOpen)) {
}

SqlTransaction::~SqlTransaction() {
    if (!m_isOver)
        rollBack();
}

void SqlTransaction::rollBack() {
    // A full disk may have ended the transaction already; then there is nothing to roll back and that is all right.
    const bool isRolledBack = m_connection->run(Statement::Rollback).isOk();
    Q_UNUSED(isRolledBack);
    end();
}

void SqlTransaction::end() {
    m_isOver = true;
    *m_isOpen = false;
}

Result<void> SqlTransaction::lockEventId(const QString&) {
    return m_isOver ? Result<void>(transactionIsOver()) : Result<void>(); // BEGIN IMMEDIATE locks every event id
}

Result<std::optional<rules::Binding>> SqlTransaction::lockBinding(base::DeviceId id) {
    if (m_isOver)
        return transactionIsOver();
    return ended(m_connection->selectOne(Statement::SelectBinding, {id.value}, readBinding));
}

Result<qint64> SqlTransaction::nowUs() {
    return m_clock.nowUs();
}

Result<rules::Setting> SqlTransaction::setting() {
    if (m_isOver)
        return transactionIsOver();
    auto row = ended(m_connection->selectOne(Statement::SelectSetting, {}, readSetting));
    if (!row)
        return row.error();
    if (!row.value()) {
        rollBack();
        return missingSetting(m_connection->fileName());
    }
    return *std::move(row).value();
}

Result<std::vector<rules::Level>> SqlTransaction::levels() {
    if (m_isOver)
        return transactionIsOver();
    return ended(m_connection->select(Statement::SelectLevels, {}, readLevel));
}

Result<std::optional<rules::Rule>> SqlTransaction::liveRule(const QString& key) {
    if (m_isOver)
        return transactionIsOver();
    return ended(m_connection->selectOne(Statement::SelectLiveRule, {textValue(key)}, readRule));
}

Result<FenceFacts> SqlTransaction::fence(const FenceQuery& query) {
    if (m_isOver)
        return transactionIsOver();
    return ended(readFence(query));
}

Result<FenceFacts> SqlTransaction::readFence(const FenceQuery& query) {
    FenceFacts facts;
    if (!query.eventId.isEmpty()) {
        const auto event = m_connection->selectOne(Statement::SelectEventRow,
                                                   {query.eventId, timeValue(query.eventAfterUs)}, readBareLogEntry);
        if (!event)
            return event.error();
        if (*event)
            facts.event = (*event)->row;
    }
    const qint64 sinceUs = std::min(query.dayStartUs, query.cooldownAfterUs);
    const auto rows = m_connection->select(
        Statement::SelectRecentChanges,
        {query.deviceId.value, timeValue(sinceUs), timeValue(query.dayStartUs), textValue(query.ruleKey)},
        [](const QSqlQuery& row) {
            return rules::RecentChange{base::LogId{row.value(0).toLongLong()}, row.value(1).toString(),
                                       row.value(2).toInt(), readTime(row.value(3)), row.value(4).toInt() != 0};
        });
    if (!rows)
        return rows.error();
    for (const rules::RecentChange& change : *rows) {
        const qint64 atUs = change.createdAtUs;
        if (!change.isAdjustment && change.ruleKey == query.ruleKey && atUs > query.cooldownAfterUs)
            facts.lastAppliedAtUs = std::max(facts.lastAppliedAtUs.value_or(atUs), atUs);
        if (atUs >= query.dayStartUs && atUs < query.dayEndUs)
            facts.changes.push_back(change);
    }
    std::sort(facts.changes.begin(), facts.changes.end(),
              [](const auto& left, const auto& right) { return left.logId < right.logId; });
    return facts;
}

Result<std::vector<int>> SqlTransaction::grantedLevels(base::DeviceId id) {
    if (m_isOver)
        return transactionIsOver();
    return ended(m_connection->select(Statement::SelectGrantedLevels, {id.value},
                                      [](const QSqlQuery& row) { return row.value(0).toInt(); }));
}

Result<std::optional<LogEntry>> SqlTransaction::logEntry(base::LogId id) {
    if (m_isOver)
        return transactionIsOver();
    const auto read = m_connection->shape().isPrepared ? readLogEntry : readBareLogEntry;
    return ended(m_connection->selectOne(Statement::SelectLogEntry, {id.value}, read));
}

Result<std::optional<LogEntry>> SqlTransaction::noteOrMetadata(Statement byNote, Statement byMetadata,
                                                               const QVariant& key) {
    const bool isPrepared = m_connection->shape().isPrepared;
    if (isPrepared) {
        auto found = m_connection->selectOne(byNote, {key}, readLogEntry);
        // An embedded store had notes from its beginning; another may have been bare when the row was written.
        if (!found || found.value() || m_isEmbedded)
            return found;
    }
    return m_connection->selectOne(byMetadata, {key}, isPrepared ? readLogEntry : readBareLogEntry);
}

Result<std::optional<LogEntry>> SqlTransaction::operation(const QString& operationId) {
    if (m_isOver)
        return transactionIsOver();
    if (operationId.isEmpty())
        return std::optional<LogEntry>();
    return ended(noteOrMetadata(Statement::SelectOperationByNote, Statement::SelectOperationByMetadata, operationId));
}

Result<std::optional<LogEntry>> SqlTransaction::reversalOf(base::LogId id) {
    if (m_isOver)
        return transactionIsOver();
    return ended(noteOrMetadata(Statement::SelectReversalByNote, Statement::SelectReversalByMetadata, id.value));
}

Result<qint64> SqlTransaction::adjustedPoints(base::OperatorId operatorId, base::DeviceId deviceId, qint64 fromUs,
                                              qint64 toUs) {
    if (m_isOver)
        return transactionIsOver();
    QVariantList values{operatorId.value, timeValue(fromUs), timeValue(toUs)};
    if (deviceId.isValid())
        values << deviceId.value;
    const auto statement =
        deviceId.isValid() ? Statement::SelectAdjustedPointsOfDevice : Statement::SelectAdjustedPoints;
    const auto sum = ended(m_connection->selectOne(statement, values, readNumber));
    if (!sum)
        return sum.error();
    return sum->value_or(0);
}

Result<WriteReceipt> SqlTransaction::write(const WritePlan& plan) {
    if (m_isOver)
        return transactionIsOver();
    return ended(m_access == Access::Write ? carryOut(plan) : Result<WriteReceipt>(readTransaction()));
}

Result<WriteReceipt> SqlTransaction::carryOut(const WritePlan& plan) {
    if (const Result<void> done = writeBinding(plan); !done)
        return done.error();
    const Result<base::LogId> logId = writeLog(plan);
    if (!logId)
        return logId.error();
    if (m_connection->shape().isPrepared) {
        if (const Result<void> done = writeNote(plan.note, *logId); !done)
            return done.error();
    }
    if (plan.counter) {
        if (const Result<void> done = writeCounter(*plan.counter); !done)
            return done.error();
    }
    if (plan.newLevel) {
        const Result<qint64> done =
            m_connection->run(Statement::UpdateLevel, {*plan.newLevel, plan.log.deviceId.value});
        if (!done)
            return done.error();
    }
    WriteReceipt receipt{*logId, {}};
    for (const rules::Level& level : plan.grants) {
        const Result<GrantOutcome> outcome = writeGrant(plan.log, level);
        if (!outcome)
            return outcome.error();
        receipt.grants.push_back(*outcome);
    }
    return receipt;
}

Result<void> SqlTransaction::writeBinding(const WritePlan& plan) {
    const rules::LogRow& log = plan.log;
    const Result<qint64> rows = m_connection->run(
        Statement::UpdateBinding, {log.afterValue, plan.refreshesActivity ? timeValue(log.createdAtUs) : QVariant(),
                                   log.deviceId.value, log.beforeValue});
    if (!rows)
        return rows.error();
    return *rows == 1 ? Result<void>() : Result<void>(valueMoved(log.deviceId, log.beforeValue));
}

Result<base::LogId> SqlTransaction::writeLog(const WritePlan& plan) {
    const rules::LogRow& log = plan.log;
    const Result<qint64> rows = m_connection->run(
        Statement::InsertLog,
        {textValue(log.ruleKey), log.changeValue, log.beforeValue, log.afterValue, textValue(log.source),
         textOrNull(log.eventId), textValue(log.reason), jsonValue(log.metadata), timeValue(log.createdAtUs),
         log.deviceId.value, idOrNull(log.operatorId), idOrNull(log.ruleId), log.userId.value});
    if (!rows)
        return rows.error();
    return base::LogId{m_connection->lastInsertId()};
}

Result<void> SqlTransaction::writeNote(const rules::LogNote& note, base::LogId id) {
    const Result<qint64> rows = m_connection->run(
        Statement::InsertNote, {id.value, textValue(note.operationId), textValue(note.reasonCode),
                                textValue(note.ticket), numberOrNull(note.drawnChange), idOrNull(note.reversesLogId)});
    return rows ? Result<void>() : Result<void>(rows.error());
}

Result<void> SqlTransaction::writeCounter(const rules::DailyCounter& counter) {
    const Result<qint64> rows =
        m_connection->run(Statement::AddCounter, {dateValue(counter.date), counter.accumulatedChange,
                                                  counter.triggerCount, counter.deviceId.value, counter.ruleId.value});
    return rows ? Result<void>() : Result<void>(rows.error());
}

Result<GrantOutcome> SqlTransaction::writeGrant(const rules::LogRow& log, const rules::Level& level) {
    if (const Result<qint64> saved = m_connection->run(Statement::SavepointGrant); !saved)
        return saved.error();
    const Result<qint64> rows =
        m_connection->run(Statement::InsertGrant,
                          {level.level, jsonValue(level.rewards), timeValue(log.createdAtUs), log.deviceId.value});
    GrantOutcome outcome{level.level, GrantOutcome::Kind::Granted, {}};
    if (!rows) {
        // Only what concerns this row alone is a failed grant; a full disk or a damaged file ends the transaction.
        if (rows.error().kind != ErrorKind::Refused)
            return rows.error();
        outcome.kind = GrantOutcome::Kind::Failed;
        outcome.error = rows.error().what;
        if (const Result<qint64> undone = m_connection->run(Statement::RollbackToGrant); !undone)
            return undone.error();
    } else if (*rows == 0) {
        outcome.kind = GrantOutcome::Kind::AlreadyGranted;
    }
    if (const Result<qint64> released = m_connection->run(Statement::ReleaseGrant); !released)
        return released.error();
    return outcome;
}

Result<void> SqlTransaction::commit() {
    if (m_isOver)
        return transactionIsOver();
    QElapsedTimer timer;
    timer.start();
    Result<qint64> done = m_connection->run(Statement::Commit);
    // A busy COMMIT leaves the transaction as it was: the readers it waits for may finish within the time.
    while (!done && done.error().kind == ErrorKind::Busy && timer.elapsed() < m_connection->options().busyTimeoutMs)
        done = m_connection->run(Statement::Commit);
    if (!done) {
        rollBack();
        return done.error();
    }
    end();
    return {};
}

} // namespace affinity::store
