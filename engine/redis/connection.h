// Connection: synchronous calls on one Redis server, each with a deadline; opens itself, leaves a dead server alone.
#pragma once

#include "engine/base/result.h"
#include "engine/redis/command.h"
#include "engine/redis/deadline.h"
#include "engine/redis/opening.h"
#include "engine/redis/reply.h"
#include "engine/redis/replyreader.h"
#include "engine/redis/target.h"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace affinity::redis {

struct ConnectionOptions {
    ReplyLimits limits;
    std::function<double()> random; ///< [0, 1), spreads the back-off; empty: the system's generator
};

/// One connection, used on one thread: a Lane's, another QThread's or the main thread. Needs no event loop.
///
/// A call opens the connection when it is closed. After a time-out, a cut, a cancel or a reply that cannot be read the
/// connection is closed, so that a late reply is never taken for the next command's. A server that could not be opened
/// or did not answer is left alone for 50 ms to 5 s (BackOff): calls fail at once then, with the reason.
///
/// Errors of calls: CommitUnknown — the request left, its effect is not Effect::None, and no answer came: it may or may
/// not have been done; also after a cancel, and when the answer could not be read. Otherwise nothing was done, or only
/// read: CannotConnect (not reached, refused at the door, no answer in time, cut), Busy (the server is not ready),
/// Refused (a reply over a limit), Damaged (not Redis), Cancelled, InvalidInput (the command itself, a certificate
/// file). lastCause() names the reason more finely.
class Connection {
public:
    explicit Connection(const Target& target, ConnectionOptions options = {});
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    const Target& target() const;

    /// Opens now, whatever the back-off says: for a connection test and a person's "try again". Does nothing when open.
    base::Result<void> open(const Deadline& deadline);
    void close();
    /// As far as is known: a server that went away is noticed by the next call.
    bool isOpen() const;
    /// The steps of the last opening.
    const OpenReport& lastOpening() const;
    /// How many milliseconds calls fail at once yet, because the server failed lately; 0: the next call tries.
    qint64 leftAloneMs() const;
    /// Why the last call failed; None when it did not, or when the server answered with an error.
    Cause lastCause() const;

    /// One command. An error reply becomes an Error (replyerror.h has the kinds).
    base::Result<Reply> command(const Command& command, Effect effect, const Deadline& deadline);

    /// All commands in one write, their replies in order; an error reply is a value in its place. `effect` is that of
    /// the command that minds most. No command: no replies, nothing sent.
    base::Result<std::vector<Reply>> pipeline(std::span<const Command> commands, Effect effect,
                                              const Deadline& deadline);

    /// EVALSHA; on NOSCRIPT EVAL, within the same deadline. An error reply becomes an Error.
    base::Result<Reply> eval(const Script& script, const std::vector<QByteArray>& keys,
                             const std::vector<QByteArray>& arguments, Effect effect, const Deadline& deadline);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace affinity::redis
