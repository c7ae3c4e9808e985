// Tests of every kind of counters, in memory and in a real Redis: production's keys, values and life times.
#pragma once

#include "tests/support/redisserver.h"

#include <QObject>

namespace affinity::test {

class CountersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void absentKeysReadAsNothing();
    void confirmSetsProductionsKeys();
    void confirmOfTheSameLogRowCountsOnce();
    void cooldownEndsAtItsDeadline();
    void eventIsSeenForSixtySeconds();
    void eventIsSetAnew();
    void sumLivesFromItsFirstWrite();
    void negativeChangeLeavesTheGlobalSumAlone();
    void sumsAreOfOneDeviceRuleAndDay();
    void timeLeftIsRoundedHalfUp();
    void expiredKeysAreForgotten();
    void lateConfirmsLivesRunFromItsCommit();
    void lateConfirmShortensNoLife();
    void confirmAfterTwoDaysDoesNothing();
    void raiseSetsWhatTheLogSays();
    void raisedSumKeepsItsEnd();
    void confirmOfARaisedRowCountsNoMore();
    void raiseNeverLowers();
    void severalDevicesAreRaisedAtOnce();
    void countersOfADeviceAreListedSetOrNot();
    void rebuildOfWholeCountersEndsWhole();

private:
    RedisServer m_server;
};

} // namespace affinity::test
