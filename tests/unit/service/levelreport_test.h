// Tests of the level report: the product-limit estimate by a textbook, and who is followed from when to when.
#pragma once

#include <QObject>

namespace affinity::test {

class LevelReportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void timesEqualTheTextbook();
    void devicesAtTheLevelFromTheStartAreLeftOut();
    void latecomersCountFromTheirFirstDay();
    void unboundDevicesAreCensored();
    void daysAreLocal();
    void levelIsReachedOverAHigherOne();
    void countsAndGrants();
    void emptyStoreReports();
    void unknownTimeZoneIsNamed();
};

} // namespace affinity::test
