#include "engine/service/pendingconfirms.h"

#include <algorithm>

namespace affinity::service {

using base::ErrorKind;

std::optional<base::LogId> PendingConfirms::add(const store::CounterConfirm& confirm, qint64 committedAtUs) {
    std::optional<base::LogId> dropped;
    if (m_queue.size() >= m_most) {
        dropped = m_queue.front().confirm.logId;
        m_queue.pop_front();
    }
    m_queue.push_back({confirm, committedAtUs});
    return dropped;
}

PendingConfirms::Sent PendingConfirms::send(store::Counters& counters, qint64 nowUs, int most) {
    Sent sent;
    for (int i = 0; i < most && !m_queue.empty(); ++i) {
        store::CounterConfirm confirm = m_queue.front().confirm;
        confirm.ageUs += std::max<qint64>(nowUs - m_queue.front().committedAtUs, 0);
        const auto done = counters.confirm(confirm);
        if (!done && isWorthSendingAgain(done.error())) {
            sent.error = done.error();
            return sent;
        }
        if (done)
            ++sent.sent;
        else
            sent.dropped.emplace_back(confirm.logId, done.error());
        m_queue.pop_front();
    }
    return sent;
}

std::vector<base::LogId> PendingConfirms::logIds() const {
    std::vector<base::LogId> ids;
    for (const Waiting& waiting : m_queue)
        ids.push_back(waiting.confirm.logId);
    return ids;
}

bool isWorthSendingAgain(const base::Error& error) {
    switch (error.kind) {
    case ErrorKind::CannotConnect:
    case ErrorKind::CommitUnknown:
    case ErrorKind::Busy:
    case ErrorKind::Cancelled:
    case ErrorKind::ReadOnly:    // a replica until somebody names the master
    case ErrorKind::StorageFull: // out of memory
        return true;
    default:
        return false;
    }
}

} // namespace affinity::service
