#include "engine/store/postgresconnection.h"

#include "engine/redis/resolve.h"
#include "engine/store/databasefault.h"
#include "engine/store/postgreserror.h"

#include <libpq-fe.h>
#include <poll.h>

#include <cerrno>
#include <cstring>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr Oid boolType = 16;
constexpr Oid timestampWithZoneType = 1184;
constexpr int keepaliveSeconds = 2; ///< between two questions of the server's TCP to a silent client
constexpr int keepaliveCount = 3;   ///< without an answer to so many the client is gone

struct ResultDeleter {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultOwner = std::unique_ptr<PGresult, ResultDeleter>;

class PostgresRow final : public SqlRow {
public:
    PostgresRow(const PGresult* result, int row) : m_result(result), m_row(row) {}

    QVariant value(int column) const override {
        if (PQgetisnull(m_result, m_row, column))
            return {};
        const char* text = PQgetvalue(m_result, m_row, column);
        const int length = PQgetlength(m_result, m_row, column);
        switch (PQftype(m_result, column)) {
        case boolType:
            return *text == 't';
        case timestampWithZoneType: // "2026-03-01 12:00:00.5+00": the session's zone is UTC
            return QString::fromLatin1(text, length - (length > 3 && text[length - 3] == '+' ? 3 : 0));
        default:
            return QString::fromUtf8(text, length);
        }
    }

private:
    const PGresult* m_result;
    int m_row;
};

/// Question marks outside quotes become $1, $2, …
QByteArray withNumberedParameters(const QString& sql) {
    QByteArray numbered;
    const QByteArray text = sql.toUtf8();
    bool isQuoted = false;
    int parameter = 0;
    for (const char character : text) {
        if (character == '\'')
            isQuoted = !isQuoted;
        if (character == '?' && !isQuoted)
            numbered += '$' + QByteArray::number(++parameter);
        else
            numbered += character;
    }
    return numbered;
}

QByteArray preparedName(Statement statement) {
    return "affinity_" + QByteArray::number(static_cast<int>(statement));
}

/// Parameters as libpq takes them: texts, NULL where there is none.
class Parameters {
public:
    explicit Parameters(const QVariantList& values) {
        m_texts.reserve(static_cast<size_t>(values.size()));
        for (const QVariant& value : values) {
            m_texts.push_back(value.isNull() ? QByteArray() : value.toString().toUtf8());
            m_pointers.push_back(value.isNull() ? nullptr : m_texts.back().constData());
        }
    }
    int count() const { return static_cast<int>(m_pointers.size()); }
    const char* const* pointers() const { return m_pointers.data(); }

private:
    std::vector<QByteArray> m_texts;
    std::vector<const char*> m_pointers;
};

QString serverText(const PGresult* result) {
    const char* text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return QString::fromUtf8(text ? text : PQresultErrorMessage(result)).trimmed();
}

const char* modeOf(Encryption encryption) {
    switch (encryption) {
    case Encryption::Preferred:
        return "prefer";
    case Encryption::Required:
        return "require";
    case Encryption::VerifiedCa:
        return "verify-ca";
    case Encryption::Verified:
        return "verify-full";
    }
    return "verify-full";
}

} // namespace

PostgresConnection::PostgresConnection(const ServerTarget& target, const ServerOptions& options)
    : SqlConnection(where(target), options.access, Dialect::PostgreSql), m_target(target), m_options(options) {
}

PostgresConnection::~PostgresConnection() {
    abandon();
}

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const ServerTarget& target,
                                                                     const ServerOptions& options) {
    std::unique_ptr<PostgresConnection> connection(new PostgresConnection(target, options));
    if (const Result<void> done = connection->connect(); !done)
        return done.error();
    return connection;
}

void PostgresConnection::abandon() {
    if (m_connection)
        PQfinish(m_connection);
    m_connection = nullptr;
    m_isPrepared.fill(false);
}

Error PostgresConnection::broken(const QString& why) {
    abandon();
    return connectionBroke(name(), why);
}

Result<void> PostgresConnection::connect() {
    abandon();
    const redis::Deadline deadline = redis::within(m_options.connectMs, m_options.cancelled);
    if (const Result<void> done = startConnecting(deadline); !done) {
        abandon();
        return done;
    }
    Result<void> done = setUpSession();
    if (done)
        done = checkServer();
    if (!done)
        abandon();
    return done;
}

