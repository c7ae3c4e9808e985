#include "tests/unit/service/counterrebuild_test.h"

#include "engine/base/isotime.h"
#include "engine/service/counterrebuild.h"
#include "tests/unit/service/world.h"

#include <QRegularExpression>

namespace affinity::test {

using base::ErrorKind;
using base::usPerSecond;
using service::RebuildOptions;
using service::RebuildReport;

namespace {

/// Keys with values and seconds left.
std::vector<store::CounterEntry> entriesOf(World& world) {
    return must(world.counters.entries());
}

/// Four devices with events of today.
void liveADay(World& world) {
    for (const auto& [user, device] : {std::pair{alice, momo}, std::pair{alice, kiki}, std::pair{bob, white}}) {
        service::ApplyRequest request = world.event(chat, QStringLiteral("e-%1").arg(device.value));
        request.userId = user;
        request.deviceId = device;
        HAS_OUTCOME(world.apply(request), Applied);
        request.ruleKey = gift;
        request.eventId.clear();
        HAS_OUTCOME(world.apply(request, 7), Applied);
        HAS_OUTCOME(world.apply(request, -3), Applied);
    }
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(fifty, 5)), Applied); // an adjustment uses no counter
}

RebuildOptions optionsOf(World& world) {
    RebuildOptions options;
    options.pace = world.options().pace;
    return options;
}

RebuildReport rebuilt(World& world, const RebuildOptions& options) {
    return must(service::rebuildCounters(world.store, world.counters, options));
}

} // namespace

void CounterRebuildTest::initTestCase_data() {
    addServiceBackends();
}

void CounterRebuildTest::rebuildRestoresWhatTheEventsHadCounted() {
    World world;
    liveADay(world);
    const auto before = entriesOf(world);
    QCOMPARE(before.size(), size_t{15});
    world.counters.lose();
    QVERIFY(entriesOf(world).empty());
    RebuildOptions options = optionsOf(world);
    std::vector<std::pair<qint64, qint64>> progress;
    options.progress = [&](qint64 done, qint64 all) { progress.emplace_back(done, all); };
    const RebuildReport report = rebuilt(world, options);
    QVERIFY(report.isWhole && report.isFinished);
    QCOMPARE(report.devices, qint64{3});
    QCOMPARE(report.devicesAll, qint64{3});
    QCOMPARE(progress, (std::vector<std::pair<qint64, qint64>>{{3, 3}}));
    QVERIFY(report.changes.empty());
    QVERIFY(entriesOf(world) == before);
    const auto facts = must(world.counters.read({momo, chat, {}, QDate(2026, 3, 1)}));
    QCOMPARE(facts.trust, store::CounterTrust::Whole);
}

void CounterRebuildTest::rebuildNeverLowers() {
    World world;
    liveADay(world);
    must(world.counters.confirm({base::LogId{99}, momo, gift, {}, QDate(2026, 3, 1), 0, 11, 11}));
    const auto before = entriesOf(world);
    QVERIFY(rebuilt(world, optionsOf(world)).isWhole);
    QVERIFY(entriesOf(world) == before);
}

void CounterRebuildTest::longCooldownFromYesterdayIsRaised() {
    World world;
    world.editRule(chat, {.cooldownSeconds = 48 * 3600});
    world.pass(usPerSecond);
    HAS_OUTCOME(world.apply(chat), Applied);
    world.pass(30 * 3600 * usPerSecond);
    world.counters.lose();
    QCOMPARE(rebuilt(world, optionsOf(world)).devices, qint64{1});
    const auto entries = entriesOf(world);
    QCOMPARE(entries.size(), size_t{1}); // the cooldown; yesterday's sums are no more
    QCOMPARE(entries[0].key, QStringLiteral(":1:affinity:cd:1:chat"));
    QCOMPARE(entries[0].ttlSeconds, qint64{18} * 3600);
    // A row from before the rule's last edit started a cooldown of another length.
    world.editRule(chat, {.cooldownSeconds = 72 * 3600});
    world.counters.lose();
    rebuilt(world, optionsOf(world));
    QVERIFY(entriesOf(world).empty());
}

void CounterRebuildTest::previewListsWhatWouldBeRaisedAndWritesNothing() {
    World world;
    liveADay(world);
    RebuildOptions options = optionsOf(world);
    options.isPreview = true;
    QVERIFY(rebuilt(world, options).changes.empty());
    world.counters.lose();
    must(world.counters.confirm({base::LogId{99}, momo, gift, {}, QDate(2026, 3, 1), 0, 4, 0}));
    const auto before = entriesOf(world);
    const int writes = world.store.calls(Call::Begin);
    const RebuildReport report = rebuilt(world, options);
    QVERIFY(report.isFinished && !report.isWhole);
    QCOMPARE(report.changes.size(), size_t{12});
    QVERIFY(report.changes[0] == (service::CounterChange{momo, QStringLiteral(":1:affinity:cd:1:chat"), 0, 60}));
    QVERIFY(report.changes[1] ==
            (service::CounterChange{momo, QStringLiteral(":1:affinity:daily:1:chat:20260301"), 0, 2}));
    QVERIFY(report.changes[2] ==
            (service::CounterChange{momo, QStringLiteral(":1:affinity:daily:1:gift:20260301"), 4, 10}));
    QVERIFY(entriesOf(world) == before);
    QCOMPARE(world.store.calls(Call::Begin), writes);
    QCOMPARE(world.counters.raises(), 0);
    QCOMPARE(service::toJson(report)["changes"].size(), size_t{12});
}

