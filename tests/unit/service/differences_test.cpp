#include "tests/unit/service/differences_test.h"

#include "engine/base/isotime.h"
#include "tests/unit/service/world.h"

#include <QRegularExpression>

#include <atomic>
#include <thread>

namespace affinity::test {

using base::usPerSecond;
using service::ApplyRequest;
using service::ApplyResult;

void DifferencesTest::initTestCase_data() {
    addServiceBackends();
}

void DifferencesTest::d1DecayDoesNotCountAsActivity() {
    World world;
    const auto activeBefore = world.binding().lastActiveAtUs;
    ApplyRequest request = world.event(decay);
    request.source = QStringLiteral("decay");
    HAS_OUTCOME(world.apply(request), Applied);
    QCOMPARE(world.binding().lastActiveAtUs, activeBefore);
    request.source = QStringLiteral("device_event"); // the source decides, not the rule
    HAS_OUTCOME(world.apply(request), Applied);
    QCOMPARE(world.binding().lastActiveAtUs, std::optional(noonUs));
    world.pass(usPerSecond);
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, 1)), Applied);
    QCOMPARE(world.binding().lastActiveAtUs, std::optional(noonUs + usPerSecond));
}

void DifferencesTest::d2LimitsHoldWithSeveralWritersAndNoCommonCounters() {
    World world;
    constexpr int writers = 4;
    constexpr int events = 20;
    std::atomic<int> failures{0};
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&world, &failures] {
            const auto store = world.rows.open(store::Access::Write, 60'000);
            store::MemoryCounters counters(world.rows.clock());
            ChosenDraw draw;
            draw.number = 1;
            service::AffinityService service(*store.value(), counters, draw);
            for (int i = 0; i < events; ++i) {
                // Every writer sends the same events; then more under one rule than its day takes.
                const auto once = service.apply(world.event(gift, QStringLiteral("e-%1").arg(i)));
                const auto more = service.apply(world.event(gift));
                const auto cool = service.apply(world.event(chat));
                for (const auto& result : {once, more, cool})
                    failures += result.outcome == rules::Outcome::Error ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(failures.load(), 0);
    qint64 giftSum = 0;
    int chats = 0;
    QStringList ids;
    int value = 10;
    for (const store::LogEntry& entry : world.log()) {
        QCOMPARE(entry.row.beforeValue, value);
        value = entry.row.afterValue;
        giftSum += entry.row.ruleKey == gift ? entry.row.changeValue : 0;
        chats += entry.row.ruleKey == chat ? 1 : 0;
        if (!entry.row.eventId.isEmpty())
            ids.append(entry.row.eventId);
    }
    QCOMPARE(world.value(), value);
    QCOMPARE(giftSum, qint64{40});
    QCOMPARE(chats, 1);
    QCOMPARE(ids.removeDuplicates(), qsizetype{0});
}

void DifferencesTest::d3GrantsAreWrittenWithTheValueOrNotAtAll() {
    World world;
    ApplyRequest request = world.event(gift);
    request.deviceId = kiki;
    const QByteArray before = world.state();
    world.store.fail(Call::Commit, base::ErrorKind::StorageFull);
    const ApplyResult failed = world.apply(request, 5);
    HAS_OUTCOME(failed, Error);
    QVERIFY(failed.rewardsGranted.empty());
    QCOMPARE(world.state(), before);
    HAS_OUTCOME(world.apply(request, 5), Applied);
    QCOMPARE(world.elsewhere->grants(kiki).value().size(), size_t{1});
}

void DifferencesTest::d4BindingIsCheckedAgainUnderTheLock() {
    World world;
    HAS_OUTCOME(world.apply(gift), Applied);
    world.store.before(Call::Begin, [&world] { QVERIFY(world.elsewhere->setBound(momo, false, noonUs).isOk()); });
    HAS_OUTCOME(world.apply(gift), Error);
    QCOMPARE(world.log().size(), size_t{1});
}

void DifferencesTest::d4CooldownIsCheckedAgainUnderTheLock() {
    World world;
    HAS_OUTCOME(world.apply(gift), Applied); // the service knows the day, so that it asks its counters first
    world.store.before(Call::Begin, [&world] { HAS_OUTCOME(world.applyElsewhere(world.event(chat)), Applied); });
    HAS_OUTCOME(world.apply(chat), Cooldown);
    world.store.before(
        Call::Begin, [&world] { HAS_OUTCOME(world.applyElsewhere(world.event(gift, QStringLiteral("x"))), Applied); });
    HAS_OUTCOME(world.apply(gift, {}, QStringLiteral("x")), EventDuplicate);
}

void DifferencesTest::d4EditOfARuleForgetsOlderRowsButNotARunningCooldown() {
    World world;
    HAS_OUTCOME(world.apply(chat), Applied);
    world.pass(usPerSecond);
    world.editRule(chat, {.cooldownSeconds = 3600});
    HAS_OUTCOME(world.apply(chat), Cooldown);                               // the counters still know the old one
    HAS_OUTCOME(world.applyElsewhere(world.event(chat), 0), ValueBoundary); // the log alone does not hold it
    world.setNow(noonUs + 60 * usPerSecond);
    HAS_OUTCOME(world.apply(chat), Applied); // sixty seconds, as it started
    world.pass(61 * usPerSecond);
    HAS_OUTCOME(world.apply(chat), Cooldown);
    HAS_OUTCOME(world.applyElsewhere(world.event(chat)), Cooldown);
}

void DifferencesTest::d5SameIdWithOtherContentIsNamed() {
    for (const bool isElsewhere : {false, true}) {
        World world;
        const QString id = QStringLiteral("e");
        ApplyRequest request = world.event(gift, id);
        request.metadata = {{"amount", 1}};
        HAS_OUTCOME(world.apply(request), Applied);
        const auto send = [&](const ApplyRequest& sent) {
            return isElsewhere ? world.applyElsewhere(sent) : world.apply(sent);
        };
        QVERIFY(!send(request).isEventConflict);
        std::vector<ApplyRequest> others(4, request);
        others[0].metadata = {{"amount", 2}};
        others[1].deviceId = kiki;
        others[2].ruleKey = chat;
        others[3].source = QStringLiteral("mobile_event");
        for (const ApplyRequest& other : others) {
            const ApplyResult result = send(other);
            HAS_OUTCOME(result, EventDuplicate);
            QVERIFY(result.isEventConflict);
            QVERIFY(service::toJsonWithTrace(result)["event_conflict"].get<bool>());
        }
        QCOMPARE(world.log().size(), size_t{1});
    }
}

void DifferencesTest::d5SameContentInAnotherOrderIsNoConflict() {
    World world;
    ApplyRequest request = world.event(gift, QStringLiteral("e"));
    request.metadata = {{"a", 1}, {"bb", {{"x", 1}, {"y", 2}}}};
    HAS_OUTCOME(world.apply(request), Applied);
    request.metadata = {{"bb", {{"y", 2}, {"x", 1}}}, {"a", 1}};
    QVERIFY(!world.apply(request).isEventConflict);
    QVERIFY(!world.applyElsewhere(request).isEventConflict);
}

void DifferencesTest::d6FailingCountersNeverUndoAnAppliedChange() {
    World world;
    world.counters.failConfirms(true);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Log row 1 is committed, but")));
    const ApplyResult result = world.apply(chat, {}, QStringLiteral("e"));
    HAS_OUTCOME(result, Applied);
    QVERIFY(!result.error);
    QCOMPARE(world.value(), 12);
    // The log stays the fence.
    HAS_OUTCOME(world.apply(chat), Cooldown);
    HAS_OUTCOME(world.apply(gift, {}, QStringLiteral("e")), EventDuplicate);
}

void DifferencesTest::d7SourcesAreConfigurable() {
    World world;
    service::AffinityService service(world.store, world.counters, world.draw, {{QStringLiteral("kiosk")}});
    ApplyRequest request = world.event(gift);
    HAS_OUTCOME(service.apply(request), Error);
    request.source = QStringLiteral("kiosk");
    HAS_OUTCOME(service.apply(request), Applied);
    QCOMPARE(world.log().size(), size_t{1});
}

void DifferencesTest::d8LocalDayIsTakenOnce() {
    World world;
    const qint64 midnightUs = noonUs + 4 * 3600 * usPerSecond;
    world.setNow(midnightUs - 1);
    world.store.before(Call::Fence, [&world, midnightUs] { world.setNow(midnightUs + usPerSecond); });
    HAS_OUTCOME(world.apply(gift), Applied);
    QCOMPARE(world.log()[0].row.createdAtUs, midnightUs - 1);
    QCOMPARE(world.elsewhere->dailyCounters(momo, QDate(2000, 1, 1)).value()[0].date, QDate(2026, 3, 1));
    QStringList keys;
    const auto entries = world.counters.entries();
    for (const store::CounterEntry& entry : *entries)
        keys.append(entry.key);
    QVERIFY(keys.contains(QStringLiteral(":1:affinity:daily:1:gift:20260301")));
    QVERIFY(!keys.contains(QStringLiteral(":1:affinity:daily:1:gift:20260302")));
}

void DifferencesTest::d9PushesAreNamedInTheirOrder() {
    World world;
    ApplyRequest request = world.event(gift);
    request.deviceId = kiki;
    world.draw.number = 5;
    QCOMPARE(world.service.previewApply(request).pushes,
             (QStringList{QStringLiteral("affinity_update"), QStringLiteral("level_up")}));
}

void DifferencesTest::d10EditOfTheZoneOpensNoCap() {
    World world;
    for (int i = 0; i < 4; ++i)
        HAS_OUTCOME(world.apply(gift), Applied);
    // In Kiritimati it is 02:00 of 2 March: another key, but the rows are of this local day.
    world.editSetting({.timeZone = QByteArray("Pacific/Kiritimati")});
    HAS_OUTCOME(world.apply(gift), RuleDailyCap);
    world.editSetting({.globalDailyCap = 40, .timeZone = QByteArray("Asia/Shanghai")});
    HAS_OUTCOME(world.apply(chat), GlobalDailyCap);
    world.editSetting({.timeZone = QByteArray("Pacific/Kiritimati")});
    HAS_OUTCOME(world.apply(chat), GlobalDailyCap);
}

} // namespace affinity::test
