// Tests of the figures of a whole store: what SQLite works out equals plain loops over the same rows.
#pragma once

#include <QObject>

namespace affinity::test {

class FiguresTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void valuesOfBoundDevicesAreCounted();
    void emptyLogHasNoExtent();
    void stretchesAreHalfOpen();
    void dayOfTwoPartsLeavesItsHoleOut();
    void skippedDayIsEmpty();
    void adjustmentsStandApartInDeviceSums();
    void levelHistoryHoldsFirstCrossings();
    void figuresEqualPlainLoops();
    void figuresOfATransactionAreOfOneMoment();
};

} // namespace affinity::test
