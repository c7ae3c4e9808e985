// Tests of the service with counters that are down, lost, damaged or late: limits hold, and what they know needs no
// SQL.
#pragma once

#include <QObject>

namespace affinity::test {

class CountersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void unreachableCountersRefuseWithoutEffect();
    void unreachableCountersLeaveItToSqlWhereNobodyElseWrites();
    void damagedCounterIsNamedAndLeftToSql();
    void countersThatGoDownBetweenReadAndConfirmAreToldLater();
    void confirmWhoseAnswerIsLostCountsOnce();
    void waitingConfirmsAreBoundedAndTheOldestGoes();
    void confirmThatNeverWorksIsNotKept();
    void duplicateAndCooldownNeedNoSql();
    void ruleIsReadAgainAfterASecond();
    void rulesThatWereEditedHereAreReadAgain();
    void removedRuleIsNeverRemembered();
    void eventOfAnotherProcessIsLookedUpOnce();
    void eventWithoutARowIsNoConflict();
    void eventContentIsForgottenBeforeItsWindowEnds();
    void lostCountersHoldWhatTheySayAndAreRaisedUnderTheLock();
    void lostCountersAreRaisedForARefusedEventToo();
    void lostCountersThatGoDownDoNotStopAnEvent();
    void healthIsToldWhenItChanges();
};

} // namespace affinity::test
