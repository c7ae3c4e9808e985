// MariaDbConnection: one connection to a MariaDB server on one thread; it lasts longer than its sessions.
#pragma once

#include "engine/store/mariadbsession.h"

namespace affinity::store {

/// Between two transactions a session that broke is replaced by a new one. Writing sessions read what was committed
/// before each statement (READ COMMITTED), reading ones have one view for a transaction (REPEATABLE READ); both have
/// the time zone UTC, strict rows and the time limits of the options. InnoDB rolls back only the statement at a lock
/// time-out: roll back after every error.
///
/// MySQL 8 answers the same texts but has no limit for idle transactions, and one for statements only where they read.
class MariaDbConnection final : public SqlConnection {
public:
    /// Errors: CannotConnect (no answer, refused, wrong password, proxy), NotFound (no such database), ReadOnly (a
    /// replica asked to write), Cancelled.
    static base::Result<std::unique_ptr<MariaDbConnection>> open(const ServerTarget& target,
                                                                 const ServerOptions& options);

    base::Result<void> begin(Access access) override;
    base::Result<void> commit() override;
    void rollBack() override;
    base::Result<void> runAll(std::span<SqlCall> calls) override;
    base::Result<qint64> runText(const QString& sql, const QVariantList& values = {},
                                 const RowVisitor& visit = {}) override;

private:
    MariaDbConnection(const ServerTarget& target, const ServerOptions& options);
    base::Result<void> connect();
    base::Result<void> setUpSession();
    base::Result<void> checkServer();
    base::Result<void> ensureSession();
    base::Result<void> execute(Statement statement);
    base::Result<void> run(SqlCall& call);
    base::Result<void> beginReading();
    void releaseNames();

    ServerTarget m_target;
    ServerOptions m_options;
    std::unique_ptr<MariaDbSession> m_session; ///< null until it is needed again
    bool m_isInTransaction = false;
    bool m_hasLockedNames = false; ///< they belong to the session: the end of a transaction does not give them back
};

} // namespace affinity::store
