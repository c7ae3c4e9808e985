#include "tests/support/property.h"
#include "tests/ui/testlist.h"

#include "ui/charts/decimate.h"
#include "ui/charts/ticks.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace affinity::ui::tests {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double dayUs = 86400e6;

std::vector<double> upTo(int count) {
    std::vector<double> x;
    for (int i = 0; i < count; ++i)
        x.push_back(i);
    return x;
}

double highestOf(const LineParts& parts) {
    double highest = -std::numeric_limits<double>::infinity();
    for (const QList<QPointF>& part : parts)
        for (const QPointF& point : part)
            highest = std::max(highest, point.y());
    return highest;
}

class DecimateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSpikeOfOnePointAmongAMillionSurvives() {
        const std::vector<double> x = upTo(1'000'000);
        std::vector<double> y(x.size(), 1);
        y[654'321] = 9999;
        const LineParts parts = decimate(x, y, 0, 999'999, 800);
        QCOMPARE(parts.size(), size_t(1));
        QCOMPARE(highestOf(parts), 9999.0);
        QVERIFY(parts.front().size() <= 4 * 801);
    }

    void everyColumnKeepsItsLowestAndHighest() {
        constexpr unsigned seed = 20251120;
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        std::uniform_real_distribution<double> values(-100, 100);
        const std::vector<double> x = upTo(20'000);
        std::vector<double> y;
        for (size_t i = 0; i < x.size(); ++i)
            y.push_back(values(random));
        constexpr int columns = 100;
        const LineParts parts = decimate(x, y, 0, 20'000, columns);
        for (int column = 0; column < columns; ++column) {
            const auto from = y.begin() + column * 200;
            const auto [lowest, highest] = std::minmax_element(from, from + 200);
            double low = 1000;
            double high = -1000;
            for (const QPointF& point : parts.front()) {
                if (static_cast<int>(point.x()) / 200 != column)
                    continue;
                low = std::min(low, point.y());
                high = std::max(high, point.y());
            }
            QCOMPARE(low, *lowest);
            QCOMPARE(high, *highest);
        }
    }

    void pointsStayInOrderAndKeepTheEnds() {
        const std::vector<double> x = upTo(50'000);
        std::vector<double> y;
        for (const double value : x)
            y.push_back(std::sin(value));
        const LineParts parts = decimate(x, y, 0, 49'999, 300);
        const QList<QPointF>& line = parts.front();
        QVERIFY(std::is_sorted(line.begin(), line.end(), [](QPointF a, QPointF b) { return a.x() < b.x(); }));
        QCOMPARE(line.front().x(), 0.0);
        QCOMPARE(line.back().x(), 49'999.0);
    }

    void aGapBreaksTheLine() {
        const LineParts parts =
            decimate(std::vector<double>{0, 1, 2, 3, 4}, std::vector<double>{1, 2, nan, 4, 5}, 0, 4, 100);
        QCOMPARE(parts.size(), size_t(2));
        QCOMPARE(parts[0].size(), 2);
        QCOMPARE(parts[1].front(), QPointF(3, 4));
    }

    void fewPointsPassUnchanged() {
        const std::vector<double> x{0, 10, 20};
        const LineParts parts = decimate(x, std::vector<double>{5, 6, 7}, 0, 20, 100);
        QCOMPARE(parts.front(), (QList<QPointF>{{0, 5}, {10, 6}, {20, 7}}));
    }

    void onlyTheViewAndOneNeighbourEachSideAreTaken() {
        const std::vector<double> x = upTo(100);
        const LineParts parts = decimate(x, x, 40, 50, 100);
        QCOMPARE(parts.front().front().x(), 39.0);
        QCOMPARE(parts.front().back().x(), 51.0);
    }

    void theBlocksFindThePointsThatAFullScanFinds() {
        AFFINITY_PROPERTY("decimate with and without blocks", [] {
            const auto count = *rc::gen::inRange<size_t>(1, 4000);
            const auto columns = *rc::gen::inRange(1, 60);
            const auto gapEvery = *rc::gen::inRange<size_t>(1, 900);
            const auto from = *rc::gen::inRange(-50, 3000);
            const auto span = *rc::gen::inRange(1, 5000);
            std::vector<double> x;
            std::vector<double> y;
            double at = 0;
            for (size_t i = 0; i < count; ++i) {
                at += *rc::gen::inRange(0, 3); // some x are equal
                x.push_back(at);
                y.push_back(i % (gapEvery + 1) == gapEvery ? nan : *rc::gen::inRange(-1000, 1000));
            }
            RC_ASSERT(decimate(x, y, minMaxBlocks(y), from, from + span, columns) ==
                      decimate(x, y, from, from + span, columns));
        });
    }

    void everySpikeInViewSurvivesBetweenGaps() {
        AFFINITY_PROPERTY("spikes", [] {
            const auto count = *rc::gen::inRange<size_t>(500, 5000);
            const auto spike = *rc::gen::inRange<size_t>(0, count);
            const auto gap = *rc::gen::inRange<size_t>(0, count);
            const std::vector<double> x = upTo(static_cast<int>(count));
            std::vector<double> y(count, 1);
            y[gap] = nan;
            y[spike] = 9999;
            const LineParts parts = decimate(x, y, minMaxBlocks(y), 0, static_cast<double>(count), 40);
            RC_ASSERT(highestOf(parts) == 9999);
            const bool isBroken = gap != spike && gap > 0 && gap + 1 < count;
            RC_ASSERT(parts.size() == (isBroken ? 2U : 1U));
        });
    }

    void infiniteValuesDoNotStretchTheAxis() {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        const MinMaxBlocks blocks = minMaxBlocks(std::vector<double>{1, infinity, nan, -3, -infinity});
        QVERIFY(blocks.hasValues);
        QCOMPARE(blocks.low, -3.0);
        QCOMPARE(blocks.high, 1.0);
        QVERIFY(!minMaxBlocks(std::vector<double>{nan}).hasValues);
        QVERIFY(!minMaxBlocks({}).hasValues);
    }

    void nothingGivesNothing() {
        QVERIFY(decimate({}, {}, 0, 1, 100).empty());
        const std::vector<double> x{0, 1};
        QVERIFY(decimate(x, std::vector<double>{nan, nan}, 0, 1, 100).empty());
    }

    void theNearestPointIsFound() {
        const std::vector<double> x{0, 10, 20};
        QCOMPARE(nearestIndex(x, -5), qsizetype(0));
        QCOMPARE(nearestIndex(x, 14), qsizetype(1));
        QCOMPARE(nearestIndex(x, 16), qsizetype(2));
        QCOMPARE(nearestIndex(x, 99), qsizetype(2));
        QCOMPARE(nearestIndex({}, 1), qsizetype(-1));
    }

    void ticksAreRoundNumbers() {
        QCOMPARE(roundTicks(0, 250, 6), (std::vector<double>{0, 50, 100, 150, 200, 250}));
        QCOMPARE(roundTicks(-40, 160, 6), (std::vector<double>{0, 50, 100, 150}));
        QCOMPARE(roundRange(0, 3482, 5), (Range{0, 4000}));
        QCOMPARE(roundRange(5, 5, 5).low, 5.0);
    }

    void dayTicksStartWithTheWord() {
        const std::vector<Tick> ticks = dayTicks(0, 90, 8);
        QCOMPARE(ticks.front().text, QStringLiteral("day 0"));
        QCOMPARE(ticks[1].text, QStringLiteral("15"));
        QCOMPARE(ticks.back().at, 90.0);
    }

    void timeTicksAreLocalMidnights() {
        const QTimeZone shanghai("Asia/Shanghai");
        const double start = 1755792000e6; // 22 Aug 2025, 00:00 in Shanghai
        const std::vector<Tick> ticks = timeTicks(start, start + 90 * dayUs, shanghai, 6);
        QCOMPARE(ticks.front(), (Tick{start, QStringLiteral("22 Aug")}));
        QCOMPARE(ticks[1].text, QStringLiteral("11 Sep"));
        QVERIFY(ticks.size() <= 6);
    }

    void ticksFollowTheWallClockOverDaylightSaving() {
        const QTimeZone berlin("Europe/Berlin");
        const double start = 1743116400e6; // 28 March 2025, 00:00 in Berlin; 30 March has 23 hours
        const std::vector<Tick> ticks = timeTicks(start, start + 4 * dayUs, berlin, 6);
        QCOMPARE(ticks.size(), size_t(5));
        QCOMPARE(ticks[3].at - ticks[2].at, 23 * 3600e6);
        QCOMPARE(ticks[4].text, QStringLiteral("1 Apr"));
    }

    void hoursAreNamedWithinADay() {
        const double start = 1763596800e6; // 20 November 2025, 00:00 UTC
        const std::vector<Tick> ticks = timeTicks(start, start + dayUs, QTimeZone::utc(), 9);
        QCOMPARE(ticks[0].text, QStringLiteral("20 Nov"));
        QCOMPARE(ticks[1].text, QStringLiteral("03:00"));
    }
};

} // namespace

std::unique_ptr<QObject> decimateTest() {
    return std::make_unique<DecimateTest>();
}

} // namespace affinity::ui::tests

#include "decimatetest.moc"