void CounterRebuildTest::rebuildBeginsAnewWhenCountersAreLostMeanwhile() {
    World world;
    liveADay(world);
    const auto before = entriesOf(world);
    world.counters.lose();
    int raises = 0;
    world.counters.onRaise = [&](const store::CounterRaise&) {
        if (++raises == 2)
            world.counters.lose();
    };
    const RebuildReport report = rebuilt(world, optionsOf(world));
    QVERIFY(report.isWhole);
    QCOMPARE(raises, 6);
    QVERIFY(entriesOf(world) == before);

    world.counters.onRaise = [&](const store::CounterRaise&) { world.counters.lose(); };
    const RebuildReport lost = rebuilt(world, optionsOf(world));
    QVERIFY(!lost.isWhole); // three times; whoever keeps watch tries again later
    QVERIFY(lost.isFinished);
}

void CounterRebuildTest::cancelledRebuildIsNotWhole() {
    World world;
    liveADay(world);
    world.counters.lose();
    const std::atomic<bool> cancel = true;
    RebuildOptions options = optionsOf(world);
    options.cancel = &cancel;
    const RebuildReport report = rebuilt(world, options);
    QVERIFY(!report.isWhole && !report.isFinished);
    QCOMPARE(report.devices, qint64{0});
    QVERIFY(entriesOf(world).empty());
}

void CounterRebuildTest::garbageIsNamedAndLeftAlone() {
    World world;
    liveADay(world);
    world.counters.lose();
    world.counters.setFault(ErrorKind::Damaged);
    world.counters.onRaise = [&](const store::CounterRaise& raise) {
        world.counters.failReads(raise.deviceId == kiki);
    };
    const RebuildReport report = rebuilt(world, optionsOf(world));
    QVERIFY(report.isWhole);
    QCOMPARE(report.faults, QStringList{QStringLiteral("planned: no counters")});
    QCOMPARE(entriesOf(world).size(), size_t{10}); // of the two others

    world.counters.onRaise = {};
    world.counters.onStates = [](std::vector<store::CounterState>& states) {
        for (store::CounterState& state : states) {
            if (state.kind == store::CounterKind::GlobalDay) {
                state.number.reset();
                state.value = QStringLiteral("12.5");
            }
        }
    };
    RebuildOptions options = optionsOf(world);
    options.isPreview = true;
    const RebuildReport preview = rebuilt(world, options);
    QCOMPARE(preview.faults.size(), 2); // the third has no counters at all: they would be raised
    QVERIFY(preview.faults[0].contains(QStringLiteral("12.5")));
}

void CounterRebuildTest::conflictIsTriedAgainAndOtherErrorsEndIt() {
    World world;
    liveADay(world);
    const auto before = entriesOf(world);
    world.counters.lose();
    world.store.fail(Call::LockBinding, ErrorKind::Conflict, 2);
    QVERIFY(rebuilt(world, optionsOf(world)).isWhole);
    QVERIFY(entriesOf(world) == before);
    for (const Call call : {Call::StoreNow, Call::RuleSet, Call::Figures, Call::Begin, Call::LockBinding, Call::Log}) {
        world.store.fail(call, ErrorKind::CannotConnect);
        FAILS_WITH(CannotConnect, service::rebuildCounters(world.store, world.counters, optionsOf(world)));
    }
    world.counters.lose();
    world.counters.failReads(true);
    FAILS_WITH(CannotConnect, service::rebuildCounters(world.store, world.counters, optionsOf(world)));
    world.counters.failReads(false);
    QCOMPARE(must(world.counters.read({momo, chat, {}, QDate(2026, 3, 1)})).trust, store::CounterTrust::Lost);
}

void CounterRebuildTest::rowThatWaitsForItsConfirmCountsOnce() {
    World world;
    liveADay(world);
    const auto before = entriesOf(world);
    world.counters.failConfirms(true);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("counters were not told yet")));
    HAS_OUTCOME(world.apply(gift, 1), Applied);
    world.counters.failConfirms(false);
    world.counters.lose();
    QVERIFY(rebuilt(world, optionsOf(world)).isWhole);
    const auto raised = entriesOf(world);
    QVERIFY(raised != before);
    QVERIFY(world.service.sendPendingConfirms(100));
    QVERIFY(entriesOf(world) == raised);
}

} // namespace affinity::test
