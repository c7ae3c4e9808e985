#include "tests/contract/store_test.h"

#include "tests/contract/contractstore.h"

namespace affinity::test {

using base::DeviceId;
using base::LogId;
using base::Result;
using store::Access;
using store::GrantOutcome;
using store::WritePlan;

void StoreTest::initTestCase_data() {
    addBackends();
}

void StoreTest::lockedBindingIsReadWhole() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(transaction, store->begin(Access::Write));
    TAKE(binding, transaction->lockBinding(DeviceId{5}));
    QVERIFY(binding);
    QCOMPARE(binding->userId.value, 3);
    QCOMPARE(binding->serial, QStringLiteral("SN-5"));
    QCOMPARE(binding->nickname, QStringLiteral("Old"));
    QCOMPARE(binding->favorability, 5);
    QCOMPARE(binding->affinityLevel, 1);
    QCOMPARE(binding->lastActiveAtUs, std::optional<qint64>(noonUs - 10 * secondUs));
    QCOMPARE(binding->boundAtUs, noonUs - 1000 * secondUs);
    QCOMPARE(binding->unboundAtUs, std::optional<qint64>(noonUs - 5 * secondUs));
}

void StoreTest::unknownBindingIsNothing() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(transaction, store->begin(Access::Write));
    TAKE(binding, transaction->lockBinding(DeviceId{99}));
    QVERIFY(!binding);
    TAKE(entry, transaction->logEntry(LogId{99}));
    QVERIFY(!entry);
    TAKE(operation, transaction->operation(QStringLiteral("nobody")));
    QVERIFY(!operation);
    TAKE(nameless, transaction->operation(QString()));
    QVERIFY(!nameless);
    TAKE(reversal, transaction->reversalOf(LogId{99}));
    QVERIFY(!reversal);
}

void StoreTest::liveRuleIsEnabledAndNotDeleted() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(transaction, store->begin(Access::Read));
    TAKE(chat, transaction->liveRule(QStringLiteral("chat")));
    QVERIFY(chat);
    QCOMPARE(chat->cooldownSeconds, 60);
    QCOMPARE(chat->name, QStringLiteral("chat 规则"));
    TAKE(disabled, transaction->liveRule(QStringLiteral("disabled")));
    QVERIFY(!disabled);
    TAKE(removed, transaction->liveRule(QStringLiteral("removed")));
    QVERIFY(!removed);
    TAKE(unknown, transaction->liveRule(QString()));
    QVERIFY(!unknown);
}

void StoreTest::settingAndLevelsAreRead() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(transaction, store->begin(Access::Read));
    TAKE(setting, transaction->setting());
    rules::Setting expected;
    expected.isDecayEnabled = true;
    expected.updatedAtUs = noonUs - 86'400 * secondUs;
    QVERIFY(setting == expected);
    TAKE(levels, transaction->levels());
    QCOMPARE(levels.size(), size_t{3});
    QCOMPARE(levels[2].name, QStringLiteral("亲密"));
    QCOMPARE(levels[2].minValue, 120);
    QCOMPARE(QString::fromStdString(levels[1].rewards.dump()), QStringLiteral("[{\"type\":\"coin\",\"amount\":20}]"));
}

void StoreTest::timeIsTheClocks() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(transaction, store->begin(Access::Write));
    rows.clock().setNowUs(noonUs + 5);
    TAKE(nowUs, transaction->nowUs());
    QCOMPARE(nowUs, noonUs + 5);
}

