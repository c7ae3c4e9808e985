// HttpServer: a small HTTP/1.1 server on a thread of its own that keeps what it was sent and answers as a test says.
#pragma once

#include <QByteArray>
#include <QEventLoop>
#include <QMap>
#include <QString>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

class QTcpSocket;

namespace affinity::test {

struct HttpRequest {
    QByteArray line;                      ///< "POST /rewards HTTP/1.1"
    QMap<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
    int connection = 0; ///< 1 for the first
};

struct HttpAnswer {
    enum class Manner {
        Whole,
        Never,          ///< the connection stays open, nothing comes
        Raw,            ///< the bytes of `body` and nothing else, then the connection ends
        RawAndLater,    ///< as Raw, but the connection ends when the bytes have been read, a little later
        DripBody,       ///< the head says 1 MB, of which a byte comes every few milliseconds
        DripHead,       ///< the status line, then a header line every few milliseconds, without end
        EndlessBody,    ///< as fast as it is read, without end
        CloseAfterwards ///< Whole, then the connection ends without having said so
    };
    int status = 200;
    QByteArrayList headers = {}; ///< "Name: value"
    QByteArray body = "{}";
    Manner manner = Manner::Whole;
};

/// A certificate and its key (PEM) for HTTPS.
struct HttpServerTls {
    QString certificateFile;
    QString keyFile;
};

/// Listens on 127.0.0.1 from construction on.
class HttpServer {
public:
    using Handler = std::function<HttpAnswer(const HttpRequest&)>; ///< runs on the server's thread

    explicit HttpServer(Handler handler, HttpServerTls tls = {});
    /// The same answer to everything.
    explicit HttpServer(const HttpAnswer& answer) : HttpServer([answer](const HttpRequest&) { return answer; }) {}
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    quint16 port() const { return m_port; }
    /// Whole requests, in the order in which they came.
    std::vector<HttpRequest> requests() const;
    int requestCount() const { return static_cast<int>(requests().size()); }
    /// How many connections came; with TLS, those whose handshake was done.
    int connectionCount() const { return m_connections; }

private:
    void serve(QTcpSocket* socket);
    void answer(QTcpSocket* socket, const HttpRequest& request);

    Handler m_handler;
    HttpServerTls m_tls;
    mutable std::mutex m_mutex;
    std::vector<HttpRequest> m_requests;
    std::atomic<quint16> m_port = 0;
    std::atomic<int> m_connections = 0;
    QEventLoop* m_loop = nullptr; ///< the thread's
    std::unique_ptr<QThread> m_thread;
};

} // namespace affinity::test
