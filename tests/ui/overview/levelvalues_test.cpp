#include "tests/ui/overview/levelvalues_test.h"

#include "ui/levels/levelvalues.h"

#include <QTest>

namespace affinity::test {

using namespace affinity::ui;
using service::LevelReport;

namespace {

LevelReport twoLevels() {
    LevelReport report;
    report.maxAffinity = 1000;
    report.boundDevices = 10;
    service::LevelFigures friends;
    friends.level = {1, 100, QStringLiteral("Friend"), base::Json::array()};
    friends.devices = 4;
    friends.timeToLevel = {{0, 0.2, 0.5}, 8, 4, 1, 2, std::nullopt};
    service::LevelFigures best;
    best.level = {2, 600, QStringLiteral("Best friend"), base::Json::array()};
    report.levels = {friends, best};
    return report;
}

} // namespace

void LevelValuesTest::theCurveRunsFromZeroToTheCeiling() {
    const LineData curve = levelCurve(twoLevels());
    QVERIFY(curve.isStepped);
    QCOMPARE(curve.x, (std::vector<double>{0, 100, 600, 1000}));
    QCOMPARE(curve.y, (std::vector<double>{0, 1, 2, 2}));
}

void LevelValuesTest::pointsToNextAreTheDistanceOfTheThresholds() {
    const auto rows = levelRows(twoLevels());
    QCOMPARE(cellText(rows[0][2]), QStringLiteral("500"));
    QCOMPARE(cellText(rows[1][2]), QString(QChar(0x2013)));
    QCOMPARE(cellText(rows[0][4]), QStringLiteral("40.0%"));
    QCOMPARE(cellText(rows[0][5]), QStringLiteral("4 of 8"));
}

void LevelValuesTest::levelsNobodyWasFollowedToHaveNoLine() {
    const std::vector<LineData> lines = timeToLevelLines(twoLevels());
    QCOMPARE(lines.size(), size_t{1});
    QCOMPARE(lines.front().name, QStringLiteral("L1"));
    QCOMPARE(lines.front().y, (std::vector<double>{0, 0.2, 0.5}));
}

void LevelValuesTest::whatWasNotReachedIsSaid() {
    service::TimeToLevel time;
    time.observed = 100;
    QCOMPARE(timeToLevelText(time), QStringLiteral("fewer than 10% so far"));
    time.p10Day = 3;
    QCOMPARE(timeToLevelText(time), QStringLiteral("10% by day 3, half not yet"));
    time.medianDay = 9;
    QCOMPARE(timeToLevelText(time), QStringLiteral("half by day 9, 10% by day 3"));
    time.p90Day = 31;
    QCOMPARE(timeToLevelText(time), QStringLiteral("half by day 9 (10 to 90%: day 3 to 31)"));
}

} // namespace affinity::test
