// Fuzzes the reader of Redis' replies: however the bytes are split, it reads the same and keeps its limits.
#include "engine/redis/replyreader.h"

#include <cstdlib>

using namespace affinity;
using redis::Reply;
using redis::ReplyKind;

namespace {

/// Small, so that short inputs reach them.
constexpr redis::ReplyLimits limits{.bytes = 200, .elements = 20, .depth = 4, .lineBytes = 40};

void require(bool isHeld) {
    if (!isHeld)
        std::abort();
}

struct Outcome {
    std::vector<Reply> replies;
    bool hasFailed = false;
};

/// Reads `bytes` in pieces of `pieceBytes`.
Outcome readInPieces(QByteArrayView bytes, qsizetype pieceBytes) {
    Outcome outcome;
    redis::ReplyReader reader(limits);
    for (qsizetype at = 0; at < bytes.size() && !outcome.hasFailed; at += pieceBytes) {
        reader.feed(bytes.sliced(at, std::min(pieceBytes, bytes.size() - at)));
        for (;;) {
            auto reply = reader.next();
            if (!reply) {
                require(reply.error().kind == base::ErrorKind::Damaged ||
                        reply.error().kind == base::ErrorKind::Refused);
                require(!reply.error().what.isEmpty());
                outcome.hasFailed = true;
                break;
            }
            if (!*reply)
                break;
            outcome.replies.push_back(std::move(**reply));
        }
    }
    return outcome;
}

struct Size {
    qsizetype bytes = 0;
    size_t elements = 0;
    int depth = 0;
};

Size sizeOf(const Reply& reply) {
    Size size{reply.text.size(), reply.items.size(), reply.kind == ReplyKind::Array ? 1 : 0};
    int depthBelow = 0;
    for (const Reply& item : reply.items) {
        const Size inside = sizeOf(item);
        size.bytes += inside.bytes;
        size.elements += inside.elements;
        depthBelow = std::max(depthBelow, inside.depth);
    }
    size.depth += depthBelow;
    return size;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
    if (size == 0)
        return 0;
    const qsizetype pieceBytes = 1 + data[0] % 16;
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    const Outcome whole = readInPieces(bytes, std::max<qsizetype>(1, bytes.size()));
    const Outcome split = readInPieces(bytes, pieceBytes);
    require(whole.hasFailed == split.hasFailed);
    require(whole.replies == split.replies);
    for (const Reply& reply : whole.replies) {
        const Size replySize = sizeOf(reply);
        require(replySize.bytes <= limits.bytes);
        require(replySize.elements <= static_cast<size_t>(limits.elements));
        require(replySize.depth <= limits.depth);
    }
    return 0;
}
