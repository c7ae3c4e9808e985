#include "engine/redis/link.h"

#include "engine/redis/socketwait.h"
#include "engine/redis/tls.h"

#include <QNetworkProxy>
#include <QSocketNotifier>
#include <QSslSocket>
#include <QTcpSocket>

#include <array>

namespace affinity::redis {

namespace {

constexpr qint64 readBytes = 16 * 1024; ///< at once; ReplyReader::feed says why not more

/// The descriptor of a socket that is connecting. It tells that itself only when it is connected; the notifier inside
/// it, which waits for the connection, knows it before. -1 when there is none.
qintptr connectingDescriptor(const QTcpSocket& socket) {
    const auto* notifier = socket.findChild<QSocketNotifier*>();
    return notifier ? notifier->socket() : -1;
}

} // namespace

std::optional<Failure> expiry(const Deadline& deadline, const Target& target, const QString& doing) {
    if (deadline.isCancelled())
        return Failure{Cause::Cancelled, QStringLiteral("%1 Redis at %2 was cancelled.").arg(doing, where(target))};
    if (deadline.hasPassed())
        return Failure{Cause::TimedOut,
                       QStringLiteral("%1 Redis at %2 took longer than it may; the server or the network "
                                      "does not answer.")
                           .arg(doing, where(target))};
    return std::nullopt;
}

Link::Link(const Target& target, const ReplyLimits& limits) : m_target(target), m_reader(limits) {
    if (target.usesTls)
        m_socket = std::make_unique<QSslSocket>();
    else
        m_socket = std::make_unique<QTcpSocket>();
    m_socket->setProxy(QNetworkProxy::NoProxy);
}

Link::~Link() {
    m_socket->abort(); // never waits, as close() of a socket with unsent bytes may
}

Failure Link::lost(const QString& doing) const {
    return {Cause::Lost, QStringLiteral("%1 Redis at %2 failed: the connection was cut (%3).")
                             .arg(doing, where(m_target), m_socket->errorString())};
}

std::optional<Failure> Link::connectTo(const QHostAddress& address, const Deadline& deadline) {
    m_socket->connectToHost(address.toString(), m_target.port);
    // QTcpSocket::waitForConnected() gives the attempt up at its limit, so the waiting in slices is done here.
    while (m_socket->state() == QAbstractSocket::ConnectingState) {
        if (const auto expired = expiry(deadline, m_target, QStringLiteral("Connecting to")))
            return expired;
        const qintptr socket = connectingDescriptor(*m_socket);
        if (socket == -1 || waitForSocket(socket, SocketEvent::Writable, deadline.sliceMs()))
            m_socket->waitForConnected(deadline.leftMs());
    }
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return Failure{Cause::Unreachable,
                       QStringLiteral("Redis at %1 cannot be reached (%2). Check host, port and that the server runs.")
                           .arg(where(m_target), m_socket->errorString())};
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    return std::nullopt;
}

std::optional<Failure> Link::encrypt(const Deadline& deadline) {
    auto* socket = qobject_cast<QSslSocket*>(m_socket.get());
    Q_ASSERT(socket);
    const auto configuration = tlsConfiguration(m_target);
    if (!configuration)
        return Failure{Cause::TlsFiles, configuration.error().what};
    socket->setSslConfiguration(*configuration);
    socket->setPeerVerifyName(certificateName(m_target));
    socket->startClientEncryption();
    while (!socket->isEncrypted()) {
        if (const auto expired = expiry(deadline, m_target, QStringLiteral("Starting TLS with")))
            return expired;
        if (socket->state() != QAbstractSocket::ConnectedState)
            return tlsFailure(m_target, socket->sslHandshakeErrors(), socket->errorString());
        socket->waitForEncrypted(deadline.sliceMs());
    }
    return std::nullopt;
}

void Link::noteSent(qint64 requestSize) {
    // With TLS bytes wait in two buffers; all count as sent, which is the careful answer.
    m_sentBytes = m_target.usesTls ? requestSize : requestSize - m_socket->bytesToWrite();
}

std::optional<Failure> Link::exchange(const QByteArray& request, size_t count, const Deadline& deadline,
                                      std::vector<Reply>& replies) {
    m_sentBytes = 0;
    if (const auto expired = expiry(deadline, m_target, QStringLiteral("Asking")))
        return expired;
    m_socket->write(request);
    m_socket->flush(); // at once, not when waiting begins: saves a poll
    const auto failure = receive(count, deadline, replies);
    noteSent(request.size());
    return failure;
}

std::optional<Failure> Link::readArrived(size_t count, std::vector<Reply>& replies) {
    std::array<char, readBytes> bytes;
    while (const qint64 size = m_socket->read(bytes.data(), readBytes)) {
        if (size < 0)
            return lost(QStringLiteral("Asking"));
        m_reader.feed({bytes.data(), size});
        for (;;) {
            auto reply = m_reader.next();
            if (!reply)
                return Failure{reply.error().kind == base::ErrorKind::Refused ? Cause::TooLarge : Cause::NotRedis,
                               reply.error().what};
            if (!*reply)
                break;
            if (replies.size() == count)
                return Failure{Cause::NotRedis, QStringLiteral("Redis at %1 sent a reply that nobody asked for. The "
                                                               "connection is closed.")
                                                    .arg(where(m_target))};
            replies.push_back(std::move(**reply));
        }
    }
    return std::nullopt;
}

std::optional<Failure> Link::receive(size_t count, const Deadline& deadline, std::vector<Reply>& replies) {
    for (;;) {
        if (m_socket->bytesAvailable() > 0) {
            if (auto failure = readArrived(count, replies))
                return failure;
        }
        if (replies.size() == count)
            return std::nullopt;
        if (m_socket->state() != QAbstractSocket::ConnectedState)
            return lost(QStringLiteral("Asking"));
        if (const auto expired = expiry(deadline, m_target, QStringLiteral("Asking")))
            return expired;
        m_socket->waitForReadyRead(deadline.sliceMs()); // also sends what flush() left over
    }
}

bool Link::isStale() {
    if (m_socket->state() != QAbstractSocket::ConnectedState || m_reader.hasPart() || m_socket->bytesAvailable() > 0)
        return true;
    if (!waitForSocket(m_socket->socketDescriptor(), SocketEvent::Readable, 0))
        return false;
    m_socket->waitForReadyRead(0); // with TLS this may be the protocol's own talk, which leaves nothing to read
    return m_socket->state() != QAbstractSocket::ConnectedState || m_socket->bytesAvailable() > 0;
}

} // namespace affinity::redis
