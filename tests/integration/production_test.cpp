#include "tests/integration/production_test.h"

#include "tests/integration/console.h"
#include "tests/integration/redisanswers.h"
#include "tests/support/channelslistener.h"
#include "tests/support/mariadbserver.h"
#include "tests/support/postgresserver.h"

#include <QTest>

namespace affinity::test {

namespace {

constexpr int soonMs = 20'000; ///< far more than a push takes, on a busy machine too

/// Seconds left; a call just made may have used up some.
bool isAbout(qint64 seconds, qint64 left) {
    return left <= seconds && left > seconds - 30;
}

/// The program with the stores of one test.
struct Program {
    QString url;
    QString password;
    QString redisUrl;
    bool hasPush = true;

    ConsoleRun run(const QStringList& arguments) const {
        QStringList all{QStringLiteral("--store"), url, QStringLiteral("--redis"), redisUrl};
        if (hasPush)
            all << QStringLiteral("--push") << redisUrl;
        return runConsole(all + arguments, {QStringLiteral("AFFINITY_SQL_PASSWORD=") + password,
                                            QStringLiteral("AFFINITY_OPERATOR_PASSWORD=oracle-admin-pw")});
    }
    ConsoleRun apply(const QString& rule, const QString& eventId, const QStringList& more = {}) const {
        return run(QStringList{QStringLiteral("apply"), QStringLiteral("--user"), QStringLiteral("2"),
                               QStringLiteral("--device"), QStringLiteral("3"), QStringLiteral("--rule"), rule,
                               QStringLiteral("--source"), QStringLiteral("device_event"), QStringLiteral("--event-id"),
                               eventId} +
                   more);
    }
    ConsoleRun adjust(int delta) const {
        return run({QStringLiteral("adjust"), QStringLiteral("--user"), QStringLiteral("2"), QStringLiteral("--device"),
                    QStringLiteral("3"), QStringLiteral("--delta"), QString::number(delta),
                    QStringLiteral("--reason-code"), QStringLiteral("goodwill"), QStringLiteral("--reason"),
                    QStringLiteral("an apology"), QStringLiteral("--operator"), QStringLiteral("admin")});
    }
};

QString outcomeOf(const ConsoleRun& run) {
    return QString::fromStdString(run.json().value("outcome", std::string()));
}

} // namespace

void ProductionTest::initTestCase_data() {
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"postgresql", "mariadb"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void ProductionTest::initTestCase() {
    m_servers[QStringLiteral("postgresql")] = std::make_unique<PostgresServer>();
    m_servers[QStringLiteral("mariadb")] = std::make_unique<MariaDbServer>();
    for (const auto& [kind, server] : m_servers)
        QVERIFY2(server->start(), server->output().constData());
    QVERIFY2(m_redis.start(), m_redis.output().constData());
}

void ProductionTest::init() {
    command(m_redis, {"FLUSHALL"});
    m_url = server().makeDatabase(QStringLiteral("django"));
    QVERIFY(!m_url.isEmpty());
}

void ProductionTest::cleanupTestCase() {
    m_servers.clear();
}

DatabaseServer& ProductionTest::server() {
    QFETCH_GLOBAL(QString, kind);
    return *m_servers.at(kind);
}

QString ProductionTest::redisUrl() const {
    return QStringLiteral("redis://127.0.0.1:%1/0").arg(m_redis.port());
}

void ProductionTest::applyLeavesRowsKeysAndAFrame() {
    ChannelsListener listener(m_redis.target());
    QVERIFY(!listener.join("affinity_user_2").isEmpty());
    const Program program{m_url, server().password(), redisUrl()};
    const QString name = DatabaseServer::databaseName(m_url);
    const int before =
        server()
            .query(name, QStringLiteral("SELECT favorability FROM device_interaction_userdevice WHERE id = 3"))
            .toInt();

    const ConsoleRun run = program.apply(QStringLiteral("gift"), QStringLiteral("ev-1"));
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const int change = run.json().at("change_value").get<int>();
    QVERIFY(change > 0);
    const QByteArray row = server().query(
        name, QStringLiteral("SELECT user_id, device_id, rule_key, change_value, before_value, after_value, source, "
                             "event_id, operator_admin_id, reason FROM userapp_affinitylog"));
    QCOMPARE(row, QStringLiteral("2\t3\tgift\t%1\t%2\t%3\tdevice_event\tev-1\tNULL\t")
                      .arg(change)
                      .arg(before)
                      .arg(before + change)
                      .toUtf8());
    QCOMPARE(
        server().query(name, QStringLiteral("SELECT favorability FROM device_interaction_userdevice WHERE id = 3")),
        QByteArray::number(before + change));
    QCOMPARE(server().query(name, QStringLiteral("SELECT accumulated_change, trigger_count FROM "
                                                 "userapp_useraffinitydailycounter WHERE device_id = 3")),
             QByteArray::number(change) + "\t1");

    const std::map<QByteArray, std::pair<QByteArray, qint64>> keys{
        {":1:affinity:daily:3:gift:" + today(), {QByteArray::number(change), 172'800}},
        {":1:affinity:daily:3:_global:" + today(), {QByteArray::number(change), 172'800}},
        {":1:affinity:event:ev-1", {"1", 60}}};
    for (const auto& [key, wanted] : keys) {
        QCOMPARE(command(m_redis, {"GET", key}).text, wanted.first);
        QVERIFY2(isAbout(wanted.second, command(m_redis, {"TTL", key}).integer), key.constData());
    }

    const auto frame = listener.nextEvent(soonMs);
    QVERIFY(frame.isOk() && frame->has_value());
    QCOMPARE(QByteArray::fromStdString((*frame)->event.dump()),
             QStringLiteral("{\"type\":\"affinity_update\",\"device_id\":3,\"change\":%1,\"before\":%2,\"after\":%3,"
                            "\"rule_key\":\"gift\",\"source\":\"device_event\"}")
                 .arg(change)
                 .arg(before)
                 .arg(before + change)
                 .toUtf8());
}

void ProductionTest::levelUpIsTold() {
    ChannelsListener listener(m_redis.target());
    listener.join("affinity_user_2");
    const Program program{m_url, server().password(), redisUrl()};
    const QString name = DatabaseServer::databaseName(m_url);
    const ConsoleRun run = program.adjust(450);
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const base::Json result = run.json();
    QVERIFY(result.at("new_level").get<int>() > result.at("old_level").get<int>());
    const auto update = listener.nextEvent(soonMs);
    const auto levelUp = listener.nextEvent(soonMs);
    QVERIFY(update.isOk() && *update && levelUp.isOk() && *levelUp);
    QCOMPARE((*update)->event.at("type").get<std::string>(), std::string("affinity_update"));
    QCOMPARE((*levelUp)->event.at("type").get<std::string>(), std::string("level_up"));
    QCOMPARE((*levelUp)->event.at("new_level").get<int>(), result.at("new_level").get<int>());
    QCOMPARE((*levelUp)->event.at("rewards").size(), result.at("rewards_granted").size());
    QCOMPARE(
        server().query(name, QStringLiteral("SELECT count(*) FROM userapp_userlevelrewardgrant WHERE device_id = 3")),
        QByteArray::number(result.at("rewards_granted").size()));
}

void ProductionTest::djangosKeysAreRespected() {
    const Program program{m_url, server().password(), redisUrl()};
    command(m_redis, {"SET", ":1:affinity:cd:3:gift", "1", "EX", "30"});
    QCOMPARE(outcomeOf(program.apply(QStringLiteral("gift"), QStringLiteral("a"))), QStringLiteral("noop_cooldown"));
    command(m_redis, {"SET", ":1:affinity:event:b", "1", "EX", "60"});
    QCOMPARE(outcomeOf(program.apply(QStringLiteral("chat"), QStringLiteral("b"))),
             QStringLiteral("noop_event_duplicate"));
    command(m_redis, {"SET", ":1:affinity:daily:3:capped:" + today(), "100000", "EX", "172800"});
    QCOMPARE(outcomeOf(program.apply(QStringLiteral("capped"), QStringLiteral("c"))),
             QStringLiteral("noop_rule_daily_cap"));
    QCOMPARE(
        server().query(DatabaseServer::databaseName(m_url), QStringLiteral("SELECT count(*) FROM userapp_affinitylog")),
        QByteArray("0"));
}

void ProductionTest::oursAreVisibleToDjango() {
    const Program program{m_url, server().password(), redisUrl()};
    const QString name = DatabaseServer::databaseName(m_url);
    server().query(name,
                   QStringLiteral("UPDATE userapp_affinityrule SET cooldown_seconds = 45 WHERE rule_key = 'gift'"));
    QCOMPARE(outcomeOf(program.apply(QStringLiteral("gift"), QStringLiteral("ev-2"))), QStringLiteral("applied"));
    QCOMPARE(command(m_redis, {"GET", ":1:affinity:cd:3:gift"}).text, QByteArray("1"));
    QVERIFY(isAbout(45, command(m_redis, {"TTL", ":1:affinity:cd:3:gift"}).integer));
    QCOMPARE(outcomeOf(program.apply(QStringLiteral("gift"), QStringLiteral("ev-3"))), QStringLiteral("noop_cooldown"));
    QCOMPARE(outcomeOf(program.apply(QStringLiteral("chat"), QStringLiteral("ev-2"))),
             QStringLiteral("noop_event_duplicate"));
}

void ProductionTest::adjustmentIsTold() {
    ChannelsListener listener(m_redis.target());
    listener.join("affinity_user_2");
    const Program program{m_url, server().password(), redisUrl()};
    const ConsoleRun run = program.adjust(5);
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const auto frame = listener.nextEvent(soonMs);
    QVERIFY(frame.isOk() && frame->has_value());
    QCOMPARE((*frame)->event.at("rule_key").get<std::string>(), std::string("admin"));
    QCOMPARE((*frame)->event.at("source").get<std::string>(), std::string("admin_adjust_single"));
    QCOMPARE(command(m_redis, {"EXISTS", ":1:affinity:daily:3:_global:" + today()}).integer, 0);
}

void ProductionTest::previewTellsNobodyAndWritesNothing() {
    ChannelsListener listener(m_redis.target());
    listener.join("affinity_user_2");
    const Program program{m_url, server().password(), redisUrl()};
    const qint64 keysBefore = command(m_redis, {"DBSIZE"}).integer;
    const ConsoleRun run = program.apply(QStringLiteral("gift"), QStringLiteral("p"), {QStringLiteral("--preview")});
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(
        server().query(DatabaseServer::databaseName(m_url), QStringLiteral("SELECT count(*) FROM userapp_affinitylog")),
        QByteArray("0"));
    QCOMPARE(command(m_redis, {"DBSIZE"}).integer, keysBefore);
    QCOMPARE(command(m_redis, {"EXISTS", listener.queueKey()}).integer, 0);
}

void ProductionTest::nobodyIsToldWhenNotificationsAreOff() {
    ChannelsListener listener(m_redis.target());
    listener.join("affinity_user_2");
    server().query(
        DatabaseServer::databaseName(m_url),
        QStringLiteral("UPDATE userapp_affinitysetting SET enable_notify = %1")
            .arg(m_url.startsWith(QLatin1String("postgresql")) ? QStringLiteral("false") : QStringLiteral("0")));
    const Program program{m_url, server().password(), redisUrl()};
    QCOMPARE(outcomeOf(program.apply(QStringLiteral("gift"), QStringLiteral("n"))), QStringLiteral("applied"));
    QCOMPARE(command(m_redis, {"EXISTS", listener.queueKey()}).integer, 0);
}

void ProductionTest::deadPushServerDoesNotUndoTheChange() {
    RedisServer gone;
    QVERIFY(gone.start());
    const quint16 port = gone.port();
    gone.killNow();
    Program program{m_url, server().password(), redisUrl(), false};
    const ConsoleRun run =
        program.apply(QStringLiteral("gift"), QStringLiteral("d"),
                      {QStringLiteral("--push"), QStringLiteral("redis://127.0.0.1:%1/0").arg(port)});
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(outcomeOf(run), QStringLiteral("applied"));
    QVERIFY2(run.errors.contains("push"), run.errors.constData());
}

void ProductionTest::prepareAddsTheConsolesTables() {
    const Program program{m_url, server().password(), redisUrl(), false};
    const ConsoleRun shown = program.run({QStringLiteral("prepare"), QStringLiteral("--sql")});
    QVERIFY2(shown.exitCode == 0, shown.errors.constData());
    QVERIFY(shown.output.contains("CREATE TABLE") && shown.output.contains("affinity_console_log_note"));
    const ConsoleRun made = program.run({QStringLiteral("prepare")});
    QVERIFY2(made.exitCode == 0, made.errors.constData());
    QCOMPARE(program.run({QStringLiteral("prepare"), QStringLiteral("--sql")}).output.trimmed(), QByteArray());
    const ConsoleRun adjusted = program.adjust(3);
    QVERIFY2(adjusted.exitCode == 0, adjusted.errors.constData());
    QCOMPARE(server().query(DatabaseServer::databaseName(m_url),
                            QStringLiteral("SELECT reason_code FROM affinity_console_log_note")),
             QByteArray("goodwill"));
}

void ProductionTest::prepareMakesTheRoles() {
    const Program program{m_url, server().password(), redisUrl(), false};
    const QString name = DatabaseServer::databaseName(m_url);
    const QStringList command{QStringLiteral("prepare"), QStringLiteral("--roles")};
    const ConsoleRun early = program.run(command);
    QCOMPARE(early.exitCode, 1);
    QVERIFY2(early.errors.contains("Run prepare without --roles first"), early.errors.constData());
    QCOMPARE(program.run({QStringLiteral("prepare")}).exitCode, 0);
    const ConsoleRun refused = program.run(command);
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.errors.contains("may not make the roles"), refused.errors.constData());

    const ConsoleRun shown = program.run(command + QStringList{QStringLiteral("--sql")});
    QVERIFY2(shown.exitCode == 0, shown.errors.constData());
    QCOMPARE(server().query(name, QString::fromUtf8(shown.output)), QByteArray());
    if (m_url.startsWith(QLatin1String("mysql"))) // there a role that another made cannot be given on
        return;
    server().query(name, QStringLiteral("ALTER ROLE affinity CREATEROLE"));
    const ConsoleRun made = program.run(command);
    server().query(name, QStringLiteral("ALTER ROLE affinity NOCREATEROLE"));
    QVERIFY2(made.exitCode == 0, made.errors.constData());
    QVERIFY2(made.errors.contains("GRANT affinity_support TO alice"), made.errors.constData());
}

void ProductionTest::wrongPasswordIsNamedAndNotShown() {
    const Program program{m_url, QStringLiteral("planted-wrong-password"), redisUrl(), false};
    const ConsoleRun run = program.apply(QStringLiteral("gift"), QStringLiteral("w"));
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.errors.contains("password"), run.errors.constData());
    QVERIFY(!run.errors.contains("planted-wrong-password") && !run.output.contains("planted-wrong-password"));
}

} // namespace affinity::test
