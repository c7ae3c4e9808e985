// SQLite's result codes as the engine's errors, with sentences that say what happened, where and what to do.
#pragma once

#include "engine/base/result.h"

class QSqlError;

namespace affinity::store {

/// `fileName` is how people know the store.
base::Error errorFromSql(const QSqlError& error, const QString& fileName);

/// True when SQLite says that the database is locked by another connection.
bool isBusy(const QSqlError& error);

} // namespace affinity::store
