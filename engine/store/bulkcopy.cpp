#include "engine/store/bulkcopy.h"

#include "engine/store/rowwriter.h"
#include "engine/store/schema.h"
#include "engine/store/sqliteconnection.h"

#include <algorithm>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr qint64 copiedRowsBetweenReports = 2000;

/// Calls the progress now and then.
class Reports {
public:
    Reports(const RowWriter& rows, const CopyProgress& progress, qint64 allRows)
        : m_rows(rows), m_progress(progress), m_allRows(allRows) {}

    void look() {
        if (!m_progress || m_rows.rows() < m_nextRow)
            return;
        m_progress(std::min(m_rows.rows(), m_allRows), m_allRows);
        m_nextRow = m_rows.rows() + copiedRowsBetweenReports;
    }

private:
    const RowWriter& m_rows;
    const CopyProgress& m_progress;
    qint64 m_allRows;
    qint64 m_nextRow = copiedRowsBetweenReports;
};

void copyRows(RowWriter& rows, const MemoryTables& tables, Reports reports) {
    for (const auto& [id, user] : tables.users())
        rows.add(user);
    for (const auto& [id, binding] : tables.bindings())
        rows.add(binding);
    for (const rules::LogRow& log : tables.log()) {
        rows.add(log);
        reports.look();
    }
    for (const rules::LogRow& log : tables.log()) {
        if (const rules::LogNote* note = tables.note(log.id))
            rows.add(*note);
        reports.look();
    }
    for (const rules::DailyCounter& counter : tables.allCounters())
        rows.add(counter);
    for (const rules::Grant& grant : tables.allGrants())
        rows.add(grant);
}

qint64 countRows(const MemoryTables& tables) {
    return static_cast<qint64>(tables.users().size() + tables.bindings().size() + tables.ruleSet().rules.size() +
                               tables.ruleSet().levels.size() + tables.operators().size() + tables.log().size() * 2 +
                               tables.allCounters().size() + tables.allGrants().size() + 2);
}

Result<void> copyInTransaction(const MemoryTables& tables, SqlConnection& connection, qint64 nowUs,
                               const CopyProgress& progress) {
    if (const Result<void> begun = connection.begin(Access::Write); !begun)
        return begun;
    const qint64 allRows = countRows(tables);
    RowWriter rows(connection);
    rows.addOperators(tables.operators(), nowUs);
    rows.addRuleSet(tables.ruleSet());
    copyRows(rows, tables, {rows, progress, allRows});
    if (!rows.outcome()) {
        connection.rollBack();
        return rows.outcome();
    }
    const Result<void> outcome = connection.commit();
    if (outcome && progress)
        progress(allRows, allRows);
    return outcome;
}

} // namespace

Result<void> copyStore(const MemoryDatabase& from, const QString& fileName, const base::Clock& clock,
                       const CopyProgress& progress) {
    const auto connection = SqliteConnection::open(fileName, {});
    return connection ? copyStore(from, **connection, clock, progress) : Result<void>(connection.error());
}

Result<void> copyStore(const MemoryDatabase& from, SqlConnection& connection, const base::Clock& clock,
                       const CopyProgress& progress) {
    const Result<SchemaFacts> facts = inspectSchema(connection);
    if (!facts)
        return facts.error();
    connection.setShape(facts->shape);
    constexpr int lockTimeoutMs = 5000;
    if (!from.lock().lockForRead(lockTimeoutMs))
        return Error{ErrorKind::Busy, QStringLiteral("The memory database is in use. Nothing was copied; try again.")};
    const Result<void> outcome = copyInTransaction(from.tables(), connection, clock.nowUs(), progress);
    from.lock().unlockRead();
    return outcome;
}

} // namespace affinity::store
