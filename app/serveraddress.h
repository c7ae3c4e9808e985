// Which servers the command line names, and their passwords from the environment; a password in a URL is warned of.
#pragma once

#include "app/commandline.h"
#include "engine/access/secret.h"
#include "engine/engine.h"

namespace affinity::app {

/// AFFINITY_SQL_PASSWORD. Warns on stderr of a password in --store.
access::Secret storePassword(const CommandLine& line);

/// All that the line says of servers: store, counters, channel layer, connector of rewards. A password in a URL is
/// taken, with a warning on stderr, and is shown nowhere. `url` is empty without --store. Errors: InvalidInput.
base::Result<Connection> connectionOf(const CommandLine& line);

} // namespace affinity::app
