// ServerDatabase: databases on real servers for contract stores; each is used by one test after the other.
#pragma once

#include "engine/store/sqlconnection.h"
#include "tests/contract/contractstore.h"

namespace affinity::test {

/// Django's schema on a server, with the console's tables or without.
struct ServerDatabase {
    QString url;
    QByteArray password;
    std::unique_ptr<store::SqlConnection> connection; ///< for what happens behind a store's back
};

/// One that nobody uses; the first makes the server, too.
std::unique_ptr<ServerDatabase> takeDatabase(Backend backend);
void giveBack(Backend backend, std::unique_ptr<ServerDatabase> database);

/// Replaces all rows by those of the memory database.
void fillDatabase(ServerDatabase& database, const store::MemoryDatabase& rows, const base::Clock& clock);

/// Ends the servers. Call it before main() returns.
void endServers();

} // namespace affinity::test
