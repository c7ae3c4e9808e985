#include "app/serveraddress.h"

#include "app/output.h"
#include "app/schemaoptions.h"
#include "engine/redis/target.h"
#include "engine/relaylane.h"
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

/// A Redis' password: the URL's, with a warning, or the environment's.
access::Secret redisPassword(const char* option, const redis::Target& target) {
    if (target.password.isEmpty())
        return access::Secret(qgetenv("AFFINITY_REDIS_PASSWORD"));
    warnOfPassword(option, "AFFINITY_REDIS_PASSWORD");
    return access::Secret(target.password);
}

Result<void> readRedis(const CommandLine& line, Connection& connection) {
    if (!line.has(QStringLiteral("redis"))) {
        for (const char* option : {"redis-prefix", "redis-version"}) {
            if (line.has(QLatin1String(option)))
                return Error{ErrorKind::InvalidInput,
                             QStringLiteral("--%1 means nothing without --redis.").arg(QLatin1String(option))};
        }
        return {};
    }
    const auto version = line.number(QStringLiteral("redis-version"), 0, std::numeric_limits<int>::max());
    if (!version)
        return version.error();
    connection.counterUrl = line.value(QStringLiteral("redis"));
    connection.counterNames = {line.value(QStringLiteral("redis-prefix")), static_cast<int>(version->value_or(1))};
    const auto target = store::counterTarget({connection.counterUrl, {}, connection.counterNames});
    if (!target)
        return target.error();
    connection.counterPassword = redisPassword("redis", *target);
    return {};
}

Result<void> readPush(const CommandLine& line, Connection& connection) {
    if (!line.has(QStringLiteral("push")))
        return {};
    connection.pushUrl = line.value(QStringLiteral("push"));
    const auto target = redis::targetFromUrl(connection.pushUrl);
    if (!target)
        return target.error();
    connection.pushPassword = redisPassword("push", *target);
    return {};
}

} // namespace

access::Secret storePassword(const CommandLine& line) {
    const QString url = line.value(QStringLiteral("store"));
    if (store::isServerUrl(url) && !QUrl(url).password().isEmpty())
        warnOfPassword("store", "AFFINITY_SQL_PASSWORD");
    return access::Secret(qgetenv("AFFINITY_SQL_PASSWORD"));
}

Result<Connection> connectionOf(const CommandLine& line) {
    Connection connection;
    connection.url = line.value(QStringLiteral("store"));
    connection.password = storePassword(line);
    connection.isOnlyWriter = line.has(QStringLiteral("no-other-writer"));
    connection.isReadOnly = line.has(QStringLiteral("read-only"));
    if (const auto read = readRedis(line, connection); !read)
        return read.error();
    if (const auto read = readPush(line, connection); !read)
        return read.error();
    auto mapping = schemaMapping(line);
    if (!mapping)
        return mapping.error();
    connection.schemaMapping = *std::move(mapping);
    connection.rewardUrl = line.value(QStringLiteral("rewards"));
    connection.rewardKey = access::Secret(qgetenv("AFFINITY_REWARD_KEY"));
    if (const auto checked = checkRewardUrl(connection); !checked)
        return checked.error();
    return connection;
}

} // namespace affinity::app
