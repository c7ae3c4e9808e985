#include "engine/engine.h"

#include "engine/base/clock.h"
#include "engine/base/lane.h"
#include "engine/relaylane.h"
#include "engine/storelane.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLoggingCategory>
#include <QSaveFile>
#include <QTimer>

namespace affinity {

using base::Error;
using base::ErrorKind;
using base::Lane;
using base::Result;
using service::AdjustmentForm;
using service::ApplyResult;

namespace {

Q_LOGGING_CATEGORY(engineLog, "affinity.engine", QtInfoMsg)
Q_LOGGING_CATEGORY(storeLog, "affinity.store", QtInfoMsg)

constexpr qint64 slowMs = 1000; // a question that takes longer is logged
constexpr qint64 largestScenarioBytes = 16 << 20;
constexpr int watchMs = 5000; // between two looks at the counters' server, and at the outbox
constexpr int pendingConfirmsAtOnce = 1000;

Result<QByteArray> readScenarioFile(const QString& fileName) {
    QFile file(fileName);
    if (!file.exists())
        return Error{ErrorKind::NotFound, QStringLiteral("There is no file \"%1\".").arg(fileName)};
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("\"%1\" cannot be read: %2").arg(fileName, file.errorString())};
    }
    if (file.size() > largestScenarioBytes)
        return Error{ErrorKind::InvalidInput, QStringLiteral("\"%1\" is larger than 16 MiB.").arg(fileName)};
    return file.read(largestScenarioBytes);
}

Result<QString> writeScenarioFile(const QString& fileName, const sim::Scenario& scenario) {
    const QByteArray text = QByteArray::fromStdString(sim::toJson(scenario).dump(1)) + '\n';
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("\"%1\" cannot be written: %2").arg(fileName, file.errorString())};
    }
    return fileName;
}

sim::RunOptions optionsOf(const JobHandle& job) {
    sim::RunOptions options;
    options.isCancelled = &job->isCancelled;
    options.progress = [job](double share) { job->share = share; };
    return options;
}

} // namespace

struct Engine::Private {
    Private(Engine& owner, Connection asked)
        : engine(owner),
          connection(std::move(asked)),
          counters(clock),
          setup{connection, clock,
                counters,   [this](service::CounterHealth, const std::optional<Error>&) { lookAfterCounters(); },
                pushes,     relay} {}

    bool hasRedis() const { return !connection.counterUrl.isEmpty(); }

    /// Has the counters' lane look at their server, unless it is about to. Any thread.
    void lookAfterCounters() {
        if (!hasRedis() || isLookDue.exchange(true))
            return;
        const bool isPosted = keeper.lane->post([this] {
            isLookDue = false;
            if (keeper.store)
                show(keepCounters(keeper, connection.isReadOnly, isClosing,
                                  [this](const CounterStatus& status) { show(status); }));
        });
        if (!isPosted)
            isLookDue = false;
    }

    /// Tells whoever listens when something changed that people can see. The counters' lane.
    void show(const CounterStatus& status) {
        const bool isSame = status.state == shown.state && status.error == shown.error &&
                            (status.server ? status.server->findings : std::vector<store::ServerFinding>()) ==
                                (shown.server ? shown.server->findings : std::vector<store::ServerFinding>());
        if (isSame)
            return;
        shown = status;
        QMetaObject::invokeMethod(&engine, [&owner = engine, status] { Q_EMIT owner.countersChanged(status); });
    }

    /// Makes who sends what a commit leaves to be sent: from the store's outbox, or past a store that has none.
    Result<void> makeSender(const store::StoreInfo& info) {
        if (connection.isReadOnly)
            return {};
        if (info.hasOutbox) // one without the right leaves the sending to others
            return info.mayRelay ? makeRelay() : Result<void>();
        const auto target = pushTargetOf(connection);
        if (!target)
            return target.error();
        if (*target)
            pushes = std::make_unique<service::PushQueue>(**target);
        return {};
    }

    Result<void> makeRelay() {
        auto relaySetup = relaySetupOf(connection, clock);
        if (!relaySetup)
            return relaySetup.error();
        relaySetup->changed = [this](const store::OutboxFigures& figures, const std::optional<Error>& error) {
            QMetaObject::invokeMethod(&engine, [this, status = OutboxStatus{figures, error}] {
                outboxStatus = status;
                Q_EMIT engine.outboxChanged(status);
            });
        };
        relay = std::make_unique<RelayLane>(*std::move(relaySetup));
        relay->wake();
        isRelayMade = true;
        return {};
    }

