#include "engine/rewards/exchange.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QTimer>

#include <algorithm>
#include <memory>

namespace affinity::rewards {

namespace {

/// Qt names what went wrong on the way and most statuses of failure in one list; these say that the answer is there.
bool isAboutTheStatus(QNetworkReply::NetworkError error) {
    switch (error) {
    case QNetworkReply::NoError:
    case QNetworkReply::ProxyAuthenticationRequiredError: // 407; there is no proxy here
    case QNetworkReply::ProtocolInvalidOperationError:    // 400
        return true;
    default:
        // 201 to 299 stand for 4xx, 401 to 499 for 5xx; between them broken answers, below them the network.
        return (error > QNetworkReply::UnknownProxyError && error <= QNetworkReply::UnknownContentError) ||
               error > QNetworkReply::ProtocolFailure;
    }
}

/// Waits for one reply. Ends with the first of: answer, too much of it, a time limit, the caller's wish.
class Wait {
public:
    Wait(QNetworkReply& reply, const ExchangeLimits& limits) : m_reply(reply), m_limits(limits) {
        m_reply.setReadBufferSize(limits.largestAnswerBytes + 1); // what is not read stays in the network
        QObject::connect(&m_reply, &QNetworkReply::readyRead, &m_loop, [this] { read(); });
        QObject::connect(&m_reply, &QNetworkReply::finished, &m_loop, &QEventLoop::quit);
        QObject::connect(&m_reply, &QNetworkReply::sslErrors, &m_loop,
                         [this](const QList<QSslError>& errors) { m_exchange.tlsErrors = errors; });
    }

    Exchange result() {
        QTimer total;
        QTimer connecting;
        QTimer cancelling;
        endAfter(total, m_limits.totalMs, Exchange::End::TimedOut);
        endAfter(connecting, m_limits.connectMs, Exchange::End::NotSent);
        QObject::connect(&m_reply, &QNetworkReply::requestSent, &connecting, &QTimer::stop);
        QObject::connect(&cancelling, &QTimer::timeout, &m_loop, [this] { endIfCancelled(); });
        if (m_limits.cancelled)
            cancelling.start(ExchangeLimits::cancelMs);
        endIfCancelled();
        if (!m_isEnded && !m_reply.isFinished())
            m_loop.exec();
        conclude();
        return std::move(m_exchange);
    }

private:
    void end(Exchange::End how) {
        if (m_isEnded)
            return;
        m_isEnded = true;
        m_exchange.end = how;
        m_loop.quit();
    }

    void endAfter(QTimer& timer, int ms, Exchange::End how) {
        timer.setSingleShot(true);
        timer.setTimerType(Qt::PreciseTimer); // a coarse one may come 5 % early
        QObject::connect(&timer, &QTimer::timeout, &m_loop, [this, how] { end(how); });
        timer.start(std::max(1, ms));
    }

    void endIfCancelled() {
        if (m_limits.cancelled && m_limits.cancelled->load(std::memory_order_relaxed))
            end(Exchange::End::Cancelled);
    }

    void read() {
        const qint64 left = m_limits.largestAnswerBytes - m_exchange.body.size();
        m_exchange.body += m_reply.read(left);
        if (m_reply.bytesAvailable() > 0)
            end(Exchange::End::Answered); // the status is there, and so much of the body as anybody reads
    }

    /// Qt takes an answer that was cut for whole where its status is one of failure.
    bool isBodyWhole() const {
        bool isKnown = false;
        const qint64 length = m_reply.rawHeader("Content-Length").toLongLong(&isKnown);
        const int status = m_reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const bool hasNoBody = status == 204 || status == 304; // whatever length their heads name (RFC 9112, 6.3)
        const bool isCut = isKnown && !hasNoBody && m_exchange.body.size() < length;
        return !isCut || !isAboutTheStatus(m_reply.error()); // Qt's own name for a fault is the better one
    }

    void conclude() {
        QObject::disconnect(&m_reply, nullptr, &m_loop, nullptr);
        if (!m_isEnded) {
            read();
            if (!m_isEnded) {
                m_exchange.networkError = isBodyWhole() ? m_reply.error() : QNetworkReply::RemoteHostClosedError;
                m_exchange.end =
                    isAboutTheStatus(m_exchange.networkError) ? Exchange::End::Answered : Exchange::End::NetworkFault;
            }
        }
        m_exchange.status = m_reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        m_exchange.retryAfter = m_reply.rawHeader("Retry-After");
    }

    QNetworkReply& m_reply;
    const ExchangeLimits& m_limits;
    QEventLoop m_loop;
    Exchange m_exchange;
    bool m_isEnded = false;
};

} // namespace

Exchange post(QNetworkAccessManager& manager, const QNetworkRequest& request, const QByteArray& body,
              const ExchangeLimits& limits) {
    const std::unique_ptr<QNetworkReply> reply(manager.post(request, body)); // a running one ends its connection
    return Wait(*reply, limits).result();
}

} // namespace affinity::rewards
