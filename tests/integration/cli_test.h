// The commands: what they print, what they write, and what they say of bad input, with their exit codes.
#pragma once

#include <QTest>

namespace affinity::test {

class CliTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void badCallIsRefused_data();
    void badCallIsRefused();
    void badAdjustmentIsRefused_data();
    void badAdjustmentIsRefused();
    void previewLeavesEveryByteOfTheFile();
    void previewWithTraceShowsEveryStep();
    void adjustmentIsWrittenWithItsOperator();
    void decayTakesPointsOnceADay();
    void reconcileFindsThePlantedLevel();
    void sharedStoreNeedsTheWordThatNobodyElseWrites();
    void renamedStoreWithoutGroupsWorksAndSaysSo();
    void readOnlyForbidsWriting();
    void damagedFileIsNamed();
    void writeProtectedFileIsNamed();
    void passwordNeverShowsUp();
    void simulationIsTheSameOnOneAndTwoThreads();
    void comparisonShowsWhatDiffers();
    void simulationWritesAReport();
    void exportWritesEveryRowAndChangesNothing();
    void exportOfAnUnknownTableOrDeviceIsRefused();
    void wrongScenarioNamesLineAndMember();
    void withoutADisplayTheTourLeavesAReport();
};

} // namespace affinity::test