    /// Opens the lane that looks after the counters, and looks once. The writer's lane waits.
    Result<CounterStatus> openKeeper() {
        if (!hasRedis())
            return CounterStatus{};
        QFuture<Result<CounterStatus>> opened = keeper.lane->run<CounterStatus>([this]() -> Result<CounterStatus> {
            const auto info = keeper.open(setup, store::Access::Write);
            if (!info)
                return info.error();
            return checkCounters(keeper); // told again by the first look of the timer, when somebody listens
        });
        opened.waitForFinished();
        return opened.resultCount() ? opened.result()
                                    : Result<CounterStatus>(Error{ErrorKind::Cancelled, QStringLiteral("Closed.")});
    }

    /// The timer's turn, on the engine's thread.
    void watchServers() {
        if (isRelayMade)
            relay->wake();
        if (!hasRedis())
            return;
        lookAfterCounters();
        if (!isFlushDue.exchange(true)) {
            const bool isPosted = writer.lane->post([this] {
                isFlushDue = false;
                if (writer.service)
                    writer.service->sendPendingConfirms(pendingConfirmsAtOnce);
            });
            if (!isPosted)
                isFlushDue = false;
        }
    }

    /// Runs `job` on a lane that was opened; others are told so. `name` is the question's, for the log.
    template<typename T> Answer<T> on(StoreLane& lane, const char* name, std::function<Result<T>(StoreLane&)> job) {
        return lane.lane->run<T>([&lane, name, job = std::move(job)]() -> Result<T> {
            if (!lane.store)
                return Error{ErrorKind::CannotConnect, QStringLiteral("The store is not open.")};
            QElapsedTimer timer;
            timer.start();
            Result<T> answer = job(lane);
            if (timer.elapsed() > slowMs)
                qCInfo(engineLog) << name << "took" << timer.elapsed() << "ms";
            if (!answer && answer.error().kind != ErrorKind::Cancelled)
                qCInfo(engineLog).noquote() << name << "failed:" << answer.error().what;
            return answer;
        });
    }

    /// The reading lane whose turn it is, so that one slow search does not hold up the next click.
    StoreLane& reader() { return (++reads % 2 == 0) ? evenReader : oddReader; }

    Engine& engine;
    Connection connection;
    base::SystemClock clock;
    SharedCounters counters;
    LaneSetup setup;
    QTimer watch;
    std::atomic<bool> isClosing = false;
    std::atomic<bool> isLookDue = false;
    std::atomic<bool> isFlushDue = false;
    std::atomic<bool> isRelayMade = false;    ///< on the writer's lane, while the timer runs already
    CounterStatus shown;                      ///< the counters' lane's
    std::optional<OutboxStatus> outboxStatus; ///< the engine's thread's
    unsigned reads = 0;
    std::unique_ptr<service::PushQueue> pushes;   ///< outlives the lanes, which add to it; may be null
    std::unique_ptr<RelayLane> relay;             ///< the same
    StoreLane keeper{QStringLiteral("counters")}; ///< outlives the others, which call for it
    StoreLane evenReader{QStringLiteral("read 1")};
    StoreLane oddReader{QStringLiteral("read 2")};
    StoreLane writer{QStringLiteral("write")};
    StoreLane batch{QStringLiteral("batch")};
    Lane simulation{QStringLiteral("simulation"), 4};
};

Engine::Engine(Connection connection, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(*this, std::move(connection))) {
    connect(&d->watch, &QTimer::timeout, this, [this] { d->watchServers(); });
}

Engine::~Engine() {
    d->isClosing = true;
    const bool hasEnds = d->hasRedis() || !d->connection.pushUrl.isEmpty();
    if (d->isRelayMade && hasEnds)
        (void)d->relay->finish(); // what does not leave in time stays in the outbox
}

const Connection& Engine::connection() const {
    return d->connection;
}

const std::optional<OutboxStatus>& Engine::outboxStatus() const {
    return d->outboxStatus;
}

