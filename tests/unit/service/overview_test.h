// Tests of the overview: its figures equal those counted row by row on the wall clock of the setting's zone.
#pragma once

#include <QObject>

namespace affinity::test {

class OverviewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void figuresEqualRowsCountedOnTheWallClock_data();
    void figuresEqualRowsCountedOnTheWallClock();
    void hourThatComesTwiceIsSummedAndOneThatIsMissingIsEmpty();
    void emptyLogShowsToday();
    void withoutRowsTodayTheLastDayIsShown();
    void capsCountDevicesWhoseSumReachedThem();
    void rulesAreThoseThatLiveOrHaveRows();
    void levelsAndBinsHoldAllBoundDevices();
    void dateThatTheZoneSkippedIsEmpty();
    void wrongQueriesAreRefused();
    void unknownTimeZoneIsNamed();
    void brokenStoreIsAnError();
};

} // namespace affinity::test
