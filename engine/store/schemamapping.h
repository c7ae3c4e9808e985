// SchemaMapping: what a deployment calls production's tables and columns where it does not use Django's names.
#pragma once

#include "engine/base/result.h"

#include <QMap>
#include <QString>

namespace affinity::store {

/// Django's names and the database's, exactly as the database writes them; what is not listed has Django's name. The
/// console's own tables (affinity_console_*) are never called otherwise.
struct SchemaMapping {
    QMap<QString, QString> tables; ///< "userapp_affinitylog" → "affinity_log" or "billing.affinity_log"
    QMap<QString, QMap<QString, QString>> columns; ///< by Django's table: "created_at" → "made_at"

    friend bool operator==(const SchemaMapping&, const SchemaMapping&) = default;
};

/// True when everything has Django's name.
bool isEmpty(const SchemaMapping& mapping);

/// What the database calls it, unquoted; Django's own names go in.
QString physicalTable(const SchemaMapping& mapping, const QString& table);
QString physicalColumn(const SchemaMapping& mapping, const QString& table, const QString& column);
/// The schema that a physical name stands in; empty for one that is looked for in the usual place.
QString schemaOf(const QString& physicalTable);

/// Reads the format `affinity-schema-mapping`. InvalidInput, with the line: bad JSON, a table or column that the
/// console does not read, two things with one name, a name of other characters than A-Z a-z 0-9 _ $, with a digit or $
/// in front or longer than 63, a name of the console's own tables.
base::Result<SchemaMapping> schemaMappingFromText(const QByteArray& text, const QString& fileName);

/// The same of a file; one that cannot be read is InvalidInput, too.
base::Result<SchemaMapping> loadSchemaMapping(const QString& fileName);

} // namespace affinity::store
