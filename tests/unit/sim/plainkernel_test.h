// Tests of the plain kernel against closed forms, edge cases and relations between runs.
#pragma once

#include <QObject>

namespace affinity::test {

class PlainKernelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Closed forms
    void eventCountsArePoisson();
    void changesAreCompoundPoisson();
    void dispersionWidensCounts();
    void cappedDayHasItsExpectedPoints();
    void cooldownGivesDeadTime();
    void decayTakesItsPointsEachIdleDay();
    void saturatedDayEndsAtTheGlobalCap();
    void hourProfileSpreadsEvents();
    void activeProbabilityIsKept();
    void churnReachesItsBalance();
    void startValuesFollowTheirWeights();

    // Edges
    void retriesAreRefusedWithinTheWindowOnly();
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

    // Relations
    void countsConserve();
    void valuesChainFromEventToEvent();
    void eventsComeInTimeOrder();
    void deviceAloneIsTheSame();
    void ruleWithoutEventsChangesNothing();
    void higherCapLowersNoDevice();
    void shorterHorizonIsTheHeadOfALongerOne();
    void tunedRulesSeeTheSameRandomNumbers();
};

} // namespace affinity::test
