// The engine as the window and the command line see it: one facade of values, futures and signals. No SQL, no sockets.
#pragma once

#include "engine/access/signin.h"
#include "engine/base/log.h"
#include "engine/base/result.h"
#include "engine/service/adjustments.h"
#include "engine/service/course.h"
#include "engine/service/decay.h"
#include "engine/service/devicedetail.h"
#include "engine/service/explain.h"
#include "engine/service/export.h"
#include "engine/service/levelreport.h"
#include "engine/service/overview.h"
#include "engine/service/reconcile.h"
#include "engine/service/rewarddeliveries.h"
#include "engine/sim/comparison.h"
#include "engine/sim/firstpassage.h"
#include "engine/sim/rewardcost.h"
#include "engine/sim/run.h"
#include "engine/sim/scenariocheck.h"
#include "engine/sim/scenariojson.h"
#include "engine/sim/storyline.h"
#include "engine/store/counterkeys.h"
#include "engine/store/counterserver.h"
#include "engine/store/outbox.h"
#include "engine/store/queries.h"
#include "engine/store/schemamapping.h"
#include "engine/store/store.h"

#include <QFuture>
#include <QObject>

#include <atomic>
#include <memory>

namespace affinity {

template<typename T> using Answer = QFuture<base::Result<T>>;

/// Where people are: it decides the colour of the frame and how much a write has to be confirmed.
enum class Environment { Demo, Dev, Staging, Production };

/// What to open.
struct Connection {
    QString url; ///< "sqlite:FILE", "postgresql://USER@HOST:PORT/DATABASE", "mysql://…"
    Environment environment = Environment::Dev;
    bool isReadOnly = false;
    access::Secret password = {};          ///< of the database's user, where the URL has none
    QString counterUrl = {};               ///< "redis://HOST:PORT/DATABASE"; empty: counters of this process alone
    access::Secret counterPassword = {};   ///< empty: the URL's, if it has one
    store::CounterNames counterNames = {}; ///< Django's KEY_PREFIX and VERSION
    bool isOnlyWriter = false;             ///< nobody else writes: without counters SQL alone holds the limits
    QString pushUrl = {};                  ///< Redis of Django's channel layer; empty: nobody is told of changes
    access::Secret pushPassword = {};      ///< empty: the URL's, if it has one
    /// Who hands out levels' rewards: "https://…", or "ledger": their rows in the store are the rewards. Empty: the
    /// ledger on an embedded store; on others they wait for somebody who is named. Needs a prepared store.
    QString rewardUrl = {};
    access::Secret rewardKey = {}; ///< signs what is sent to rewardUrl
    /// What the database calls production's tables and columns.
    store::SchemaMapping schemaMapping = {};
};

/// Whether a delivery's row in that store is the reward: the connection says so, or nobody else could hand it out.
bool isLedger(const Connection& connection, const store::StoreInfo& info);

/// How the counters are.
enum class CounterState {
    InProcess,  ///< no Redis is named
    Whole,      ///< Redis answers, and has all it should have
    Rebuilding, ///< it lost its keys, and they are being raised to the log
    Lost,       ///< it lost its keys, and nobody has raised them yet; SQL holds the limits
    Unreachable ///< it does not answer; events are refused, or SQL alone holds the limits (Connection::isOnlyWriter)
};

/// What a banner says of the counters.
struct CounterStatus {
    CounterState state = CounterState::InProcess;
    std::optional<store::CounterServer> server; ///< as of the last look at it, with what may be wrong there
    std::optional<base::Error> error;           ///< of Unreachable; of Lost: why raising them failed, if it was tried

    friend bool operator==(const CounterStatus&, const CounterStatus&) = default;
};

/// How the outbox is.
struct OutboxStatus {
    store::OutboxFigures waiting;
    std::optional<base::Error> error; ///< why something that is due was not sent

    friend bool operator==(const OutboxStatus&, const OutboxStatus&) = default;
};

/// What was opened.
struct Opened {
    store::StoreInfo info;
    rules::RuleSet ruleSet;
    qint64 storeNowUs = 0;
    CounterStatus counters = {};

