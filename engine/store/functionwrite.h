// Writing an adjustment through PostgreSQL's function, for a role that has no right to write rows itself.
#pragma once

#include "engine/store/sqlconnection.h"

namespace affinity::store {

/// Hands the whole plan over in one call; the binding is locked. ReadOnly: the plan is an event's. Refused: the
/// function found something that the row must not have (functionrefusal.h).
base::Result<WriteReceipt> writeByFunction(SqlConnection& connection, const WritePlan& plan);

/// Writes what is to be sent for the adjustment that this transaction wrote.
base::Result<void> writeOutboxByFunction(SqlConnection& connection, const OutboxEntries& entries);

} // namespace affinity::store
