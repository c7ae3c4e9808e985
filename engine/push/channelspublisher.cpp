#include "engine/push/channelspublisher.h"

#include "engine/push/channelnames.h"
#include "engine/push/channelscripts.h"

#include <QHash>
#include <QRandomGenerator>

#include <algorithm>

namespace affinity::push {

using base::Error;
using base::ErrorKind;
using base::Result;
using redis::Effect;
using redis::Reply;
using redis::ReplyKind;

namespace {

QByteArray decimal(qint64 value) {
    return QByteArray::number(value);
}

bool isWithin(int value, int smallest, int largest) {
    return value >= smallest && value <= largest;
}

Result<void> checked(const ChannelsPublisherOptions& options) {
    constexpr qsizetype longestPrefix = 200;
    constexpr int mostCapacity = 1'000'000, longestExpirySeconds = 86'400, yearSeconds = 31'536'000;
    if (options.prefix.size() <= longestPrefix && isWithin(options.capacity, 1, mostCapacity) &&
        isWithin(options.expirySeconds, 1, longestExpirySeconds) &&
        isWithin(options.groupExpirySeconds, 1, yearSeconds) && options.callMs > 0)
        return {};
    return Error{ErrorKind::InvalidInput,
                 QStringLiteral("A setting of the push is out of range: prefix up to 200 bytes, capacity 1 to 1000000, "
                                "expiry 1 to 86400 s, group expiry 1 to 31536000 s, time limit above 0 ms.")};
}

Result<std::vector<QByteArray>> packed(const std::vector<LevelEvent>& events) {
    if (static_cast<qsizetype>(events.size()) > ChannelsPublisher::mostEvents)
        return Error{ErrorKind::InvalidInput, QStringLiteral("%1 events are too many for one push; send at most %2.")
                                                  .arg(events.size())
                                                  .arg(ChannelsPublisher::mostEvents)};
    std::vector<QByteArray> bytes;
    for (const LevelEvent& event : events) {
        auto one = packedEvent(event);
        if (!one)
            return one.error();
        bytes.push_back(std::move(*one));
    }
    return bytes;
}

Error strangeAnswer() {
    return {ErrorKind::Internal,
            QStringLiteral("Redis gave an answer to EVALSHA that it does not give. Is this address a Redis server?")};
}

/// What an error means once some channels have their events.
Error afterDelivery(const Error& error) {
    return {ErrorKind::CommitUnknown,
            QStringLiteral("Some of the user's channels were told, others may not have been: %1").arg(error.what)};
}

} // namespace

ChannelsPublisher::ChannelsPublisher(const redis::Target& target, ChannelsPublisherOptions options,
                                     redis::ConnectionOptions connectionOptions)
    : m_options(std::move(options)), m_connection(target, std::move(connectionOptions)) {
    if (!m_options.random)
        m_options.random = [] { return QRandomGenerator::system()->generate(); };
}

Result<PushReceipt> ChannelsPublisher::publish(base::UserId userId, const std::vector<LevelEvent>& events) {
    if (const auto fine = checked(m_options); !fine)
        return fine.error();
    const auto group = groupName(m_options.groupTemplate, userId);
    if (!group)
        return group.error();
    const auto packedEvents = packed(events);
    if (!packedEvents)
        return packedEvents.error();
    PushReceipt receipt;
    if (events.empty())
        return receipt;

    const redis::Deadline deadline = redis::within(m_options.callMs, m_options.cancelled);
    const auto queues = listeners(*group, deadline, receipt);
    if (!queues)
        return queues.error();
    qsizetype eventBytes = 0;
    for (const QByteArray& event : *packedEvents)
        eventBytes += event.size();
    bool isAnyDelivered = false;
    for (std::span<const Queue> left(*queues); !left.empty();) {
        const size_t count = batchSize(left, eventBytes);
        const auto delivered = fill(left.first(count), *packedEvents, deadline, receipt);
        if (!delivered)
            return isAnyDelivered ? afterDelivery(delivered.error()) : delivered.error();
        isAnyDelivered = isAnyDelivered || *delivered;
        left = left.subspan(count);
    }
    return receipt;
}

/// Counts as a read: to drop stale members twice, or not to know whether it was done, matters to nobody.
Result<std::vector<ChannelsPublisher::Queue>>
ChannelsPublisher::listeners(const QByteArray& group, const redis::Deadline& deadline, PushReceipt& receipt) {
    const auto answer =
        m_connection.eval(listenersScript(), {groupKey(m_options.prefix, group)},
                          {decimal(m_options.groupExpirySeconds), decimal(mostChannels)}, Effect::None, deadline);
    if (!answer)
        return answer.error();
    if (answer->items.size() != 2 || answer->items[0].kind != ReplyKind::Integer ||
        answer->items[1].kind != ReplyKind::Array)
        return strangeAnswer();
    const std::vector<Reply>& members = answer->items[1].items;
    receipt.beyondLimit = std::max<qint64>(answer->items[0].integer - static_cast<qint64>(members.size()), 0);
    return queuesOf(members, receipt);
}

/// One queue for each process, in the order of their first channels.
std::vector<ChannelsPublisher::Queue> ChannelsPublisher::queuesOf(const std::vector<Reply>& members,
                                                                  PushReceipt& receipt) const {
    std::vector<Queue> queues;
    QHash<QByteArray, size_t> places;
    for (const Reply& member : members) {
        if (!isChannelName(member.text)) {
            ++receipt.misnamed;
            continue;
        }
        ++receipt.channels;
        const QByteArray key = queueKey(m_options.prefix, member.text);
        const auto place = places.constFind(key);
        if (place == places.constEnd()) {
            places.insert(key, queues.size());
            queues.push_back({key, {member.text}});
        } else {
            queues[*place].channels.push_back(member.text);
        }
    }
    return queues;
}

/// How many of the queues, at least one, go into one script.
size_t ChannelsPublisher::batchSize(std::span<const Queue> queues, qsizetype eventBytes) const {
    constexpr qsizetype longestChannel = 101; // with what MessagePack puts before it
    qsizetype bytes = 0;
    size_t count = 0;
    while (count < queues.size() && count < mostQueuesAtOnce) {
        bytes += eventBytes + static_cast<qsizetype>(queues[count].channels.size()) * longestChannel;
        if (count > 0 && bytes > mostBytesAtOnce)
            break;
        ++count;
    }
    return count;
}

/// One script. Whether a message went into any queue; after an error none did, or that is not known.
Result<bool> ChannelsPublisher::fill(std::span<const Queue> queues, const std::vector<QByteArray>& events,
                                     const redis::Deadline& deadline, PushReceipt& receipt) {
    const auto eventCount = static_cast<qint64>(events.size());
    std::vector<QByteArray> keys;
    std::vector<QByteArray> arguments{decimal(m_options.capacity), decimal(m_options.expirySeconds),
                                      decimal(eventCount)};
    for (const Queue& queue : queues) {
        keys.push_back(queue.key);
        for (const QByteArray& event : events)
            arguments.push_back(channelMessage(event, queue.channels, m_options.random));
    }
    const auto answer = m_connection.eval(fillScript(), keys, arguments, Effect::Once, deadline);
    if (!answer)
        return answer.error();
    if (answer->items.size() != queues.size()) // something answered, and what it did is anybody's guess
        return Error{ErrorKind::CommitUnknown, strangeAnswer().what};
    bool isAnyDelivered = false;
    for (size_t i = 0; i < queues.size(); ++i) {
        const qint64 put = answer->items[i].integer;
        const auto channels = static_cast<qint64>(queues[i].channels.size());
        (put < 0 ? receipt.failed : put < eventCount ? receipt.full : receipt.received) += channels;
        isAnyDelivered = isAnyDelivered || put != 0;
    }
    return isAnyDelivered;
}

} // namespace affinity::push
