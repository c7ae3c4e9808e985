#include "engine/rewards/webhook.h"

#include "engine/base/isotime.h"
#include "engine/base/log.h"
#include "engine/rewards/exchange.h"
#include "engine/rewards/retryafter.h"
#include "engine/rewards/signature.h"

#include <QMetaEnum>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>

namespace affinity::rewards {

namespace {

using Kind = DeliveryOutcome::Kind;

constexpr qsizetype longestQuote = 200; ///< characters of an answer in an error text

DeliveryOutcome tryAgain(const QString& error) {
    return {.kind = Kind::TryAgain, .error = error, .retryAfterUs = std::nullopt};
}

/// TLS 1.2 or later, certificate and host name checked. Nothing when the target's file cannot be read.
QSslConfiguration tlsOf(const WebhookTarget& target) {
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!target.caFile.isEmpty())
        tls.setCaCertificates(
            QSslCertificate::fromPath(target.caFile, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString));
    return tls;
}

/// Everything of Qt's that a browser wants and a signed delivery does not is off.
QNetworkRequest plainRequest(const WebhookTarget& target) {
    QNetworkRequest request(target.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setRawHeader("Content-Type", "application/json");
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("Accept-Encoding", "identity"); // nothing is unpacked: a small answer stays small
    request.setRawHeader("User-Agent", "affinity-console");
    return request;
}

bool hasAnyOf(const QList<QSslError>& errors, std::initializer_list<QSslError::SslError> wanted) {
    return std::any_of(errors.begin(), errors.end(), [&wanted](const QSslError& error) {
        return std::find(wanted.begin(), wanted.end(), error.error()) != wanted.end();
    });
}

QString tlsError(const WebhookTarget& target, const QList<QSslError>& errors) {
    if (hasAnyOf(errors, {QSslError::HostNameMismatch}))
        return QStringLiteral("The certificate of the webhook at %1 is not for that host. Somebody else may answer "
                              "there; check the address.")
            .arg(where(target));
    if (hasAnyOf(errors, {QSslError::CertificateExpired, QSslError::CertificateNotYetValid}))
        return QStringLiteral("The certificate of the webhook at %1 is expired or not valid yet. Have it renewed, or "
                              "check this machine's clock.")
            .arg(where(target));
    if (!errors.isEmpty())
        return QStringLiteral("The certificate of the webhook at %1 is not trusted here (%2). Name the authority's "
                              "file (CA) for the webhook.")
            .arg(where(target), errors.first().errorString());
    return QStringLiteral("The webhook at %1 and this program found no TLS connection. Check that the port is a TLS "
                          "port.")
        .arg(where(target));
}

/// Qt's own texts repeat the address; these do not.
QString networkError(const WebhookTarget& target, const Exchange& exchange) {
    switch (exchange.networkError) {
    case QNetworkReply::ConnectionRefusedError:
        return QStringLiteral("Nothing listens at %1, where the webhook should be.").arg(where(target));
    case QNetworkReply::HostNotFoundError:
        return QStringLiteral("The webhook's host at %1 has no address.").arg(where(target));
    case QNetworkReply::RemoteHostClosedError:
        return QStringLiteral("The webhook at %1 closed the connection before its answer was whole.")
            .arg(where(target));
    case QNetworkReply::SslHandshakeFailedError:
        return tlsError(target, exchange.tlsErrors);
    default:
        return QStringLiteral("The webhook at %1 gave no answer that is HTTP, or the network failed (%2).")
            .arg(where(target), QString::fromLatin1(QMetaEnum::fromType<QNetworkReply::NetworkError>().valueToKey(
                                    exchange.networkError)));
    }
}

/// What the receiver says to people, on one line. It may repeat what it was sent: our signature is no use to anybody
/// who reads errors.
QString quoteOf(const Exchange& exchange, const QByteArray& signature) {
    QString text = QString::fromUtf8(exchange.body);
    for (QChar& character : text)
        if (!character.isPrint())
            character = QLatin1Char(' ');
    text.replace(QString::fromLatin1(signature), QStringLiteral("•••"), Qt::CaseInsensitive);
    text = base::maskSecrets(text).simplified();
    return text.size() > longestQuote ? text.left(longestQuote) + QStringLiteral("…") : text;
}

QString statusError(const WebhookTarget& target, const Exchange& exchange, const QByteArray& signature) {
    if (exchange.status >= 300 && exchange.status <= 399)
        return QStringLiteral("The webhook at %1 answered with a redirect (status %2), which is not followed. Enter "
                              "the address that it leads to.")
            .arg(where(target))
            .arg(exchange.status);
    const QString quote = quoteOf(exchange, signature);
    if (quote.isEmpty())
        return QStringLiteral("The webhook at %1 answered with status %2.").arg(where(target)).arg(exchange.status);
    return QStringLiteral("The webhook at %1 answered with status %2: %3")
        .arg(where(target), QString::number(exchange.status), quote);
}

DeliveryOutcome outcomeOf(const WebhookTarget& target, const Exchange& exchange, const QByteArray& signature,
                          qint64 nowUs) {
    switch (exchange.end) {
    case Exchange::End::NotSent:
        return tryAgain(QStringLiteral("The webhook at %1 took no connection within %2 ms.")
                            .arg(where(target))
                            .arg(target.connectMs));
    case Exchange::End::TimedOut:
        return tryAgain(QStringLiteral("The webhook at %1 gave no whole answer within %2 ms.")
                            .arg(where(target))
                            .arg(target.totalMs));
    case Exchange::End::Cancelled:
        return tryAgain(
            QStringLiteral("The delivery to the webhook at %1 was cancelled; it may have arrived.").arg(where(target)));
    case Exchange::End::NetworkFault:
        return tryAgain(networkError(target, exchange));
    case Exchange::End::Answered:
        break;
    }
    DeliveryOutcome outcome{.kind = kindOfStatus(exchange.status), .error = {}, .retryAfterUs = std::nullopt};
    if (outcome.kind != Kind::Delivered)
        outcome.error = statusError(target, exchange, signature);
    if (outcome.kind == Kind::TryAgain)
        outcome.retryAfterUs = retryAfterUs(exchange.retryAfter, nowUs);
    return outcome;
}

} // namespace

struct Webhook::Private {
    WebhookTarget target;
    const std::atomic<bool>* cancelled;
    std::unique_ptr<QNetworkAccessManager> manager; ///< made by the first delivery, on its thread
    QNetworkRequest request;