void StoreTest::committedPlanIsInEveryTable() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    WritePlan plan = chatPlan();
    plan.log.eventId = QStringLiteral("ev-1");
    plan.log.reason = QStringLiteral("said hello");
    plan.log.changeValue = 42;
    plan.log.afterValue = 52;
    plan.newLevel = 2;
    plan.grants = {{2, 50, QStringLiteral("Lv2"), base::Json::array({{{"type", "coin"}}})}};
    TAKE(receipt, written(*store, {plan}));
    QCOMPARE(receipt.grants, (std::vector<GrantOutcome>{{2, GrantOutcome::Kind::Granted, {}}}));

    TAKE(device, store->device(DeviceId{1}));
    QCOMPARE(device->binding.favorability, 52);
    QCOMPARE(device->binding.affinityLevel, 2);
    QCOMPARE(device->binding.lastActiveAtUs, std::optional<qint64>(noonUs));
    TAKE(page, store->log({.deviceId = DeviceId{1}}));
    QCOMPARE(page.entries.size(), size_t{1});
    rules::LogRow expected = plan.log;
    expected.id = receipt.logId;
    QVERIFY(page.entries[0].row == expected);
    QCOMPARE(page.entries[0].note.has_value(), isPrepared(currentBackend()));
    if (page.entries[0].note) {
        rules::LogNote note;
        note.logId = receipt.logId;
        note.drawnChange = 3;
        QVERIFY(*page.entries[0].note == note);
    }
    TAKE(counters, store->dailyCounters(DeviceId{1}, QDate(2026, 3, 1)));
    QCOMPARE(counters.size(), size_t{1});
    QCOMPARE(counters[0].accumulatedChange, 2);
    TAKE(grants, store->grants(DeviceId{1}));
    QCOMPARE(grants.size(), size_t{1});
    QCOMPARE(grants[0].grantedAtUs, noonUs);
    QVERIFY(grants[0].rewards == plan.grants[0].rewards);
}

void StoreTest::destructionRollsEverythingBack() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(before, store->device(DeviceId{1}));
    {
        TAKE(transaction, store->begin(Access::Write));
        WritePlan plan = chatPlan();
        plan.log.eventId = QStringLiteral("ev-1");
        plan.note.operationId = QStringLiteral("op-1");
        plan.log.metadata["reverses_log_id"] = 1;
        plan.newLevel = 3;
        plan.grants = {{2, 50, {}, base::Json::array()}};
        TAKE(receipt, transaction->write(plan));
        TAKE(second, transaction->write(chatPlanAfter(1, noonUs)));
        QVERIFY(second.logId > receipt.logId);
    }
    TAKE(after, store->device(DeviceId{1}));
    QVERIFY(before == after);
    TAKE(page, store->log({}));
    QVERIFY(page.entries.empty());
    TAKE(counters, store->dailyCounters(DeviceId{1}, QDate(2000, 1, 1)));
    QVERIFY(counters.empty());
    TAKE(grants, store->grants(DeviceId{1}));
    QVERIFY(grants.empty());
    TAKE(transaction, store->begin(Access::Write));
    TAKE(facts, transaction->fence({.deviceId = DeviceId{1},
                                    .ruleKey = QStringLiteral("chat"),
                                    .eventId = QStringLiteral("ev-1"),
                                    .dayEndUs = noonUs * 2}));
    QVERIFY(!facts.event && !facts.lastAppliedAtUs && facts.changes.empty());
    TAKE(operation, transaction->operation(QStringLiteral("op-1")));
    QVERIFY(!operation);
}

namespace {

/// Begins and locks binding 1. Memory and SQLite lock everything when they begin, servers the row.
base::Result<std::unique_ptr<store::Transaction>> locked(store::Store& store) {
    auto transaction = store.begin(Access::Write);
    if (!transaction)
        return transaction.error();
    const auto binding = (*transaction)->lockBinding(DeviceId{1});
    if (!binding)
        return binding.error();
    return transaction;
}

} // namespace

void StoreTest::secondWriterIsBusyUntilTheFirstEnds() {
    ContractStore rows(currentBackend());
    TAKE(first, rows.open());
    TAKE(second, rows.open(Access::Write, 20));
    {
        TAKE(transaction, locked(*first));
        FAILS_WITH(Busy, locked(*second));
    }
    TAKE(transaction, locked(*second));
}

void StoreTest::oneTransactionAtATimePerStore() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(transaction, store->begin(Access::Read));
    FAILS_WITH(Internal, store->begin(Access::Read));
    transaction.reset();
    TAKE(next, store->begin(Access::Write));
}

