// The statement of one page of log rows.
#pragma once

#include "engine/store/devicestatement.h"
#include "engine/store/statements.h"

namespace affinity::store {

/// One row more than the query's limit, so that the page knows whether there is more.
BoundStatement logStatement(const LogQuery& query, const SchemaShape& shape);

} // namespace affinity::store
