#include "engine/store/open.h"

#include "engine/base/log.h"
#include "engine/store/mariadbconnection.h"
#include "engine/store/memorystore.h"
#include "engine/store/migrations.h"
#include "engine/store/postgresconnection.h"
#include "engine/store/sqliteconnection.h"
#include "engine/store/sqlstore.h"

#include <QFile>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

bool isMemoryUrl(const QString& url) {
    return url.compare(QLatin1String("memory:"), Qt::CaseInsensitive) == 0;
}

template<typename Connection>
Result<std::unique_ptr<SqlConnection>> connectAs(const ServerTarget& target, const ServerOptions& options) {
    auto connection = Connection::open(target, options);
    if (!connection)
        return connection.error();
    return std::unique_ptr<SqlConnection>(std::move(connection).value());
}

Result<std::unique_ptr<SqlConnection>> connectToServer(const QString& url, const OpenOptions& options) {
    const Result<ServerTarget> target = serverTargetFromUrl(url, options.password);
    if (!target)
        return target.error();
    ServerOptions server = options.access == Access::Read ? readingOptions() : ServerOptions{};
    if (options.lockMs > 0)
        server.lockMs = options.lockMs;
    return target->dialect == Dialect::PostgreSql ? connectAs<PostgresConnection>(*target, server)
                                                  : connectAs<MariaDbConnection>(*target, server);
}

Result<std::unique_ptr<SqlConnection>> connectToFile(const QString& fileName, const OpenOptions& options) {
    SqliteOptions file{.access = options.access};
    if (options.lockMs > 0)
        file.busyTimeoutMs = options.lockMs;
    auto connection = SqliteConnection::open(fileName, file);
    if (!connection)
        return connection.error();
    return std::unique_ptr<SqlConnection>(std::move(connection).value());
}

Result<std::unique_ptr<SqlConnection>> connectAnywhere(const QString& url, const OpenOptions& options) {
    if (isServerUrl(url))
        return connectToServer(url, options);
    const qsizetype colon = url.indexOf(QLatin1Char(':'));
    const QString rest = url.mid(colon + 1);
    if (url.left(std::max<qsizetype>(colon, 0)).toLower() != QLatin1String("sqlite"))
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("\"%1\" is not the URL of a store. Write sqlite:FILE, "
                                    "postgresql://USER@HOST:PORT/DATABASE, mysql://USER@HOST:PORT/DATABASE or memory:.")
                         .arg(base::maskSecrets(url))};
    if (rest.isEmpty())
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("The store \"%1\" names no file. Write sqlite:FILE, relative or absolute.")
                         .arg(base::maskSecrets(url))};
    return connectToFile(rest, options);
}

} // namespace

Result<std::unique_ptr<SqlConnection>> connectTo(const QString& url, const OpenOptions& options) {
    auto connection = connectAnywhere(url, options);
    if (connection)
        connection.value()->setMapping(options.mapping);
    return connection;
}

namespace {

struct OpenSchema {
    std::unique_ptr<SqlConnection> connection;
    SchemaFacts facts;
};

Result<OpenSchema> openSchema(const QString& url, OpenOptions options, Access access) {
    options.access = access;
    auto connection = connectTo(url, options);
    if (!connection)
        return connection.error();
    Result<SchemaFacts> facts = inspectSchema(**connection);
    if (!facts)
        return facts.error();
    return OpenSchema{std::move(connection).value(), std::move(facts).value()};
}

void removeDatabase(const QString& fileName) {
    for (const char* ending : {"", "-wal", "-shm", "-journal"})
        QFile::remove(fileName + QLatin1String(ending));
}

Result<void> makeEmptyFile(const QString& fileName) {
    QFile file(fileName);
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return {};
    return Error{ErrorKind::CannotConnect, QStringLiteral("%1 cannot be created (%2). Check that its folder exists "
                                                          "and is writable.")
                                               .arg(fileName, file.errorString())};
}

} // namespace

namespace {

/// A store that this program made gets the tables that later versions of it brought; others are asked for (prepare()).
Result<void> updateEmbedded(SqlConnection& connection, qint64 nowUs) {
    const Result<SchemaFacts> facts = inspectSchema(connection);
    if (!facts)
        return facts.error();
    if (!facts->isEmbedded || facts->versions.back() == newestSchemaVersion)
        return {};
    const Result<void> done = prepareConsole(connection, *facts, nowUs);
    if (done)
        return {};
    const Result<SchemaFacts> now = inspectSchema(connection); // another process may have been quicker
    return now && now->versions.back() == newestSchemaVersion ? Result<void>() : done;
}

} // namespace

Result<std::unique_ptr<Store>> open(const QString& url, const OpenOptions& options, const base::Clock& clock) {
    if (isMemoryUrl(url))
        return std::unique_ptr<Store>(
            std::make_unique<MemoryStore>(std::make_shared<MemoryDatabase>(), clock, options.access));
    auto connection = connectTo(url, options);
    if (!connection)
        return connection.error();
    if (options.access == Access::Write && !isServerUrl(url)) {
        if (const Result<void> done = updateEmbedded(**connection, clock.nowUs()); !done)
            return done.error();
    }
    const bool hasServerTime = isServerUrl(url) && !options.isClockGiven;
    auto store = SqlStore::over(std::move(connection).value(), hasServerTime ? nullptr : &clock);
    if (!store)
        return store.error();
    return std::unique_ptr<Store>(std::move(store).value());
}

Result<void> createEmbedded(const QString& fileName, const base::Clock& clock) {
    if (QFile::exists(fileName))
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("%1 exists already. Choose another name, or open it.").arg(fileName)};
    // Made beside its place and moved there when it is whole: a crash leaves no half store.
    const QString unfinished = fileName + QStringLiteral(".new");
    removeDatabase(unfinished);
    if (const Result<void> made = makeEmptyFile(unfinished); !made)
        return made;
    Result<void> done;
    {
        const auto connection = SqliteConnection::open(unfinished, {});
        done = connection ? migrateEmbedded(**connection, clock.nowUs()) : Result<void>(connection.error());
    }
    if (done && !QFile::rename(unfinished, fileName))
        done = Error{ErrorKind::CannotConnect, QStringLiteral("%1 cannot be given its name; %2 was made instead and "
                                                              "removed. Check the folder's rights.")
                                                   .arg(fileName, unfinished)};
    if (!done)
        removeDatabase(unfinished);
    return done;
}

Result<QStringList> preparationSql(const QString& url, const OpenOptions& options, const base::Clock& clock) {
    if (isMemoryUrl(url))
        return QStringList();
    const Result<OpenSchema> schema = openSchema(url, options, Access::Read);
    if (!schema)
        return schema.error();
    return consoleStatements(schema->facts, clock.nowUs());
}

Result<void> prepare(const QString& url, const OpenOptions& options, const base::Clock& clock) {
    if (isMemoryUrl(url))
        return {};
    const Result<OpenSchema> schema = openSchema(url, options, Access::Write);
    if (!schema)
        return schema.error();
    return prepareConsole(*schema->connection, schema->facts, clock.nowUs());
}

} // namespace affinity::store
