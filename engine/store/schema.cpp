#include "engine/store/schema.h"

#include "engine/store/productionschema.h"
#include "engine/store/sqlrows.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

const QString versionTable = QStringLiteral("affinity_console_schema_version");

/// What was found: tables as a mapping names them, with a schema in front where it has one.
struct Found {
    QSet<QString> tables;
    QSet<std::pair<QString, QString>> columns; ///< table and column

    void add(const QString& table, const QString& column) {
        tables.insert(table);
        columns.insert({table, column});
    }
    bool has(const QString& table, const QString& column) const { return columns.contains({table, column}); }
};

std::pair<QString, QString> readTableAndColumn(const SqlRow& row) {
    return {row.value(0).toString(), row.value(1).toString()};
}

Error missing(const QString& fileName, const QString& what) {
    return {ErrorKind::Damaged, QStringLiteral("%1 is not a store of the affinity service: %2 is missing. Check that "
                                               "this is the right file.")
                                    .arg(fileName, what)};
}

Result<void> findColumnsOfSchemas(SqlConnection& connection, Found& found) {
    QStringList schemas;
    for (const QString& table : connection.shape().mapping.tables) {
        if (const QString schema = schemaOf(table); !schema.isEmpty() && !schemas.contains(schema))
            schemas << schema;
    }
    if (!schemas.isEmpty() && connection.shape().dialect == Dialect::Sqlite)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("The schema mapping names the schema %1, and an SQLite file has none. Name its "
                                    "tables without a dot.")
                         .arg(schemas.front())};
    for (const QString& schema : schemas) {
        const auto rows = connection.select(Statement::SelectColumnsOfSchema, {schema}, readTableAndColumn);
        if (!rows)
            return rows.error();
        for (const auto& [table, column] : *rows)
            found.add(schema + QLatin1Char('.') + table, column);
    }
    return {};
}

Result<Found> findColumns(SqlConnection& connection) {
    const auto rows = connection.select(Statement::SelectColumns, {}, readTableAndColumn);
    if (!rows)
        return rows.error();
    Found found;
    for (const auto& [table, column] : *rows)
        found.add(table, column);
    if (const Result<void> done = findColumnsOfSchemas(connection, found); !done)
        return done.error();
    return found;
}

/// "column made_at of table affinity_log"; a name of the mapping with Django's, which people may look for.
QString described(const SchemaMapping& mapping, const ProductionTable& table, const ProductionColumn* column) {
    const QString physical = physicalTable(mapping, table.name);
    if (!column) {
        const QString text = QStringLiteral("table %1").arg(physical);
        return physical == table.name ? text : QStringLiteral("%1 (Django's %2)").arg(text, table.name);
    }
    const QString name = physicalColumn(mapping, table.name, column->name);
    const QString text = QStringLiteral("column %1 of table %2").arg(name, physical);
    const bool isRenamed = physical != table.name || name != column->name;
    return isRenamed ? QStringLiteral("%1 (Django's %2.%3)").arg(text, table.name, column->name) : text;
}

void addMissing(SchemaShape& shape, Feature feature, const QString& lookedFor) {
    for (MissingFeature& known : shape.missing) {
        if (known.feature == feature) {
            known.lookedFor += QStringLiteral(", ") + lookedFor;
            return;
        }
    }
    shape.missing.push_back({feature, lookedFor});
}

/// Notes what is missing; an error for what nothing goes without.
Result<void> checkTable(SqlConnection& connection, const ProductionTable& table, const Found& found,
                        SchemaShape& shape) {
    const QString physical = physicalTable(shape.mapping, table.name);
    if (!found.tables.contains(physical)) {
        const std::optional<Feature>& feature = table.columns.front().feature;
        if (!feature)
            return missing(connection.name(), described(shape.mapping, table, nullptr));
        addMissing(shape, *feature, physical);
        return {};
    }
    for (const ProductionColumn& column : table.columns) {
        const QString name = physicalColumn(shape.mapping, table.name, column.name);
        if (!column.isLookedFor || found.has(physical, name))
            continue;
        if (!column.feature)
            return missing(connection.name(), described(shape.mapping, table, &column));
        addMissing(shape, *column.feature, physical + QLatin1Char('.') + name);
    }
    return {};
}

