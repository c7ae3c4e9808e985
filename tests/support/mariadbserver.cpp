#include "tests/support/mariadbserver.h"

#include <QStandardPaths>

#include <csignal>
#include <unistd.h>

namespace affinity::test {

namespace {

/// mariadbd lies in a folder for administrators that the path of others may lack.
QString findMariaDb(const QString& name) {
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty() ? QStringLiteral("/usr/sbin/") + name : found;
}

QByteArray clientFile(const QByteArray& user, const QString& password) {
    return "[client]\nuser=" + user + "\npassword=" + password.toLatin1() + "\n";
}

} // namespace

MariaDbServer::MariaDbServer(DatabaseServerOptions options) : DatabaseServer(std::move(options)) {
}

MariaDbServer::~MariaDbServer() {
    end();
}

bool MariaDbServer::makeDataFolder() {
    writeFile(QStringLiteral("superuser.cnf"), clientFile("superuser", superuserPassword()));
    writeFile(QStringLiteral("affinity.cnf"), clientFile("affinity", password()));
    // The first statement: accounts are made only by a server that reads them. The last: none is left without a
    // password.
    const QString logins =
        QStringLiteral("FLUSH PRIVILEGES;\n"
                       "CREATE USER superuser@'127.0.0.1' IDENTIFIED BY '%1';\n"
                       "GRANT ALL ON *.* TO superuser@'127.0.0.1' WITH GRANT OPTION;\n"
                       "CREATE USER affinity@'127.0.0.1' IDENTIFIED BY '%2';\n"
                       "CREATE USER affinity@localhost IDENTIFIED BY '%2';\n"
                       "DELETE FROM mysql.global_priv WHERE user NOT IN ('superuser', 'affinity', 'mariadb.sys');\n")
            .arg(superuserPassword(), password());
    QStringList arguments{QStringLiteral("--no-defaults"),
                          QStringLiteral("--datadir=") + dataFolder(),
                          QStringLiteral("--auth-root-authentication-method=normal"),
                          QStringLiteral("--skip-test-db"),
                          QStringLiteral("--skip-name-resolve"),
                          QStringLiteral("--innodb-log-file-size=16M"),
                          QStringLiteral("--innodb-flush-method=nosync"),
                          QStringLiteral("--debug-no-sync"),
                          QStringLiteral("--extra-file=") + writeFile(QStringLiteral("logins.sql"), logins.toUtf8())};
    if (::geteuid() == 0)
        arguments << QStringLiteral("--user=root");
    const ProgramRun made = run({findMariaDb(QStringLiteral("mariadb-install-db")), arguments, {}});
    if (!made.isDone)
        qWarning("The MariaDB folder was not made: %s %s", made.output.constData(), made.errors.constData());
    return made.isDone;
}

DatabaseServer::Program MariaDbServer::serverProgram() const {
    QStringList arguments{QStringLiteral("--no-defaults"),
                          QStringLiteral("--datadir=") + dataFolder(),
                          QStringLiteral("--port=%1").arg(port()),
                          QStringLiteral("--bind-address=127.0.0.1"),
                          QStringLiteral("--socket=") + socketFolder() + QStringLiteral("/mariadb.sock"),
                          QStringLiteral("--pid-file=") + dataFolder() + QStringLiteral("/mariadbd.pid"),
                          QStringLiteral("--skip-name-resolve"),
                          QStringLiteral("--character-set-server=utf8mb4"),
                          QStringLiteral("--default-time-zone=+00:00"),
                          QStringLiteral("--innodb-log-file-size=16M")};
    if (::geteuid() == 0)
        arguments << QStringLiteral("--user=root");
    // A commit is written to the file at once in both cases (0 would lose it with the process), and pages are written
    // twice: SIGKILL may end a write in the middle of a page.
    if (options().isDurable)
        arguments << QStringLiteral("--innodb-flush-log-at-trx-commit=1");
    else
        arguments << QStringLiteral("--innodb-flush-log-at-trx-commit=2") << QStringLiteral("--debug-no-sync")
                  << QStringLiteral("--innodb-flush-method=nosync") << QStringLiteral("--innodb-buffer-pool-size=32M");
    for (const QString& setting : options().settings)
        arguments << QStringLiteral("--") + setting;
    return {findMariaDb(QStringLiteral("mariadbd")), arguments, {}};
}

QByteArray MariaDbServer::readyText() const {
    return "ready for connections";
}

DatabaseServer::Program MariaDbServer::clientProgram(Login login, const QString& database) const {
    const QString file = login == Login::Superuser ? QStringLiteral("superuser.cnf") : QStringLiteral("affinity.cnf");
    QStringList arguments{QStringLiteral("--defaults-file=") + filePath(file),
                          QStringLiteral("--host=127.0.0.1"),
                          QStringLiteral("--port=%1").arg(port()),
                          QStringLiteral("--protocol=tcp"),
                          QStringLiteral("--batch"),
                          QStringLiteral("--raw"),
                          QStringLiteral("--skip-column-names"),
                          QStringLiteral("--default-character-set=utf8mb4")};
    if (!database.isEmpty())
        arguments << database;
    return {QStringLiteral("mariadb"), arguments, {}};
}

bool MariaDbServer::createDatabase(const QString& name, const QString& content) {
    const bool isDjango = content == QStringLiteral("django");
    if (!isDjango && content != QStringLiteral("empty")) {
        qWarning("There is no database content '%s'.", qPrintable(content));
        return false;
    }
    const QString statements =
        QStringLiteral("CREATE DATABASE %1 CHARACTER SET utf8mb4%2;\nGRANT ALL ON `%3`.* TO affinity@'127.0.0.1';\n"
                       "GRANT ALL ON `%3`.* TO affinity@localhost;\nUSE %1;\n")
            .arg(name, isDjango ? QStringLiteral(" COLLATE utf8mb4_bin") : QString(),
                 QString(name).replace(QLatin1Char('_'), QStringLiteral("\\_"))); // _ stands for any letter there
    const QByteArray dump = isDjango ? djangoDump(QStringLiteral("mariadb")) : QByteArray();
    const ProgramRun made = runClient(Login::Superuser, {}, statements.toUtf8() + dump);
    if (!made.isDone)
        qWarning("The database was not made: %s", made.errors.constData());
    return made.isDone;
}

QString MariaDbServer::dropStatement(const QString& name) const {
    // A connection with an open transaction would keep the database from going; 1094: one that has just ended.
    return QStringLiteral("DELIMITER //\n"
                          "BEGIN NOT ATOMIC\n"
                          "  DECLARE CONTINUE HANDLER FOR 1094 BEGIN END;\n"
                          "  FOR connection IN (SELECT id FROM information_schema.processlist WHERE db = '%1') DO\n"
                          "    KILL connection.id;\n"
                          "  END FOR;\n"
                          "  DROP DATABASE `%1`;\n"
                          "END//\n")
        .arg(name);
}

int MariaDbServer::stopSignal() const {
    return SIGTERM;
}

int MariaDbServer::endSignal() const {
    return SIGKILL; // it leaves nothing outside of its folders
}

} // namespace affinity::test
