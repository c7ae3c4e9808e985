#include "tests/unit/service/faults_test.h"

#include "engine/base/isotime.h"
#include "tests/unit/service/world.h"

namespace affinity::test {

using base::ErrorKind;
using service::ApplyResult;

namespace {

/// Draws sevens and counts them.
class CountingDraw final : public rules::Draw {
public:
    int draws = 0;
    int uniform(int, int) override {
        ++draws;
        return 7;
    }
};

} // namespace

void FaultsTest::initTestCase_data() {
    addServiceBackends();
}

void FaultsTest::failedCallLeavesNoEffect() {
    World world;
    HAS_OUTCOME(world.apply(gift, {}, QStringLiteral("first")), Applied);
    const QByteArray before = world.state();
    int eventsTried = 0;
    for (const Call call : {Call::Begin, Call::LockEventId, Call::LockBinding, Call::NowUs, Call::Setting, Call::Levels,
                            Call::LiveRule, Call::Fence, Call::Write, Call::Commit}) {
        for (const ErrorKind kind : {ErrorKind::CannotConnect, ErrorKind::Busy, ErrorKind::StorageFull}) {
            world.store.fail(call, kind, kind == ErrorKind::Busy ? 2 : 1); // a lock is tried once more
            const ApplyResult result = world.apply(chat, {}, QStringLiteral("e"));
            HAS_OUTCOME(result, Error);
            QCOMPARE(result.error->kind, kind);
            QCOMPARE(world.state(), before);
            ++eventsTried;
        }
    }
    QCOMPARE(eventsTried, 30);
    world.store.heal();
    HAS_OUTCOME(world.apply(chat, {}, QStringLiteral("e")), Applied);
    QCOMPARE(world.log().size(), size_t{2});
}

void FaultsTest::failedCallOfAnAdjustmentLeavesNoEffect() {
    World world;
    const QByteArray before = world.state();
    for (const Call call : {Call::Begin, Call::LockBinding, Call::NowUs, Call::Setting, Call::Levels,
                            Call::GrantedLevels, Call::Write, Call::Commit}) {
        world.store.fail(call, ErrorKind::CannotConnect);
        HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, 5)), Error);
        QCOMPARE(world.state(), before);
    }
}

void FaultsTest::storeThatCannotReadTheRuleHasNotSaidThereIsNone() {
    World world;
    HAS_OUTCOME(world.apply(chat), Applied);
    // The counters know the cooldown; once the rule is too old to go by, it is asked for before the lock, then under
    // it.
    world.pass(2 * base::usPerSecond);
    world.store.fail(Call::LiveRule, ErrorKind::CannotConnect);
    HAS_OUTCOME(world.apply(chat), Cooldown);
    world.pass(2 * base::usPerSecond);
    world.store.fail(Call::LiveRule, ErrorKind::CannotConnect, 2);
    HAS_OUTCOME(world.apply(chat), Error);
}

void FaultsTest::lostCommitThatWasDoneIsApplied() {
    World world;
    world.store.loseCommit(LostCommit::Done);
    const ApplyResult result = world.apply(chat, {}, QStringLiteral("e"));
    HAS_OUTCOME(result, Applied);
    QCOMPARE(world.log().size(), size_t{1});
    QCOMPARE(result.logId, std::optional(world.log()[0].row.id));
    QCOMPARE(world.value(), 12);
    QCOMPARE(world.counters.confirms(), 1);
    HAS_OUTCOME(world.apply(chat, {}, QStringLiteral("e")), EventDuplicate);
}

void FaultsTest::lostCommitThatWasNotDoneIsNoEffect() {
    World world;
    const QByteArray before = world.state();
    world.store.loseCommit(LostCommit::NotDone);
    const ApplyResult result = world.apply(chat, {}, QStringLiteral("e"));
    HAS_OUTCOME(result, Error);
    QVERIFY(result.error->kind != ErrorKind::CommitUnknown);
    QCOMPARE(world.state(), before);
    QCOMPARE(world.counters.confirms(), 0);
    HAS_OUTCOME(world.apply(chat, {}, QStringLiteral("e")), Applied);
    QCOMPARE(world.log().size(), size_t{1});
}

void FaultsTest::idOfALostCommitTakenByAnotherRowIsNoEffect() {
    World world;
    world.store.loseCommit(LostCommit::NotDone);
    // The first begin is the event's own; the hook waits for the second, which looks for the row.
    world.store.before(Call::Commit, [&world] {
        world.store.before(Call::Begin, [&world] {
            service::ApplyRequest other = world.event(gift);
            other.deviceId = kiki;
            HAS_OUTCOME(world.applyElsewhere(other), Applied);
        });
    });
    HAS_OUTCOME(world.apply(gift), Error);
    QCOMPARE(world.log().size(), size_t{1});
    QCOMPARE(world.log()[0].row.deviceId, kiki);
    QCOMPARE(world.value(), 10);
}

void FaultsTest::lostCommitOnAStoreThatStaysAwayIsInDoubt() {
    for (const LostCommit commit : {LostCommit::Done, LostCommit::NotDone}) {
        World world;
        world.store.loseCommit(commit, true);
        const ApplyResult result = world.apply(chat, {}, QStringLiteral("e"));
        HAS_OUTCOME(result, InDoubt);
        QCOMPARE(result.error->kind, ErrorKind::CommitUnknown);
        QCOMPARE(service::toJson(result)["outcome"].get<std::string>(), std::string("in_doubt"));
        QCOMPARE(world.counters.confirms(), 0);
        world.store.heal();
        // Sent again it has its one effect in the end, whichever it was.
        const auto again = world.apply(chat, {}, QStringLiteral("e")).outcome;
        QCOMPARE(again, commit == LostCommit::Done ? rules::Outcome::EventDuplicate : rules::Outcome::Applied);
        QCOMPARE(world.log().size(), size_t{1});
        QCOMPARE(world.value(), 12);
    }
}

