#include "engine/service/relay.h"

#include "engine/rewards/backoff.h"
#include "engine/service/pendingconfirms.h"

#include <QLoggingCategory>

#include <algorithm>

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;
using store::OutboxRow;
using store::RewardDelivery;

namespace {

Q_LOGGING_CATEGORY(relayLog, "affinity.outbox", QtInfoMsg)

constexpr qint64 shortestPauseUs = 500'000; // doubled after each failure in a row
constexpr qint64 longestPauseUs = 30'000'000;

/// How long an end that failed is left alone.
qint64 pauseAfter(int failuresInARow) {
    return std::min(shortestPauseUs << std::min(failuresInARow, 6), longestPauseUs);
}

/// Whether a row waits that could not be sent. A server that refuses us may take it from another process, whose user
/// has the right; what it will not have from anybody is passed over.
bool isToWait(const Error& error) {
    return isWorthSendingAgain(error) || error.kind == ErrorKind::Refused;
}

rewards::Delivery deliveryOf(const RewardDelivery& waiting) {
    return {waiting.deviceId, waiting.userId, waiting.level,       waiting.name,
            waiting.rewards,  waiting.logId,  waiting.createdAtUs, waiting.attempts + 1};
}

/// The delivery as the attempt leaves it.
RewardDelivery settled(RewardDelivery delivery, const rewards::DeliveryOutcome& outcome, qint64 nowUs, double draw) {
    const rewards::NextStep step = rewards::stepAfter(outcome, deliveryOf(delivery), nowUs, draw);
    delivery.connector = QStringLiteral("webhook");
    delivery.attempts += 1;
    delivery.lastError = outcome.error;
    delivery.nextAttemptUs.reset();
    switch (step.state) {
    case rewards::NextStep::State::Delivered:
        delivery.state = store::DeliveryState::Delivered;
        delivery.deliveredAtUs = nowUs;
        break;
    case rewards::NextStep::State::Waiting:
        delivery.nextAttemptUs = step.nextAttemptAtUs;
        break;
    case rewards::NextStep::State::Dead:
        delivery.state = store::DeliveryState::Dead;
        break;
    }
    return delivery;
}

} // namespace

Relay::Relay(store::Store& store, RelayEnds ends, RelayOptions options)
    : m_store(store), m_ends(ends), m_options(std::move(options)) {
    Q_ASSERT(m_store.outbox());
}

RelayPass Relay::pass() {
    RelayPass pass;
    store::Outbox& outbox = *m_store.outbox();
    const auto stop = [&pass](const Error& error) {
        pass.error = error;
        return pass;
    };
    const qint64 steadyUs = m_options.pace.nowUs(); // before the store's time: the lease only ends later than we think
    const auto nowUs = m_store.nowUs();
    if (!nowUs)
        return stop(nowUs.error());
    const auto figures = outbox.figures();
    if (!figures)
        return stop(figures.error());
    pass.left = *figures;

    std::vector<OutboxRow> confirms;
    if (m_ends.counters && figures->confirms > 0) {
        auto found = outbox.confirms(*nowUs - m_options.graceUs, m_options.atOnce);
        if (!found)
            return stop(found.error());
        confirms = *std::move(found);
    }
    const bool arePushesDue = m_ends.publisher && figures->pushes > 0 && steadyUs >= m_pushesAfterUs;
    std::vector<RewardDelivery> rewards;
    if (m_ends.connector && figures->rewardsWaiting > 0 && steadyUs >= m_rewardsAfterUs) {
        auto found = outbox.dueDeliveries(*nowUs, m_options.atOnce);
        if (!found)
            return stop(found.error());
        rewards = *std::move(found);
    }
    if (confirms.empty() && !arePushesDue && rewards.empty())
        return pass;

    if (givesWay(steadyUs, *figures))
        return pass;
    const auto isHeld = holdLease(steadyUs, *nowUs);
    if (!isHeld)
        return stop(isHeld.error());
    pass.isHolder = *isHeld;
    if (!pass.isHolder)
        return pass;
    // Pushes first: people see them. What one end cannot take does not hold up the others.
    const auto note = [&pass](const Result<void>& sent) {
        if (!sent && !pass.error)
            pass.error = sent.error();
    };
    if (arePushesDue)
        note(sendPushes(*nowUs, pass));
    note(sendConfirms(confirms, *nowUs, pass));
    note(sendRewards(rewards, *nowUs, pass));
    return pass;
}

