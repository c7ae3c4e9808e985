#include "engine/redis/resolve.h"

#include <QHostInfo>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace affinity::redis {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// Shared by the caller and the looking thread: whoever is last frees it.
struct LookUp {
    std::mutex mutex;
    std::condition_variable hasEnded;
    bool isEnded = false;
    QList<QHostAddress> addresses;
};

std::shared_ptr<LookUp> startLookUp(const QString& host) {
    auto lookUp = std::make_shared<LookUp>();
    std::thread([lookUp, host] {
        const QHostInfo info = QHostInfo::fromName(host);
        const std::lock_guard lock(lookUp->mutex);
        lookUp->addresses = info.addresses();
        lookUp->isEnded = true;
        lookUp->hasEnded.notify_all();
    }).detach();
    return lookUp;
}

} // namespace

Result<QList<QHostAddress>> resolve(const QString& host, const Deadline& deadline) {
    const QHostAddress address(host);
    if (!address.isNull())
        return QList<QHostAddress>{address};
    const auto lookUp = startLookUp(host);
    std::unique_lock lock(lookUp->mutex);
    while (!lookUp->isEnded) {
        if (deadline.isCancelled())
            return Error{ErrorKind::Cancelled, QStringLiteral("Looking up the host \"%1\" was cancelled.").arg(host)};
        if (deadline.hasPassed())
            return Error{ErrorKind::CannotConnect,
                         QStringLiteral("The name server did not answer for the host \"%1\" in time.").arg(host)};
        lookUp->hasEnded.wait_for(lock, std::chrono::milliseconds(deadline.sliceMs()));
    }
    if (lookUp->addresses.isEmpty())
        return Error{ErrorKind::CannotConnect,
                     QStringLiteral("There is no host \"%1\"; check its spelling and the network.").arg(host)};
    return lookUp->addresses;
}

} // namespace affinity::redis
