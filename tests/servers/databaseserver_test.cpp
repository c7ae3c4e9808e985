#include "tests/servers/databaseserver_test.h"

#include "tests/servers/serverkind.h"
#include "tests/support/processwatch.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <chrono>
#include <future>

using namespace std::chrono_literals;

namespace affinity::test {

namespace {

QString devicesAndRules() {
    return QStringLiteral(
        "SELECT (SELECT count(*) FROM device_interaction_userdevice), (SELECT count(*) FROM userapp_affinityrule);");
}

/// A table `note` with one text, in a database of its own; its name.
QString makeNote(DatabaseServer& server, const QString& text) {
    const QString database = DatabaseServer::databaseName(server.makeDatabase(QStringLiteral("empty")));
    const QByteArray answer = server.query(
        database, QStringLiteral("CREATE TABLE note (text varchar(100)); INSERT INTO note VALUES ('%1');").arg(text));
    return answer.isEmpty() ? database : QString();
}

QByteArray note(const DatabaseServer& server, const QString& database) {
    return server.query(database, QStringLiteral("SELECT text FROM note;"));
}

} // namespace

void DatabaseServerTest::kinds() {
    QTest::addColumn<int>("kind");
    for (const ServerKind kind : {ServerKind::Postgres, ServerKind::MariaDb})
        QTest::newRow(serverKindName(kind)) << static_cast<int>(kind);
}

void DatabaseServerTest::initTestCase() {
    for (const ServerKind kind : {ServerKind::Postgres, ServerKind::MariaDb}) {
        QElapsedTimer timer;
        timer.start();
        m_servers.push_back(makeServer(kind));
        QVERIFY(m_servers.back()->start());
        qInfo("%s: a new server in %lld ms", serverKindName(kind), timer.elapsed());
    }
}

void DatabaseServerTest::cleanupTestCase() {
    m_servers.clear();
}

void DatabaseServerTest::init() {
    if (!server().isRunning()) // a test before has failed
        QVERIFY(server().start());
}

DatabaseServer& DatabaseServerTest::server() const {
    QFETCH(int, kind);
    return *m_servers[static_cast<std::size_t>(kind)];
}

void DatabaseServerTest::djangosRowsAreThere() {
    QElapsedTimer timer;
    timer.start();
    const QString first = server().makeDatabase(QStringLiteral("django"));
    const qint64 firstMs = timer.restart();
    const QString second = server().makeDatabase(QStringLiteral("django"));
    qInfo("Django's database: %lld ms, another %lld ms", firstMs, timer.elapsed());
    QVERIFY(first != second);
    for (const QString& address : {first, second})
        QCOMPARE(server().query(DatabaseServer::databaseName(address), devicesAndRules()), QByteArray("7\t13"));
}

void DatabaseServerTest::applicationSignsInWithItsPassword() {
    const QString address = server().makeDatabase(QStringLiteral("django"));
    // What it reads and writes it owns: Django's tables, and tables of its own.
    QCOMPARE(
        queryAsApplication(address, server().password(), QStringLiteral("SELECT count(*) FROM userapp_affinityrule")),
        QStringLiteral("13"));
    QCOMPARE(queryAsApplication(address, server().password(), QStringLiteral("CREATE TABLE own (id int)")), QString());
    const QString wrong = queryAsApplication(address, QStringLiteral("wrong"), QStringLiteral("SELECT 1"));
    QVERIFY2(wrong.startsWith(QLatin1String("ERROR")), qPrintable(wrong));
    for (const char* user : {"affinity", "superuser", "postgres", "root", "mariadb.sys"}) {
        const QString other =
            QString(address).replace(QStringLiteral("affinity@"), QLatin1String(user) + QLatin1Char('@'));
        const QString answer = queryAsApplication(other, {}, QStringLiteral("SELECT 1"));
        QVERIFY2(answer.startsWith(QLatin1String("ERROR")), qPrintable(answer));
    }
}

void DatabaseServerTest::rowsArePrintedAlike() {
    const QString sql = QStringLiteral("SELECT 1, NULL, 'a b', '好'; SELECT 'two' UNION ALL SELECT '';");
    QCOMPARE(server().query({}, sql), QByteArray("1\tNULL\ta b\t好\ntwo\n"));
    const QString django = DatabaseServer::databaseName(server().makeDatabase(QStringLiteral("django")));
    QCOMPARE(server().query(django, QStringLiteral("SELECT id, username FROM auth_user ORDER BY id LIMIT 1;")),
             QByteArray("1\tadmin"));
}

void DatabaseServerTest::failedStatementIsToldFromNoRows() {
    const QString database = makeNote(server(), QStringLiteral("kept"));
    QCOMPARE(server().query(database, QStringLiteral("SELECT text FROM note WHERE text = 'none';")), QByteArray());
    const QByteArray answer = server().query(database, QStringLiteral("SELECT text FROM missing;"));
    QVERIFY2(answer.startsWith("ERROR: ") && answer.contains("missing"), answer.constData());
}

void DatabaseServerTest::databasesAreSeparate() {
    const QString first = makeNote(server(), QStringLiteral("first"));
    const QString second = makeNote(server(), QStringLiteral("second"));
    QCOMPARE(note(server(), first), QByteArray("first"));
    QCOMPARE(note(server(), second), QByteArray("second"));
    QVERIFY(server().dropDatabase(first));
    QVERIFY(note(server(), first).startsWith("ERROR: "));
    QCOMPARE(note(server(), second), QByteArray("second"));
}

void DatabaseServerTest::killedServerComesBackWithItsRows() {
    const QString database = makeNote(server(), QStringLiteral("kept"));
    const quint16 port = server().port();
    server().killNow();
    QVERIFY(!server().isRunning());
    const QByteArray answer = note(server(), database);
    QVERIFY2(answer.startsWith("ERROR: "), answer.constData());
    QElapsedTimer timer;
    timer.start();
    QVERIFY(server().start());
    qInfo("recovery in %lld ms", timer.elapsed());
    QCOMPARE(server().port(), port);
    QCOMPARE(note(server(), database), QByteArray("kept"));
}

void DatabaseServerTest::restartedServerKeepsItsRows() {
    const QString database = makeNote(server(), QStringLiteral("kept"));
    const quint16 port = server().port();
    const std::vector<pid_t> before = server().processes();
    QVERIFY(server().restart());
    QCOMPARE(server().port(), port);
    QVERIFY(server().processes().front() != before.front());
    QCOMPARE(note(server(), database), QByteArray("kept"));
}

void DatabaseServerTest::killedServerForgetsWhatWasNotCommitted() {
    QFETCH(int, kind);
    const bool isPostgres = static_cast<ServerKind>(kind) == ServerKind::Postgres;
    const QString sleep = isPostgres ? QStringLiteral("pg_sleep(60)") : QStringLiteral("SLEEP(60)");
    const QString sleepers =
        isPostgres ? QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep';")
                   : QStringLiteral("SELECT count(*) FROM information_schema.processlist WHERE state = 'User sleep';");
    DatabaseServer& killed = server();
    const QString database = makeNote(killed, QStringLiteral("before"));
    std::future<QByteArray> unit = std::async(std::launch::async, [&killed, database, sleep] {
        return killed.query(database,
                            QStringLiteral("BEGIN; UPDATE note SET text = 'after'; SELECT %1; COMMIT;").arg(sleep));
    });
    QTRY_COMPARE(killed.query({}, sleepers), QByteArray("1"));
    killed.killNow();
    QVERIFY(unit.get().startsWith("ERROR: "));
    QVERIFY(killed.start());
    QCOMPARE(note(killed, database), QByteArray("before"));
}

void DatabaseServerTest::pausedServerAnswersWhenResumed() {
    DatabaseServer& paused = server();
    const QString database = makeNote(paused, QStringLiteral("kept"));
    paused.pause();
    QVERIFY(paused.isRunning());
    std::future<QByteArray> answer = std::async(std::launch::async, [&] { return note(paused, database); });
    QVERIFY(answer.wait_for(150ms) == std::future_status::timeout);
    paused.resume();
    QCOMPARE(answer.get(), QByteArray("kept"));
}

void DatabaseServerTest::serverOfAnotherTestDoesNotClashAndEndsWithIt() {
    QFETCH(int, kind);
    const QString database = makeNote(server(), QStringLiteral("ours"));
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--abandon"), QString::number(kind)});
    QVERIFY(other.waitForReadyRead(30'000));
    QByteArrayList answer = other.readLine().simplified().split(' ');
    const QDir socketFolder(QString::fromLatin1(answer.takeFirst()));
    QVERIFY(answer.takeFirst().toInt() != server().port());
    std::vector<ProcessWatch> watches;
    for (const QByteArray& process : answer)
        watches.emplace_back(process.toInt());
    QVERIFY(!watches.empty());
    for (const ProcessWatch& watch : watches)
        QVERIFY(!watch.hasEnded(0));

    other.kill();
    QVERIFY(other.waitForFinished());
    for (const ProcessWatch& watch : watches)
        QVERIFY(watch.hasEnded(10'000));
    QVERIFY(socketFolder.exists());
    makeServer(static_cast<ServerKind>(kind)); // removes what a killed test has left
    QVERIFY(!socketFolder.exists());
    QCOMPARE(note(server(), database), QByteArray("ours"));
}

} // namespace affinity::test
