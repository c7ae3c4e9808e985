// Lane: one named thread that does its jobs in order; every store connection lives on a lane of its own.
#pragma once

#include "engine/base/result.h"

#include <QFuture>
#include <QPromise>
#include <QString>

#include <functional>
#include <memory>

namespace affinity::base {

/// Runs jobs one after the other on its own thread. Any thread may add jobs; nobody waits on one from inside a job.
/// Destruction finishes the running job, drops the queued ones (their futures are cancelled) and joins the thread.
class Lane {
public:
    /// At most `queueLimit` jobs wait; one more is refused with ErrorKind::Busy.
    explicit Lane(const QString& name, int queueLimit = 1000);
    ~Lane();
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    /// Adds a job; the future gives its Result. A future that was cancelled before its turn is skipped.
    template<typename T> QFuture<Result<T>> run(std::function<Result<T>()> job) {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start(); // before its future is handed out: Qt 6.4 needs that
        QFuture<Result<T>> future = promise->future();
        const bool isAccepted = post([promise, job = std::move(job)] {
            if (!promise->isCanceled())
                promise->addResult(job());
            promise->finish();
        });
        if (!isAccepted) {
            promise->addResult(Result<T>(Error{ErrorKind::Busy, queueFullText()}));
            promise->finish();
        }
        return future;
    }

    /// Adds a job that answers to nobody; false when the queue is full.
    bool post(std::function<void()> job);

    /// Finishes the running job, drops the queued ones, runs `last` on the lane's thread and joins it. Afterwards every
    /// job is refused. For closing on a thread what was opened on it.
    void end(std::function<void()> last = {});

private:
    QString queueFullText() const;

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace affinity::base
