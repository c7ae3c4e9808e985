#include "tests/support/postgresserver.h"

#include <QFile>

#include <csignal>
#include <unistd.h>

namespace affinity::test {

namespace {

/// Debian keeps the server's programs out of the path.
QString findProgramFolder() {
    QProcess process;
    process.start(QStringLiteral("pg_config"), {QStringLiteral("--bindir")});
    process.waitForFinished();
    const QString folder = QString::fromLocal8Bit(process.readAllStandardOutput()).trimmed();
    return QFile::exists(folder + QStringLiteral("/postgres")) ? folder : QStringLiteral("/usr/lib/postgresql/15/bin");
}

} // namespace

PostgresServer::PostgresServer(DatabaseServerOptions options)
    : DatabaseServer(std::move(options)), m_programFolder(findProgramFolder()) {
}

PostgresServer::~PostgresServer() {
    end();
}

bool PostgresServer::makeDataFolder() {
    if (::geteuid() == 0 && !useSystemUser("postgres")) // its programs refuse to run as root
        return false;
    const QString passwordFile = writeFile(QStringLiteral("password"), superuserPassword().toLatin1() + '\n');
    QStringList arguments{QStringLiteral("--pgdata=") + dataFolder(),
                          QStringLiteral("--username=superuser"),
                          QStringLiteral("--pwfile=") + passwordFile,
                          QStringLiteral("--auth=scram-sha-256"),
                          QStringLiteral("--encoding=UTF8"),
                          QStringLiteral("--locale=C.UTF-8"),
                          QStringLiteral("--no-sync"),
                          QStringLiteral("--no-instructions")};
    if (!options().isDurable)
        arguments << QStringLiteral("--wal-segsize=1"); // MiB; a smaller file to make
    ProgramRun made = runAsServer({program(QStringLiteral("initdb")), arguments, {}});
    if (made.isDone) {
        made = runAsServer({program(QStringLiteral("postgres")),
                            {QStringLiteral("--single"), QStringLiteral("-D"), dataFolder(), QStringLiteral("-F"),
                             QStringLiteral("postgres")},
                            {}},
                           "CREATE ROLE affinity LOGIN PASSWORD '" + password().toLatin1() + "'\n");
    }
    if (!made.isDone)
        qWarning("The PostgreSQL folder was not made: %s", made.errors.constData());
    return made.isDone;
}

DatabaseServer::Program PostgresServer::serverProgram() const {
    QStringList settings{QStringLiteral("port=%1").arg(port()), QStringLiteral("listen_addresses=127.0.0.1"),
                         QStringLiteral("unix_socket_directories=") + socketFolder(),
                         // In the folder, so that nothing stays behind a killed server.
                         QStringLiteral("dynamic_shared_memory_type=mmap"), QStringLiteral("logging_collector=off"),
                         QStringLiteral("lc_messages=C"), QStringLiteral("timezone=UTC")};
    // full_page_writes stays: SIGKILL may end a write in the middle of a page.
    if (!options().isDurable)
        settings << QStringLiteral("fsync=off") << QStringLiteral("shared_buffers=32MB");
    QStringList arguments{QStringLiteral("-D"), dataFolder()};
    for (const QString& setting : settings + options().settings)
        arguments << QStringLiteral("-c") << setting;
    return {program(QStringLiteral("postgres")), arguments, {}};
}

QByteArray PostgresServer::readyText() const {
    return "database system is ready to accept connections";
}

DatabaseServer::Program PostgresServer::clientProgram(Login login, const QString& database) const {
    const bool isSuperuser = login == Login::Superuser;
    const QString user = isSuperuser ? QStringLiteral("superuser") : QStringLiteral("affinity");
    return {program(QStringLiteral("psql")),
            {QStringLiteral("--no-psqlrc"), QStringLiteral("--quiet"), QStringLiteral("--tuples-only"),
             QStringLiteral("--no-align"), QStringLiteral("--field-separator=\t"), QStringLiteral("--pset=null=NULL"),
             QStringLiteral("--set=ON_ERROR_STOP=1"), QStringLiteral("--file=-")},
            {QStringLiteral("PGHOST=127.0.0.1"), QStringLiteral("PGPORT=%1").arg(port()),
             QStringLiteral("PGUSER=") + user,
             QStringLiteral("PGPASSWORD=") + (isSuperuser ? superuserPassword() : password()),
             QStringLiteral("PGDATABASE=") + (database.isEmpty() ? QStringLiteral("postgres") : database),
             QStringLiteral("PGCLIENTENCODING=UTF8"), QStringLiteral("PGTZ=UTC")}};
}

bool PostgresServer::createDatabase(const QString& name, const QString& content) {
    const bool isEmpty = content == QStringLiteral("empty");
    if (!isEmpty && !m_templates.contains(content) && !makeTemplate(content))
        return false;
    const QByteArray answer = query({}, QStringLiteral("CREATE DATABASE %1 OWNER affinity TEMPLATE %2;")
                                            .arg(name, isEmpty ? QStringLiteral("template1") : content));
    if (!answer.isEmpty())
        qWarning("The database was not made: %s", answer.constData());
    return answer.isEmpty();
}

bool PostgresServer::makeTemplate(const QString& content) {
    if (content != QStringLiteral("django")) {
        qWarning("There is no database content '%s'.", qPrintable(content));
        return false;
    }
    const QByteArray created = query({}, QStringLiteral("CREATE DATABASE django OWNER affinity;"));
    const ProgramRun loaded = runClient(Login::Application, content, djangoDump(QStringLiteral("postgresql")));
    if (!created.isEmpty() || !loaded.isDone) {
        qWarning("Django's database was not made: %s %s", created.constData(), loaded.errors.constData());
        return false;
    }
    m_templates << content;
    return true;
}

QString PostgresServer::dropStatement(const QString& name) const {
    return QStringLiteral("DROP DATABASE \"%1\" WITH (FORCE);").arg(name);
}

int PostgresServer::stopSignal() const {
    return SIGINT; // fast shutdown: clients are told, transactions roll back
}

int PostgresServer::endSignal() const {
    return SIGQUIT; // at once, but its shared memory is given back
}

} // namespace affinity::test
