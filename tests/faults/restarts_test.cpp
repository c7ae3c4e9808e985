#include "tests/faults/restarts_test.h"

#include "tests/faults/longrun.h"
#include "tests/faults/restarts.h"

#include <QElapsedTimer>
#include <QTest>

namespace affinity::test {

namespace {

constexpr int longRunKills = 30;

} // namespace

void RestartsTest::initTestCase_data() {
    addServers();
}

void RestartsTest::nothingIsLostOrDoubledWhenTheServerIsKilled() {
    QFETCH_GLOBAL(int, dialect);
    FaultServer server(static_cast<store::Dialect>(dialect));
    RestartsPlan plan;
    if (isLongRun())
        plan.kills = longRunKills;
    QElapsedTimer timer;
    timer.start();
    Restarts restarts(server, plan);
    restarts.run();
    for (const QString& line : restarts.lines())
        qInfo("%s", qPrintable(line));
    qInfo("%.1f s", static_cast<double>(timer.elapsed()) / 1000);
    QVERIFY2(restarts.violations().isEmpty(), qPrintable(restarts.violations().mid(0, 20).join(QLatin1Char('\n'))));
    QVERIFY(restarts.succeeded() >= (plan.kills + 1) * plan.operationsBetween);
    QVERIFY2(restarts.disturbed() >= plan.kills, "a kill disturbed nobody");
}

} // namespace affinity::test
