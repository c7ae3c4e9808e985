// Opening a store by its URL: "sqlite:FILE", "postgresql://USER@HOST/DATABASE", "mysql://…" or "memory:".
#pragma once

#include "engine/store/counters.h"
#include "engine/store/schemamapping.h"
#include "engine/store/store.h"

namespace affinity::store {

class SqlConnection;

struct OpenOptions {
    Access access = Access::Write;
    QByteArray password;       ///< of a server's user, where the URL has none
    bool isClockGiven = false; ///< the given clock counts on a server, too: replay's virtual one
    int lockMs = 0;            ///< how long another's lock is waited for; 0: as the store usually does
    /// What an SQL database calls production's tables and columns.
    SchemaMapping mapping = {};
};

/// Opens the store on the calling thread, which alone may use it. `clock` outlives it and is the store's time on memory
/// and SQLite, which have no server whose clock could count.
/// A server: the database must exist and hold production's tables. Of a URL that names none of its errors tell more
/// than its fault: it may hold a password.
/// sqlite: the file must exist, be a database that holds production's tables, and not be newer than this program. A
/// read-only opening changes no byte of it. Errors: InvalidInput (URL), NotFound, ReadOnly, Busy, Damaged,
/// CannotConnect.
base::Result<std::unique_ptr<Store>> open(const QString& url, const OpenOptions& options, const base::Clock& clock);

/// The connection alone, before anybody looked at the schema behind it; "memory:" has none.
base::Result<std::unique_ptr<SqlConnection>> connectTo(const QString& url, const OpenOptions& options);

/// Makes a new, empty embedded store (production's tables and the console's) in `fileName`, which must not exist.
base::Result<void> createEmbedded(const QString& fileName, const base::Clock& clock);

/// The statements that would add the console's tables to the store of that URL; empty when it is prepared.
base::Result<QStringList> preparationSql(const QString& url, const OpenOptions& options, const base::Clock& clock);

/// Adds them, in one transaction for each migration.
base::Result<void> prepare(const QString& url, const OpenOptions& options, const base::Clock& clock);

} // namespace affinity::store
