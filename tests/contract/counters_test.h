// Tests of MemoryCounters: production's keys, values and life times.
#pragma once

#include <QObject>

namespace affinity::test {

class CountersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
};

} // namespace affinity::test
