// Tests of the plain kernel against closed forms: what probability theory says a population must do.
#pragma once

#include <QObject>

namespace affinity::test {

class ClosedFormsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
    void singleCapCutsEachChange();
    void cooldownHoldsBackEachRuleAlone();
    void refusedEventStartsNoCooldown();
    void retriesApplyAfterTheirWindow();
    void lossesNeitherNeedNorUseTheGlobalRoom();
    void cutChangesCountAtTheirOwnSize();
    void boundsHoldValuesIn();
    void levelIsReachedAtItsThreshold();
    void awayShareApproachesItsBalance();
    void startHistogramIsDrawn();
    void daysOfClockChangesHaveTheirHours();
    void twoYearsOfSaturatedDays();
    void decayFollowsTheGapsBetweenVisits();
};

} // namespace affinity::test
