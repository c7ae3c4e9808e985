// The device list's model: pages both ways, a window of fixed size, late answers, sorting.
#pragma once

#include <QObject>

namespace affinity::test {

class DeviceModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstPageIsShownWithItsPosition();
    void scrollingNeverKeepsMoreThanTheWindow();
    void pageBeforeIsFetchedFromTheRowOnTop();
    void nextAndPreviousPageReplaceTheRows();
    void lateAnswerOfAnOlderSearchIsDropped();
    void failedSearchEmptiesTheListAndSaysWhy();
    void failedPageKeepsTheRows();
    void sortingIsAQueryOfTheWholeResult();
    void columnWithoutOrderDoesNotAsk();
    void reloadAsksForTheRowsShown();
    void patchedRowChangesInPlace();
    void missingValuesDiffer();
    void coursesAreAskedOncePerPageAfterItsRows();
    void appendedPageAsksOnlyForItsOwnCourses();
    void coursesOfAnOlderPageAreDropped();
    void coursesAreNotAskedWhileTheColumnIsAway();
    void courseEndsAtThePatchedValue();
    void courseThatCannotBeReadIsSaid();
};

} // namespace affinity::test
