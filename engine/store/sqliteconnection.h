// SqliteConnection: one SQLite file on one thread, its statements prepared once, closed and forgotten at its end.
#pragma once

#include "engine/store/sqlconnection.h"

#include <QSqlDatabase>
#include <QSqlQuery>

#include <array>

namespace affinity::store {

struct SqliteOptions {
    Access access = Access::Write;
    int busyTimeoutMs = 5000; ///< how long a locked database is waited for
    qint64 pageLimit =
        0; ///< the database grows to at most so many pages of 4 KiB; 0: no limit. For tests of a full disk

    friend bool operator==(const SqliteOptions&, const SqliteOptions&) = default;
};

/// For writing it switches the file to write-ahead logging (kept in the file) with synchronous = NORMAL: a power loss
/// can take the last commits, never leave half of one. For reading the file is opened read-only and keeps every byte.
class SqliteConnection final : public SqlConnection {
public:
    static base::Result<std::unique_ptr<SqliteConnection>> open(const QString& fileName, const SqliteOptions& options);
    ~SqliteConnection() override;

    base::Result<void> begin(Access access) override;
    /// Waits for readers as long as for a lock.
    base::Result<void> commit() override;
    void rollBack() override;
    base::Result<void> runAll(std::span<SqlCall> calls) override;
    base::Result<qint64> runText(const QString& sql, const QVariantList& values = {},
                                 const RowVisitor& visit = {}) override;

private:
    SqliteConnection(const QString& fileName, const SqliteOptions& options);
    base::Result<void> setUp();
    base::Result<QSqlQuery*> prepared(Statement statement);
    base::Result<qint64> finished(QSqlQuery& query, const RowVisitor& visit);
    base::Error errorOf(const QSqlQuery& query) const;

    SqliteOptions m_options;
    QString m_connectionName;
    QSqlDatabase m_database;
    std::array<std::optional<QSqlQuery>, static_cast<size_t>(Statement::Count)> m_prepared;
    qint64 m_insertedId = 0; ///< by the last statement that inserted a row
};

} // namespace affinity::store
