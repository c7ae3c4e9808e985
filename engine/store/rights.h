// Rights: what a database server lets the signed-in user do, found out when the store is opened.
#pragma once

#include "engine/base/result.h"
#include "engine/store/sqlconnection.h"

namespace affinity::store {

/// Fills in the members of a shape that are about rights. An SQLite file has no users: nothing changes.
base::Result<void> readRights(SqlConnection& connection, SchemaShape& shape);

/// The database user may only read.
base::Error roleMayOnlyRead(const QString& name);
/// The database user commits adjustments through the function and nothing else.
base::Error roleMayOnlyAdjust(const QString& name);

} // namespace affinity::store
