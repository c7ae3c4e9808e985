#include "engine/store/open.h"

#include "engine/base/log.h"
#include "engine/store/memorystore.h"
#include "engine/store/migrations.h"
#include "engine/store/sqlstore.h"

#include <QFile>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// What a store's URL names.
struct Location {
    bool isMemory = false;
    QString fileName; ///< of an SQLite store
};

Result<Location> locationOf(const QString& url) {
    const qsizetype colon = url.indexOf(QLatin1Char(':'));
    const QString scheme = url.left(std::max<qsizetype>(colon, 0)).toLower();
    const QString rest = url.mid(colon + 1);
    if (scheme == QLatin1String("memory") && rest.isEmpty())
        return Location{true, {}};
    if (scheme == QLatin1String("sqlite") && !rest.isEmpty())
        return Location{false, rest};
    if (scheme == QLatin1String("sqlite"))
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("The store \"%1\" names no file. Write sqlite:FILE, relative or absolute.")
                         .arg(base::maskSecrets(url))};
    if (scheme.startsWith(QLatin1String("postgres")) || scheme == QLatin1String("mysql") ||
        scheme == QLatin1String("mariadb"))
        return Error{ErrorKind::InvalidInput, QStringLiteral("The store \"%1\" cannot be opened: postgresql and mysql "
                                                             "come with the production stores; this build opens "
                                                             "sqlite and memory.")
                                                  .arg(base::maskSecrets(url))};
    return Error{
        ErrorKind::InvalidInput,
        QStringLiteral("\"%1\" is not the URL of a store. Write sqlite:FILE or memory:.").arg(base::maskSecrets(url))};
}

struct OpenSchema {
    std::unique_ptr<SqlConnection> connection;
    SchemaFacts facts;
};

Result<OpenSchema> openSchema(const QString& fileName, Access access) {
    auto connection = SqlConnection::open(fileName, {.access = access});
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

Result<std::unique_ptr<Store>> open(const QString& url, Access access, const base::Clock& clock) {
    const Result<Location> location = locationOf(url);
    if (!location)
        return location.error();
    if (location->isMemory)
        return std::unique_ptr<Store>(std::make_unique<MemoryStore>(std::make_shared<MemoryDatabase>(), clock, access));
    auto store = SqlStore::open(location->fileName, {.access = access}, clock);
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
        const auto connection = SqlConnection::open(unfinished, {});
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

Result<QStringList> preparationSql(const QString& url, const base::Clock& clock) {
    const Result<Location> location = locationOf(url);
    if (!location)
        return location.error();
    if (location->isMemory)
        return QStringList();
    const Result<OpenSchema> schema = openSchema(location->fileName, Access::Read);
    if (!schema)
        return schema.error();
    return consoleStatements(schema->facts, clock.nowUs());
}

Result<void> prepare(const QString& url, const base::Clock& clock) {
    const Result<Location> location = locationOf(url);
    if (!location)
        return location.error();
    if (location->isMemory)
        return {};
    const Result<OpenSchema> schema = openSchema(location->fileName, Access::Write);
    if (!schema)
        return schema.error();
    return prepareConsole(*schema->connection, schema->facts, clock.nowUs());
}

} // namespace affinity::store
