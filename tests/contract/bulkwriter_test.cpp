#include "tests/contract/bulkwriter_test.h"

#include "engine/rules/levels.h"
#include "engine/store/bulkwriter.h"
#include "engine/store/open.h"
#include "tests/contract/contractstore.h"

#include <QFile>

namespace affinity::test {

using base::DeviceId;

namespace {

const base::VirtualClock storeClock(noonUs);

/// Changes of three devices that go up and down over levels, on two days, under two rules; one is an adjustment.
std::vector<store::WritePlan> plans(const rules::RuleSet& ruleSet) {
    std::vector<store::WritePlan> made;
    std::array<int, 3> values{10, 48, 200};
    for (int i = 0; i < 300; ++i) {
        const auto device = static_cast<size_t>(i % 3);
        const int change = i % 50 < 25 ? 9 : -7;
        store::WritePlan plan = chatPlan();
        plan.log.deviceId.value = device == 2 ? 4 : static_cast<qint64>(device) + 1;
        plan.log.userId.value = device == 2 ? 2 : 1;
        plan.log.ruleId = base::RuleId{i % 2 + 1};
        plan.log.ruleKey = i % 2 == 0 ? QStringLiteral("chat") : QStringLiteral("gift");
        plan.log.changeValue = change;
        plan.log.beforeValue = values.at(device);
        values.at(device) = std::max(0, values.at(device) + change);
        plan.log.afterValue = values.at(device);
        plan.log.changeValue = plan.log.afterValue - plan.log.beforeValue;
        plan.log.createdAtUs = noonUs + i * 300 * secondUs;
        plan.log.eventId = QStringLiteral("e%1").arg(i);
        plan.refreshesActivity = i % 4 != 0;
        plan.counter =
            rules::DailyCounter{0, plan.log.deviceId, *plan.log.ruleId, QDate(2026, 3, i < 150 ? 1 : 2), change, 1};
        const int oldLevel = rules::levelOf(plan.log.beforeValue, ruleSet.levels);
        const int newLevel = rules::levelOf(plan.log.afterValue, ruleSet.levels);
        if (newLevel != oldLevel)
            plan.newLevel = newLevel;
        for (const rules::Level* level : rules::crossedLevels(oldLevel, newLevel, ruleSet.levels))
            plan.grants.push_back(*level);
        if (i == 100) {
            plan.log.ruleId.reset();
            plan.log.operatorId = base::OperatorId{2};
            plan.counter.reset();
            plan.note = {{}, QStringLiteral("op-1"), QStringLiteral("test"), QStringLiteral("T-1"), {}, {}};
        }
        made.push_back(plan);
    }
    return made;
}

/// What fill() makes, by the bulk writer.
std::unique_ptr<store::BulkWriter> startedWriter(const QString& fileName, const store::MemoryDatabase& database) {
    if (!store::createEmbedded(fileName, storeClock))
        qFatal("%s cannot be made", qPrintable(fileName));
    auto writer = store::BulkWriter::open(fileName, storeClock);
    if (!writer)
        qFatal("%s", qPrintable(writer.error().what));
    store::BulkWriter& open = **writer;
    bool isGood = open.addRuleSet(database.tables().ruleSet()) && open.addOperators(database.tables().operators());
    for (const auto& [id, user] : database.tables().users())
        isGood = isGood && open.add(user);
    for (const auto& [id, binding] : database.tables().bindings())
        isGood = isGood && open.add(binding);
    if (!isGood)
        qFatal("the rows of fill() do not fit");
    return *std::move(writer);
}

QString fileIn(const QTemporaryDir& folder) {
    return folder.filePath(QStringLiteral("bulk.sqlite"));
}

} // namespace

void BulkWriterTest::rowsEqualThoseOfTransactions() {
    store::MemoryDatabase database;
    fill(database);
    const auto all = plans(database.tables().ruleSet());
    const ContractStore rows(Backend::Embedded);
    {
        TAKE(store, rows.open());
        TAKE(receipt, written(*store, all));
        QCOMPARE(receipt.logId.value, 300);
    }
    const QTemporaryDir folder;
    auto writer = startedWriter(fileIn(folder), database);
    for (const store::WritePlan& plan : all) {
        TAKE(id, writer->write(plan));
        QVERIFY(id.isValid());
    }
    SUCCEEDS(writer->finish());
    writer.reset(); // until then the file is the writer's alone
    for (const char* table : {"userapp_affinitylog", "affinity_console_log_note", "device_interaction_userdevice",
                              "userapp_useraffinitydailycounter", "userapp_userlevelrewardgrant",
                              "userapp_paradiseuser", "auth_user", "auth_user_groups", "userapp_affinitylevel"}) {
        const QString name = QLatin1String(table);
        // SQLite uses up an id for each upsert that finds its row; the bulk writer's counters have no such gaps.
        const bool hasGaps = name.startsWith(QLatin1String("userapp_user"));
        QStringList columns =
            selectFrom(rows.fileName(), QStringLiteral("SELECT name FROM pragma_table_info('%1')").arg(name));
        if (hasGaps)
            columns.removeOne(QStringLiteral("id"));
        const QString sql = QStringLiteral("SELECT quote(%1) FROM %2 ORDER BY 1")
                                .arg(columns.join(QStringLiteral(") || '|' || quote(")), name);
        const QStringList expected = selectFrom(rows.fileName(), sql);
        QVERIFY2(!expected.isEmpty(), table);
        QCOMPARE(selectFrom(fileIn(folder), sql), expected);
    }
}

void BulkWriterTest::schemaIsWholeAgain() {
    store::MemoryDatabase database;
    fill(database);
    const ContractStore rows(Backend::Embedded);
    const QTemporaryDir folder;
    {
        const auto writer = startedWriter(fileIn(folder), database);
        SUCCEEDS(writer->finish());
    }
    const QString schema = QStringLiteral("SELECT type || name || coalesce(sql, '') FROM sqlite_master ORDER BY 1");
    QCOMPARE(selectFrom(fileIn(folder), schema), selectFrom(rows.fileName(), schema));
    QCOMPARE(selectFrom(fileIn(folder), QStringLiteral("PRAGMA journal_mode")), QStringList{QStringLiteral("wal")});
    QCOMPARE(selectFrom(fileIn(folder), QStringLiteral("PRAGMA integrity_check")), QStringList{QStringLiteral("ok")});
    TAKE(store, store::open(QStringLiteral("sqlite:") + fileIn(folder), {.access = store::Access::Write}, storeClock));
    TAKE(receipt, written(*store, {chatPlan()})); // it goes on like any store
    QCOMPARE(receipt.logId.value, 1);
}

void BulkWriterTest::planThatDoesNotFitIsRefused() {
    store::MemoryDatabase database;
    fill(database);
    const QTemporaryDir folder;
    const auto writer = startedWriter(fileIn(folder), database);
    store::WritePlan plan = chatPlan();
    plan.log.deviceId.value = 99;
    FAILS_WITH(Refused, writer->write(plan));
    FAILS_WITH(Internal, writer->write(chatPlanAfter(1, noonUs)));
    TAKE(id, writer->write(chatPlan()));
    QCOMPARE(id.value, 1);
    const rules::Grant grant{0, DeviceId{1}, 2, base::Json::array(), noonUs};
    TAKE(isFirst, writer->add(grant));
    TAKE(isSecond, writer->add(grant));
    QVERIFY(isFirst && !isSecond);
}

void BulkWriterTest::progressCancels() {
    store::MemoryDatabase database;
    fill(database);
    const QTemporaryDir folder;
    const auto writer = startedWriter(fileIn(folder), database);
    FAILS_WITH(Cancelled, writer->finish([](double) { return false; }));
}

void BulkWriterTest::filledStoreIsRefused() {
    const ContractStore rows(Backend::Embedded);
    TAKE(writer, store::BulkWriter::open(rows.fileName(), storeClock));
    store::MemoryDatabase database;
    fill(database);
    FAILS_WITH(Refused, writer->addRuleSet(database.tables().ruleSet()));
}

} // namespace affinity::test
