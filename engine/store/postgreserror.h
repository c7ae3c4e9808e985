// PostgreSQL's SQLSTATE codes as the engine's errors, with sentences that say what happened, where and what to do.
#pragma once

#include "engine/base/result.h"

#include <QByteArray>

namespace affinity::store {

/// `state` is the five-character SQLSTATE, `message` the server's primary text, `name` how people know the database.
/// Source of the codes: https://www.postgresql.org/docs/15/errcodes-appendix.html
base::Error errorFromPostgres(const QByteArray& state, const QString& message, const QString& name);

} // namespace affinity::store
