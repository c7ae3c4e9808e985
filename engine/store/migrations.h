// Numbered migrations: the texts compiled in from resources/migrations, and running them one transaction each.
#pragma once

#include "engine/base/clock.h"
#include "engine/store/schema.h"

#include <QStringList>

namespace affinity::store {

struct Migration {
    int version = 0;
    QString name; ///< "002_console_tables"
    QStringList statements;
};

/// All migrations of a kind of database, ascending. 1 makes production's tables (embedded SQLite stores only), those
/// above 1 make the console's.
std::vector<Migration> migrations(Dialect dialect);

/// A migration file's statements: parts between empty lines, without comment lines and the closing semicolon.
QStringList statementsOf(const QString& migrationText);

/// What the console's migrations that are missing would run, in order.
QStringList consoleStatements(const SchemaFacts& facts, qint64 nowUs);

/// Runs the console's missing migrations.
base::Result<void> prepareConsole(SqlConnection& connection, const SchemaFacts& facts, qint64 nowUs);

/// Runs all migrations on an empty file and adds the one row of settings, with its defaults.
base::Result<void> migrateEmbedded(SqlConnection& connection, qint64 nowUs);

} // namespace affinity::store
