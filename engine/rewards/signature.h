// The signature of a delivery: that its body comes from this program, and when it was sent.
#pragma once

#include <QByteArray>

namespace affinity::rewards {

/// How far a receiver's clock and the signature's time may lie apart; older requests may be somebody's repetition.
inline constexpr qint64 signatureToleranceSeconds = 300;

/// Lower-case hex of HMAC-SHA256 (RFC 2104; known answers in RFC 4231). Pure; any thread.
QByteArray hmacSha256(const QByteArray& key, const QByteArray& message);

/// hmacSha256() over "TIME.BODY", TIME in whole seconds since 1970 UTC. Pure; any thread.
QByteArray signatureOf(const QByteArray& key, const QByteArray& body, qint64 unixSeconds);

/// The value of X-Affinity-Signature: "t=TIME,v1=HEX". A later scheme is a further part ("v2=…"). Pure; any thread.
QByteArray signatureHeader(const QByteArray& key, const QByteArray& body, qint64 unixSeconds);

/// What a receiver does: whether the header is this key's for this body, and not more than the tolerance away from
/// `nowSeconds`. Of several v1 parts (a key that is being changed) one has to be right. Compares in constant time.
/// Pure; any thread.
bool isSignedBy(const QByteArray& key, const QByteArray& body, const QByteArray& header, qint64 nowSeconds,
                qint64 toleranceSeconds = signatureToleranceSeconds);

} // namespace affinity::rewards
