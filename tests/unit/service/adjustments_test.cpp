#include "tests/unit/service/adjustments_test.h"

#include "engine/base/isotime.h"
#include "tests/unit/service/world.h"

namespace affinity::test {

using base::ErrorKind;
using service::AdjustmentForm;
using service::AdjustmentKind;
using service::Adjustments;
using service::ApplyResult;

namespace {

AdjustmentForm form(qint64 amount, const QString& operationId = service::newOperationId()) {
    AdjustmentForm made;
    made.userId = alice;
    made.deviceId = momo;
    made.amount = amount;
    made.reasonCode = QStringLiteral("goodwill");
    made.reason = QStringLiteral("a lost evening");
    made.operationId = operationId;
    return made;
}

AdjustmentForm setTo(qint64 value, const QString& operationId = service::newOperationId()) {
    AdjustmentForm made = form(value, operationId);
    made.kind = AdjustmentKind::SetTo;
    return made;
}

} // namespace

#define IS_REFUSED(result, kindName)                                                                                   \
    do {                                                                                                               \
        const ApplyResult refusedResult = (result);                                                                    \
        HAS_OUTCOME(refusedResult, Error);                                                                             \
        QVERIFY(refusedResult.error);                                                                                  \
        QCOMPARE(refusedResult.error->kind, ErrorKind::kindName);                                                      \
    } while (false)

void AdjustmentsTest::initTestCase_data() {
    addServiceBackends();
}

void AdjustmentsTest::adjustmentIsClampedAndUsesNoCap() {
    World world;
    const ApplyResult up = world.service.adminAdjust(world.adjustment(momo, 5000));
    HAS_OUTCOME(up, Applied);
    QCOMPARE(up.changeValue, 990);
    QCOMPARE(up.ruleKey, QStringLiteral("admin"));
    const rules::LogRow row = world.log()[0].row;
    QVERIFY(!row.ruleId);
    QCOMPARE(row.source, QStringLiteral("admin_adjust_single"));
    QCOMPARE(row.metadata["requested_delta"].get<int>(), 5000);
    QCOMPARE(row.operatorId, std::optional(base::OperatorId{1}));
    QVERIFY(world.elsewhere->dailyCounters(momo, QDate(2000, 1, 1)).value().empty());
    QCOMPARE(world.counters.reads() + world.counters.confirms(), 0);
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, 1)), ValueBoundary);
    service::AdjustRequest batch = world.adjustment(momo, std::numeric_limits<qint64>::min());
    batch.isBatch = true;
    QCOMPARE(world.service.adminAdjust(batch).changeValue, -1000);
    QCOMPARE(world.log()[1].row.source, QStringLiteral("admin_adjust_batch"));
    HAS_OUTCOME(world.apply(gift, 20), Applied); // it left the day's caps alone
}

void AdjustmentsTest::deltaZeroIsABoundaryButOfAnUnboundDeviceAnError() {
    World world;
    const ApplyResult zero = world.service.adminAdjust(world.adjustment(momo, 0));
    HAS_OUTCOME(zero, ValueBoundary);
    QCOMPARE(zero.beforeValue, 0);
    for (const qint64 delta : {0, 5})
        IS_REFUSED(world.service.adminAdjust(world.adjustment(old, delta)), NotFound);
    service::AdjustRequest foreign = world.adjustment(momo, 5);
    foreign.userId = bob;
    IS_REFUSED(world.service.adminAdjust(foreign), NotFound);
    QVERIFY(world.log().empty());
}

void AdjustmentsTest::riseThroughLevelsGrantsEachAndReachedAgainNone() {
    World world;
    const ApplyResult up = world.service.adminAdjust(world.adjustment(momo, 200));
    QCOMPARE(up.newLevel, 3);
    QCOMPARE(up.rewardsGranted.size(), size_t{2});
    const ApplyResult down = world.service.adminAdjust(world.adjustment(momo, -200));
    QCOMPARE(down.oldLevel, 3);
    QCOMPARE(down.newLevel, 1);
    const ApplyResult again = world.service.adminAdjust(world.adjustment(momo, 200));
    QCOMPARE(again.newLevel, 3);
    QVERIFY(again.rewardsGranted.empty());
    QCOMPARE(world.elsewhere->grants(momo).value().size(), size_t{2});
}

