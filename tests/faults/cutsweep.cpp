#include "tests/faults/cutsweep.h"

#include <QElapsedTimer>
#include <QUuid>

#include <set>

namespace affinity::test {

using rules::Outcome;

namespace {

/// How long a silent server is waited for: a healthy one answers far sooner, and on a busy machine a call that was
/// given up too early only counts as one more fault.
constexpr int silentCallMs = 250;
constexpr int silentIdleMs = 500; ///< after which the server gives the lock of a client back that it hears no more of
constexpr int sweepResolveMs = 300;
/// Then the network tells the server that the client has gone, as keepalives do. A server that stands in the middle of
/// a pipeline waits for its next message, and PostgreSQL's limit for idle transactions does not count there.
constexpr int silentHealMs = 2 * silentIdleMs;
constexpr int lastPlaces = 4;

} // namespace

QString name(WireFault::Kind kind) {
    switch (kind) {
    case WireFault::Kind::Fin:
        return QStringLiteral("FIN");
    case WireFault::Kind::Reset:
        return QStringLiteral("RST");
    case WireFault::Kind::Blackhole:
        return QStringLiteral("blackhole");
    case WireFault::Kind::Half:
        return QStringLiteral("half a message");
    case WireFault::Kind::Call:
        break;
    }
    return {};
}

void CutFigures::addCut(const QString& kind, const QString& outcome) {
    const std::lock_guard lock(m_mutex);
    ++m_cuts[kind][outcome];
}

void CutFigures::addRecovery(int tries, qint64 tookMs, bool isTold) {
    const std::lock_guard lock(m_mutex);
    m_told += isTold ? 1 : 0;
    ++m_recoveries;
    m_furtherTries += tries - 1;
    m_longestRecoveryMs = std::max(m_longestRecoveryMs, tookMs);
}

void CutFigures::addViolation(const QString& text) {
    const std::lock_guard lock(m_mutex);
    m_violations << text;
}

int CutFigures::cuts() const {
    const std::lock_guard lock(m_mutex);
    int sum = 0;
    for (const auto& [kind, outcomes] : m_cuts) {
        for (const auto& [outcome, count] : outcomes)
            sum += count;
    }
    return sum;
}

int CutFigures::cuts(const QString& kind, const QString& outcome) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_cuts.find(kind);
    if (found == m_cuts.end())
        return 0;
    const auto count = found->second.find(outcome);
    return count == found->second.end() ? 0 : count->second;
}

QStringList CutFigures::violations() const {
    const std::lock_guard lock(m_mutex);
    return m_violations;
}

QStringList CutFigures::lines() const {
    const std::lock_guard lock(m_mutex);
    QStringList lines;
    for (const auto& [kind, outcomes] : m_cuts) {
        QStringList parts;
        for (const auto& [outcome, count] : outcomes)
            parts << QStringLiteral("%1 %2").arg(count).arg(outcome);
        lines << kind + QStringLiteral(": ") + parts.join(QStringLiteral(", "));
    }
    lines << QStringLiteral(
                 "%1 operations succeeded after their fault, with %2 tries more than one each, %3 of them only "
                 "once the server knew that its silent client had gone; the longest took %4 ms; %5 "
                 "violations")
                 .arg(m_recoveries)
                 .arg(m_furtherTries)
                 .arg(m_told)
                 .arg(m_longestRecoveryMs)
                 .arg(m_violations.size());
    return lines;
}

CutSweep::CutSweep(const FaultServer& server, const CutPlan& plan, CutFigures& figures)
    : m_plan(plan),
      m_figures(figures),
      m_proxy(server.wire(), server.target().port),
      m_direct(required(connectTo(server.target(), patientOptions()))),
      m_client(std::make_unique<FaultClient>(server.target(m_proxy.port()), options(), sweepResolveMs)) {
}

store::ServerOptions CutSweep::options() const {
    store::ServerOptions options = patientOptions();
    if (isSilent()) {
        options.callMs = silentCallMs;
        options.connectMs = silentCallMs;
        options.idleMs = silentIdleMs;
    }
    return options;
}

service::ApplyResult CutSweep::attempt(base::DeviceId device, const QString& id) {
    return m_client->perform(m_plan.operation, device, id);
}

/// Cuts the connection, or leaves the one that the last operation used, with all its statements known to the server.
/// The first operation of a service reads more than later ones: it is not among those that are cut.
void CutSweep::prepareConnection() {
    if (std::exchange(m_isFirst, false))
        attempt(makeDevice(*m_direct), QUuid::createUuid().toString(QUuid::WithoutBraces));
    if (m_plan.isReconnecting)
        m_proxy.cutAll();
}

