// ReplyReader: turns a server's bytes into replies with hiredis' parser, and refuses what is larger than its limits.
#pragma once

#include "engine/base/result.h"
#include "engine/redis/reply.h"

#include <QByteArrayView>

#include <memory>
#include <optional>

namespace affinity::redis {

/// The most that one reply may be. What is larger is a named error and the end of the connection: nothing of it is
/// kept.
struct ReplyLimits {
    qint64 bytes =
        16 * 1024 * 1024;      ///< all its text together; a header that announces more is refused before its bytes come
    int elements = 10'000;     ///< of all its arrays together
    int depth = 7;             ///< arrays in arrays, 1 to 7: hiredis reads no deeper
    int lineBytes = 64 * 1024; ///< of a status, an error or a header line

    friend bool operator==(const ReplyLimits&, const ReplyLimits&) = default;
};

/// Reads replies from a stream of bytes, however it is split. One thread at a time. After an error it stays broken:
/// where the next reply begins is then unknown.
class ReplyReader {
public:
    explicit ReplyReader(const ReplyLimits& limits = {});
    ~ReplyReader();
    ReplyReader(const ReplyReader&) = delete;
    ReplyReader& operator=(const ReplyReader&) = delete;

    /// Adds bytes. Feed pieces of up to 64 KiB and take the replies out between them: hiredis moves what is left of its
    /// buffer once per KiB that is read.
    void feed(QByteArrayView bytes);

    /// The next whole reply; none when more bytes are needed. Errors: Damaged when the bytes are not RESP2, Refused
    /// when a limit is passed.
    base::Result<std::optional<Reply>> next();

    /// Whether bytes of a reply that is not whole are held.
    bool hasPart() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace affinity::redis
