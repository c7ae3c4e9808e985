// CutSweep: one operation again and again, its connection broken one message later each time, and what became of it.
#pragma once

#include "tests/faults/faultclient.h"
#include "tests/support/faultproxy.h"

#include <QStringList>

#include <map>
#include <mutex>

namespace affinity::test {

/// What happened, over all sweeps. Any thread.
class CutFigures {
public:
    void addCut(const QString& kind, const QString& outcome);
    void addRecovery(int tries, qint64 tookMs, bool isTold);
    void addViolation(const QString& text);

    int cuts() const;
    int cuts(const QString& kind, const QString& outcome) const;
    QStringList violations() const;
    /// A line for each kind of fault, with its outcomes; then recoveries and violations.
    QStringList lines() const;

private:
    mutable std::mutex m_mutex;
    std::map<QString, std::map<QString, int>> m_cuts;
    int m_recoveries = 0;
    int m_furtherTries = 0;
    int m_told = 0;
    qint64 m_longestRecoveryMs = 0;
    QStringList m_violations;
};

/// One operation, one fault; only its place moves.
struct CutPlan {
    Operation operation = Operation::Apply;
    WireFault fault;
    bool isReconnecting = true; ///< the operation finds its connection cut, so that signing in belongs to it
};

/// Runs on the thread that made it, over a proxy, a store and a connection for looking of its own.
class CutSweep {
public:
    CutSweep(const FaultServer& server, const CutPlan& plan, CutFigures& figures);

    /// Breaks every message (or byte) from the first one to the last; answers how many there were.
    qint64 runAll();
    /// Breaks some: about `count`, evenly, and the last ones, which are the commit's.
    void runSome(int count);

private:
    enum class CaseEnd { Fired, NotReached };
    store::ServerOptions options() const;
    void prepareConnection();
    qint64 plannedPlaces();
    CaseEnd run(qint64 at);
    service::ApplyResult attempt(base::DeviceId device, const QString& id);
    void judge(const service::ApplyResult& result, base::DeviceId device, const QString& where);
    void recover(base::DeviceId device, const QString& id, const QString& where);
    bool isSilent() const { return m_plan.fault.kind == WireFault::Kind::Blackhole; }

    CutPlan m_plan;
    CutFigures& m_figures;
    FaultProxy m_proxy;
    std::unique_ptr<store::SqlConnection> m_direct;
    std::unique_ptr<FaultClient> m_client;
    bool m_isFirst = true; ///< the service has carried nothing out yet
};

QString name(WireFault::Kind kind);

} // namespace affinity::test
