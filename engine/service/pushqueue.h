// PushQueue: pushes of committed changes leave in their order, on a thread of their own, over one kept connection.
#pragma once

#include "engine/push/channelspublisher.h"
#include "engine/service/pushes.h"

#include <atomic>
#include <memory>

namespace affinity::service {

struct PushQueueOptions {
    push::ChannelsPublisherOptions publisher;
    int mostWaiting = 10'000; ///< changes; one more is dropped and logged
    int endMs = 5000;         ///< at most, for what still waits when the queue ends
};

/// Fire and forget, as the production service does it: a push that fails is logged and changes nothing, and none is
/// sent twice. Any thread may add; while the server is away each push fails at once.
class PushQueue {
public:
    explicit PushQueue(const redis::Target& target, PushQueueOptions options = {});
    /// Lets what waits leave first, within the options' time; what did not is logged.
    ~PushQueue();
    PushQueue(const PushQueue&) = delete;
    PushQueue& operator=(const PushQueue&) = delete;

    /// Never blocks.
    void add(base::UserId userId, std::vector<push::LevelEvent> events);
    /// A sink that adds here; outlived by the queue.
    PushSink sink();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace affinity::service
