#include "tests/contract/mariadbconnection_test.h"

#include "engine/store/open.h"
#include "engine/store/sqlrows.h"
#include "tests/contract/contractstore.h"
#include "tests/support/redisserver.h"

#include <QElapsedTimer>

#include <thread>

namespace affinity::test {

using base::ErrorKind;
using base::Result;
using store::Access;
using store::MariaDbConnection;
using store::ServerOptions;
using store::ServerTarget;
using store::SqlRow;
using store::Statement;

namespace {

using MariaDbPointer = std::unique_ptr<MariaDbConnection>;

QStringList columnOfMariaDb(store::SqlConnection& connection, const QString& sql, const QVariantList& values = {}) {
    return must([&]() -> Result<QStringList> {
        const auto rows = connection.selectText(sql, values, [](const SqlRow& row) {
            const QVariant value = row.value(0);
            return value.isNull() ? QStringLiteral("NULL") : value.toString();
        });
        if (!rows)
            return rows.error();
        return QStringList(rows->begin(), rows->end());
    }());
}

QString cellOfMariaDb(store::SqlConnection& connection, const QString& sql, const QVariantList& values = {}) {
    return columnOfMariaDb(connection, sql, values).join(QLatin1Char('|'));
}

Result<qint64> setMariaDbNickname(store::SqlConnection& connection, int device, const QString& nickname) {
    return connection.runText(QStringLiteral("UPDATE device_interaction_userdevice SET nickname = ? WHERE id = ?"),
                              {nickname, device});
}

QString mariaDbNickname(int device) {
    return QStringLiteral("SELECT nickname FROM device_interaction_userdevice WHERE id = %1").arg(device);
}

/// Whether it opened; the error alone can be copied.
Result<void> openedMariaDb(const ServerTarget& target, const ServerOptions& options = {}) {
    const auto connection = MariaDbConnection::open(target, options);
    return connection ? Result<void>() : Result<void>(connection.error());
}

/// The answer to GET_LOCK for a name.
Result<qint64> lockMariaDbName(store::SqlConnection& connection, const QString& name) {
    const auto answer = connection.selectOne(Statement::LockName, {name}, store::readNumber);
    if (!answer)
        return answer.error();
    return answer->value_or(-1);
}

ServerOptions impatientMariaDb(int callMs) {
    ServerOptions options;
    options.callMs = callMs;
    options.lockMs = 1000;
    return options;
}

ServerOptions readingMariaDb() {
    ServerOptions options;
    options.access = Access::Read;
    return options;
}

} // namespace

void MariaDbConnectionTest::initTestCase() {
    QVERIFY2(m_server.start(), m_server.output());
    m_address = m_server.makeDatabase(QStringLiteral("django"));
    QVERIFY(!m_address.isEmpty());
    m_database = DatabaseServer::databaseName(m_address);
    SUCCEEDS(store::prepare(m_address, {.password = m_server.password().toUtf8()}, base::VirtualClock(noonUs)));
}

void MariaDbConnectionTest::init() {
    QVERIFY(m_server.isRunning());
    asked(QStringLiteral("UPDATE device_interaction_userdevice SET nickname = 'Momo' WHERE id < 4"));
}

void MariaDbConnectionTest::cleanup() {
    m_server.resume();
}

ServerTarget MariaDbConnectionTest::target() const {
    return must(store::serverTargetFromUrl(m_address, m_server.password().toUtf8()));
}

MariaDbPointer MariaDbConnectionTest::connected(const ServerOptions& options) const {
    return must(MariaDbConnection::open(target(), options));
}

// Signing in.

void MariaDbConnectionTest::wrongPasswordIsRefusedByName() {
    ServerTarget wrong = target();
    wrong.password = "not-the-password";
    const Result<void> refused = openedMariaDb(wrong);
    FAILS_WITH(CannotConnect, refused);
    QVERIFY(refused.error().what.contains(where(wrong)));
    QVERIFY(refused.error().what.contains(QStringLiteral("did not let us in")));
    QVERIFY(!refused.error().what.contains(QStringLiteral("not-the-password")));
}

void MariaDbConnectionTest::databaseOfOthersIsRefusedByName() {
    ServerTarget others = target();
    others.database = QStringLiteral("mysql");
    const Result<void> refused = openedMariaDb(others);
    FAILS_WITH(CannotConnect, refused);
    QVERIFY(refused.error().what.contains(QStringLiteral("did not let us in")));
}

void MariaDbConnectionTest::unknownDatabaseIsNotFound() {
    asked(QStringLiteral("CREATE OR REPLACE USER everywhere@'127.0.0.1' IDENTIFIED BY 'pass-of-everywhere';"
                         "GRANT SELECT ON *.* TO everywhere@'127.0.0.1'"));
    ServerTarget unknown = target();
    unknown.user = QStringLiteral("everywhere");
    unknown.password = "pass-of-everywhere";
    unknown.database = QStringLiteral("no_such_database");
    FAILS_WITH(NotFound, openedMariaDb(unknown));
}

void MariaDbConnectionTest::absentServerIsNamed() {
    ServerTarget nowhere = target();
    nowhere.port = 1; // nobody listens there
    const Result<void> refused = openedMariaDb(nowhere);
    FAILS_WITH(CannotConnect, refused);
    QVERIFY(refused.error().what.contains(QStringLiteral("cannot be reached")));
}

void MariaDbConnectionTest::silentServerEndsSigningInAtItsDeadline() {
    m_server.pause();
    ServerOptions options;
    options.connectMs = 300;
    QElapsedTimer timer;
    timer.start();
    const Result<void> refused = openedMariaDb(target(), options);
    FAILS_WITH(CannotConnect, refused);
    QVERIFY(refused.error().what.contains(QStringLiteral("no answer within the time allowed")));
    QVERIFY2(timer.elapsed() >= 300 && timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
}

void MariaDbConnectionTest::sessionHasItsSettings() {
    ServerOptions options;
    options.statementMs = 2500;
    options.lockMs = 1500;
    options.idleMs = 9000;
    const MariaDbPointer connection = connected(options);
    const auto setting = [&](const char* name) {
        return cellOfMariaDb(*connection, QStringLiteral("SELECT @@SESSION.%1").arg(QLatin1String(name)));
    };
    QCOMPARE(setting("time_zone"), QStringLiteral("+00:00"));
    QCOMPARE(setting("tx_isolation"), QStringLiteral("READ-COMMITTED"));
    QCOMPARE(setting("character_set_client"), QStringLiteral("utf8mb4"));
    QCOMPARE(setting("max_statement_time").toDouble(), 2.5);
    QCOMPARE(setting("innodb_lock_wait_timeout"), QStringLiteral("2"));
    QCOMPARE(setting("lock_wait_timeout"), QStringLiteral("2"));
    QCOMPARE(setting("idle_transaction_timeout"), QStringLiteral("9"));
    QVERIFY(setting("sql_mode").contains(QStringLiteral("STRICT_TRANS_TABLES")));
    QVERIFY(!setting("sql_mode").contains(QStringLiteral("ANSI")));
    const MariaDbPointer reader = connected(readingMariaDb());
    QCOMPARE(cellOfMariaDb(*reader, QStringLiteral("SELECT @@SESSION.tx_isolation")),
             QStringLiteral("REPEATABLE-READ"));
    QCOMPARE(cellOfMariaDb(*reader, QStringLiteral("SELECT @@SESSION.tx_read_only")), QStringLiteral("1"));
}

void MariaDbConnectionTest::replicaIsRefusedForWriting() {
    const MariaDbPointer writer = connected();
    asked(QStringLiteral("SET GLOBAL read_only = 1"));
    const Result<void> refused = openedMariaDb(target());
    const Result<void> reader = openedMariaDb(target(), readingMariaDb());
    const auto written = setMariaDbNickname(*writer, 1, QStringLiteral("Other"));
    asked(QStringLiteral("SET GLOBAL read_only = 0"));
    FAILS_WITH(ReadOnly, refused);
    SUCCEEDS(reader);
    FAILS_WITH(ReadOnly, written);
}

void MariaDbConnectionTest::readingSessionCannotWrite() {
    const MariaDbPointer reader = connected(readingMariaDb());
    FAILS_WITH(ReadOnly, setMariaDbNickname(*reader, 1, QStringLiteral("Other")));
    SUCCEEDS(reader->begin(Access::Read));
    FAILS_WITH(ReadOnly, setMariaDbNickname(*reader, 1, QStringLiteral("Other")));
    reader->rollBack();
    QCOMPARE(asked(mariaDbNickname(1)), QByteArray("Momo"));
}

void MariaDbConnectionTest::missingRightIsReadOnly() {
    asked(QStringLiteral("CREATE OR REPLACE USER viewer@'127.0.0.1' IDENTIFIED BY 'pass-of-viewer';"
                         "GRANT SELECT ON %1.* TO viewer@'127.0.0.1'")
              .arg(m_database));
    ServerTarget viewer = target();
    viewer.user = QStringLiteral("viewer");
    viewer.password = "pass-of-viewer";
    TAKE(connection, MariaDbConnection::open(viewer, {}));
    FAILS_WITH(ReadOnly, setMariaDbNickname(*connection, 1, QStringLiteral("Other")));
}

// Sessions that end.

void MariaDbConnectionTest::serverThatEndedBetweenTransactionsIsFoundAgain_data() {
    QTest::addColumn<bool>("isKilled");
    QTest::newRow("restarted") << false;
    QTest::newRow("killed") << true;
}

void MariaDbConnectionTest::serverThatEndedBetweenTransactionsIsFoundAgain() {
    QFETCH(bool, isKilled);
    const MariaDbPointer asking = connected();
    const MariaDbPointer writing = connected();
    const auto readSetting = [](const SqlRow& row) { return row.value(0).toInt(); };
    TAKE(before, asking->selectOne(Statement::SelectSetting, {}, readSetting)); // prepares it
    if (isKilled)
        m_server.killNow();
    else
        m_server.stop();
    FAILS_WITH(CannotConnect, asking->selectOne(Statement::SelectSetting, {}, readSetting));
    QVERIFY2(m_server.start(), m_server.output());
    TAKE(after, asking->selectOne(Statement::SelectSetting, {}, readSetting));
    QCOMPARE(after, before);
    SUCCEEDS(writing->begin(Access::Write));
    SUCCEEDS(setMariaDbNickname(*writing, 1, QStringLiteral("Again")));
    SUCCEEDS(writing->commit());
    QCOMPARE(asked(mariaDbNickname(1)), QByteArray("Again"));
}

void MariaDbConnectionTest::serverThatEndedInTransactionStoresNothing_data() {
    QTest::addColumn<bool>("isAsked");
    QTest::newRow("before a statement") << true;
    QTest::newRow("before the commit") << false;
}

void MariaDbConnectionTest::serverThatEndedInTransactionStoresNothing() {
    QFETCH(bool, isAsked);
    const MariaDbPointer connection = connected();
    SUCCEEDS(connection->begin(Access::Write));
    SUCCEEDS(setMariaDbNickname(*connection, 1, QStringLiteral("Lost")));
    m_server.killNow();
    QVERIFY2(m_server.start(), m_server.output());
    if (isAsked) {
        FAILS_WITH(CannotConnect, setMariaDbNickname(*connection, 2, QStringLiteral("Lost")));
        FAILS_WITH(CannotConnect, setMariaDbNickname(*connection, 2, QStringLiteral("Lost")));
    }
    FAILS_WITH(CannotConnect, connection->commit());
    QCOMPARE(asked(mariaDbNickname(1)), QByteArray("Momo"));
    QCOMPARE(asked(mariaDbNickname(2)), QByteArray("Momo"));
    QCOMPARE(cellOfMariaDb(*connection, mariaDbNickname(1)), QStringLiteral("Momo"));
}

void MariaDbConnectionTest::silentServerEndsQuestionAtItsDeadline() {
    const MariaDbPointer connection = connected(impatientMariaDb(300));
    SUCCEEDS(connection->begin(Access::Write));
    m_server.pause();
    QElapsedTimer timer;
    timer.start();
    FAILS_WITH(CannotConnect, setMariaDbNickname(*connection, 1, QStringLiteral("Late")));
    QVERIFY2(timer.elapsed() >= 300 && timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    connection->rollBack();
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    m_server.resume();
    SUCCEEDS(connection->begin(Access::Write));
    SUCCEEDS(connection->commit());
    QCOMPARE(asked(mariaDbNickname(1)), QByteArray("Momo"));
}

void MariaDbConnectionTest::cancelledQuestionEnds() {
    std::atomic<bool> isCancelled = false;
    ServerOptions options = readingMariaDb();
    options.cancelled = &isCancelled;
    const MariaDbPointer connection = connected(options);
    QElapsedTimer timer;
    timer.start();
    std::thread canceller([&] {
        while (asked(QStringLiteral("SELECT count(*) FROM information_schema.processlist "
                                    "WHERE info LIKE 'SELECT sleep%'")) != "1") {
        }
        isCancelled = true;
    });
    const auto answer = connection->runText(QStringLiteral("SELECT sleep(?)"), {4}, [](const SqlRow&) {});
    canceller.join();
    FAILS_WITH(Cancelled, answer);
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    isCancelled = false;
    QCOMPARE(cellOfMariaDb(*connection, QStringLiteral("SELECT 1")), QStringLiteral("1"));
}

void MariaDbConnectionTest::lostAnswerOfCommitIsUnknown() {
    const MariaDbPointer connection = connected(impatientMariaDb(300));
    SUCCEEDS(connection->begin(Access::Write));
    SUCCEEDS(setMariaDbNickname(*connection, 1, QStringLiteral("Unknown")));
    m_server.pause();
    FAILS_WITH(CommitUnknown, connection->commit());
    m_server.resume();
    QTRY_COMPARE(asked(mariaDbNickname(1)), QByteArray("Unknown")); // the server reads the COMMIT that was sent
    SUCCEEDS(connection->begin(Access::Write));
    SUCCEEDS(connection->commit());
}

void MariaDbConnectionTest::longStatementIsEnded() {
    ServerOptions options;
    options.statementMs = 200;
    const MariaDbPointer connection = connected(options);
    FAILS_WITH(Busy, connection->runText(QStringLiteral("SELECT sleep(?)"), {4}, [](const SqlRow&) {}));
    QCOMPARE(cellOfMariaDb(*connection, QStringLiteral("SELECT 1")), QStringLiteral("1"));
}

// Locks.

void MariaDbConnectionTest::lockedRowIsBusy() {
    const MariaDbPointer holder = connected();
    const MariaDbPointer waiting = connected(impatientMariaDb(6000));
    SUCCEEDS(holder->begin(Access::Write));
    SUCCEEDS(holder->selectOne(Statement::LockBinding, {1}, store::readBinding));
    SUCCEEDS(waiting->begin(Access::Write));
    SUCCEEDS(setMariaDbNickname(*waiting, 2, QStringLiteral("Undone")));
    FAILS_WITH(Busy, waiting->selectOne(Statement::LockBinding, {1}, store::readBinding));
    waiting->rollBack();
    SUCCEEDS(holder->commit());
    QCOMPARE(asked(mariaDbNickname(2)), QByteArray("Momo"));
}

void MariaDbConnectionTest::deadlockIsConflict() {
    const MariaDbPointer left = connected();
    const MariaDbPointer right = connected();
    SUCCEEDS(left->begin(Access::Write));
    SUCCEEDS(right->begin(Access::Write));
    SUCCEEDS(setMariaDbNickname(*left, 1, QStringLiteral("Left")));
    SUCCEEDS(setMariaDbNickname(*right, 2, QStringLiteral("Right")));
    Result<qint64> ofRight = 0;
    std::thread other([&] { ofRight = setMariaDbNickname(*right, 1, QStringLiteral("Right")); });
    const Result<qint64> ofLeft = setMariaDbNickname(*left, 2, QStringLiteral("Left"));
    other.join();
    QVERIFY2(ofLeft.isOk() != ofRight.isOk(), qPrintable(errorText(ofLeft) + errorText(ofRight)));
    const Result<qint64>& victim = ofLeft ? ofRight : ofLeft;
    FAILS_WITH(Conflict, victim);
    SUCCEEDS((ofLeft ? left : right)->commit());
    (ofLeft ? right : left)->rollBack();
    QCOMPARE(asked(mariaDbNickname(1)), asked(mariaDbNickname(2)));
}

void MariaDbConnectionTest::failedStatementIsUndoneWithItsTransaction() {
    const MariaDbPointer connection = connected();
    SUCCEEDS(connection->begin(Access::Write));
    SUCCEEDS(setMariaDbNickname(*connection, 1, QStringLiteral("Undone")));
    FAILS_WITH(Refused, setMariaDbNickname(*connection, 2, QString(65, QLatin1Char('x'))));
    connection->rollBack();
    SUCCEEDS(connection->begin(Access::Write));
    SUCCEEDS(connection->commit());
    QCOMPARE(asked(mariaDbNickname(1)), QByteArray("Momo"));
}

void MariaDbConnectionTest::lockedNameIsBusyAndGivenBack_data() {
    QTest::addColumn<bool>("isCommitted");
    QTest::newRow("commit") << true;
    QTest::newRow("rollback") << false;
}

void MariaDbConnectionTest::lockedNameIsBusyAndGivenBack() {
    QFETCH(bool, isCommitted);
    const QString event = QString(60, QLatin1Char('e')) + QStringLiteral("事件🎁");
    const MariaDbPointer holder = connected();
    const MariaDbPointer waiting = connected(impatientMariaDb(6000));
    SUCCEEDS(holder->begin(Access::Write));
    TAKE(held, lockMariaDbName(*holder, event));
    QCOMPARE(held, 1);
    SUCCEEDS(waiting->begin(Access::Write));
    TAKE(refused, lockMariaDbName(*waiting, event));
    QCOMPARE(refused, 0);
    TAKE(another, lockMariaDbName(*waiting, QStringLiteral("another event")));
    QCOMPARE(another, 1);
    if (isCommitted)
        SUCCEEDS(holder->commit());
    else
        holder->rollBack();
    TAKE(given, lockMariaDbName(*waiting, event));
    QCOMPARE(given, 1);
    waiting->rollBack();
    QCOMPARE(asked(QStringLiteral("SELECT is_free_lock(concat('affinity:', sha1('another event')))")), QByteArray("1"));
}

// Views.

void MariaDbConnectionTest::laterStatementSeesCommitOfOthers() {
    const MariaDbPointer connection = connected();
    SUCCEEDS(connection->begin(Access::Write));
    QCOMPARE(cellOfMariaDb(*connection, mariaDbNickname(1)), QStringLiteral("Momo"));
    asked(QStringLiteral("UPDATE device_interaction_userdevice SET nickname = 'New' WHERE id = 1"));
    QCOMPARE(cellOfMariaDb(*connection, mariaDbNickname(1)), QStringLiteral("New"));
    SUCCEEDS(connection->commit());
}

void MariaDbConnectionTest::readingTransactionKeepsItsView_data() {
    QTest::addColumn<bool>("isWritingSession");
    QTest::newRow("reading session") << false;
    QTest::newRow("writing session") << true;
}

void MariaDbConnectionTest::readingTransactionKeepsItsView() {
    QFETCH(bool, isWritingSession);
    const MariaDbPointer connection = connected(isWritingSession ? ServerOptions() : readingMariaDb());
    SUCCEEDS(connection->begin(Access::Read));
    asked(QStringLiteral("UPDATE device_interaction_userdevice SET nickname = 'New' WHERE id = 1"));
    QCOMPARE(cellOfMariaDb(*connection, mariaDbNickname(1)), QStringLiteral("Momo"));
    FAILS_WITH(ReadOnly, setMariaDbNickname(*connection, 1, QStringLiteral("Other")));
    connection->rollBack();
    QCOMPARE(cellOfMariaDb(*connection, mariaDbNickname(1)), QStringLiteral("New"));
    if (isWritingSession) { // and its next transaction has its usual view
        SUCCEEDS(connection->begin(Access::Write));
        QCOMPARE(cellOfMariaDb(*connection, mariaDbNickname(1)), QStringLiteral("New"));
        asked(QStringLiteral("UPDATE device_interaction_userdevice SET nickname = 'Newer' WHERE id = 1"));
        QCOMPARE(cellOfMariaDb(*connection, mariaDbNickname(1)), QStringLiteral("Newer"));
        SUCCEEDS(connection->commit());
    }
}

// Values.

void MariaDbConnectionTest::valuesComeBackAsTheyWere_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<QVariant>("value");
    const auto add = [](const char* name, const char* type, const QVariant& value) {
        QTest::newRow(name) << QString::fromLatin1(type) << value;
    };
    const QString time = QStringLiteral("datetime(6)");
    add("text", "varchar(255)", QStringLiteral("it's \"quoted\" \\ and %1 ?"));
    add("chinese", "varchar(255)", QStringLiteral("好感度 小白"));
    add("emoji", "varchar(255)", QStringLiteral("🎁💙 👩‍👧"));
    add("empty text", "varchar(255)", QStringLiteral(""));
    add("microseconds", "datetime(6)", QStringLiteral("2026-03-01 12:00:00.123456"));
    add("one microsecond", "datetime(6)", QStringLiteral("2026-03-01 12:00:00.000001"));
    add("first time", "datetime(6)", QStringLiteral("0001-01-01 00:00:00.000000"));
    add("last time", "datetime(6)", QStringLiteral("9999-12-31 23:59:59.999999"));
    add("date", "date", QStringLiteral("2026-03-01"));
    add("great number", "bigint", std::numeric_limits<qint64>::max());
    add("small number", "bigint", std::numeric_limits<qint64>::min());
    add("flag", "tinyint(1)", 1);
    add("sum", "decimal(41,0)", -17);
    add("null", "varchar(255)", QVariant());
}

void MariaDbConnectionTest::valuesComeBackAsTheyWere() {
    QFETCH(QString, type);
    QFETCH(QVariant, value);
    const MariaDbPointer connection = connected();
    SUCCEEDS(connection->runText(QStringLiteral("CREATE OR REPLACE TEMPORARY TABLE kept (value %1 NULL) "
                                                "DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin")
                                     .arg(type)));
    SUCCEEDS(connection->runText(QStringLiteral("INSERT INTO kept VALUES (?)"), {value}));
    QCOMPARE(cellOfMariaDb(*connection, QStringLiteral("SELECT value FROM kept")),
             value.isNull() ? QStringLiteral("NULL") : value.toString());
    if (!value.isNull())
        QCOMPARE(cellOfMariaDb(*connection, QStringLiteral("SELECT count(*) FROM kept WHERE value = ?"), {value}),
                 QStringLiteral("1"));
}

void MariaDbConnectionTest::rowsMayBeLongerThanUsual() {
    const MariaDbPointer connection = connected();
    SUCCEEDS(connection->runText(QStringLiteral("CREATE TEMPORARY TABLE texts (id int, value longtext) "
                                                "DEFAULT CHARSET utf8mb4")));
    QStringList texts;
    for (const int length : {3, 100'000, 0, 256, 257, 255, 300'000, 1}) {
        texts << QString(length, QChar(u'感'));
        SUCCEEDS(connection->runText(QStringLiteral("INSERT INTO texts VALUES (?, ?)"), {texts.size(), texts.last()}));
    }
    QCOMPARE(columnOfMariaDb(*connection, QStringLiteral("SELECT value FROM texts ORDER BY id")), texts);
}

void MariaDbConnectionTest::numbersAndNullsAreBoundAsSuch() {
    const MariaDbPointer connection = connected();
    const QString text = QStringLiteral("SELECT id FROM device_interaction_userdevice WHERE id > ? "
                                        "AND coalesce(?, 1) = 1 ORDER BY id LIMIT ?");
    QCOMPARE(cellOfMariaDb(*connection, text, {1, QVariant(), 2}), QStringLiteral("2|3"));
    QCOMPARE(cellOfMariaDb(*connection, text, {1, 2, 2}), QString());
    for (int i = 0; i < 2; ++i) { // one prepared statement, with other types in its second round
        const QVariant id = i == 0 ? QVariant() : QVariant(1);
        TAKE(users, connection->select(Statement::SelectNamedUsers, {id, QStringLiteral("nobody")}, store::readUser));
        QCOMPARE(users.size(), static_cast<size_t>(i));
    }
}

void MariaDbConnectionTest::refusedRowIsNamed_data() {
    QTest::addColumn<QString>("sql");
    QTest::newRow("duplicate") << QStringLiteral("UPDATE userapp_affinitylevel SET level = 1 WHERE level = 2");
    QTest::newRow("check") << QStringLiteral("UPDATE device_interaction_userdevice SET favorability = -1 WHERE id = 1");
    QTest::newRow("foreign key") << QStringLiteral(
        "UPDATE device_interaction_userdevice SET user_id = 99 WHERE id = 1");
    QTest::newRow("null") << QStringLiteral("UPDATE device_interaction_userdevice SET nickname = NULL WHERE id = 1");
    QTest::newRow("range") << QStringLiteral(
        "UPDATE device_interaction_userdevice SET favorability = 3000000000 WHERE id = 1");
    QTest::newRow("json") << QStringLiteral("UPDATE userapp_affinitylevel SET rewards = 'no json' WHERE level = 1");
    QTest::newRow("zero date") << QStringLiteral(
        "UPDATE device_interaction_userdevice SET bound_at = '0000-00-00' WHERE id = 1");
    QTest::newRow("trigger") << QStringLiteral(
        "INSERT INTO affinity_console_log_note (log_id, operation_id, reason_code, ticket) VALUES (1, '', '', '') "
        "ON DUPLICATE KEY UPDATE ticket = 'x'");
}

void MariaDbConnectionTest::refusedRowIsNamed() {
    QFETCH(QString, sql);
    const MariaDbPointer connection = connected();
    SUCCEEDS(connection->begin(Access::Write));
    auto done = connection->runText(sql);
    if (done)
        done = connection->runText(sql); // the row that it made
    connection->rollBack();
    FAILS_WITH(Refused, done);
    QVERIFY(done.error().what.contains(connection->name()));
}

void MariaDbConnectionTest::unchangedRowCountsAsFound() {
    const MariaDbPointer connection = connected();
    TAKE(same, setMariaDbNickname(*connection, 1, QStringLiteral("Momo")));
    QCOMPARE(same, 1);
    TAKE(none, setMariaDbNickname(*connection, 999, QStringLiteral("Momo")));
    QCOMPARE(none, 0);
}

void MariaDbConnectionTest::insertedIdIsThatOfTheLog() {
    const MariaDbPointer connection = connected();
    SUCCEEDS(connection->begin(Access::Write));
    store::SqlCall call{Statement::InsertLog,
                        {QStringLiteral("chat"), 2, 0, 2, QStringLiteral("device_event"), QVariant(),
                         QStringLiteral(""), QStringLiteral("{}"), QStringLiteral("2026-03-01 12:00:00.000001"), 1,
                         QVariant(), 1, 1}};
    SUCCEEDS(connection->runAll({&call, 1}));
    QCOMPARE(call.changedRows, 1);
    QCOMPARE(cellOfMariaDb(*connection, QStringLiteral("SELECT max(id) FROM userapp_affinitylog")),
             QString::number(call.insertedId));
    SUCCEEDS(connection->commit());
}

// Encryption.

void MariaDbConnectionTest::encryptionIsRequiredAndVerified() {
    ServerTarget plain = target();
    plain.encryption = store::Encryption::Required;
    const Result<void> refused = openedMariaDb(plain);
    FAILS_WITH(CannotConnect, refused);
    QVERIFY(refused.error().what.contains(QStringLiteral("encryption")));

    TestAuthority authority;
    TestAuthority stranger;
    QVERIFY(authority.isValid() && stranger.isValid());
    QVERIFY(authority.sign(QStringLiteral("server"), QStringLiteral("DNS:localhost")));
    MariaDbServer server(
        {.settings = {QStringLiteral("ssl-cert=") + authority.certificateFile(QStringLiteral("server")),
                      QStringLiteral("ssl-key=") + authority.keyFile(QStringLiteral("server"))}});
    QVERIFY2(server.start(), server.output());
    ServerTarget secure =
        must(store::serverTargetFromUrl(server.makeDatabase(QStringLiteral("empty")), server.password().toUtf8()));
    const auto cipher = [&](store::Encryption encryption, const QString& caFile, const QString& host) {
        secure.encryption = encryption;
        secure.caFile = caFile;
        secure.host = host;
        const auto connection = MariaDbConnection::open(secure, {});
        if (!connection)
            return QString::fromLatin1("refused");
        return cellOfMariaDb(**connection, QStringLiteral("SELECT variable_value <> '' FROM "
                                                          "information_schema.session_status "
                                                          "WHERE variable_name = 'Ssl_cipher'"));
    };
    const QString address = QStringLiteral("127.0.0.1");
    const QString known = QStringLiteral("1");
    const QString no = QStringLiteral("refused");
    QCOMPARE(cipher(store::Encryption::Preferred, {}, address), known);
    QCOMPARE(cipher(store::Encryption::Required, {}, address), known);
    QCOMPARE(cipher(store::Encryption::VerifiedCa, authority.caFile(), address), known);
    QCOMPARE(cipher(store::Encryption::VerifiedCa, stranger.caFile(), address), no);
    QCOMPARE(cipher(store::Encryption::VerifiedCa, {}, address), no); // the system's authorities do not know ours
    QCOMPARE(cipher(store::Encryption::Verified, authority.caFile(), QStringLiteral("localhost")), known);
    QCOMPARE(cipher(store::Encryption::Verified, authority.caFile(), address), no);
    QCOMPARE(cipher(store::Encryption::Verified, stranger.caFile(), QStringLiteral("localhost")), no);
    QCOMPARE(cipher(store::Encryption::Verified, {}, QStringLiteral("localhost")), no);
}

} // namespace affinity::test
