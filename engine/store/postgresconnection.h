// PostgresConnection: one connection to a PostgreSQL server on one thread, without blocking calls and with a deadline
// on every round trip.
#pragma once

#include "engine/redis/deadline.h"
#include "engine/store/serveroptions.h"
#include "engine/store/servertarget.h"
#include "engine/store/sqlconnection.h"

#include <array>
#include <vector>

struct pg_conn;
struct pg_result;

namespace affinity::store {

/// Values travel as parameters, never inside a text. Statements are prepared on first use. The calls of one runAll()
/// leave in one piece (libpq's pipeline mode), and BEGIN travels with the first of them: a round trip each.
///
/// Between two transactions a connection that broke is opened anew. Each session has the time zone UTC and the time
/// limits of its options. A connection pooler between us and the server would hand prepared statements and locks to
/// strangers: for writing it is refused by name.
class PostgresConnection final : public SqlConnection {
public:
    /// Errors: CannotConnect (no answer, refused, wrong password, pooler), ReadOnly (a standby asked to write),
    /// Cancelled.
    static base::Result<std::unique_ptr<PostgresConnection>> open(const ServerTarget& target,
                                                                  const ServerOptions& options);
    ~PostgresConnection() override;

    base::Result<void> begin(Access access) override;
    base::Result<void> commit() override;
    void rollBack() override;
    base::Result<void> runAll(std::span<SqlCall> calls) override;
    base::Result<qint64> runText(const QString& sql, const QVariantList& values = {},
                                 const RowVisitor& visit = {}) override;

private:
    /// One message of a pipeline and what to do with its answer.
    struct Message {
        enum class Kind { Prepare, Execute, Text };
        Kind kind = Kind::Execute;
        Statement statement = Statement::Count; ///< of Prepare and Execute
        QByteArray sql;                         ///< of Text
        QVariantList values;
        SqlCall* call = nullptr;
        const RowVisitor* visit = nullptr;
        qint64 changedRows = 0;
        QByteArray tag; ///< answered: "COMMIT", "INSERT 0 1"
    };

    PostgresConnection(const ServerTarget& target, const ServerOptions& options);
    base::Result<void> connect();
    base::Result<void> startConnecting(const redis::Deadline& deadline);
    base::Result<void> setUpSession();
    base::Result<void> checkServer();
    base::Result<void> ensureConnection();
    base::Result<void> exchange(std::vector<Message>& messages);
    base::Result<void> exchangeOnce(std::vector<Message>& messages);
    bool send(const Message& message);
    base::Result<void> flush(const redis::Deadline& deadline);
    base::Result<void> receive(std::vector<Message>& messages, const redis::Deadline& deadline);
    base::Result<pg_result*> nextResult(const redis::Deadline& deadline);
    base::Result<void> wait(short events, const redis::Deadline& deadline);
    std::optional<base::Error> take(pg_result* result, Message& message);
    void addCall(std::vector<Message>& messages, SqlCall& call);
    base::Error broken(const QString& why);
    void abandon();

    ServerTarget m_target;
    ServerOptions m_options;
    pg_conn* m_connection = nullptr;
    std::array<bool, static_cast<size_t>(Statement::Count)> m_isPrepared{};
    bool m_isInTransaction = false;          ///< begin() was called, and no end yet
    std::optional<Statement> m_pendingBegin; ///< travels with the transaction's first statement
};

} // namespace affinity::store
