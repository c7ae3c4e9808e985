#include "engine/redis/target.h"

#include <QUrl>

namespace affinity::redis {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// QUrl::errorString() repeats the address with its password: the text here names the fault only.
Error fault(const QString& what) {
    return {
        ErrorKind::InvalidInput,
        QStringLiteral("The Redis address %1. It is written redis://user:password@host:6379/0, or rediss:// for TLS.")
            .arg(what)};
}

} // namespace

Result<Target> targetFromUrl(const QString& text) {
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid())
        return fault(QStringLiteral("cannot be read; characters such as @ / # % in a password are percent-encoded"));
    Target target;
    if (url.scheme() == QLatin1String("rediss"))
        target.usesTls = true;
    else if (url.scheme() != QLatin1String("redis"))
        return fault(QStringLiteral("does not start with redis:// or rediss://"));
    if (url.host().isEmpty())
        return fault(QStringLiteral("names no host"));
    if (url.hasQuery() || url.hasFragment())
        return fault(QStringLiteral("has a ? or # part, which is not known"));
    target.host = url.host();
    const int port = url.port(target.port);
    if (port < 1 || port > 65535)
        return fault(QStringLiteral("has a port that is not 1 to 65535"));
    target.port = static_cast<quint16>(port);
    target.user = QByteArray::fromPercentEncoding(url.userName(QUrl::FullyEncoded).toLatin1());
    target.password = QByteArray::fromPercentEncoding(url.password(QUrl::FullyEncoded).toLatin1());
    if (!target.user.isEmpty() && target.password.isEmpty())
        return fault(QStringLiteral("has a user without a password"));
    const QString database = url.path().mid(1);
    bool isNumber = true;
    target.database = database.isEmpty() ? 0 : database.toInt(&isNumber);
    if (!isNumber || target.database < 0)
        return fault(QStringLiteral("has a database that is not a number from 0"));
    return target;
}

QString where(const Target& target) {
    const bool isIpv6 = target.host.contains(QLatin1Char(':'));
    return QStringLiteral("%1:%2, database %3")
        .arg(isIpv6 ? QStringLiteral("[%1]").arg(target.host) : target.host)
        .arg(target.port)
        .arg(target.database);
}

} // namespace affinity::redis
