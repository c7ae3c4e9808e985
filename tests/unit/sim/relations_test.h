// Metamorphic tests: what must hold between two runs, and between the counts of one.
#pragma once

#include <QObject>

namespace affinity::test {

class RelationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsConserve();
    void valuesChainFromEventToEvent();
    void eventsComeInTimeOrder();
    void deviceAloneIsTheSame();
    void ruleWithoutEventsChangesNothing();
    void higherCapLowersNoDevice();
    void shorterHorizonIsTheHeadOfALongerOne();
    void tunedRulesSeeTheSameRandomNumbers();
    void pointsLostAreThoseOfTheTraces();
    void loweredCeilingLosesToTheBounds();
    void countsConserveInAnyScenario();
    void capsHoldInAnyScenario();
    void anyHigherCapLowersNoDevice();
    void anyShorterHorizonIsTheHead();
    void anyRuleWithoutEventsChangesNothing();
    void anyThreadCountGivesTheSameDigest();
};

} // namespace affinity::test
