// Tests of reward totals and costs against values worked out by hand.
#pragma once

#include <QObject>

namespace affinity::test {

class RewardCostTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unitsAreGrantsTimesAmounts();
    void costIsOfPricedTypesOnly();
    void costIsUnknownWithoutAPrice();
    void rewardsAreReadWhateverTheirShape();
    void totalsOfARunAreItsGrants();
};

} // namespace affinity::test
