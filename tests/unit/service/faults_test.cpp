#include "tests/unit/service/faults_test.h"

#include "tests/unit/service/world.h"

namespace affinity::test {

using base::ErrorKind;
using service::ApplyResult;

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
            world.store.fail(call, kind);
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
    // The counters know the cooldown, so the rule is asked for before the lock; then again under it.
    world.store.fail(Call::LiveRule, ErrorKind::CannotConnect);
    HAS_OUTCOME(world.apply(chat), Cooldown);
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

void FaultsTest::unreadableCountersRefuseWithoutEffect() {
    World world;
    const QByteArray before = world.state();
    world.counters.failReads(true);
    HAS_OUTCOME(world.apply(gift), Error);
    QCOMPARE(world.state(), before);
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, 5)), Applied); // adjustments need no counters
}

} // namespace affinity::test
