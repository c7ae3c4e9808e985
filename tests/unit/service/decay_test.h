// Tests of the decay job: who is idle, safe to run twice or by two consoles, dry runs, cancel and resume.
#pragma once

#include <QObject>

namespace affinity::test {

class DecayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void idleDaysAreLocalDatesFromActivityOrBinding();
    void runTwiceADayTakesOnce();
    void twoConsolesAtOnceTakeOnce();
    void decayGoesOnDayAfterDay();
    void otherDaysAreTriedOnly();
    void cancelledRunIsResumed();
    void failureOfADeviceDoesNotStopTheOthers();
    void decaySwitchedOffIsRefused();
    void nextDecayDateIsTheFirstOfIdleness();
};

} // namespace affinity::test