Answer<Opened> Engine::open() {
    // The writer goes first: it makes the file ready for readers (journal mode). Readers open before they answer
    // anything, since lanes keep their order.
    d->watch.start(watchMs);
    return d->writer.lane->run<Opened>([this]() -> Result<Opened> {
        const auto info = d->writer.open(d->setup, store::Access::Write);
        if (!info) {
            qCInfo(storeLog).noquote() << "The store was not opened:" << info.error().what;
            return info.error();
        }
        qCInfo(storeLog).noquote() << "Opened a store of kind" << info->kind
                                   << (info->isReadOnly ? "read-only" : "to read and write");
        d->connection.isReadOnly = info->isReadOnly; // a database user may have less rights than were asked for
        if (const auto made = d->makeSender(*info); !made)
            return made.error();
        for (StoreLane* lane : {&d->evenReader, &d->oddReader, &d->batch}) {
            const auto access = lane == &d->batch ? store::Access::Write : store::Access::Read;
            QFuture<Result<store::StoreInfo>> opened =
                lane->lane->run<store::StoreInfo>([this, lane, access] { return lane->open(d->setup, access); });
            opened.waitForFinished(); // on the writer's lane, never the GUI thread
            if (opened.resultCount() == 0 || !opened.result())
                return opened.resultCount() ? opened.result().error()
                                            : Error{ErrorKind::Cancelled, QStringLiteral("Closed.")};
        }
        const auto counters = d->openKeeper();
        if (!counters)
            return counters.error();
        auto ruleSet = d->writer.store->ruleSet();
        if (!ruleSet)
            return ruleSet.error();
        const auto nowUs = d->writer.store->nowUs();
        if (!nowUs)
            return nowUs.error();
        if (counters->state == CounterState::Lost)
            d->lookAfterCounters();
        return Opened{*info, *std::move(ruleSet), *nowUs, *counters};
    });
}

Answer<rules::RuleSet> Engine::ruleSet() {
    return d->on<rules::RuleSet>(d->reader(), "ruleSet", [](StoreLane& lane) { return lane.store->ruleSet(); });
}

Answer<store::DevicePage> Engine::devices(const store::DeviceQuery& query) {
    return d->on<store::DevicePage>(d->reader(), "devices",
                                    [query](StoreLane& lane) { return lane.store->devices(query); });
}

Answer<service::DeviceDetail> Engine::device(base::DeviceId id) {
    return d->on<service::DeviceDetail>(d->reader(), "device", [id](StoreLane& lane) {
        return service::deviceDetail(*lane.store, *lane.counters, id);
    });
}

Answer<std::vector<service::ValuePoint>> Engine::valueHistory(base::DeviceId id, int days) {
    return d->on<std::vector<service::ValuePoint>>(d->reader(), "valueHistory", [id, days](StoreLane& lane) {
        return service::valueHistory(*lane.store, id, days);
    });
}

Answer<std::vector<service::DeviceCourse>> Engine::courses(const std::vector<base::DeviceId>& ids, int days) {
    return d->on<std::vector<service::DeviceCourse>>(
        d->reader(), "courses", [ids, days](StoreLane& lane) { return service::courses(*lane.store, ids, days); });
}

Answer<std::vector<rules::User>> Engine::usersNamed(const QString& text) {
    return d->on<std::vector<rules::User>>(d->reader(), "usersNamed",
                                           [text](StoreLane& lane) { return lane.store->usersNamed(text); });
}

Answer<store::LogPage> Engine::timeline(const store::LogQuery& query) {
    return d->on<store::LogPage>(d->reader(), "timeline", [query](StoreLane& lane) { return lane.store->log(query); });
}

Answer<service::Explanation> Engine::explainRow(base::LogId id) {
    return d->on<service::Explanation>(d->reader(), "explainRow",
                                       [id](StoreLane& lane) { return service::explainRow(*lane.store, id); });
}

Answer<service::Explanation> Engine::explainMoment(base::DeviceId id, const QString& ruleKey, const QString& eventId,
                                                   qint64 atUs) {
    return d->on<service::Explanation>(d->reader(), "explainMoment", [id, ruleKey, eventId, atUs](StoreLane& lane) {
        return service::explainMoment(*lane.store, id, ruleKey, eventId, atUs);
    });
}

Answer<service::ReconcileReport> Engine::reconcile(base::DeviceId id) {
    return d->on<service::ReconcileReport>(d->reader(), "reconcile", [id](StoreLane& lane) {
        return service::reconcile(*lane.store, {.device = id, .counters = lane.redis.get()});
    });
}

Answer<service::Overview> Engine::overview(const service::OverviewQuery& query) {
    return d->on<service::Overview>(d->reader(), "overview",
                                    [query](StoreLane& lane) { return service::overview(*lane.store, query); });
}

Answer<service::LevelReport> Engine::levelReport() {
    return d->on<service::LevelReport>(d->reader(), "levelReport",
                                       [](StoreLane& lane) { return service::levelReport(*lane.store); });
}

Answer<access::Session> Engine::signIn(const QString& username, const access::Secret& password) {
    // A password hash takes long: the batch lane keeps it off the lanes that answer clicks.
    return d->on<access::Session>(d->batch, "signIn", [username, password](StoreLane& lane) {
        return access::signIn(*lane.store, username, password);
    });
}

