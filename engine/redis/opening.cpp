#include "engine/redis/opening.h"

#include "engine/redis/command.h"
#include "engine/redis/replyerror.h"
#include "engine/redis/resolve.h"

#include <QElapsedTimer>

#include <functional>

namespace affinity::redis {

namespace {

/// Runs steps until one fails, and keeps their times.
class Steps {
public:
    explicit Steps(OpenReport& report) : m_report(report) { m_report = {}; }

    bool run(Step step, const std::function<std::optional<Failure>()>& work) {
        QElapsedTimer timer;
        timer.start();
        m_report.failure = work();
        m_report.steps.push_back({step, timer.nsecsElapsed() / 1000});
        return !m_report.failure;
    }

private:
    OpenReport& m_report;
};

std::optional<Failure> lookUp(const Target& target, const Deadline& deadline, QList<QHostAddress>& addresses) {
    auto found = resolve(target.host, deadline);
    if (found) {
        addresses = std::move(*found);
        return std::nullopt;
    }
    const Cause cause = found.error().kind == base::ErrorKind::Cancelled ? Cause::Cancelled
                        : deadline.hasPassed()                           ? Cause::TimedOut
                                                                         : Cause::HostUnknown;
    return Failure{cause, found.error().what};
}

/// The part of a deadline that one of `left` addresses gets, so that a silent first one leaves time for the next.
Deadline share(const Deadline& deadline, qsizetype left) {
    if (left <= 1 || deadline.timer.isForever())
        return deadline;
    return {QDeadlineTimer(deadline.timer.remainingTime() / left), deadline.cancelled};
}

/// Tries the addresses in order; the link of the first that connects.
std::optional<Failure> connectToAny(const Target& target, const ReplyLimits& limits, const Deadline& deadline,
                                    const QList<QHostAddress>& addresses, std::unique_ptr<Link>& link) {
    std::optional<Failure> failure;
    for (qsizetype i = 0; i < addresses.size(); ++i) {
        link = std::make_unique<Link>(target, limits);
        failure = link->connectTo(addresses[i], share(deadline, addresses.size() - i));
        if (!failure || failure->cause == Cause::Cancelled)
            return failure;
    }
    return failure;
}

std::optional<Failure> ask(Link& link, const Target& target, Step step, const Command& command,
                           const Deadline& deadline) {
    QByteArray request;
    if (const auto formatted = appendCommand(request, command); !formatted)
        return Failure{step == Step::SignIn ? Cause::SignInRefused : Cause::NotRedis, formatted.error().what};
    std::vector<Reply> replies;
    if (auto failure = link.exchange(request, 1, deadline, replies))
        return failure;
    return greetingFailure(target, step, replies.front());
}

} // namespace

Command signInCommand(const Target& target) {
    if (target.password.isEmpty())
        return {};
    if (target.user.isEmpty())
        return {"AUTH", target.password};
    return {"AUTH", target.user, target.password};
}

std::optional<Failure> greetingFailure(const Target& target, Step step, const Reply& reply) {
    if (!reply.isError())
        return std::nullopt;
    const ReplyErrorCode code = errorCode(reply);
    const QString server = where(target);
    if (code == ReplyErrorCode::NoAuth)
        return Failure{
            Cause::SignInRefused,
            QStringLiteral("Redis at %1 wants a password. Enter user and password in the connection.").arg(server)};
    if (code == ReplyErrorCode::Protected)
        return Failure{Cause::SignInRefused, explained(reply, QStringLiteral("the connection at %1").arg(server)).what};
    if (code == ReplyErrorCode::Loading || code == ReplyErrorCode::Busy || code == ReplyErrorCode::MasterDown ||
        code == ReplyErrorCode::TooManyClients)
        return Failure{Cause::NotReady, explained(reply, QStringLiteral("the connection at %1").arg(server)).what};
    switch (step) {
    case Step::SignIn:
        return Failure{
            Cause::SignInRefused,
            code == ReplyErrorCode::WrongPassword
                ? QStringLiteral("Redis at %1 does not accept this user and password, or the user is switched "
                                 "off. Check both in the connection.")
                      .arg(server)
                : QStringLiteral("Redis at %1 refused to sign in. The server may have no password set, or no "
                                 "users (before Redis 6): check user and password in the connection.")
                      .arg(server)};
    case Step::Select:
        return Failure{
            Cause::DatabaseRefused,
            code == ReplyErrorCode::NoPermission
                ? QStringLiteral("Redis at %1: this user may not select a database. Give it the command SELECT, "
                                 "or use database 0.")
                      .arg(server)
                : QStringLiteral("Redis at %1: there is no database of that number.").arg(server)};
    case Step::Greet:
        if (code == ReplyErrorCode::NoPermission)
            return std::nullopt; // a user without the right to PING is still a user that is answered
        break;
    case Step::LookUp:
    case Step::Connect:
    case Step::Encrypt:
        break;
    }
    return Failure{Cause::NotRedis, explained(reply, QStringLiteral("the connection at %1").arg(server)).what};
}

std::unique_ptr<Link> openLink(const Target& target, const ReplyLimits& limits, const Deadline& deadline,
                               OpenReport& report) {
    Steps steps(report);
    QList<QHostAddress> addresses;
    std::unique_ptr<Link> link;
    const Command signIn = signInCommand(target);
    const bool isOpen =
        steps.run(Step::LookUp, [&] { return lookUp(target, deadline, addresses); }) &&
        steps.run(Step::Connect, [&] { return connectToAny(target, limits, deadline, addresses, link); }) &&
        (!target.usesTls || steps.run(Step::Encrypt, [&] { return link->encrypt(deadline); })) &&
        (signIn.empty() ||
         steps.run(Step::SignIn, [&] { return ask(*link, target, Step::SignIn, signIn, deadline); })) &&
        (target.database == 0 ||
         steps.run(
             Step::Select,
             [&] {
                 return ask(*link, target, Step::Select, {"SELECT", QByteArray::number(target.database)}, deadline);
             })) &&
        steps.run(Step::Greet, [&] { return ask(*link, target, Step::Greet, {"PING"}, deadline); });
    return isOpen ? std::move(link) : nullptr;
}

} // namespace affinity::redis
