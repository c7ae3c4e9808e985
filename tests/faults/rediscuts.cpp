#include "tests/faults/rediscuts.h"

#include "engine/rules/localday.h"
#include "engine/store/rediscounters.h"

#include <QElapsedTimer>
#include <QThread>
#include <QUuid>

namespace affinity::test {

using rules::Outcome;

namespace {

constexpr int silentRedisMs = 250; ///< how long a silent Redis is waited for
constexpr int eventPoints = 80;

std::unique_ptr<store::Counters> countersAt(redis::Target target, quint16 port, int callMs) {
    target.port = port;
    return std::make_unique<store::RedisCounters>(target, store::RedisCountersOptions{.callMs = callMs});
}

} // namespace

RedisCuts::RedisCuts(const FaultServer& server, const RedisServer& redis, const WireFault& fault, CutFigures& figures)
    : m_fault(fault),
      m_figures(figures),
      m_proxy(Wire::Redis, redis.port()),
      m_direct(required(connectTo(server.target(), patientOptions()))),
      m_counters(countersAt(redis.target(), redis.port(), longestMs)),
      m_client(server.target(), patientOptions(), longestMs,
               countersAt(redis.target(), m_proxy.port(),
                          fault.kind == WireFault::Kind::Blackhole ? silentRedisMs : longestMs)) {
    // The local day is known from here on, so that counters are read before the lock, as in a process that has run.
    m_client.service.previewApply(festivalEvent(makeDevice(*m_direct), QUuid::createUuid().toString()));
}

int RedisCuts::runAll() {
    int at = 1;
    while (run(at))
        ++at;
    return at - 1;
}

/// Waits for as long as the client's counters leave Redis alone after a fault.
void RedisCuts::waitForTry() const {
    const auto& counters = static_cast<const store::RedisCounters&>(*m_client.counters);
    QThread::msleep(static_cast<unsigned long>(counters.leftAloneMs()));
}

bool RedisCuts::run(int at) {
    m_fault.at = at;
    const QString where =
        QStringLiteral("Redis, %1 at message %2 ").arg(name(m_fault.kind)).arg(at) +
        (m_fault.direction == Direction::ToServer ? QStringLiteral("to the server") : QStringLiteral("to the client"));
    QElapsedTimer timer;
    timer.start();
    // An event that found Redis left alone (its first failure was ours) says nothing about this fault.
    while (timer.elapsed() < longestMs) {
        waitForTry();
        const base::DeviceId device = makeDevice(*m_direct);
        const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        m_proxy.cutAll();
        m_proxy.arm(m_fault);
        const service::ApplyResult result = m_client.perform(Operation::Apply, device, id);
        if (m_proxy.hasFired()) {
            judge(result, device, where);
            recover(device, id, where);
            return true;
        }
        if (result.outcome == Outcome::Applied && m_proxy.messages(m_fault.direction) > 0)
            return false;
    }
    m_figures.addViolation(where + QStringLiteral(": never reached"));
    return false;
}

/// Without counters an event is refused, or the log alone decides: never half of it, and what stands is told.
void RedisCuts::judge(const service::ApplyResult& result, base::DeviceId device, const QString& where) {
    const DeviceTruth truth = truthOf(*m_direct, device);
    m_figures.addCut(QStringLiteral("Redis ") + name(m_fault.kind), rules::wireName(result.outcome));
    const bool isRight = result.outcome == Outcome::Applied
                             ? result.logId && truth == truthAfter(Operation::Apply, 1, result.logId->value)
                             : result.outcome == Outcome::Error && truth == DeviceTruth{};
    if (!isRight)
        m_figures.addViolation(where + QStringLiteral(": told ") + textOf(result) + QStringLiteral("; ") +
                               textOf(truth));
}

/// The caller's retry: one effect in all, and never counted twice.
void RedisCuts::recover(base::DeviceId device, const QString& id, const QString& where) {
    QElapsedTimer timer;
    timer.start();
    service::ApplyResult result;
    int tries = 0;
    do {
        if (++tries > 1)
            waitForTry();
        result = m_client.perform(Operation::Apply, device, id);
    } while (!saysItStands(result) && timer.elapsed() < longestMs);
    const DeviceTruth truth = truthOf(*m_direct, device);
    const qint64 nowUs = required(m_client.store->nowUs());
    const QDate today = rules::localDate(nowUs, required(rules::settingZone("Asia/Shanghai")));
    const auto counted = required(m_counters->read({device, QStringLiteral("festival"), {}, today}));
    const bool isCountedOnce = counted.ruleDaySum <= eventPoints && counted.globalDaySum <= eventPoints;
    if (!saysItStands(result) || truth != truthAfter(Operation::Apply, 1, truth.lastLogId) || !isCountedOnce)
        m_figures.addViolation(where + QStringLiteral(": the retry: %1; %2; Redis counted %3 and %4 points")
                                           .arg(textOf(result), textOf(truth))
                                           .arg(counted.ruleDaySum)
                                           .arg(counted.globalDaySum));
    else
        m_figures.addRecovery(tries, timer.elapsed(), false);
}

} // namespace affinity::test
