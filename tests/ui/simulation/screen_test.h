// Tests of the simulation screen over a real engine on an empty embedded store: running, comparing, live sliders.
#pragma once

#include <QObject>

namespace affinity::test {

class ScreenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runShowsItsResultAndTheJobEnds();
    void newRunSupersedesTheOneBefore();
    void escapeCancelsWithinASecondAndTheFormerResultStays();
    void wrongNumberBlocksTheRunWithItsReason();
    void damagedScenarioIsShownWithLineAndMember();
    void changedDraftIsComparedWithItsBaseline();
    void sliderDragEndsWithTheLastValueOnTheWholePopulation();
    void draggingASliderNeverBlocksTheWindow();
    void invalidKnobValueIsSaidAtTheKnobAndEndsTheLiveRun();
    void resultOlderThanTheDraftIsMarked();
    void anotherScenarioForgetsTheResult();
};

} // namespace affinity::test
