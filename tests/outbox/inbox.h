// Inbox: what the clients of users 1 to 3 are told, taken out of the channel layer as a Django process does it.
#pragma once

#include "engine/push/levelevent.h"
#include "engine/redis/target.h"

#include <QStringList>

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace affinity::test {

/// Listens from construction on, on a thread of its own, so that no queue is ever full. Any thread.
class Inbox {
public:
    explicit Inbox(const redis::Target& target);
    ~Inbox();
    Inbox(const Inbox&) = delete;
    Inbox& operator=(const Inbox&) = delete;

    /// The changes of a device's value that came so far, in their order: "0>1".
    QStringList changesOf(base::DeviceId device) const;
    /// Everything that came so far, "affinity_update" and so on, in the order of its coming.
    QStringList types() const;
    int count() const;
    /// Waits until so many events came, or far longer than they take; then a little for one too many.
    bool hasExactly(int events) const;

private:
    void listen(const redis::Target& target);

    mutable std::mutex m_mutex;
    std::vector<push::LevelEvent> m_events;
    std::atomic<bool> m_isReady = false;
    std::atomic<bool> m_isEnding = false;
    std::thread m_thread;
};

} // namespace affinity::test
