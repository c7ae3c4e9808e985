#include "engine/access/djangopassword.h"

#include <QStringList>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace affinity::access {

namespace {

constexpr int keyBytes = 32;
constexpr int mostRounds = 10'000'000;
constexpr QLatin1String algorithm("pbkdf2_sha256");

/// PBKDF2-HMAC-SHA256 (RFC 8018 section 5.2); empty when OpenSSL refuses.
QByteArray derivedKey(const Secret& password, const QByteArray& salt, int rounds) {
    QByteArray key(keyBytes, '\0');
    const QByteArray& text = password.reveal();
    const int isDone = PKCS5_PBKDF2_HMAC(
        text.constData(), static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(salt.constData()),
        static_cast<int>(salt.size()), rounds, EVP_sha256(), keyBytes, reinterpret_cast<unsigned char*>(key.data()));
    return isDone == 1 ? key : QByteArray();
}

} // namespace

PasswordVerdict checkDjangoPassword(const Secret& password, const QString& storedHash) {
    if (storedHash.startsWith(QLatin1Char('!')))
        return PasswordVerdict::Unusable;
    const QStringList parts = storedHash.split(QLatin1Char('$'));
    if (parts.size() != 4 || parts[0] != algorithm)
        return PasswordVerdict::Unsupported;
    bool isNumber = false;
    const int rounds = parts[1].toInt(&isNumber);
    const auto expected = QByteArray::fromBase64Encoding(parts[3].toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!isNumber || rounds < 1 || rounds > mostRounds || !expected || (*expected).size() != keyBytes)
        return PasswordVerdict::Unsupported;
    const QByteArray key = derivedKey(password, parts[2].toUtf8(), rounds);
    if (key.isEmpty())
        return PasswordVerdict::Unsupported;
    const bool isEqual = CRYPTO_memcmp(key.constData(), (*expected).constData(), keyBytes) == 0;
    return isEqual ? PasswordVerdict::Right : PasswordVerdict::Wrong;
}

QString makeDjangoPassword(const Secret& password, const QByteArray& salt, int rounds) {
    return QStringLiteral("%1$%2$%3$%4")
        .arg(algorithm)
        .arg(rounds)
        .arg(QString::fromLatin1(salt), QString::fromLatin1(derivedKey(password, salt, rounds).toBase64()));
}

} // namespace affinity::access
