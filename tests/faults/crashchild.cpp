// The client process of the crash sweep: the engine on a real server and a real Redis, watched step by step.
#include "engine/store/rediscounters.h"
#include "engine/store/sqlstore.h"
#include "tests/faults/crashorder.h"
#include "tests/support/faultproxy.h"

#include <csignal>
#include <iostream>
#include <string>
#include <unistd.h>

namespace affinity::test {

using base::Result;
using store::Statement;

namespace {

/// The server ends a transaction that does nothing for so long: of a client that was stopped.
constexpr int stoppedIdleMs = 700;

/// Knows the step that something waits for; each is told once.
struct StepWatch {
    std::optional<CrashStep> step; ///< nothing: not armed
    std::function<void()> action;

    void reach(CrashStep reached) {
        if (step != reached)
            return;
        step.reset();
        action();
    }
};

std::optional<CrashStep> stepAfter(Statement statement) {
    switch (statement) {
    case Statement::LockName:
        return CrashStep::EventLocked;
    case Statement::LockBinding:
        return CrashStep::DeviceLocked;
    case Statement::SelectRecentChanges:
    case Statement::SelectAdjustedPoints:
        return CrashStep::Rechecked;
    case Statement::InsertLog:
        return CrashStep::ValueWritten;
    case Statement::InsertNote:
        return CrashStep::NoteWritten;
    case Statement::InsertGrant:
        return CrashStep::GrantWritten;
    default:
        return std::nullopt;
    }
}

/// A connection that tells which step its statements end.
class WatchedConnection final : public store::SqlConnection {
public:
    WatchedConnection(std::unique_ptr<store::SqlConnection> connection, StepWatch& watch, FaultProxy& proxy,
                      bool isAnswerLost)
        : SqlConnection(connection->name(), connection->access(), connection->shape().dialect),
          m_connection(std::move(connection)),
          m_watch(watch),
          m_proxy(proxy),
          m_isAnswerLost(isAnswerLost) {}

    Result<void> begin(store::Access access) override {
        const Result<void> done = m_connection->begin(access);
        if (done && access == store::Access::Write)
            m_watch.reach(CrashStep::Begun);
        return done;
    }
    Result<void> commit() override {
        if (m_watch.step == CrashStep::CommitSent) {
            // PostgreSQL: Parse, Bind, Describe, Execute, Sync. A server that dies has often answered before; that
            // answer is lost.
            m_proxy.arm({.kind = m_isAnswerLost ? WireFault::Kind::Fin : WireFault::Kind::Call,
                         .direction = Direction::ToServer,
                         .at = shape().dialect == store::Dialect::PostgreSql ? 5 : 1,
                         .action = [this] { m_watch.reach(CrashStep::CommitSent); }});
        }
        const Result<void> done = m_connection->commit();
        if (done)
            m_watch.reach(CrashStep::CommitAnswered);
        return done;
    }
    void rollBack() override { m_connection->rollBack(); }
    Result<void> runAll(std::span<store::SqlCall> calls) override {
        m_connection->setShape(shape());
        const Result<void> done = m_connection->runAll(calls);
        for (const store::SqlCall& call : calls) {
            if (const auto step = stepAfter(call.statement); step && done)
                m_watch.reach(*step);
        }
        return done;
    }
    Result<qint64> runText(const QString& sql, const QVariantList& values, const store::RowVisitor& visit) override {
        return m_connection->runText(sql, values, visit);
    }

private:
    std::unique_ptr<store::SqlConnection> m_connection;
    StepWatch& m_watch;
    FaultProxy& m_proxy;
    bool m_isAnswerLost;
};

class WatchedCounters final : public store::Counters {
public:
    WatchedCounters(const redis::Target& target, StepWatch& watch) : m_counters(target), m_watch(watch) {}

    Result<store::CounterFacts> read(const store::CounterQuery& query) override {
        auto facts = m_counters.read(query);
        m_watch.reach(CrashStep::CountersRead);
        return facts;
    }
    Result<void> confirm(const store::CounterConfirm& confirm) override {
        const Result<void> done = m_counters.confirm(confirm);
        m_watch.reach(CrashStep::Confirmed);
        return done;
    }
    Result<std::vector<store::CounterEntry>> entries() override { return m_counters.entries(); }
    Result<store::CounterRebuild> beginRebuild() override { return m_counters.beginRebuild(); }
    Result<void> raiseTo(const store::CounterRaise& raise) override { return m_counters.raiseTo(raise); }
    Result<bool> endRebuild(const store::CounterRebuild& rebuild) override { return m_counters.endRebuild(rebuild); }

private:
    store::RedisCounters m_counters;
    StepWatch& m_watch;
};

/// Says that the step is over and does, or waits for, what goes wrong.
void strike(CrashFault fault) {
    std::cout << atStep.constData() << std::flush;
    if (fault == CrashFault::KillClient)
        ::kill(::getpid(), SIGKILL);
    else if (fault == CrashFault::StopClient)
        ::kill(::getpid(), SIGSTOP);
    else
        std::cin.get();
}

Wire wireOf(store::Dialect dialect) {
    return dialect == store::Dialect::PostgreSql ? Wire::PostgreSql : Wire::MariaDb;
}

} // namespace

int runCrashChild() {
    std::string line;
    std::getline(std::cin, line);
    CrashOrder order = crashOrderFrom(base::Json::parse(line));

    FaultProxy proxy(wireOf(order.target.dialect), order.target.port);
    order.target.port = proxy.port();
    store::ServerOptions options = patientOptions();
    options.idleMs = order.fault == CrashFault::StopClient ? stoppedIdleMs : longestMs;
    StepWatch watch;
    const auto store = required(
        store::SqlStore::over(std::make_unique<WatchedConnection>(
                                  required(connectTo(order.target, options)), watch, proxy,
                                  order.fault == CrashFault::RestartServer || order.fault == CrashFault::KillServer),
                              nullptr));
    redis::Target redisTarget;
    redisTarget.port = order.redisPort;
    WatchedCounters counters(redisTarget, watch);
    service::SystemDraw draw;
    service::AffinityService service(*store, counters, draw, serviceOptions(longestMs));
    // As in a process that has run for a while: the local day is known, so that counters are read before the lock.
    service.previewApply(festivalEvent(order.device, order.id));

    watch.action = [&order] { strike(order.fault); };
    watch.step = order.step;
    const service::ApplyResult result = perform(service, order.operation, order.device, order.id);
    base::Json answer{{"outcome", rules::wireName(result.outcome).toStdString()},
                      {"text", textOf(result).toStdString()}};
    answer["kind"] = result.error ? base::name(result.error->kind).toStdString() : std::string();
    answer["log_id"] = result.logId ? result.logId->value : 0;
    std::cout << answer.dump() << std::endl;
    return 0;
}

} // namespace affinity::test
