#include "tests/unit/sim/run_test.h"

#include "tests/unit/sim/simscenarios.h"

#include <QElapsedTimer>

#include <cmath>

namespace affinity::test {

using namespace affinity::sim;

namespace {

Scenario smallBench8(qint64 devices, int days) {
    Scenario scenario = shippedScenario(QStringLiteral("bench8.json"));
    scenario.devices = devices;
    scenario.days = days;
    return scenario;
}

} // namespace

void RunTest::digestIsTheSameForAnyThreadsAndChunks() {
    Scenario scenario = smallBench8(1'001, 10);
    scenario.personas[0].dispersion = 0.4;
    scenario.personas[0].retryProbability = 0.1;
    const QString expected = digest(simulated(scenario, {.threads = 1, .chunkDevices = 1'001}));
    for (const int threads : {1, 2, 4}) {
        for (const int chunk : {0, 1, 7, 256, 5'000}) {
            const SimulationResult result = simulated(scenario, {.threads = threads, .chunkDevices = chunk});
            QCOMPARE(digest(result), expected);
            QCOMPARE(result.threads, threads);
        }
    }
    scenario.seed += 1;
    QVERIFY(digest(simulated(scenario)) != expected);
}

void RunTest::digestIsTheSameOnEveryMachine() {
    Scenario scenario = smallBench8(500, 10);
    QCOMPARE(digest(simulated(scenario)), QStringLiteral("dd3e09970b47bca6383f43af70307174"));
    scenario.personas[0].dispersion = 2.5;
    scenario.personas[0].retryProbability = 0.1;
    scenario.personas[0].churnPerDay = 0.02;
    QCOMPARE(digest(simulated(scenario)), QStringLiteral("9bbe276672cb9215d709cca17edf6609"));
}

void RunTest::bench8MatchesTheNumPyModel() {
    const SimulationResult result = simulated(smallBench8(5'000, 30));
    const double value = meanValue(result, 29);
    const double level = meanLevel(result, 29);
    QVERIFY2(value >= 1314 && value <= 1320, qPrintable(QString::number(value)));
    QVERIFY2(std::abs(level - 4) < 0.01, qPrintable(QString::number(level)));
    QVERIFY(std::abs(static_cast<double>(eventCount(result)) / (5'000 * 30) - 24) < 5 * std::sqrt(24.0 / 150'000));
}

void RunTest::progressRisesToOne() {
    std::vector<double> shares;
    RunOptions options;
    options.threads = 4;
    options.chunkDevices = 10;
    options.progress = [&shares](double share) { shares.push_back(share); };
    const auto result = simulated(smallBench8(3'000, 20), options);
    QVERIFY(std::is_sorted(shares.begin(), shares.end()));
    QCOMPARE(std::count(shares.begin(), shares.end(), 1.0), std::ptrdiff_t{1});
    QVERIFY(static_cast<double>(shares.size()) <= 2 + result.wallS / 0.05);
}

void RunTest::cancelEndsTheRunAtOnce() {
    qint64 fastestMs = 1'000'000;
    for (int attempt = 0; attempt < 3; ++attempt) { // other work on the machine may delay one of them
        std::atomic<bool> isCancelled = false;
        QElapsedTimer sinceCancel;
        RunOptions options;
        options.threads = 2;
        options.chunkDevices = 20;
        options.isCancelled = &isCancelled;
        options.progress = [&](double) {
            if (!isCancelled) {
                sinceCancel.start();
                isCancelled = true;
            }
        };
        const auto result = run(smallBench8(10'000'000, 730), options);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, base::ErrorKind::Cancelled);
        fastestMs = std::min(fastestMs, sinceCancel.elapsed());
    }
    QVERIFY2(fastestMs < 100, qPrintable(QString::number(fastestMs)));
}

void RunTest::wrongOptionsAreRefused() {
    const Scenario scenario = simpleScenario(1, 10, 1);
    QCOMPARE(run(scenario, {.threads = -1}).error().kind, base::ErrorKind::InvalidInput);
    QCOMPARE(run(scenario, {.threads = 100'000}).error().kind, base::ErrorKind::InvalidInput);
    QCOMPARE(run(scenario, {.chunkDevices = -1}).error().kind, base::ErrorKind::InvalidInput);
    QVERIFY(!run(simpleScenario(1, 10'000'001, 1), {.keepsEndValues = true}));
}

void RunTest::kernelIsKnownByName() {
    QCOMPARE(*kernelFromName(QStringLiteral("plain")), Kernel::Plain);
    QCOMPARE(*kernelFromName(QStringLiteral("auto")), Kernel::Plain);
    const auto unknown = kernelFromName(QStringLiteral("avx1024"));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, base::ErrorKind::InvalidInput);
    QVERIFY(unknown.error().what.contains(QStringLiteral("plain")));
}

void RunTest::percentilesAreNearestRanks() {
    SimulationResult result;
    result.devices = 10;
    result.days.resize(1);
    result.days[0].histogram = {1, 0, 2, 2, 0, 4, 1}; // 0, 2, 2, 3, 3, 5, 5, 5, 5, 6
    QCOMPARE(percentiles(result, 0), (Percentiles{0, 2, 3, 5, 5}));
    QCOMPARE(percentile(result, 0, 0), 0);
    QCOMPARE(percentile(result, 0, 0.91), 6);
    QCOMPARE(percentile(result, 0, 1), 6);
    result.binWidth = 100;
    QCOMPARE(percentile(result, 0, 0.5), 300);
}

void RunTest::partsAddUpToTheWhole() {
    const auto horizon = planHorizon(smallBench8(300, 5));
    const auto part = [&horizon](qint64 first, qint64 count) {
        SimulationResult result = emptyResult(*horizon);
        KernelRequest request;
        request.firstDevice = first;
        request.deviceCount = count;
        return simulatePlain(*horizon, request, result) ? result : SimulationResult{};
    };
    const SimulationResult whole = part(0, 300);
    SimulationResult sum = part(0, 120);
    add(sum, part(120, 180));
    QCOMPARE(sum == whole, true);
}

void RunTest::digestSeesEveryCounter() {
    const SimulationResult result = simulated(smallBench8(20, 3));
    const QString before = digest(result);
    const std::vector<std::function<void(SimulationResult&)>> changes{
        [](SimulationResult& r) { ++r.days[2].histogram[0]; },
        [](SimulationResult& r) { ++r.days[0].valueSum; },
        [](SimulationResult& r) { ++r.days[0].devicesAtLevel[3]; },
        [](SimulationResult& r) { ++r.days[0].grants[3]; },
        [](SimulationResult& r) { ++r.days[0].firstReached[3]; },
        [](SimulationResult& r) { ++r.days[1].rules[4].byOutcome[2]; },
        [](SimulationResult& r) { ++r.days[1].rules[4].appliedByCut[2]; },
        [](SimulationResult& r) { ++r.days[1].rules[4].pointsGained; },
        [](SimulationResult& r) { ++r.days[1].rules[4].pointsTaken; },
        [](SimulationResult& r) { ++r.days[1].rules[4].pointsLost; },
        [](SimulationResult& r) { ++r.days[1].rules[4].pointsLostByCut[2]; },
        [](SimulationResult& r) { ++r.days[1].rules[4].devicesAtCap; },
        [](SimulationResult& r) { ++r.days[1].activeDevices; },
        [](SimulationResult& r) { ++r.days[1].churnedDevices; },
        [](SimulationResult& r) { ++r.days[1].decayedDevices; },
        [](SimulationResult& r) { ++r.days[1].idleDevices; },
        [](SimulationResult& r) { ++r.days[1].devicesAtGlobalCap; },
        [](SimulationResult& r) { ++r.eventsByHour[4][13]; },
        [](SimulationResult& r) { ++r.startedAtLevel[0]; },
        [](SimulationResult& r) { ++r.startValueSum; },
        [](SimulationResult& r) { ++r.retries; }};
    for (size_t i = 0; i < changes.size(); ++i) {
        SimulationResult changed = result;
        changes[i](changed);
        QVERIFY2(digest(changed) != before, qPrintable(QString::number(i)));
    }
    SimulationResult slower = result;
    slower.cpuS += 1;
    slower.wallS += 1;
    slower.threads += 1;
    QCOMPARE(digest(slower), before);
}

void RunTest::jsonHasTheMembersOfTheCommandLine() {
    const SimulationResult result = simulated(smallBench8(200, 4));
    const base::Json json = toJson(result);
    for (const char* member : {"events", "applied", "outcomes", "mean_value", "mean_level", "level_occupancy", "cpu_s",
                               "wall_s", "kernel", "digest"})
        QVERIFY2(json.contains(member), member);
    QCOMPARE(json["events"].get<qint64>(), eventCount(result));
    QCOMPARE(json["kernel"].get<std::string>(), std::string("plain"));
    QCOMPARE(json["digest"].get<std::string>(), digest(result).toStdString());
    QCOMPARE(json["digest"].get<std::string>().size(), size_t{32});
    QCOMPARE(json["by_day"].size(), size_t{4});
    QCOMPARE(json["by_day"][3]["date"].get<std::string>(), std::string("2026-01-04"));
    QCOMPARE(json["by_day"][3]["p50"].get<int>(), percentile(result, 3, 0.5));
    qint64 devices = 0;
    for (const base::Json& count : json["level_occupancy"])
        devices += count.get<qint64>();
    QCOMPARE(devices, qint64{200});
    qint64 events = 0;
    for (const base::Json& rule : json["outcomes"]) {
        events += rule["events"].get<qint64>();
        QVERIFY(rule.contains("noop_cooldown") && rule.contains("applied") && !rule.contains("in_doubt"));
    }
    QCOMPARE(events, eventCount(result));
    QVERIFY(result.cpuS > 0 && result.wallS > 0);
}

void RunTest::jsonHasCapsHoursAndFirstPassages() {
    Scenario scenario = busyScenario(200, 12);
    const SimulationResult result = simulated(scenario);
    const base::Json json = toJson(result);
    qint64 lost = 0;
    for (const auto& [cut, points] : json["outcomes"]["b"]["points_lost_by"].items())
        lost += points.get<qint64>();
    QCOMPARE(lost, ruleTotal(result, 1).pointsLost);
    QVERIFY(lost > 0);
    const double saturation = json["outcomes"]["a"]["cap_saturation"].get<double>();
    QCOMPARE(saturation, static_cast<double>(ruleTotal(result, 0).devicesAtCap) / (200 * 12));
    QVERIFY(saturation > 0 && saturation < 1);
    qint64 events = 0;
    for (const auto& [rule, byHour] : json["events_by_hour"].items()) {
        QCOMPARE(byHour.size(), size_t{24});
        for (const base::Json& count : byHour)
            events += count.get<qint64>();
    }
    QCOMPARE(events, eventCount(result));
    QCOMPARE(json["first_passage"].size(), size_t{3});
    QCOMPARE(json["first_passage"][2]["level"].get<int>(), 2);
    QVERIFY(json["first_passage"][2]["p90_day"].is_null()); // never, within the run
    QCOMPARE(json["first_passage"][0]["median_day"].get<int>(), 0);
    const base::Json& day = json["by_day"][11];
    QCOMPARE(day["idle_devices"].get<qint64>(), result.days[11].idleDevices);
    QCOMPARE(day["devices_at_global_cap"].get<qint64>(), result.days[11].devicesAtGlobalCap);
    QCOMPARE(day["rules"]["a"]["devices_at_cap"].get<qint64>(), result.days[11].rules[0].devicesAtCap);
}

} // namespace affinity::test