Result<void> checkTables(SqlConnection& connection, const Found& found, SchemaShape& shape) {
    for (const ProductionTable& table : productionTables()) {
        if (const Result<void> done = checkTable(connection, table, found, shape); !done)
            return done;
    }
    const auto has = [&shape](Feature feature) {
        return std::none_of(shape.missing.begin(), shape.missing.end(),
                            [feature](const MissingFeature& each) { return each.feature == feature; });
    };
    shape.hasDecay = has(Feature::Decay);
    shape.hasDesignerGroups = has(Feature::DesignerGroups);
    shape.hasUserNicknames = has(Feature::UserNicknames);
    shape.hasDeviceNicknames = has(Feature::DeviceNicknames);
    return {};
}

/// A file that lost its end shows only when one of the lost pages is read. Its header still knows its size; a
/// write-ahead log beside it may hold the newest pages, so then nothing can be said.
Result<void> checkLength(SqlConnection& connection) {
    const QString& fileName = connection.name();
    if (QFileInfo(fileName + QStringLiteral("-wal")).size() > 0)
        return {};
    const auto size = connection.selectOne(Statement::SelectFileSize, {}, readNumber);
    if (!size)
        return size.error();
    if (size->value_or(0) > QFileInfo(fileName).size())
        return Error{ErrorKind::Damaged,
                     QStringLiteral("%1 is damaged: it has %2 bytes and should have %3. Keep the file and restore a "
                                    "backup.")
                         .arg(fileName)
                         .arg(QFileInfo(fileName).size())
                         .arg(**size)};
    return {};
}

Result<SchemaFacts> readSchema(SqlConnection& connection) {
    const Result<Found> found = findColumns(connection);
    if (!found)
        return found.error();
    if (connection.shape().dialect == Dialect::Sqlite) {
        if (const Result<void> done = checkLength(connection); !done)
            return done.error();
    }
    SchemaFacts facts;
    facts.shape.dialect = connection.shape().dialect;
    facts.shape.mapping = connection.shape().mapping;
    if (const Result<void> done = checkTables(connection, *found, facts.shape); !done)
        return done.error();
    if (!found->has(versionTable, QStringLiteral("version")))
        return facts;
    const auto versions = connection.select(Statement::SelectSchemaVersions, {}, readNumber);
    if (!versions)
        return versions.error();
    for (const qint64 version : *versions)
        facts.versions.push_back(static_cast<int>(version));
    if (!facts.versions.empty() && facts.versions.back() > newestSchemaVersion)
        return Error{ErrorKind::CannotConnect,
                     QStringLiteral("%1 has the console's tables in version %2; this program knows versions up to %3. "
                                    "Update Affinity Console to open it.")
                         .arg(connection.name())
                         .arg(facts.versions.back())
                         .arg(newestSchemaVersion)};
    facts.isEmbedded = !facts.versions.empty() && facts.versions.front() == 1;
    facts.shape.isPrepared = !facts.versions.empty() && facts.versions.back() >= 2;
    facts.shape.hasOutbox = !facts.versions.empty() && facts.versions.back() >= 3;
    if (facts.shape.isPrepared && !found->has(QStringLiteral("affinity_console_log_note"), QStringLiteral("log_id")))
        return missing(connection.name(), QStringLiteral("table affinity_console_log_note"));
    for (const char* table :
         {"affinity_console_outbox", "affinity_console_reward_delivery", "affinity_console_relay_lease"}) {
        const QString name = QString::fromLatin1(table);
        if (facts.shape.hasOutbox && !found->has(name, QStringLiteral("id")))
            return missing(connection.name(), QStringLiteral("table %1").arg(name));
    }
    return facts;
}

} // namespace

/// In one transaction: another process may just bring the tables up to date.
Result<SchemaFacts> inspectSchema(SqlConnection& connection) {
    if (const Result<void> begun = connection.begin(Access::Read); !begun)
        return begun.error();
    Result<SchemaFacts> facts = readSchema(connection);
    connection.rollBack();
    return facts;
}

} // namespace affinity::store
