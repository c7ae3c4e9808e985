// StoreLane: one thread of the engine with its own connections to the store and to the counters.
#pragma once

#include "engine/base/lane.h"
#include "engine/engine.h"
#include "engine/relaylane.h"
#include "engine/service/pushqueue.h"
#include "engine/service/random.h"
#include "engine/store/memorycounters.h"
#include "engine/store/rediscounters.h"

#include <mutex>

namespace affinity {

/// Counters of one process, shared by its lanes; where no Redis is named.
class SharedCounters final : public store::Counters {
public:
    explicit SharedCounters(const base::Clock& clock) : m_counters(clock) {}

    base::Result<store::CounterFacts> read(const store::CounterQuery& query) override;
    base::Result<void> confirm(const store::CounterConfirm& confirm) override;
    base::Result<std::vector<store::CounterEntry>> entries() override;
    base::Result<void> raiseTo(const store::CounterRaise& raise) override;
    base::Result<std::vector<store::CounterState>> deviceCounters(base::DeviceId id, const QStringList& ruleKeys,
                                                                  QDate date) override;

private:
    std::mutex m_mutex;
    store::MemoryCounters m_counters;
};

/// What a lane's connections are made of. Outlives the lane.
struct LaneSetup {
    const Connection& connection;
    const base::Clock& clock;
    SharedCounters& sharedCounters;
    service::HealthListener countersChanged;     ///< on the lane; must not block
    std::unique_ptr<service::PushQueue>& pushes; ///< made later than the lanes, or never
    std::unique_ptr<RelayLane>& relay;           ///< the same; for stores with an outbox
};

/// A thread with its own connections; all members but `lane` are used on that thread only.
struct StoreLane {
    explicit StoreLane(const QString& name) : lane(std::make_unique<base::Lane>(name)) {}
    /// Tells the counters what waits for them, and closes the connections on the thread that opened them.
    ~StoreLane();
    StoreLane(const StoreLane&) = delete;
    StoreLane& operator=(const StoreLane&) = delete;

    /// Opens the connections; on the lane. Redis itself is reached with the first question to it.
    base::Result<store::StoreInfo> open(const LaneSetup& setup, store::Access access);

    service::SystemDraw draw;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::RedisCounters> redis; ///< null: counters of this process
    store::Counters* counters = nullptr;
    std::unique_ptr<service::AffinityService> service;
    std::unique_ptr<base::Lane> lane;
};

/// Looks at the counters' server, and raises the counters to the log when they were lost; on the lane, which does
/// nothing else meanwhile. `isRebuilding` hears of a rebuild before it begins. A connection that only reads rebuilds
/// nothing.
CounterStatus keepCounters(StoreLane& lane, bool isReadOnly, const std::atomic<bool>& cancel,
                           const std::function<void(const CounterStatus&)>& isRebuilding);

/// The first half of it: looks, and changes nothing.
CounterStatus checkCounters(StoreLane& lane);

} // namespace affinity
