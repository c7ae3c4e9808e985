#include "engine/redis/tls.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

#include <algorithm>

namespace affinity::redis {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Error unreadable(const QString& path, const QString& what) {
    return {ErrorKind::InvalidInput,
            QStringLiteral("The file \"%1\" holds no %2 that can be read (PEM). Name another file in the connection.")
                .arg(path, what)};
}

/// The key in a file, of whatever algorithm.
QSslKey keyFrom(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.read(1024 * 1024);
    for (const auto algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        const QSslKey key(text, algorithm);
        if (!key.isNull())
            return key;
    }
    return {};
}

bool hasAny(const QList<QSslError>& errors, std::initializer_list<QSslError::SslError> wanted) {
    return std::any_of(errors.begin(), errors.end(), [&wanted](const QSslError& error) {
        return std::find(wanted.begin(), wanted.end(), error.error()) != wanted.end();
    });
}

} // namespace

Result<QSslConfiguration> tlsConfiguration(const Target& target) {
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!target.caFile.isEmpty()) {
        const QList<QSslCertificate> authorities =
            QSslCertificate::fromPath(target.caFile, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
        if (authorities.isEmpty())
            return unreadable(target.caFile, QStringLiteral("certificate of an authority"));
        configuration.setCaCertificates(authorities);
    }
    if (!target.certificateFile.isEmpty()) {
        const QList<QSslCertificate> own =
            QSslCertificate::fromPath(target.certificateFile, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
        const QSslKey key = keyFrom(target.keyFile);
        if (own.isEmpty())
            return unreadable(target.certificateFile, QStringLiteral("certificate"));
        if (key.isNull())
            return unreadable(target.keyFile, QStringLiteral("private key"));
        configuration.setLocalCertificateChain(own);
        configuration.setPrivateKey(key);
    }
    return configuration;
}

QString certificateName(const Target& target) {
    return target.serverName.isEmpty() ? target.host : target.serverName;
}

Failure tlsFailure(const Target& target, const QList<QSslError>& errors, const QString& socketText) {
    const QString server = where(target);
    if (hasAny(errors, {QSslError::UnableToGetIssuerCertificate, QSslError::UnableToGetLocalIssuerCertificate,
                        QSslError::UnableToVerifyFirstCertificate, QSslError::SelfSignedCertificate,
                        QSslError::SelfSignedCertificateInChain, QSslError::CertificateUntrusted,
                        QSslError::CertificateSignatureFailed}))
        return {Cause::TlsUnknownAuthority,
                QStringLiteral(
                    "The certificate of Redis at %1 is signed by an authority that is not trusted here. Name the "
                    "authority's file (CA) in the connection.")
                    .arg(server)};
    if (hasAny(errors, {QSslError::HostNameMismatch}))
        return {Cause::TlsWrongHost,
                QStringLiteral(
                    "The certificate of Redis at %1 is not for \"%2\". Somebody else may answer there; check the "
                    "host, or name the certificate's server name in the connection.")
                    .arg(server, certificateName(target))};
    if (hasAny(errors, {QSslError::CertificateExpired, QSslError::CertificateNotYetValid}))
        return {Cause::TlsExpired, QStringLiteral("The certificate of Redis at %1 is expired or not valid yet. Have it "
                                                  "renewed, or check this machine's clock.")
                                       .arg(server)};
    const QString detail = errors.isEmpty() ? socketText : errors.first().errorString();
    return {
        Cause::TlsFailed,
        QStringLiteral("Redis at %1 and this program found no TLS connection (%2). Check that the port is a TLS port.")
            .arg(server, detail)};
}

} // namespace affinity::redis
