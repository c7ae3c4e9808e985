// Dialect: the SQL that three databases spell each in its own way; everything else in statements.cpp is common to them.
#pragma once

#include <QString>

namespace affinity::store {

enum class Dialect { Sqlite, PostgreSql, MariaDb };

/// A column that the planner must not choose an index for.
QString withoutIndex(Dialect dialect, const QString& column);
/// The greater of two values.
QString greatest(Dialect dialect, const QString& left, const QString& right);
/// "JOIN table ON condition"; SQLite walks the tables in the order they are written.
QString joined(Dialect dialect, const QString& table, const QString& condition);
/// A member of a JSON object as a text; a number comes as its digits.
QString jsonMember(Dialect dialect, const QString& column, const QString& member);

enum class ListOf { Numbers, Times };
/// A bound JSON list as a table with the columns `alias`.value and, for the order, listPlace().
QString listTable(Dialect dialect, const QString& alias, ListOf kind);
QString listPlace(Dialect dialect, const QString& alias);

/// "sqlite", "postgresql", "mariadb"
QString name(Dialect dialect);

} // namespace affinity::store
