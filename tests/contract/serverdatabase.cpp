#include "tests/contract/serverdatabase.h"

#include "engine/store/open.h"
#include "engine/store/sqltokens.h"
#include "tests/contract/renamedschema.h"
#include "tests/support/mariadbserver.h"
#include "tests/support/postgresserver.h"

#include <algorithm>

namespace affinity::test {

using store::Dialect;

namespace {

using Databases = std::vector<std::unique_ptr<ServerDatabase>>;

std::map<Dialect, std::unique_ptr<DatabaseServer>>& servers() {
    static std::map<Dialect, std::unique_ptr<DatabaseServer>> running;
    return running;
}

Databases& freeDatabases(Backend backend) {
    static std::map<Backend, Databases> unused;
    return unused[backend];
}

DatabaseServer& serverOf(Dialect dialect) {
    std::unique_ptr<DatabaseServer>& server = servers()[dialect];
    if (!server) {
        if (dialect == Dialect::MariaDb)
            server = std::make_unique<MariaDbServer>();
        else
            server = std::make_unique<PostgresServer>();
        if (!server->start())
            qFatal("%s", server->output().constData());
    }
    return *server;
}

const QString nobodysLease = QStringLiteral("UPDATE affinity_console_relay_lease SET lease_until = '2000-01-01'");

const QStringList& djangoTables() {
    static const QStringList tables{QStringLiteral("userapp_useraffinitydailycounter"),
                                    QStringLiteral("userapp_userlevelrewardgrant"),
                                    QStringLiteral("userapp_affinitylog"),
                                    QStringLiteral("device_interaction_userdevice"),
                                    QStringLiteral("userapp_paradiseuser"),
                                    QStringLiteral("userapp_affinityrule"),
                                    QStringLiteral("userapp_affinitylevel"),
                                    QStringLiteral("auth_user_groups"),
                                    QStringLiteral("auth_user")};
    return tables;
}

/// TRUNCATE makes ids start at 1 again and runs no trigger, but takes longer than all else: only where rows were
/// written without an id, not copied with theirs.
QStringList emptyingStatementsOfMariaDb(store::SqlConnection& connection) {
    const store::SchemaMapping& mapping = connection.shape().mapping;
    const QStringList written{QStringLiteral("userapp_useraffinitydailycounter"),
                              QStringLiteral("userapp_userlevelrewardgrant"), QStringLiteral("userapp_affinitylog")};
    const auto used = must(connection.selectText(
        QStringLiteral("SELECT table_name FROM information_schema.tables WHERE table_schema = database() "
                       "AND auto_increment > 1"),
        {}, [](const store::SqlRow& row) { return row.value(0).toString(); }));
    QStringList statements{QStringLiteral("SET foreign_key_checks = 0")};
    for (const QString& table : djangoTables()) {
        const bool isUsed = std::find(used.begin(), used.end(), store::physicalTable(mapping, table)) != used.end();
        if (isUsed)
            statements << (written.contains(table) ? QStringLiteral("TRUNCATE ") : QStringLiteral("DELETE FROM ")) +
                              table;
        if (isUsed && table == QStringLiteral("userapp_affinitylog") && connection.shape().isPrepared)
            statements << QStringLiteral("TRUNCATE affinity_console_log_note");
    }
    for (const char* table : {"affinity_console_outbox", "affinity_console_reward_delivery"}) {
        if (std::find(used.begin(), used.end(), QLatin1String(table)) != used.end())
            statements << QStringLiteral("TRUNCATE %1").arg(QLatin1String(table));
    }
    statements << QStringLiteral("SET foreign_key_checks = 1");
    if (connection.shape().isPrepared)
        statements << nobodysLease;
    return statements;
}

/// Notes and deliveries refuse to go, so their triggers are off meanwhile.
QStringList emptyingStatements(bool isPrepared) {
    const QStringList kept{QStringLiteral("affinity_console_log_note"),
                           QStringLiteral("affinity_console_reward_delivery")};
    QStringList statements;
    if (isPrepared) {
        for (const QString& table : kept)
            statements << QStringLiteral("ALTER TABLE %1 DISABLE TRIGGER USER").arg(table)
                       << QStringLiteral("TRUNCATE %1 RESTART IDENTITY").arg(table)
                       << QStringLiteral("ALTER TABLE %1 ENABLE TRIGGER USER").arg(table);
        statements << QStringLiteral("TRUNCATE affinity_console_outbox RESTART IDENTITY") << nobodysLease;
    }
    statements << QStringLiteral("TRUNCATE %1 RESTART IDENTITY CASCADE").arg(djangoTables().join(QStringLiteral(", ")));
    return statements;
}

/// Rows were copied with their ids, which a sequence does not notice.
QStringList sequenceStatements(const store::SchemaMapping& mapping) {
    QStringList statements;
    for (const QString& table : djangoTables()) {
        const QString name = store::quotedName(store::physicalTable(mapping, table), Dialect::PostgreSql);
        const QString id = store::physicalColumn(mapping, table, QStringLiteral("id"));
        statements << QStringLiteral("SELECT setval(pg_get_serial_sequence('%1', '%2'), coalesce(max(%3), 0) + 1, "
                                     "false) FROM %1")
                          .arg(name, id, store::quotedName(id, Dialect::PostgreSql));
    }
    return statements;
}

void runAll(ServerDatabase& database, const QStringList& statements) {
    for (const QString& statement : statements)
        must(database.connection->runText(database.connection->textOf(statement)));
}

void renameEverything(DatabaseServer& server, const QString& database, Dialect dialect) {
    const QByteArray answer =
        server.query(database, renamingStatements(dialect).join(QStringLiteral(";\n")) + QLatin1Char(';'));
    if (answer.contains("ERROR"))
        qFatal("%s", answer.constData());
}

} // namespace

std::unique_ptr<ServerDatabase> takeDatabase(Backend backend) {
    Databases& unused = freeDatabases(backend);
    if (!unused.empty()) {
        auto database = std::move(unused.back());
        unused.pop_back();
        return database;
    }
    DatabaseServer& server = serverOf(isMariaDb(backend) ? Dialect::MariaDb : Dialect::PostgreSql);
    auto database = std::make_unique<ServerDatabase>();
    database->url = server.makeDatabase(QStringLiteral("django"));
    database->password = server.password().toUtf8();
    const store::OpenOptions options{.password = database->password, .mapping = mappingOf(backend)};
    if (isRenamed(backend))
        renameEverything(server, DatabaseServer::databaseName(database->url),
                         isMariaDb(backend) ? Dialect::MariaDb : Dialect::PostgreSql);
    if (isPrepared(backend))
        must(store::prepare(database->url, options, base::VirtualClock(noonUs)));
    database->connection = must(store::connectTo(database->url, options));
    return database;
}

void giveBack(Backend backend, std::unique_ptr<ServerDatabase> database) {
    freeDatabases(backend).push_back(std::move(database));
}

void fillDatabase(ServerDatabase& database, const store::MemoryDatabase& rows, const base::Clock& clock) {
    const auto& shape = database.connection->shape();
    const bool isSequenced = shape.dialect == Dialect::PostgreSql;
    runAll(database,
           isSequenced ? emptyingStatements(shape.isPrepared) : emptyingStatementsOfMariaDb(*database.connection));
    must(store::copyStore(rows, *database.connection, clock));
    if (isSequenced)
        runAll(database, sequenceStatements(shape.mapping));
}

void endServers() {
    for (const Backend backend : {Backend::PostgresBare, Backend::PostgresPrepared, Backend::MariaDbBare,
                                  Backend::MariaDbPrepared, Backend::RenamedPostgres, Backend::RenamedMariaDb})
        freeDatabases(backend).clear();
    servers().clear();
}

} // namespace affinity::test
