#include "engine/storelane.h"

#include "engine/service/counterrebuild.h"
#include "engine/store/open.h"
#include "engine/store/opencounters.h"

#include <QLoggingCategory>

namespace affinity {

using base::Result;

namespace {

Q_LOGGING_CATEGORY(laneLog, "affinity.counters", QtInfoMsg)

constexpr int mostPendingAtEnd = 10'000;

QString idsText(const std::vector<base::LogId>& ids) {
    QStringList texts;
    for (const base::LogId id : ids)
        texts.push_back(QString::number(id.value));
    return texts.join(QStringLiteral(", "));
}

} // namespace

Result<store::CounterFacts> SharedCounters::read(const store::CounterQuery& query) {
    const std::lock_guard lock(m_mutex);
    return m_counters.read(query);
}

Result<void> SharedCounters::confirm(const store::CounterConfirm& confirm) {
    const std::lock_guard lock(m_mutex);
    return m_counters.confirm(confirm);
}

Result<std::vector<store::CounterEntry>> SharedCounters::entries() {
    const std::lock_guard lock(m_mutex);
    return m_counters.entries();
}

Result<void> SharedCounters::raiseTo(const store::CounterRaise& raise) {
    const std::lock_guard lock(m_mutex);
    return m_counters.raiseTo(raise);
}

Result<std::vector<store::CounterState>> SharedCounters::deviceCounters(base::DeviceId id, const QStringList& ruleKeys,
                                                                        QDate date) {
    const std::lock_guard lock(m_mutex);
    return m_counters.deviceCounters(id, ruleKeys, date);
}

StoreLane::~StoreLane() {
    lane->end([this] {
        if (service && !service->sendPendingConfirms(mostPendingAtEnd))
            qCWarning(laneLog).noquote() << "These log rows are committed, but the counters were never told of them:"
                                         << idsText(service->pendingConfirms().logIds());
        service.reset();
        redis.reset();
        store.reset();
    });
}

Result<store::StoreInfo> StoreLane::open(const LaneSetup& setup, store::Access access) {
    const Connection& asked = setup.connection;
    const store::Access allowed = asked.isReadOnly ? store::Access::Read : access;
    auto opened =
        store::open(asked.url, {.access = allowed, .password = asked.password.reveal(), .mapping = asked.schemaMapping},
                    setup.clock);
    if (!opened)
        return opened.error();
    counters = &setup.sharedCounters;
    if (!asked.counterUrl.isEmpty()) {
        auto made = store::openCounters({asked.counterUrl, asked.counterPassword.reveal(), asked.counterNames});
        if (!made)
            return made.error();
        redis = *std::move(made);
        counters = redis.get();
    }
    store = *std::move(opened);
    service::ServiceOptions options;
    options.withoutCounters = asked.isOnlyWriter ? service::WithoutCounters::GoOn : service::WithoutCounters::Refuse;
    options.countersChanged = setup.countersChanged;
    options.pushes = [&pushes = setup.pushes](base::UserId userId, std::vector<push::LevelEvent> events) {
        if (pushes)
            pushes->add(userId, std::move(events));
    };
    options.outbox = outboxUseOf(asked, store->info());
    options.outbox.written = [&relay = setup.relay](base::LogId logId, bool isCounted) {
        if (relay)
            relay->written(logId, isCounted);
    };
    service = std::make_unique<service::AffinityService>(*store, *counters, draw, options);
    return store->info();
}

CounterStatus checkCounters(StoreLane& lane) {
    CounterStatus status;
    if (!lane.redis)
        return status;
    auto server = lane.redis->checkServer([&lane] { return lane.store->nowUs(); });
    if (!server) {
        status.state = CounterState::Unreachable;
        status.error = server.error();
        return status;
    }
    status.state = server->needsRebuild ? CounterState::Lost : CounterState::Whole;
    status.server = *std::move(server);
    return status;
}

CounterStatus keepCounters(StoreLane& lane, bool isReadOnly, const std::atomic<bool>& cancel,
                           const std::function<void(const CounterStatus&)>& isRebuilding) {
    CounterStatus status = checkCounters(lane);
    if (status.state != CounterState::Lost || isReadOnly)
        return status;
    status.state = CounterState::Rebuilding;
    isRebuilding(status);
    service::RebuildOptions options;
    options.cancel = &cancel;
    const auto report = service::rebuildCounters(*lane.store, *lane.redis, options);
    status.state = report && report->isWhole ? CounterState::Whole : CounterState::Lost;
    if (!report) {
        status.error = report.error();
        qCWarning(laneLog).noquote() << "The counters were not rebuilt:" << report.error().what;
        return status;
    }
    qCInfo(laneLog) << "Raised the counters of" << report->devices << "of" << report->devicesAll
                    << "devices to the log";
    for (const QString& fault : report->faults)
        qCWarning(laneLog).noquote() << fault;
    if (report->isWhole)
        status.server->needsRebuild = false;
    return status;
}

} // namespace affinity
