#include "engine/rewards/signature.h"

#include <QCryptographicHash>
#include <QList>
#include <QMessageAuthenticationCode>

#include <optional>

namespace affinity::rewards {

namespace {

/// Takes as long for texts that differ early as for ones that differ late: how long a comparison took must not tell
/// how much of a forged signature was right. The length is no secret.
bool isSameInConstantTime(const QByteArray& one, const QByteArray& other) {
    if (one.size() != other.size())
        return false;
    unsigned difference = 0;
    for (qsizetype i = 0; i < one.size(); ++i)
        difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
    return difference == 0;
}

/// "-5", "+5" and " 5" are numbers to QByteArray, and no times here.
std::optional<qint64> unsignedNumber(const QByteArray& text) {
    for (const char character : text)
        if (character < '0' || character > '9')
            return std::nullopt;
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

} // namespace

QByteArray hmacSha256(const QByteArray& key, const QByteArray& message) {
    return QMessageAuthenticationCode::hash(message, key, QCryptographicHash::Sha256).toHex();
}

QByteArray signatureOf(const QByteArray& key, const QByteArray& body, qint64 unixSeconds) {
    return hmacSha256(key, QByteArray::number(unixSeconds) + '.' + body);
}

QByteArray signatureHeader(const QByteArray& key, const QByteArray& body, qint64 unixSeconds) {
    return "t=" + QByteArray::number(unixSeconds) + ",v1=" + signatureOf(key, body, unixSeconds);
}

bool isSignedBy(const QByteArray& key, const QByteArray& body, const QByteArray& header, qint64 nowSeconds,
                qint64 toleranceSeconds) {
    std::optional<qint64> time;
    QList<QByteArray> signatures;
    for (const QByteArray& part : header.split(',')) {
        const QByteArray trimmed = part.trimmed();
        if (trimmed.startsWith("t=")) {
            if (time)
                return false; // two times: which one was signed is not said
            time = unsignedNumber(trimmed.mid(2));
            if (!time)
                return false;
        } else if (trimmed.startsWith("v1="))
            signatures.append(trimmed.mid(3));
    }
    // The difference of two times from 0 on does not overflow; a clock before 1970 is nobody's.
    if (!time || nowSeconds < 0 || qAbs(nowSeconds - *time) > toleranceSeconds)
        return false;
    const QByteArray expected = signatureOf(key, body, *time);
    bool isRight = false;
    for (const QByteArray& signature : signatures)
        isRight = isSameInConstantTime(signature, expected) || isRight;
    return isRight;
}

} // namespace affinity::rewards
