#include "tests/contract/sqlite_test.h"

#include "engine/store/devicestatement.h"
#include "engine/store/logstatement.h"
#include "engine/store/migrations.h"
#include "engine/store/open.h"
#include "engine/store/sqliteconnection.h"
#include "engine/store/sqlstore.h"
#include "tests/contract/contractstore.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <atomic>
#include <random>
#include <thread>

namespace affinity::test {

using base::DeviceId;
using store::Access;
using store::SqlStore;
using store::Statement;

namespace {

const base::VirtualClock stoppedClock(noonUs);

QByteArray contentOf(const QString& fileName) {
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

QByteArray hashOf(const QByteArray& content) {
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex();
}

void writeBytes(const QString& fileName, const QByteArray& content) {
    QFile file(fileName);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

/// A folder with an SQLite file in it that Django made, demo rows and all.
struct DjangoFile {
    DjangoFile() : name(folder.filePath(QStringLiteral("django.sqlite"))) { loadDjango(name); }
    QString url() const { return QStringLiteral("sqlite:") + name; }

    QTemporaryDir folder;
    QString name;
};

} // namespace

void SqliteTest::djangosDemoRowsAreRead() {
    const DjangoFile file;
    TAKE(store, store::open(file.url(), {.access = Access::Read}, stoppedClock));
    TAKE(page, store->devices({.withUnbound = true}));
    QCOMPARE(page.rows.size(), size_t{7});
    QCOMPARE(page.rows[2].binding.nickname, QStringLiteral("小白"));
    QCOMPARE(page.rows[4].binding.favorability, 995);
    QVERIFY(!page.rows[3].binding.isActive());
    TAKE(ruleSet, store->ruleSet());
    QCOMPARE(ruleSet.rules.size(), size_t{13});
    QCOMPARE(ruleSet.levels.size(), size_t{10});
    QCOMPARE(ruleSet.rules[0].name, QStringLiteral("聊天"));
    QVERIFY(ruleSet.setting.isDecayEnabled);
    TAKE(admin, store->operatorByName(QStringLiteral("admin")));
    QVERIFY(admin->person.isDesigner);
    QVERIFY(admin->passwordHash.startsWith(QStringLiteral("pbkdf2_sha256$260000$o7cy06zPpu1PSCS0AGMjJX$")));
    QVERIFY(!store->info().isEmbedded && !store->info().isPrepared);
}

void SqliteTest::rowsAreStoredAsDjangoStoresThem() {
    const ContractStore rows(Backend::DjangoBare);
    TAKE(store, rows.open());
    store::WritePlan plan = chatPlan();
    plan.log.createdAtUs = noonUs + 500;
    plan.log.metadata = base::Json::parse(R"({"n": 4, "text": "你好", "list": [1, null, true]})");
    plan.grants = {{2, 50, {}, base::Json::parse(R"([{"type": "coin", "amount": 20}])")}};
    TAKE(transaction, store->begin(Access::Write));
    TAKE(receipt, transaction->write(plan));
    SUCCEEDS(transaction->commit());
    const auto one = [&](const char* sql) { return selectFrom(rows.fileName(), QString::fromLatin1(sql)).join(u'|'); };
    QCOMPARE(one("SELECT metadata FROM userapp_affinitylog"),
             QStringLiteral("{\"n\": 4, \"text\": \"\\u4f60\\u597d\", \"list\": [1, null, true]}"));
    QCOMPARE(one("SELECT created_at FROM userapp_affinitylog"), QStringLiteral("2026-03-01 12:00:00.000500"));
    QCOMPARE(one("SELECT typeof(event_id) || typeof(reason) || typeof(operator_admin_id) FROM userapp_affinitylog"),
             QStringLiteral("nulltextnull"));
    QCOMPARE(one("SELECT date FROM userapp_useraffinitydailycounter"), QStringLiteral("2026-03-01"));
    QCOMPARE(one("SELECT rewards FROM userapp_userlevelrewardgrant"),
             QStringLiteral("[{\"type\": \"coin\", \"amount\": 20}]"));
    QCOMPARE(one("SELECT typeof(favorability) || last_active_at FROM device_interaction_userdevice WHERE id = 1"),
             QStringLiteral("integer2026-03-01 12:00:00.000500"));
}

void SqliteTest::readOnlyOpeningChangesNoByte() {
    for (const Backend backend : {Backend::DjangoBare, Backend::Embedded}) {
        const ContractStore rows(backend);
        const QByteArray before = hashOf(contentOf(rows.fileName()));
        {
            TAKE(store, rows.open(Access::Read));
            TAKE(page, store->devices({.text = QStringLiteral("alice")}));
            TAKE(transaction, store->begin(Access::Read));
            TAKE(binding, transaction->lockBinding(DeviceId{1}));
            TAKE(sql, store::preparationSql(QStringLiteral("sqlite:") + rows.fileName(), {}, stoppedClock));
        }
        QCOMPARE(hashOf(contentOf(rows.fileName())), before);
    }
}

void SqliteTest::lockedDatabaseIsBusyWithinTheTimeout() {
    const ContractStore rows(Backend::Embedded);
    TAKE(holder, rows.open());
    TAKE(transaction, holder->begin(Access::Write));
    TAKE(store, rows.open(Access::Write, 30));
    FAILS_WITH(Busy, store->begin(Access::Write));
    FAILS_WITH(Busy, store->setBound(DeviceId{1}, true, noonUs));
    TAKE(device, store->device(DeviceId{1})); // readers go on
    transaction.reset();
    TAKE(next, store->begin(Access::Write));
}

void SqliteTest::randomBytesAreDamaged() {
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("noise"));
    std::mt19937 random(7);
    QByteArray noise;
    for (int i = 0; i < 20'000; ++i)
        noise += static_cast<char>(random());
    writeBytes(name, noise);
    for (const Access access : {Access::Read, Access::Write})
        FAILS_WITH(Damaged, store::open(QStringLiteral("sqlite:") + name, {.access = access}, stoppedClock));
    QCOMPARE(contentOf(name), noise);
    writeBytes(name, {});
    FAILS_WITH(Damaged, store::open(QStringLiteral("sqlite:") + name, {.access = Access::Read}, stoppedClock));
}

void SqliteTest::truncatedFileIsDamaged() {
    const DjangoFile file;
    const QByteArray content = contentOf(file.name);
    for (const qsizetype length : {content.size() - 4096, content.size() / 2, qsizetype{5000}, qsizetype{60}}) {
        writeBytes(file.name, content.left(length));
        FAILS_WITH(Damaged, store::open(file.url(), {.access = Access::Read}, stoppedClock));
        FAILS_WITH(Damaged, store::open(file.url(), {.access = Access::Write}, stoppedClock));
    }
}

void SqliteTest::missingFileIsNotFound() {
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("nowhere.sqlite"));
    for (const Access access : {Access::Read, Access::Write})
        FAILS_WITH(NotFound, store::open(QStringLiteral("sqlite:") + name, {.access = access}, stoppedClock));
    QVERIFY(!QFile::exists(name));
}

void SqliteTest::folderIsNoStore() {
    const QTemporaryDir folder;
    FAILS_WITH(CannotConnect,
               store::open(QStringLiteral("sqlite:") + folder.path(), {.access = Access::Read}, stoppedClock));
    const QString inNoFolder = folder.filePath(QStringLiteral("none/store.sqlite"));
    FAILS_WITH(CannotConnect, store::createEmbedded(inNoFolder, stoppedClock));
}

void SqliteTest::missingTableIsNamed() {
    const DjangoFile file;
    runSqlOn(file.name, {QStringLiteral("DROP TABLE userapp_userlevelrewardgrant")});
    const auto opened = store::open(file.url(), {.access = Access::Read}, stoppedClock);
    QVERIFY(!opened);
    QVERIFY(opened.error().kind == base::ErrorKind::Damaged);
    QVERIFY(opened.error().what.contains(QStringLiteral("table userapp_userlevelrewardgrant")));
}

void SqliteTest::missingColumnIsNamed() {
    const DjangoFile file;
    runSqlOn(file.name, {QStringLiteral("ALTER TABLE userapp_affinitylog RENAME COLUMN reason TO because")});
    const auto opened = store::open(file.url(), {.access = Access::Read}, stoppedClock);
    QVERIFY(!opened);
    QVERIFY(opened.error().kind == base::ErrorKind::Damaged);
    QVERIFY(opened.error().what.contains(QStringLiteral("column reason of table userapp_affinitylog")));
}

void SqliteTest::missingDecayColumnsSwitchDecayOff() {
    const DjangoFile file;
    runSqlOn(file.name, {QStringLiteral("ALTER TABLE userapp_affinitysetting DROP COLUMN decay_enabled"),
                         QStringLiteral("ALTER TABLE userapp_affinitysetting DROP COLUMN decay_idle_days"),
                         QStringLiteral("ALTER TABLE userapp_affinitysetting DROP COLUMN decay_rule_key")});
    TAKE(store, store::open(file.url(), {.access = Access::Write}, stoppedClock));
    QVERIFY(!store->info().hasDecay);
    TAKE(ruleSet, store->ruleSet());
    QVERIFY(!ruleSet.setting.isDecayEnabled);
    FAILS_WITH(Refused, store->editSetting({.isDecayEnabled = true}, noonUs));
    TAKE(rows, store->editSetting({.globalDailyCap = 11}, noonUs));
    QCOMPARE(rows, 1);
}

void SqliteTest::newerSchemaIsRefused() {
    const ContractStore rows(Backend::Embedded);
    rows.runSql(QStringLiteral("INSERT INTO affinity_console_schema_version VALUES (99, '099_future', '2030-01-01')"));
    for (const Access access : {Access::Read, Access::Write}) {
        const auto opened = rows.open(access);
        QVERIFY(!opened);
        QVERIFY(opened.error().kind == base::ErrorKind::CannotConnect);
        QVERIFY(opened.error().what.contains(QStringLiteral("version 99")));
    }
}

void SqliteTest::failingGrantLeavesTheRest() {
    for (const Backend backend : {Backend::Embedded, Backend::DjangoBare}) {
        const ContractStore rows(backend);
        rows.runSql(QStringLiteral("CREATE TRIGGER no_level_2 BEFORE INSERT ON userapp_userlevelrewardgrant "
                                   "WHEN NEW.level = 2 BEGIN SELECT RAISE(ABORT, 'not this one'); END"));
        TAKE(store, rows.open());
        store::WritePlan plan = chatPlan();
        plan.grants = {
            {1, 0, {}, base::Json::array()}, {2, 50, {}, base::Json::array()}, {3, 99, {}, base::Json::array()}};
        TAKE(transaction, store->begin(Access::Write));
        TAKE(receipt, transaction->write(plan));
        SUCCEEDS(transaction->commit());
        QVERIFY(receipt.grants[0].kind == store::GrantOutcome::Kind::Granted);
        QVERIFY(receipt.grants[1].kind == store::GrantOutcome::Kind::Failed);
        QVERIFY(receipt.grants[1].error.contains(QStringLiteral("not this one")));
        QVERIFY(receipt.grants[2].kind == store::GrantOutcome::Kind::Granted);
        TAKE(device, store->device(DeviceId{1}));
        QCOMPARE(device->binding.favorability, 12);
        TAKE(grants, store->grants(DeviceId{1}));
        QCOMPARE(grants.size(), size_t{2});
    }
}

namespace {

/// A store that can grow to so many pages only.
base::Result<std::unique_ptr<SqlStore>> openLimited(const QString& fileName, qint64 pages) {
    auto connection = store::SqliteConnection::open(fileName, {.pageLimit = pages});
    if (!connection)
        return connection.error();
    return SqlStore::over(std::move(connection).value(), &stoppedClock);
}

} // namespace

void SqliteTest::fullDatabaseKeepsWhatWasThere() {
    const ContractStore rows(Backend::Embedded);
    TAKE(store, openLimited(rows.fileName(), 75));
    store::WritePlan plan = chatPlan();
    plan.log.metadata["text"] = std::string(3000, 'x');
    int written = 0;
    base::Result<store::WriteReceipt> outcome = store::WriteReceipt();
    while (outcome && written < 200) {
        TAKE(transaction, store->begin(Access::Write));
        plan.log.beforeValue = 10 + 2 * written;
        plan.log.afterValue = plan.log.beforeValue + 2;
        outcome = transaction->write(plan);
        if (outcome) {
            SUCCEEDS(transaction->commit());
            ++written;
        }
    }
    FAILS_WITH(StorageFull, outcome);
    QVERIFY(written > 3);
    TAKE(device, store->device(DeviceId{1}));
    QCOMPARE(device->binding.favorability, 10 + 2 * written);
    TAKE(page, store->log({.deviceId = DeviceId{1}, .limit = 1000}));
    QCOMPARE(static_cast<int>(page.entries.size()), written);
    TAKE(counters, store->dailyCounters(DeviceId{1}, QDate(2026, 1, 1)));
    QCOMPARE(counters[0].triggerCount, written);
    QCOMPARE(selectFrom(rows.fileName(), QStringLiteral("PRAGMA integrity_check")), QStringList(QStringLiteral("ok")));
    TAKE(roomier, rows.open());
    TAKE(transaction, roomier->begin(Access::Write));
    TAKE(receipt, transaction->write(plan));
    SUCCEEDS(transaction->commit());
}

void SqliteTest::eightThreadsLoseNothing() {
    constexpr int threads = 8;
    constexpr int rowsEach = 200;
    const ContractStore rows(Backend::Embedded);
    std::atomic<int> failures{0};
    const auto work = [&] {
        const auto store = rows.open(Access::Write, 60'000);
        for (int i = 0; i < rowsEach && store; ++i) {
            const auto transaction = store.value()->begin(Access::Write);
            const auto binding = transaction ? transaction.value()->lockBinding(DeviceId{1})
                                             : base::Result<std::optional<rules::Binding>>(transaction.error());
            store::WritePlan plan = chatPlan();
            plan.log.beforeValue = binding ? (*binding)->favorability : -1;
            plan.log.afterValue = plan.log.beforeValue + 2;
            if (!binding || !transaction.value()->write(plan) || !transaction.value()->commit())
                ++failures;
        }
        failures += store ? 0 : 1;
    };
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i)
        workers.emplace_back(work);
    for (std::thread& worker : workers)
        worker.join();
    QCOMPARE(failures.load(), 0);
    TAKE(store, rows.open());
    TAKE(device, store->device(DeviceId{1}));
    QCOMPARE(device->binding.favorability, 10 + 2 * threads * rowsEach);
    TAKE(page, store->log({.deviceId = DeviceId{1}, .isOldestFirst = true, .limit = 10'000}));
    QCOMPARE(static_cast<int>(page.entries.size()), threads * rowsEach);
    for (size_t i = 1; i < page.entries.size(); ++i)
        QCOMPARE(page.entries[i].row.beforeValue, page.entries[i - 1].row.afterValue);
}

void SqliteTest::notesAreNeverChanged() {
    const ContractStore rows(Backend::DjangoPrepared);
    TAKE(store, rows.open());
    TAKE(transaction, store->begin(Access::Write));
    TAKE(receipt, transaction->write(chatPlan()));
    SUCCEEDS(transaction->commit());
    TAKE(connection, store::SqliteConnection::open(rows.fileName(), {}));
    FAILS_WITH(Refused, connection->runText(QStringLiteral("UPDATE affinity_console_log_note SET ticket = 'x'")));
    FAILS_WITH(Refused, connection->runText(QStringLiteral("DELETE FROM affinity_console_log_note")));
}

void SqliteTest::createEmbeddedRefusesAnExistingFile() {
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("store.sqlite"));
    SUCCEEDS(store::createEmbedded(name, stoppedClock));
    const QByteArray before = hashOf(contentOf(name));
    FAILS_WITH(InvalidInput, store::createEmbedded(name, stoppedClock));
    QCOMPARE(hashOf(contentOf(name)), before);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList(QStringLiteral("store.sqlite")));
    TAKE(store, store::open(QStringLiteral("sqlite:") + name, {.access = Access::Write}, stoppedClock));
    QVERIFY(store->info().isEmbedded && store->info().isPrepared);
    TAKE(ruleSet, store->ruleSet());
    QCOMPARE(ruleSet.setting.maxAffinity, 1000);
    QCOMPARE(ruleSet.setting.updatedAtUs, noonUs);
}

void SqliteTest::createEmbeddedHasProductionsShape() {
    const DjangoFile django;
    const QString name = django.folder.filePath(QStringLiteral("embedded.sqlite"));
    SUCCEEDS(store::createEmbedded(name, stoppedClock));
    const QString sql = QStringLiteral("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE "
                                       "'affinity_console_%' AND name NOT LIKE 'sqlite_%'");
    const QStringList production = selectFrom(django.name, sql);
    const QStringList embedded = selectFrom(name, sql);
    QVERIFY(embedded.size() > 25);
    for (const QString& statement : embedded)
        QVERIFY2(production.contains(statement), qPrintable(statement));
}

void SqliteTest::preparationIsShownAndThenDone() {
    const DjangoFile file;
    TAKE(statements, store::preparationSql(file.url(), {}, stoppedClock));
    QVERIFY(statements.size() >= 7);
    for (const QString& statement : statements)
        QVERIFY2(statement.contains(QStringLiteral("affinity_console_")), qPrintable(statement));
    SUCCEEDS(store::prepare(file.url(), {}, stoppedClock));
    TAKE(store, store::open(file.url(), {.access = Access::Write}, stoppedClock));
    QVERIFY(store->info().isPrepared && !store->info().isEmbedded);
    TAKE(nothingLeft, store::preparationSql(file.url(), {}, stoppedClock));
    QVERIFY(nothingLeft.isEmpty());
    SUCCEEDS(store::prepare(file.url(), {}, stoppedClock));
    TAKE(ofMemory, store::preparationSql(QStringLiteral("memory:"), {}, stoppedClock));
    QVERIFY(ofMemory.isEmpty());
}

void SqliteTest::urlsAreUnderstoodOrRefusedByName_data() {
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("says");
    QTest::newRow("postgresql") << QStringLiteral("postgresql://host/db") << QStringLiteral("the user is missing");
    QTest::newRow("mysql") << QStringLiteral("mysql://me@host") << QStringLiteral("the database is missing");
    QTest::newRow("sqlite without a file") << QStringLiteral("sqlite:") << QStringLiteral("names no file");
    QTest::newRow("nothing") << QString() << QStringLiteral("is not the URL of a store");
    QTest::newRow("a bare name") << QStringLiteral("store.sqlite") << QStringLiteral("is not the URL of a store");
    QTest::newRow("memory with a name") << QStringLiteral("memory:x") << QStringLiteral("is not the URL of a store");
}

void SqliteTest::urlsAreUnderstoodOrRefusedByName() {
    QFETCH(QString, url);
    QFETCH(QString, says);
    const auto opened = store::open(url, {.access = Access::Read}, stoppedClock);
    QVERIFY(!opened);
    QVERIFY(opened.error().kind == base::ErrorKind::InvalidInput);
    QVERIFY2(opened.error().what.contains(says), qPrintable(opened.error().what));
    TAKE(memory, store::open(QStringLiteral("memory:"), {.access = Access::Write}, stoppedClock));
    QCOMPARE(memory->info().kind, QStringLiteral("memory"));
}

void SqliteTest::releasedMigrationsAreFrozen() {
    const std::map<QString, QByteArray> released{
        {QStringLiteral("001_production_tables"), "3ed1963ebaff9eed5cd3ec462e8aa0f69ba32483a623b4c6b4072ba6421c1f44"},
        {QStringLiteral("002_console_tables"), "434f32aaf83e30cf1ab77d8ab3b40018b10d41580b5a8deff5d86be26ad04aba"},
        {QStringLiteral("003_outbox"), "6314acb5e8329f723f44fbe2c145c31ba596f06924f3efa980e21132d3fca993"},
    };
    const std::vector<store::Migration> migrations = store::migrations(store::Dialect::Sqlite);
    QCOMPARE(migrations.size(), released.size());
    for (const store::Migration& migration : migrations) {
        const QByteArray content = contentOf(QStringLiteral(":/affinity/migrations/sqlite/%1.sql").arg(migration.name));
        QCOMPARE(hashOf(content), released.at(migration.name));
    }
    QCOMPARE(migrations.back().version, store::newestSchemaVersion);
}

namespace {

/// The plan's steps, one a line.
QString planOf(const QString& fileName, const store::BoundStatement& statement) {
    auto connection = store::SqliteConnection::open(fileName, {.access = Access::Read});
    if (!connection)
        qFatal("%s", qPrintable(connection.error().what));
    const auto steps =
        connection.value()->selectText(QStringLiteral("EXPLAIN QUERY PLAN ") + statement.text, statement.values,
                                       [](const store::SqlRow& row) { return row.value(3).toString(); });
    if (!steps)
        qFatal("%s", qPrintable(steps.error().what));
    return QStringList(steps->begin(), steps->end()).join(u'\n');
}

/// Fails when a table is read from end to end other than along a named index in its order.
void checkPlan(const QString& plan, const QString& index, bool maySort = false) {
    QVERIFY2(plan.contains(index), qPrintable(plan));
    QVERIFY2(maySort || !plan.contains(QStringLiteral("TEMP B-TREE FOR ORDER BY")), qPrintable(plan));
    for (const QString& step : plan.split(u'\n')) {
        const bool isScan = step.startsWith(QStringLiteral("SCAN d")) || step.startsWith(QStringLiteral("SCAN l")) ||
                            step.startsWith(QStringLiteral("SCAN device_")) ||
                            step.startsWith(QStringLiteral("SCAN userapp_affinitylog"));
        QVERIFY2(!isScan || step.contains(QStringLiteral("USING INDEX")), qPrintable(plan));
    }
}

store::DeviceCursor cursor(const QString& key, qint64 id) {
    return {key, false, DeviceId{id}};
}

} // namespace

void SqliteTest::listsAndLookUpsUseIndexes_data() {
    QTest::addColumn<int>("sort");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("index");
    const auto row = [](const char* name, store::DeviceSort sort, const char* key, const char* index) {
        QTest::newRow(name) << static_cast<int>(sort) << QString::fromLatin1(key) << QString::fromLatin1(index);
    };
    row("by id", store::DeviceSort::Id, "", "SEARCH d USING INTEGER PRIMARY KEY (rowid");
    row("by serial", store::DeviceSort::Serial, "SN-1", "SEARCH d USING INDEX");
    row("by user", store::DeviceSort::User, "bob", "SEARCH d USING INDEX device_interaction_userdevice_user_id");
    row("by last activity", store::DeviceSort::LastActive, "5",
        "SEARCH d USING INDEX device_interaction_userdevice_last_active_at");
}

void SqliteTest::listsAndLookUpsUseIndexes() {
    QFETCH(int, sort);
    QFETCH(QString, key);
    QFETCH(QString, index);
    const ContractStore rows(Backend::Embedded);
    for (const bool isDescending : {false, true}) {
        store::DeviceQuery query{.withUnbound = true, .sort = static_cast<store::DeviceSort>(sort)};
        query.isDescending = isDescending;
        for (const bool isReversed : {false, true}) {
            const auto statements =
                store::deviceStatements(query, {}, cursor(key, 3), isReversed, 101, store::Dialect::Sqlite);
            checkPlan(planOf(rows.fileName(), statements.front()), index);
        }
        const auto named = store::deviceStatements(query, {1, 2}, std::nullopt, false, 101, store::Dialect::Sqlite);
        checkPlan(planOf(rows.fileName(), named.front()), QStringLiteral("SEARCH d USING INTEGER PRIMARY KEY"), true);
    }
}

void SqliteTest::engineStatementsUseIndexes_data() {
    QTest::addColumn<int>("statement");
    QTest::addColumn<int>("valueCount");
    QTest::addColumn<QString>("index");
    const auto row = [](const char* name, Statement statement, int valueCount, const char* index) {
        QTest::newRow(name) << static_cast<int>(statement) << valueCount << QString::fromLatin1(index);
    };
    row("binding", Statement::SelectBinding, 1, "SEARCH d USING INTEGER PRIMARY KEY");
    row("live rule", Statement::SelectLiveRule, 1, "USING INDEX affinityrule_one_live_key");
    row("event", Statement::SelectEventRow, 2, "USING INDEX userapp_affinitylog_event_id");
    row("day and cooldown", Statement::SelectRecentChanges, 4, "USING INDEX affinitylog_dev_time");
    row("granted levels", Statement::SelectGrantedLevels, 1, "rewardgrant");
    row("log entry", Statement::SelectLogEntry, 1, "SEARCH l USING INTEGER PRIMARY KEY");
    row("operation by note", Statement::SelectOperationByNote, 1, "affinity_console_log_note_operation");
    row("operation by metadata", Statement::SelectOperationByMetadata, 1, "SEARCH l USING INDEX");
    row("reversal by note", Statement::SelectReversalByNote, 1, "affinity_console_log_note_reverses");
    row("adjusted points", Statement::SelectAdjustedPoints, 3, "userapp_affinitylog_operator_admin_id");
    row("counters", Statement::SelectCounters, 2, "SEARCH userapp_useraffinitydailycounter USING INDEX");
    row("named devices", Statement::SelectNamedDevices, 5, "userapp_affinitylog_event_id");
    row("log of a source", Statement::SelectLogOfSource, 4, "affinitylog_dev_time");
}

void SqliteTest::engineStatementsUseIndexes() {
    QFETCH(int, statement);
    QFETCH(int, valueCount);
    QFETCH(QString, index);
    const ContractStore rows(Backend::Embedded);
    const QString text = store::text(static_cast<Statement>(statement), {store::Dialect::Sqlite, true, true});
    QVariantList values;
    for (int i = 0; i < valueCount; ++i)
        values << 1;
    checkPlan(planOf(rows.fileName(), {text, values}), index, true);
    const auto timeline = store::logStatement({.deviceId = DeviceId{1}, .beforeId = base::LogId{9}},
                                              {store::Dialect::Sqlite, true, true});
    checkPlan(planOf(rows.fileName(), timeline), QStringLiteral("SEARCH l USING INDEX userapp_affinitylog_device_id"));
}

void SqliteTest::copyHoldsEveryRow() {
    qint64 lastDone = 0;
    qint64 all = 0;
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("copy.sqlite"));
    store::MemoryDatabase database;
    fill(database);
    for (int i = 1; i <= 3000; ++i) {
        rules::LogRow row = chatRow();
        row.id.value = 2 * i;
        QVERIFY(database.add(row).isOk());
    }
    QVERIFY(database.add(rules::LogNote{base::LogId{4}, QStringLiteral("op"), {}, {}, 3, base::LogId{2}}).isOk());
    QVERIFY(database.add(rules::DailyCounter{5, DeviceId{1}, base::RuleId{1}, QDate(2026, 3, 1), 9, 3}).isOk());
    QVERIFY(database.add(rules::Grant{7, DeviceId{1}, 2, base::Json::array({1}), noonUs}).isOk());
    SUCCEEDS(store::createEmbedded(name, stoppedClock));
    SUCCEEDS(store::copyStore(database, name, stoppedClock, [&](qint64 done, qint64 of) {
        QVERIFY(done >= lastDone && done <= of);
        lastDone = done;
        all = of;
    }));
    QVERIFY(all > 3000);
    QCOMPARE(lastDone, all);
    TAKE(store, store::open(QStringLiteral("sqlite:") + name, {.access = Access::Read}, stoppedClock));
    TAKE(page, store->log({.isOldestFirst = true, .limit = 10'000}));
    QCOMPARE(page.entries.size(), database.tables().log().size());
    for (size_t i = 0; i < page.entries.size(); ++i)
        QVERIFY(page.entries[i] == database.tables().entry(database.tables().log()[i]));
    TAKE(ruleSet, store->ruleSet());
    QVERIFY(ruleSet == database.tables().ruleSet());
    TAKE(grants, store->grants(DeviceId{1}));
    QVERIFY(grants == database.tables().grants(DeviceId{1}));
    TAKE(counters, store->dailyCounters(DeviceId{1}, QDate(2026, 1, 1)));
    QVERIFY(counters == database.tables().counters(DeviceId{1}, QDate(2026, 1, 1)));
    TAKE(devices, store->devices({.withUnbound = true}));
    QCOMPARE(devices.rows.size(), database.tables().bindings().size());
    for (const store::DeviceRow& row : devices.rows)
        QVERIFY(row.binding == *database.tables().binding(row.binding.id) &&
                row.user == *database.tables().user(row.user.id));
}

void SqliteTest::copyIntoAFilledStoreIsRefused() {
    const ContractStore rows(Backend::Embedded);
    store::MemoryDatabase database;
    fill(database);
    FAILS_WITH(Refused, store::copyStore(database, rows.fileName(), stoppedClock));
    TAKE(store, rows.open());
    TAKE(page, store->devices({.withUnbound = true}));
    QCOMPARE(page.rows.size(), size_t{6});
}

} // namespace affinity::test
