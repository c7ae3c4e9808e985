#include "engine/store/sqltransaction.h"

#include "engine/store/edits.h"
#include "engine/store/functionwrite.h"
#include "engine/store/rights.h"
#include "engine/store/sqloutbox.h"
#include "engine/store/sqlrows.h"

#include <algorithm>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

SqlTransaction::SqlTransaction(std::shared_ptr<SqlConnection> connection, const base::Clock* clock, Access access,
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
    m_connection->rollBack();
    end();
}

void SqlTransaction::end() {
    m_isOver = true;
    *m_isOpen = false;
}

Result<void> SqlTransaction::lockEventId(const QString& eventId) {
    if (m_isOver)
        return transactionIsOver();
    if (isAdjustingOnly())
        return ended(Result<void>(roleMayOnlyAdjust(m_connection->name())));
    return m_access == Access::Write ? ended(lockName(eventId)) : Result<void>();
}

/// Whether this transaction writes, and through the function that takes adjustments.
bool SqlTransaction::isAdjustingOnly() const {
    return m_access == Access::Write && m_connection->shape().writesByFunction;
}

/// How the binding is read, under its lock where this transaction writes.
Statement SqlTransaction::bindingStatement() const {
    if (m_access == Access::Read)
        return Statement::SelectBinding;
    return isAdjustingOnly() ? Statement::LockBindingByFunction : Statement::LockBinding;
}

/// SQLite needs no names: its writing transaction locks them all.
Result<void> SqlTransaction::lockName(const QString& name) {
    if (m_connection->shape().dialect == Dialect::Sqlite)
        return {};
    const auto isLocked = m_connection->selectOne(Statement::LockName, {name}, readNumber);
    if (!isLocked)
        return isLocked.error();
    return isLocked->value_or(0) == 1 ? Result<void>() : Result<void>(nameIsLocked(name));
}

Result<std::optional<rules::Binding>> SqlTransaction::lockBinding(base::DeviceId id) {
    if (m_isOver)
        return transactionIsOver();
    return ended(m_connection->selectOne(bindingStatement(), {id.value}, readBinding));
}

Result<qint64> SqlTransaction::nowUs() {
    if (m_isOver)
        return transactionIsOver();
    if (m_clock)
        return m_clock->nowUs();
    return ended(serverNowUs(*m_connection));
}