Result<void> PostgresConnection::startConnecting(const redis::Deadline& deadline) {
    const auto addresses = redis::resolve(m_target.host, deadline);
    if (!addresses)
        return addresses.error();
    QByteArrayList hosts; // libpq takes one name for each address
    QByteArrayList hostAddresses;
    for (const QHostAddress& each : *addresses) {
        hosts << m_target.host.toUtf8();
        hostAddresses << each.toString().toLatin1();
    }
    const QByteArray host = hosts.join(',');
    const QByteArray address = hostAddresses.join(',');
    const QByteArray port = QByteArray::number(m_target.port);
    const QByteArray user = m_target.user.toUtf8();
    const QByteArray database = m_target.database.toUtf8();
    const QByteArray caFile = m_target.caFile.toUtf8();
    std::vector<const char*> names;
    std::vector<const char*> values;
    const auto add = [&](const char* option, const char* value) {
        names.push_back(option);
        values.push_back(value);
    };
    add("host", host.constData());
    add("hostaddr", address.constData());
    add("port", port.constData());
    add("user", user.constData());
    add("password", m_target.password.constData());
    add("dbname", database.constData());
    add("application_name", "affinity-console");
    add("client_encoding", "UTF8");
    add("gssencmode", "disable");
    add("sslmode", modeOf(m_target.encryption));
    if (!caFile.isEmpty())
        add("sslrootcert", caFile.constData());
    add(nullptr, nullptr);

    m_connection = PQconnectStartParams(names.data(), values.data(), 0);
    if (!m_connection)
        return noMemoryForConnection(name());
    for (auto state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK; state = PQconnectPoll(m_connection)) {
        if (state == PGRES_POLLING_FAILED || PQstatus(m_connection) == CONNECTION_BAD) {
            return cannotReach(name(), QString::fromLocal8Bit(PQerrorMessage(m_connection)).trimmed());
        }
        if (const auto done = wait(state == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline); !done)
            return done;
    }
    PQsetnonblocking(m_connection, 1);
    return PQenterPipelineMode(m_connection) == 1 ? Result<void>()
                                                  : Result<void>(broken(QStringLiteral("no pipeline")));
}

Result<void> PostgresConnection::setUpSession() {
    const auto limit = [](const char* name, int number) {
        return QStringLiteral("set_config('%1', '%2', false)").arg(QLatin1String(name)).arg(number);
    };
    const bool isReading = m_options.access == Access::Read;
    std::vector<Message> messages(1);
    messages[0].kind = Message::Kind::Text;
    messages[0].sql =
        QStringLiteral("SELECT set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO', false), "
                       "set_config('standard_conforming_strings', 'on', false), "
                       "set_config('default_transaction_read_only', '%1', false), %2, %3, %4, %5, %6, %7")
            .arg(isReading ? QStringLiteral("on") : QStringLiteral("off"),
                 limit("statement_timeout", m_options.statementMs), limit("lock_timeout", m_options.lockMs),
                 limit("idle_in_transaction_session_timeout", m_options.idleMs),
                 // In the middle of a pipeline none of these runs: a server whose client went silent there would hold
                 // its locks until TCP notices, which takes two hours by default.
                 limit("tcp_keepalives_idle", std::max(1, m_options.idleMs / 1000)),
                 limit("tcp_keepalives_interval", keepaliveSeconds), limit("tcp_keepalives_count", keepaliveCount))
            .toUtf8();
    return exchangeOnce(messages);
}

Result<void> PostgresConnection::checkServer() {
    int backend = 0;
    bool isStandby = false;
    const RowVisitor visit = [&](const SqlRow& row) {
        backend = row.value(0).toInt();
        isStandby = row.value(1).toBool();
    };
    std::vector<Message> messages(1);
    messages[0].kind = Message::Kind::Text;
    messages[0].sql = "SELECT pg_backend_pid(), pg_is_in_recovery()";
    messages[0].visit = &visit;
    if (const Result<void> done = exchangeOnce(messages); !done)
        return done;
    if (m_options.access == Access::Read)
        return {};
    if (backend != PQbackendPID(m_connection))
        return poolerRefused(name());
    if (isStandby)
        return standbyRefused(name());
    return {};
}

Result<void> PostgresConnection::wait(short events, const redis::Deadline& deadline) {
    for (;;) {
        if (deadline.isCancelled()) {
            abandon();
            return questionCancelled(name());
        }
        if (deadline.hasPassed())
            return broken(noAnswerInTime());
        pollfd descriptor{PQsocket(m_connection), events, 0};
        const int ready = poll(&descriptor, 1, deadline.sliceMs());
        if (ready > 0)
            return {};
        if (ready < 0 && errno != EINTR)
            return broken(QString::fromLocal8Bit(std::strerror(errno)));
    }
}

