#include "engine/relaylane.h"

#include "engine/base/lane.h"
#include "engine/push/channelspublisher.h"
#include "engine/rewards/webhook.h"
#include "engine/service/relay.h"
#include "engine/store/open.h"
#include "engine/store/opencounters.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QLoggingCategory>
#include <QSysInfo>
#include <QUuid>

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace affinity {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Q_LOGGING_CATEGORY(outboxLog, "affinity.outbox", QtInfoMsg)

const QString ledgerName = QStringLiteral("ledger");
constexpr qint64 finishPauseUs = 20'000;
constexpr qint64 idleUs = 2'000'000;                // the lease is given back after that long with nothing to send
constexpr std::chrono::milliseconds pollPause{200}; // between two looks for what other processes wrote meanwhile

/// Tells relays apart: the machine and the process for people, a random part for two of one name.
QString holderName() {
    const QString name =
        QStringLiteral("%1/%2/").arg(QSysInfo::machineHostName()).arg(QCoreApplication::applicationPid());
    return name.left(51) + QUuid::createUuid().toString(QUuid::Id128).left(12);
}

} // namespace

bool isLedger(const Connection& connection, const store::StoreInfo& info) {
    return connection.rewardUrl == ledgerName || (connection.rewardUrl.isEmpty() && info.isEmbedded);
}

service::OutboxUse outboxUseOf(const Connection& connection, const store::StoreInfo& info) {
    service::OutboxUse use;
    if (!info.hasOutbox)
        return use;
    use.holdsConfirms = !connection.counterUrl.isEmpty();
    use.holdsPushes = !connection.pushUrl.isEmpty();
    use.rewards = isLedger(connection, info) ? service::RewardUse::Ledger : service::RewardUse::Wait;
    return use;
}

Result<std::optional<redis::Target>> pushTargetOf(const Connection& connection) {
    if (connection.pushUrl.isEmpty())
        return std::optional<redis::Target>();
    auto target = redis::targetFromUrl(connection.pushUrl);
    if (!target)
        return target.error();
    if (!connection.pushPassword.isEmpty())
        target->password = connection.pushPassword.reveal();
    return std::optional(*std::move(target));
}

namespace {

/// Nothing for the ledger and for nobody.
std::optional<rewards::WebhookTarget> webhookOf(const Connection& connection) {
    if (connection.rewardUrl.isEmpty() || connection.rewardUrl == ledgerName)
        return std::nullopt;
    rewards::WebhookTarget target;
    target.url = QUrl(connection.rewardUrl, QUrl::StrictMode);
    target.key = connection.rewardKey.reveal();
    return target;
}

} // namespace

Result<void> checkRewardUrl(const Connection& connection) {
    const auto target = webhookOf(connection);
    return target ? rewards::checkTarget(*target) : Result<void>();
}

Result<RelaySetup> relaySetupOf(const Connection& connection, const base::Clock& clock) {
    RelaySetup setup;
    auto pushes = pushTargetOf(connection);
    if (!pushes)
        return pushes.error();
    setup.pushes = *std::move(pushes);
    if (const Result<void> checked = checkRewardUrl(connection); !checked)
        return checked.error();
    setup.webhook = webhookOf(connection);
    setup.openStore = [&connection, &clock] {
        return store::open(connection.url,
                           {.password = connection.password.reveal(), .mapping = connection.schemaMapping}, clock);
    };
    if (!connection.counterUrl.isEmpty())
        setup.openCounters = [&connection] {
            return store::openCounters(
                {connection.counterUrl, connection.counterPassword.reveal(), connection.counterNames});
        };
    return setup;
}

struct RelayLane::Private {
    explicit Private(RelaySetup asked) : setup(std::move(asked)), lane(QStringLiteral("outbox")) {}

    /// Opens what is not open yet. On the lane, as all that follow.
    Result<void> open() {
        if (relay)
            return {};
        auto opened = setup.openStore();
        if (!opened)
            return opened.error();
        if (setup.openCounters) {
            auto made = setup.openCounters();
            if (!made)
                return made.error();
            counters = *std::move(made);
        }
        store = *std::move(opened);
        if (setup.pushes)
            publisher = std::make_unique<push::ChannelsPublisher>(
                *setup.pushes, push::ChannelsPublisherOptions{.cancelled = &isCancelled});
        if (setup.webhook)
            webhook = std::make_unique<rewards::Webhook>(*setup.webhook, &isCancelled);
        service::RelayOptions options;
        options.holder = holderName();
        options.cancelled = &isCancelled;
        relay = std::make_unique<service::Relay>(
            *store, service::RelayEnds{counters.get(), publisher.get(), webhook.get()}, options);
        return {};
    }

    void close() {
        if (relay)
            relay->release();
        relay.reset();
        webhook.reset();
        publisher.reset();
        counters.reset();
        store.reset();
    }

    std::vector<base::LogId> takeCounted() {
        const std::lock_guard lock(mutex);
        return std::exchange(counted, {});
    }

