// PendingConfirms: confirms of committed rows that the counters could not take yet, kept to be sent again.
#pragma once

#include "engine/store/counters.h"

#include <deque>
#include <optional>
#include <vector>

namespace affinity::service {

/// A queue in this process, for stores without an outbox table. Nothing is lost by losing it but what a Django service
/// sees: the log is the fence, and a rebuild raises the counters to it. Times are a Pace's.
class PendingConfirms {
public:
    explicit PendingConfirms(size_t most = 10'000) : m_most(most) {}

    /// Keeps a confirm whose row was committed at `committedAtUs`. When there is no room the oldest goes; its row is
    /// answered.
    std::optional<base::LogId> add(const store::CounterConfirm& confirm, qint64 committedAtUs);

    /// What became of a send().
    struct Sent {
        int sent = 0;
        /// Rows whose confirms will never be taken (a key holds garbage) and are kept no longer, with the reason.
        std::vector<std::pair<base::LogId, base::Error>> dropped;
        std::optional<base::Error> error; ///< why it stopped before `most` or the end
    };
    /// Sends at most `most`, oldest first, each with its age; a repeat counts once.
    Sent send(store::Counters& counters, qint64 nowUs, int most);

    bool isEmpty() const { return m_queue.empty(); }
    size_t size() const { return m_queue.size(); }
    /// The rows, oldest first.
    std::vector<base::LogId> logIds() const;

private:
    struct Waiting {
        store::CounterConfirm confirm;
        qint64 committedAtUs = 0;
    };
    size_t m_most;
    std::deque<Waiting> m_queue;
};

/// Whether sending a confirm again later may work: the server was away or did not answer. Else its key, its user's
/// rights or the command itself are wrong.
bool isWorthSendingAgain(const base::Error& error);

} // namespace affinity::service
