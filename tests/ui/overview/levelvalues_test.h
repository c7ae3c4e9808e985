// The level report's figures: points to next, curve, times that were not reached.
#pragma once

#include <QObject>

namespace affinity::test {

class LevelValuesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCurveRunsFromZeroToTheCeiling();
    void pointsToNextAreTheDistanceOfTheThresholds();
    void levelsNobodyWasFollowedToHaveNoLine();
    void whatWasNotReachedIsSaid();
};

} // namespace affinity::test
