#include "engine/service/pushqueue.h"

#include "engine/base/lane.h"

#include <QLoggingCategory>
#include <QSemaphore>

namespace affinity::service {

namespace {
Q_LOGGING_CATEGORY(pushLog, "affinity.push", QtInfoMsg)
}

struct PushQueue::Private {
    Private(const redis::Target& target, const PushQueueOptions& asked)
        : options(asked), lane(QStringLiteral("push"), asked.mostWaiting) {
        options.publisher.cancelled = &isCancelled;
        lane.post([this, target] { publisher = std::make_unique<push::ChannelsPublisher>(target, options.publisher); });
    }

    /// On the lane.
    void publish(base::UserId userId, const std::vector<push::LevelEvent>& events) {
        const auto receipt = publisher->publish(userId, events);
        if (!receipt)
            qCWarning(pushLog).noquote() << "A push to user" << userId.value << "failed:" << receipt.error().what;
        else if (receipt->full + receipt->failed > 0)
            qCInfo(pushLog) << "A push to user" << userId.value << "reached" << receipt->received << "of"
                            << receipt->channels << "channels; the queues of the others are full or broken";
    }

    PushQueueOptions options;
    std::atomic<bool> isCancelled = false;
    std::unique_ptr<push::ChannelsPublisher> publisher; ///< made, used and destroyed on the lane
    base::Lane lane;
};

PushQueue::PushQueue(const redis::Target& target, PushQueueOptions options)
    : d(std::make_unique<Private>(target, options)) {
}

PushQueue::~PushQueue() {
    // Jobs run in their order: when this one runs, all pushes have left.
    const auto hasLeft = std::make_shared<QSemaphore>();
    const bool isPosted = d->lane.post([hasLeft] { hasLeft->release(); });
    if (isPosted && !hasLeft->tryAcquire(1, d->options.endMs))
        qCWarning(pushLog) << "Some pushes had not left in time and are dropped.";
    d->isCancelled = true;
    d->lane.end([this] { d->publisher.reset(); });
}

void PushQueue::add(base::UserId userId, std::vector<push::LevelEvent> events) {
    if (events.empty())
        return;
    const bool isPosted = d->lane.post([this, userId, events = std::move(events)] { d->publish(userId, events); });
    if (!isPosted)
        qCWarning(pushLog) << "A push to user" << userId.value << "is dropped: too many wait.";
}

PushSink PushQueue::sink() {
    return [this](base::UserId userId, std::vector<push::LevelEvent> events) { add(userId, std::move(events)); };
}

} // namespace affinity::service
