// Tests of what decides about an attempt without any network: statuses, Retry-After, waits, the end.
#pragma once

#include <QObject>

namespace affinity::test {

class ScheduleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyStatusHasItsKind();
    void retryAfterIsRead_data();
    void retryAfterIsRead();
    void anyRetryAfterIsWithinAnHour();
    void waitsGrowFromFiveSecondsToAnHour();
    void waitStaysWithinAFifth();
    void deliveryDiesAfterTwentyFourAttempts();
    void deliveryDiesADayAfterItsGrant();
    void deliveryThatWaitedForAConsoleIsStillTried();
    void refusedDeliveryIsDeadAtOnce();
    void deliveredIsTheEnd();
    void retryAfterMakesTheWaitLongerOnly();
    void allAttemptsFitIntoADay();
};

} // namespace affinity::test
