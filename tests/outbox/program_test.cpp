#include "tests/outbox/program_test.h"

#include "tests/integration/console.h"
#include "tests/outbox/inbox.h"
#include "tests/outbox/relayrig.h"
#include "tests/production/must.h"
#include "tests/rewards/httpserver.h"

#include <QTest>

#include <csignal>

namespace affinity::test {

namespace {

/// A database as Django made it, prepared by the program: device 2 of user 1 has 48 points, a gift brings level 2.
struct ProgramWorld {
    ProgramWorld()
        : server(databaseServer(ServerKind::PostgreSql)), url(server.makeDatabase(QStringLiteral("django"))) {
        const ConsoleRun run = this->run({QStringLiteral("prepare")});
        if (run.exitCode != 0)
            qFatal("%s", run.errors.constData());
    }
    ~ProgramWorld() { server.dropDatabase(DatabaseServer::databaseName(url)); }
    ProgramWorld(const ProgramWorld&) = delete;
    ProgramWorld& operator=(const ProgramWorld&) = delete;

    QStringList environment() const {
        return {QStringLiteral("AFFINITY_SQL_PASSWORD=") + server.password(),
                QStringLiteral("AFFINITY_OPERATOR_PASSWORD=oracle-admin-pw"),
                QStringLiteral("AFFINITY_REWARD_KEY=0123456789abcdef0123456789abcdef")};
    }
    QStringList arguments(const QStringList& more) const { return QStringList{QStringLiteral("--store"), url} + more; }
    ConsoleRun run(const QStringList& more) const { return runConsole(arguments(more), environment()); }
    QString query(const QString& sql) const {
        return QString::fromUtf8(server.query(DatabaseServer::databaseName(url), sql));
    }
    QString waiting() const { return query(QStringLiteral("SELECT count(*) FROM affinity_console_outbox")); }

