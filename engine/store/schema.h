// The schema an opened database has: production's tables and columns, the console's tables, their versions.
#pragma once

#include "engine/base/result.h"
#include "engine/store/sqlconnection.h"

namespace affinity::store {

/// The newest migration this program knows.
inline constexpr int newestSchemaVersion = 3;

struct SchemaFacts {
    SchemaShape shape;
    bool isEmbedded = false;   ///< production's tables came from this program's own migration
    std::vector<int> versions; ///< migrations that ran, ascending

    friend bool operator==(const SchemaFacts&, const SchemaFacts&) = default;
};

/// Looks at tables and columns by name. Damaged: an SQLite file is cut short, or a table or column of production is
/// missing (named). CannotConnect: a newer program made the console's tables.
base::Result<SchemaFacts> inspectSchema(SqlConnection& connection);

} // namespace affinity::store
