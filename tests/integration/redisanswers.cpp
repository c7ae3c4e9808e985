#include "tests/integration/redisanswers.h"

#include "engine/base/clock.h"
#include "engine/base/isotime.h"
#include "engine/rules/localday.h"

namespace affinity::test {

redis::Reply command(const RedisServer& server, const redis::Command& asked, const QByteArray& password) {
    redis::Target target = server.target();
    target.password = password;
    redis::Connection connection(target);
    const auto reply = connection.command(asked, redis::Effect::Repeatable, redis::within(10'000));
    return reply ? *reply : redis::Reply{};
}

QByteArray today() {
    const QTimeZone zone("Asia/Shanghai");
    return base::compactDate(rules::localDate(base::SystemClock().nowUs(), zone)).toLatin1();
}

} // namespace affinity::test