void AdjustmentsTest::formWithoutRoleReasonOrCodeIsRefused_data() {
    QTest::addColumn<QByteArray>("fault");
    for (const char* fault : {"viewer", "reason code", "empty reason", "blank reason", "long reason", "long ticket",
                              "no operation id", "long operation id", "amount above int"})
        QTest::newRow(fault) << QByteArray(fault);
}

void AdjustmentsTest::formWithoutRoleReasonOrCodeIsRefused() {
    World world;
    const QByteArray before = world.state();
    QFETCH(const QByteArray, fault);
    AdjustmentForm made = form(5);
    access::Session session = support();
    if (fault == "viewer")
        session = viewer();
    else if (fault == "reason code")
        made.reasonCode = QStringLiteral("whim");
    else if (fault == "empty reason")
        made.reason.clear();
    else if (fault == "blank reason")
        made.reason = QStringLiteral(" \t\n");
    else if (fault == "long reason")
        made.reason = QString(256, QLatin1Char('r'));
    else if (fault == "long ticket")
        made.ticket = QString(65, QLatin1Char('t'));
    else if (fault == "no operation id")
        made.operationId.clear();
    else if (fault == "long operation id")
        made.operationId = QString(65, QLatin1Char('o'));
    else
        made.amount = qint64{1} << 31;
    Adjustments adjustments(world.service, {1LL << 40, 1LL << 40, 1LL << 40});
    HAS_OUTCOME(adjustments.preview(session, made).preview.result, Error);
    HAS_OUTCOME(adjustments.commit(session, made, {}), Error);
    HAS_OUTCOME(adjustments.reverse(session, {1}, made, {}), Error);
    QCOMPARE(world.state(), before);
    HAS_OUTCOME(adjustments.commit(support(), form(5), {}), Applied);
}

void AdjustmentsTest::limitsHoldExactly() {
    World world;
    Adjustments adjustments(world.service);
    IS_REFUSED(adjustments.commit(support(), form(501), {}), Refused);
    IS_REFUSED(adjustments.commit(support(), form(-501), {}), Refused);
    HAS_OUTCOME(adjustments.commit(support(), form(500), {}), Applied);
    HAS_OUTCOME(adjustments.commit(support(), form(-499), {}), Applied);
    const auto seen = adjustments.preview(support(), form(2));
    IS_REFUSED(seen.preview.result, Refused); // 999 of 1,000 of this device
    QCOMPARE(seen.limitUse.deviceToday, qint64{999});
    IS_REFUSED(adjustments.commit(support(), form(2), {}), Refused);
    HAS_OUTCOME(adjustments.commit(support(), form(1), {}), Applied);
    IS_REFUSED(adjustments.commit(support(), form(1), {}), Refused);

    Adjustments day(world.service, {500, 1000, 1010});
    AdjustmentForm other = form(11);
    other.deviceId = kiki;
    IS_REFUSED(day.commit(support(), other, {}), Refused);
    other.amount = 10;
    const auto preview = day.preview(support(), other);
    QCOMPARE(preview.limitUse.operatorToday, qint64{1000});
    QCOMPARE(preview.limitUse.deviceToday, qint64{0});
    HAS_OUTCOME(day.commit(support(), other, {}), Applied);
}

void AdjustmentsTest::limitsAreOfTheOperatorAndTheLocalDay() {
    World world;
    Adjustments adjustments(world.service, {500, 500, 500});
    HAS_OUTCOME(adjustments.commit(support(), form(500), {}), Applied);
    IS_REFUSED(adjustments.commit(support(), form(1), {}), Refused);
    HAS_OUTCOME(adjustments.commit(designer(), form(-500), {}), Applied);
    world.setNow(noonUs + 4 * 3600 * base::usPerSecond - 1);
    IS_REFUSED(adjustments.commit(support(), form(1), {}), Refused);
    world.pass(1); // midnight in Shanghai
    HAS_OUTCOME(adjustments.commit(support(), form(1), {}), Applied);
}