void StoreTest::readTransactionCannotWrite() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    {
        TAKE(transaction, store->begin(Access::Read));
        SUCCEEDS(transaction->lockEventId(QStringLiteral("ev")));
        FAILS_WITH(ReadOnly, transaction->write(chatPlan()));
    }
    TAKE(page, store->log({}));
    QVERIFY(page.entries.empty());
}

void StoreTest::readOnlyStoreBeginsNoWriting() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open(Access::Read));
    QVERIFY(store->info().isReadOnly);
    FAILS_WITH(ReadOnly, store->begin(Access::Write));
    FAILS_WITH(ReadOnly, store->editSetting({.maxAffinity = 5}, noonUs));
    FAILS_WITH(ReadOnly, store->editRule(QStringLiteral("chat"), {.dailyCap = 5}, noonUs));
    FAILS_WITH(ReadOnly, store->setBound(DeviceId{1}, false, noonUs));
    TAKE(transaction, store->begin(Access::Read));
    TAKE(binding, transaction->lockBinding(DeviceId{1}));
    QVERIFY(binding);
}

void StoreTest::readTransactionSeesOneMoment() {
    ContractStore rows(currentBackend());
    TAKE(reader, rows.open());
    TAKE(writer, rows.open(Access::Write, 20));
    TAKE(transaction, reader->begin(Access::Read));
    TAKE(before, transaction->lockBinding(DeviceId{1}));
    // Memory keeps the writer out; the others let it write and keep the reader's view.
    QCOMPARE(written(*writer, {chatPlan()}).isOk(), isSqlite(currentBackend()) || isServer(currentBackend()));
    TAKE(after, transaction->lockBinding(DeviceId{1}));
    QVERIFY(before == after);
}

void StoreTest::nothingWorksAfterCommit() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(transaction, store->begin(Access::Write));
    SUCCEEDS(transaction->commit());
    FAILS_WITH(Internal, transaction->commit());
    FAILS_WITH(Internal, transaction->write(chatPlan()));
    FAILS_WITH(Internal, transaction->lockBinding(DeviceId{1}));
    TAKE(next, store->begin(Access::Write));
    transaction.reset();
    TAKE(receipt, next->write(chatPlan()));
    SUCCEEDS(next->commit());
}

void StoreTest::nothingWorksAfterAnError() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    {
        TAKE(transaction, store->begin(Access::Write));
        TAKE(receipt, transaction->write(chatPlan()));
        WritePlan wrong = chatPlan();
        wrong.log.beforeValue = 77;
        FAILS_WITH(Internal, transaction->write(wrong));
        FAILS_WITH(Internal, transaction->commit());
    }
    TAKE(page, store->log({}));
    QVERIFY(page.entries.empty());
}

void StoreTest::movedValueIsAnInternalErrorAndWritesNothing() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    WritePlan plan = chatPlan();
    plan.log.beforeValue = 9;
    FAILS_WITH(Internal, written(*store, {plan}));
    TAKE(device, store->device(DeviceId{1}));
    QCOMPARE(device->binding.favorability, 10);
}

void StoreTest::activityStaysWhenItIsNotRefreshed() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    WritePlan plan = chatPlan();
    plan.refreshesActivity = false;
    TAKE(receipt, written(*store, {plan}));
    TAKE(device, store->device(DeviceId{1}));
    QCOMPARE(device->binding.lastActiveAtUs, std::optional<qint64>(noonUs - 50 * secondUs));
    QCOMPARE(device->binding.affinityLevel, 1);
}

void StoreTest::unknownRuleIsRefusedByTheCommit() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    WritePlan plan = chatPlan();
    plan.counter.reset();
    plan.log.ruleId = base::RuleId{77};
    FAILS_WITH(Refused, written(*store, {plan}));
    TAKE(page, store->log({}));
    QVERIFY(page.entries.empty());
}

void StoreTest::logIdsStartAfterTheGreatest() {
    ContractStore rows(currentBackend(), [](store::MemoryDatabase& database) {
        fill(database);
        rules::LogRow row = chatRow();
        row.id.value = 41;
        QVERIFY(database.add(row).isOk());
    });
    TAKE(store, rows.open());
    TAKE(receipt, written(*store, {chatPlan()}));
    QCOMPARE(receipt.logId.value, 42);
}

