// Reply: one answer of a Redis server (RESP2) as a plain value.
#pragma once

#include <QByteArray>

#include <vector>

namespace affinity::redis {

enum class ReplyKind {
    Nil,     ///< no such key or element; RESP2's null bulk string and null array
    Integer, ///< Reply::integer
    Text,    ///< a bulk string, any bytes: Reply::text
    Status,  ///< "OK", "PONG", "QUEUED": Reply::text
    Error,   ///< the server refused the command: Reply::text, "WRONGTYPE Operation against …"
    Array    ///< Reply::items
};

/// What a server answered to one command.
struct Reply {
    ReplyKind kind = ReplyKind::Nil;
    QByteArray text;
    qint64 integer = 0;
    std::vector<Reply> items;

    bool isNil() const { return kind == ReplyKind::Nil; }
    bool isError() const { return kind == ReplyKind::Error; }

    friend bool operator==(const Reply&, const Reply&) = default;
};

} // namespace affinity::redis
