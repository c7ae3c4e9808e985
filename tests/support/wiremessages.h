// WireMessages: where messages end in the two streams of bytes between a client and its server.
#pragma once

#include <QByteArrayView>

namespace affinity::test {

/// The protocols whose messages are told apart, without TLS and compression.
enum class Wire {
    PostgreSql, ///< version 3: start packets, then a type byte and a length
    MariaDb,    ///< packets: a length of three bytes and a number
    Redis       ///< RESP 2 and 3: a command or a whole answer
};

enum class Direction { ToServer, ToClient };

/// Both directions of one connection, from its first byte on.
class WireMessages {
public:
    explicit WireMessages(Wire wire) : m_wire(wire) {}

    /// The length of the first message of `bytes`, which stand next in that direction; 0 while it is not whole. What it
    /// answered counts as taken: each message is asked for once when it is whole.
    qsizetype take(Direction direction, QByteArrayView bytes);

private:
    qsizetype takePostgres(Direction direction, QByteArrayView bytes);

    Wire m_wire;
    bool m_isStarting = true;    ///< PostgreSQL: the client's packets have no type byte yet
    int m_singleByteAnswers = 0; ///< PostgreSQL: to requests for encryption, a byte each
};

} // namespace affinity::test
