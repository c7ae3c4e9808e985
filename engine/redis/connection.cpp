#include "engine/redis/connection.h"

#include "engine/redis/backoff.h"
#include "engine/redis/replyerror.h"

#include <QElapsedTimer>

#include <algorithm>

namespace affinity::redis {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

ErrorKind kindOf(Cause cause) {
    switch (cause) {
    case Cause::TooLarge:
        return ErrorKind::Refused;
    case Cause::NotRedis:
        return ErrorKind::Damaged;
    case Cause::Cancelled:
        return ErrorKind::Cancelled;
    case Cause::TlsFiles:
        return ErrorKind::InvalidInput;
    case Cause::NotReady:
        return ErrorKind::Busy;
    case Cause::None:
        return ErrorKind::Internal;
    case Cause::BackOff:
    case Cause::HostUnknown:
    case Cause::Unreachable:
    case Cause::TlsUnknownAuthority:
    case Cause::TlsWrongHost:
    case Cause::TlsExpired:
    case Cause::TlsFailed:
    case Cause::SignInRefused:
    case Cause::DatabaseRefused:
    case Cause::TimedOut:
    case Cause::Lost:
        break;
    }
    return ErrorKind::CannotConnect;
}

/// What is sent, and where its first command ends: before that point the server can have done nothing.
struct Request {
    QByteArray bytes;
    qint64 firstCommandBytes = 0;
    size_t count = 0;
};

Result<Request> requestOf(std::span<const Command> commands) {
    Request request;
    for (const Command& command : commands) {
        if (auto appended = appendCommand(request.bytes, command); !appended)
            return appended.error();
        if (request.count++ == 0)
            request.firstCommandBytes = request.bytes.size();
    }
    return request;
}

QString nameOf(const Command& command) {
    return command.empty() ? QString() : QString::fromLatin1(command.front());
}

} // namespace

struct Connection::Private {
    Target target;
    ConnectionOptions options;
    BackOff backOff;
    QElapsedTimer clock;
    std::unique_ptr<Link> link;
    bool hasAnswered = false; ///< the open link has answered a call; a cut then says nothing against the server
    OpenReport report;
    Cause lastCause = Cause::None;
    QString lastFailureText;

    Private(const Target& newTarget, ConnectionOptions newOptions)
        : target(newTarget), options(std::move(newOptions)), backOff(options.random) {
        clock.start();
    }

    /// Opens without asking the back-off.
    std::optional<Failure> open(const Deadline& deadline) {
        link = openLink(target, options.limits, deadline, report);
        hasAnswered = false;
        if (report.failure && report.failure->cause != Cause::Cancelled) {
            backOff.failed(clock.elapsed());
            lastFailureText = report.failure->what;
        }
        return report.failure;
    }

    std::optional<Failure> backOffFailure() const {
        const qint64 leftMs = backOff.leftMs(clock.elapsed());
        if (leftMs == 0)
            return std::nullopt;
        return Failure{Cause::BackOff,
                       QStringLiteral("Redis at %1 is tried again in %2 ms, after %3 failures. Last: %4")
                           .arg(where(target))
                           .arg(leftMs)
                           .arg(backOff.failures())
                           .arg(lastFailureText)};
    }

    /// The second try of a call does not wait for the back-off, which its own first try may have begun.
    std::optional<Failure> ready(const Deadline& deadline, bool asksBackOff) {
        if (link && link->isStale())
            link.reset();
        if (link)
            return std::nullopt;
        if (asksBackOff)
            if (auto waiting = backOffFailure())
                return waiting;
        return open(deadline);
    }

    void noteFailure(const Failure& failure) {
        const bool isServersFault = failure.cause != Cause::Cancelled && failure.cause != Cause::TooLarge &&
                                    (failure.cause != Cause::Lost || !hasAnswered);
        if (isServersFault) {
            backOff.failed(clock.elapsed());
            lastFailureText = failure.what;
        }
        link.reset();
    }

