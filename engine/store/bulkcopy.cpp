#include "engine/store/bulkcopy.h"

#include "engine/store/schema.h"
#include "engine/store/sqlrows.h"

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr qint64 rowsBetweenReports = 2000;

/// Carries the rows over until one fails; then the rest is passed over and the error kept.
class Copy {
public:
    Copy(SqlConnection& connection, const CopyProgress& progress, qint64 allRows)
        : m_connection(connection), m_progress(progress), m_allRows(allRows) {}

    void row(Statement statement, const QVariantList& values) {
        if (!m_outcome)
            return;
        const Result<qint64> done = m_connection.run(statement, values);
        if (!done)
            m_outcome = done.error();
        ++m_doneRows;
        if (m_progress && m_doneRows % rowsBetweenReports == 0)
            m_progress(m_doneRows, m_allRows);
    }

    const Result<void>& outcome() const { return m_outcome; }

private:
    SqlConnection& m_connection;
    const CopyProgress& m_progress;
    qint64 m_doneRows = 0;
    qint64 m_allRows = 0;
    Result<void> m_outcome;
};

void copyRuleSet(Copy& copy, const rules::RuleSet& ruleSet) {
    copy.row(Statement::CopySetting, settingValues(ruleSet.setting, ruleSet.setting.updatedAtUs));
    for (const rules::Rule& rule : ruleSet.rules)
        copy.row(Statement::CopyRule,
                 {rule.id.value, textValue(rule.key), textValue(rule.name), rule.minChange, rule.maxChange,
                  rule.singleCap, rule.dailyCap, rule.cooldownSeconds, flagValue(rule.isEnabled),
                  flagValue(rule.isDeleted), timeValue(rule.updatedAtUs), timeValue(rule.updatedAtUs)});
    for (const rules::Level& level : ruleSet.levels)
        copy.row(Statement::CopyLevel, {level.level, level.minValue, textValue(level.name), jsonValue(level.rewards)});
}

void copyOperators(Copy& copy, const std::vector<OperatorRecord>& operators, qint64 nowUs) {
    copy.row(Statement::CopyDesignerGroup, {});
    for (const OperatorRecord& record : operators) {
        const rules::Operator& person = record.person;
        copy.row(Statement::CopyOperator,
                 {person.id.value, textValue(record.passwordHash), flagValue(person.isSuperuser),
                  textValue(person.username), flagValue(person.isStaff), flagValue(person.isActive), timeValue(nowUs)});
        if (person.isDesigner && !person.isSuperuser)
            copy.row(Statement::CopyDesigner, {person.id.value});
    }
}

void copyPeople(Copy& copy, const MemoryTables& tables) {
    for (const auto& [id, user] : tables.users())
        copy.row(Statement::CopyUser, {id.value, textValue(user.username), textValue(user.nickname),
                                       flagValue(user.isActive), timeValue(user.createdAtUs)});
    for (const auto& [id, binding] : tables.bindings())
        copy.row(Statement::CopyBinding,
                 {id.value, binding.userId.value, textValue(binding.serial), textValue(binding.nickname),
                  binding.favorability, binding.affinityLevel, timeValue(binding.lastActiveAtUs),
                  timeValue(binding.boundAtUs), timeValue(binding.unboundAtUs)});
}

void copyLog(Copy& copy, const MemoryTables& tables, bool withNotes) {
    for (const rules::LogRow& log : tables.log())
        copy.row(Statement::CopyLog,
                 {log.id.value, textValue(log.ruleKey), log.changeValue, log.beforeValue, log.afterValue,
                  textValue(log.source), textOrNull(log.eventId), textValue(log.reason), jsonValue(log.metadata),
                  timeValue(log.createdAtUs), log.deviceId.value, idOrNull(log.operatorId), idOrNull(log.ruleId),
                  log.userId.value});
    if (!withNotes)
        return;
    for (const rules::LogRow& log : tables.log()) {
        if (const rules::LogNote* note = tables.note(log.id))
            copy.row(Statement::InsertNote,
                     {note->logId.value, textValue(note->operationId), textValue(note->reasonCode),
                      textValue(note->ticket), numberOrNull(note->drawnChange), idOrNull(note->reversesLogId)});
    }
}

void copySums(Copy& copy, const MemoryTables& tables) {
    for (const rules::DailyCounter& counter : tables.allCounters())
        copy.row(Statement::CopyCounter, {counter.id, dateValue(counter.date), counter.accumulatedChange,
                                          counter.triggerCount, counter.deviceId.value, counter.ruleId.value});
    for (const rules::Grant& grant : tables.allGrants())
        copy.row(Statement::CopyGrant,
                 {grant.id, grant.level, jsonValue(grant.rewards), timeValue(grant.grantedAtUs), grant.deviceId.value});
}

qint64 countRows(const MemoryTables& tables) {
    return static_cast<qint64>(tables.users().size() + tables.bindings().size() + tables.ruleSet().rules.size() +
                               tables.ruleSet().levels.size() + tables.operators().size() + tables.log().size() * 2 +
                               tables.allCounters().size() + tables.allGrants().size() + 2);
}

Result<void> copyInTransaction(const MemoryTables& tables, SqlConnection& connection, qint64 nowUs,
                               const CopyProgress& progress) {
    if (const Result<qint64> begun = connection.run(Statement::BeginWrite); !begun)
        return begun.error();
    const qint64 allRows = countRows(tables);
    Copy copy(connection, progress, allRows);
    copyOperators(copy, tables.operators(), nowUs);
    copyRuleSet(copy, tables.ruleSet());
    copyPeople(copy, tables);
    copyLog(copy, tables, connection.shape().isPrepared);
    copySums(copy, tables);
    Result<void> outcome = copy.outcome();
    if (outcome) {
        const Result<qint64> committed = connection.run(Statement::Commit);
        outcome = committed ? Result<void>() : Result<void>(committed.error());
    }
    if (!outcome) {
        const bool isRolledBack = connection.run(Statement::Rollback).isOk();
        Q_UNUSED(isRolledBack); // SQLite may have rolled back by itself
    } else if (progress) {
        progress(allRows, allRows);
    }
    return outcome;
}

} // namespace

Result<void> copyStore(const MemoryDatabase& from, const QString& fileName, const base::Clock& clock,
                       const CopyProgress& progress) {
    const auto connection = SqlConnection::open(fileName, {});
    if (!connection)
        return connection.error();
    const Result<SchemaFacts> facts = inspectSchema(**connection);
    if (!facts)
        return facts.error();
    connection.value()->setShape(facts->shape);
    constexpr int lockTimeoutMs = 5000;
    if (!from.lock().lockForRead(lockTimeoutMs))
        return Error{ErrorKind::Busy, QStringLiteral("The memory database is in use. Nothing was copied; try again.")};
    const Result<void> outcome = copyInTransaction(from.tables(), **connection, clock.nowUs(), progress);
    from.lock().unlockRead();
    return outcome;
}

} // namespace affinity::store
