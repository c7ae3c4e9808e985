#include "engine/store/mariadbsession.h"

#include "engine/redis/resolve.h"
#include "engine/store/databasefault.h"
#include "engine/store/mariadberror.h"
#include "engine/store/mariadbvalues.h"

#include <errmsg.h>
#include <openssl/x509.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <mutex>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// libmariadb runs a call that has to wait on a stack of its own; encryption needs more than its default of 60 KB.
constexpr size_t callStackBytes = 512 * 1024;

/// A server may not ask for a file of this machine.
int refuseLocalFile(void** state, const char*, void*) {
    *state = nullptr;
    return 1;
}
int readNoLocalFile(void*, char*, unsigned) {
    return -1;
}
void endNoLocalFile(void*) {
}
int sayNoLocalFile(void*, char* message, unsigned length) {
    const char refusal[] = "no file of this machine is given to the server";
    qstrncpy(message, refusal, length);
    return CR_UNKNOWN_ERROR;
}

short pollEventsOf(int status) {
    int events = 0;
    if (status & MYSQL_WAIT_READ)
        events |= POLLIN;
    if (status & MYSQL_WAIT_WRITE)
        events |= POLLOUT;
    if (status & MYSQL_WAIT_EXCEPT)
        events |= POLLPRI;
    return static_cast<short>(events);
}

/// libmariadb's own errors, not the server's.
bool isOfClient(unsigned number) {
    return number >= CR_MIN_ERROR && number < 3000;
}

} // namespace

MariaDbSession::MariaDbSession(const ServerOptions& options, const QString& name) : m_options(options), m_name(name) {
    static std::once_flag isInitialized;
    std::call_once(isInitialized, [] { mysql_server_init(0, nullptr, nullptr); });
}

MariaDbSession::~MariaDbSession() {
    end();
}

void MariaDbSession::end() {
    if (m_handle)
        mysql_close(m_handle); // the statements know of it: closing them sends nothing any more
    m_handle = nullptr;
    for (MYSQL_STMT*& prepared : m_prepared) {
        if (prepared)
            mysql_stmt_close(prepared);
        prepared = nullptr;
    }
}

/// Nothing can be sent or read afterwards, so no call waits for the server any more.
Error MariaDbSession::broken(const QString& why) {
    m_isBroken = true;
    if (const auto socket = mysql_get_socket(m_handle); socket >= 0)
        ::shutdown(socket, SHUT_RDWR);
    return connectionBroke(m_name, why);
}

/// The error of the call that failed last. One that comes instead of a row is told of the session alone.
Error MariaDbSession::lastError(MYSQL_STMT* prepared) {
    const bool isOfStatement = prepared && mysql_stmt_errno(prepared) != 0;
    const unsigned number = isOfStatement ? mysql_stmt_errno(prepared) : mysql_errno(m_handle);
    const QString text =
        QString::fromUtf8(isOfStatement ? mysql_stmt_error(prepared) : mysql_error(m_handle)).trimmed();
    if (isOfClient(number))
        return broken(text);
    return errorFromMariaDb(number, text, m_name);
}

redis::Deadline MariaDbSession::deadline() const {
    return redis::within(m_options.callMs, m_options.cancelled);
}

// Waiting.

/// Waits for the socket; what it is ready for in libmariadb's words.
Result<int> MariaDbSession::wait(int status, const redis::Deadline& deadline) {
    for (;;) {
        if (deadline.isCancelled()) {
            broken({});
            return questionCancelled(m_name);
        }
        if (deadline.hasPassed())
            return broken(noAnswerInTime());
        pollfd descriptor{mysql_get_socket(m_handle), pollEventsOf(status), 0};
        const int ready = poll(&descriptor, 1, deadline.sliceMs());
        if (ready > 0) {
            int events = descriptor.revents & POLLIN ? MYSQL_WAIT_READ : 0;
            events |= descriptor.revents & POLLOUT ? MYSQL_WAIT_WRITE : 0;
            events |= descriptor.revents & POLLPRI ? MYSQL_WAIT_EXCEPT : 0;
            // An error of the socket shows in whatever it is asked for.
            return events ? events : status & (MYSQL_WAIT_READ | MYSQL_WAIT_WRITE | MYSQL_WAIT_EXCEPT);
        }
        if (ready < 0 && errno != EINTR)
            return broken(QString::fromLocal8Bit(std::strerror(errno)));
    }
}

