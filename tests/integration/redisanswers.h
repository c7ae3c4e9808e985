// What stands in a test's Redis, asked behind the program's back.
#pragma once

#include "engine/redis/connection.h"
#include "tests/support/redisserver.h"

namespace affinity::test {

/// One command's answer; nil when it failed.
redis::Reply command(const RedisServer& server, const redis::Command& asked, const QByteArray& password = {});

/// The day part of today's counter keys, in the demo rows' time zone.
QByteArray today();

} // namespace affinity::test
