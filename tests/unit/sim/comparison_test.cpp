#include "tests/unit/sim/comparison_test.h"

#include "engine/sim/comparison.h"
#include "tests/unit/sim/simscenarios.h"

#include <cmath>

namespace affinity::test {

using namespace affinity::sim;

namespace {

Comparison compared(const Scenario& a, const Scenario& b, const RunOptions& options = {}) {
    const auto comparison = compare(a, b, options);
    if (!comparison)
        qFatal("%s", qPrintable(comparison.error().what));
    return *comparison;
}

/// The scenario with other numbers: about as many devices gain as lose.
Scenario tuned(Scenario scenario) {
    scenario.ruleSet.rules[0].minChange = 0;
    scenario.ruleSet.rules[0].maxChange = 2;
    scenario.ruleSet.rules[1].dailyCap = 13;
    return scenario;
}

/// Values at the end of each day, all days of device 0, then of device 1, …
std::vector<int> dayEndValues(const Scenario& scenario) {
    const auto horizon = planHorizon(scenario);
    std::vector<int> values(static_cast<size_t>(scenario.devices) * horizon->days.size());
    SimulationResult counts = emptyResult(*horizon);
    KernelRequest request;
    request.deviceCount = scenario.devices;
    request.keptDayEndValues = values;
    if (!simulatePlain(*horizon, request, counts))
        qFatal("cancelled");
    return values;
}

/// Mean and standard error the way a textbook has them.
DayDifference textbook(const std::vector<double>& differences) {
    const double count = static_cast<double>(differences.size());
    double sum = 0;
    for (const double difference : differences)
        sum += difference;
    const double mean = sum / count;
    double squares = 0;
    for (const double difference : differences)
        squares += (difference - mean) * (difference - mean);
    return {mean, std::sqrt(squares / (count - 1) / count)};
}

void compareBands(const DayDifference& is, const DayDifference& expected) {
    QVERIFY(std::abs(is.mean - expected.mean) < 1e-9);
    QVERIFY(std::abs(is.standardError - expected.standardError) < 1e-9);
}

} // namespace

void ComparisonTest::comparisonIsTwoRunsPairedByDevice() {
    const Scenario a = busyScenario(700, 12);
    const Scenario b = tuned(a);
    const Comparison comparison = compared(a, b, {.keepsEndValues = true});
    const SimulationResult runA = simulated(a, {.keepsEndValues = true});
    const SimulationResult runB = simulated(b, {.keepsEndValues = true});
    QCOMPARE(digest(comparison.a), digest(runA));
    QCOMPARE(digest(comparison.b), digest(runB));
    QCOMPARE(comparison.a.endValues, runA.endValues);
    QCOMPARE(comparison.b.endValues, runB.endValues);

    const auto horizon = planHorizon(a);
    qint64 better = 0, worse = 0, levelUp = 0, levelDown = 0;
    std::vector<PersonaDifference> personas{{a.personas[0].name}, {a.personas[1].name}};
    std::vector<double> differences;
    for (size_t i = 0; i < 700; ++i) {
        const int difference = runB.endValues[i] - runA.endValues[i];
        differences.push_back(difference);
        better += difference > 0;
        worse += difference < 0;
        const int levelA = rules::levelOf(runA.endValues[i], a.ruleSet.levels);
        const int levelB = rules::levelOf(runB.endValues[i], b.ruleSet.levels);
        levelUp += levelB > levelA;
        levelDown += levelB < levelA;
        PersonaDifference& persona = personas[personaOf(*horizon, static_cast<qint64>(i))];
        ++persona.devices;
        persona.better += difference > 0;
        persona.worse += difference < 0;
        persona.meanDifference += difference;
    }
    for (PersonaDifference& persona : personas)
        persona.meanDifference /= static_cast<double>(persona.devices);
    QVERIFY2(better > 50 && worse > 50 && levelUp > 0 && levelDown > 0,
             qPrintable(QStringLiteral("%1 %2 %3 %4").arg(better).arg(worse).arg(levelUp).arg(levelDown)));
    QCOMPARE(comparison.better, better);
    QCOMPARE(comparison.worse, worse);
    QCOMPARE(comparison.equal, 700 - better - worse);
    QCOMPARE(comparison.levelUp, levelUp);
    QCOMPARE(comparison.levelDown, levelDown);
    QVERIFY(comparison.personas == personas);
    compareBands(comparison.days.back(), textbook(differences));
}

void ComparisonTest::everyDayIsItsPairedDifference() {
    const Scenario a = busyScenario(150, 12);
    const Scenario b = tuned(a);
    const Comparison comparison = compared(a, b);
    const std::vector<int> valuesA = dayEndValues(a);
    const std::vector<int> valuesB = dayEndValues(b);
    QCOMPARE(comparison.days.size(), size_t{12});
    for (size_t day = 0; day < 12; ++day) {
        std::vector<double> differences;
        for (size_t device = 0; device < 150; ++device)
            differences.push_back(valuesB[device * 12 + day] - valuesA[device * 12 + day]);
        compareBands(comparison.days[day], textbook(differences));
        const int last = static_cast<int>(day);
        QVERIFY(std::abs(comparison.days[day].mean - meanValue(comparison.b, last) + meanValue(comparison.a, last)) <
                1e-9);
    }
}

void ComparisonTest::threadsAndChunksChangeNothing() {
    const Scenario a = busyScenario(301, 15);
    const Scenario b = tuned(a);
    const auto counted = [&](int threads, int chunkDevices) {
        Comparison comparison = compared(a, b, {.threads = threads, .chunkDevices = chunkDevices});
        comparison.cpuS = comparison.wallS = 0;
        comparison.a.threads = comparison.b.threads = 0;
        return comparison;
    };
    const Comparison expected = counted(1, 301);
    for (const int threads : {1, 2, 3}) {
        for (const int chunk : {0, 1, 7, 5'000})
            QVERIFY(counted(threads, chunk) == expected);
    }
}

void ComparisonTest::sameScenarioDiffersNowhere() {
    const Scenario scenario = busyScenario(200, 10);
    const Comparison comparison = compared(scenario, scenario);
    for (const DayDifference& day : comparison.days)
        QVERIFY(day == DayDifference{});
    QCOMPARE(comparison.equal, qint64{200});
    QVERIFY(comparison.gainers.empty() && comparison.losers.empty());
    QCOMPARE(digest(comparison.a), digest(comparison.b));
}

void ComparisonTest::differentRulesAndPersonasAreCompared() {
    const Scenario a = simpleScenario(5, 300, 6);
    Scenario b = busyScenario(300, 6);
    b.startDate = a.startDate;
    b.calendar.clear();
    const Comparison comparison = compared(a, b);
    QCOMPARE(comparison.a.ruleKeys.size(), size_t{1});
    QCOMPARE(comparison.b.ruleKeys.size(), size_t{3});
    QCOMPARE(comparison.personas.size(), size_t{1});
    QCOMPARE(comparison.personas[0].devices, qint64{300});
    QCOMPARE(comparison.personas[0].meanDifference, comparison.days.back().mean);
    QCOMPARE(digest(comparison.b), digest(simulated(b)));
}

void ComparisonTest::gainersAreTheBiggestAndInOrder() {
    const Scenario a = busyScenario(700, 9);
    const Comparison comparison = compared(a, tuned(a), {.keepsEndValues = true});
    std::vector<std::pair<int, qint64>> gains; // biggest first, then by device
    for (size_t i = 0; i < 700; ++i)
        gains.emplace_back(comparison.a.endValues[i] - comparison.b.endValues[i], static_cast<qint64>(i));
    std::sort(gains.begin(), gains.end());
    QCOMPARE(comparison.gainers.size(), size_t{20});
    QCOMPARE(comparison.losers.size(), size_t{20});
    for (size_t i = 0; i < 20; ++i) {
        const DeviceDifference& gainer = comparison.gainers[i];
        QCOMPARE(gainer.device, gains[i].second);
        QCOMPARE(gainer.valueB - gainer.valueA, -gains[i].first);
        QVERIFY(gainer.valueB > gainer.valueA);
        QCOMPARE(gainer.levelB, rules::levelOf(gainer.valueB, a.ruleSet.levels));
        QVERIFY(!gainer.persona.isEmpty());
    }
    std::sort(gains.begin(), gains.end(), [](const auto& one, const auto& other) {
        return one.first != other.first ? one.first > other.first : one.second < other.second;
    });
    for (size_t i = 0; i < 20; ++i)
        QCOMPARE(comparison.losers[i].device, gains[i].second);
}

void ComparisonTest::unequalPopulationsAreRefused_data() {
    QTest::addColumn<std::function<void(Scenario&)>>("change");
    QTest::addColumn<QString>("member");
    const auto row = [](const char* member, std::function<void(Scenario&)> change) {
        QTest::newRow(member) << std::move(change) << QString::fromLatin1(member);
    };
    row("devices", [](Scenario& s) { s.devices = 11; });
    row("days", [](Scenario& s) { s.days = 6; });
    row("start_date", [](Scenario& s) { s.startDate = s.startDate.addDays(1); });
}

void ComparisonTest::unequalPopulationsAreRefused() {
    QFETCH(const std::function<void(Scenario&)>, change);
    QFETCH(const QString, member);
    const Scenario a = simpleScenario(5, 10, 5);
    Scenario b = a;
    change(b);
    const auto comparison = compare(a, b);
    QVERIFY(!comparison);
    QCOMPARE(comparison.error().kind, base::ErrorKind::InvalidInput);
    QVERIFY2(comparison.error().what.startsWith(member), qPrintable(comparison.error().what));
}

void ComparisonTest::wrongScenarioIsNamed() {
    const Scenario a = simpleScenario(5, 10, 5);
    Scenario b = a;
    b.ruleSet.rules[0].singleCap = 0;
    QVERIFY(compare(a, b).error().what.startsWith(QStringLiteral("scenario B: rule_set.rules[0].single_cap")));
    QVERIFY(compare(b, a).error().what.startsWith(QStringLiteral("scenario A: ")));
    QCOMPARE(compare(a, a, {.threads = -1}).error().kind, base::ErrorKind::InvalidInput);
}

void ComparisonTest::cancelEndsTheComparison() {
    std::atomic<bool> isCancelled = false;
    RunOptions options;
    options.threads = 2;
    options.chunkDevices = 20;
    options.isCancelled = &isCancelled;
    options.progress = [&](double) { isCancelled = true; };
    const Scenario scenario = busyScenario(1'000'000, 100);
    const auto comparison = compare(scenario, tuned(scenario), options);
    QVERIFY(!comparison);
    QCOMPARE(comparison.error().kind, base::ErrorKind::Cancelled);
}

void ComparisonTest::progressRisesToOne() {
    std::vector<double> shares;
    RunOptions options;
    options.progress = [&shares](double share) { shares.push_back(share); };
    const Scenario scenario = busyScenario(300, 10);
    compared(scenario, tuned(scenario), options);
    QVERIFY(!shares.empty() && std::is_sorted(shares.begin(), shares.end()));
    QCOMPARE(shares.back(), 1.0);
}

void ComparisonTest::commonRandomNumbersNarrowTheBand() {
    Scenario a = shippedScenario(QStringLiteral("demo.json"));
    a.devices = 2'000;
    QCOMPARE(a.ruleSet.rules[0].key, QStringLiteral("chat"));
    Scenario b = a;
    a.ruleSet.rules[0].dailyCap = 50;
    b.ruleSet.rules[0].dailyCap = 47;
    const DayDifference common = compared(a, b).days.back();
    b.seed = a.seed + 1;
    const DayDifference independent = compared(a, b).days.back();
    const double commonWidth = 2 * 1.96 * common.standardError;
    const double independentWidth = 2 * 1.96 * independent.standardError;
    qInfo("95 %% band on the last day, points: %.4f ± %.4f with common random numbers, %.4f ± %.4f with independent "
          "seeds: %.1f times narrower",
          common.mean, commonWidth / 2, independent.mean, independentWidth / 2, independentWidth / commonWidth);
    QVERIFY(common.standardError > 0); // the cap matters
    QVERIFY(common.mean < 0);
    QVERIFY(independentWidth >= 20 * commonWidth);
}

void ComparisonTest::bandsCoverTheirExpectation_data() {
    QTest::addColumn<bool>("isCommon");
    QTest::newRow("common random numbers") << true;
    QTest::newRow("independent seeds") << false;
}

/// 4,000 small comparisons of a rule without a cap against one with a cap: E[difference] is a closed form.
void ComparisonTest::bandsCoverTheirExpectation() {
    QFETCH(const bool, isCommon);
    constexpr int runs = 4'000;
    constexpr double rate = 4;
    constexpr int days = 4;
    constexpr int cap = 4;
    double expected = 0;
    for (int n = cap + 1; n < 60; ++n)
        expected -= days * (n - cap) * poisson(n, rate);
    Scenario a = simpleScenario(rate, 100, days);
    Scenario b = a;
    b.ruleSet.rules[0].dailyCap = cap;
    int covered = 0;
    double halfWidth = 0;
    for (int i = 0; i < runs; ++i) {
        a.seed = 5'000'000U + static_cast<quint64>(i);
        b.seed = isCommon ? a.seed : a.seed + 1'000'000U;
        const DayDifference last = compared(a, b, {.threads = 1}).days.back();
        halfWidth = 1.96 * last.standardError;
        covered += std::abs(last.mean - expected) <= halfWidth;
    }
    const double share = static_cast<double>(covered) / runs;
    qInfo("%d of %d bands (%.2f %%) cover the expectation of %.4f points; the last one is ± %.4f", covered, runs,
          100 * share, expected, halfWidth);
    QVERIFY2(share >= 0.94 && share <= 0.96, qPrintable(QString::number(share)));
}

} // namespace affinity::test
