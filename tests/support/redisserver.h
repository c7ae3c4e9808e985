// RedisServer: a real redis-server for tests, on a free port of this machine with a folder of its own; TestAuthority:
// its certificates.
#pragma once

#include "engine/redis/target.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace affinity::test {

/// A certificate authority made by openssl for this run, and certificates signed by it.
class TestAuthority {
public:
    /// Makes the authority; check isValid().
    TestAuthority();
    bool isValid() const { return m_isValid; }
    QString caFile() const { return path(QStringLiteral("ca.crt")); }
    /// A certificate NAME.crt and key NAME.key for `names` ("DNS:localhost,IP:127.0.0.1"); expired when `days` is
    /// negative.
    bool sign(const QString& name, const QString& names, int days = 30);
    QString certificateFile(const QString& name) const { return path(name + QStringLiteral(".crt")); }
    QString keyFile(const QString& name) const { return path(name + QStringLiteral(".key")); }

private:
    QString path(const QString& file) const { return m_folder.filePath(file); }
    bool openssl(const QStringList& arguments) const;

    QTemporaryDir m_folder;
    bool m_isValid = false;
};

struct RedisServerOptions {
    QStringList lines;       ///< more lines of redis.conf ("requirepass x", "user alice on >pw ~* +@all")
    QString certificateFile; ///< with a name: TLS only
    QString keyFile;
    QString caFile;
    bool asksForCertificate = false; ///< TLS: clients need a certificate of the same authority
};

/// Started by start(), ended by its own process id when it goes; it also ends when the test dies. Used on the main
/// thread.
class RedisServer {
public:
    explicit RedisServer(RedisServerOptions options = {});
    ~RedisServer();
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;

    /// Starts, or starts again on the same port with nothing kept; true when it accepts connections.
    bool start();
    /// SIGKILL, and waits for its end.
    void killNow();
    /// SIGSTOP: it answers no more, but its connections stay. resume() is SIGCONT.
    void pause();
    void resume();
    bool isRunning() const;
    quint16 port() const { return m_port; }
    /// How to reach it: host, port and, with TLS, its authority.
    redis::Target target() const;
    /// What it has printed so far, to show when a test fails.
    QByteArray output() const { return m_output; }

private:
    bool startOnce();
    bool writeConfiguration() const;
    bool isReady();

    RedisServerOptions m_options;
    QTemporaryDir m_folder;
    quint16 m_port = 0;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_output;
};

} // namespace affinity::test