void StoreTest::idsAscendAcrossARollBack() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(first, written(*store, {chatPlan()}));
    {
        TAKE(transaction, store->begin(Access::Write));
        TAKE(lost, transaction->write(chatPlanAfter(1, noonUs)));
    }
    TAKE(second, written(*store, {chatPlanAfter(1, noonUs)}));
    QVERIFY(second.logId > first.logId);
}

void StoreTest::fenceFindsTheNewestRowOfAnEventOnAnyDevice() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    WritePlan first = chatPlan();
    first.log.eventId = QStringLiteral("ev-1");
    WritePlan second = chatPlanAfter(1, noonUs + 1);
    second.log.eventId = QStringLiteral("ev-1");
    TAKE(receipt, written(*store, {first, second}));
    TAKE(transaction, store->begin(Access::Write));
    SUCCEEDS(transaction->lockEventId(QStringLiteral("ev-1")));
    TAKE(facts, transaction->fence({.deviceId = DeviceId{3},
                                    .ruleKey = QStringLiteral("chat"),
                                    .eventId = QStringLiteral("ev-1"),
                                    .eventAfterUs = noonUs - 1,
                                    .cooldownAfterUs = 0,
                                    .dayStartUs = 0,
                                    .dayEndUs = noonUs * 2}));
    QVERIFY(facts.event);
    QCOMPARE(facts.event->id, receipt.logId);
    QCOMPARE(facts.event->deviceId.value, 1);
    QVERIFY(facts.changes.empty());
    TAKE(without, transaction->fence({.deviceId = DeviceId{1}}));
    QVERIFY(!without.event);
}

void StoreTest::eventWindowIsHalfOpen() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    WritePlan plan = chatPlan();
    plan.log.eventId = QStringLiteral("ev-1");
    TAKE(receipt, written(*store, {plan}));
    TAKE(transaction, store->begin(Access::Read));
    store::FenceQuery query{.deviceId = DeviceId{1}, .eventId = QStringLiteral("ev-1"), .eventAfterUs = noonUs};
    TAKE(atTheEdge, transaction->fence(query));
    QVERIFY(!atTheEdge.event);
    query.eventAfterUs = noonUs - 1;
    TAKE(justBefore, transaction->fence(query));
    QVERIFY(justBefore.event);
}

void StoreTest::cooldownCountsStrictlyNewerAppliedRowsOfTheRule() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    WritePlan gift = chatPlanAfter(2, noonUs + 9);
    gift.log.ruleKey = QStringLiteral("gift");
    gift.log.ruleId = base::RuleId{2};
    gift.counter.reset();
    TAKE(receipt, written(*store, {chatPlan(), chatPlanAfter(1, noonUs + 5), gift}));
    TAKE(transaction, store->begin(Access::Read));
    store::FenceQuery query{.deviceId = DeviceId{1},
                            .ruleKey = QStringLiteral("chat"),
                            .cooldownAfterUs = noonUs + 4,
                            .dayStartUs = noonUs + 100,
                            .dayEndUs = noonUs + 200};
    TAKE(newer, transaction->fence(query));
    QCOMPARE(newer.lastAppliedAtUs, std::optional<qint64>(noonUs + 5));
    QVERIFY(newer.changes.empty());
    query.cooldownAfterUs = noonUs + 5;
    TAKE(older, transaction->fence(query));
    QVERIFY(!older.lastAppliedAtUs);
}

