// What may go wrong at a database server, in the words that people read; alike for PostgreSQL and MariaDB.
#pragma once

#include "engine/base/result.h"

namespace affinity::store {

/// What a server said, whatever its code for it.
enum class DatabaseFault {
    UnitAgain,       ///< deadlock or serialization failure
    LockHeld,        ///< a wait for a lock ended
    TookTooLong,     ///< a statement was ended
    TakesNoChanges,  ///< a standby, or a session for reading
    NotAllowed,      ///< the database user lacks the right
    NotLetIn,        ///< user or password
    NoSuchDatabase,  ///< by its name
    Full,            ///< no room on its disk
    EndedConnection, ///< shutting down, too many sessions
    RowRefused,      ///< a constraint, a value out of range, a trigger
    Damaged,         ///< its files
    Unexpected       ///< anything else
};

/// `name` is how people know the database, `message` the server's own text.
base::Error errorOf(DatabaseFault fault, const QString& name, const QString& message);

// What we find out by ourselves.
base::Error cannotReach(const QString& name, const QString& why);
base::Error connectionBroke(const QString& name, const QString& why);
base::Error connectionBrokeMeanwhile(const QString& name); ///< in the middle of a transaction
base::Error commitUnknown(const QString& name);
base::Error questionCancelled(const QString& name);
base::Error poolerRefused(const QString& name);
base::Error standbyRefused(const QString& name);
base::Error noMemoryForConnection(const QString& name);

/// Reasons for connectionBroke() and cannotReach().
QString noAnswerInTime();

} // namespace affinity::store
