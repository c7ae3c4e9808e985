// Host names to addresses within a deadline: the system's own look-up can block for half a minute.
#pragma once

#include "engine/base/result.h"
#include "engine/redis/deadline.h"

#include <QHostAddress>
#include <QList>

namespace affinity::redis {

/// The addresses of a host, in the system's order; an address is returned as it is. A look-up that takes longer goes on
/// in a thread of its own and its answer is dropped. Errors: CannotConnect (no such host, deadline), Cancelled.
base::Result<QList<QHostAddress>> resolve(const QString& host, const Deadline& deadline);

} // namespace affinity::redis
