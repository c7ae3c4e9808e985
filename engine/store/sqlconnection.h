// SqlConnection: one connection to one database on one thread; SQLite, PostgreSQL and MariaDB each have their own.
#pragma once

#include "engine/base/result.h"
#include "engine/store/statements.h"
#include "engine/store/store.h"

#include <QHash>
#include <QVariant>
#include <QVariantList>

#include <array>
#include <functional>
#include <span>
#include <type_traits>

namespace affinity::store {

/// One row of an answer. Valid only while it is visited.
class SqlRow {
public:
    /// NULL is an invalid or null QVariant; numbers, texts and flags convert to what their reader asks for; times and
    /// dates are texts in UTC, times with up to six digits of fraction.
    virtual QVariant value(int column) const = 0;

protected:
    ~SqlRow() = default;
};

using RowVisitor = std::function<void(const SqlRow&)>;

/// One statement to run, and what it answered.
struct SqlCall {
    Statement statement;
    QVariantList values;
    RowVisitor visit = {};  ///< gets each row of a select
    qint64 changedRows = 0; ///< answered: rows inserted, updated or deleted; an UPDATE counts those it found
    qint64 insertedId = 0;  ///< answered: the id that InsertLog gave its row
};

/// Opened, used and destroyed on one thread. A connection that broke is opened anew by the next begin(), or by the next
/// statement outside a transaction; a statement inside one fails. No call hangs on a silent server: each ends at the
/// latest after the time its options give it.
class SqlConnection {
public:
    SqlConnection(const SqlConnection&) = delete;
    SqlConnection& operator=(const SqlConnection&) = delete;
    virtual ~SqlConnection() = default;

    /// What errors call the database: a file's name, "affinity on db.example:5432".
    const QString& name() const { return m_name; }
    /// What it was opened for.
    Access access() const { return m_access; }
    const SchemaShape& shape() const { return m_shape; }
    /// To be set once the schema is known, before the first statement of a transaction.
    void setShape(const SchemaShape& shape);
    /// What the database calls production's tables and columns. To be set before its schema is inspected.
    void setMapping(const SchemaMapping& mapping);

    /// text() of this schema, put together by the first call for a statement.
    const QString& textOf(Statement statement);
    /// inNamesOf() this schema; what was asked lately is remembered.
    QString textOf(const QString& sql);

    /// Begins a transaction. Reading: one consistent view, and nothing can be written. Writing: each statement sees
    /// what was committed before it began.
    virtual base::Result<void> begin(Access access) = 0;
    /// CommitUnknown: the answer never came. Any other error: rolled back.
    virtual base::Result<void> commit() = 0;
    /// Ends the transaction without its changes, whatever state it is in.
    virtual void rollBack() = 0;

    /// Runs the calls in their order, each a statement of its own with a view of its own; stops at the first error.
    virtual base::Result<void> runAll(std::span<SqlCall> calls) = 0;
    /// Runs a text that was put together for one question, with its values and visitor.
    virtual base::Result<qint64> runText(const QString& sql, const QVariantList& values = {},
                                         const RowVisitor& visit = {}) = 0;

    /// Runs one statement and answers how many rows it changed.
    base::Result<qint64> run(Statement statement, const QVariantList& values = {}) {
        SqlCall call{statement, values};
        const base::Result<void> done = runAll({&call, 1});
        return done ? base::Result<qint64>(call.changedRows) : base::Result<qint64>(done.error());
    }

    /// All rows of a select, each made by `read(const SqlRow&)`.
    template<typename Read> auto select(Statement statement, const QVariantList& values, Read read) {
        Rows<Read> rows;
        SqlCall call{statement, values, [&](const SqlRow& row) { rows.push_back(read(row)); }};
        const base::Result<void> done = runAll({&call, 1});
        return done ? base::Result<Rows<Read>>(std::move(rows)) : base::Result<Rows<Read>>(done.error());
    }
    /// The same of a text that was put together for one question.
    template<typename Read> auto selectText(const QString& sql, const QVariantList& values, Read read) {
        Rows<Read> rows;
        const base::Result<qint64> done = runText(sql, values, [&](const SqlRow& row) { rows.push_back(read(row)); });
        return done ? base::Result<Rows<Read>>(std::move(rows)) : base::Result<Rows<Read>>(done.error());
    }
    /// The first row, if there is one.
    template<typename Read> auto selectOne(Statement statement, const QVariantList& values, Read read) {
        using Row = std::invoke_result_t<Read, const SqlRow&>;
        auto rows = select(statement, values, read);
        if (!rows)
            return base::Result<std::optional<Row>>(rows.error());
        return base::Result<std::optional<Row>>(rows.value().empty() ? std::nullopt
                                                                     : std::optional<Row>(std::move(rows.value()[0])));
    }

protected:
    SqlConnection(QString name, Access access, Dialect dialect) : m_name(std::move(name)), m_access(access) {
        m_shape.dialect = dialect;
    }

private:
    template<typename Read> using Rows = std::vector<std::invoke_result_t<Read, const SqlRow&>>;

    QString m_name;
    Access m_access;
    SchemaShape m_shape;
    std::array<QString, static_cast<size_t>(Statement::Count)> m_texts;
    QHash<QString, QString> m_renamed; ///< texts that were put together for a question, as they were written
};

} // namespace affinity::store
