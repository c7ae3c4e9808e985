// Tests of RedisCounters against real redis-servers: bytes, faults, concurrency, losses and outages.
#pragma once

#include "tests/support/redisserver.h"

#include <QObject>

namespace affinity::test {

class RedisCountersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void keysValuesAndLivesAreProductionsToTheByte();
    void readIsOnePipelineAndWritesNothing();
    void entriesListOnlyOwnKeys();
    void manyEntriesAreListedOnce();
    void timeLeftIsRoundedHalfUp();
    void storedIntegersAreUnderstood_data();
    void storedIntegersAreUnderstood();
    void garbageIsNamedAndKept_data();
    void garbageIsNamedAndKept();
    void keyOfAnotherTypeIsNamedAndKept();
    void cooldownAndEventCountWhateverTheirValue();
    void sumWithoutEndGetsOneWhenAddedTo();
    void eightConnectionsCountExactly();
    void confirmAfterALostReplyCountsOnce();
    void forgottenScriptIsSentAgain();
    void flushedCountersAreRebuilt();
    void lossDuringARebuildIsNoticed();
    void killedServerIsAnErrorInTime();
    void silentServerIsAnErrorInTime();
    void cancelledCallEnds();
    void fullServerCountsNothing();

private:
    RedisServer m_server;
};

} // namespace affinity::test
