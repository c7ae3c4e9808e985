#include "engine/base/lane.h"

#include <QThread>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace affinity::base {

struct Lane::Private {
    QString name;
    int queueLimit;
    std::mutex mutex;
    std::condition_variable hasWork;
    std::deque<std::function<void()>> queue;
    bool isEnding = false;
    std::unique_ptr<QThread> thread;

    void work() {
        for (;;) {
            std::function<void()> job;
            {
                std::unique_lock lock(mutex);
                hasWork.wait(lock, [this] { return isEnding || !queue.empty(); });
                if (queue.empty())
                    return; // ending
                job = std::move(queue.front());
                queue.pop_front();
            }
            job();
        }
    }
};

Lane::Lane(const QString& name, int queueLimit) : d(std::make_unique<Private>()) {
    d->name = name;
    d->queueLimit = queueLimit;
    d->thread.reset(QThread::create([this] { d->work(); }));
    d->thread->setObjectName(name);
    d->thread->start();
}

Lane::~Lane() {
    end();
}

void Lane::end(std::function<void()> last) {
    std::deque<std::function<void()>> dropped; // their promises end outside the lock, which cancels their futures
    {
        const std::lock_guard lock(d->mutex);
        if (d->isEnding)
            return;
        d->isEnding = true;
        dropped.swap(d->queue);
        if (last)
            d->queue.push_back(std::move(last));
    }
    d->hasWork.notify_all();
    d->thread->wait();
}

bool Lane::post(std::function<void()> job) {
    {
        const std::lock_guard lock(d->mutex);
        if (d->isEnding || d->queue.size() >= static_cast<size_t>(d->queueLimit))
            return false;
        d->queue.push_back(std::move(job));
    }
    d->hasWork.notify_one();
    return true;
}

QString Lane::queueFullText() const {
    return QStringLiteral("The queue \"%1\" is full (%2 requests wait). Try again when it has caught up.")
        .arg(d->name)
        .arg(d->queueLimit);
}

} // namespace affinity::base