    service::RelayPass pass() {
        service::RelayPass pass;
        if (const Result<void> opened = open(); !opened) {
            pass.error = opened.error();
        } else {
            const std::vector<base::LogId> done = takeCounted();
            if (const Result<void> removed = relay->removeConfirms(done); !removed)
                qCInfo(outboxLog).noquote()
                    << "Some confirms are sent once more, and count once:" << removed.error().what;
            pass = relay->pass();
        }
        show(pass);
        return pass;
    }

    void show(const service::RelayPass& pass) {
        const QString fault = pass.error ? pass.error->what : QString();
        if (fault != lastFault && pass.error)
            qCWarning(outboxLog).noquote() << "The outbox waits:" << fault;
        if (setup.changed && (pass.left != lastFigures || fault != lastFault))
            setup.changed(pass.left, pass.error);
        lastFault = fault;
        lastFigures = pass.left;
    }

    void wake() {
        {
            const std::lock_guard lock(mutex);
            isWoken = true;
        }
        woken.notify_one();
        if (isRunning.exchange(true))
            return;
        if (!lane.post([this] { run(); }))
            isRunning = false;
    }

    /// Sends what is due, and stays for a while as the holder of the lease: others who write meanwhile count on it.
    void run() {
        qint64 idleSinceUs = service::steadyNowUs();
        bool isAgain = true;
        while (isAgain && !isCancelled && !isFinishing) {
            const service::RelayPass last = pass();
            const bool hasSent = last.confirms + last.pushes + last.rewards > 0;
            if (hasSent)
                idleSinceUs = service::steadyNowUs();
            if (relay && service::steadyNowUs() - idleSinceUs >= idleUs)
                relay->release(); // whoever wakes this thread again and again has nothing to send
            const bool stays = relay && relay->holdsLease();
            isAgain = last.hasMore || waitForCall(stays ? pollPause : std::chrono::milliseconds(0)) || stays;
        }
        isRunning = false;
        if (relay && !isFinishing)
            relay->release();
        if (wasWoken() && !isCancelled && !isFinishing)
            wake(); // called for while this was ending
    }

    /// Waits until somebody calls, at most that long; whether somebody did.
    bool waitForCall(std::chrono::milliseconds longest) {
        std::unique_lock lock(mutex);
        woken.wait_for(lock, longest, [this] { return isWoken || isCancelled || isFinishing; });
        return std::exchange(isWoken, false);
    }

    bool wasWoken() {
        const std::lock_guard lock(mutex);
        return isWoken;
    }

    /// Ends the waiting of run().
    void callOff(std::atomic<bool>& flag) {
        {
            const std::lock_guard lock(mutex);
            flag = true;
        }
        woken.notify_one();
    }

    RelaySetup setup;
    std::atomic<bool> isCancelled = false;
    std::atomic<bool> isFinishing = false;
    std::atomic<bool> isRunning = false;
    std::mutex mutex;
    std::condition_variable woken;
    bool isWoken = false;
    std::vector<base::LogId> counted; ///< rows whose confirms the counters have
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::RedisCounters> counters;
    std::unique_ptr<push::ChannelsPublisher> publisher;
    std::unique_ptr<rewards::Webhook> webhook;
    std::unique_ptr<service::Relay> relay;
    QString lastFault;
    std::optional<store::OutboxFigures> lastFigures;
    base::Lane lane;
};

RelayLane::RelayLane(RelaySetup setup) : d(std::make_unique<Private>(std::move(setup))) {
}

RelayLane::~RelayLane() {
    d->callOff(d->isCancelled);
    d->lane.end([this] { d->close(); });
}

void RelayLane::written(base::LogId logId, bool isCounted) {
    if (isCounted) {
        const std::lock_guard lock(d->mutex);
        d->counted.push_back(logId);
    }
    d->wake();
}

void RelayLane::wake() {
    d->wake();
}

Result<store::OutboxFigures> RelayLane::finish() {
    d->callOff(d->isFinishing);
    QFuture<Result<store::OutboxFigures>> done =
        d->lane.run<store::OutboxFigures>([this]() -> Result<store::OutboxFigures> {
            const QDeadlineTimer deadline(finishMs);
            if (const Result<void> opened = d->open(); !opened)
                return opened.error();
            d->relay->endGrace();
            service::RelayPass pass = d->pass();
            const auto canBeSent = [&] {
                // What the holder of the lease cannot claim, a relay has claimed that died.
                const bool areClaimed = pass.isHolder && pass.pushes == 0;
                return (d->counters && pass.left.confirms > 0) || (d->publisher && pass.left.pushes > 0 && !areClaimed);
            };
            // Another process may hold the lease: it sends our rows, and we wait until they are gone.
            while (canBeSent() && !pass.error && !deadline.hasExpired()) {
                if (pass.confirms + pass.pushes == 0)
                    service::sleepUs(finishPauseUs);
                pass = d->pass();
            }
            return d->store->outbox()->figures();
        });
    done.waitForFinished();
    return done.resultCount() ? done.result()
                              : Result<store::OutboxFigures>(Error{ErrorKind::Cancelled, QStringLiteral("Closed.")});
}

} // namespace affinity
