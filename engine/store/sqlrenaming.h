// Statements written in one set of table and column names, said in another.
#pragma once

#include "engine/store/dialect.h"

#include <QMap>
#include <QStringList>

namespace affinity::store {

/// A table in the database's words.
struct TableRenaming {
    QString name;
    QMap<QString, QString> columns; ///< all columns of the table; one with an empty name is not there and reads as ''

    friend bool operator==(const TableRenaming&, const TableRenaming&) = default;
};

/// By the name that the statements use. Tables that are not listed, and their columns, keep their names.
using Renaming = QMap<QString, TableRenaming>;

struct RenamedSql {
    QString text;
    QStringList doubtful; ///< columns without their table before them that could be of several: these keep their names
};

/// Rewrites a statement, or several with semicolons between them. Names that differ come quoted; all else stays to the
/// character. Understands what our statements use: aliases, sub-selects, UNION, INSERT … ON CONFLICT with `excluded`,
/// derived tables, REFERENCES and GRANT lists of columns. A column without its table belongs to the table of the
/// innermost SELECT around it that has such a column. An output's name (AS x) stays.
RenamedSql renamed(const QString& sql, const Renaming& renaming, Dialect dialect);

} // namespace affinity::store