    void prepare() {
        request = plainRequest(target);
        if (target.url.scheme() == QLatin1String("https"))
            request.setSslConfiguration(tlsOf(target));
        manager = std::make_unique<QNetworkAccessManager>();
        manager->setProxy(QNetworkProxy::NoProxy);
        manager->setAutoDeleteReplies(false);
    }
};

Webhook::Webhook(WebhookTarget target, const std::atomic<bool>* cancelled) : d(std::make_unique<Private>()) {
    base::rememberSecret(target.key);
    d->target = std::move(target);
    d->cancelled = cancelled;
}

Webhook::~Webhook() = default;

DeliveryOutcome Webhook::deliver(const Delivery& delivery, qint64 nowUs) {
    if (!d->manager) {
        if (const auto checked = checkTarget(d->target); !checked)
            return tryAgain(checked.error().what);
        d->prepare();
    }
    const QByteArray body = bodyOf(delivery);
    const qint64 nowSeconds = nowUs / base::usPerSecond;
    QNetworkRequest request = d->request;
    request.setRawHeader("Idempotency-Key", idempotencyKey(delivery).toLatin1());
    request.setRawHeader("X-Affinity-Attempt", QByteArray::number(delivery.attempt));
    request.setRawHeader("X-Affinity-Signature", signatureHeader(d->target.key, body, nowSeconds));
    const Exchange exchange = post(*d->manager, request, body,
                                   {.connectMs = d->target.connectMs,
                                    .totalMs = d->target.totalMs,
                                    .largestAnswerBytes = d->target.largestAnswerBytes,
                                    .cancelled = d->cancelled});
    return outcomeOf(d->target, exchange, signatureOf(d->target.key, body, nowSeconds), nowUs);
}

} // namespace affinity::rewards
