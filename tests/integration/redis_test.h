// The program and its engine with counters in a real redis-server: production's keys, a dead server, lost counters.
#pragma once

#include "tests/support/redisserver.h"

#include <QObject>

namespace affinity::test {

class RedisTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void applyLeavesProductionsKeys();
    void prefixAndVersionNameTheKeys();
    void deadServerRefusesUnlessNobodyElseWrites();
    void passwordIsNeverShown();
    void lostCountersArePreviewedThenRepaired();
    void callThatMeansNothingIsUsage_data();
    void callThatMeansNothingIsUsage();
    void engineRebuildsLostCounters();
    void engineOpensWithoutItsServerAndFindsItLater();

private:
    QString url() const;
    RedisServer m_server;
};

} // namespace affinity::test