    /// One or two tries; every reply or the failure with what it means for this request.
    Result<std::vector<Reply>> run(const Request& request, Effect effect, const Deadline& deadline) {
        lastCause = Cause::None;
        bool mayHaveBeenDone = false;
        for (int attempt = 0;; ++attempt) {
            std::vector<Reply> replies;
            std::optional<Failure> failure = expiry(deadline, target, QStringLiteral("Asking"));
            if (!failure) // nothing is wrong with the server or the link when a caller comes too late
                failure = ready(deadline, attempt == 0);
            if (!failure) {
                replies.reserve(request.count);
                failure = link->exchange(request.bytes, request.count, deadline, replies);
                if (!failure) {
                    hasAnswered = true;
                    backOff.succeeded();
                    return replies;
                }
                mayHaveBeenDone = mayHaveBeenDone || link->sentBytes() >= request.firstCommandBytes;
                noteFailure(*failure);
                const bool maySendAgain = effect != Effect::Once || !mayHaveBeenDone;
                if (failure->cause == Cause::Lost && attempt == 0 && maySendAgain)
                    continue;
            }
            return errorOf(*failure, effect != Effect::None && mayHaveBeenDone, replies.size(), request.count);
        }
    }

    Error errorOf(const Failure& failure, bool isInDoubt, size_t answered, size_t asked) {
        lastCause = failure.cause;
        if (!isInDoubt)
            return {kindOf(failure.cause), failure.what};
        const QString doubt =
            asked == 1 ? QStringLiteral("Whether the server has done it is not known.")
                       : QStringLiteral(
                             "Of %1 commands %2 were answered; whether the server has done the others is not known.")
                             .arg(asked)
                             .arg(answered);
        return {ErrorKind::CommitUnknown, failure.what + QLatin1Char(' ') + doubt};
    }

    /// A server that became a replica is asked for anew: its name may lead to the new master by then.
    void closeIfReadOnly(const std::vector<Reply>& replies) {
        if (std::any_of(replies.begin(), replies.end(),
                        [](const Reply& reply) { return errorCode(reply) == ReplyErrorCode::ReadOnly; }))
            link.reset();
    }

    Result<std::vector<Reply>> runAll(std::span<const Command> commands, Effect effect, const Deadline& deadline) {
        const auto request = requestOf(commands);
        if (!request)
            return request.error();
        auto replies = run(*request, effect, deadline);
        if (replies)
            closeIfReadOnly(*replies);
        return replies;
    }
};

Connection::Connection(const Target& target, ConnectionOptions options)
    : d(std::make_unique<Private>(target, std::move(options))) {
}

Connection::~Connection() = default;

const Target& Connection::target() const {
    return d->target;
}

Result<void> Connection::open(const Deadline& deadline) {
    d->lastCause = Cause::None;
    if (d->link && !d->link->isStale())
        return {};
    const auto failure = d->open(deadline);
    if (!failure) {
        d->backOff.succeeded(); // it has answered PING
        return {};
    }
    return d->errorOf(*failure, false, 0, 0);
}

void Connection::close() {
    d->link.reset();
}

bool Connection::isOpen() const {
    return d->link != nullptr;
}

const OpenReport& Connection::lastOpening() const {
    return d->report;
}

qint64 Connection::leftAloneMs() const {
    return d->link ? 0 : d->backOff.leftMs(d->clock.elapsed());
}

Cause Connection::lastCause() const {
    return d->lastCause;
}

Result<Reply> Connection::command(const Command& command, Effect effect, const Deadline& deadline) {
    auto replies = d->runAll({&command, 1}, effect, deadline);
    if (!replies)
        return replies.error();
    if (replies->front().isError())
        return explained(replies->front(), nameOf(command));
    return std::move(replies->front());
}

Result<std::vector<Reply>> Connection::pipeline(std::span<const Command> commands, Effect effect,
                                                const Deadline& deadline) {
    if (commands.empty())
        return std::vector<Reply>();
    return d->runAll(commands, effect, deadline);
}

Result<Reply> Connection::eval(const Script& script, const std::vector<QByteArray>& keys,
                               const std::vector<QByteArray>& arguments, Effect effect, const Deadline& deadline) {
    const Command byHash = evalShaCommand(script, keys, arguments);
    auto replies = d->runAll({&byHash, 1}, effect, deadline);
    if (!replies)
        return replies.error();
    if (errorCode(replies->front()) == ReplyErrorCode::NoScript) // nothing ran, so sending it whole repeats nothing
        return command(evalCommand(script, keys, arguments), effect, deadline);
    if (replies->front().isError())
        return explained(replies->front(), QStringLiteral("EVALSHA"));
    return std::move(replies->front());
}

} // namespace affinity::redis
