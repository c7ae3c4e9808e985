// Tests of what the screen shows of a run, against the run itself.
#pragma once

#include <QObject>

namespace affinity::test {

class SummaryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void levelsAddUpToAllDevicesOnEveryDay();
    void reachedNeverFallsAndCountsTheStart();
    void outcomesOfARuleAddUpToItsEvents();
    void percentilesAreOrderedAndStartAtTheOneStartValue();
    void tilesShowTheLastDay();
    void tableHasOneRowForEachRuleAndTheSum();
    void contributionsAddUpToTheLastMean();
    void gridHoldsEveryDeviceOnEveryDay();
    void hoursHoldEveryEvent();
    void keptBackPointsAreSplitByTheirCause();
    void differenceIsTheEnginesWithItsBand();
    void liveStagesGrowToTheWholePopulation();
};

} // namespace affinity::test
