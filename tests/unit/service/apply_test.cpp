#include "tests/unit/service/apply_test.h"

#include "engine/base/isotime.h"
#include "engine/service/random.h"
#include "tests/unit/service/world.h"

#include <set>

namespace affinity::test {

using base::usPerSecond;
using service::ApplyRequest;
using service::ApplyResult;

namespace {

constexpr qint64 shanghaiMidnightUs = noonUs + 4 * 3600 * usPerSecond;

QStringList counterKeys(World& world) {
    QStringList keys;
    const auto entries = world.counters.entries();
    for (const store::CounterEntry& entry : *entries)
        keys.append(entry.key + QLatin1Char('=') + entry.value + QLatin1Char('/') + QString::number(entry.ttlSeconds));
    return keys;
}

/// The event through the same service, or through one whose counters are empty: the fence must not tell them apart.
ApplyResult applyBy(World& world, bool isElsewhere, const ApplyRequest& request, std::optional<int> change = {}) {
    return isElsewhere ? world.applyElsewhere(request, change) : world.apply(request, change);
}

} // namespace

void ApplyTest::initTestCase_data() {
    addServiceBackends();
}

void ApplyTest::appliedEventWritesRowsAndCounters() {
    World world;
    ApplyRequest request = world.event(chat, QStringLiteral("e-1"));
    request.metadata = {{"room", 7}};
    request.reason = QStringLiteral("聊天");
    const ApplyResult result = world.apply(request);
    HAS_OUTCOME(result, Applied);
    QCOMPARE(result.changeValue, 2);
    QCOMPARE(result.beforeValue, 10);
    QCOMPARE(result.afterValue, 12);
    QCOMPARE(result.ruleKey, chat);
    QCOMPARE(result.oldLevel, 1);
    QCOMPARE(result.newLevel, 1);

    const auto log = world.log();
    QCOMPARE(log.size(), size_t{1});
    rules::LogRow expected = chatRow();
    expected.id = *result.logId;
    expected.eventId = QStringLiteral("e-1");
    expected.metadata = request.metadata;
    expected.reason = request.reason;
    QVERIFY(log[0].row == expected);
    const bool isNoted = isPrepared(currentBackend());
    QCOMPARE(log[0].note.has_value(), isNoted);
    if (isNoted)
        QCOMPARE(log[0].note->drawnChange, std::optional(2));

    QCOMPARE(world.value(), 12);
    QCOMPARE(world.binding().lastActiveAtUs, std::optional(noonUs));
    const auto daily = world.elsewhere->dailyCounters(momo, QDate(2000, 1, 1)).value();
    QCOMPARE(daily.size(), size_t{1});
    QCOMPARE(daily[0].date, QDate(2026, 3, 1));
    QCOMPARE(daily[0].accumulatedChange, qint64{2});
    QCOMPARE(daily[0].triggerCount, qint64{1});
    const QStringList keys{
        QStringLiteral(":1:affinity:cd:1:chat=1/60"), QStringLiteral(":1:affinity:daily:1:_global:20260301=2/172800"),
        QStringLiteral(":1:affinity:daily:1:chat:20260301=2/172800"), QStringLiteral(":1:affinity:event:e-1=1/60")};
    QCOMPARE(counterKeys(world), keys);
}

void ApplyTest::firstObstacleDecides() {
    for (const bool isElsewhere : {false, true}) {
        World world;
        HAS_OUTCOME(world.apply(chat, {}, QStringLiteral("seen")), Applied);
        ApplyRequest request = world.event(QStringLiteral("nothing"), QStringLiteral("seen"));
        request.userId = bob;
        HAS_OUTCOME(applyBy(world, isElsewhere, request), EventDuplicate);
        request.eventId = QStringLiteral("new");
        HAS_OUTCOME(applyBy(world, isElsewhere, request), NoRule);
        request.ruleKey = chat; // the cooldown of the device comes before the question whose device it is
        HAS_OUTCOME(applyBy(world, isElsewhere, request), Cooldown);
        request.ruleKey = gift;
        HAS_OUTCOME(applyBy(world, isElsewhere, request, 0), Error);
        request.userId = alice;
        HAS_OUTCOME(applyBy(world, isElsewhere, request, 0), ValueBoundary);
    }
}

void ApplyTest::unboundOrForeignDeviceIsRefused() {
    World world;
    for (const auto& [user, device] :
         {std::pair{carol, old}, std::pair{bob, momo}, std::pair{alice, base::DeviceId{99}}}) {
        ApplyRequest request = world.event(gift);
        request.userId = user;
        request.deviceId = device;
        const ApplyResult result = world.apply(request);
        HAS_OUTCOME(result, Error);
        QCOMPARE(result.error->what, QStringLiteral("UserDevice not found or unbound"));
        QCOMPARE(result.ruleKey, gift);
    }
    QVERIFY(world.log().empty());
    QVERIFY(counterKeys(world).isEmpty());
}

void ApplyTest::disabledDeletedAndUnknownRulesAreNoRule() {
    World world;
    for (const char* key : {"disabled", "removed", "unknown", ""})
        HAS_OUTCOME(world.apply(QString::fromLatin1(key)), NoRule);
    world.editRule(gift, {.isEnabled = false});
    HAS_OUTCOME(world.apply(gift), NoRule);
}

void ApplyTest::eventIdIsHeldForItsWindow() {
    for (const bool isElsewhere : {false, true}) {
        World world;
        const QString id = QStringLiteral("once");
        HAS_OUTCOME(world.apply(gift, {}, id), Applied);
        ApplyRequest other = world.event(gift, id);
        other.userId = bob;
        other.deviceId = white; // an id is global, not of one device
        for (const qint64 passedUs : {qint64{0}, 60 * usPerSecond - 1}) {
            world.setNow(noonUs + passedUs);
            HAS_OUTCOME(applyBy(world, isElsewhere, world.event(gift, id)), EventDuplicate);
            HAS_OUTCOME(applyBy(world, isElsewhere, other), EventDuplicate);
        }
        world.setNow(noonUs + 60 * usPerSecond);
        HAS_OUTCOME(applyBy(world, isElsewhere, world.event(gift, id)), Applied);
        QCOMPARE(world.log().size(), size_t{2});
    }
}

void ApplyTest::cooldownIsHeldToTheMicrosecond() {
    for (const bool isElsewhere : {false, true}) {
        World world;
        HAS_OUTCOME(world.apply(chat), Applied);
        world.setNow(noonUs + 60 * usPerSecond - 1);
        HAS_OUTCOME(applyBy(world, isElsewhere, world.event(chat)), Cooldown);
        HAS_OUTCOME(applyBy(world, isElsewhere, world.event(gift)), Applied); // its own cooldown only
        world.setNow(noonUs + 60 * usPerSecond);
        HAS_OUTCOME(applyBy(world, isElsewhere, world.event(chat)), Applied);
    }
}

void ApplyTest::ruleCapShrinksThenRefuses() {
    for (const bool isElsewhere : {false, true}) {
        World world;
        QCOMPARE(world.apply(gift, 20).changeValue, 20); // the single cap
        QCOMPARE(applyBy(world, isElsewhere, world.event(gift), -15).changeValue, -15);
        const ApplyResult cut = applyBy(world, isElsewhere, world.event(gift), -9);
        HAS_OUTCOME(cut, Applied);
        QCOMPARE(cut.changeValue, -5);
        const ApplyResult refused = applyBy(world, isElsewhere, world.event(gift), 1);
        HAS_OUTCOME(refused, RuleDailyCap);
        QCOMPARE(refused.afterValue, 0);
        HAS_OUTCOME(applyBy(world, isElsewhere, world.event(chat)), Applied);
    }
}

void ApplyTest::globalCapShrinksThenRefusesGains() {
    for (const bool isElsewhere : {false, true}) {
        World world;
        world.editSetting({.globalDailyCap = 25});
        QCOMPARE(world.apply(gift, -4).changeValue, -4); // a loss makes no room and takes none
        QCOMPARE(world.apply(gift, 20).changeValue, 20);
        QCOMPARE(applyBy(world, isElsewhere, world.event(chat), 9).changeValue, 5);
        HAS_OUTCOME(applyBy(world, isElsewhere, world.event(gift), 1), GlobalDailyCap);
        HAS_OUTCOME(applyBy(world, isElsewhere, world.event(gift), -1), Applied);
        ApplyRequest other = world.event(gift);
        other.deviceId = kiki;
        HAS_OUTCOME(applyBy(world, isElsewhere, other, 3), Applied);
    }
}

void ApplyTest::capsOpenAtMidnightOfTheZone() {
    for (const bool isElsewhere : {false, true}) {
        World world;
        for (int i = 0; i < 4; ++i)
            HAS_OUTCOME(world.apply(gift), Applied);
        world.setNow(shanghaiMidnightUs - 1);
        HAS_OUTCOME(applyBy(world, isElsewhere, world.event(gift)), RuleDailyCap);
        world.setNow(shanghaiMidnightUs);
        HAS_OUTCOME(applyBy(world, isElsewhere, world.event(gift)), Applied);
        QCOMPARE(world.elsewhere->dailyCounters(momo, QDate(2026, 3, 2)).value().size(), size_t{1});
    }
}

void ApplyTest::drawnZeroAndBoundaryWriteNothing() {
    World world;
    const QByteArray before = world.state();
    const ApplyResult zero = world.apply(chat, 0, QStringLiteral("zero"));
    HAS_OUTCOME(zero, ValueBoundary);
    QCOMPARE(zero.beforeValue, 0);
    QCOMPARE(world.state(), before);

    world.editSetting({.maxAffinity = 10});
    const QByteArray atCeiling = world.state();
    const ApplyResult boundary = world.apply(chat, 2, QStringLiteral("full"));
    HAS_OUTCOME(boundary, ValueBoundary);
    QCOMPARE(boundary.beforeValue, 10);
    QCOMPARE(boundary.afterValue, 10);
    QCOMPARE(boundary.oldLevel, 0);
    QVERIFY(!boundary.logId);
    QCOMPARE(world.state(), atCeiling);
}

void ApplyTest::refusedEventMayBeSentAgain() {
    World world;
    HAS_OUTCOME(world.apply(chat), Applied);
    const QString id = QStringLiteral("again");
    HAS_OUTCOME(world.apply(chat, {}, id), Cooldown);
    world.pass(60 * usPerSecond);
    HAS_OUTCOME(world.apply(chat, {}, id), Applied);
}

void ApplyTest::ceilingHoldsAndALoweredOneCuts() {
    World world;
    ApplyRequest request = world.event(gift);
    request.userId = bob;
    request.deviceId = white; // 500
    world.editSetting({.maxAffinity = 505});
    QCOMPARE(world.apply(request, 10).changeValue, 5);
    world.editSetting({.maxAffinity = 100});
    const ApplyResult cut = world.apply(request, 10);
    HAS_OUTCOME(cut, Applied);
    QCOMPARE(cut.changeValue, -405);
    QCOMPARE(world.value(white), 100);
    QCOMPARE(cut.newLevel, 2);
    HAS_OUTCOME(world.apply(request, 10), RuleDailyCap); // it used 405 of 40
    HAS_OUTCOME(world.applyElsewhere(request, 10), RuleDailyCap);
}

void ApplyTest::everyCrossedLevelGrantsOnce() {
    World world;
    world.editRule(gift, {.singleCap = 500, .dailyCap = 2000});
    world.editSetting({.globalDailyCap = 2000});
    const ApplyResult result = world.apply(gift, 200);
    HAS_OUTCOME(result, Applied);
    QCOMPARE(result.oldLevel, 1);
    QCOMPARE(result.newLevel, 3);
    QCOMPARE(result.rewardsGranted.size(), size_t{2});
    QCOMPARE(result.rewardsGranted[0].level, 2);
    QCOMPARE(result.rewardsGranted[1].level, 3);
    QCOMPARE(result.rewardsGranted[1].name, QStringLiteral("亲密"));
    QVERIFY(result.rewardsFailed.empty());
    const auto grants = world.elsewhere->grants(momo).value();
    QCOMPARE(grants.size(), size_t{2});
    QCOMPARE(grants[0].grantedAtUs, noonUs);
    QVERIFY(grants[0].rewards == result.rewardsGranted[0].rewards);
    QCOMPARE(world.binding().affinityLevel, 3);
}

void ApplyTest::levelReachedAgainGrantsNothing() {
    World world;
    ApplyRequest request = world.event(gift);
    request.deviceId = kiki; // 48, level 2 at 50
    QCOMPARE(world.apply(request, 5).rewardsGranted.size(), size_t{1});
    const ApplyResult fall = world.apply(request, -5);
    QCOMPARE(fall.oldLevel, 2);
    QCOMPARE(fall.newLevel, 1);
    const ApplyResult again = world.apply(request, 5);
    QCOMPARE(again.newLevel, 2);
    QVERIFY(again.rewardsGranted.empty());
    QVERIFY(again.rewardsFailed.empty());
    QCOMPARE(world.elsewhere->grants(kiki).value().size(), size_t{1});
}

void ApplyTest::failingGrantNeitherBlocksTheNextNorUndoesTheValue() {
    World world;
    world.editRule(gift, {.singleCap = 500, .dailyCap = 2000});
    world.editSetting({.globalDailyCap = 2000});
    if (isSqlite(currentBackend()))
        world.rows.runSql(QStringLiteral("CREATE TRIGGER no_two BEFORE INSERT ON userapp_userlevelrewardgrant "
                                         "WHEN NEW.level = 2 BEGIN SELECT RAISE(ABORT, 'no rewards today'); END"));
    else
        world.store.refuseGrant(2);
    const ApplyResult result = world.apply(gift, 200);
    HAS_OUTCOME(result, Applied);
    QCOMPARE(result.rewardsFailed.size(), size_t{1});
    QCOMPARE(result.rewardsFailed[0].level, 2);
    QVERIFY(!result.rewardsFailed[0].error.isEmpty());
    QCOMPARE(result.rewardsGranted.size(), size_t{1});
    QCOMPARE(result.rewardsGranted[0].level, 3);
    QCOMPARE(world.value(), 210);
    QCOMPARE(world.elsewhere->grants(momo).value().size(), size_t{1});
}

void ApplyTest::previewWritesNothingAndEqualsTheCommit() {
    World world;
    world.editRule(gift, {.singleCap = 50});
    const ApplyRequest request = world.event(gift, QStringLiteral("e"));
    const QByteArray before = world.state();
    world.draw.number = 45;
    const service::Preview preview = world.service.previewApply(request);
    QCOMPARE(world.state(), before);
    QCOMPARE(world.counters.confirms(), 0);
    ApplyResult result = world.apply(request, 45);
    HAS_OUTCOME(result, Applied);
    QVERIFY(preview.plan);
    QVERIFY(!preview.result.logId);
    rules::LogRow planned = preview.plan->log;
    planned.id = *result.logId;
    QVERIFY(world.log()[0].row == planned);
    QCOMPARE(preview.atUs, noonUs);
    result.logId.reset();
    QVERIFY(preview.result == result);
    // Refusals are previewed the same way.
    const service::Preview refused = world.service.previewApply(request);
    HAS_OUTCOME(refused.result, EventDuplicate);
    QVERIFY(!refused.plan);
}

void ApplyTest::previewNamesGrantedLevelsAndPushes() {
    World world;
    ApplyRequest request = world.event(gift);
    request.deviceId = kiki;
    HAS_OUTCOME(world.apply(request, 5), Applied);
    HAS_OUTCOME(world.apply(request, -5), Applied);
    world.draw.number = 5;
    const service::Preview up = world.service.previewApply(request);
    QCOMPARE(up.alreadyGrantedLevels, std::vector<int>{2});
    QVERIFY(up.result.rewardsGranted.empty());
    QCOMPARE(up.pushes, (QStringList{QStringLiteral("affinity_update"), QStringLiteral("level_up")}));
    HAS_OUTCOME(world.apply(request, 5), Applied);
    world.draw.number = -5;
    QCOMPARE(world.service.previewApply(request).pushes,
             (QStringList{QStringLiteral("affinity_update"), QStringLiteral("level_down")}));
    world.editSetting({.isNotifyEnabled = false});
    QVERIFY(world.service.previewApply(request).pushes.isEmpty());
}

void ApplyTest::ruleWithoutCooldownIgnoresRowsFromAFastClock() {
    World world;
    world.pass(3600 * usPerSecond);
    HAS_OUTCOME(world.apply(gift), Applied);
    world.setNow(noonUs);
    HAS_OUTCOME(world.applyElsewhere(world.event(gift)), Applied);
}

void ApplyTest::overlongTextsAreCountedInCharacters() {
    World world;
    ApplyRequest request = world.event(gift);
    request.reason = QString::fromUcs4(std::u32string(255, U'😀').data(), 255);
    HAS_OUTCOME(world.apply(request), Applied);
    request.reason += QLatin1Char('x');
    HAS_OUTCOME(world.apply(request), Error);
    QCOMPARE(world.log().size(), size_t{1});
}

void ApplyTest::noInvalidRequestTouchesAnything_data() {
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("ruleKeyLength");
    QTest::addColumn<int>("eventIdLength");
    QTest::addColumn<int>("reasonLength");
    QTest::addColumn<QString>("named");
    const QString known = QStringLiteral("device_event");
    QTest::newRow("unknown source") << QStringLiteral("telepathy") << 1 << 1 << 1 << QStringLiteral("telepathy");
    QTest::newRow("no source") << QString() << 1 << 1 << 1 << QStringLiteral("source");
    QTest::newRow("rule key") << known << 33 << 1 << 1 << QStringLiteral("rule_key");
    QTest::newRow("event id") << known << 1 << 65 << 1 << QStringLiteral("event_id");
    QTest::newRow("reason") << known << 1 << 1 << 256 << QStringLiteral("reason");
}

void ApplyTest::noInvalidRequestTouchesAnything() {
    QFETCH(const QString, source);
    QFETCH(const int, ruleKeyLength);
    QFETCH(const int, eventIdLength);
    QFETCH(const int, reasonLength);
    QFETCH(const QString, named);
    World world;
    ApplyRequest request =
        world.event(QString(ruleKeyLength, QLatin1Char('k')), QString(eventIdLength, QLatin1Char('e')));
    request.source = source;
    request.reason = QString(reasonLength, QLatin1Char('r'));
    const ApplyResult result = world.apply(request);
    HAS_OUTCOME(result, Error);
    QCOMPARE(result.error->kind, base::ErrorKind::InvalidInput);
    QVERIFY2(result.error->what.contains(named), qPrintable(result.error->what));
    HAS_OUTCOME(world.service.previewApply(request).result, Error);
    QCOMPARE(world.store.allCalls(), 0);
    QCOMPARE(world.counters.reads(), 0);
}

void ApplyTest::unknownTimeZoneIsRefused() {
    World world;
    HAS_OUTCOME(world.apply(gift), Applied);
    world.editSetting({.timeZone = QByteArray("Mars/Olympus")});
    const QByteArray before = world.state();
    const ApplyResult result = world.apply(gift);
    HAS_OUTCOME(result, Error);
    QCOMPARE(result.error->kind, base::ErrorKind::InvalidInput);
    QVERIFY(result.error->what.contains(QStringLiteral("Mars/Olympus")));
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, 5)), Error);
    QCOMPARE(world.state(), before);
    world.editSetting({.timeZone = QByteArray("Europe/Berlin")});
    HAS_OUTCOME(world.apply(gift), Applied);
}

void ApplyTest::systemDrawStaysInItsRangeAndReachesIt() {
    service::SystemDraw draw;
    std::set<int> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(draw.uniform(-2, 3));
    QCOMPARE(seen, (std::set<int>{-2, -1, 0, 1, 2, 3}));
    QCOMPARE(draw.uniform(7, 7), 7);
    constexpr int lowest = std::numeric_limits<int>::min();
    constexpr int highest = std::numeric_limits<int>::max();
    bool hasNegative = false;
    bool hasPositive = false;
    for (int i = 0; i < 200; ++i)
        (draw.uniform(lowest, highest) < 0 ? hasNegative : hasPositive) = true;
    QVERIFY(hasNegative && hasPositive);
    service::DrawOnce once(draw);
    const int first = once.uniform(0, 1'000'000);
    QCOMPARE(once.uniform(0, 1'000'000), first);
    QCOMPARE(once.uniform(4, 4), 4);
}

} // namespace affinity::test
