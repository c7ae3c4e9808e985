#include "tests/unit/sim/draws_test.h"

#include "engine/sim/draws.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <limits>
#include <set>

namespace affinity::test {

using namespace affinity::sim;

namespace {

constexpr quint64 seed = 7;
constexpr quint32 draws = 100'000;

struct Moments {
    double mean = 0;
    double variance = 0;
};

Moments momentsOf(const std::vector<double>& numbers) {
    Moments moments;
    for (const double number : numbers)
        moments.mean += number;
    moments.mean /= static_cast<double>(numbers.size());
    for (const double number : numbers)
        moments.variance += (number - moments.mean) * (number - moments.mean);
    moments.variance /= static_cast<double>(numbers.size());
    return moments;
}

/// How many gaps fit into a stretch of that length: the way the kernels count the arrivals of a day.
quint32 poissonCount(const DeviceDay& day, double mean) {
    double position = exponentialGap(day.words(Purpose::Arrival, 0)[0]);
    quint32 count = 0;
    while (position < mean) {
        ++count;
        position += exponentialGap(day.words(Purpose::Arrival, count)[0]);
    }
    return count;
}

} // namespace

void DrawsTest::logarithmIsTheMathematicalOne() {
    double worst = 0;
    for (quint32 i = 0; i < draws; ++i) {
        const Words words = DeviceDay{seed, i, 0}.words(Purpose::Arrival, 0);
        const double x = std::ldexp(0.5 + words[0] * 0x1.0p-33, static_cast<int>(words[1] % 200) - 100);
        const double exact = std::log(x);
        worst = std::max(worst, std::abs(naturalLogarithm(x) - exact) / std::max(std::abs(exact), 1e-9));
    }
    QVERIFY2(worst < 5e-16, qPrintable(QString::number(worst)));
    QCOMPARE(naturalLogarithm(1.0), 0.0);
}

void DrawsTest::exponentialIsTheMathematicalOne() {
    double worst = 0;
    for (quint32 i = 0; i < draws; ++i) {
        const double x = (static_cast<double>(i) / draws - 0.5) * 1400;
        worst = std::max(worst, std::abs(exponential(x) / std::exp(x) - 1));
    }
    QVERIFY2(worst < 1e-15, qPrintable(QString::number(worst)));
    QCOMPARE(exponential(0.0), 1.0);
}

void DrawsTest::logarithmHasTheSameBitsEverywhere() {
    quint64 sum = 0;
    for (quint32 i = 0; i < 10'000; ++i) {
        const Words words = DeviceDay{seed, i, 0}.words(Purpose::Arrival, 0);
        sum = sum * 31 + std::bit_cast<quint64>(exponentialGap(words[0]));
        sum = sum * 31 + std::bit_cast<quint64>(exponential(words[1] * 0x1.0p-30));
    }
    QCOMPARE(QString::number(sum, 16), QStringLiteral("410aa607a682c4de"));
}

void DrawsTest::gapIsAlwaysAboveZero() {
    QVERIFY(exponentialGap(std::numeric_limits<quint32>::max()) > 0);
    QVERIFY(exponentialGap(0) > 22.8 && exponentialGap(0) < 22.9);
}

void DrawsTest::gapsHaveMeanAndVarianceOne() {
    std::vector<double> gaps;
    for (quint32 i = 0; i < draws; ++i)
        gaps.push_back(exponentialGap(DeviceDay{seed, 1, 2}.words(Purpose::Arrival, i)[0]));
    const Moments moments = momentsOf(gaps);
    QVERIFY(std::abs(moments.mean - 1) < 5 / std::sqrt(draws));
    QVERIFY(std::abs(moments.variance - 1) < 5 * std::sqrt(8.0 / draws)); // fourth central moment 9
}

void DrawsTest::poissonCountsFollowTheirDistribution() {
    constexpr double mean = 4;
    constexpr size_t cells = 12; // the last one holds 11 and more
    std::vector<double> counted(cells);
    for (quint32 i = 0; i < draws; ++i)
        ++counted[std::min<size_t>(poissonCount({seed, i, 0}, mean), cells - 1)];
    double chiSquare = 0;
    double probability = std::exp(-mean);
    double rest = 1;
    for (size_t i = 0; i < cells; ++i) {
        const double expected = draws * (i + 1 < cells ? probability : rest);
        chiSquare += (counted[i] - expected) * (counted[i] - expected) / expected;
        rest -= probability;
        probability *= mean / static_cast<double>(i + 1);
    }
    QVERIFY2(chiSquare < 31.3, qPrintable(QString::number(chiSquare))); // 0.1 % point at 11 degrees of freedom
}

void DrawsTest::gammaHasMeanOneAndItsVariance_data() {
    QTest::addColumn<double>("variance");
    QTest::newRow("0.1") << 0.1;
    QTest::newRow("1") << 1.0;
    QTest::newRow("4") << 4.0;
}

void DrawsTest::gammaHasMeanOneAndItsVariance() {
    QFETCH(double, variance);
    std::vector<double> factors;
    for (quint32 i = 0; i < draws; ++i)
        factors.push_back(gammaOfMeanOne({seed, i, 3}, variance));
    const Moments moments = momentsOf(factors);
    // The fourth central moment of a gamma draw of mean 1 and variance k is 3k² + 6k³.
    const double varianceOfVariance = 2 * variance * variance + 6 * variance * variance * variance;
    QVERIFY(std::abs(moments.mean - 1) < 5 * std::sqrt(variance / draws));
    QVERIFY(std::abs(moments.variance - variance) < 5 * std::sqrt(varianceOfVariance / draws));
    QVERIFY(*std::min_element(factors.begin(), factors.end()) >= 0);
}

void DrawsTest::gammaWithoutVarianceIsOne() {
    QCOMPARE(gammaOfMeanOne({seed, 1, 1}, 0), 1.0);
}

void DrawsTest::bernoulliIsCertainAtOneAndNeverAtZero() {
    constexpr quint32 highest = std::numeric_limits<quint32>::max();
    QVERIFY(bernoulli(highest, highest, 1));
    QVERIFY(!bernoulli(0, 0, 0));
}

void DrawsTest::chosenIndexesFollowTheirWeights() {
    const std::vector<quint64> below{1ULL << 30, 1ULL << 30, 1ULL << 31, 1ULL << 32}; // ¼, 0, ¼, ½
    std::vector<double> counted(below.size());
    for (quint32 i = 0; i < draws; ++i)
        ++counted[chooseIndex(DeviceDay{seed, i, 0}.words(Purpose::Arrival, 0)[1], below)];
    QCOMPARE(counted[1], 0.0);
    double chiSquare = 0;
    for (const auto& [index, expected] : {std::pair{0U, draws / 4.0}, {2U, draws / 4.0}, {3U, draws / 2.0}})
        chiSquare += (counted[index] - expected) * (counted[index] - expected) / expected;
    QVERIFY2(chiSquare < 13.8, qPrintable(QString::number(chiSquare))); // 0.1 % point at 2 degrees of freedom
}

void DrawsTest::eachPartOfTheKeyChangesTheWords() {
    const std::set<Words> words{DeviceDay{1, 1, 1}.words(Purpose::Arrival, 1),
                                DeviceDay{2, 1, 1}.words(Purpose::Arrival, 1),
                                DeviceDay{1ULL << 32 | 1, 1, 1}.words(Purpose::Arrival, 1),
                                DeviceDay{1, 2, 1}.words(Purpose::Arrival, 1),
                                DeviceDay{1, 1, 2}.words(Purpose::Arrival, 1),
                                DeviceDay{1, 1, 1}.words(Purpose::Retry, 1),
                                DeviceDay{1, 1, 1}.words(Purpose::Arrival, 2)};
    QCOMPARE(words.size(), size_t{7});
}

} // namespace affinity::test
