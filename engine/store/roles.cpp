#include "engine/store/roles.h"

#include "engine/store/migrations.h"
#include "engine/store/schema.h"
#include "engine/store/serveroptions.h"
#include "engine/store/servertarget.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>

/// Resources of a static library have to be named once, outside any namespace, or the linker leaves them out.
static void makeRolesAvailable() {
    Q_INIT_RESOURCE(roles);
}

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

QString roleText(Dialect dialect) {
    makeRolesAvailable();
    QFile file(QStringLiteral(":/affinity/roles/%1.sql").arg(store::name(dialect)));
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen); // compiled in
    Q_UNUSED(isOpen);
    return QString::fromUtf8(file.readAll());
}

/// A line "-- needs TABLE" above a statement.
bool hasItsTables(const QString& part, const QStringList& tables) {
    const QString mark = QStringLiteral("-- needs ");
    const QStringList lines = part.split(QLatin1Char('\n'));
    return std::all_of(lines.begin(), lines.end(), [&](const QString& line) {
        return !line.startsWith(mark) || tables.contains(line.mid(mark.size()).trimmed());
    });
}

QString quotedSchema(const RolePlace& place) {
    return place.dialect == Dialect::MariaDb ? QStringLiteral("`%1`").arg(place.schema)
                                             : QStringLiteral("\"%1\"").arg(place.schema);
}

QString quotedList(const QStringList& words) {
    return QStringLiteral("'%1'").arg(words.join(QStringLiteral("', '")));
}

Error noServer() {
    return {ErrorKind::InvalidInput,
            QStringLiteral("Roles are a database server's, and this store is on none: give the URL of a PostgreSQL or "
                           "MariaDB database.")};
}

Error notPrepared(const QString& name) {
    return {ErrorKind::Refused, QStringLiteral("%1 has not the console's own tables yet, which the roles are about. "
                                               "Run prepare without --roles first.")
                                    .arg(name)};
}

Error unusualSchema(const QString& name, const QString& schema) {
    return {ErrorKind::Refused,
            QStringLiteral("%1: the schema \"%2\" has a name that the roles' statements cannot hold. Only letters, "
                           "digits, spaces, _ and - are taken.")
                .arg(name, schema)};
}

Error mayNotMakeRoles(const QString& name, const Error& error, Dialect dialect) {
    const QString done = dialect == Dialect::PostgreSql ? QStringLiteral("Nothing was changed.")
                                                        : QStringLiteral("Part of it may have been done.");
    return {ErrorKind::ReadOnly,
            QStringLiteral("%1: this database user may not make the roles. %2 Print the statements with --sql and have "
                           "the database's administrator run them: it takes the right to make roles, and the tables' "
                           "owner. (%3)")
                .arg(name, done, error.what)};
}

struct RoleWork {
    std::unique_ptr<SqlConnection> connection;
    QStringList statements;
};

/// Connects and looks at what is there.
Result<RoleWork> roleWork(const QString& url, OpenOptions options, const RoleTerms& terms, Access access) {
    if (!isServerUrl(url))
        return noServer();
    options.access = access;
    auto connection = connectTo(url, options);
    if (!connection)
        return connection.error();
    SqlConnection& open = **connection;
    const Result<SchemaFacts> facts = inspectSchema(open);
    if (!facts)
        return facts.error();
    if (!facts->shape.isPrepared)
        return notPrepared(open.name());
    RolePlace place{open.shape().dialect, {}, {}};
    const auto tables = open.select(Statement::SelectTables, {}, [&place](const SqlRow& row) {
        place.schema = row.value(0).toString();
        return row.value(1).toString();
    });
    if (!tables)
        return tables.error();
    place.tables = QStringList(tables->begin(), tables->end());
    auto statements = roleStatements(place, terms);
    if (!statements)
        return unusualSchema(open.name(), place.schema);
    return RoleWork{*std::move(connection), *std::move(statements)};
}

} // namespace

std::optional<QStringList> roleStatements(const RolePlace& place, const RoleTerms& terms) {
    static const QRegularExpression usual(QStringLiteral("\\A[\\w \\-]+\\z"));
    if (!usual.match(place.schema).hasMatch())
        return std::nullopt;
    const ServerOptions times;
    const std::vector<std::pair<QString, QString>> values{
        {QStringLiteral("{{schema}}"), quotedSchema(place)},
        {QStringLiteral("{{single_points}}"), QString::number(terms.singlePoints)},
        {QStringLiteral("{{device_points}}"), QString::number(terms.devicePointsPerDay)},
        {QStringLiteral("{{operator_points}}"), QString::number(terms.operatorPointsPerDay)},
        {QStringLiteral("{{reason_codes}}"), quotedList(terms.reasonCodes)},
        {QStringLiteral("{{statement_ms}}"), QString::number(times.statementMs)},
        {QStringLiteral("{{lock_ms}}"), QString::number(times.lockMs)},
        {QStringLiteral("{{idle_ms}}"), QString::number(times.idleMs)},
    };
    QStringList statements;
    for (const QString& part : roleText(place.dialect).split(QStringLiteral("\n\n"), Qt::SkipEmptyParts)) {
        if (!hasItsTables(part, place.tables))
            continue;
        for (QString statement : statementsOf(part)) {
            for (const auto& [mark, value] : values)
                statement.replace(mark, value);
            statements << statement;
        }
    }
    return statements;
}

Result<QStringList> roleSql(const QString& url, const OpenOptions& options, const RoleTerms& terms) {
    auto work = roleWork(url, options, terms, Access::Read);
    return work ? Result<QStringList>(std::move(work->statements)) : Result<QStringList>(work.error());
}

Result<void> prepareRoles(const QString& url, const OpenOptions& options, const RoleTerms& terms) {
    auto work = roleWork(url, options, terms, Access::Write);
    if (!work)
        return work.error();
    SqlConnection& connection = *work->connection;
    if (const Result<void> begun = connection.begin(Access::Write); !begun)
        return begun;
    for (const QString& statement : work->statements) {
        const Result<qint64> done = connection.runText(statement);
        if (done)
            continue;
        connection.rollBack();
        const bool isForbidden = done.error().kind == ErrorKind::ReadOnly;
        return isForbidden ? mayNotMakeRoles(connection.name(), done.error(), connection.shape().dialect)
                           : done.error();
    }
    return connection.commit();
}

} // namespace affinity::store
