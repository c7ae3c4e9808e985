// The timeline's model: outcomes from what the store keeps, the open row, paging.
#pragma once

#include <QObject>

namespace affinity::test {

class TimelineModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void outcomesComeFromTheNotes();
    void changeThatWasNotRecordedIsNotCalledCut();
    void openRowHasItsOwnRowBelow();
    void openingAnotherRowClosesTheFirst();
    void olderRowsAreAskedBeforeTheLastOne();
    void answerForAnotherDeviceIsDropped();
    void foundCauseIsAddedToTheOutcome();
    void windowKeepsItsSizeWhileScrollingDownAndUp();
    void openRowMovesWithTheRowsAboveIt();
    void openRowClosesWhenItLeavesTheWindow();
    void logOfAUserNamesTheDevices();
};

} // namespace affinity::test
