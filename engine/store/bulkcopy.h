// Copies a whole memory database into a new SQL store: how tests and benchmarks get a filled file.
#pragma once

#include "engine/base/clock.h"
#include "engine/store/memorydatabase.h"
#include "engine/store/sqlconnection.h"

#include <functional>

namespace affinity::store {

/// Called now and then on the copying thread with the rows copied so far and the rows there are.
using CopyProgress = std::function<void(qint64 doneRows, qint64 allRows)>;

/// Writes every row, ids included, in one transaction into a file made by createEmbedded and still empty (a bare file
/// without rows will do; it gets no notes). Holds the database's read lock. Times that the memory rows do not keep
/// (rules' creation, operators' joining) become the clock's. Errors: those of open; Refused when the file has rows.
base::Result<void> copyStore(const MemoryDatabase& from, const QString& fileName, const base::Clock& clock,
                             const CopyProgress& progress = {});
/// The same into a database of any kind; a server's own counters of ids are left as they are.
base::Result<void> copyStore(const MemoryDatabase& from, SqlConnection& connection, const base::Clock& clock,
                             const CopyProgress& progress = {});

} // namespace affinity::store
