#include "engine/store/sqliteconnection.h"

#include "engine/store/sqliteerror.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QSqlError>

#include <atomic>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

QString uniqueConnectionName() {
    static std::atomic<qint64> last{0};
    return QStringLiteral("affinity-store-%1").arg(++last);
}

class SqliteRow final : public SqlRow {
public:
    explicit SqliteRow(const QSqlQuery& query) : m_query(query) {}
    QVariant value(int column) const override { return m_query.value(column); }

private:
    const QSqlQuery& m_query;
};

} // namespace

SqliteConnection::SqliteConnection(const QString& fileName, const SqliteOptions& options)
    : SqlConnection(fileName, options.access, Dialect::Sqlite),
      m_options(options),
      m_connectionName(uniqueConnectionName()),
      m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connectionName)) {
}

SqliteConnection::~SqliteConnection() {
    for (std::optional<QSqlQuery>& query : m_prepared)
        query.reset();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connectionName);
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const QString& fileName,
                                                                 const SqliteOptions& options) {
    const QFileInfo file(fileName);
    if (!file.exists())
        return Error{ErrorKind::NotFound,
                     QStringLiteral("%1 does not exist. Check the name, or create a new store.").arg(fileName)};
    if (!file.isFile())
        return Error{ErrorKind::CannotConnect, QStringLiteral("%1 is not a file.").arg(fileName)};
    if (!file.isReadable())
        return Error{ErrorKind::CannotConnect,
                     QStringLiteral("%1 cannot be read. Give this account the right to read it.").arg(fileName)};
    const bool isWriting = options.access == Access::Write;
    if (isWriting && (!file.isWritable() || !QFileInfo(file.absolutePath()).isWritable()))
        return Error{ErrorKind::ReadOnly, QStringLiteral("%1 or its folder is read-only. Make both writable, or open "
                                                         "the store for reading only.")
                                              .arg(fileName)};

    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(fileName, options));
    QSqlDatabase& database = connection->m_database;
    if (!database.isValid())
        return Error{ErrorKind::CannotConnect, QStringLiteral("%1 cannot be opened: Qt's SQLite driver is missing. "
                                                              "Install it (Debian: libqt6sql6-sqlite).")
                                                   .arg(fileName)};
    database.setDatabaseName(fileName);
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1%2")
                                   .arg(options.busyTimeoutMs)
                                   .arg(isWriting ? QString() : QStringLiteral(";QSQLITE_OPEN_READONLY")));
    if (!database.open())
        return errorFromSql(database.lastError(), fileName);
    if (const Result<void> done = connection->setUp(); !done)
        return done.error();
    return connection;
}

Result<void> SqliteConnection::setUp() {
    // trusted_schema stays on: Django's own CHECK (JSON_VALID(...)) counts as unsafe without it.
    QStringList pragmas{QStringLiteral("PRAGMA foreign_keys = ON"), QStringLiteral("PRAGMA cell_size_check = ON")};
    if (m_options.access == Access::Write) {
        // The log has eight indexes, so rows in time order touch pages all over the file. With SQLite's own 2 MiB of
        // cache a copy of 300,000 rows took twice as long as with 64 MiB; with its 1,000 pages between checkpoints,
        // each of which waits for the disk, 10 % fewer events a second were applied than with 8,000.
        pragmas << QStringLiteral("PRAGMA journal_mode = WAL") << QStringLiteral("PRAGMA synchronous = NORMAL")
                << QStringLiteral("PRAGMA cache_size = -65536") // KiB
                << QStringLiteral("PRAGMA wal_autocheckpoint = 8000");
    } else {
        pragmas << QStringLiteral("PRAGMA query_only = ON");
    }
    if (m_options.pageLimit > 0)
        pragmas << QStringLiteral("PRAGMA max_page_count = %1").arg(m_options.pageLimit);
    for (const QString& pragma : pragmas) {
        if (const Result<qint64> done = runText(pragma); !done)
            return done.error();
    }
    return {};
}

Error SqliteConnection::errorOf(const QSqlQuery& query) const {
    return errorFromSql(query.lastError(), name());
}

Result<QSqlQuery*> SqliteConnection::prepared(Statement statement) {
    std::optional<QSqlQuery>& query = m_prepared[static_cast<size_t>(statement)];
    if (!query) {
        query.emplace(m_database);
        query->setForwardOnly(true);
        if (!query->prepare(textOf(statement))) {
            const Error error = errorOf(*query);
            query.reset();
            return error;
        }
    }
    return &*query;
}

/// Runs what is prepared and bound, hands out its rows and makes it ready for the next time.
Result<qint64> SqliteConnection::finished(QSqlQuery& query, const RowVisitor& visit) {
    bool isDone = query.exec();
    qint64 changedRows = 0;
    if (isDone && !query.isSelect()) {
        changedRows = query.numRowsAffected();
        m_insertedId = query.lastInsertId().toLongLong(); // the query forgets it when it is finished
    }
    while (isDone && visit && query.next())
        visit(SqliteRow(query));
    isDone = isDone && query.lastError().type() == QSqlError::NoError; // a page that could not be read ends the walk
    const Error error = isDone ? Error{} : errorOf(query);
    query.finish();
    return isDone ? Result<qint64>(changedRows) : Result<qint64>(error);
}

Result<void> SqliteConnection::runAll(std::span<SqlCall> calls) {
    for (SqlCall& call : calls) {
        const Result<QSqlQuery*> query = prepared(call.statement);
        if (!query)
            return query.error();
        for (int i = 0; i < call.values.size(); ++i)
            (*query)->bindValue(i, call.values[i]);
        const Result<qint64> changedRows = finished(**query, call.visit);
        if (!changedRows)
            return changedRows.error();
        call.changedRows = *changedRows;
        call.insertedId = m_insertedId;
    }
    return {};
}

Result<qint64> SqliteConnection::runText(const QString& sql, const QVariantList& values, const RowVisitor& visit) {
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return errorOf(query);
    for (const QVariant& value : values)
        query.addBindValue(value);
    return finished(query, visit);
}

Result<void> SqliteConnection::begin(Access access) {
    const Result<qint64> done = run(access == Access::Write ? Statement::BeginWrite : Statement::BeginRead);
    return done ? Result<void>() : Result<void>(done.error());
}

Result<void> SqliteConnection::commit() {
    QElapsedTimer timer;
    timer.start();
    Result<qint64> done = run(Statement::Commit);
    // A busy COMMIT leaves the transaction as it was: the readers it waits for may finish within the time.
    while (!done && done.error().kind == ErrorKind::Busy && timer.elapsed() < m_options.busyTimeoutMs)
        done = run(Statement::Commit);
    if (done)
        return {};
    rollBack();
    return done.error();
}

void SqliteConnection::rollBack() {
    // A full disk may have ended the transaction already; then there is nothing to roll back and that is all right.
    const bool isRolledBack = run(Statement::Rollback).isOk();
    Q_UNUSED(isRolledBack);
}

} // namespace affinity::store
