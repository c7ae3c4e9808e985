// A deployment that calls everything of Django's otherwise: reserved words, capitals, $ and a schema among its names.
#pragma once

#include "engine/store/dialect.h"
#include "engine/store/schemamapping.h"
#include "tests/contract/contractstore.h"

namespace affinity::test {

/// Another name for every table and column that the console reads; on PostgreSQL two tables are in a schema "billing".
store::SchemaMapping renamedSchema(store::Dialect dialect);

/// What has to be said to open a store of that kind; empty for one with Django's names.
store::SchemaMapping mappingOf(Backend backend);

/// Makes Django's tables those of renamedSchema().
QStringList renamingStatements(store::Dialect dialect);

} // namespace affinity::test
