// Which Redis the command line names, and its password from the environment.
#pragma once

#include "app/commandline.h"
#include "engine/access/secret.h"
#include "engine/store/counterkeys.h"

namespace affinity::app {

/// What --redis and its options say. `url` is empty without --redis.
struct RedisOptions {
    QString url;
    access::Secret password; ///< AFFINITY_REDIS_PASSWORD; empty: the URL's
    store::CounterNames names;
};

/// Reads and checks them. A password in the URL is taken, with a warning on stderr, and is shown nowhere. Errors:
/// InvalidInput.
base::Result<RedisOptions> redisOptions(const CommandLine& line);

} // namespace affinity::app
