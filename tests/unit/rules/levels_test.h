// Tests of levels: which level a value has, which a rise crosses, and the way to the next one.
#pragma once

#include <QObject>

namespace affinity::test {

class LevelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void levelIsTheHighestWhoseThresholdIsReached_data();
    void levelIsTheHighestWhoseThresholdIsReached();
    void highestLevelCountsEvenWithALowerThreshold();
    void crossedLevelsAreThoseAboveTheOldUpToTheNew();
    void fallCrossesNothing();
    void progressSaysWhatIsMissing_data();
    void progressSaysWhatIsMissing();
    void progressOfAnyTableIsBetween0And100();
    void liveRuleIsEnabledAndNotDeleted();
};

} // namespace affinity::test