/// Whether this relay leaves the lease alone for a while: something waits that nobody here sends, and another relay
/// that does would never get its turn beside one that is always busy.
bool Relay::givesWay(qint64 steadyUs, const store::OutboxFigures& left) {
    const bool isForOthers = (!m_ends.counters && left.confirms > 0) || (!m_ends.publisher && left.pushes > 0) ||
                             (!m_ends.connector && left.rewardsWaiting > 0);
    const bool isHalfOver = steadyUs < m_leaseEndUs && m_leaseEndUs - steadyUs <= m_options.leaseUs / 2;
    if (isForOthers && isHalfOver) {
        release();
        m_leaseAfterUs = steadyUs + m_options.wayUs;
    }
    return steadyUs < m_leaseAfterUs;
}

/// Takes the lease, or keeps it when less than half of it is left. `steadyUs` was read before `nowUs`.
Result<bool> Relay::holdLease(qint64 steadyUs, qint64 nowUs) {
    if (m_leaseEndUs - steadyUs > m_options.leaseUs / 2)
        return true;
    const auto isHeld = m_store.outbox()->lease(m_options.holder, nowUs, m_options.leaseUs);
    m_leaseEndUs = isHeld && *isHeld ? steadyUs + m_options.leaseUs : 0;
    return isHeld;
}

/// Whether the lease has been ours without a gap since the pass began, and is for a while: within it, what was claimed
/// may be sent.
bool Relay::keepsLease() {
    const qint64 steadyUs = m_options.pace.nowUs();
    if (m_leaseEndUs - steadyUs > m_options.leaseUs / 2)
        return true;
    const qint64 endUs = m_leaseEndUs;
    if (steadyUs >= endUs)
        return false;
    const auto nowUs = m_store.nowUs();
    const auto isHeld = nowUs ? holdLease(steadyUs, *nowUs) : Result<bool>(nowUs.error());
    if (!isHeld || !*isHeld)
        return false;
    if (m_options.pace.nowUs() < endUs)
        return true;
    release(); // another may have had it for a moment
    return false;
}

Result<void> Relay::sendConfirms(const std::vector<OutboxRow>& rows, qint64 nowUs, RelayPass& pass) {
    std::vector<base::LogId> done;
    std::optional<Error> failed;
    for (const OutboxRow& row : rows) {
        if (isOver())
            break;
        const auto confirm = confirmOf(row, nowUs);
        const Result<void> told = confirm ? m_ends.counters->confirm(*confirm) : Result<void>(confirm.error());
        if (!told && isToWait(told.error())) {
            failed = told.error();
            break;
        }
        if (!told)
            qCWarning(relayLog).noquote()
                << "The counters will not have log row" << row.logId.value << ":" << told.error().what;
        pass.confirms += told ? 1 : 0;
        done.push_back(row.logId);
    }
    pass.hasMore = pass.hasMore || (!failed && static_cast<int>(rows.size()) == m_options.atOnce);
    if (const auto removed = m_store.outbox()->removeConfirms(done); !removed)
        return removed;
    return failed ? Result<void>(*failed) : Result<void>();
}

