// The servers that the production tests share: one of each kind, started when it is first asked for, and one Redis.
#pragma once

#include "engine/redis/command.h"
#include "engine/redis/reply.h"
#include "tests/support/databaseserver.h"
#include "tests/support/redisserver.h"

#include <QMetaType>

namespace affinity::test {

/// Beyond any wait, on however busy a machine.
inline constexpr int farMs = 300'000;

/// AFFINITY_LONG=1 in the environment: as much as a release wants, not a commit.
inline bool isLongRun() {
    return qEnvironmentVariableIntValue("AFFINITY_LONG") == 1;
}

enum class ServerKind { PostgreSql, MariaDb };

/// Adds a data row for each kind that the engine's stores run on, to the column "server".
void addServerKinds();
/// Of the row that runs.
ServerKind currentServerKind();

DatabaseServer& databaseServer(ServerKind kind);
/// Sessions of that database that wait for a lock now.
int waitingSessions(ServerKind kind, const QString& database);
/// What brings the server's counters of ids behind rows that were written with their ids.
QStringList sequenceStatements(ServerKind kind, const QStringList& tables);

RedisServer& redisServer();
/// Runs one command on it, behind the counters' back.
redis::Reply runOnRedis(const redis::Command& command);
/// Removes every key, and sets the epoch key, as after a rebuild, unless `isLost`: then it is gone, too.
void emptyRedis(bool isLost);

/// Ends the servers. Call it before main() returns.
void endServers();

} // namespace affinity::test

Q_DECLARE_METATYPE(affinity::test::ServerKind)
