#include "app/serveraddress.h"

#include "app/output.h"
#include "engine/base/log.h"
#include "engine/store/opencounters.h"
#include "engine/store/servertarget.h"

#include <QUrl>

#include <limits>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

void warnOfPassword(const char* option, const char* variable) {
    printError(QStringLiteral("Warning: the password in --%1 can be seen by everybody on this machine. Give it in %2.")
                   .arg(QLatin1String(option), QLatin1String(variable)));
}

} // namespace

access::Secret storePassword(const CommandLine& line) {
    const QString url = line.value(QStringLiteral("store"));
    if (store::isServerUrl(url) && !QUrl(url).password().isEmpty())
        warnOfPassword("store", "AFFINITY_SQL_PASSWORD");
    return access::Secret(qgetenv("AFFINITY_SQL_PASSWORD"));
}

Result<std::optional<redis::Target>> pushTarget(const CommandLine& line) {
    if (!line.has(QStringLiteral("push")))
        return std::optional<redis::Target>();
    auto target = redis::targetFromUrl(line.value(QStringLiteral("push")));
    if (!target)
        return target.error();
    if (!target->password.isEmpty())
        warnOfPassword("push", "AFFINITY_REDIS_PASSWORD");
    else
        target->password = qgetenv("AFFINITY_REDIS_PASSWORD");
    base::rememberSecret(target->password);
    return std::optional<redis::Target>(*std::move(target));
}

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
        warnOfPassword("redis", "AFFINITY_REDIS_PASSWORD");
    }
    return options;
}

} // namespace affinity::app
