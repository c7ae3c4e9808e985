// Tests of the day's sums: which rows count for which cap.
#pragma once

#include <QObject>

namespace affinity::test {

class SumsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ruleSumIsAbsoluteAndGlobalSumIsPositive();
    void adjustmentsUseNoCap();
    void dayIsHalfOpenToTheMicrosecond();
    void rowsInTheGapOfASplitDayBelongToAnotherDay();
    void hostileChangesDoNotOverflow();
};

} // namespace affinity::test