Answer<service::AdjustmentPreview> Engine::previewAdjustment(const access::Session& session,
                                                             const AdjustmentForm& form) {
    return d->on<service::AdjustmentPreview>(d->reader(), "previewAdjustment",
                                             [session, form](StoreLane& lane) -> Result<service::AdjustmentPreview> {
                                                 return service::Adjustments(*lane.service).preview(session, form);
                                             });
}

Answer<ApplyResult> Engine::commitAdjustment(const access::Session& session, const AdjustmentForm& form,
                                             const QByteArray& stateHash) {
    return d->on<ApplyResult>(
        d->writer, "commitAdjustment", [this, session, form, stateHash](StoreLane& lane) -> Result<ApplyResult> {
            ApplyResult result = service::Adjustments(*lane.service).commit(session, form, stateHash);
            if (result.outcome == rules::Outcome::Applied)
                QMetaObject::invokeMethod(this, [this, result, id = form.deviceId] { Q_EMIT applied(result, id); });
            return result;
        });
}

Answer<service::AdjustmentPreview> Engine::previewReversal(const access::Session& session, base::LogId logId,
                                                           const AdjustmentForm& form) {
    return d->on<service::AdjustmentPreview>(
        d->reader(), "previewReversal", [session, logId, form](StoreLane& lane) -> Result<service::AdjustmentPreview> {
            return service::Adjustments(*lane.service).previewReversal(session, logId, form);
        });
}

Answer<ApplyResult> Engine::commitReversal(const access::Session& session, base::LogId logId,
                                           const AdjustmentForm& form, const QByteArray& stateHash) {
    return d->on<ApplyResult>(
        d->writer, "commitReversal", [this, session, logId, form, stateHash](StoreLane& lane) -> Result<ApplyResult> {
            ApplyResult result = service::Adjustments(*lane.service).reverse(session, logId, form, stateHash);
            if (result.outcome == rules::Outcome::Applied)
                QMetaObject::invokeMethod(this, [this, result, id = form.deviceId] { Q_EMIT applied(result, id); });
            return result;
        });
}

Answer<std::vector<store::RewardDelivery>> Engine::deliveries(const store::DeliveryQuery& query) {
    return d->on<std::vector<store::RewardDelivery>>(
        d->reader(), "deliveries", [query](StoreLane& lane) { return service::deliveries(*lane.store, query); });
}

Answer<bool> Engine::sendDeliveryAgain(const access::Session& session, qint64 deliveryId) {
    return d->on<bool>(d->writer, "sendDeliveryAgain", [this, session, deliveryId](StoreLane& lane) {
        const auto isWaiting = service::sendDeliveryAgain(*lane.store, session, deliveryId);
        if (isWaiting && d->relay)
            d->relay->wake();
        return isWaiting;
    });
}

Answer<sim::SimulationResult> Engine::simulate(const sim::Scenario& scenario, const JobHandle& job) {
    return d->simulation.run<sim::SimulationResult>([scenario, job] { return sim::run(scenario, optionsOf(job)); });
}

Answer<sim::Comparison> Engine::compare(const sim::Scenario& a, const sim::Scenario& b, const JobHandle& job) {
    return d->simulation.run<sim::Comparison>([a, b, job] { return sim::compare(a, b, optionsOf(job)); });
}

Answer<sim::Storyline> Engine::storyline(const sim::Scenario& scenario, qint64 device) {
    // On a reading lane: a storyline takes milliseconds and must not queue behind a long run.
    return d->on<sim::Storyline>(d->reader(), "storyline",
                                 [scenario, device](StoreLane&) { return sim::storyline(scenario, device); });
}

Answer<qint64> Engine::exportTable(const service::ExportRequest& request, const JobHandle& job) {
    return d->on<qint64>(d->batch, "exportTable", [request, job](StoreLane& lane) {
        const auto progress = [job](qint64, double share) { job->share = share; };
        return service::exportTable(*lane.store, request, progress, &job->isCancelled);
    });
}

Answer<sim::Scenario> Engine::loadScenario(const QString& fileName) {
    return d->on<sim::Scenario>(d->batch, "loadScenario", [fileName](StoreLane&) -> Result<sim::Scenario> {
        const auto text = readScenarioFile(fileName);
        if (!text)
            return text.error();
        return sim::scenarioFromText(*text, fileName);
    });
}

Answer<QString> Engine::saveScenario(const QString& fileName, const sim::Scenario& scenario) {
    return d->on<QString>(d->batch, "saveScenario",
                          [fileName, scenario](StoreLane&) { return writeScenarioFile(fileName, scenario); });
}

} // namespace affinity
