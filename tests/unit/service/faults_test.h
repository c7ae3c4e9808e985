// Tests of the store's faults: every call of an event or adjustment may fail, COMMIT's answer may be lost; never
// doubled.
#pragma once

#include <QObject>

namespace affinity::test {

class FaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void failedCallLeavesNoEffect();
    void failedCallOfAnAdjustmentLeavesNoEffect();
    void storeThatCannotReadTheRuleHasNotSaidThereIsNone();
    void lostCommitThatWasDoneIsApplied();
    void lostCommitThatWasNotDoneIsNoEffect();
    void idOfALostCommitTakenByAnotherRowIsNoEffect();
    void lostCommitOnAStoreThatStaysAwayIsInDoubt();
    void lostCommitOfAnAdjustmentIsResolved();
    void storeThatComesBackInTimeResolvesTheDoubt();
    void doubtIsLookedIntoForFiveSecondsAtMost();
    void conflictIsDoneAgainWithTheSameChange();
    void fifthConflictIsTheLast();
    void busyLockIsTriedOnceMore();
    void conflictOfAnAdjustmentIsDoneAgainUnderItsOperationId();
};

} // namespace affinity::test