    friend bool operator==(const Opened&, const Opened&) = default;
};

/// Shared between the caller and a running job: setting `isCancelled` ends the job soon; `share` runs from 0 to 1.
struct JobControl {
    std::atomic<bool> isCancelled = false;
    std::atomic<double> share = 0.0;
};
using JobHandle = std::shared_ptr<JobControl>;

/// Hosts the engine on lanes of its own: two that read, one that writes, one for long work, one for simulation. Lives
/// on the thread that made it; every call returns at once, and its future is finished on a lane. Destruction waits for
/// running jobs (cancel them first).
///
/// With counters in Redis one more lane looks after them: every few seconds and whenever they are missed it checks the
/// server, and after a loss raises them to the log.
class Engine : public QObject {
    Q_OBJECT
public:
    explicit Engine(Connection connection, QObject* parent = nullptr);
    ~Engine() override;

    const Connection& connection() const;
    /// The last outboxChanged(), for whoever comes later than it; nothing: none yet. The engine's thread.
    const std::optional<OutboxStatus>& outboxStatus() const;

    /// Opens all lanes' connections; call it once, and the rest after it answered.
    Answer<Opened> open();

    // Reading, each on a reading lane.
    Answer<rules::RuleSet> ruleSet();
    Answer<store::DevicePage> devices(const store::DeviceQuery& query);
    Answer<service::DeviceDetail> device(base::DeviceId id);
    Answer<std::vector<service::ValuePoint>> valueHistory(base::DeviceId id, int days);
    /// The values' courses of a page of devices, asked at once.
    Answer<std::vector<service::DeviceCourse>> courses(const std::vector<base::DeviceId>& ids, int days);
    /// Users whose id or username is exactly `text`.
    Answer<std::vector<rules::User>> usersNamed(const QString& text);
    Answer<store::LogPage> timeline(const store::LogQuery& query);
    Answer<service::Explanation> explainRow(base::LogId id);
    Answer<service::Explanation> explainMoment(base::DeviceId id, const QString& ruleKey, const QString& eventId,
                                               qint64 atUs);
    Answer<service::ReconcileReport> reconcile(base::DeviceId id);
    Answer<service::Overview> overview(const service::OverviewQuery& query);
    Answer<service::LevelReport> levelReport();

    // Adjusting. Previews run on a reading lane and write nothing.
    Answer<access::Session> signIn(const QString& username, const access::Secret& password);
    Answer<service::AdjustmentPreview> previewAdjustment(const access::Session& session,
                                                         const service::AdjustmentForm& form);
    Answer<service::ApplyResult> commitAdjustment(const access::Session& session, const service::AdjustmentForm& form,
                                                  const QByteArray& stateHash);
    Answer<service::AdjustmentPreview> previewReversal(const access::Session& session, base::LogId logId,
                                                       const service::AdjustmentForm& form);
    Answer<service::ApplyResult> commitReversal(const access::Session& session, base::LogId logId,
                                                const service::AdjustmentForm& form, const QByteArray& stateHash);

    // Rewards on their way; only of a store with an outbox.
    Answer<std::vector<store::RewardDelivery>> deliveries(const store::DeliveryQuery& query);
    /// Has a dead delivery tried again; false: it was not dead any more. Only members of staff.
    Answer<bool> sendDeliveryAgain(const access::Session& session, qint64 deliveryId);

    // Long work, on lanes of its own.
    Answer<sim::SimulationResult> simulate(const sim::Scenario& scenario, const JobHandle& job);
    /// Runs both under common random numbers; `job` as for simulate.
    Answer<sim::Comparison> compare(const sim::Scenario& a, const sim::Scenario& b, const JobHandle& job);
    Answer<sim::Storyline> storyline(const sim::Scenario& scenario, qint64 device);
    /// Writes a table to a file, whole or not at all; answers its rows. `job` may cancel it and shows how far it is.
    Answer<qint64> exportTable(const service::ExportRequest& request, const JobHandle& job);
    /// Reads and checks a scenario file.
    Answer<sim::Scenario> loadScenario(const QString& fileName);
    /// Writes a scenario file, whole or not at all; answers its name.
    Answer<QString> saveScenario(const QString& fileName, const sim::Scenario& scenario);

Q_SIGNALS:
    /// A change of ours was committed (adjustment or reversal); on the engine's thread.
    void applied(const affinity::service::ApplyResult& result, affinity::base::DeviceId device);
    /// The counters' state changed, or what may be wrong with their server; on the engine's thread.
    void countersChanged(const affinity::CounterStatus& status);
    /// What waits in the store's outbox has changed; on the engine's thread.
    void outboxChanged(const affinity::OutboxStatus& status);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace affinity
