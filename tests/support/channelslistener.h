// ChannelsListener: a process of a Django service as channels_redis 4 makes it, for tests: joins groups, takes
// messages.
#pragma once

#include "engine/base/json.h"
#include "engine/redis/connection.h"

#include <optional>
#include <vector>

namespace affinity::test {

/// A message as it came out of the queue.
struct ChannelsFrame {
    base::Json event;                 ///< without `__asgi_channel__`
    std::vector<QByteArray> channels; ///< `__asgi_channel__`
    QByteArray member;                ///< all its bytes
    double score = 0;                 ///< seconds since 1970
};

/// One process with one queue; each join is one more client of it. One thread.
class ChannelsListener {
public:
    explicit ChannelsListener(const redis::Target& target, QByteArray prefix = "asgi");

    /// A new channel joins the group, "affinity_user_1". Its name; empty when Redis did not take it.
    QByteArray join(const QByteArray& group);
    /// The oldest message, or none within the time.
    base::Result<std::optional<ChannelsFrame>> nextEvent(int timeoutMs);
    /// "specific.<hex>!": channels of this process begin with it.
    const QByteArray& process() const { return m_process; }
    /// The zset that holds what nobody took yet.
    QByteArray queueKey() const { return m_prefix + m_process; }

private:
    redis::Connection m_connection;
    QByteArray m_prefix;
    QByteArray m_process;
};

/// The frame of a queue's member: 12 bytes are cut, the rest is unpacked. Errors: Damaged.
base::Result<ChannelsFrame> channelsFrame(const QByteArray& member, double score);

} // namespace affinity::test
