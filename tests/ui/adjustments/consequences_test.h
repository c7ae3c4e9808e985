// Tests of the words of a preview, on previews that the rules themselves decided.
#pragma once

#include <QObject>

namespace affinity::test {

class ConsequencesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void riseInsideOneLevelSaysBothEndsAndTheRoomLeft();
    void riseOverSeveralLevelsNamesThePassedOnesAndTheirRewards();
    void clampAtTheCeilingSaysHowManyPointsHaveNoEffect();
    void fallToTheFloorIsClampedAndSaid();
    void lostLevelSaysThatRewardsStay();
    void grantedRewardIsSaidNotToBeGrantedAgain();
    void adjustmentAtTheCeilingChangesNothingAndWritesNoRow();
    void refusalShowsItsReasonAndBlocksTheDeed();
    void refusalByALimitStillShowsWhatWouldHappen();
    void silentSettingSaysThatTheAppIsNotTold();
    void pushIsNamedButNotPromised();
    void rowsAreThoseOfThePlan();
    void whatTheOutboxHoldsIsAmongTheRows();
    void aPushThatIsKeptIsPromised();
    void barSpansTheLevelsOfTheMove();
    void changesBetweenPreviewsAreNamed();
    void everyReasonCodeHasWords();
};

} // namespace affinity::test
