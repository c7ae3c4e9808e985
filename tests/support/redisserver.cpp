#include "tests/support/redisserver.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTcpServer>

#include <csignal>
#include <sys/prctl.h>

namespace affinity::test {

namespace {

constexpr int startMs = 60'000; ///< a loaded machine takes its time

bool writeFile(const QString& path, const QByteArray& text) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

/// A port that nobody listens on. Below those that the system gives out by itself (32768 and up on Linux), so that
/// no other program is given it while the server starts, or lies dead for a test.
quint16 freePort() {
    for (int i = 0; i < 100; ++i) {
        QTcpServer server;
        if (server.listen(QHostAddress::LocalHost,
                          static_cast<quint16>(QRandomGenerator::system()->bounded(20'000, 32'000))))
            return server.serverPort();
    }
    return 0;
}

} // namespace

TestAuthority::TestAuthority() {
    m_isValid =
        m_folder.isValid() &&
        openssl({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                 QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
                 QStringLiteral("-keyout"), path(QStringLiteral("ca.key")), QStringLiteral("-out"), caFile(),
                 QStringLiteral("-days"), QStringLiteral("30"), QStringLiteral("-subj"),
                 QStringLiteral("/CN=Affinity test authority")});
}

bool TestAuthority::sign(const QString& name, const QString& names, int days) {
    const QString request = path(name + QStringLiteral(".csr"));
    const QString extensions = path(name + QStringLiteral(".ext"));
    return writeFile(extensions, "subjectAltName=" + names.toLatin1() + "\n") &&
           openssl({QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                    QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"),
                    QStringLiteral("-nodes"), QStringLiteral("-keyout"), keyFile(name), QStringLiteral("-out"), request,
                    QStringLiteral("-subj"), QStringLiteral("/CN=") + name}) &&
           openssl({QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"), request,
                    QStringLiteral("-CA"), caFile(), QStringLiteral("-CAkey"), path(QStringLiteral("ca.key")),
                    QStringLiteral("-CAcreateserial"), QStringLiteral("-days"), QString::number(days),
                    QStringLiteral("-extfile"), extensions, QStringLiteral("-out"), certificateFile(name)});
}

bool TestAuthority::openssl(const QStringList& arguments) const {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("openssl"), arguments);
    const bool isDone = process.waitForFinished(startMs) && process.exitCode() == 0;
    if (!isDone)
        qWarning("openssl failed: %s", process.readAll().constData());
    return isDone;
}

RedisServer::RedisServer(RedisServerOptions options) : m_options(std::move(options)) {
}

RedisServer::~RedisServer() {
    killNow();
}

bool RedisServer::start() {
    killNow();
    const int tries = m_port == 0 ? 5 : 1; // somebody else may take a free port before the server does
    for (int i = 0; i < tries; ++i) {
        if (i > 0 || m_port == 0)
            m_port = freePort();
        if (startOnce())
            return true;
    }
    qWarning("redis-server did not start: %s", m_output.constData());
    return false;
}

bool RedisServer::startOnce() {
    if (!writeConfiguration())
        return false;
    m_output.clear();
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process->start(QStringLiteral("redis-server"), {m_folder.filePath(QStringLiteral("redis.conf"))});
    return m_process->waitForStarted(startMs) && isReady();
}

bool RedisServer::isReady() {
    const QDeadlineTimer deadline(startMs);
    while (!deadline.hasExpired() && m_process->state() == QProcess::Running) {
        m_process->waitForReadyRead(static_cast<int>(deadline.remainingTime()));
        m_output += m_process->readAll();
        if (m_output.contains("Ready to accept connections"))
            return true;
    }
    return false;
}

bool RedisServer::writeConfiguration() const {
    const QString port = QString::number(m_port);
    QStringList lines{QStringLiteral("bind 127.0.0.1"), QStringLiteral("save \"\""), QStringLiteral("appendonly no"),
                      QStringLiteral("daemonize no"), QStringLiteral("dir ") + m_folder.path()};
    if (m_options.certificateFile.isEmpty()) {
        lines << QStringLiteral("port ") + port;
    } else {
        lines << QStringLiteral("port 0") << QStringLiteral("tls-port ") + port
              << QStringLiteral("tls-cert-file ") + m_options.certificateFile
              << QStringLiteral("tls-key-file ") + m_options.keyFile
              << QStringLiteral("tls-ca-cert-file ") + m_options.caFile
              << (m_options.asksForCertificate ? QStringLiteral("tls-auth-clients yes")
                                               : QStringLiteral("tls-auth-clients no"));
    }
    lines += m_options.lines;
    return m_folder.isValid() &&
           writeFile(m_folder.filePath(QStringLiteral("redis.conf")), lines.join(QLatin1Char('\n')).toUtf8() + '\n');
}

void RedisServer::killNow() {
    if (!isRunning())
        return;
    m_process->kill();
    m_process->waitForFinished(startMs);
}

void RedisServer::pause() {
    if (isRunning())
        ::kill(static_cast<pid_t>(m_process->processId()), SIGSTOP);
}

void RedisServer::resume() {
    if (isRunning())
        ::kill(static_cast<pid_t>(m_process->processId()), SIGCONT);
}

bool RedisServer::isRunning() const {
    return m_process && m_process->state() == QProcess::Running;
}

redis::Target RedisServer::target() const {
    redis::Target target;
    target.port = m_port;
    target.usesTls = !m_options.certificateFile.isEmpty();
    target.caFile = m_options.caFile;
    return target;
}

} // namespace affinity::test
