// Edge cases of the plain kernel, seen event by event.
#pragma once

#include <QObject>

namespace affinity::test {

class PlainKernelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void retriesAreRefusedWithinTheWindowOnly();
    void retryOfARefusedEventIsNoDuplicate();
    void retryOverMidnightCountsOnTheNextDay();
    void cooldownEndsAtItsSecond();
    void decayDoesNotCountAsActivity();
    void eventKeepsDecayAway();
    void grantComesOnceForALevelLostAndReachedAgain();
    void startLevelCountsAsReached();
    void disabledRuleIsNoRule();
    void calendarHoldsOnItsDatesOnly();
    void weekdayWithoutFactorIsQuiet();
    void hourThatTheClockSkipsHasNoEvents();
    void traceTellsEachStep();
};

} // namespace affinity::test
