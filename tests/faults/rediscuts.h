// RedisCuts: one event again and again, its counters' connection broken one message later each time.
#pragma once

#include "tests/faults/cutsweep.h"
#include "tests/support/redisserver.h"

namespace affinity::test {

/// Runs on the thread that made it. The database is never disturbed.
class RedisCuts {
public:
    /// Of the fault all but its place counts.
    RedisCuts(const FaultServer& server, const RedisServer& redis, const WireFault& fault, CutFigures& figures);

    /// Breaks every message of an event from the first one to the last; answers how many there were.
    int runAll();

private:
    bool run(int at);
    void waitForTry() const;
    void judge(const service::ApplyResult& result, base::DeviceId device, const QString& where);
    void recover(base::DeviceId device, const QString& id, const QString& where);

    WireFault m_fault;
    CutFigures& m_figures;
    FaultProxy m_proxy;
    std::unique_ptr<store::SqlConnection> m_direct;
    std::unique_ptr<store::Counters> m_counters; ///< for looking, past the proxy
    FaultClient m_client;
};

} // namespace affinity::test
