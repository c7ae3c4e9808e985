// Tests of the dialogs over a real engine: adjusting by keyboard alone, stale previews, doubt, limits, reversal,
// sign-in.
#pragma once

#include <QObject>

namespace affinity::test {

class DialogsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void adjustmentCanBeMadeByKeyboardAlone();
    void incompleteFormCannotBePreviewedAndSaysWhy();
    void deviceThatMovedIsRefusedAndShownAnew();
    void adjustmentOverTheLimitIsShownButCannotBeCommitted();
    void stoppedWaitingSaysThatTheOutcomeIsUnknownAndTheAnswerResolvesIt();
    void productionAsksForTheTypedName();
    void nobodySignedInBlocksThePreview();
    void rowIsReversedOnce();
    void valueIsSetAndTheFormSurvivesGoingBack();
    void wrongPasswordIsSaidUnderTheFieldAndTheFieldIsCleared();
    void rightPasswordSignsIn();
    void aDemoAccountSignsInByOneKey();
    void cancelledCheckSignsNobodyIn();
};

} // namespace affinity::test
