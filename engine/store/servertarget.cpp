#include "engine/store/servertarget.h"

#include "engine/base/log.h"

#include <QUrl>
#include <QUrlQuery>

namespace affinity::store {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

std::optional<Dialect> dialectOf(const QString& scheme) {
    if (scheme == QLatin1String("postgresql") || scheme == QLatin1String("postgres"))
        return Dialect::PostgreSql;
    if (scheme == QLatin1String("mysql") || scheme == QLatin1String("mariadb"))
        return Dialect::MariaDb;
    return std::nullopt;
}

std::optional<Encryption> encryptionOf(const QString& mode) {
    if (mode.isEmpty() || mode == QLatin1String("prefer"))
        return Encryption::Preferred;
    if (mode == QLatin1String("require"))
        return Encryption::Required;
    if (mode == QLatin1String("verify-ca"))
        return Encryption::VerifiedCa;
    if (mode == QLatin1String("verify-full"))
        return Encryption::Verified;
    return std::nullopt;
}

Error badUrl(const QString& fault) {
    return {ErrorKind::InvalidInput,
            QStringLiteral("The store's URL is not understood: %1. Write postgresql://USER@HOST:PORT/DATABASE or "
                           "mysql://USER@HOST:PORT/DATABASE.")
                .arg(fault)};
}

} // namespace

bool isServerUrl(const QString& url) {
    return dialectOf(url.section(QLatin1Char(':'), 0, 0).toLower()).has_value();
}

Result<ServerTarget> serverTargetFromUrl(const QString& url, const QByteArray& password) {
    const QUrl parsed(url, QUrl::StrictMode);
    const auto dialect = dialectOf(url.section(QLatin1Char(':'), 0, 0).toLower());
    if (!parsed.isValid() || !dialect)
        return badUrl(QStringLiteral("it is no URL of a database server"));
    const QUrlQuery options(parsed);
    const auto encryption = encryptionOf(options.queryItemValue(QStringLiteral("sslmode")));
    if (!encryption)
        return badUrl(QStringLiteral("sslmode is prefer, require, verify-ca or verify-full"));
    for (const auto& [name, value] : options.queryItems()) {
        if (name != QLatin1String("sslmode") && name != QLatin1String("sslrootcert"))
            return badUrl(QStringLiteral("the option \"%1\" is not known").arg(name));
    }
    ServerTarget target;
    target.dialect = *dialect;
    target.host = parsed.host(QUrl::FullyDecoded);
    target.port = static_cast<quint16>(parsed.port(*dialect == Dialect::PostgreSql ? 5432 : 3306));
    target.user = parsed.userName(QUrl::FullyDecoded);
    target.database = parsed.path(QUrl::FullyDecoded).mid(1);
    target.password = parsed.password(QUrl::FullyDecoded).toUtf8();
    if (target.password.isEmpty())
        target.password = password;
    target.encryption = *encryption;
    target.caFile = options.queryItemValue(QStringLiteral("sslrootcert"), QUrl::FullyDecoded);
    if (target.host.isEmpty())
        return badUrl(QStringLiteral("the host is missing"));
    if (target.user.isEmpty())
        return badUrl(QStringLiteral("the user is missing"));
    if (target.database.isEmpty() || target.database.contains(QLatin1Char('/')))
        return badUrl(QStringLiteral("the database is missing"));
    base::rememberSecret(target.password);
    return target;
}

QString where(const ServerTarget& target) {
    return QStringLiteral("%1 on %2:%3").arg(target.database, target.host).arg(target.port);
}

} // namespace affinity::store
