// Relay: sends what a store's outbox holds: confirms to the counters, pushes to the users' clients, rewards to their
// connector.
#pragma once

#include "engine/push/channelspublisher.h"
#include "engine/rewards/connector.h"
#include "engine/service/outboxentries.h"
#include "engine/service/pace.h"
#include "engine/store/counters.h"
#include "engine/store/store.h"

#include <atomic>

namespace affinity::service {

struct RelayOptions {
    QString holder;                       ///< names this relay among all processes; at most 64 characters
    qint64 leaseUs = 15'000'000;          ///< after that without a sign of life another relay takes over
    qint64 graceUs = 2'000'000;           ///< confirms younger than that are still their writer's to send
    qint64 claimForgottenUs = 60'000'000; ///< a claim this old belongs to a relay that died
    qint64 wayUs = 1'000'000;             ///< how long the lease is left to relays that send what this one does not
    int atOnce = 100;                     ///< of each kind in a pass
    Pace pace;
    const std::atomic<bool>* cancelled = nullptr; ///< ends a pass after the thing that is being sent
};

/// Where things are sent. Null: nobody here sends that kind, and it waits.
struct RelayEnds {
    store::Counters* counters = nullptr;
    push::ChannelsPublisher* publisher = nullptr;
    rewards::RewardConnector* connector = nullptr;
};

/// What one pass did.
struct RelayPass {
    bool isHolder = false;            ///< the lease is ours
    int confirms = 0;                 ///< taken by the counters
    int pushes = 0;                   ///< sent, or possibly sent
    int rewards = 0;                  ///< delivered
    int rewardsDead = 0;              ///< given up in this pass
    bool hasMore = false;             ///< something was sent, and more may wait
    std::optional<base::Error> error; ///< why it stopped early: the store's, the counters' or the publisher's
    store::OutboxFigures left;        ///< what waited when the pass began

    friend bool operator==(const RelayPass&, const RelayPass&) = default;
};

/// Lives on its store's thread, which must have an outbox. Many relays may run on one store: one works at a time, the
/// holder of the lease. Nothing is asked of the lease while nothing is due.
///
/// Confirms go at least once (they count once), pushes at most once and in the order of each device's commits, rewards
/// at least once under a key that says which are the same. A push of which it is known that nobody got it waits again;
/// one whose fate is unknown is never sent twice.
class Relay {
public:
    Relay(store::Store& store, RelayEnds ends, RelayOptions options);

    /// Sends what is due, `atOnce` of each kind at most. Blocks on I/O.
    RelayPass pass();
    /// For the last passes of a process that writes no more: no confirm is left to its writer.
    void endGrace() { m_options.graceUs = 0; }
    /// Takes out confirms that their writer has sent itself.
    base::Result<void> removeConfirms(const std::vector<base::LogId>& logIds);
    /// Whether others leave the sending to this relay.
    bool holdsLease() const { return m_options.pace.nowUs() < m_leaseEndUs; }
    /// Gives the lease back, so that another need not wait for its end.
    void release();

private:
    bool isOver() const { return m_options.cancelled && *m_options.cancelled; }
    bool givesWay(qint64 steadyUs, const store::OutboxFigures& left);
    base::Result<bool> holdLease(qint64 steadyUs, qint64 nowUs);
    bool keepsLease();
    base::Result<void> sendConfirms(const std::vector<store::OutboxRow>& rows, qint64 nowUs, RelayPass& pass);
    base::Result<void> sendPushes(qint64 nowUs, RelayPass& pass);
    base::Result<void> sendPush(const store::OutboxRow& row);
    base::Result<void> sendRewards(const std::vector<store::RewardDelivery>& due, qint64 nowUs, RelayPass& pass);

    store::Store& m_store;
    RelayEnds m_ends;
    RelayOptions m_options;
    qint64 m_leaseEndUs = 0;    ///< by the pace's clock
    qint64 m_leaseAfterUs = 0;  ///< others get their turn until then
    qint64 m_pushesAfterUs = 0; ///< the publisher's server is left alone until then
    qint64 m_rewardsAfterUs = 0;
    int m_pushFailures = 0; ///< in a row
    int m_rewardFailures = 0;
};

} // namespace affinity::service