bool PostgresConnection::send(const Message& message) {
    const Parameters parameters(message.values);
    switch (message.kind) {
    case Message::Kind::Prepare:
        return PQsendPrepare(m_connection, preparedName(message.statement).constData(),
                             withNumberedParameters(textOf(message.statement)).constData(), 0, nullptr) == 1;
    case Message::Kind::Execute:
        return PQsendQueryPrepared(m_connection, preparedName(message.statement).constData(), parameters.count(),
                                   parameters.pointers(), nullptr, nullptr, 0) == 1;
    case Message::Kind::Text:
        return PQsendQueryParams(m_connection, message.sql.constData(), parameters.count(), nullptr,
                                 parameters.pointers(), nullptr, nullptr, 0) == 1;
    }
    return false;
}

Result<void> PostgresConnection::flush(const redis::Deadline& deadline) {
    for (;;) {
        const int left = PQflush(m_connection);
        if (left == 0)
            return {};
        if (left < 0)
            return broken(QString::fromLocal8Bit(PQerrorMessage(m_connection)).trimmed());
        // Read meanwhile: a server whose answers nobody takes stops reading our messages.
        if (const Result<void> done = wait(POLLIN | POLLOUT, deadline); !done)
            return done;
        if (PQconsumeInput(m_connection) == 0)
            return broken(QString::fromLocal8Bit(PQerrorMessage(m_connection)).trimmed());
    }
}

/// The next result, or null at the end of one message's results.
Result<pg_result*> PostgresConnection::nextResult(const redis::Deadline& deadline) {
    while (PQisBusy(m_connection)) {
        if (const Result<void> done = wait(POLLIN, deadline); !done)
            return done.error();
        if (PQconsumeInput(m_connection) == 0)
            return broken(QString::fromLocal8Bit(PQerrorMessage(m_connection)).trimmed());
    }
    return PQgetResult(m_connection);
}

/// What one result says; its error, if it is one.
std::optional<Error> PostgresConnection::take(pg_result* result, Message& message) {
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
        break;
    case PGRES_PIPELINE_ABORTED: // the error came before
        return std::nullopt;
    default:
        return errorFromPostgres(PQresultErrorField(result, PG_DIAG_SQLSTATE), serverText(result), name());
    }
    if (message.kind == Message::Kind::Prepare)
        m_isPrepared[static_cast<size_t>(message.statement)] = true;
    message.tag = PQcmdStatus(result);
    message.changedRows = message.tag.startsWith("SELECT") ? 0 : QByteArray(PQcmdTuples(result)).toLongLong();
    if (message.call) {
        message.call->changedRows = message.changedRows;
        if (message.tag.startsWith("INSERT") && PQntuples(result) == 1)
            message.call->insertedId = PostgresRow(result, 0).value(0).toLongLong();
    }
    if (message.visit && *message.visit) {
        for (int row = 0; row < PQntuples(result); ++row)
            (*message.visit)(PostgresRow(result, row));
    }
    return std::nullopt;
}

Result<void> PostgresConnection::receive(std::vector<Message>& messages, const redis::Deadline& deadline) {
    std::optional<Error> firstError;
    for (Message& message : messages) {
        for (;;) {
            const Result<pg_result*> result = nextResult(deadline);
            if (!result)
                return firstError ? *firstError : result.error();
            if (!*result)
                break;
            const ResultOwner owner(*result);
            const std::optional<Error> error = take(*result, message);
            if (error && !firstError)
                firstError = error;
            if (PQstatus(m_connection) == CONNECTION_BAD) {
                const Error lost = broken(QStringLiteral("the server closed it"));
                return firstError.value_or(lost);
            }
        }
    }
    const Result<pg_result*> end = nextResult(deadline); // of the synchronisation
    if (!end)
        return firstError ? *firstError : end.error();
    const ResultOwner owner(*end);
    return firstError ? Result<void>(*firstError) : Result<void>();
}

Result<void> PostgresConnection::exchangeOnce(std::vector<Message>& messages) {
    const redis::Deadline deadline = redis::within(m_options.callMs, m_options.cancelled);
    for (const Message& message : messages) {
        if (!send(message))
            return broken(QString::fromLocal8Bit(PQerrorMessage(m_connection)).trimmed());
    }
    if (PQpipelineSync(m_connection) != 1)
        return broken(QString::fromLocal8Bit(PQerrorMessage(m_connection)).trimmed());
    if (const Result<void> done = flush(deadline); !done)
        return done;
    return receive(messages, deadline);
}

