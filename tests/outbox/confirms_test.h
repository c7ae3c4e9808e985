// Tests of what the counters are told: once, whatever becomes of Redis.
#pragma once

#include <QObject>

namespace affinity::test {

class ConfirmsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void keysAreAsWithoutAnOutbox();
    void aConfirmThatIsLostIsCountedOnce_data();
    void aConfirmThatIsLostIsCountedOnce();
    void aLateConfirmLivesForTheRest();
    void aConfirmOfADeadDayIsDropped();
    void writersOnABrokenLineAreCountedOnce();
};

} // namespace affinity::test