void FaultsTest::lostCommitOfAnAdjustmentIsResolved() {
    World world;
    world.store.loseCommit(LostCommit::Done);
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, 5)), Applied);
    QCOMPARE(world.value(), 15);
    world.store.loseCommit(LostCommit::NotDone);
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, 5)), Error);
    QCOMPARE(world.value(), 15);
    QCOMPARE(world.log().size(), size_t{1});
}

void FaultsTest::storeThatComesBackInTimeResolvesTheDoubt() {
    for (const LostCommit commit : {LostCommit::Done, LostCommit::NotDone}) {
        World world;
        world.store.loseCommit(commit, true);
        int waits = 0;
        world.whileWaiting = [&] {
            if (++waits == 5)
                world.store.heal();
        };
        const ApplyResult result = world.apply(chat, {}, QStringLiteral("e"));
        if (commit == LostCommit::Done) {
            HAS_OUTCOME(result, Applied);
            QCOMPARE(world.counters.confirms(), 1);
        } else {
            HAS_OUTCOME(result, Error);
            QVERIFY(result.error->kind != ErrorKind::CommitUnknown);
        }
        QCOMPARE(waits, 5);
        QCOMPARE(world.log().size(), size_t{commit == LostCommit::Done ? 1U : 0U});
    }
}

void FaultsTest::doubtIsLookedIntoForFiveSecondsAtMost() {
    World world;
    for (const bool isAdjustment : {false, true}) {
        world.store.loseCommit(LostCommit::Done, true);
        const qint64 beforeUs = world.waitedUs();
        const ApplyResult result =
            isAdjustment ? world.service.adminAdjust(world.adjustment(momo, 5)) : world.apply(gift);
        HAS_OUTCOME(result, InDoubt);
        QVERIFY2(result.error->what.contains(QStringLiteral("log row %1 ").arg(isAdjustment ? 2 : 1)),
                 qPrintable(result.error->what));
        const qint64 waitedUs = world.waitedUs() - beforeUs;
        QVERIFY(waitedUs > 4 * base::usPerSecond && waitedUs <= 5 * base::usPerSecond);
        world.store.heal();
    }
}

void FaultsTest::conflictIsDoneAgainWithTheSameChange() {
    for (const Call call :
         {Call::Begin, Call::LockEventId, Call::LockBinding, Call::Fence, Call::Write, Call::Commit}) {
        World world;
        HAS_OUTCOME(world.apply(gift, 1), Applied);
        world.store.fail(call, ErrorKind::Conflict, 4);
        CountingDraw draw;
        world.service.setDraw(draw);
        const ApplyResult result = world.service.apply(world.event(gift, QStringLiteral("e")));
        HAS_OUTCOME(result, Applied);
        QCOMPARE(result.changeValue, 7);
        QCOMPARE(result.retries, 4);
        QCOMPARE(service::toJsonWithTrace(result)["retries"].get<int>(), 4);
        QCOMPARE(draw.draws, 1);
        QCOMPARE(world.log().size(), size_t{2});
        QCOMPARE(world.counters.confirms(), 2);
        // 10, 20, 40 and 80 ms, less a quarter where chance is in the middle.
        QCOMPARE(world.waitedUs(), qint64{112'500});
    }
}

void FaultsTest::fifthConflictIsTheLast() {
    World world;
    HAS_OUTCOME(world.apply(gift, 1), Applied);
    const QByteArray before = world.state();
    const int begins = world.store.calls(Call::Begin);
    world.store.fail(Call::Commit, ErrorKind::Conflict, 100);
    const ApplyResult result = world.apply(gift);
    HAS_OUTCOME(result, Error);
    QCOMPARE(result.error->kind, ErrorKind::Conflict);
    QCOMPARE(result.retries, 4);
    QCOMPARE(world.store.calls(Call::Begin) - begins, 5);
    QCOMPARE(world.state(), before);
}

void FaultsTest::busyLockIsTriedOnceMore() {
    World world;
    world.store.fail(Call::LockBinding, ErrorKind::Busy);
    QCOMPARE(world.service.adminAdjust(world.adjustment(momo, 5)).retries, 1);
    world.store.fail(Call::LockBinding, ErrorKind::Busy, 2);
    const ApplyResult result = world.service.adminAdjust(world.adjustment(momo, 5));
    HAS_OUTCOME(result, Error);
    QCOMPARE(result.error->kind, ErrorKind::Busy);
    QCOMPARE(world.value(), 15);
    QCOMPARE(world.waitedUs(), qint64{0}); // the lock was waited for already
}

void FaultsTest::conflictOfAnAdjustmentIsDoneAgainUnderItsOperationId() {
    World world;
    service::AdjustmentForm form;
    form.userId = alice;
    form.deviceId = momo;
    form.amount = 5;
    form.reasonCode = QStringLiteral("goodwill");
    form.reason = QStringLiteral("a test");
    form.operationId = QStringLiteral("op-1");
    for (const Call call : {Call::Operation, Call::AdjustedPoints, Call::Write, Call::Commit}) {
        world.store.fail(call, ErrorKind::Conflict, 2);
        HAS_OUTCOME(service::Adjustments(world.service).commit(support(), form, {}), Applied);
        QCOMPARE(world.log().size(), size_t{1});
        QCOMPARE(world.value(), 15);
        world.store.heal();
    }
}

} // namespace affinity::test
