// Which servers the command line names, and their passwords from the environment; a password in a URL is warned of.
#pragma once

#include "app/commandline.h"
#include "engine/access/secret.h"
#include "engine/redis/target.h"
#include "engine/store/counterkeys.h"

namespace affinity::app {

/// AFFINITY_SQL_PASSWORD. Warns on stderr of a password in --store.
access::Secret storePassword(const CommandLine& line);

/// What --redis and its options say. `url` is empty without --redis.
struct RedisOptions {
    QString url;
    access::Secret password; ///< AFFINITY_REDIS_PASSWORD; empty: the URL's
    store::CounterNames names;
};

/// Reads and checks them. A password in the URL is taken, with a warning on stderr, and is shown nowhere. Errors:
/// InvalidInput.
base::Result<RedisOptions> redisOptions(const CommandLine& line);

/// What --push says: nothing without it. Password and errors as for redisOptions().
base::Result<std::optional<redis::Target>> pushTarget(const CommandLine& line);

} // namespace affinity::app
