#include "engine/store/migrations.h"

#include "engine/base/isotime.h"
#include "engine/store/sqlrows.h"

#include <QFile>

/// Resources of a static library have to be named once, outside any namespace, or the linker leaves them out.
static void makeMigrationsAvailable() {
    Q_INIT_RESOURCE(migrations);
}

namespace affinity::store {

using base::Result;

namespace {

Migration migration(Dialect dialect, int version, const QString& name) {
    QFile file(QStringLiteral(":/affinity/migrations/%1/%2.sql").arg(store::name(dialect), name));
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen); // compiled in
    Q_UNUSED(isOpen);
    return {version, name, statementsOf(QString::fromUtf8(file.readAll()))};
}

QString recordText(const Migration& migration, qint64 nowUs) {
    return QStringLiteral("INSERT INTO affinity_console_schema_version (version, name, applied_at) "
                          "VALUES (%1, '%2', '%3')")
        .arg(migration.version)
        .arg(migration.name, base::databaseTextFromTime(nowUs));
}

/// All of them or none.
Result<void> runInTransaction(SqlConnection& connection, const QStringList& statements) {
    if (const Result<void> begun = connection.begin(Access::Write); !begun)
        return begun;
    for (const QString& statement : statements) {
        if (const Result<qint64> done = connection.runText(statement); !done) {
            connection.rollBack();
            return done.error();
        }
    }
    return connection.commit();
}

std::vector<Migration> missingConsoleMigrations(const SchemaFacts& facts) {
    std::vector<Migration> missing = migrations(facts.shape.dialect);
    const int reached = facts.versions.empty() ? 1 : facts.versions.back();
    std::erase_if(missing, [reached](const Migration& migration) { return migration.version <= reached; });
    for (Migration& migration : missing) {
        for (QString& statement : migration.statements)
            statement = inNamesOf(facts.shape, statement);
    }
    return missing;
}

} // namespace

std::vector<Migration> migrations(Dialect dialect) {
    makeMigrationsAvailable();
    std::vector<Migration> all;
    if (dialect == Dialect::Sqlite)
        all.push_back(migration(dialect, 1, QStringLiteral("001_production_tables")));
    all.push_back(migration(dialect, 2, QStringLiteral("002_console_tables")));
    all.push_back(migration(dialect, 3, QStringLiteral("003_outbox")));
    return all;
}

QStringList statementsOf(const QString& migrationText) {
    QStringList statements;
    for (const QString& part : migrationText.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts)) {
        QStringList lines = part.trimmed().split(QLatin1Char('\n'));
        lines.erase(std::remove_if(lines.begin(), lines.end(),
                                   [](const QString& line) { return line.startsWith(QLatin1String("--")); }),
                    lines.end());
        QString statement = lines.join(QLatin1Char('\n')).trimmed();
        if (statement.endsWith(QLatin1Char(';')))
            statement.chop(1);
        if (!statement.isEmpty())
            statements << statement;
    }
    return statements;
}

QStringList consoleStatements(const SchemaFacts& facts, qint64 nowUs) {
    QStringList statements;
    for (const Migration& migration : missingConsoleMigrations(facts))
        statements << migration.statements << recordText(migration, nowUs);
    return statements;
}

Result<void> prepareConsole(SqlConnection& connection, const SchemaFacts& facts, qint64 nowUs) {
    for (const Migration& migration : missingConsoleMigrations(facts)) {
        const QStringList statements = migration.statements + QStringList{recordText(migration, nowUs)};
        if (const Result<void> done = runInTransaction(connection, statements); !done)
            return done;
    }
    return {};
}

Result<void> migrateEmbedded(SqlConnection& connection, qint64 nowUs) {
    const std::vector<Migration> all = migrations(Dialect::Sqlite);
    if (const Result<void> done = runInTransaction(connection, all.front().statements); !done)
        return done;
    if (const Result<void> done = prepareConsole(connection, {}, nowUs); !done)
        return done;
    if (const Result<void> done = runInTransaction(connection, {recordText(all.front(), nowUs)}); !done)
        return done;
    const rules::Setting setting;
    const Result<qint64> added = connection.run(Statement::CopySetting, settingValues(setting, nowUs));
    return added ? Result<void>() : Result<void>(added.error());
}

} // namespace affinity::store
