#include "engine/store/mariadbconnection.h"

#include "engine/store/databasefault.h"

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// The server counts its limits in whole seconds, and 0 would mean none.
int wholeSeconds(int timeMs) {
    return std::max(1, (timeMs + 999) / 1000);
}

/// They stand alone: nothing is bound to them, and no rows come.
bool isControl(Statement statement) {
    switch (statement) {
    case Statement::BeginWrite:
    case Statement::BeginRead:
    case Statement::Commit:
    case Statement::Rollback:
    case Statement::SavepointGrant:
    case Statement::ReleaseGrant:
    case Statement::RollbackToGrant:
        return true;
    default:
        return false;
    }
}

/// The answer to a COMMIT was lost, or is that of a session that was ended in the middle of it.
bool isUnknown(ErrorKind kind) {
    return kind == ErrorKind::CannotConnect || kind == ErrorKind::Busy || kind == ErrorKind::Cancelled;
}

QByteArray sessionText(const ServerOptions& options, bool isMariaDb) {
    const int lockSeconds = wholeSeconds(options.lockMs);
    const QString text =
        QStringLiteral("SET autocommit = 1, time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,"
                       "NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', "
                       "innodb_lock_wait_timeout = %1, lock_wait_timeout = %1, ")
            .arg(lockSeconds);
    const QString limits = isMariaDb ? QStringLiteral("max_statement_time = %1, idle_transaction_timeout = %2")
                                           .arg(QString::number(options.statementMs / 1000.0, 'f', 3))
                                           .arg(wholeSeconds(options.idleMs))
                                     : QStringLiteral("max_execution_time = %1").arg(options.statementMs);
    // A writer that went silent after its commit would keep the event id's lock: names outlive their transaction. One
    // that is only idle is closed, too, and connects again with its next transaction.
    const QString idle = options.access == Access::Write
                             ? QStringLiteral(", wait_timeout = %1").arg(wholeSeconds(options.idleMs))
                             : QString();
    return (text + limits + idle).toUtf8();
}

} // namespace

MariaDbConnection::MariaDbConnection(const ServerTarget& target, const ServerOptions& options)
    : SqlConnection(where(target), options.access, Dialect::MariaDb), m_target(target), m_options(options) {
}

Result<std::unique_ptr<MariaDbConnection>> MariaDbConnection::open(const ServerTarget& target,
                                                                   const ServerOptions& options) {
    std::unique_ptr<MariaDbConnection> connection(new MariaDbConnection(target, options));
    if (const Result<void> done = connection->connect(); !done)
        return done.error();
    return connection;
}

Result<void> MariaDbConnection::connect() {
    m_session.reset();
    m_hasLockedNames = false;
    auto session = MariaDbSession::open(m_target, m_options, name());
    if (!session)
        return session.error();
    m_session = std::move(session).value();
    Result<void> done = setUpSession();
    if (done)
        done = checkServer();
    if (!done)
        m_session.reset();
    return done;
}

Result<void> MariaDbConnection::setUpSession() {
    if (const Result<void> done = m_session->execute(sessionText(m_options, m_session->isMariaDb())); !done)
        return done;
    return m_session->execute(m_options.access == Access::Read
                                  ? "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                                  : "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE");
}

Result<void> MariaDbConnection::checkServer() {
    if (m_options.access == Access::Read)
        return {};
    quint32 id = 0;
    QString readOnly;
    const RowVisitor visit = [&](const SqlRow& row) {
        id = row.value(0).toUInt();
        readOnly = row.value(1).toString();
    };
    const auto asked = m_session->runOnce(QStringLiteral("SELECT connection_id(), @@global.read_only"), {}, visit);
    if (!asked)
        return asked.error();
    if (id != m_session->id())
        return poolerRefused(name());
    if (readOnly != QLatin1String("0") && readOnly.compare(QLatin1String("off"), Qt::CaseInsensitive) != 0)
        return standbyRefused(name());
    return {};
}

Result<void> MariaDbConnection::ensureSession() {
    if (m_session && !m_session->isAlive())
        m_session.reset();
    if (m_session)
        return {};
    if (!m_isInTransaction)
        return connect();
    return connectionBrokeMeanwhile(name());
}

Result<void> MariaDbConnection::execute(Statement statement) {
    return m_session->execute(textOf(statement).toUtf8());
}

Result<void> MariaDbConnection::run(SqlCall& call) {
    if (isControl(call.statement))
        return execute(call.statement);
    if (call.statement == Statement::LockName)
        m_hasLockedNames = true; // even if the answer should not come
    const auto changes = m_session->run(call.statement, textOf(call.statement), call.values, call.visit);
    if (!changes)
        return changes.error();
    call.changedRows = changes->rows;
    call.insertedId = changes->insertedId;
    return {};
}

Result<void> MariaDbConnection::runAll(std::span<SqlCall> calls) {
    if (const Result<void> done = ensureSession(); !done)
        return done;
    for (SqlCall& call : calls) {
        if (const Result<void> done = run(call); !done)
            return done;
    }
    return {};
}

Result<qint64> MariaDbConnection::runText(const QString& sql, const QVariantList& values, const RowVisitor& visit) {
    if (const Result<void> done = ensureSession(); !done)
        return done.error();
    if (values.isEmpty() && !visit) { // not every statement can be prepared
        const Result<void> done = m_session->execute(sql.toUtf8());
        return done ? Result<qint64>(0) : Result<qint64>(done.error());
    }
    const auto changes = m_session->runOnce(sql, values, visit);
    return changes ? Result<qint64>(changes->rows) : Result<qint64>(changes.error());
}

/// A writing session has another isolation level, at which there is no consistent snapshot.
Result<void> MariaDbConnection::beginReading() {
    if (m_options.access == Access::Write) {
        if (const Result<void> done = m_session->execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"); !done)
            return done;
    }
    return execute(Statement::BeginRead);
}

Result<void> MariaDbConnection::begin(Access access) {
    if (const Result<void> done = ensureSession(); !done)
        return done;
    const Result<void> done = access == Access::Read ? beginReading() : execute(Statement::BeginWrite);
    m_isInTransaction = done.isOk();
    return done;
}

Result<void> MariaDbConnection::commit() {
    Result<void> done = ensureSession();
    if (!done) { // it broke before: the server rolled back
        m_isInTransaction = false;
        return done;
    }
    done = execute(Statement::Commit);
    if (!done && isUnknown(done.error().kind)) {
        m_session.reset();
        done = commitUnknown(name());
    }
    if (done)
        m_isInTransaction = false;
    else
        rollBack();
    releaseNames();
    return done;
}

void MariaDbConnection::rollBack() {
    const bool isBegun = std::exchange(m_isInTransaction, false);
    if (isBegun && m_session && !(m_session->isAlive() && execute(Statement::Rollback)))
        m_session.reset(); // the server rolls back when the session ends
    releaseNames();
}

void MariaDbConnection::releaseNames() {
    if (std::exchange(m_hasLockedNames, false) && m_session && !m_session->execute("DO release_all_locks()"))
        m_session.reset(); // its end releases them
}

} // namespace affinity::store
