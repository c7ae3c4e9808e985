#include "tests/faults/cutsweep_test.h"

#include "tests/faults/cutsweep.h"
#include "tests/faults/longrun.h"
#include "tests/faults/rediscuts.h"
#include "tests/faults/threads.h"

#include <QElapsedTimer>
#include <QTest>

namespace affinity::test {

namespace {

constexpr int sampleSize = 6;
constexpr int byteSampleSize = 16;

using Kind = WireFault::Kind;
using Moment = WireFault::Moment;

struct Cut {
    Kind kind;
    Moment moment;
    bool isAwayAfterwards;
};

void addPlans(std::vector<CutPlan>& plans, const Cut& cut, Operation operation, bool isReconnecting) {
    for (const Direction direction : {Direction::ToServer, Direction::ToClient})
        plans.push_back(
            {operation,
             {.kind = cut.kind, .direction = direction, .moment = cut.moment, .isAwayAfterwards = cut.isAwayAfterwards},
             isReconnecting});
}

/// The long run has each operation with every kind of cut before and after each message, on a connection that was there
/// before and on one that has to be made anew. Otherwise: a FIN after each message while the server can still be
/// reached, and a reset before each one after which nobody can; signing in is cut with an event's FIN only.
std::vector<CutPlan> plans() {
    const Cut fin{Kind::Fin, Moment::After, false};
    const Cut resetAndAway{Kind::Reset, Moment::Before, true};
    const Cut blackhole{Kind::Blackhole, Moment::After, false};
    std::vector<CutPlan> plans;
    for (const Operation operation : allOperations) {
        addPlans(plans, blackhole, operation, true); // first what waits most
        addPlans(plans, fin, operation, isLongRun() || operation == Operation::Apply);
        addPlans(plans, resetAndAway, operation, isLongRun());
        if (!isLongRun())
            continue;
        const Cut half{Kind::Half, Moment::After, false};
        for (const Cut& cut : {fin, resetAndAway, blackhole, half})
            addPlans(plans, cut, operation, false);
        for (const Cut& cut : {Cut{Kind::Fin, Moment::Before, true}, Cut{Kind::Reset, Moment::After, false},
                               Cut{Kind::Blackhole, Moment::Before, true}, half})
            addPlans(plans, cut, operation, true);
    }
    return plans;
}

void show(const CutFigures& figures, qint64 tookMs) {
    for (const QString& line : figures.lines())
        qInfo("%s", qPrintable(line));
    qInfo("%d cuts in %.1f s", figures.cuts(), static_cast<double>(tookMs) / 1000);
}

} // namespace

void CutSweepTest::initTestCase_data() {
    addServers();
}

void CutSweepTest::everyMessageMayBeTheLast() {
    QFETCH_GLOBAL(int, dialect);
    const FaultServer server(static_cast<store::Dialect>(dialect));
    CutFigures figures;
    QElapsedTimer timer;
    timer.start();
    std::vector<std::function<void()>> sweeps;
    for (const CutPlan& plan : plans())
        sweeps.push_back([&server, &figures, plan] {
            CutSweep sweep(server, plan, figures);
            if (plan.fault.kind == Kind::Blackhole && !isLongRun())
                sweep.runSome(sampleSize);
            else
                sweep.runAll();
        });
    runTogether(sweeps);
    show(figures, timer.elapsed());
    QVERIFY2(figures.violations().isEmpty(), qPrintable(figures.violations().mid(0, 20).join(QLatin1Char('\n'))));
    // A sweep that never came to the commit would have no violations either.
    for (const Operation operation : allOperations) {
        for (const Kind kind : {Kind::Fin, Kind::Reset}) {
            const QString row = name(operation) + QLatin1Char(' ') + name(kind);
            QVERIFY2(figures.cuts(row, QStringLiteral("error")) > 0, qPrintable(row));
        }
        QVERIFY(figures.cuts(name(operation) + QStringLiteral(" FIN"), QStringLiteral("applied")) > 0);
        QVERIFY(figures.cuts(name(operation) + QStringLiteral(" RST"), QStringLiteral("in_doubt")) > 0);
    }
}

void CutSweepTest::everyByteMayBeTheLast() {
    QFETCH_GLOBAL(int, dialect);
    const FaultServer server(static_cast<store::Dialect>(dialect));
    CutFigures figures;
    QElapsedTimer timer;
    timer.start();
    std::vector<std::function<void()>> sweeps;
    for (const Operation operation : allOperations) {
        for (const Direction direction : {Direction::ToServer, Direction::ToClient}) {
            const CutPlan plan{
                operation, {.kind = Kind::Fin, .direction = direction, .unit = WireFault::Unit::Byte}, false};
            sweeps.push_back([&server, &figures, plan] {
                CutSweep sweep(server, plan, figures);
                if (isLongRun())
                    sweep.runAll(); // half an hour
                else
                    sweep.runSome(byteSampleSize);
            });
        }
    }
    runTogether(sweeps);
    show(figures, timer.elapsed());
    QVERIFY2(figures.violations().isEmpty(), qPrintable(figures.violations().mid(0, 20).join(QLatin1Char('\n'))));
}

/// Nothing else ends a PostgreSQL session that waits in the middle of a pipeline.
void CutSweepTest::serverLooksForClientsThatFellSilent() {
    QFETCH_GLOBAL(int, dialect);
    if (static_cast<store::Dialect>(dialect) != store::Dialect::PostgreSql)
        return;
    const FaultServer server(store::Dialect::PostgreSql);
    const auto connection = required(connectTo(server.target(), {}));
    const auto settings = required(connection->selectText(
        QStringLiteral("SELECT current_setting('tcp_keepalives_idle'), current_setting('tcp_keepalives_interval'), "
                       "current_setting('tcp_keepalives_count')"),
        {}, [](const store::SqlRow& row) {
            return QStringList{row.value(0).toString(), row.value(1).toString(), row.value(2).toString()};
        }));
    QCOMPARE(settings.front(), (QStringList{QStringLiteral("10"), QStringLiteral("2"), QStringLiteral("3")}));
}

void CutSweepTest::everyMessageOfTheCountersMayBeTheLast() {
    QFETCH_GLOBAL(int, dialect);
    const FaultServer server(static_cast<store::Dialect>(dialect));
    RedisServer redis;
    QVERIFY(redis.start());
    CutFigures figures;
    QElapsedTimer timer;
    timer.start();
    std::vector<std::function<void()>> sweeps;
    for (const Kind kind : {Kind::Blackhole, Kind::Fin, Kind::Reset, Kind::Half}) {
        for (const Direction direction : {Direction::ToServer, Direction::ToClient})
            sweeps.push_back([&server, &redis, &figures, kind, direction] {
                RedisCuts(server, redis, {.kind = kind, .direction = direction}, figures).runAll();
            });
    }
    runTogether(sweeps);
    show(figures, timer.elapsed());
    QVERIFY2(figures.violations().isEmpty(), qPrintable(figures.violations().mid(0, 20).join(QLatin1Char('\n'))));
    for (const Kind kind : {Kind::Blackhole, Kind::Fin, Kind::Reset, Kind::Half}) {
        const QString row = QStringLiteral("Redis ") + name(kind);
        QVERIFY2(figures.cuts(row, QStringLiteral("applied")) > 0, qPrintable(row)); // cut at the confirm
    }
}

} // namespace affinity::test
