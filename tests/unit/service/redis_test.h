// Tests of the service on a real redis-server that is shared, killed, emptied, stopped or written to by others.
#pragma once

#include "tests/support/redisserver.h"

#include <QObject>

namespace affinity::test {

class RedisTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void init();
    void djangosCountersAreRespectedAndOursAreItsToo();
    void refusalByTheCountersIsOneRoundTripAndNoSql();
    void serverThatDiedRefusesOrLeavesItToSql();
    void serverThatStopsAnsweringAfterTheReadIsToldLater();
    void emptiedServerIsRaisedByTheNextEventAndByARebuild();
    void garbageIsNamedAndNothingBreaks();
    void reconcileNamesWhatDiffersInRedis();
    void rebuildOfTenThousandDevicesIsMeasured();

private:
    RedisServer m_server;
};

} // namespace affinity::test
