#include "tests/support/databaseserver.h"

#include "tests/support/processwatch.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHostAddress>
#include <QRandomGenerator>
#include <QStorageInfo>
#include <QTcpServer>
#include <QUrl>

#include <array>
#include <cerrno>
#include <csignal>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <unistd.h>

namespace affinity::test {

namespace {

constexpr int databaseStartMs = 30'000; ///< a loaded machine takes its time
constexpr int programMs = 60'000;
constexpr int readyPollMs = 5;
constexpr qint64 roomInMemory = qint64(2) << 30; ///< bytes; a new server has 50 MB, a database of Django's 8 MB

quint16 freeDatabasePort() {
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16(0);
}

QString randomHex(int bytes) {
    QByteArray random;
    for (int i = 0; i < bytes; ++i)
        random.append(static_cast<char>(QRandomGenerator::system()->bounded(256)));
    return QString::fromLatin1(random.toHex());
}

/// Where a server's folder is made. In memory where there is room: making and removing a database of 300 files takes a
/// disk's file system several times as long. A durable server belongs on a disk.
QString parentFolder(bool isDurable) {
    const QString memory = QStringLiteral("/dev/shm");
    const bool hasRoom = QFileInfo(memory).isWritable() && QStorageInfo(memory).bytesAvailable() > roomInMemory;
    return isDurable || qEnvironmentVariableIsSet("TMPDIR") || !hasRoom ? QDir::tempPath() : memory;
}

/// A killed PostgreSQL leaves a few bytes of shared memory, which only its next start would free: line 7 of its
/// postmaster.pid is "KEY ID".
void freeSharedMemory(const QString& folder) {
    QFile file(folder + QStringLiteral("/data/postmaster.pid"));
    if (!file.open(QIODevice::ReadOnly))
        return; // it has ended cleanly, or is no PostgreSQL
    const QByteArrayList words = file.readAll().split('\n').value(6).simplified().split(' ');
    shmid_ds memory{};
    const int id = words.value(1).toInt();
    // The same number may be another's after the machine has started anew.
    if (words.size() == 2 && ::shmctl(id, IPC_STAT, &memory) == 0 && memory.shm_nattch == 0 &&
        memory.shm_perm.__key == words[0].toInt())
        ::shmctl(id, IPC_RMID, nullptr);
}

/// The template of a folder's name, with the id of this process. Folders there whose process is no more are removed: a
/// test that was killed could not.
QString folderTemplate(const QString& parent) {
    const QString prefix = QStringLiteral("affinity-server-");
    for (const QString& name : QDir(parent).entryList({prefix + QLatin1Char('*')}, QDir::Dirs)) {
        const pid_t process = name.section(QLatin1Char('-'), 2, 2).toInt();
        if (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH) {
            const QString folder = parent + QLatin1Char('/') + name;
            freeSharedMemory(folder);
            QDir(folder).removeRecursively();
        }
    }
    return QStringLiteral("%1/%2%3-XXXXXX").arg(parent, prefix).arg(::getpid());
}

} // namespace

// A path of a socket has at most 107 bytes: the folder for temporary files of a user may have more.
DatabaseServer::DatabaseServer(DatabaseServerOptions options)
    : m_options(std::move(options)),
      m_folder(folderTemplate(parentFolder(m_options.isDurable))),
      m_socketFolder(folderTemplate(QStringLiteral("/tmp"))),
      m_password(randomHex(12)),
      m_superuserPassword(randomHex(12)) {
}

DatabaseServer::~DatabaseServer() = default;

bool DatabaseServer::start() {
    killNow();
    if (!m_folder.isValid() || !m_socketFolder.isValid()) {
        qWarning("No folder for a database server: %s", qPrintable(m_folder.errorString()));
        return false;
    }
    m_hasDataFolder = m_hasDataFolder || makeDataFolder();
    if (!m_hasDataFolder)
        return false;
    const int tries = m_port == 0 ? 5 : 1; // somebody else may take a free port before the server does
    for (int i = 0; i < tries; ++i) {
        if (i > 0 || m_port == 0)
            m_port = freeDatabasePort();
        if (startOnce())
            return true;
    }
    qWarning("The database server did not start: %s", output().constData());
    return false;
}

bool DatabaseServer::startOnce() {
    // The log is a file: a pipe that no test reads would be full one day, and the server would wait.
    const QString log = m_folder.filePath(QStringLiteral("log"));
    const qint64 logStart = QFile(log).size();
    m_process = std::make_unique<QProcess>();
    prepare(*m_process, serverProgram(), m_user);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(log, QIODevice::Append);
    m_process->start();
    if (m_process->waitForStarted(databaseStartMs) && isReady(logStart))
        return true;
    killNow();
    return false;
}

bool DatabaseServer::isReady(qint64 logStart) {
    const QDeadlineTimer deadline(databaseStartMs);
    while (!deadline.hasExpired() && m_process->state() == QProcess::Running) {
        if (output().mid(logStart).contains(readyText()))
            return true;
        m_process->waitForFinished(readyPollMs);
    }
    return false;
}

void DatabaseServer::prepare(QProcess& process, const Program& program, std::optional<SystemUser> user) const {
    process.setProgram(program.name);
    process.setArguments(program.arguments);
    process.setWorkingDirectory(m_folder.path());
    // Nothing of the caller's environment points a program to another server.
    QProcessEnvironment environment;
    const QProcessEnvironment system = QProcessEnvironment::systemEnvironment();
    for (const QString& name : system.keys()) {
        if (!name.startsWith(QLatin1String("PG")) && !name.startsWith(QLatin1String("MYSQL")) &&
            !name.startsWith(QLatin1String("MARIADB")))
            environment.insert(name, system.value(name));
    }
    for (const QString& variable : program.environment) {
        const qsizetype equals = variable.indexOf(QLatin1Char('='));
        environment.insert(variable.left(equals), variable.mid(equals + 1));
    }
    process.setProcessEnvironment(environment);
    process.setChildProcessModifier([user] {
        if (user && (::setgroups(0, nullptr) != 0 || ::setgid(user->group) != 0 || ::setuid(user->user) != 0))
            ::_exit(1);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // after setuid(), which would forget it
    });
}

std::vector<pid_t> DatabaseServer::processes() const {
    if (!isRunning())
        return {};
    const auto server = static_cast<pid_t>(m_process->processId());
    std::vector<pid_t> found = childrenOf(server);
    found.insert(found.begin(), server);
    return found;
}

void DatabaseServer::killNow() {
    if (!isRunning())
        return;
    // A stopped server makes no more processes, so that the list is whole. They would end by themselves, but one in the
    // middle of a statement only after it.
    ::kill(static_cast<pid_t>(m_process->processId()), SIGSTOP);
    std::vector<ProcessWatch> watches;
    for (const pid_t process : processes())
        watches.emplace_back(process);
    for (const ProcessWatch& watch : watches)
        watch.signal(SIGKILL);
    m_process->waitForFinished(databaseStartMs);
    for (const ProcessWatch& watch : watches) {
        if (!watch.hasEnded(databaseStartMs))
            qWarning("A process of the database server does not end.");
    }
    m_pauseGuard.reset();
}

void DatabaseServer::signalAndWait(int signal) {
    if (!isRunning())
        return;
    resume();
    ::kill(static_cast<pid_t>(m_process->processId()), signal);
    if (!m_process->waitForFinished(databaseStartMs))
        killNow();
}

void DatabaseServer::stop() {
    signalAndWait(stopSignal());
}

void DatabaseServer::end() {
    signalAndWait(endSignal());
    freeSharedMemory(m_folder.path());
}

bool DatabaseServer::restart() {
    stop();
    return start();
}

void DatabaseServer::pause() {
    if (!isRunning() || m_pauseGuard)
        return;
    ::kill(static_cast<pid_t>(m_process->processId()), SIGSTOP); // first: it makes no more processes then
    QStringList arguments{QStringLiteral("-c"), QStringLiteral("trap '' INT TERM HUP; read line || kill -KILL \"$@\""),
                          QStringLiteral("sh")};
    for (const pid_t process : processes()) {
        ::kill(process, SIGSTOP);
        arguments << QString::number(process);
    }
    // A stopped process does not see that its server has ended with the test. The guard's input ends with the test too.
    m_pauseGuard = std::make_unique<QProcess>();
    m_pauseGuard->start(QStringLiteral("sh"), arguments);
    m_pauseGuard->waitForStarted(databaseStartMs);
}

void DatabaseServer::resume() {
    if (!isRunning() || !m_pauseGuard)
        return;
    m_pauseGuard->write("resumed\n");
    m_pauseGuard->waitForFinished(databaseStartMs);
    m_pauseGuard.reset();
    for (const pid_t process : processes())
        ::kill(process, SIGCONT);
}

bool DatabaseServer::isRunning() const {
    return m_process && m_process->state() == QProcess::Running;
}

QByteArray DatabaseServer::output() const {
    QFile file(m_folder.filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString DatabaseServer::makeDatabase(const QString& content) {
    const QString name = content + QLatin1Char('_') + randomHex(5);
    if (!createDatabase(name, content))
        return {};
    return QStringLiteral("%1://affinity@127.0.0.1:%2/%3").arg(scheme()).arg(m_port).arg(name);
}

bool DatabaseServer::dropDatabase(const QString& name) {
    const QByteArray answer = query({}, dropStatement(name));
    if (!answer.isEmpty())
        qWarning("The database %s was not dropped: %s", qPrintable(name), answer.constData());
    return answer.isEmpty();
}

QByteArray DatabaseServer::query(const QString& database, const QString& sql) const {
    const ProgramRun answer = runClient(Login::Superuser, database, sql.toUtf8() + "\n");
    if (!answer.isDone)
        return "ERROR: " + answer.errors.trimmed();
    return answer.output.endsWith('\n') ? answer.output.chopped(1) : answer.output;
}

QString DatabaseServer::databaseName(const QString& address) {
    return QUrl(address).path().mid(1);
}

QString DatabaseServer::writeFile(const QString& name, const QByteArray& text) const {
    const QString path = m_folder.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(text) != text.size() || !file.flush())
        qWarning("%s was not written: %s", qPrintable(path), qPrintable(file.errorString()));
    if (m_user && ::fchown(file.handle(), m_user->user, m_user->group) != 0)
        qWarning("%s could not be given to the server's user.", qPrintable(path));
    return path;
}

QByteArray DatabaseServer::djangoDump(const QString& server) {
    QFile file(QStringLiteral(AFFINITY_TEST_DATA "/django/django-%1.sql").arg(server));
    if (!file.open(QIODevice::ReadOnly))
        qWarning("%s is missing", qPrintable(file.fileName()));
    return file.readAll();
}

DatabaseServer::ProgramRun DatabaseServer::run(const Program& program, const QByteArray& input) const {
    QProcess process;
    prepare(process, program, std::nullopt);
    return finish(process, input);
}

DatabaseServer::ProgramRun DatabaseServer::runAsServer(const Program& program, const QByteArray& input) const {
    QProcess process;
    prepare(process, program, m_user);
    return finish(process, input);
}

DatabaseServer::ProgramRun DatabaseServer::finish(QProcess& process, const QByteArray& input) {
    process.start();
    process.write(input);
    process.closeWriteChannel();
    ProgramRun answer;
    const bool hasEnded = process.waitForFinished(programMs);
    answer.isDone = hasEnded && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    answer.output = process.readAllStandardOutput();
    answer.errors = process.readAllStandardError();
    if (!hasEnded)
        answer.errors += process.errorString().toUtf8();
    return answer;
}

DatabaseServer::ProgramRun DatabaseServer::runClient(Login login, const QString& database,
                                                     const QByteArray& sql) const {
    return run(clientProgram(login, database), sql);
}

bool DatabaseServer::useSystemUser(const char* name) {
    const passwd* entry = ::getpwnam(name);
    if (!entry) {
        qWarning("There is no user %s to run the database server as.", name);
        return false;
    }
    m_user = SystemUser{entry->pw_uid, entry->pw_gid};
    const std::array folders{m_folder.path(), m_socketFolder.path()};
    for (const QString& folder : folders) {
        if (::chown(QFile::encodeName(folder).constData(), m_user->user, m_user->group) != 0) {
            qWarning("%s could not be given to the user %s.", qPrintable(folder), name);
            return false;
        }
    }
    return true;
}

} // namespace affinity::test
