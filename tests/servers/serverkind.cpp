#include "tests/servers/serverkind.h"

#include "tests/support/mariadbserver.h"
#include "tests/support/postgresserver.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUrl>

#include <iostream>
#include <libpq-fe.h>
#include <string>

namespace affinity::test {

namespace {

QString failureText(const QString& text) {
    return QStringLiteral("ERROR: ") + text;
}

QString queryPostgres(const QUrl& address, const QString& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(address.toEncoded().constData()),
                                                                  &PQfinish);
    if (PQstatus(connection.get()) != CONNECTION_OK)
        return failureText(QString::fromUtf8(PQerrorMessage(connection.get())));
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.toUtf8().constData()),
                                                               &PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        return failureText(QString::fromUtf8(PQerrorMessage(connection.get())));
    return PQntuples(result.get()) > 0 ? QString::fromUtf8(PQgetvalue(result.get(), 0, 0)) : QString();
}

QString queryMariaDb(const QUrl& address, const QString& sql) {
    const QString name = QStringLiteral("application");
    QString answer;
    {
        QSqlDatabase connection = QSqlDatabase::addDatabase(QStringLiteral("QMYSQL"), name);
        connection.setHostName(address.host());
        connection.setPort(address.port());
        connection.setDatabaseName(address.path().mid(1));
        QSqlQuery query(connection);
        if (!connection.open(address.userName(), address.password()))
            answer = failureText(connection.lastError().text());
        else if (query = QSqlQuery(connection); !query.exec(sql))
            answer = failureText(query.lastError().text());
        else if (query.next())
            answer = query.value(0).toString();
    }
    QSqlDatabase::removeDatabase(name);
    return answer;
}

} // namespace

const char* serverKindName(ServerKind kind) {
    return kind == ServerKind::Postgres ? "PostgreSQL" : "MariaDB";
}

std::unique_ptr<DatabaseServer> makeServer(ServerKind kind) {
    if (kind == ServerKind::Postgres)
        return std::make_unique<PostgresServer>();
    return std::make_unique<MariaDbServer>();
}

QString queryAsApplication(const QString& address, const QString& password, const QString& sql) {
    QUrl url(address);
    url.setPassword(password);
    return url.scheme() == QLatin1String("postgresql") ? queryPostgres(url, sql) : queryMariaDb(url, sql);
}

int abandonServer(ServerKind kind) {
    const std::unique_ptr<DatabaseServer> server = makeServer(kind);
    if (!server->start())
        return 1;
    server->pause();
    std::cout << server->socketFolder().toStdString() << ' ' << server->port() << ' ';
    for (const pid_t process : server->processes())
        std::cout << process << ' ';
    std::cout << std::endl;
    std::string line;
    std::getline(std::cin, line);
    return 0;
}

} // namespace affinity::test