Result<void> Relay::sendPushes(qint64 nowUs, RelayPass& pass) {
    store::Outbox& outbox = *m_store.outbox();
    const auto forgotten = outbox.forgetClaims(nowUs - m_options.claimForgottenUs);
    if (!forgotten)
        return forgotten.error();
    if (*forgotten > 0)
        qCWarning(relayLog) << *forgotten << "pushes were claimed by a relay that died; they may not have been sent.";
    const auto claimed = outbox.claimPushes(m_options.holder, nowUs, m_options.atOnce);
    if (!claimed)
        return claimed.error();
    std::vector<qint64> sent;
    std::vector<qint64> unsent;
    bool isHeld = true;
    Result<void> end;
    for (const OutboxRow& row : *claimed) {
        isHeld = isHeld && end && !isOver() && keepsLease();
        const bool isTried = isHeld;
        if (isTried)
            end = sendPush(row);
        (isTried && end ? sent : unsent).push_back(row.id);
    }
    pass.pushes += static_cast<int>(sent.size());
    pass.hasMore = pass.hasMore || (isHeld && end && static_cast<int>(claimed->size()) == m_options.atOnce);
    m_pushFailures = end ? 0 : m_pushFailures + 1;
    m_pushesAfterUs = end ? 0 : m_options.pace.nowUs() + pauseAfter(m_pushFailures);
    const Result<void> removed = outbox.removePushes(sent);
    const Result<bool> isKept = outbox.unclaimPushes(m_options.holder, unsent);
    if (isKept && !*isKept)
        qCWarning(relayLog) << unsent.size()
                            << "pushes are dropped: the relay was held up, and another may have sent later ones.";
    return !removed ? removed : !isKept ? Result<void>(isKept.error()) : end;
}

/// Sends one claimed push. An error: nobody got it, and it may be sent later.
Result<void> Relay::sendPush(const OutboxRow& row) {
    const auto events = pushEventsOf(row);
    const auto drop = [&row](const QString& why) {
        qCWarning(relayLog).noquote() << "A push to user" << row.userId.value << "is dropped:" << why;
        return Result<void>();
    };
    if (!events)
        return drop(events.error().what);
    const auto receipt = m_ends.publisher->publish(row.userId, *events);
    if (receipt)
        return {};
    const Error& error = receipt.error();
    if (error.kind != ErrorKind::CommitUnknown && isToWait(error))
        return error;
    return drop(error.what);
}

/// One failure ends the turn: a receiver that is away is not asked for each reward in a row, each with its time limit.
Result<void> Relay::sendRewards(const std::vector<RewardDelivery>& due, qint64 nowUs, RelayPass& pass) {
    for (const RewardDelivery& waiting : due) {
        if (isOver() || !holdsLease())
            return {};
        const auto outcome = m_ends.connector->deliver(deliveryOf(waiting), nowUs);
        if (outcome.kind == rewards::DeliveryOutcome::Kind::TryAgain && isOver())
            return {}; // broken off by us, no attempt of theirs
        const RewardDelivery after = settled(waiting, outcome, nowUs, m_options.pace.chance());
        const auto isKept = m_store.outbox()->settle(after);
        if (!isKept)
            return isKept.error(); // it is sent again, under the same key
        pass.rewards += after.state == store::DeliveryState::Delivered ? 1 : 0;
        if (after.state == store::DeliveryState::Dead) {
            ++pass.rewardsDead;
            qCWarning(relayLog).noquote() << "The reward of level" << waiting.level << "of device"
                                          << waiting.deviceId.value << "was not delivered:" << outcome.error;
        }
        const bool isAway = outcome.kind == rewards::DeliveryOutcome::Kind::TryAgain;
        m_rewardFailures = isAway ? m_rewardFailures + 1 : 0;
        m_rewardsAfterUs = isAway ? m_options.pace.nowUs() + pauseAfter(m_rewardFailures) : 0;
        if (isAway)
            return {};
    }
    pass.hasMore = pass.hasMore || static_cast<int>(due.size()) == m_options.atOnce;
    return {};
}

Result<void> Relay::removeConfirms(const std::vector<base::LogId>& logIds) {
    return m_store.outbox()->removeConfirms(logIds);
}

void Relay::release() {
    if (m_leaseEndUs == 0)
        return;
    m_leaseEndUs = 0;
    const auto nowUs = m_store.nowUs();
    const auto released = nowUs ? m_store.outbox()->release(m_options.holder, *nowUs) : Result<void>(nowUs.error());
    if (!released)
        qCInfo(relayLog).noquote() << "The lease was not given back; it ends by itself:" << released.error().what;
}

} // namespace affinity::service
