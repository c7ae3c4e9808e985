// The overview's figures: sums, comparisons, unknown hours, caps that nobody knows of.
#pragma once

#include <QObject>

namespace affinity::test {

class OverviewValuesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDayIsComparedWithTheSameWeekdayAWeekBefore();
    void aStretchIsComparedWithTheOneBefore();
    void nothingIsComparedWithDaysBeforeTheLog();
    void hoursToComeAreUnknownAndPastOnesAreZero();
    void dayBarsAreTheDaysOfTheRange();
    void levelBarsSumToTheBoundDevices();
    void rulesWithoutACapShowADash();
    void theShownDaySaysWhyItIsNotToday();
};

} // namespace affinity::test
