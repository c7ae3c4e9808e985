// Callers: several people at once, each on a thread with a store handle, counters and a service of their own.
#pragma once

#include "engine/service/affinityservice.h"
#include "engine/service/random.h"
#include "tests/production/productionstore.h"

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

namespace affinity::test {

enum class CounterKind {
    Own,  ///< in memory, one for each caller: they know nothing of each other
    Redis ///< shared
};

/// Counters that remember which confirms failed.
class WatchedCounters final : public store::Counters {
public:
    WatchedCounters(CounterKind kind, const base::Clock& clock);

    base::Result<store::CounterFacts> read(const store::CounterQuery& query) override { return m_inner->read(query); }
    base::Result<void> confirm(const store::CounterConfirm& confirm) override;
    base::Result<std::vector<store::CounterEntry>> entries() override { return m_inner->entries(); }
    base::Result<store::CounterRebuild> beginRebuild() override { return m_inner->beginRebuild(); }
    base::Result<void> raiseTo(const store::CounterRaise& raise) override { return m_inner->raiseTo(raise); }
    base::Result<bool> endRebuild(const store::CounterRebuild& rebuild) override {
        return m_inner->endRebuild(rebuild);
    }
    const std::set<qint64>& unconfirmed() const { return m_unconfirmed; }

private:
    std::unique_ptr<store::Counters> m_inner;
    std::set<qint64> m_unconfirmed;
};

/// One of them. Used on its own thread.
class Caller {
public:
    Caller(const ProductionStore& rows, CounterKind counters, int number);

    int number() const { return m_number; }
    store::Store& store() { return *m_store; }
    service::AffinityService& service() { return m_service; }
    const std::set<qint64>& unconfirmed() const { return m_counters.unconfirmed(); }
    /// How often a call was sent again.
    int retries() const { return m_retries; }

    /// Sends it again while the store says that it was too busy: nothing was written then.
    service::ApplyResult apply(const service::ApplyRequest& request);
    service::ApplyResult adjust(const service::AdjustRequest& request);

private:
    template<typename Call> service::ApplyResult untilAnswered(const Call& call);

    int m_number;
    std::unique_ptr<store::Store> m_store;
    WatchedCounters m_counters;
    service::SystemDraw m_draw;
    service::AffinityService m_service;
    int m_retries = 0;
};

using Results = std::vector<service::ApplyResult>;

/// Starts a thread for each caller; join() waits for them and answers what they got, in the order of their numbers.
class Callers {
public:
    using Work = std::function<Results(Caller&)>;
    Callers(const ProductionStore& rows, CounterKind counters, int count, const Work& work);
    ~Callers();
    Callers(const Callers&) = delete;
    Callers& operator=(const Callers&) = delete;

    std::vector<Results> join();
    /// After join(): all of one list.
    Results all() const;
    /// After join(): rows whose confirm failed, and how often calls were sent again.
    const std::set<qint64>& unconfirmed() const { return m_unconfirmed; }
    int retries() const { return m_retries; }

private:
    std::vector<Results> m_results;
    std::set<qint64> m_unconfirmed;
    int m_retries = 0;
    std::mutex m_mutex;
    std::vector<std::thread> m_threads;
};

/// An event of the device's own user.
service::ApplyRequest eventOn(base::DeviceId device, const QString& ruleKey, const QString& eventId = {});
service::AdjustRequest adjustmentOn(base::DeviceId device, qint64 delta);
/// How many of the results have that outcome.
qsizetype countOf(const Results& results, rules::Outcome outcome);
/// "4 applied, 4 noop_rule_daily_cap", and what errors said.
QByteArray described(const Results& results);

} // namespace affinity::test