void AdjustmentsTest::retryUnderTheSameOperationIdHasNoSecondEffect() {
    World world;
    Adjustments adjustments(world.service);
    const AdjustmentForm made = form(400);
    const QByteArray hash = adjustments.preview(support(), made).preview.stateHash;
    const ApplyResult first = adjustments.commit(support(), made, hash);
    HAS_OUTCOME(first, Applied);
    QVERIFY(!first.isAppliedEarlier);
    HAS_OUTCOME(adjustments.commit(support(), form(-300), {}), Applied);
    world.pass(90LL * 86'400 * base::usPerSecond); // for ever, not for a window
    const QByteArray before = world.state();
    const ApplyResult retry = adjustments.commit(support(), made, hash); // its hash is stale by now
    HAS_OUTCOME(retry, Applied);
    QVERIFY(retry.isAppliedEarlier);
    QCOMPARE(retry.logId, first.logId);
    QCOMPARE(retry.changeValue, 400);
    QCOMPARE(world.state(), before);
    QVERIFY(adjustments.preview(support(), made).preview.result.isAppliedEarlier);
}

void AdjustmentsTest::retryOfSetToHasNoSecondEffect() {
    World world;
    Adjustments adjustments(world.service);
    const AdjustmentForm made = setTo(60);
    const ApplyResult first = adjustments.commit(support(), made, {});
    HAS_OUTCOME(first, Applied);
    const ApplyResult retry = adjustments.commit(support(), made, {});
    HAS_OUTCOME(retry, Applied);
    QVERIFY(retry.isAppliedEarlier);
    QCOMPARE(retry.logId, first.logId);
    HAS_OUTCOME(adjustments.commit(support(), form(-7), {}), Applied);
    QVERIFY(adjustments.commit(support(), made, {}).isAppliedEarlier);
    QCOMPARE(world.value(), 53);
    IS_REFUSED(adjustments.commit(support(), setTo(61, made.operationId), {}), Refused);
    IS_REFUSED(adjustments.commit(support(), form(50, made.operationId), {}), Refused);
}

void AdjustmentsTest::operationIdWithOtherContentIsRefused_data() {
    QTest::addColumn<int>("part");
    QTest::newRow("amount") << 0;
    QTest::newRow("device") << 1;
    QTest::newRow("operator") << 2;
    QTest::newRow("reason") << 3;
    QTest::newRow("set to") << 4;
    QTest::newRow("reversal") << 5;
}

void AdjustmentsTest::operationIdWithOtherContentIsRefused() {
    QFETCH(const int, part);
    World world;
    Adjustments adjustments(world.service);
    AdjustmentForm made = form(-5, QStringLiteral("operation-1"));
    const ApplyResult first = adjustments.commit(support(), made, {});
    HAS_OUTCOME(first, Applied);
    const QByteArray before = world.state();
    access::Session session = support();
    if (part == 0)
        made.amount = -6;
    else if (part == 1)
        made.deviceId = kiki;
    else if (part == 2)
        session = designer();
    else if (part == 3)
        made.reason = QStringLiteral("another reason");
    else if (part == 4)
        made.kind = AdjustmentKind::SetTo;
    const ApplyResult result =
        part == 5 ? adjustments.reverse(session, *first.logId, made, {}) : adjustments.commit(session, made, {});
    IS_REFUSED(result, Refused);
    QVERIFY(result.error->what.contains(QStringLiteral("operation-1")));
    QCOMPARE(world.state(), before);
}

void AdjustmentsTest::setToReachesTheValueOrRefuses() {
    World world;
    Adjustments adjustments(world.service);
    const auto preview = adjustments.preview(support(), setTo(33));
    QCOMPARE(preview.delta, qint64{23});
    QCOMPARE(adjustments.commit(support(), setTo(33), preview.preview.stateHash).afterValue, 33);
    HAS_OUTCOME(adjustments.commit(support(), setTo(33), {}), ValueBoundary);
    // The value moves between the look at it and the lock: no other value may come out than the one asked for.
    world.store.before(Call::Begin, [&world] { HAS_OUTCOME(world.applyElsewhere(world.event(gift)), Applied); });
    IS_REFUSED(adjustments.commit(support(), setTo(40), {}), Refused);
    QCOMPARE(world.value(), 43);
    AdjustmentForm unknown = setTo(5);
    unknown.deviceId = {99};
    IS_REFUSED(adjustments.commit(support(), unknown, {}), NotFound);
}

void AdjustmentsTest::previewWritesNothingAndItsHashRefusesAfterAChange() {
    World world;
    Adjustments adjustments(world.service);
    const AdjustmentForm made = form(100);
    const QByteArray before = world.state();
    const auto preview = adjustments.preview(support(), made);
    HAS_OUTCOME(preview.preview.result, Applied);
    QCOMPARE(preview.preview.result.rewardsGranted.size(), size_t{1});
    QVERIFY(preview.preview.plan);
    QCOMPARE(world.state(), before);
    HAS_OUTCOME(world.apply(chat), Applied);
    IS_REFUSED(adjustments.commit(support(), made, preview.preview.stateHash), Refused);
    const auto second = adjustments.preview(support(), made);
    QVERIFY(second.preview.stateHash != preview.preview.stateHash);
    world.editSetting({.maxAffinity = 50});
    IS_REFUSED(adjustments.commit(support(), made, second.preview.stateHash), Refused);
    const auto third = adjustments.preview(support(), made);
    ApplyResult result = adjustments.commit(support(), made, third.preview.stateHash);
    HAS_OUTCOME(result, Applied);
    result.logId.reset();
    QVERIFY(result == third.preview.result);
}

void AdjustmentsTest::noteKeepsWhatTheTableHasNoColumnFor() {
    World world;
    Adjustments adjustments(world.service);
    AdjustmentForm made = form(7, QStringLiteral("op-7"));
    made.ticket = QStringLiteral("T-1");
    made.reason = QStringLiteral("  trimmed ");
    HAS_OUTCOME(adjustments.commit(support(), made, {}), Applied);
    const store::LogEntry entry = world.log()[0];
    QCOMPARE(entry.row.reason, QStringLiteral("trimmed"));
    if (isPrepared(currentBackend())) {
        QCOMPARE(entry.note->operationId, QStringLiteral("op-7"));
        QCOMPARE(entry.note->reasonCode, QStringLiteral("goodwill"));
        QCOMPARE(entry.note->ticket, QStringLiteral("T-1"));
        QCOMPARE(entry.row.metadata.dump(), std::string(R"({"requested_delta":7})"));
    } else {
        QVERIFY(!entry.note);
        QCOMPARE(entry.row.metadata.dump(),
                 std::string(R"({"requested_delta":7,"operation_id":"op-7","reason_code":"goodwill","ticket":"T-1"})"));
    }
}

void AdjustmentsTest::reversalTakesARowBackOnce() {
    World world;
    Adjustments adjustments(world.service);
    const ApplyResult event = world.apply(gift, 10);
    const AdjustmentForm made = form(0);
    const auto preview = adjustments.previewReversal(support(), *event.logId, made);
    QCOMPARE(preview.delta, qint64{-10});
    const ApplyResult reversal = adjustments.reverse(support(), *event.logId, made, preview.preview.stateHash);
    HAS_OUTCOME(reversal, Applied);
    QCOMPARE(world.value(), 10);
    QVERIFY(adjustments.reverse(support(), *event.logId, made, {}).isAppliedEarlier); // a retry
    IS_REFUSED(adjustments.reverse(support(), *event.logId, form(0), {}), Refused);   // a second reversal
    QCOMPARE(world.log().size(), size_t{2});
    // The reversal is a row like others: it can be taken back, too.
    HAS_OUTCOME(adjustments.reverse(support(), *reversal.logId, form(0), {}), Applied);
    QCOMPARE(world.value(), 20);
}

void AdjustmentsTest::reversalSaysWhichRewardsStay() {
    World world;
    Adjustments adjustments(world.service);
    const ApplyResult up = adjustments.commit(support(), form(200), {});
    QCOMPARE(adjustments.previewReversal(support(), *up.logId, form(0)).rewardsThatStay, (std::vector<int>{2, 3}));
    HAS_OUTCOME(adjustments.reverse(support(), *up.logId, form(0), {}), Applied);
    QCOMPARE(world.elsewhere->grants(momo).value().size(), size_t{2});
    QCOMPARE(world.value(), 10);
}

void AdjustmentsTest::reversalOfAnUnboundDeviceOrUnknownRowIsRefused() {
    World world;
    Adjustments adjustments(world.service);
    IS_REFUSED(adjustments.reverse(support(), {77}, form(0), {}), NotFound);
    const ApplyResult event = world.apply(gift, 10);
    QVERIFY(world.elsewhere->setBound(momo, false, noonUs).isOk());
    IS_REFUSED(adjustments.reverse(support(), *event.logId, form(0), {}), NotFound);
    QCOMPARE(world.value(), 20);
}

} // namespace affinity::test
