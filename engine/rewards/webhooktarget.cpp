#include "engine/rewards/webhooktarget.h"

#include <QHostAddress>
#include <QSslCertificate>

namespace affinity::rewards {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Error wrongTarget(const QString& what) {
    return {ErrorKind::InvalidInput, what};
}

/// By what is written: a name that somebody's resolver leads here is not trusted to.
bool isThisMachine(const QString& host) {
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

} // namespace

Result<void> checkTarget(const WebhookTarget& target) {
    const QUrl& url = target.url;
    if (!url.isValid() || url.host().isEmpty())
        return wrongTarget(
            QStringLiteral("The webhook's address cannot be read or names no host. It is written https://host/path."));
    if (url.scheme() != QLatin1String("https") && url.scheme() != QLatin1String("http"))
        return wrongTarget(QStringLiteral("The webhook's address does not start with https://."));
    if (!url.userInfo().isEmpty())
        return wrongTarget(QStringLiteral("The webhook's address holds a user or password. Leave them out; the "
                                          "receiver knows this program by the signature."));
    if (url.scheme() == QLatin1String("http") && !target.isPlainHttpAllowed && !isThisMachine(url.host()))
        return wrongTarget(QStringLiteral("The webhook's address is http:// on another machine, where everybody on the "
                                          "way can read and change what is sent. Use https://."));
    if (target.key.size() < shortestKeyBytes)
        return wrongTarget(
            QStringLiteral("The webhook's key is shorter than %1 bytes. Make one of 32 random bytes, and "
                           "give it to the receiver too.")
                .arg(shortestKeyBytes));
    if (!target.caFile.isEmpty() &&
        QSslCertificate::fromPath(target.caFile, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString).isEmpty())
        return wrongTarget(QStringLiteral("The file \"%1\" holds no certificate of an authority that can be read "
                                          "(PEM). Name another file for the webhook.")
                               .arg(target.caFile));
    return {};
}

QString where(const WebhookTarget& target) {
    const QString host = target.url.host();
    const int port = target.url.port(target.url.scheme() == QLatin1String("https") ? 443 : 80);
    return QStringLiteral("%1:%2")
        .arg(host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(host) : host)
        .arg(port);
}

} // namespace affinity::rewards
