#include "app/counteraddress.h"

#include "app/output.h"
#include "engine/base/log.h"
#include "engine/store/opencounters.h"

#include <limits>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

Result<RedisOptions> redisOptions(const CommandLine& line) {
    RedisOptions options;
    options.url = line.value(QStringLiteral("redis"));
    if (!line.has(QStringLiteral("redis"))) {
        for (const char* option : {"redis-prefix", "redis-version"}) {
            if (line.has(QLatin1String(option)))
                return Error{ErrorKind::InvalidInput,
                             QStringLiteral("--%1 means nothing without --redis.").arg(QLatin1String(option))};
        }
        return options;
    }
    const auto version = line.number(QStringLiteral("redis-version"), 0, std::numeric_limits<int>::max());
    if (!version)
        return version.error();
    options.names = {line.value(QStringLiteral("redis-prefix")), static_cast<int>(version->value_or(1))};
    options.password = access::Secret(qgetenv("AFFINITY_REDIS_PASSWORD"));
    const auto target = store::counterTarget({options.url, {}, options.names});
    if (!target)
        return target.error();
    if (!target->password.isEmpty()) {
        base::rememberSecret(target->password);
        printError(QStringLiteral("Warning: the password in --redis can be seen by everybody on this machine. Give it "
                                  "in AFFINITY_REDIS_PASSWORD."));
    }
    return options;
}

} // namespace affinity::app
