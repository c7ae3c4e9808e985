#include "tests/contract/renamedschema.h"

#include "engine/store/productionschema.h"
#include "engine/store/sqltokens.h"

namespace affinity::test {

using store::Dialect;
using store::SchemaMapping;

namespace {

const QString billing = QStringLiteral("billing");

/// "created_at" → "CreatedAt$"; a few become words that SQL has a meaning for.
QString otherName(const QString& name) {
    static const QMap<QString, QString> words{
        {QStringLiteral("id"), QStringLiteral("select")},      {QStringLiteral("level"), QStringLiteral("order")},
        {QStringLiteral("name"), QStringLiteral("Group")},     {QStringLiteral("date"), QStringLiteral("user")},
        {QStringLiteral("source"), QStringLiteral("from")},    {QStringLiteral("auth_user"), QStringLiteral("table")},
        {QStringLiteral("username"), QStringLiteral("level")}, {QStringLiteral("reason"), QStringLiteral("id")},
    };
    if (words.contains(name))
        return words[name];
    QString made;
    for (const QString& part : name.split(QLatin1Char('_')))
        made += part.left(1).toUpper() + part.mid(1);
    return made + QLatin1Char('$');
}

bool isInBilling(const QString& table) {
    return table == QLatin1String("userapp_affinitylog") || table == QLatin1String("userapp_useraffinitydailycounter");
}

} // namespace

SchemaMapping renamedSchema(Dialect dialect) {
    SchemaMapping mapping;
    for (const store::ProductionTable& table : store::productionTables()) {
        const bool hasSchema = dialect == Dialect::PostgreSql && isInBilling(table.name);
        mapping.tables[table.name] = (hasSchema ? billing + QLatin1Char('.') : QString()) + otherName(table.name);
        for (const store::ProductionColumn& column : table.columns)
            mapping.columns[table.name][column.name] = otherName(column.name);
    }
    return mapping;
}

SchemaMapping mappingOf(Backend backend) {
    if (!isRenamed(backend))
        return {};
    const Dialect onServer = isMariaDb(backend) ? Dialect::MariaDb : Dialect::PostgreSql;
    return renamedSchema(isServer(backend) ? onServer : Dialect::Sqlite);
}

namespace {

/// Some new names are old names of other columns: MariaDB sees them together, for the others all make room first.
QStringList columnStatements(const QString& table, const QMap<QString, QString>& columns, Dialect dialect) {
    const auto quoted = [dialect](const QString& name) { return store::quotedName(name, dialect); };
    const auto renaming = [&](const QString& from, const QString& to) {
        return QStringLiteral("RENAME COLUMN %1 TO %2").arg(quoted(from), quoted(to));
    };
    QStringList first;
    QStringList second;
    for (auto column = columns.begin(); column != columns.end(); ++column) {
        const QString between = column.key() + QStringLiteral("_moving");
        first << renaming(column.key(), dialect == Dialect::MariaDb ? *column : between);
        second << renaming(between, *column);
    }
    if (dialect == Dialect::MariaDb)
        return {QStringLiteral("ALTER TABLE %1 %2").arg(quoted(table), first.join(QStringLiteral(", ")))};
    QStringList statements;
    for (const QString& each : first + second)
        statements << QStringLiteral("ALTER TABLE %1 %2").arg(quoted(table), each);
    return statements;
}

} // namespace

QStringList renamingStatements(Dialect dialect) {
    const SchemaMapping mapping = renamedSchema(dialect);
    const auto quoted = [dialect](const QString& name) { return store::quotedName(name, dialect); };
    QStringList statements{QStringLiteral("BEGIN")};
    if (dialect == Dialect::PostgreSql)
        statements << QStringLiteral("CREATE SCHEMA %1 AUTHORIZATION affinity").arg(billing);
    for (auto table = mapping.columns.begin(); table != mapping.columns.end(); ++table)
        statements << columnStatements(table.key(), *table, dialect);
    for (auto table = mapping.tables.begin(); table != mapping.tables.end(); ++table) {
        const QString name = table->section(QLatin1Char('.'), -1);
        statements << QStringLiteral("ALTER TABLE %1 RENAME TO %2").arg(quoted(table.key()), quoted(name));
        if (name != *table)
            statements << QStringLiteral("ALTER TABLE %1 SET SCHEMA %2").arg(quoted(name), billing);
    }
    return statements << QStringLiteral("COMMIT");
}

} // namespace affinity::test
