// DatabaseServer: a real database server for tests, on a free port of this machine with a folder of its own.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <vector>

#include <sys/types.h>

namespace affinity::test {

struct DatabaseServerOptions {
    /// A commit reaches the disk, as in production: for benchmarks. Otherwise it survives the end of the server,
    /// however sudden, but not that of the machine.
    bool isDurable = false;
    QStringList settings; ///< more settings as the server names them ("max_connections=20"); they override ours
};

/// PostgresServer or MariaDbServer. Started by start(), ended by its own process id when it goes; it also ends when the
/// test dies. It listens on 127.0.0.1 only, and each login needs its password. Used on the main thread, query() and
/// password() on any.
class DatabaseServer {
public:
    virtual ~DatabaseServer();
    DatabaseServer(const DatabaseServer&) = delete;
    DatabaseServer& operator=(const DatabaseServer&) = delete;

    /// Starts; true when it accepts connections. Each further start is on the same port and folder, so that databases
    /// stay: after killNow() with the server's recovery.
    bool start();
    /// SIGKILL to the server and to every process of it, and waits for their end. What was committed stays.
    void killNow();
    /// Asks the server to end now, which tells its clients so, and waits for its end (PostgreSQL: a fast shutdown).
    void stop();
    /// stop() and start().
    bool restart();
    /// SIGSTOP to the server and to every process of it: nothing answers any more, but connections stay, and new ones
    /// are not refused. resume() is SIGCONT.
    void pause();
    void resume();
    bool isRunning() const;
    /// The server's process, then those it has started (PostgreSQL: one for each connection and some of its own).
    std::vector<pid_t> processes() const;
    /// 0 before the first start.
    quint16 port() const { return m_port; }
    /// Folder of the server's Unix socket, "/tmp/…": for logins that do not go over TCP.
    QString socketFolder() const { return m_socketFolder.path(); }
    /// What it has logged so far, to show when a test fails.
    QByteArray output() const;

    /// Makes a database of a new name that the login `affinity` owns: "empty", or "django": as Django's migrations make
    /// it, with the demo rows of tests/data/django. Its address, "postgresql://affinity@127.0.0.1:PORT/NAME" or
    /// "mysql://…", without the password; empty with a warning when it failed.
    QString makeDatabase(const QString& content);
    /// Ends the database's connections and removes it. `name` is the last part of its address.
    bool dropDatabase(const QString& name);
    /// The password of the login `affinity`: another for each server.
    QString password() const { return m_password; }
    /// Runs one or more statements as superuser by the server's own client (psql, mariadb) and answers all rows: one a
    /// line, columns parted by a tab, NULL as "NULL", no newline at the end, times in UTC. Text is not escaped.
    /// Booleans are what the server prints: t and f, or 1 and 0. After a failure: "ERROR: " and the client's text.
    QByteArray query(const QString& database, const QString& sql) const;
    /// The name in an address of makeDatabase().
    static QString databaseName(const QString& address);

protected:
    /// Who signs in: the superuser of the tests or the login `affinity` of the application.
    enum class Login { Superuser, Application };
    struct ProgramRun {
        bool isDone = false; ///< ended in time with exit code 0
        QByteArray output;
        QByteArray errors;
    };
    struct Program {
        QString name;
        QStringList arguments;
        QStringList environment; ///< more variables, "NAME=value"
    };
    struct SystemUser {
        uid_t user = 0;
        gid_t group = 0;
    };

    explicit DatabaseServer(DatabaseServerOptions options);
    /// What a subclass calls in its destructor, as long as it is a whole object: ends the server, cleanly if it is
    /// quick.
    void end();

    /// Fills dataFolder() and makes both logins, so that the first start can follow.
    virtual bool makeDataFolder() = 0;
    /// The server's program and its arguments for port().
    virtual Program serverProgram() const = 0;
    /// What the log says once connections are accepted.
    virtual QByteArray readyText() const = 0;
    /// A client that reads statements from its input and signs in as `login`.
    virtual Program clientProgram(Login login, const QString& database) const = 0;
    virtual bool createDatabase(const QString& name, const QString& content) = 0;
    virtual QString dropStatement(const QString& name) const = 0;
    virtual QString scheme() const = 0;
    /// The signal for stop(), and the one for a quick end that leaves nothing behind.
    virtual int stopSignal() const = 0;
    virtual int endSignal() const = 0;

    const DatabaseServerOptions& options() const { return m_options; }
    QString filePath(const QString& name) const { return m_folder.filePath(name); }
    QString dataFolder() const { return filePath(QStringLiteral("data")); }
    /// A file in the server's folder that only this user (and the server's) may read.
    QString writeFile(const QString& name, const QByteArray& text) const;
    QString superuserPassword() const { return m_superuserPassword; }
    /// The dump of tests/data/django for this server; empty with a warning when it is missing.
    static QByteArray djangoDump(const QString& server);
    /// Feeds `input` to the program. Programs of the server (initdb) run as its user.
    ProgramRun run(const Program& program, const QByteArray& input = {}) const;
    ProgramRun runAsServer(const Program& program, const QByteArray& input = {}) const;
    ProgramRun runClient(Login login, const QString& database, const QByteArray& sql) const;
    /// The server does not run as root: it and its programs run as this user, which owns the folder.
    bool useSystemUser(const char* name);

private:
    bool startOnce();
    bool isReady(qint64 logStart);
    void signalAndWait(int signal);
    void prepare(QProcess& process, const Program& program, std::optional<SystemUser> user) const;
    static ProgramRun finish(QProcess& process, const QByteArray& input);

    DatabaseServerOptions m_options;
    QTemporaryDir m_folder;
    QTemporaryDir m_socketFolder;
    QString m_password;
    QString m_superuserPassword;
    std::optional<SystemUser> m_user;
    bool m_hasDataFolder = false;
    quint16 m_port = 0;
    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<QProcess> m_pauseGuard; ///< while paused
};

} // namespace affinity::test