/// Brings one of libmariadb's calls to its end: `status` is what it waits for after its start, 0 when it is over.
template<typename Resume>
Result<void> MariaDbSession::finish(int status, const redis::Deadline& deadline, Resume resume) {
    while (status != 0) {
        const Result<int> ready = wait(status, deadline);
        if (!ready) {
            // The call has to return from where it waits, or what it holds would be lost. The socket is shut down.
            while (status != 0)
                status = resume(MYSQL_WAIT_TIMEOUT);
            return ready.error();
        }
        status = resume(*ready);
    }
    return {};
}

// Signing in.

Result<std::unique_ptr<MariaDbSession>> MariaDbSession::open(const ServerTarget& target, const ServerOptions& options,
                                                             const QString& name) {
    std::unique_ptr<MariaDbSession> session(new MariaDbSession(options, name));
    if (const Result<void> done = session->signIn(target); !done)
        return done.error();
    return session;
}

Result<void> MariaDbSession::signIn(const ServerTarget& target) {
    const redis::Deadline deadline = redis::within(m_options.connectMs, m_options.cancelled);
    const auto addresses = redis::resolve(target.host, deadline);
    if (!addresses)
        return addresses.error();
    // libmariadb compares the certificate with the name it connects to, and looks it up once more: it is known now.
    if (target.encryption == Encryption::Verified)
        return signInAt(target.host.toUtf8(), target, deadline);
    Result<void> done;
    for (const QHostAddress& address : *addresses) {
        done = signInAt(address.toString().toLatin1(), target, deadline);
        if (done || deadline.hasPassed() || deadline.isCancelled())
            break;
    }
    return done;
}

