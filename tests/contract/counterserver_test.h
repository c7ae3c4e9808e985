// Tests of what RedisCounters says of its server at connect: rights, eviction policy, clock, restarts, replicas.
#pragma once

#include "tests/support/redisserver.h"

#include <QObject>

namespace affinity::test {

class CounterServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void leastRightsAreEnough();
    void healthyServerHasNoFindings();
    void evictionPolicyIsNamed_data();
    void evictionPolicyIsNamed();
    void clockSkewIsMeasured();
    void restartIsNoticedAtConnect();
    void replicaIsNamed();

private:
    RedisServer m_server;
};

} // namespace affinity::test
