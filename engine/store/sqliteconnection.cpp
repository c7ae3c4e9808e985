#include "engine/store/sqlconnection.h"

#include "engine/store/sqlerror.h"

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

/// Statements that are not worth keeping the inserted id of.
bool givesId(Statement statement) {
    return statement == Statement::InsertLog;
}

} // namespace

SqlConnection::SqlConnection(QString fileName, const SqlOptions& options)
    : m_fileName(std::move(fileName)),
      m_options(options),
      m_connectionName(uniqueConnectionName()),
      m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connectionName)) {
}

SqlConnection::~SqlConnection() {
    for (std::optional<QSqlQuery>& query : m_prepared)
        query.reset();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connectionName);
}

Result<std::unique_ptr<SqlConnection>> SqlConnection::open(const QString& fileName, const SqlOptions& options) {
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

    std::unique_ptr<SqlConnection> connection(new SqlConnection(fileName, options));
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

Result<void> SqlConnection::setUp() {
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
        if (const Result<void> done = runText(pragma); !done)
            return done;
    }
    return {};
}

Error SqlConnection::errorOf(const QSqlQuery& query) const {
    return errorFromSql(query.lastError(), m_fileName);
}

bool SqlConnection::hasError(const QSqlQuery& query) {
    return query.lastError().type() != QSqlError::NoError;
}

Result<QSqlQuery*> SqlConnection::execute(Statement statement, const QVariantList& values) {
    std::optional<QSqlQuery>& prepared = m_prepared[static_cast<size_t>(statement)];
    if (!prepared) {
        prepared.emplace(m_database);
        prepared->setForwardOnly(true);
        if (!prepared->prepare(text(statement, m_shape))) {
            const Error error = errorOf(*prepared);
            prepared.reset();
            return error;
        }
    }
    for (int i = 0; i < values.size(); ++i)
        prepared->bindValue(i, values[i]);
    if (!prepared->exec()) {
        const Error error = errorOf(*prepared);
        prepared->finish();
        return error;
    }
    return &*prepared;
}

Result<void> SqlConnection::executeText(QSqlQuery& query, const QString& sql, const QVariantList& values) {
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return errorOf(query);
    for (const QVariant& value : values)
        query.addBindValue(value);
    return query.exec() ? Result<void>() : Result<void>(errorOf(query));
}

Result<qint64> SqlConnection::run(Statement statement, const QVariantList& values) {
    const Result<QSqlQuery*> query = execute(statement, values);
    if (!query)
        return query.error();
    if (givesId(statement))
        m_lastInsertId = (*query)->lastInsertId().toLongLong();
    const qint64 rows = (*query)->numRowsAffected();
    (*query)->finish();
    return rows;
}

Result<void> SqlConnection::runText(const QString& sql) {
    QSqlQuery query(m_database);
    return query.exec(sql) ? Result<void>() : Result<void>(errorOf(query));
}

} // namespace affinity::store
