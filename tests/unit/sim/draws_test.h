// Tests of draws: the simulator's random numbers and its own logarithm and exponential.
#pragma once

#include <QObject>

namespace affinity::test {

class DrawsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logarithmIsTheMathematicalOne();
    void exponentialIsTheMathematicalOne();
    void logarithmHasTheSameBitsEverywhere();
    void gapIsAlwaysAboveZero();
    void gapsHaveMeanAndVarianceOne();
    void poissonCountsFollowTheirDistribution();
    void gammaHasMeanOneAndItsVariance_data();
    void gammaHasMeanOneAndItsVariance();
    void gammaWithoutVarianceIsOne();
    void bernoulliIsCertainAtOneAndNeverAtZero();
    void chosenIndexesFollowTheirWeights();
    void eachPartOfTheKeyChangesTheWords();
};

} // namespace affinity::test
