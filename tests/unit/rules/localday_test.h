// Tests of local days: every instant of every zone has exactly one, whatever the zone does to its clocks.
#pragma once

#include <QObject>

namespace affinity::test {

class LocalDayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyInstantOfEveryZoneBelongsToOneDay();
    void instantsAroundEveryChangeOfClocksBelongToOneDay();
    void daysOfAYearFollowEachOtherWithoutGap_data();
    void daysOfAYearFollowEachOtherWithoutGap();
    void knownDaysHaveTheirLength_data();
    void knownDaysHaveTheirLength();
    void clocksTurnedBackOverMidnightSplitTheDay();
    void skippedDayIsEmpty();
    void microsecondBeforeMidnightIsTheDayBefore();
    void timesBefore1970AreRoundedDown();
    void unknownZonesAreUnknown();
    void secondNamesOfZonesAreKnown();
};

} // namespace affinity::test
