// MariaDbSession: one session with a MariaDB server, from signing in until it breaks, with a deadline on every answer.
#pragma once

#include "engine/redis/deadline.h"
#include "engine/store/serveroptions.h"
#include "engine/store/servertarget.h"
#include "engine/store/sqlconnection.h"

#include <QHostAddress>

#include <array>
#include <memory>

struct st_mysql;
struct st_mysql_stmt;

namespace affinity::store {

/// Works through libmariadb's non-blocking calls: each waits on the socket only as long as its deadline. A session
/// whose deadline passed in the middle of an answer is of no further use; so is one that the server ended.
///
/// Used on one thread. Values travel as parameters of prepared statements, which live as long as the session.
class MariaDbSession {
public:
    /// What a statement changed.
    struct Changes {
        qint64 rows = 0;
        qint64 insertedId = 0;
    };

    /// Resolves, connects and signs in within `options.connectMs`; nothing is read from option files or the
    /// environment. `name` is what errors call the database. Errors: CannotConnect (no answer, refused, wrong password,
    /// no encryption where it is asked for), NotFound (no such database), Cancelled.
    static base::Result<std::unique_ptr<MariaDbSession>> open(const ServerTarget& target, const ServerOptions& options,
                                                              const QString& name);
    MariaDbSession(const MariaDbSession&) = delete;
    MariaDbSession& operator=(const MariaDbSession&) = delete;
    ~MariaDbSession();

    /// False once it broke, or when the server has ended it while nobody asked.
    bool isAlive() const;
    /// MariaDB itself, not MySQL: the session's limits have other names there.
    bool isMariaDb() const;
    /// The session's number in the server that shook hands with us.
    quint32 id() const;

    /// Runs a text without parameters that answers no rows.
    base::Result<void> execute(const QByteArray& sql);
    /// Runs a statement, prepared by its first call.
    base::Result<Changes> run(Statement statement, const QString& sql, const QVariantList& values,
                              const RowVisitor& visit);
    /// Prepares and runs a text once.
    base::Result<Changes> runOnce(const QString& sql, const QVariantList& values, const RowVisitor& visit);

private:
    MariaDbSession(const ServerOptions& options, const QString& name);
    base::Result<void> signIn(const ServerTarget& target);
    base::Result<void> signInAt(const QByteArray& host, const ServerTarget& target, const redis::Deadline& deadline);
    base::Result<void> initialize(const ServerTarget& target);
    void setEncryption(const ServerTarget& target);
    base::Error signInError() const;
    redis::Deadline deadline() const;
    template<typename Resume> base::Result<void> finish(int status, const redis::Deadline& deadline, Resume resume);
    base::Result<int> wait(int status, const redis::Deadline& deadline);
    base::Result<st_mysql_stmt*> prepare(const QString& sql);
    base::Result<Changes> runPrepared(st_mysql_stmt* prepared, const QVariantList& values, const RowVisitor& visit);
    base::Result<void> fetch(st_mysql_stmt* prepared, const RowVisitor& visit, const redis::Deadline& deadline);
    base::Error lastError(st_mysql_stmt* prepared = nullptr);
    base::Error broken(const QString& why);
    void close(st_mysql_stmt* prepared);
    void end();

    ServerOptions m_options;
    QString m_name;
    st_mysql* m_handle = nullptr;
    bool m_isBroken = false;
    std::array<st_mysql_stmt*, static_cast<size_t>(Statement::Count)> m_prepared{};
};

} // namespace affinity::store
