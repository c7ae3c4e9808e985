// SqlConnection: one SQLite connection on one thread, its statements prepared once, closed and forgotten at its end.
#pragma once

#include "engine/base/result.h"
#include "engine/store/statements.h"
#include "engine/store/store.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <array>

namespace affinity::store {

struct SqlOptions {
    Access access = Access::Write;
    int busyTimeoutMs = 5000; ///< how long a locked database is waited for
    qint64 pageLimit =
        0; ///< the database grows to at most so many pages of 4 KiB; 0: no limit. For tests of a full disk

    friend bool operator==(const SqlOptions&, const SqlOptions&) = default;
};

/// Opened, used and destroyed on one thread.
/// For writing it switches the file to write-ahead logging (kept in the file) with synchronous = NORMAL: a power loss
/// can take the last commits, never leave half of one. For reading the file is opened read-only and keeps every byte.
class SqlConnection {
public:
    static base::Result<std::unique_ptr<SqlConnection>> open(const QString& fileName, const SqlOptions& options);
    ~SqlConnection();
    SqlConnection(const SqlConnection&) = delete;
    SqlConnection& operator=(const SqlConnection&) = delete;

    const QString& fileName() const { return m_fileName; }
    const SqlOptions& options() const { return m_options; }
    const SchemaShape& shape() const { return m_shape; }
    /// To be set once the schema is known, before the first prepared statement.
    void setShape(const SchemaShape& shape) { m_shape = shape; }

    /// Runs a statement by its name and answers how many rows it changed.
    base::Result<qint64> run(Statement statement, const QVariantList& values = {});
    /// Runs a text that is not in the list: pragmas and migrations.
    base::Result<void> runText(const QString& sql);

    /// All rows of a select, each made by `read(const QSqlQuery&)`.
    template<typename Read> auto select(Statement statement, const QVariantList& values, Read read) {
        base::Result<QSqlQuery*> query = execute(statement, values);
        return query ? readRows(**query, read) : allOrError(read, query.error());
    }
    /// The same of a text that was put together for one question.
    template<typename Read> auto selectText(const QString& sql, const QVariantList& values, Read read) {
        QSqlQuery query(m_database);
        const base::Result<void> done = executeText(query, sql, values);
        return done ? readRows(query, read) : allOrError(read, done.error());
    }
    /// The first row, if there is one.
    template<typename Read> auto selectOne(Statement statement, const QVariantList& values, Read read) {
        using Row = decltype(read(std::declval<const QSqlQuery&>()));
        auto rows = select(statement, values, read);
        if (!rows)
            return base::Result<std::optional<Row>>(rows.error());
        return base::Result<std::optional<Row>>(rows.value().empty() ? std::nullopt
                                                                     : std::optional<Row>(std::move(rows.value()[0])));
    }

    /// The id that the last INSERT gave its row.
    qint64 lastInsertId() const { return m_lastInsertId; }
    QSqlDatabase& database() { return m_database; }

private:
    SqlConnection(QString fileName, const SqlOptions& options);
    base::Result<void> setUp();
    base::Result<QSqlQuery*> execute(Statement statement, const QVariantList& values);
    base::Result<void> executeText(QSqlQuery& query, const QString& sql, const QVariantList& values);
    base::Error errorOf(const QSqlQuery& query) const;

    template<typename Read> auto allOrError(Read read, const base::Error& error) {
        return base::Result<std::vector<decltype(read(std::declval<const QSqlQuery&>()))>>(error);
    }
    template<typename Read> auto readRows(QSqlQuery& query, Read read) {
        std::vector<decltype(read(std::declval<const QSqlQuery&>()))> rows;
        while (query.next())
            rows.push_back(read(std::as_const(query)));
        const bool isBroken = hasError(query); // a page that could not be read ends the walk, too
        const base::Error error = isBroken ? errorOf(query) : base::Error{};
        query.finish();
        return isBroken ? allOrError(read, error) : base::Result<decltype(rows)>(std::move(rows));
    }
    static bool hasError(const QSqlQuery& query);

    QString m_fileName;
    SqlOptions m_options;
    SchemaShape m_shape;
    QString m_connectionName;
    QSqlDatabase m_database;
    std::array<std::optional<QSqlQuery>, static_cast<size_t>(Statement::Count)> m_prepared;
    qint64 m_lastInsertId = 0;
};

} // namespace affinity::store
