#include "engine/redis/replyreader.h"

#include <hiredis/read.h>

#include <algorithm>

namespace affinity::redis {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

enum class Refusal { None, Bytes, Elements, Depth, Line };

/// What is known about the reply that is being read; hiredis hands it to every function below.
struct Progress {
    ReplyLimits limits;
    qint64 textBytes = 0;
    qint64 elements = 0;
    Refusal refusal = Refusal::None;
};

Progress& progressOf(const redisReadTask* task) {
    return *static_cast<Progress*>(task->privdata);
}

/// The place of a task's reply: a new root, or its element of the array above, which has its full size from the start.
Reply* placeOf(const redisReadTask* task) {
    if (!task->parent)
        return new Reply;
    return &static_cast<Reply*>(task->parent->obj)->items[static_cast<size_t>(task->idx)];
}

int depthOf(const redisReadTask* task) {
    int depth = 1;
    for (; task->parent; task = task->parent)
        ++depth;
    return depth;
}

void* refuse(Progress& progress, Refusal refusal) {
    progress.refusal = refusal;
    return nullptr; // hiredis then stops with an error and frees the root
}

void* createText(const redisReadTask* task, char* text, size_t length) {
    Progress& progress = progressOf(task);
    progress.textBytes += static_cast<qint64>(length);
    if (progress.textBytes > progress.limits.bytes)
        return refuse(progress, Refusal::Bytes);
    if (task->type != REDIS_REPLY_STRING && length > static_cast<size_t>(progress.limits.lineBytes))
        return refuse(progress, Refusal::Line);
    Reply* reply = placeOf(task);
    reply->kind = task->type == REDIS_REPLY_ERROR    ? ReplyKind::Error
                  : task->type == REDIS_REPLY_STATUS ? ReplyKind::Status
                                                     : ReplyKind::Text;
    reply->text = QByteArray(text, static_cast<qsizetype>(length));
    return reply;
}

void* createArray(const redisReadTask* task, int elements) {
    Progress& progress = progressOf(task);
    if (depthOf(task) > progress.limits.depth)
        return refuse(progress, Refusal::Depth);
    progress.elements += elements;
    if (elements < 0 || progress.elements > progress.limits.elements)
        return refuse(progress, Refusal::Elements);
    Reply* reply = placeOf(task);
    reply->kind = ReplyKind::Array;
    reply->items.resize(static_cast<size_t>(elements));
    return reply;
}

void* createInteger(const redisReadTask* task, long long value) {
    Reply* reply = placeOf(task);
    reply->kind = ReplyKind::Integer;
    reply->integer = value;
    return reply;
}

void* createNil(const redisReadTask* task) {
    return placeOf(task);
}

void freeRoot(void* root) {
    delete static_cast<Reply*>(root);
}

redisReplyObjectFunctions functions = {createText, createArray, createInteger, createNil, freeRoot};

QString limitText(Refusal refusal, const ReplyLimits& limits) {
    switch (refusal) {
    case Refusal::Bytes:
        return QStringLiteral("a reply of more than %1 bytes").arg(limits.bytes);
    case Refusal::Elements:
        return QStringLiteral("a reply of more than %1 elements").arg(limits.elements);
    case Refusal::Depth:
        return QStringLiteral("a reply of arrays nested deeper than %1").arg(limits.depth);
    case Refusal::Line:
        return QStringLiteral("a line of more than %1 bytes").arg(limits.lineBytes);
    case Refusal::None:
        break;
    }
    return {};
}

/// The number a header line starts with when its end is there; none while it is not.
std::optional<qint64> announcedNumber(QByteArrayView waiting) {
    const qsizetype end = waiting.first(std::min<qsizetype>(waiting.size(), 32)).indexOf('\r');
    if (end < 0)
        return std::nullopt;
    bool isNumber = false;
    const qint64 number = waiting.first(end).toByteArray().toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

} // namespace

struct ReplyReader::Private {
    redisReader* reader = nullptr;
    Progress progress;
    std::optional<Error> failure;

    /// hiredis makes a text when it is whole; a length that will be refused is refused before that.
    Refusal refusalOfPart() const {
        const qint64 waiting = static_cast<qint64>(reader->len - reader->pos);
        if (reader->ridx < 0 || waiting == 0)
            return Refusal::None;
        const ReplyLimits& limits = progress.limits;
        if (reader->rstack[reader->ridx].type == REDIS_REPLY_STRING) {
            const auto length = announcedNumber({reader->buf + reader->pos, waiting});
            if (length)
                return progress.textBytes + *length > limits.bytes ? Refusal::Bytes : Refusal::None;
        }
        return waiting > limits.lineBytes + 1 ? Refusal::Line : Refusal::None; // the line's own end may have begun
    }

    Error limitError(Refusal refusal) {
        failure = Error{ErrorKind::Refused,
                        QStringLiteral("The Redis server sent %1. The connection is closed; ask for less at once.")
                            .arg(limitText(refusal, progress.limits))};
        return *failure;
    }

    Error parserError() {
        if (progress.refusal != Refusal::None)
            return limitError(progress.refusal);
        const QString text = QString::fromLatin1(reader->errstr);
        if (text.contains(QLatin1String("nested")))
            return limitError(Refusal::Depth);
        failure =
            Error{ErrorKind::Damaged,
                  QStringLiteral("What answers is not a Redis server or its answer is damaged (%1). The connection "
                                 "is closed; check host and port.")
                      .arg(text)};
        return *failure;
    }
};

ReplyReader::ReplyReader(const ReplyLimits& limits) : d(std::make_unique<Private>()) {
    d->progress.limits = limits;
    d->reader = redisReaderCreateWithFunctions(&functions);
    Q_CHECK_PTR(d->reader);
    d->reader->privdata = &d->progress;
}

ReplyReader::~ReplyReader() {
    redisReaderFree(d->reader);
}

void ReplyReader::feed(QByteArrayView bytes) {
    if (!d->failure)
        redisReaderFeed(d->reader, bytes.data(), static_cast<size_t>(bytes.size()));
}

Result<std::optional<Reply>> ReplyReader::next() {
    if (d->failure)
        return *d->failure;
    void* object = nullptr;
    if (redisReaderGetReply(d->reader, &object) != REDIS_OK)
        return d->parserError();
    if (!object) {
        const Refusal refusal = d->refusalOfPart();
        if (refusal != Refusal::None)
            return d->limitError(refusal);
        return std::optional<Reply>();
    }
    const std::unique_ptr<Reply> root(static_cast<Reply*>(object));
    d->progress.textBytes = 0;
    d->progress.elements = 0;
    return std::optional<Reply>(std::move(*root));
}

bool ReplyReader::hasPart() const {
    // hiredis keeps an empty first task ready; it has begun when its type byte was read.
    const redisReader* reader = d->reader;
    return reader->len > reader->pos || reader->ridx > 0 || (reader->ridx == 0 && reader->rstack[0].type >= 0);
}

} // namespace affinity::redis
