#include "engine/store/schemamapping.h"

#include "engine/base/jsonreader.h"
#include "engine/store/productionschema.h"

#include <QFile>

#include <algorithm>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::JsonObject;
using base::JsonReading;
using base::JsonValue;
using base::Result;

namespace {

constexpr qint64 largestMappingBytes = 1 << 20;
constexpr int longestName = 63;                       ///< PostgreSQL cuts longer ones, silently
constexpr int longestTableName = 2 * longestName + 1; ///< with its schema

bool isNameStart(QChar character) {
    return (character >= u'A' && character <= u'Z') || (character >= u'a' && character <= u'z') || character == u'_';
}

bool isNamePart(QChar character) {
    return isNameStart(character) || (character >= u'0' && character <= u'9') || character == u'$';
}

bool isSafeName(const QString& name) {
    return !name.isEmpty() && name.size() <= longestName && isNameStart(name.front()) &&
           std::all_of(name.begin(), name.end(), isNamePart);
}

bool isSafeTableName(const QString& name) {
    const QStringList parts = name.split(QLatin1Char('.'));
    return parts.size() <= 2 && std::all_of(parts.begin(), parts.end(), isSafeName);
}

bool isConsoleTable(const QString& name) {
    return name.section(QLatin1Char('.'), -1).startsWith(QLatin1String("affinity_console_"), Qt::CaseInsensitive);
}

template<typename Rows> QString namesOf(const Rows& rows) {
    QStringList names;
    for (const auto& row : rows)
        names << row.name;
    return names.join(QStringLiteral(", "));
}

QMap<QString, QString> readTables(const JsonValue& value) {
    QMap<QString, QString> tables;
    for (const auto& [name, member] : value.members()) {
        const QString physical = member.text(1, longestTableName);
        if (!productionTable(name))
            member.fail(
                QStringLiteral("is no table that the console reads. These are: %1.").arg(namesOf(productionTables())));
        else if (!isSafeTableName(physical))
            member.fail(QStringLiteral("\"%1\" is no name of a table. It may have letters without accents, digits, _ "
                                       "and $, up to 63 of them, and a schema with a dot in front.")
                            .arg(physical));
        else if (isConsoleTable(physical))
            member.fail(QStringLiteral("\"%1\" is a name of the console's own tables.").arg(physical));
        else if (physical != name)
            tables.insert(name, physical);
    }
    return tables;
}

QMap<QString, QString> readColumns(const ProductionTable& table, const JsonValue& value) {
    QMap<QString, QString> columns;
    for (const auto& [name, member] : value.members()) {
        const QString physical = member.text(1, longestName);
        if (!productionColumn(table, name))
            member.fail(QStringLiteral("is no column of %1 that the console reads. These are: %2.")
                            .arg(table.name, namesOf(table.columns)));
        else if (!isSafeName(physical))
            member.fail(QStringLiteral("\"%1\" is no name of a column. It may have letters without accents, digits, _ "
                                       "and $, up to 63 of them.")
                            .arg(physical));
        else if (physical != name)
            columns.insert(name, physical);
    }
    return columns;
}

QMap<QString, QMap<QString, QString>> readColumnsOfTables(const JsonValue& value) {
    QMap<QString, QMap<QString, QString>> tables;
    for (const auto& [name, member] : value.members()) {
        const ProductionTable* table = productionTable(name);
        if (!table) {
            member.fail(
                QStringLiteral("is no table that the console reads. These are: %1.").arg(namesOf(productionTables())));
            continue;
        }
        const QMap<QString, QString> columns = readColumns(*table, member);
        if (!columns.isEmpty())
            tables.insert(name, columns);
    }
    return tables;
}

/// Fails when two of the rows are called the same; the error stands at the one that the file names.
template<typename Rows>
void checkTwins(JsonReading& reading, const std::string& pointer, const Rows& rows,
                const QMap<QString, QString>& physicalNames) {
    QMap<QString, QString> seen; // physical → Django's
    for (const auto& row : rows) {
        const QString physical = physicalNames.value(row.name, row.name);
        if (const auto twin = seen.constFind(physical); twin != seen.constEnd()) {
            const QString& named = physicalNames.contains(row.name) ? row.name : *twin;
            const QString& other = named == row.name ? *twin : row.name;
            reading.fail(
                base::pointerTo(pointer, named.toStdString()),
                QStringLiteral("\"%1\" is the name of %2, too. Give each a name of its own.").arg(physical, other));
        }
        seen.insert(physical, row.name);
    }
}

SchemaMapping readMapping(JsonReading& reading) {
    JsonObject object(JsonValue::at(reading, {}));
    base::readFormat(object, QStringLiteral("affinity-schema-mapping"), 1);
    SchemaMapping mapping;
    if (const auto tables = object.optional("tables"))
        mapping.tables = readTables(*tables);
    if (const auto columns = object.optional("columns"))
        mapping.columns = readColumnsOfTables(*columns);
    object.finish();
    checkTwins(reading, "/tables", productionTables(), mapping.tables);
    for (const ProductionTable& table : productionTables())
        checkTwins(reading, "/columns/" + table.name.toStdString(), table.columns, mapping.columns.value(table.name));
    return mapping;
}

} // namespace

bool isEmpty(const SchemaMapping& mapping) {
    return mapping.tables.isEmpty() && mapping.columns.isEmpty();
}

QString physicalTable(const SchemaMapping& mapping, const QString& table) {
    return mapping.tables.value(table, table);
}

QString physicalColumn(const SchemaMapping& mapping, const QString& table, const QString& column) {
    const auto columns = mapping.columns.constFind(table);
    return columns == mapping.columns.constEnd() ? column : columns->value(column, column);
}

QString schemaOf(const QString& physicalTable) {
    const qsizetype dot = physicalTable.indexOf(QLatin1Char('.'));
    return physicalTable.left(std::max<qsizetype>(dot, 0));
}

Result<SchemaMapping> schemaMappingFromText(const QByteArray& text, const QString& fileName) {
    const auto document = base::parseLocatedJson(text, fileName, largestMappingBytes);
    if (!document)
        return document.error();
    JsonReading reading{*document, std::nullopt};
    SchemaMapping mapping = readMapping(reading);
    if (reading.error)
        return *reading.error;
    return mapping;
}

Result<SchemaMapping> loadSchemaMapping(const QString& fileName) {
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("\"%1\" cannot be read: %2").arg(fileName, file.errorString())};
    return schemaMappingFromText(file.read(largestMappingBytes + 1), fileName);
}

} // namespace affinity::store
