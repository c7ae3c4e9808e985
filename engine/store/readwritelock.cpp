#include "engine/store/readwritelock.h"

#include <chrono>

namespace affinity::store {

bool ReadWriteLock::lockForRead(int timeoutMs) {
    std::unique_lock guard(m_mutex);
    const auto isFree = [this] { return !m_hasWriter && m_waitingWriters == 0; };
    if (!m_changed.wait_for(guard, std::chrono::milliseconds(timeoutMs), isFree))
        return false;
    ++m_readers;
    return true;
}

bool ReadWriteLock::lockForWrite(int timeoutMs) {
    std::unique_lock guard(m_mutex);
    ++m_waitingWriters;
    const auto isFree = [this] { return !m_hasWriter && m_readers == 0; };
    const bool isGiven = m_changed.wait_for(guard, std::chrono::milliseconds(timeoutMs), isFree);
    --m_waitingWriters;
    m_hasWriter = m_hasWriter || isGiven;
    if (!isGiven)
        m_changed.notify_all(); // readers that waited for this writer
    return isGiven;
}

void ReadWriteLock::unlockRead() {
    const std::lock_guard guard(m_mutex);
    --m_readers;
    m_changed.notify_all();
}

void ReadWriteLock::unlockWrite() {
    const std::lock_guard guard(m_mutex);
    m_hasWriter = false;
    m_changed.notify_all();
}

} // namespace affinity::store
