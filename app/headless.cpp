#include "app/headless.h"

#include "app/output.h"
#include "app/schemaoptions.h"
#include "app/serveraddress.h"
#include "engine/store/opencounters.h"

#include <csignal>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

std::atomic<bool> isInterrupted = false;
constexpr int mostPendingAtExit = 10'000;

/// Events on a store that a Django service may write to need its counters, or the word that it does not run.
std::optional<Error> missingCounters(const CommandLine& line, const store::StoreInfo& info) {
    const bool isShared = info.kind != QLatin1String("memory") && !info.isEmbedded;
    if (!isShared || line.has(QStringLiteral("redis")) || line.has(QStringLiteral("no-other-writer")))
        return std::nullopt;
    return Error{ErrorKind::InvalidInput,
                 QStringLiteral("A Django service may write to this store, and it counts in Redis: name that with "
                                "--redis. If no other writer runs, say so with --no-other-writer.")};
}

} // namespace

Result<std::unique_ptr<Headless>> Headless::open(const CommandLine& line, store::Access access, bool writesEvents,
                                                 Time time) {
    if (!line.has(QStringLiteral("store")))
        return Error{ErrorKind::InvalidInput, QStringLiteral("%1 needs --store URL.").arg(line.command)};
    if (line.has(QStringLiteral("read-only")) && access == store::Access::Write)
        return Error{ErrorKind::ReadOnly, QStringLiteral("%1 writes, and --read-only forbids it.").arg(line.command)};

    auto connection = connectionOf(line);
    if (!connection)
        return connection.error();
    std::unique_ptr<Headless> headless(new Headless);
    headless->m_connection = *std::move(connection);
    const base::Clock& clock =
        time == Time::Virtual ? static_cast<const base::Clock&>(headless->m_virtualClock) : headless->m_systemClock;
    auto store = store::open(headless->m_connection.url,
                             {.access = access,
                              .password = headless->m_connection.password.reveal(),
                              .isClockGiven = time == Time::Virtual,
                              .mapping = headless->m_connection.schemaMapping},
                             clock);
    if (!store)
        return store.error();
    headless->m_store = *std::move(store);
    warnOfMissingFeatures(headless->m_store->info());
    const bool isApplying = writesEvents && access == store::Access::Write;
    if (isApplying) {
        if (const auto missing = missingCounters(line, headless->m_store->info()))
            return *missing;
    }
    if (const auto opened = headless->openCounters(clock); !opened)
        return opened.error();
    service::ServiceOptions options;
    const bool isOnlyWriter = headless->m_connection.isOnlyWriter;
    options.withoutCounters = isOnlyWriter ? service::WithoutCounters::GoOn : service::WithoutCounters::Refuse;
    if (access == store::Access::Write && time == Time::Real) {
        if (const auto opened = headless->openSender(options); !opened)
            return opened.error();
    }
    if (time == Time::Virtual)
        options.pace.nowUs = [&clock] { return clock.nowUs(); };
    headless->m_service = std::make_unique<service::AffinityService>(*headless->m_store, *headless->m_counters,
                                                                     headless->m_draw, options);
    if (isApplying && headless->hasRedis()) {
        // One event says by its own result that it was refused; many are not begun.
        const bool isRefusedWithout = !isOnlyWriter && line.command != QLatin1String("apply");
        if (const auto checked = headless->checkRedis(isRefusedWithout); !checked)
            return checked.error();
    }
    return headless;
}