void StoreTest::dayHoldsItsStartAndNotItsEnd() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    // Whole seconds and fractions mixed: their texts have different lengths in SQLite.
    TAKE(receipt, written(*store, {chatPlanAfter(0, noonUs - 1), chatPlanAfter(1, noonUs), chatPlanAfter(2, noonUs + 7),
                                   chatPlanAfter(3, noonUs + secondUs - 1), chatPlanAfter(4, noonUs + secondUs)}));
    TAKE(transaction, store->begin(Access::Write));
    TAKE(facts, transaction->fence({.deviceId = DeviceId{1},
                                    .ruleKey = QStringLiteral("chat"),
                                    .cooldownAfterUs = noonUs + 2 * secondUs,
                                    .dayStartUs = noonUs,
                                    .dayEndUs = noonUs + secondUs}));
    std::vector<qint64> times;
    for (const rules::RecentChange& change : facts.changes)
        times.push_back(change.createdAtUs - noonUs);
    QCOMPARE(times, (std::vector<qint64>{0, 7, secondUs - 1}));
    QCOMPARE(facts.changes[1].ruleKey, QStringLiteral("chat"));
    QCOMPARE(facts.changes[1].changeValue, 2);
}

void StoreTest::countersAccumulate() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    WritePlan nextDay = chatPlanAfter(2, noonUs);
    nextDay.counter->date = QDate(2026, 3, 2);
    WritePlan negative = chatPlanAfter(1, noonUs);
    negative.counter->accumulatedChange = -5;
    TAKE(receipt, written(*store, {chatPlan(), negative, nextDay}));
    TAKE(counters, store->dailyCounters(DeviceId{1}, QDate(2026, 3, 1)));
    QCOMPARE(counters.size(), size_t{2});
    QCOMPARE(counters[0].date, QDate(2026, 3, 2));
    QCOMPARE(counters[1].accumulatedChange, -3);
    QCOMPARE(counters[1].triggerCount, 2);
    QCOMPARE(counters[1].ruleId.value, 1);
    TAKE(later, store->dailyCounters(DeviceId{1}, QDate(2026, 3, 2)));
    QCOMPARE(later.size(), size_t{1});
}

void StoreTest::grantIsGivenOnce() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    WritePlan first = chatPlan();
    first.grants = {{2, 50, {}, base::Json::array()}};
    WritePlan second = chatPlanAfter(1, noonUs + 1);
    second.grants = {{2, 50, {}, base::Json::array({1})}, {3, 120, {}, base::Json::array()}};
    TAKE(receipt, written(*store, {first, second}));
    QCOMPARE(receipt.grants, (std::vector<GrantOutcome>{{2, GrantOutcome::Kind::AlreadyGranted, {}},
                                                        {3, GrantOutcome::Kind::Granted, {}}}));
    TAKE(grants, store->grants(DeviceId{1}));
    QCOMPARE(grants.size(), size_t{2});
    QCOMPARE(grants[0].grantedAtUs, noonUs);
    QVERIFY(grants[0].rewards.empty());
}

void StoreTest::grantsAreReadAscending() {
    ContractStore rows(currentBackend(), [](store::MemoryDatabase& database) {
        fill(database);
        for (const int level : {3, 1, 2})
            QVERIFY(database.add(rules::Grant{0, DeviceId{1}, level, base::Json::array(), noonUs}).isOk());
        QVERIFY(database.add(rules::Grant{0, DeviceId{2}, 7, base::Json::array(), noonUs}).isOk());
    });
    TAKE(store, rows.open());
    TAKE(transaction, store->begin(Access::Read));
    TAKE(levels, transaction->grantedLevels(DeviceId{1}));
    QCOMPARE(levels, (std::vector<int>{1, 2, 3}));
}

void StoreTest::metadataKeepsOrderAndCharacters() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    WritePlan plan = chatPlan();
    plan.log.metadata = base::Json::parse(R"({"z": 1, "a": "你好 \" \\ 🎁", "list": [1, null, true, 1.5]})");
    TAKE(receipt, written(*store, {plan}));
    TAKE(page, store->log({}));
    const base::Json& metadata = page.entries[0].row.metadata;
    QVERIFY2(nlohmann::json(metadata) == nlohmann::json(plan.log.metadata), metadata.dump().c_str());
    if (!isServer(currentBackend())) // jsonb has an order of its own
        QCOMPARE(metadata.dump(), plan.log.metadata.dump());
}

} // namespace affinity::test
