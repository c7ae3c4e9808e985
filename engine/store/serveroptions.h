// ServerOptions: how a connection to a database server behaves; the same for PostgreSQL and MariaDB.
#pragma once

#include "engine/store/store.h"

#include <atomic>

namespace affinity::store {

struct ServerOptions {
    Access access = Access::Write;
    int callMs = 6000;      ///< our own deadline of one round trip; a silent server is left after it
    int statementMs = 5000; ///< the server ends a statement after this
    int lockMs = 2000;      ///< the server ends a wait for a lock after this
    int idleMs = 10'000;    ///< the server ends a transaction that does nothing for so long
    int connectMs = 5000;   ///< at most, to connect and sign in
    const std::atomic<bool>* cancelled = nullptr; ///< ends a waiting call; outlives the connection

    friend bool operator==(const ServerOptions&, const ServerOptions&) = default;
};

/// For looking and searching: a long scan may take its time, and can be cancelled.
inline ServerOptions readingOptions() {
    ServerOptions options;
    options.access = Access::Read;
    options.callMs = 61'000;
    options.statementMs = 60'000;
    return options;
}

} // namespace affinity::store
