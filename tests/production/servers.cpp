#include "tests/production/servers.h"

#include "engine/redis/connection.h"
#include "engine/store/counterkeys.h"
#include "tests/production/must.h"
#include "tests/support/mariadbserver.h"
#include "tests/support/postgresserver.h"

#include <QTest>

#include <map>

namespace affinity::test {

namespace {

std::map<ServerKind, std::unique_ptr<DatabaseServer>>& databaseServers() {
    static std::map<ServerKind, std::unique_ptr<DatabaseServer>> running;
    return running;
}

std::unique_ptr<RedisServer>& sharedRedis() {
    static std::unique_ptr<RedisServer> running;
    return running;
}

} // namespace

void addServerKinds() {
    QTest::addColumn<ServerKind>("server");
    QTest::newRow("postgresql") << ServerKind::PostgreSql;
    QTest::newRow("mariadb") << ServerKind::MariaDb;
}

ServerKind currentServerKind() {
    QFETCH_GLOBAL(ServerKind, server);
    return server;
}

DatabaseServer& databaseServer(ServerKind kind) {
    std::unique_ptr<DatabaseServer>& server = databaseServers()[kind];
    if (!server) {
        if (kind == ServerKind::PostgreSql)
            server = std::make_unique<PostgresServer>();
        else
            server = std::make_unique<MariaDbServer>();
        if (!server->start())
            qFatal("%s", server->output().constData());
    }
    return *server;
}

int waitingSessions(ServerKind kind, const QString& database) {
    const QString question =
        kind == ServerKind::PostgreSql
            ? QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                             "AND wait_event_type = 'Lock';")
            // InnoDB shows what it showed before until nobody has looked for a tenth of a second.
            : QStringLiteral(
                  "DO sleep(0.15); SELECT count(*) FROM information_schema.processlist WHERE db = database() "
                  "AND (state = 'User lock' OR id IN (SELECT trx_mysql_thread_id "
                  "FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'));");
    return databaseServer(kind).query(database, question).toInt();
}

QStringList sequenceStatements(ServerKind kind, const QStringList& tables) {
    QStringList statements;
    if (kind == ServerKind::MariaDb) // it notices the rows by itself
        return statements;
    for (const QString& table : tables)
        statements << QStringLiteral("SELECT setval(pg_get_serial_sequence('%1', 'id'), coalesce(max(id), 0) + 1, "
                                     "false) FROM %1")
                          .arg(table);
    return statements;
}

RedisServer& redisServer() {
    if (!sharedRedis()) {
        sharedRedis() = std::make_unique<RedisServer>();
        if (!sharedRedis()->start())
            qFatal("%s", sharedRedis()->output().constData());
    }
    return *sharedRedis();
}

redis::Reply runOnRedis(const redis::Command& command) {
    redis::Connection connection(redisServer().target());
    return must(connection.command(command, redis::Effect::Once, redis::within(farMs)));
}

void emptyRedis(bool isLost) {
    runOnRedis({"FLUSHALL"});
    if (!isLost)
        runOnRedis({"SET", store::CounterKeys().epoch().toUtf8(), "set"});
}

void endServers() {
    databaseServers().clear();
    sharedRedis().reset();
}

} // namespace affinity::test