Headless::~Headless() {
    if (m_relay) {
        const auto left = m_relay->finish();
        if (!left)
            printError(QStringLiteral("Warning: the outbox could not be looked at: %1").arg(left.error().what));
        else if ((left->confirms > 0 && hasRedis()) || (left->pushes > 0 && !m_connection.pushUrl.isEmpty()))
            printError(QStringLiteral("Warning: not everything could be sent and waits in the outbox (confirms: %1, "
                                      "pushes: %2). The next console or \"serve\" sends it.")
                           .arg(left->confirms)
                           .arg(left->pushes));
    }
    if (!m_service || m_service->sendPendingConfirms(mostPendingAtExit))
        return;
    QStringList ids;
    for (const base::LogId id : m_service->pendingConfirms().logIds())
        ids.push_back(QString::number(id.value));
    printError(QStringLiteral("Warning: these log rows are committed, but Redis was never told of them: %1. Run "
                              "reconcile --repair-counters --commit when it answers.")
                   .arg(ids.join(QStringLiteral(", "))));
}

Result<void> Headless::openCounters(const base::Clock& clock) {
    if (m_connection.counterUrl.isEmpty()) {
        m_counters = std::make_unique<store::MemoryCounters>(clock);
        return {};
    }
    if (&clock == &m_virtualClock)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("With --virtual-clock the counters are in memory: leave --redis away.")};
    auto counters = store::openCounters(
        {m_connection.counterUrl, m_connection.counterPassword.reveal(), m_connection.counterNames});
    if (!counters)
        return counters.error();
    m_redis = counters->get();
    m_counters = *std::move(counters);
    return {};
}

/// Makes who sends what a change leaves to be sent, and tells the service of it.
Result<void> Headless::openSender(service::ServiceOptions& options) {
    if (m_store->info().hasOutbox) {
        auto setup = relaySetupOf(m_connection, m_systemClock);
        if (!setup)
            return setup.error();
        if (m_store->info().mayRelay) // one without the right leaves the sending to others
            m_relay = std::make_unique<RelayLane>(*std::move(setup));
        options.outbox = outboxUseOf(m_connection, m_store->info());
        options.outbox.written = [this](base::LogId logId, bool isCounted) {
            if (m_relay)
                m_relay->written(logId, isCounted);
        };
        return {};
    }
    const auto pushes = pushTargetOf(m_connection);
    if (!pushes)
        return pushes.error();
    if (*pushes) {
        m_pushes = std::make_unique<service::PushQueue>(**pushes);
        options.pushes = m_pushes->sink();
    }
    return {};
}

/// Says what may be wrong with the counters' server. One that cannot be asked is an error where nothing can be applied
/// without it.
Result<void> Headless::checkRedis(bool isRefusedWithout) {
    const auto server = m_redis->checkServer([this] { return m_store->nowUs(); });
    if (!server) {
        if (isRefusedWithout)
            return server.error();
        printError(QStringLiteral("Warning: %1").arg(server.error().what));
        return {};
    }
    for (const store::ServerFinding& finding : server->findings)
        printError(QStringLiteral("Warning: %1").arg(finding.what));
    if (server->needsRebuild)
        printError(
            QStringLiteral("Warning: Redis lost its counters, or was never used by this program. The limits hold "
                           "through SQL; reconcile --repair-counters --commit raises them to the log."));
    return {};
}

const std::atomic<bool>& interruptRequested() {
    return isInterrupted;
}

void watchInterrupt() {
    std::signal(SIGINT, [](int) { isInterrupted = true; });
}

ExitCode runCommand(const CommandLine& line) {
    using Run = ExitCode (*)(const CommandLine&);
    static const QMap<QString, Run> runs{
        {QStringLiteral("replay"), runReplay},      {QStringLiteral("apply"), runApply},
        {QStringLiteral("adjust"), runAdjust},      {QStringLiteral("simulate"), runSimulate},
        {QStringLiteral("decay"), runDecayCommand}, {QStringLiteral("reconcile"), runReconcile},
        {QStringLiteral("prepare"), runPrepare},    {QStringLiteral("compare"), runCompare},
        {QStringLiteral("export"), runExport},      {QStringLiteral("rewards"), runRewards},
        {QStringLiteral("serve"), runServe},
    };
    return runs.value(line.command)(line);
}

} // namespace affinity::app