/// Messages (or bytes) of one operation that nothing disturbs.
qint64 CutSweep::plannedPlaces() {
    for (int i = 0; i < 20; ++i) {
        prepareConnection();
        m_proxy.count();
        const bool isDone =
            attempt(makeDevice(*m_direct), QUuid::createUuid().toString(QUuid::WithoutBraces)).outcome ==
            Outcome::Applied;
        const Direction direction = m_plan.fault.direction;
        if (isDone)
            return m_plan.fault.unit == WireFault::Unit::Byte ? m_proxy.bytes(direction) : m_proxy.messages(direction);
    }
    m_figures.addViolation(QStringLiteral("no operation succeeds without a fault"));
    return 0;
}

qint64 CutSweep::runAll() {
    const qint64 planned = plannedPlaces();
    qint64 at = 1;
    while (run(at) == CaseEnd::Fired)
        ++at;
    if (at - 1 < planned)
        m_figures.addViolation(QStringLiteral("the sweep ended after %1 places of %2").arg(at - 1).arg(planned));
    return at - 1;
}

void CutSweep::runSome(int count) {
    const qint64 planned = plannedPlaces();
    std::set<qint64> places;
    for (int i = 0; i < count; ++i)
        places.insert(1 + i * planned / count);
    for (qint64 at = std::max<qint64>(1, planned - lastPlaces + 1); at <= planned; ++at)
        places.insert(at);
    for (const qint64 at : places)
        run(at);
}

CutSweep::CaseEnd CutSweep::run(qint64 at) {
    WireFault fault = m_plan.fault;
    fault.at = at;
    const QString where =
        QStringLiteral("%1, %2 %3 %4 %5")
            .arg(name(m_plan.operation), name(fault.kind),
                 fault.moment == WireFault::Moment::After ? QStringLiteral("after") : QStringLiteral("before"),
                 fault.unit == WireFault::Unit::Byte ? QStringLiteral("byte") : QStringLiteral("message"))
            .arg(at) +
        (fault.direction == Direction::ToServer ? QStringLiteral(" to the server") : QStringLiteral(" to the client"));
    // An operation that failed before its fault (a machine that stood still) says nothing about the fault.
    for (int i = 0; i < 20; ++i) {
        const base::DeviceId device = makeDevice(*m_direct);
        const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        prepareConnection();
        m_proxy.arm(fault);
        const service::ApplyResult result = attempt(device, id);
        if (!m_proxy.hasFired()) {
            if (result.outcome == Outcome::Applied)
                return CaseEnd::NotReached;
            continue;
        }
        judge(result, device, where);
        recover(device, id, where);
        return CaseEnd::Fired;
    }
    m_figures.addViolation(where + QStringLiteral(": never reached"));
    return CaseEnd::NotReached;
}

/// Compares what the caller was told with what stands.
void CutSweep::judge(const service::ApplyResult& result, base::DeviceId device, const QString& where) {
    const DeviceTruth truth = truthOf(*m_direct, device);
    const Operation operation = m_plan.operation;
    m_figures.addCut(name(operation) + QLatin1Char(' ') + name(m_plan.fault.kind), rules::wireName(result.outcome));
    if (const auto broken = brokenUnit(operation, truth))
        m_figures.addViolation(where + QStringLiteral(": half an effect: ") + *broken);
    const bool isRight = result.outcome == Outcome::Applied
                             ? result.logId && truth == truthAfter(operation, 1, result.logId->value)
                         : result.outcome == Outcome::Error ? truth.logRows == 0
                                                            : result.outcome == Outcome::InDoubt;
    if (!isRight)
        m_figures.addViolation(where + QStringLiteral(": told ") + textOf(result) + QStringLiteral("; ") +
                               textOf(truth));
}

/// The caller's retry under the same id, on the same objects: one effect in all.
void CutSweep::recover(base::DeviceId device, const QString& id, const QString& where) {
    if (m_plan.fault.isAwayAfterwards)
        m_proxy.heal();
    QElapsedTimer timer;
    timer.start();
    service::ApplyResult result;
    int tries = 0;
    bool isTold = false;
    do {
        if (!isTold && isSilent() && timer.elapsed() > silentHealMs) {
            isTold = true;
            m_proxy.heal();
        }
        ++tries;
        result = attempt(device, id);
    } while (!saysItStands(result) && isSilent() && timer.elapsed() < longestMs);
    const DeviceTruth truth = truthOf(*m_direct, device);
    if (!saysItStands(result) || truth != truthAfter(m_plan.operation, 1, truth.lastLogId))
        m_figures.addViolation(where + QStringLiteral(": the retry: ") + textOf(result) + QStringLiteral("; ") +
                               textOf(truth));
    else
        m_figures.addRecovery(tries, timer.elapsed(), isTold);
}

} // namespace affinity::test