Result<void> MariaDbSession::initialize(const ServerTarget& target) {
    end();
    m_isBroken = false;
    m_handle = mysql_init(nullptr);
    if (!m_handle)
        return noMemoryForConnection(m_name);
    const my_bool no = 0;
    const unsigned none = 0;
    const auto secondsOf = [](int timeMs) { return static_cast<unsigned>((std::max(timeMs, 1) + 999) / 1000); };
    const unsigned connectSeconds = secondsOf(m_options.connectMs);
    const unsigned callSeconds = secondsOf(m_options.callMs);
    const unsigned protocol = MYSQL_PROTOCOL_TCP; // "localhost" would mean a Unix socket
    mysql_options(m_handle, MYSQL_OPT_PROTOCOL, &protocol);
    mysql_options(m_handle, MYSQL_OPT_NONBLOCK, &callStackBytes);
    mysql_options(m_handle, MYSQL_OPT_RECONNECT, &no);
    mysql_options(m_handle, MYSQL_OPT_LOCAL_INFILE, &none);
    mysql_options(m_handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    // A second fence behind our own deadlines, for waits that libmariadb does itself.
    mysql_options(m_handle, MYSQL_OPT_CONNECT_TIMEOUT, &connectSeconds);
    mysql_options(m_handle, MYSQL_OPT_READ_TIMEOUT, &callSeconds);
    mysql_options(m_handle, MYSQL_OPT_WRITE_TIMEOUT, &callSeconds);
    // Without those that would send the password itself.
    mysql_options(m_handle, MARIADB_OPT_RESTRICTED_AUTH, "mysql_native_password,client_ed25519,caching_sha2_password");
    mysql_optionsv(m_handle, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", "affinity-console");
    mysql_set_local_infile_handler(m_handle, refuseLocalFile, readNoLocalFile, endNoLocalFile, sayNoLocalFile, nullptr);
    setEncryption(target);
    return {};
}

void MariaDbSession::setEncryption(const ServerTarget& target) {
    // A server without encryption is left after the handshake: see signInAt().
    const my_bool yes = 1;
    mysql_options(m_handle, MYSQL_OPT_SSL_ENFORCE, &yes);
    const my_bool hasToMatchName = target.encryption == Encryption::Verified;
    mysql_options(m_handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &hasToMatchName);
    if (target.encryption != Encryption::VerifiedCa && target.encryption != Encryption::Verified)
        return;
    if (target.caFile.isEmpty()) // without any authorities named, libmariadb would not ask for one of them
        mysql_options(m_handle, MYSQL_OPT_SSL_CAPATH, X509_get_default_cert_dir());
    else
        mysql_options(m_handle, MYSQL_OPT_SSL_CA, target.caFile.toUtf8().constData());
}

Error MariaDbSession::signInError() const {
    const unsigned number = mysql_errno(m_handle);
    const QString why = QString::fromUtf8(mysql_error(m_handle)).trimmed();
    return isOfClient(number) ? cannotReach(m_name, why) : errorFromMariaDb(number, why, m_name);
}

Result<void> MariaDbSession::signInAt(const QByteArray& host, const ServerTarget& target,
                                      const redis::Deadline& deadline) {
    if (const Result<void> done = initialize(target); !done)
        return done;
    const QByteArray user = target.user.toUtf8();
    const QByteArray database = target.database.toUtf8();
    MYSQL* connected = nullptr;
    // CLIENT_FOUND_ROWS: an UPDATE counts the rows it found, as on the other databases.
    const int status =
        mysql_real_connect_start(&connected, m_handle, host.constData(), user.constData(), target.password.constData(),
                                 database.constData(), target.port, nullptr, CLIENT_FOUND_ROWS);
    const Result<void> done =
        finish(status, deadline, [&](int ready) { return mysql_real_connect_cont(&connected, m_handle, ready); });
    if (!done)
        return done.error().kind == ErrorKind::Cancelled ? done : cannotReach(m_name, noAnswerInTime());
    if (!connected)
        return signInError();
    if (target.encryption != Encryption::Preferred && !mysql_get_ssl_cipher(m_handle)) {
        broken({});
        return cannotReach(m_name, QStringLiteral("the server offers no encryption"));
    }
    return {};
}

bool MariaDbSession::isAlive() const {
    if (m_isBroken)
        return false;
    pollfd descriptor{mysql_get_socket(m_handle), POLLIN, 0};
    return poll(&descriptor, 1, 0) == 0; // between two statements the server has nothing to say but its end
}

bool MariaDbSession::isMariaDb() const {
    return mariadb_connection(m_handle) != 0;
}

quint32 MariaDbSession::id() const {
    return static_cast<quint32>(mysql_thread_id(m_handle));
}

// Statements.

Result<void> MariaDbSession::execute(const QByteArray& sql) {
    int failed = 0;
    const int status = mysql_real_query_start(&failed, m_handle, sql.constData(), static_cast<size_t>(sql.size()));
    const Result<void> done =
        finish(status, deadline(), [&](int ready) { return mysql_real_query_cont(&failed, m_handle, ready); });
    if (!done)
        return done;
    if (failed)
        return lastError();
    if (mysql_field_count(m_handle) > 0) {
        broken({});
        return Error{ErrorKind::Internal, QStringLiteral("%1 answered rows that nobody asked for.").arg(m_name)};
    }
    return {};
}

Result<MYSQL_STMT*> MariaDbSession::prepare(const QString& sql) {
    MYSQL_STMT* prepared = mysql_stmt_init(m_handle);
    if (!prepared)
        return noMemoryForConnection(m_name);
    const QByteArray text = sql.toUtf8();
    int failed = 0;
    const int status =
        mysql_stmt_prepare_start(&failed, prepared, text.constData(), static_cast<unsigned long>(text.size()));
    Result<void> done =
        finish(status, deadline(), [&](int ready) { return mysql_stmt_prepare_cont(&failed, prepared, ready); });
    if (done && failed)
        done = lastError(prepared);
    if (done)
        return prepared;
    close(prepared);
    return done.error();
}

void MariaDbSession::close(MYSQL_STMT* prepared) {
    my_bool failed = 0;
    const int status = mysql_stmt_close_start(&failed, prepared);
    const Result<void> done =
        finish(status, deadline(), [&](int ready) { return mysql_stmt_close_cont(&failed, prepared, ready); });
    Q_UNUSED(done); // nothing is lost by a server that keeps it
}

Result<MariaDbSession::Changes> MariaDbSession::run(Statement statement, const QString& sql, const QVariantList& values,
                                                    const RowVisitor& visit) {
    MYSQL_STMT*& prepared = m_prepared[static_cast<size_t>(statement)];
    if (!prepared) {
        const Result<MYSQL_STMT*> made = prepare(sql);
        if (!made)
            return made.error();
        prepared = *made;
    }
    return runPrepared(prepared, values, visit);
}

Result<MariaDbSession::Changes> MariaDbSession::runOnce(const QString& sql, const QVariantList& values,
                                                        const RowVisitor& visit) {
    const Result<MYSQL_STMT*> prepared = prepare(sql);
    if (!prepared)
        return prepared.error();
    const Result<Changes> changes = runPrepared(*prepared, values, visit);
    close(*prepared);
    return changes;
}

Result<MariaDbSession::Changes> MariaDbSession::runPrepared(MYSQL_STMT* prepared, const QVariantList& values,
                                                            const RowVisitor& visit) {
    MariaDbParameters parameters(values);
    if (mysql_stmt_param_count(prepared) != parameters.count())
        return Error{ErrorKind::Internal, QStringLiteral("A statement for %1 has %2 values instead of %3.")
                                              .arg(m_name)
                                              .arg(parameters.count())
                                              .arg(mysql_stmt_param_count(prepared))};
    if (parameters.count() > 0 && mysql_stmt_bind_param(prepared, parameters.binds()) != 0)
        return lastError(prepared);
    const redis::Deadline until = deadline();
    int failed = 0;
    const int status = mysql_stmt_execute_start(&failed, prepared);
    const Result<void> done =
        finish(status, until, [&](int ready) { return mysql_stmt_execute_cont(&failed, prepared, ready); });
    if (!done)
        return done.error();
    if (failed)
        return lastError(prepared);
    if (mysql_stmt_field_count(prepared) > 0) {
        const Result<void> fetched = fetch(prepared, visit, until);
        return fetched ? Result<Changes>(Changes{}) : Result<Changes>(fetched.error());
    }
    return Changes{static_cast<qint64>(mysql_stmt_affected_rows(prepared)),
                   static_cast<qint64>(mysql_stmt_insert_id(prepared))};
}

Result<void> MariaDbSession::fetch(MYSQL_STMT* prepared, const RowVisitor& visit, const redis::Deadline& until) {
    MariaDbRow row(mysql_stmt_field_count(prepared));
    if (mysql_stmt_bind_result(prepared, row.binds()) != 0)
        return broken(QString::fromUtf8(mysql_stmt_error(prepared)));
    for (;;) {
        int outcome = 0;
        const int status = mysql_stmt_fetch_start(&outcome, prepared);
        const Result<void> done =
            finish(status, until, [&](int ready) { return mysql_stmt_fetch_cont(&outcome, prepared, ready); });
        if (!done)
            return done;
        if (outcome == MYSQL_NO_DATA)
            return {};
        if (outcome == MYSQL_DATA_TRUNCATED && !row.completeFrom(prepared))
            return broken(QString::fromUtf8(mysql_stmt_error(prepared)));
        if (outcome != 0 && outcome != MYSQL_DATA_TRUNCATED)
            return lastError(prepared);
        if (visit)
            visit(row);
    }
}

} // namespace affinity::store
