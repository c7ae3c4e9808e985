// ChannelsPublisher: tells a user's clients what happened, through the Redis that a Django service's channels use.
#pragma once

#include "engine/push/channelmessage.h"
#include "engine/push/levelevent.h"
#include "engine/redis/connection.h"

#include <atomic>
#include <span>
#include <vector>

namespace affinity::push {

struct ChannelsPublisherOptions {
    QByteArray prefix = "asgi";                                        ///< CHANNEL_LAYERS' "prefix", at most 200 bytes
    QString groupTemplate = QStringLiteral("affinity_user_{user_id}"); ///< groupName() has its rules
    int capacity = 100;              ///< "capacity": the most messages a queue holds, 1 to 1,000,000
    int expirySeconds = 60;          ///< "expiry": how long a message is of use, 1 to 86,400
    int groupExpirySeconds = 86'400; ///< "group_expiry": how long a channel listens after it joined, 1 to 31,536,000
    int callMs = 1000;               ///< at most, for a publish() as a whole; at least 1
    const std::atomic<bool>* cancelled = nullptr; ///< ends a waiting call; outlives the publisher
    RandomBits random;                            ///< empty: the system's generator
};

/// Where the events of one publish() went. A channel is one client's connection.
struct PushReceipt {
    qint64 channels = 0; ///< of the group that were to be told; 0: nobody listens, which is no error
    qint64 received = 0; ///< of them, those whose queue took every event
    qint64 full = 0;     ///< of them, those passed over with at least one event since their queue is full
    qint64 failed = 0;   ///< of them, those whose queue Redis would not write to: a key of another type, no right to it
    qint64 misnamed = 0; ///< members of the group that are no channel's name; passed over
    qint64 beyondLimit = 0; ///< members that were not looked at: the group has more than mostChannels

    friend bool operator==(const PushReceipt&, const PushReceipt&) = default;
};

/// Made, used and destroyed on one thread (a Lane's), with one connection that it opens by itself and keeps.
///
/// A publish() is a group_send of channels_redis 4 for each event, in two round trips, or one when nobody listens: a
/// script drops the members that joined too long ago and reads the group; a second puts into each queue as many events
/// as it has room for and drops what has expired. The group's own EXPIRE belongs to those who join it. The scripts name
/// all their keys and ask no more of a server than channels_redis does: one server, or a master with replicas; a
/// cluster is refused by name. Redis 5 or later. The server's user needs PING, EVAL, EVALSHA, TIME, ZREMRANGEBYSCORE,
/// ZCARD, ZRANGE, ZCOUNT, ZADD and EXPIRE on the names that begin with the prefix.
///
/// Time is the Redis server's, never this machine's. A message's score is that time, or just after the newest message
/// of its queue where that is later (by less than expirySeconds). Queues are read in the order of scores, so messages
/// come out as they went in, also beside a writer whose clock is ahead.
class ChannelsPublisher {
public:
    static constexpr qsizetype mostEvents = 32;           ///< of a call
    static constexpr int mostChannels = 9'000;            ///< of a group: those that joined last
    static constexpr size_t mostQueuesAtOnce = 256;       ///< of a script, so that the server serves others in between
    static constexpr qsizetype mostBytesAtOnce = 1 << 20; ///< of a script's messages, unless one queue's are more

    explicit ChannelsPublisher(const redis::Target& target, ChannelsPublisherOptions options = {},
                               redis::ConnectionOptions connectionOptions = {});

    /// Sends the events, in order, to every channel of the user's group. No events: nothing is sent.
    ///
    /// At most once: what may have been delivered is never sent again. Errors: CommitUnknown — some of it, or all, may
    /// have been delivered; do not publish it again. With any other kind nothing was delivered to anybody, and the same
    /// events may be published again: CannotConnect, Busy, Cancelled, ReadOnly, StorageFull, Damaged, Refused, Internal
    /// as redis::Connection and redis::explained() say; InvalidInput for options out of range, a group's name that
    /// cannot be, too many events or one that is too large.
    base::Result<PushReceipt> publish(base::UserId userId, const std::vector<LevelEvent>& events);

    /// Why the last call failed, finely.
    redis::Cause lastCause() const { return m_connection.lastCause(); }

private:
    /// A process' channels in the group, which share one message.
    struct Queue {
        QByteArray key;
        std::vector<QByteArray> channels;
    };
    base::Result<std::vector<Queue>> listeners(const QByteArray& group, const redis::Deadline& deadline,
                                               PushReceipt& receipt);
    std::vector<Queue> queuesOf(const std::vector<redis::Reply>& members, PushReceipt& receipt) const;
    size_t batchSize(std::span<const Queue> queues, qsizetype eventBytes) const;
    base::Result<bool> fill(std::span<const Queue> queues, const std::vector<QByteArray>& events,
                            const redis::Deadline& deadline, PushReceipt& receipt);

    ChannelsPublisherOptions m_options;
    redis::Connection m_connection;
};

} // namespace affinity::push
