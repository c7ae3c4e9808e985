// Tests of one event from end to end: the steps, the windows and caps with and without counters, previews, rewards.
#pragma once

#include <QObject>

namespace affinity::test {

class ApplyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void appliedEventWritesRowsAndCounters();
    void firstObstacleDecides();
    void unboundOrForeignDeviceIsRefused();
    void disabledDeletedAndUnknownRulesAreNoRule();
    void eventIdIsHeldForItsWindow();
    void cooldownIsHeldToTheMicrosecond();
    void ruleCapShrinksThenRefuses();
    void globalCapShrinksThenRefusesGains();
    void capsOpenAtMidnightOfTheZone();
    void drawnZeroAndBoundaryWriteNothing();
    void refusedEventMayBeSentAgain();
    void ceilingHoldsAndALoweredOneCuts();
    void everyCrossedLevelGrantsOnce();
    void levelReachedAgainGrantsNothing();
    void failingGrantNeitherBlocksTheNextNorUndoesTheValue();
    void previewWritesNothingAndEqualsTheCommit();
    void previewNamesGrantedLevelsAndPushes();
    void ruleWithoutCooldownIgnoresRowsFromAFastClock();
    void overlongTextsAreCountedInCharacters();
    void noInvalidRequestTouchesAnything_data();
    void noInvalidRequestTouchesAnything();
    void unknownTimeZoneIsRefused();
    void systemDrawStaysInItsRangeAndReachesIt();
};

} // namespace affinity::test
