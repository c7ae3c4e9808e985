#include "tests/faults/crashsweep_test.h"

#include "tests/faults/crashsweep.h"
#include "tests/faults/longrun.h"
#include "tests/faults/threads.h"

#include <QElapsedTimer>
#include <QTest>

namespace affinity::test {

void CrashSweepTest::initTestCase_data() {
    addServers();
}

void CrashSweepTest::everyStepMayBeTheLast() {
    QFETCH_GLOBAL(int, dialect);
    FaultServer server(static_cast<store::Dialect>(dialect));
    RedisServer redis;
    QVERIFY(redis.start());
    CrashSweep sweep(server, redis);
    const std::vector<CrashCase> cases = isLongRun() ? allCrashCases() : chosenCrashCases();
    QElapsedTimer timer;
    timer.start();
    std::vector<std::function<void()>> ofTheClient;
    for (const CrashCase& each : cases) {
        if (isFaultOfTheClient(each.fault))
            ofTheClient.push_back([&sweep, each] { sweep.run(each); });
    }
    runTogether(ofTheClient);
    for (const CrashCase& each : cases) {
        if (!isFaultOfTheClient(each.fault))
            sweep.run(each);
    }
    for (const QString& line : sweep.lines())
        qInfo("%s", qPrintable(line));
    qInfo("%.1f s", static_cast<double>(timer.elapsed()) / 1000);
    QVERIFY2(sweep.violations().isEmpty(), qPrintable(sweep.violations().join(QLatin1Char('\n'))));
    QCOMPARE(sweep.cases(), static_cast<int>(cases.size()));
    QVERIFY(isLongRun() || cases.size() == 60);
}

} // namespace affinity::test
