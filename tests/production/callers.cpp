#include "tests/production/callers.h"

#include "engine/store/memorycounters.h"
#include "engine/store/rediscounters.h"
#include "tests/production/must.h"

namespace affinity::test {

using base::ErrorKind;
using service::ApplyResult;

namespace {

constexpr int mostTries = 50;

std::unique_ptr<store::Counters> makeCounters(CounterKind kind, const base::Clock& clock) {
    if (kind == CounterKind::Redis)
        return std::make_unique<store::RedisCounters>(redisServer().target(),
                                                      store::RedisCountersOptions{.callMs = farMs});
    return std::make_unique<store::MemoryCounters>(clock);
}

/// Without an effect, and worth trying again.
bool isPassing(const ApplyResult& result) {
    if (result.outcome != rules::Outcome::Error || !result.error)
        return false;
    const ErrorKind kind = result.error->kind;
    return kind == ErrorKind::Busy || kind == ErrorKind::Conflict || kind == ErrorKind::CannotConnect;
}

} // namespace

WatchedCounters::WatchedCounters(CounterKind kind, const base::Clock& clock) : m_inner(makeCounters(kind, clock)) {
}

base::Result<void> WatchedCounters::confirm(const store::CounterConfirm& confirm) {
    auto done = m_inner->confirm(confirm);
    if (done)
        m_unconfirmed.erase(confirm.logId.value);
    else
        m_unconfirmed.insert(confirm.logId.value);
    return done;
}

Caller::Caller(const ProductionStore& rows, CounterKind counters, int number)
    : m_number(number),
      m_store(must(rows.open())),
      m_counters(counters, rows.storeClock()),
      m_service(*m_store, m_counters, m_draw) {
}

template<typename Call> ApplyResult Caller::untilAnswered(const Call& call) {
    ApplyResult result = call();
    for (int tries = 1; isPassing(result) && tries < mostTries; ++tries) {
        ++m_retries;
        result = call();
    }
    return result;
}

ApplyResult Caller::apply(const service::ApplyRequest& request) {
    return untilAnswered([&] { return m_service.apply(request); });
}

ApplyResult Caller::adjust(const service::AdjustRequest& request) {
    return untilAnswered([&] { return m_service.adminAdjust(request); });
}

Callers::Callers(const ProductionStore& rows, CounterKind counters, int count, const Work& work)
    : m_results(static_cast<size_t>(count)) {
    for (int number = 0; number < count; ++number) {
        m_threads.emplace_back([this, &rows, counters, number, work] {
            Caller caller(rows, counters, number);
            Results results = work(caller);
            const std::lock_guard guard(m_mutex);
            m_results[static_cast<size_t>(number)] = std::move(results);
            m_unconfirmed.insert(caller.unconfirmed().begin(), caller.unconfirmed().end());
            m_retries += caller.retries();
        });
    }
}

Callers::~Callers() {
    join();
}

std::vector<Results> Callers::join() {
    for (std::thread& thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
    return m_results;
}

Results Callers::all() const {
    Results all;
    for (const Results& results : m_results)
        all.insert(all.end(), results.begin(), results.end());
    return all;
}

service::ApplyRequest eventOn(base::DeviceId device, const QString& ruleKey, const QString& eventId) {
    service::ApplyRequest request;
    request.userId = userOf(device);
    request.deviceId = device;
    request.ruleKey = ruleKey;
    request.source = QStringLiteral("device_event");
    request.eventId = eventId;
    return request;
}

service::AdjustRequest adjustmentOn(base::DeviceId device, qint64 delta) {
    service::AdjustRequest request;
    request.userId = userOf(device);
    request.deviceId = device;
    request.delta = delta;
    request.operatorId = admin;
    request.reason = QStringLiteral("a test");
    return request;
}

qsizetype countOf(const Results& results, rules::Outcome outcome) {
    return std::count_if(results.begin(), results.end(),
                         [&](const ApplyResult& result) { return result.outcome == outcome; });
}

QByteArray described(const Results& results) {
    std::map<QString, int> counts;
    for (const ApplyResult& result : results)
        ++counts[rules::wireName(result.outcome) +
                 (result.error ? QStringLiteral(": ") + result.error->what : QString())];
    QStringList parts;
    for (const auto& [outcome, count] : counts)
        parts << QStringLiteral("%1 %2").arg(count).arg(outcome);
    return parts.join(QStringLiteral(", ")).toUtf8();
}

} // namespace affinity::test
