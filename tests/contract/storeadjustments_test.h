// Tests of what adjustments need of every store: operation ids, reversals, and the points of a day.
#pragma once

#include <QObject>

namespace affinity::test {

class StoreAdjustmentsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void fenceKnowsAdjustments();
    void operationIdIsFoundAgain();
    void operationIdInMetadataIsFoundAgain();
    void operationIdIsUnique();
    void reversalIsFoundAndOnlyOnce();
    void emptyOperationIdsDoNotCollide();
    void adjustedPointsAreSummedPerOperatorDeviceAndTime();
};

} // namespace affinity::test
