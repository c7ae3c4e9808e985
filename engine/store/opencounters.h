// Opening counters in Redis by their URL, for whoever opens a store.
#pragma once

#include "engine/store/rediscounters.h"

#include <memory>

namespace affinity::store {

/// Which counters, and how to sign in to them.
struct CounterAddress {
    QString url;         ///< redis://HOST:PORT/DATABASE or rediss://… for TLS
    QByteArray password; ///< empty: the URL's, if it has one
    CounterNames names;
};

/// The server that the address names, the password in it. Errors: InvalidInput, with a text that shows no password.
base::Result<redis::Target> counterTarget(const CounterAddress& address);

/// Counters to be used and destroyed on the calling thread. Connects with the first call. Errors as for
/// counterTarget().
base::Result<std::unique_ptr<RedisCounters>> openCounters(const CounterAddress& address);

} // namespace affinity::store
