#include "tests/rewards/httpserver.h"

#include <QFile>
#include <QSemaphore>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <optional>

namespace affinity::test {

using Manner = HttpAnswer::Manner;

namespace {

constexpr int dripMs = 5;

std::unique_ptr<QTcpServer> makeServer(const HttpServerTls& tls) {
    if (tls.certificateFile.isEmpty())
        return std::make_unique<QTcpServer>();
    QFile keyFile(tls.keyFile);
    if (!keyFile.open(QIODevice::ReadOnly))
        qFatal("The server's key cannot be read");
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(tls.certificateFile));
    configuration.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone); // clients have no certificates here
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    return server;
}

/// Takes one whole request off the buffer's front.
std::optional<HttpRequest> takeRequest(QByteArray& buffer) {
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    HttpRequest request;
    for (const QByteArray& line : buffer.left(end).split('\n')) {
        const QByteArray text = line.trimmed();
        const qsizetype colon = text.indexOf(':');
        if (request.line.isEmpty())
            request.line = text;
        else
            request.headers[text.left(colon).toLower()] = text.mid(colon + 1).trimmed();
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (buffer.size() < end + 4 + length)
        return std::nullopt;
    request.body = buffer.mid(end + 4, length);
    buffer.remove(0, end + 4 + length);
    return request;
}

QByteArray headOf(const HttpAnswer& answer, qint64 length) {
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " Said\r\n";
    for (const QByteArray& header : answer.headers)
        head += header + "\r\n";
    const bool hasNoBody = answer.status == 204 || answer.status == 304;
    return head + (hasNoBody ? QByteArray() : "Content-Length: " + QByteArray::number(length) + "\r\n") + "\r\n";
}

void sendNowAndThen(QTcpSocket* socket, const QByteArray& piece) {
    auto* const timer = new QTimer(socket);
    QObject::connect(timer, &QTimer::timeout, socket, [socket, piece] { socket->write(piece); });
    timer->start(dripMs);
}

void sendWithoutEnd(QTcpSocket* socket, const QByteArray& piece) {
    QObject::connect(socket, &QTcpSocket::bytesWritten, socket, [socket, piece] {
        if (socket->bytesToWrite() < piece.size())
            socket->write(piece);
    });
    socket->write(piece);
}

} // namespace

HttpServer::HttpServer(Handler handler, HttpServerTls tls) : m_handler(std::move(handler)), m_tls(std::move(tls)) {
    QSemaphore listens;
    m_thread.reset(QThread::create([this, &listens] {
        QEventLoop loop;
        const std::unique_ptr<QTcpServer> server = makeServer(m_tls);
        QObject::connect(server.get(), &QTcpServer::pendingConnectionAvailable, server.get(), [this, &server] {
            while (QTcpSocket* const socket = server->nextPendingConnection())
                serve(socket);
        });
        server->listen(QHostAddress::LocalHost);
        m_port = server->serverPort();
        m_loop = &loop;
        listens.release();
        loop.exec();
    }));
    m_thread->start();
    listens.acquire();
}

HttpServer::~HttpServer() {
    QMetaObject::invokeMethod(m_loop, &QEventLoop::quit, Qt::QueuedConnection);
    m_thread->wait();
}

std::vector<HttpRequest> HttpServer::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void HttpServer::serve(QTcpSocket* socket) {
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1); // each piece arrives when it is sent
    const int connection = ++m_connections;
    const auto buffer = std::make_shared<QByteArray>();
    const auto read = [this, socket, buffer, connection] {
        *buffer += socket->readAll();
        while (auto request = takeRequest(*buffer)) {
            request->connection = connection;
            {
                const std::lock_guard lock(m_mutex);
                m_requests.push_back(*request);
            }
            answer(socket, *request);
        }
    };
    QObject::connect(socket, &QTcpSocket::readyRead, socket, read);
    read(); // with TLS the request may be there already
}

void HttpServer::answer(QTcpSocket* socket, const HttpRequest& request) {
    const HttpAnswer said = m_handler(request);
    constexpr qint64 longBody = 1'000'000;
    switch (said.manner) {
    case Manner::Never:
        break;
    case Manner::Whole:
    case Manner::CloseAfterwards:
        socket->write(headOf(said, said.body.size()) + said.body);
        if (said.manner == Manner::CloseAfterwards)
            socket->disconnectFromHost();
        break;
    case Manner::Raw:
        socket->write(said.body);
        socket->disconnectFromHost(); // after what was written
        break;
    case Manner::RawAndLater:
        socket->write(said.body);
        QTimer::singleShot(10 * dripMs, socket, [socket] { socket->disconnectFromHost(); });
        break;
    case Manner::DripBody:
        socket->write(headOf(said, longBody));
        sendNowAndThen(socket, "x");
        break;
    case Manner::DripHead:
        socket->write("HTTP/1.1 200 Said\r\n");
        sendNowAndThen(socket, "X-More: x\r\n");
        break;
    case Manner::EndlessBody:
        socket->write(headOf(said, longBody * longBody));
        sendWithoutEnd(socket, QByteArray(64 * 1024, 'x'));
        break;
    }
}

} // namespace affinity::test
