#include "tests/support/wiremessages.h"

#include <QtEndian>

namespace affinity::test {

namespace {

constexpr quint32 encryptionRequest = 80877103;    ///< SSLRequest
constexpr quint32 gssEncryptionRequest = 80877104; ///< GSSENCRequest
constexpr QByteArrayView respLineEnd = "\r\n";

quint32 number32(QByteArrayView bytes, qsizetype at) {
    return qFromBigEndian<quint32>(bytes.data() + at);
}

/// The length, or 0 while fewer bytes are there.
qsizetype ifWhole(qsizetype length, QByteArrayView bytes) {
    return bytes.size() >= length ? length : 0;
}

/// Source: https://redis.io/docs/latest/develop/reference/protocol-spec
qsizetype respLength(QByteArrayView bytes) {
    const qsizetype lineEnd = bytes.indexOf(respLineEnd);
    if (lineEnd < 1)
        return 0;
    const qsizetype line = lineEnd + respLineEnd.size();
    const char type = bytes[0];
    const qlonglong count = bytes.sliced(1, lineEnd - 1).toByteArray().toLongLong();
    if (count < 0)
        return line;
    if (type == '$' || type == '=' || type == '!')
        return ifWhole(line + count + respLineEnd.size(), bytes);
    const bool isList = type == '*' || type == '~' || type == '>';
    const qlonglong items = type == '%' ? 2 * count : isList ? count : 0;
    qsizetype length = line;
    for (qlonglong i = 0; i < items; ++i) {
        const qsizetype item = respLength(bytes.sliced(length));
        if (item == 0)
            return 0;
        length += item;
    }
    return length;
}

qsizetype mariaDbLength(QByteArrayView bytes) {
    if (bytes.size() < 4)
        return 0;
    const auto byte = [&](qsizetype at) { return static_cast<uchar>(bytes[at]); };
    return ifWhole(4 + (byte(0) | byte(1) << 8 | byte(2) << 16), bytes);
}

} // namespace

qsizetype WireMessages::take(Direction direction, QByteArrayView bytes) {
    switch (m_wire) {
    case Wire::PostgreSql:
        return takePostgres(direction, bytes);
    case Wire::MariaDb:
        return mariaDbLength(bytes);
    case Wire::Redis:
        return respLength(bytes);
    }
    return 0;
}

/// Source: https://www.postgresql.org/docs/15/protocol-message-formats.html
qsizetype WireMessages::takePostgres(Direction direction, QByteArrayView bytes) {
    if (direction == Direction::ToServer && m_isStarting) {
        if (bytes.size() < 8 || ifWhole(number32(bytes, 0), bytes) == 0)
            return 0;
        const quint32 code = number32(bytes, 4);
        if (code == encryptionRequest || code == gssEncryptionRequest)
            ++m_singleByteAnswers;
        else
            m_isStarting = false;
        return number32(bytes, 0);
    }
    if (direction == Direction::ToClient && m_singleByteAnswers > 0 && !bytes.isEmpty()) {
        --m_singleByteAnswers;
        return 1;
    }
    return bytes.size() < 5 ? 0 : ifWhole(1 + qsizetype(number32(bytes, 1)), bytes);
}

} // namespace affinity::test
