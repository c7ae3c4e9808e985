// Outbox: what is still to be sent for committed changes, kept in the store so that no crash loses it.
#pragma once

#include "engine/base/id.h"
#include "engine/base/json.h"
#include "engine/base/result.h"

#include <optional>
#include <vector>

namespace affinity::store {

enum class OutboxKind {
    Confirm, ///< a change that the counters have to be told of; sending it again counts once
    Push     ///< what a user's clients are to be told; never sent twice
};

/// One thing to send for one log row.
struct OutboxRow {
    qint64 id = 0; ///< given when it is written; of one device's rows, in the order of their commits
    OutboxKind kind = OutboxKind::Push;
    base::LogId logId;
    base::DeviceId deviceId;
    base::UserId userId;
    base::Json payload;     ///< its kind's
    qint64 createdAtUs = 0; ///< the log row's

    friend bool operator==(const OutboxRow&, const OutboxRow&) = default;
};

enum class DeliveryState {
    Waiting,
    Delivered,
    Dead ///< refused for good, or tried too often; somebody has to look, and may have it sent again
};

/// "waiting", "delivered", "dead": as stored.
QString name(DeliveryState state);

/// A level's reward on its way to whoever hands it out: one for each grant with rewards, kept for ever.
struct RewardDelivery {
    qint64 id = 0;
    base::DeviceId deviceId;
    int level = 0;
    base::LogId logId; ///< the change that reached the level
    base::UserId userId;
    QString name; ///< the level's
    base::Json rewards = base::Json::array();
    DeliveryState state = DeliveryState::Waiting;
    QString connector; ///< who delivered it or tried last: "ledger", "webhook"; empty: nobody yet
    int attempts = 0;
    qint64 createdAtUs = 0;
    std::optional<qint64> nextAttemptUs; ///< of one that waits
    std::optional<qint64> deliveredAtUs;
    QString lastError; ///< why the last attempt failed; empty: none did

    friend bool operator==(const RewardDelivery&, const RewardDelivery&) = default;
};

/// What one change leaves to be sent; written in its transaction. Log ids are the change's.
struct OutboxEntries {
    std::vector<OutboxRow> rows;
    std::vector<RewardDelivery> deliveries;

    bool isEmpty() const { return rows.empty() && deliveries.empty(); }
    friend bool operator==(const OutboxEntries&, const OutboxEntries&) = default;
};

/// How much waits.
struct OutboxFigures {
    qint64 confirms = 0;
    qint64 pushes = 0;
    qint64 rewardsWaiting = 0;
    qint64 rewardsDead = 0;
    std::optional<qint64> oldestUs; ///< when the oldest of what waits was committed

    friend bool operator==(const OutboxFigures&, const OutboxFigures&) = default;
};

/// Which deliveries to list, newest first.
struct DeliveryQuery {
    std::optional<DeliveryState> state;
    std::optional<base::DeviceId> deviceId;
    qint64 beforeId = 0; ///< the next page's: those with smaller ids; 0: from the newest on
    int limit = 100;     ///< 1 to 1,000

    friend bool operator==(const DeliveryQuery&, const DeliveryQuery&) = default;
};

/// The outbox of a store, on the store's thread. Each call is a transaction of its own, never inside another.
///
/// Many processes may write to it, one at a time sends from it: the holder of the lease. A claim checks the lease in
/// its own transaction, so that one who was held up past its end claims nothing any more.
class Outbox {
public:
    virtual ~Outbox() = default;

    /// Takes the lease, or keeps it, until `nowUs + lengthUs`; false: another holds it.
    virtual base::Result<bool> lease(const QString& holder, qint64 nowUs, qint64 lengthUs) = 0;
    /// Gives it back early. Nothing happens when another holds it.
    virtual base::Result<void> release(const QString& holder, qint64 nowUs) = 0;

    /// Confirms committed before a time, oldest first.
    virtual base::Result<std::vector<OutboxRow>> confirms(qint64 beforeUs, int most) = 0;
    /// The counters have these rows' confirms, or never will.
    virtual base::Result<void> removeConfirms(const std::vector<base::LogId>& logIds) = 0;

    /// Claims the oldest pushes, in order; none when `holder` has no lease any more. CommitUnknown: they may be
    /// claimed, and must not be sent.
    virtual base::Result<std::vector<OutboxRow>> claimPushes(const QString& holder, qint64 nowUs, int most) = 0;
    /// Claimed ones that were sent, or may have been.
    virtual base::Result<void> removePushes(const std::vector<qint64>& ids) = 0;
    /// Claimed ones of which nothing reached anybody wait again. False: another took the lease since `holder` did, and
    /// may have sent later ones of the same devices; they are gone instead.
    virtual base::Result<bool> unclaimPushes(const QString& holder, const std::vector<qint64>& ids) = 0;
    /// Forgets claims from before a time, whose holder died over them: they may have been sent. Answers how many.
    virtual base::Result<qint64> forgetClaims(qint64 beforeUs) = 0;

    /// Waiting deliveries whose next attempt is due, oldest first.
    virtual base::Result<std::vector<RewardDelivery>> dueDeliveries(qint64 nowUs, int most) = 0;
    /// Keeps what became of an attempt: state, connector, attempts, times and error. False: it does not wait any more.
    virtual base::Result<bool> settle(const RewardDelivery& delivery) = 0;
    virtual base::Result<std::vector<RewardDelivery>> deliveries(const DeliveryQuery& query) = 0;
    /// Has a dead delivery tried again, from its first attempt on. False: it is not dead.
    virtual base::Result<bool> sendAgain(qint64 id, qint64 nowUs) = 0;

    virtual base::Result<OutboxFigures> figures() = 0;
};

} // namespace affinity::store
