// Tests of decide(): every small case against a second reading of the rules, properties at any size, and the trace.
#pragma once

#include <QObject>

namespace affinity::test {

class DecideTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySmallEventIsDecidedAsDescribed();
    void everyGateIsDecidedAsDescribed();
    void everySmallAdjustmentIsDecidedAsDescribed();
    void anyEventIsDecidedAsDescribed();
    void noSumGrowsOverItsCap();
    void signIsKeptBelowTheCeiling();
    void refusalsCarryZeros();
    void levelIsThatOfTheNewValue();
    void lastStepNotPassedMatchesTheOutcome();
    void traceFollowsTheChangeFromStepToStep();
    void sameInputGivesTheSameDecisionWithOrWithoutTrace();
    void drawIsAskedOnceAndOnlyPastTheGates();
    void drawGetsTheRangeOfTheRule();
    void valueAboveALoweredCeilingIsCutAtItsNextChange();
    void hostileNumbersDoNotOverflow();
    void sumBelowZeroLeavesTheWholeCap();
    void wireNamesRoundTrip();
    void stepsAndVerdictsHaveTheirOwnNames();
};

} // namespace affinity::test