/// Outside a transaction, and before its first statement, a connection that broke is replaced. That the server closed
/// it while nobody used it shows when it is read: there is something to read only then.
Result<void> PostgresConnection::ensureConnection() {
    if (m_isInTransaction && !m_pendingBegin) {
        if (m_connection)
            return {};
        return connectionBrokeMeanwhile(name());
    }
    pollfd descriptor{m_connection ? PQsocket(m_connection) : -1, POLLIN, 0};
    while (m_connection && poll(&descriptor, 1, 0) > 0) {
        if (PQconsumeInput(m_connection) == 0)
            abandon();
    }
    return m_connection ? Result<void>() : connect();
}

/// Sends the messages with the BEGIN that waits for them.
Result<void> PostgresConnection::exchange(std::vector<Message>& messages) {
    if (const auto begin = std::exchange(m_pendingBegin, std::nullopt)) {
        Message first;
        first.kind = Message::Kind::Text;
        first.sql = textOf(*begin).toUtf8();
        messages.insert(messages.begin(), first);
    }
    return exchangeOnce(messages);
}

void PostgresConnection::addCall(std::vector<Message>& messages, SqlCall& call) {
    const auto isSame = [&](const Message& message) {
        return message.kind == Message::Kind::Prepare && message.statement == call.statement;
    };
    const bool isPrepared = m_isPrepared[static_cast<size_t>(call.statement)];
    if (!isPrepared && std::none_of(messages.begin(), messages.end(), isSame)) {
        Message prepare;
        prepare.kind = Message::Kind::Prepare;
        prepare.statement = call.statement;
        messages.push_back(prepare);
    }
    Message execute;
    execute.statement = call.statement;
    execute.values = call.values;
    execute.call = &call;
    execute.visit = &call.visit;
    messages.push_back(execute);
}

Result<void> PostgresConnection::runAll(std::span<SqlCall> calls) {
    if (const Result<void> done = ensureConnection(); !done)
        return done;
    std::vector<Message> messages;
    for (SqlCall& call : calls)
        addCall(messages, call);
    return exchange(messages);
}

Result<qint64> PostgresConnection::runText(const QString& sql, const QVariantList& values, const RowVisitor& visit) {
    if (const Result<void> done = ensureConnection(); !done)
        return done.error();
    std::vector<Message> messages(1);
    messages[0].kind = Message::Kind::Text;
    messages[0].sql = withNumberedParameters(sql);
    messages[0].values = values;
    messages[0].visit = &visit;
    if (const Result<void> done = exchange(messages); !done)
        return done.error();
    return messages.back().changedRows;
}

Result<void> PostgresConnection::begin(Access access) {
    m_isInTransaction = true;
    m_pendingBegin = access == Access::Write ? Statement::BeginWrite : Statement::BeginRead;
    return {};
}

Result<void> PostgresConnection::commit() {
    if (std::exchange(m_pendingBegin, std::nullopt)) { // nothing was asked, nothing has to end
        m_isInTransaction = false;
        return {};
    }
    if (const Result<void> connected = ensureConnection(); !connected) {
        m_isInTransaction = false;
        return connected;
    }
    std::vector<Message> messages(1);
    messages[0].kind = Message::Kind::Text;
    messages[0].sql = textOf(Statement::Commit).toUtf8();
    const Result<void> done = exchange(messages);
    m_isInTransaction = false;
    if (messages[0].tag == "COMMIT") // it stands, even if the connection broke right after this answer
        return {};
    if (done) // a transaction that had failed answers ROLLBACK
        return Error{ErrorKind::Internal,
                     QStringLiteral("%1 rolled the transaction back instead of committing it.").arg(name())};
    if (!m_connection)
        return commitUnknown(name());
    return done;
}

void PostgresConnection::rollBack() {
    const bool isBegun = m_isInTransaction && !m_pendingBegin;
    m_pendingBegin.reset();
    if (isBegun && m_connection) {
        std::vector<Message> messages(1);
        messages[0].kind = Message::Kind::Text;
        messages[0].sql = textOf(Statement::Rollback).toUtf8();
        if (!exchangeOnce(messages))
            abandon(); // the server rolls back when the connection ends
    }
    m_isInTransaction = false;
}

} // namespace affinity::store
