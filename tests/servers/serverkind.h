// The kinds of database servers, as rows of a test, and what an application does with one: sign in and ask.
#pragma once

#include "tests/support/databaseserver.h"

#include <memory>

namespace affinity::test {

enum class ServerKind { Postgres, MariaDb };

const char* serverKindName(ServerKind kind);
std::unique_ptr<DatabaseServer> makeServer(ServerKind kind);

/// Signs in at an address of makeDatabase() by the server's own C library (PostgreSQL) or Qt's driver (MariaDB) and
/// runs one statement: the first value, empty without rows, "ERROR: …" after a failure.
QString queryAsApplication(const QString& address, const QString& password, const QString& sql);

/// What the program does instead of its tests when it is started as `server_tests --abandon KIND`: starts a server,
/// pauses it, prints its socket's folder, its port and the ids of its processes in a line and waits to be killed. Never
/// returns while its input is open.
int abandonServer(ServerKind kind);

} // namespace affinity::test
