#include "tests/contract/storeadjustments_test.h"

#include "tests/contract/contractstore.h"

namespace affinity::test {

using base::DeviceId;
using base::LogId;
using store::Access;
using store::WritePlan;

namespace {

/// An adjustment by operator 3 on binding 2, from `before` by `change`.
WritePlan adjustment(int before, int change, const QString& operationId) {
    WritePlan plan;
    plan.log.userId.value = 1;
    plan.log.deviceId.value = 2;
    plan.log.ruleKey = QStringLiteral("admin");
    plan.log.changeValue = change;
    plan.log.beforeValue = before;
    plan.log.afterValue = before + change;
    plan.log.source = QStringLiteral("admin_adjust_single");
    plan.log.reason = QStringLiteral("because");
    plan.log.operatorId = base::OperatorId{3};
    plan.log.createdAtUs = noonUs;
    plan.log.metadata["requested_delta"] = change;
    plan.note.operationId = operationId;
    plan.note.reasonCode = QStringLiteral("goodwill");
    plan.note.ticket = QStringLiteral("T-1");
    return plan;
}

} // namespace

void StoreAdjustmentsTest::initTestCase_data() {
    addBackends();
}

void StoreAdjustmentsTest::fenceKnowsAdjustments() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(receipt, written(*store, {adjustment(48, -7, QStringLiteral("op-1"))}));
    TAKE(transaction, store->begin(Access::Write));
    TAKE(facts,
         transaction->fence(
             {.deviceId = DeviceId{2}, .ruleKey = QStringLiteral("admin"), .dayStartUs = 0, .dayEndUs = noonUs + 1}));
    QCOMPARE(facts.changes.size(), size_t{1});
    QVERIFY(facts.changes[0].isAdjustment);
    QCOMPARE(facts.changes[0].changeValue, -7);
    QVERIFY(!facts.lastAppliedAtUs);
}

void StoreAdjustmentsTest::operationIdIsFoundAgain() {
    if (!isPrepared(currentBackend()))
        QSKIP("a bare store has no notes; see operationIdInMetadataIsFoundAgain");
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(receipt, written(*store, {adjustment(48, 5, QStringLiteral("op-1"))}));
    TAKE(transaction, store->begin(Access::Write));
    TAKE(found, transaction->operation(QStringLiteral("op-1")));
    QVERIFY(found);
    QCOMPARE(found->row.id, receipt.logId);
    QCOMPARE(found->note->reasonCode, QStringLiteral("goodwill"));
    QCOMPARE(found->note->ticket, QStringLiteral("T-1"));
    TAKE(byId, transaction->logEntry(receipt.logId));
    QVERIFY(byId == found);
}

void StoreAdjustmentsTest::operationIdInMetadataIsFoundAgain() {
    if (currentBackend() == Backend::Embedded)
        QSKIP("an embedded store was never bare");
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    WritePlan plan = adjustment(48, 5, QString());
    plan.log.metadata["operation_id"] = "op-1";
    plan.log.metadata["reverses_log_id"] = 12;
    TAKE(receipt, written(*store, {plan}));
    TAKE(transaction, store->begin(Access::Write));
    TAKE(found, transaction->operation(QStringLiteral("op-1")));
    QVERIFY(found);
    QCOMPARE(found->row.id, receipt.logId);
    TAKE(other, transaction->operation(QStringLiteral("op")));
    QVERIFY(!other);
    TAKE(reversal, transaction->reversalOf(LogId{12}));
    QVERIFY(reversal);
    QCOMPARE(reversal->row.id, receipt.logId);
    TAKE(notReversed, transaction->reversalOf(LogId{13}));
    QVERIFY(!notReversed);
}

void StoreAdjustmentsTest::operationIdIsUnique() {
    if (!isPrepared(currentBackend()))
        QSKIP("a bare store has no unique index on operation ids");
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(receipt, written(*store, {adjustment(48, 5, QStringLiteral("op-1"))}));
    FAILS_WITH(Refused, written(*store, {adjustment(53, 5, QStringLiteral("op-1"))}));
    TAKE(device, store->device(DeviceId{2}));
    QCOMPARE(device->binding.favorability, 53);
    TAKE(next, written(*store, {adjustment(53, 5, QStringLiteral("op-2"))}));
}

void StoreAdjustmentsTest::reversalIsFoundAndOnlyOnce() {
    if (!isPrepared(currentBackend()))
        QSKIP("a bare store has no notes");
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(first, written(*store, {adjustment(48, 5, QStringLiteral("op-1"))}));
    WritePlan reversal = adjustment(53, -5, QStringLiteral("op-2"));
    reversal.note.reversesLogId = first.logId;
    TAKE(second, written(*store, {reversal}));
    {
        TAKE(transaction, store->begin(Access::Write));
        TAKE(found, transaction->reversalOf(first.logId));
        QVERIFY(found);
        QCOMPARE(found->row.id, second.logId);
        QVERIFY(found->note->reversesLogId == first.logId);
    }
    reversal = adjustment(48, -5, QStringLiteral("op-3"));
    reversal.note.reversesLogId = first.logId;
    FAILS_WITH(Refused, written(*store, {reversal}));
}

void StoreAdjustmentsTest::emptyOperationIdsDoNotCollide() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(receipt, written(*store, {chatPlan(), chatPlanAfter(1, noonUs)}));
    TAKE(page, store->log({}));
    QCOMPARE(page.entries.size(), size_t{2});
}

void StoreAdjustmentsTest::adjustedPointsAreSummedPerOperatorDeviceAndTime() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    WritePlan late = adjustment(43, 7, QStringLiteral("op-2"));
    late.log.createdAtUs = noonUs + secondUs;
    WritePlan other = adjustment(500, 100, QStringLiteral("op-3"));
    other.log.deviceId.value = 3;
    other.log.userId.value = 2;
    WritePlan byAdmin = adjustment(50, 1, QStringLiteral("op-4"));
    byAdmin.log.operatorId = base::OperatorId{1};
    WritePlan event = chatPlan();
    event.log.operatorId = base::OperatorId{3};
    TAKE(receipt, written(*store, {adjustment(48, -5, QStringLiteral("op-1")), late, other, byAdmin, event}));
    TAKE(transaction, store->begin(Access::Write));
    const base::OperatorId support{3};
    TAKE(all, transaction->adjustedPoints(support, {}, noonUs, noonUs + 2 * secondUs));
    QCOMPARE(all, 112);
    TAKE(ofDevice, transaction->adjustedPoints(support, DeviceId{2}, noonUs, noonUs + 2 * secondUs));
    QCOMPARE(ofDevice, 12);
    TAKE(halfOpen, transaction->adjustedPoints(support, DeviceId{2}, noonUs, noonUs + secondUs));
    QCOMPARE(halfOpen, 5);
    TAKE(afterAll, transaction->adjustedPoints(support, {}, noonUs + 2 * secondUs, noonUs + 3 * secondUs));
    QCOMPARE(afterAll, 0);
}

} // namespace affinity::test
