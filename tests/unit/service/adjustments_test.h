// Tests of adjustments: the engine's own, and who may, why, how much and only once above it; reversals.
#pragma once

#include <QObject>

namespace affinity::test {

class AdjustmentsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void adjustmentIsClampedAndUsesNoCap();
    void deltaZeroIsABoundaryButOfAnUnboundDeviceAnError();
    void riseThroughLevelsGrantsEachAndReachedAgainNone();
    void formWithoutRoleReasonOrCodeIsRefused_data();
    void formWithoutRoleReasonOrCodeIsRefused();
    void limitsHoldExactly();
    void limitsAreOfTheOperatorAndTheLocalDay();
    void retryUnderTheSameOperationIdHasNoSecondEffect();
    void retryOfSetToHasNoSecondEffect();
    void operationIdWithOtherContentIsRefused_data();
    void operationIdWithOtherContentIsRefused();
    void setToReachesTheValueOrRefuses();
    void previewWritesNothingAndItsHashRefusesAfterAChange();
    void noteKeepsWhatTheTableHasNoColumnFor();
    void reversalTakesARowBackOnce();
    void reversalSaysWhichRewardsStay();
    void reversalOfAnUnboundDeviceOrUnknownRowIsRefused();
};

} // namespace affinity::test
