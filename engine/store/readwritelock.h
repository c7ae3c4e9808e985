// ReadWriteLock: many readers or one writer, given up after a time; may be released on any thread.
#pragma once

#include <QtGlobal>

#include <condition_variable>
#include <mutex>

namespace affinity::store {

/// Waiting writers keep new readers out, so that a writer is never starved. Any thread. Not recursive.
class ReadWriteLock {
public:
    /// False when the lock was not given within the time.
    bool lockForRead(int timeoutMs);
    bool lockForWrite(int timeoutMs);
    void unlockRead();
    void unlockWrite();

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_readers = 0;
    int m_waitingWriters = 0;
    bool m_hasWriter = false;
};

} // namespace affinity::store
