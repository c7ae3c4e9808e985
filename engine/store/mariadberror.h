// MariaDB's error numbers as the engine's errors, with sentences that say what happened, where and what to do.
#pragma once

#include "engine/base/result.h"

namespace affinity::store {

/// `number` is an error number of the server, MariaDB's or MySQL's (where both use it, it means the same), `message`
/// its text, `name` how people know the database.
/// Source of the numbers: https://mariadb.com/kb/en/mariadb-error-code-reference/
base::Error errorFromMariaDb(unsigned number, const QString& message, const QString& name);

} // namespace affinity::store