Result<rules::Setting> SqlTransaction::setting() {
    if (m_isOver)
        return transactionIsOver();
    auto row = ended(m_connection->selectOne(Statement::SelectSetting, {}, readSetting));
    if (!row)
        return row.error();
    if (!row.value()) {
        rollBack();
        return missingSetting(m_connection->name());
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

Result<StoredSituation> SqlTransaction::lockAndLoad(const SituationQuery& query) {
    if (m_isOver)
        return transactionIsOver();
    return ended(readSituation(query));
}

Result<StoredSituation> SqlTransaction::readSituation(const SituationQuery& query) {
    if (isAdjustingOnly() && !(query.eventId.isEmpty() && query.ruleKey.isEmpty()))
        return roleMayOnlyAdjust(m_connection->name());
    StoredSituation situation;
    qint64 isNameLocked = 1;
    std::optional<rules::Setting> setting;
    std::vector<SqlCall> calls;
    const bool isWriting = m_access == Access::Write;
    if (isWriting && !query.eventId.isEmpty() && m_connection->shape().dialect != Dialect::Sqlite)
        calls.push_back(
            {Statement::LockName, {query.eventId}, [&](const SqlRow& row) { isNameLocked = readNumber(row); }});
    calls.push_back(
        {bindingStatement(), {query.deviceId.value}, [&](const SqlRow& row) { situation.binding = readBinding(row); }});
    if (!m_clock)
        calls.push_back(
            {Statement::SelectNow, {}, [&](const SqlRow& row) { situation.nowUs = readTime(row.value(0)); }});
    calls.push_back({Statement::SelectSetting, {}, [&](const SqlRow& row) { setting = readSetting(row); }});
    calls.push_back(
        {Statement::SelectLevels, {}, [&](const SqlRow& row) { situation.levels.push_back(readLevel(row)); }});
    if (!query.ruleKey.isEmpty())
        calls.push_back(
            {Statement::SelectLiveRule, {query.ruleKey}, [&](const SqlRow& row) { situation.rule = readRule(row); }});
    if (const Result<void> done = m_connection->runAll(calls); !done)
        return done.error();
    if (isNameLocked != 1)
        return nameIsLocked(query.eventId);
    if (!setting)
        return missingSetting(m_connection->name());
    situation.setting = *std::move(setting);
    if (m_clock)
        situation.nowUs = m_clock->nowUs();
    return situation;
}

Result<FenceFacts> SqlTransaction::fence(const FenceQuery& query) {
    if (m_isOver)
        return transactionIsOver();
    return ended(readFence(query));
}

Result<FenceFacts> SqlTransaction::readFence(const FenceQuery& query) {
    FenceFacts facts;
    const auto takeChange = [&](const SqlRow& row) {
        const rules::RecentChange change{base::LogId{row.value(0).toLongLong()}, row.value(1).toString(),
                                         row.value(2).toInt(), readTime(row.value(3)), row.value(4).toInt() != 0};
        const qint64 atUs = change.createdAtUs;
        if (!change.isAdjustment && change.ruleKey == query.ruleKey && atUs > query.cooldownAfterUs)
            facts.lastAppliedAtUs = std::max(facts.lastAppliedAtUs.value_or(atUs), atUs);
        if (atUs >= query.dayStartUs && atUs < query.dayEndUs)
            facts.changes.push_back(change);
    };
    const qint64 sinceUs = std::min(query.dayStartUs, query.cooldownAfterUs);
    std::vector<SqlCall> calls{
        {Statement::SelectRecentChanges,
         {query.deviceId.value, timeValue(sinceUs), timeValue(query.dayStartUs), textValue(query.ruleKey)},
         takeChange}};
    if (!query.eventId.isEmpty())
        calls.push_back({Statement::SelectEventRow,
                         {query.eventId, timeValue(query.eventAfterUs)},
                         [&](const SqlRow& row) { facts.event = readBareLogEntry(row).row; }});
    if (const Result<void> done = m_connection->runAll(calls); !done)
        return done.error();
    std::sort(facts.changes.begin(), facts.changes.end(),
              [](const auto& left, const auto& right) { return left.logId < right.logId; });
    return facts;
}

Result<std::vector<int>> SqlTransaction::grantedLevels(base::DeviceId id) {
    if (m_isOver)
        return transactionIsOver();
    return ended(readGrantedLevels(id));
}

Result<std::vector<int>> SqlTransaction::readGrantedLevels(base::DeviceId id) {
    return m_connection->select(Statement::SelectGrantedLevels, {id.value},
                                [](const SqlRow& row) { return row.value(0).toInt(); });
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

namespace {

SqlCall updateBinding(const WritePlan& plan) {
    const rules::LogRow& log = plan.log;
    return {Statement::UpdateBinding,
            {log.afterValue, plan.refreshesActivity ? timeValue(log.createdAtUs) : QVariant(), log.deviceId.value,
             log.beforeValue}};
}

SqlCall insertLog(const rules::LogRow& log) {
    return {Statement::InsertLog,
            {textValue(log.ruleKey), log.changeValue, log.beforeValue, log.afterValue, textValue(log.source),
             textOrNull(log.eventId), textValue(log.reason), jsonValue(log.metadata), timeValue(log.createdAtUs),
             log.deviceId.value, idOrNull(log.operatorId), idOrNull(log.ruleId), log.userId.value}};
}

SqlCall addCounter(const rules::DailyCounter& counter) {
    return {Statement::AddCounter,
            {dateValue(counter.date), counter.accumulatedChange, counter.triggerCount, counter.deviceId.value,
             counter.ruleId.value}};
}

} // namespace

Result<WriteReceipt> SqlTransaction::carryOut(const WritePlan& plan) {
    if (isAdjustingOnly())
        return writeByFunction(*m_connection, plan);
    std::vector<SqlCall> calls{updateBinding(plan), insertLog(plan.log)};
    if (plan.counter)
        calls.push_back(addCounter(*plan.counter));
    if (plan.newLevel)
        calls.push_back({Statement::UpdateLevel, {*plan.newLevel, plan.log.deviceId.value}});
    if (const Result<void> done = m_connection->runAll(calls); !done)
        return done.error();
    if (calls[0].changedRows != 1)
        return valueMoved(plan.log.deviceId, plan.log.beforeValue);

    WriteReceipt receipt{base::LogId{calls[1].insertedId}, {}};
    if (m_connection->shape().isPrepared) {
        if (const Result<void> done = writeNote(plan.note, receipt.logId); !done)
            return done.error();
    }
    for (const rules::Level& level : plan.grants) {
        const Result<GrantOutcome> outcome = writeGrant(plan.log, level);
        if (!outcome)
            return outcome.error();
        receipt.grants.push_back(*outcome);
    }
    return receipt;
}

Result<void> SqlTransaction::writeNote(const rules::LogNote& note, base::LogId id) {
    const Result<qint64> rows = m_connection->run(
        Statement::InsertNote, {id.value, textValue(note.operationId), textValue(note.reasonCode),
                                textValue(note.ticket), numberOrNull(note.drawnChange), idOrNull(note.reversesLogId)});
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
        if (const Result<qint64> undone = m_connection->run(Statement::RollbackToGrant); !undone)
            return undone.error();
        const auto granted = readGrantedLevels(log.deviceId);
        if (!granted)
            return granted.error();
        // The service grants in transactions of its own: it may have been quicker by a moment.
        const bool isGranted = std::find(granted->begin(), granted->end(), level.level) != granted->end();
        outcome.kind = isGranted ? GrantOutcome::Kind::AlreadyGranted : GrantOutcome::Kind::Failed;
        outcome.error = isGranted ? QString() : rows.error().what;
    } else if (*rows == 0) {
        outcome.kind = GrantOutcome::Kind::AlreadyGranted;
    }
    if (const Result<qint64> released = m_connection->run(Statement::ReleaseGrant); !released)
        return released.error();
    return outcome;
}

Result<void> SqlTransaction::writeOutbox(const OutboxEntries& entries) {
    if (m_isOver)
        return transactionIsOver();
    if (entries.isEmpty())
        return {};
    if (isAdjustingOnly())
        return ended(writeOutboxByFunction(*m_connection, entries));
    std::vector<SqlCall> calls = insertsOf(entries);
    return ended(m_connection->runAll(calls));
}

Result<void> SqlTransaction::commit() {
    if (m_isOver)
        return transactionIsOver();
    const Result<void> done = m_connection->commit(); // after an error nothing is left to roll back
    end();
    return done;
}

} // namespace affinity::store