    DatabaseServer& server;
    QString url;
};

QStringList redisAndPush(quint16 pushPort) {
    const auto address = [](quint16 port) { return QStringLiteral("redis://127.0.0.1:%1/0").arg(port); };
    return {QStringLiteral("--redis"), address(redisServer().port()), QStringLiteral("--push"), address(pushPort)};
}

QStringList rewardsTo(quint16 port) {
    return {QStringLiteral("--rewards"), QStringLiteral("http://127.0.0.1:%1/rewards").arg(port)};
}

QStringList giftOfDeviceTwo(const QString& eventId) {
    return {QStringLiteral("apply"),
            QStringLiteral("--user"),
            QStringLiteral("1"),
            QStringLiteral("--device"),
            QStringLiteral("2"),
            QStringLiteral("--rule"),
            QStringLiteral("gift"),
            QStringLiteral("--source"),
            QStringLiteral("device_event"),
            QStringLiteral("--event-id"),
            eventId};
}

QString outcomeOf(const ConsoleRun& run) {
    const base::Json json = run.json();
    return json.is_object() ? QString::fromStdString(json.value("outcome", std::string())) : QString();
}

} // namespace

void ProgramTest::initTestCase() {
    redisServer();
}

void ProgramTest::init() {
    emptyRedis(false);
}

void ProgramTest::applySendsEverythingBeforeItEnds() {
    const ProgramWorld world;
    const Inbox inbox(redisServer().target());
    const HttpServer receiver(HttpAnswer{.status = 200});
    const ConsoleRun run = world.run(redisAndPush(redisServer().port()) + rewardsTo(receiver.port()) +
                                     giftOfDeviceTwo(QStringLiteral("first")));
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(outcomeOf(run), QStringLiteral("applied"));
    QVERIFY2(!run.errors.contains("outbox"), run.errors.constData());
    QCOMPARE(receiver.requestCount(), 1);
    QCOMPARE(receiver.requests().front().headers.value("idempotency-key"), QByteArray("affinity-reward-2-2"));
    QCOMPARE(world.waiting(), QStringLiteral("0"));
    QCOMPARE(world.query(QStringLiteral("SELECT state, attempts FROM affinity_console_reward_delivery")),
             QStringLiteral("delivered\t1"));
    QVERIFY(inbox.hasExactly(2));
    QCOMPARE(inbox.types(), (QStringList{QStringLiteral("affinity_update"), QStringLiteral("level_up")}));
    QCOMPARE(inbox.changesOf({2}), QStringList{QStringLiteral("48>58")});
}

void ProgramTest::rewardsAreListedAndSentAgain() {
    const ProgramWorld world;
    std::atomic<int> status = 400;
    const HttpServer receiver([&status](const HttpRequest&) { return HttpAnswer{.status = status}; });
    const QStringList ends = redisAndPush(redisServer().port()) + rewardsTo(receiver.port());
    const ConsoleRun applied = world.run(ends + giftOfDeviceTwo(QStringLiteral("refused")));
    QVERIFY2(applied.exitCode == 0, applied.errors.constData());
    QVERIFY2(applied.errors.contains("was not delivered"), applied.errors.constData());

    const QStringList list{QStringLiteral("rewards"), QStringLiteral("--state")};
    const ConsoleRun dead = world.run(list + QStringList{QStringLiteral("dead")});
    QVERIFY2(dead.exitCode == 0, dead.errors.constData());
    const base::Json row = dead.json();
    QVERIFY2(row.is_object(), dead.output.constData());
    QCOMPARE(row.at("device_id").get<int>(), 2);
    QCOMPARE(row.at("level").get<int>(), 2);
    QCOMPARE(row.at("state").get<std::string>(), std::string("dead"));
    QCOMPARE(row.at("attempts").get<int>(), 1);
    QVERIFY(row.at("next_attempt_at").is_null());
    QCOMPARE(world.run(list + QStringList{QStringLiteral("waiting")}).output, QByteArray());
    QCOMPARE(world.run({QStringLiteral("rewards")}).output, dead.output);

    const QString id = QString::number(row.at("id").get<qint64>());
    const QStringList resend{QStringLiteral("rewards"), QStringLiteral("--resend"), id};
    QVERIFY(world.run(ends + resend).exitCode != 0); // by whom?
    QCOMPARE(receiver.requestCount(), 1);
    status = 200;
    const QStringList byAdmin = resend + QStringList{QStringLiteral("--operator"), QStringLiteral("admin")};
    const ConsoleRun sent = world.run(ends + byAdmin);
    QVERIFY2(sent.exitCode == 0, sent.errors.constData());
    QCOMPARE(receiver.requestCount(), 2); // before the program ended
    QCOMPARE(world.run(list + QStringList{QStringLiteral("dead")}).output, QByteArray());
    const base::Json delivered = world.run(list + QStringList{QStringLiteral("delivered")}).json();
    QVERIFY(delivered.is_object());
    QCOMPARE(delivered.at("connector").get<std::string>(), std::string("webhook"));
    QCOMPARE(delivered.at("last_error").get<std::string>(), std::string());
    QVERIFY(world.run(ends + byAdmin).exitCode != 0); // nothing is dead any more
}

void ProgramTest::serveSendsWhatAnotherLeft() {
    const ProgramWorld world;
    const Inbox inbox(redisServer().target());
    const HttpServer receiver(HttpAnswer{.status = 200});
    RedisServer away;
    QVERIFY(away.start());
    away.killNow();
    const ConsoleRun left = world.run(redisAndPush(away.port()) + giftOfDeviceTwo(QStringLiteral("left")));
    QVERIFY2(left.exitCode == 0, left.errors.constData());
    QCOMPARE(world.waiting(), QStringLiteral("1"));

    const auto serve = startConsole(world.arguments(redisAndPush(redisServer().port()) + rewardsTo(receiver.port()) +
                                                    QStringList{QStringLiteral("serve")}),
                                    world.environment());
    QVERIFY(inbox.hasExactly(2));
    QTRY_COMPARE_WITH_TIMEOUT(receiver.requestCount(), 1, farMs);
    // And what comes while it runs, of a process that sends nothing itself.
    world.query(QStringLiteral("INSERT INTO affinity_console_outbox (kind, log_id, device_id, user_id, payload, "
                               "created_at) SELECT 'push', 99, 2, 1, '[{\"type\": \"level_down\", \"device_id\": 2, "
                               "\"old_level\": 2, \"new_level\": 1}]', now()"));
    QVERIFY(inbox.hasExactly(3));
    QTRY_COMPARE_WITH_TIMEOUT(world.waiting(), QStringLiteral("0"), farMs);
    ::kill(static_cast<pid_t>(serve->processId()), SIGINT);
    const ConsoleRun ended = finishConsole(*serve);
    QVERIFY2(ended.exitCode == 0, ended.errors.constData());
    QCOMPARE(world.query(QStringLiteral("SELECT holder FROM affinity_console_relay_lease")), QString());
}

void ProgramTest::applySaysThatPushesWait() {
    const ProgramWorld world;
    RedisServer away;
    QVERIFY(away.start());
    away.killNow();
    const ConsoleRun run = world.run(redisAndPush(away.port()) + giftOfDeviceTwo(QStringLiteral("waits")));
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(outcomeOf(run), QStringLiteral("applied"));
    QVERIFY2(run.errors.contains("waits in the outbox"), run.errors.constData());
    QCOMPARE(world.query(QStringLiteral("SELECT kind, claimed_at FROM affinity_console_outbox")),
             QStringLiteral("push\tNULL"));
}

void ProgramTest::aDeadRelaysClaimDoesNotHoldUpACommand() {
    const ProgramWorld world;
    world.query(QStringLiteral("INSERT INTO affinity_console_outbox (kind, log_id, device_id, user_id, payload, "
                               "created_at, claimed_at) SELECT 'push', 99, 2, 1, '[]', now(), now()"));
    qint64 quickestMs = farMs;
    for (const char* eventId : {"one", "two", "three"}) { // a busy machine may hold up one of them
        QElapsedTimer timer;
        timer.start();
        const ConsoleRun run =
            world.run(redisAndPush(redisServer().port()) + giftOfDeviceTwo(QString::fromLatin1(eventId)));
        quickestMs = std::min(quickestMs, timer.elapsed());
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(world.waiting(), QStringLiteral("1"));
        if (quickestMs < RelayLane::finishMs / 2)
            break;
    }
    QVERIFY2(quickestMs < RelayLane::finishMs, qPrintable(QString::number(quickestMs)));
}

} // namespace affinity::test
