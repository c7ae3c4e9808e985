#include "tests/unit/service/counters_test.h"

#include "engine/base/isotime.h"
#include "tests/unit/service/world.h"

#include <QRegularExpression>

namespace affinity::test {

using base::ErrorKind;
using base::usPerSecond;
using service::ApplyRequest;
using service::ApplyResult;
using service::CounterHealth;
using service::ServiceOptions;
using service::WithoutCounters;

namespace {

/// A service that goes on without counters.
struct SoleWriter {
    explicit SoleWriter(World& world) : service(world.store, world.counters, world.draw, options(world)) {}
    static ServiceOptions options(World& world) {
        ServiceOptions made = world.options();
        made.withoutCounters = WithoutCounters::GoOn;
        return made;
    }
    service::AffinityService service;
};

std::map<QString, QString> counterValues(World& world) {
    std::map<QString, QString> values;
    const auto entries = world.counters.entries();
    for (const store::CounterEntry& entry : *entries)
        values[entry.key] = entry.value;
    return values;
}

const QString chatDay = QStringLiteral(":1:affinity:daily:1:chat:20260301");
const QString giftDay = QStringLiteral(":1:affinity:daily:1:gift:20260301");
const QString globalDay = QStringLiteral(":1:affinity:daily:1:_global:20260301");
const QString chatCooldown = QStringLiteral(":1:affinity:cd:1:chat");

void expectWarning(const char* pattern) {
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QString::fromLatin1(pattern)));
}

} // namespace

void CountersTest::initTestCase_data() {
    addServiceBackends();
}

void CountersTest::unreachableCountersRefuseWithoutEffect() {
    World world;
    const QByteArray before = world.state();
    world.counters.failReads(true);
    for (const bool isFirst : {true, false}) {
        const int begins = world.store.calls(Call::Begin);
        const ApplyResult result = world.apply(gift);
        HAS_OUTCOME(result, Error);
        QCOMPARE(result.error->kind, ErrorKind::CannotConnect);
        QVERIFY2(result.error->what.contains(QStringLiteral("nothing was written")), qPrintable(result.error->what));
        QVERIFY(result.error->what.contains(QStringLiteral("planned: no counters")));
        QCOMPARE(world.store.calls(Call::Begin) - begins, isFirst ? 1 : 0); // to learn the day
    }
    HAS_OUTCOME(world.service.previewApply(world.event(gift)).result, Error);
    QCOMPARE(world.state(), before);
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, 5)), Applied); // adjustments need no counters
    world.counters.failReads(false);
    HAS_OUTCOME(world.apply(gift), Applied);
}

void CountersTest::unreachableCountersLeaveItToSqlWhereNobodyElseWrites() {
    World world;
    SoleWriter writer(world);
    world.counters.failReads(true);
    world.counters.failConfirms(true);
    expectWarning("Log row 1 is committed, but the counters were not told yet");
    const auto send = [&](const QString& rule, int change, const QString& id = {}) {
        world.draw.number = change;
        return writer.service.apply(world.event(rule, id));
    };
    const ApplyResult first = send(chat, 2, QStringLiteral("e"));
    HAS_OUTCOME(first, Applied);
    QVERIFY(first.counterFault);
    QVERIFY(service::toJsonWithTrace(first).contains("counter_fault"));
    QVERIFY(!service::toJson(first).contains("counter_fault"));
    HAS_OUTCOME(send(chat, 2), Cooldown);
    HAS_OUTCOME(send(gift, 2, QStringLiteral("e")), EventDuplicate);
    QCOMPARE(send(gift, 20).changeValue, 20);
    QCOMPARE(send(gift, 20).changeValue, 20);
    HAS_OUTCOME(send(gift, 20), RuleDailyCap);
    QCOMPARE(writer.service.pendingConfirms().size(), size_t{3});
}

void CountersTest::damagedCounterIsNamedAndLeftToSql() {
    World world;
    world.counters.setFault(ErrorKind::Damaged);
    world.counters.failReads(true);
    expectWarning("planned: no counters");
    const ApplyResult refused = world.apply(gift);
    HAS_OUTCOME(refused, Error);
    QCOMPARE(refused.error->kind, ErrorKind::Damaged);
    QVERIFY(refused.error->what.contains(QStringLiteral("planned: no counters")));
    QVERIFY(world.log().empty());
    QCOMPARE(world.service.counterHealth(), CounterHealth::Whole); // the other keys are as good as before

    SoleWriter writer(world);
    expectWarning("planned: no counters");
    const ApplyResult applied = writer.service.apply(world.event(gift));
    HAS_OUTCOME(applied, Applied);
    QCOMPARE(applied.counterFault->kind, ErrorKind::Damaged);
}

void CountersTest::countersThatGoDownBetweenReadAndConfirmAreToldLater() {
    World world;
    world.counters.failConfirms(true);
    expectWarning("Log row 1 is committed, but the counters were not told yet");
    HAS_OUTCOME(world.apply(chat, 2, QStringLiteral("e")), Applied);
    QVERIFY(counterValues(world).empty());
    QCOMPARE(world.service.pendingConfirms().logIds(), std::vector<base::LogId>{base::LogId{1}});
    world.pass(10 * usPerSecond);
    HAS_OUTCOME(world.apply(gift, 5), Applied);
    QVERIFY(!world.service.sendPendingConfirms(100));
    world.counters.failConfirms(false);
    world.pass(10 * usPerSecond);
    HAS_OUTCOME(world.apply(gift, 5), Applied); // sends the others first
    QVERIFY(world.service.pendingConfirms().isEmpty());
    QCOMPARE(world.counters.confirmedAgesUs(), (std::vector<qint64>{20 * usPerSecond, 10 * usPerSecond, 0}));
    const auto values = counterValues(world);
    QCOMPARE(values.at(chatDay), QStringLiteral("2"));
    QCOMPARE(values.at(giftDay), QStringLiteral("10"));
    QCOMPARE(values.at(globalDay), QStringLiteral("12"));
    // The cooldown runs from the commit, not from when the counters heard of it.
    world.setNow(noonUs + 60 * usPerSecond);
    QVERIFY(!counterValues(world).contains(chatCooldown));
    QVERIFY(world.service.sendPendingConfirms(100));
}

void CountersTest::confirmWhoseAnswerIsLostCountsOnce() {
    World world;
    world.counters.setFault(ErrorKind::CommitUnknown);
    world.counters.failConfirms(true);
    world.counters.loseAnswers(true);
    expectWarning("Log row 1 is committed, but the counters were not told yet");
    HAS_OUTCOME(world.apply(gift, 5), Applied);
    QCOMPARE(counterValues(world).at(giftDay), QStringLiteral("5"));
    world.counters.failConfirms(false);
    QVERIFY(world.service.sendPendingConfirms(100));
    QCOMPARE(counterValues(world).at(giftDay), QStringLiteral("5"));
    QCOMPARE(world.counters.confirms(), 2);
}

void CountersTest::waitingConfirmsAreBoundedAndTheOldestGoes() {
    service::PendingConfirms pending(3);
    for (qint64 id = 1; id <= 3; ++id)
        QVERIFY(!pending.add({base::LogId{id}, momo, gift, {}, QDate(2026, 3, 1), 0, 1, 1}, noonUs));
    const auto dropped = pending.add({base::LogId{4}, momo, gift, {}, QDate(2026, 3, 1), 0, 1, 1}, noonUs);
    QCOMPARE(dropped, std::optional(base::LogId{1}));
    QCOMPARE(pending.size(), size_t{3});
    base::VirtualClock clock(noonUs);
    FaultyCounters counters(clock);
    QCOMPARE(pending.send(counters, noonUs, 2).sent, 2);
    QCOMPARE(pending.logIds(), std::vector<base::LogId>{base::LogId{4}});
    counters.failConfirms(true);
    const auto failed = pending.send(counters, noonUs, 2);
    QCOMPARE(failed.sent, 0);
    QVERIFY(failed.error);
    QCOMPARE(pending.size(), size_t{1});
}

void CountersTest::confirmThatNeverWorksIsNotKept() {
    World world;
    world.counters.setFault(ErrorKind::Damaged);
    world.counters.failConfirms(true);
    expectWarning("Log row 1 is committed, but the counters will not have it: planned");
    HAS_OUTCOME(world.apply(gift, 5), Applied);
    QVERIFY(world.service.pendingConfirms().isEmpty());
    world.counters.setFault(ErrorKind::CannotConnect);
    expectWarning("Log row 2 is committed, but the counters were not told yet");
    HAS_OUTCOME(world.apply(gift, 5), Applied);
    world.counters.setFault(ErrorKind::Damaged);
    expectWarning("Log row 2 is committed, but the counters will not have it: planned");
    QVERIFY(world.service.sendPendingConfirms(100));
    QVERIFY(world.service.pendingConfirms().isEmpty());
}

void CountersTest::duplicateAndCooldownNeedNoSql() {
    World world;
    ApplyRequest request = world.event(chat, QStringLiteral("e"));
    request.metadata = {{"amount", 1}};
    HAS_OUTCOME(world.apply(request, 2), Applied);
    const int calls = world.store.allCalls();
    const int reads = world.counters.reads();
    const ApplyResult same = world.apply(request, 2);
    HAS_OUTCOME(same, EventDuplicate);
    QVERIFY(!same.isEventConflict);
    request.metadata = {{"amount", 2}};
    QVERIFY(world.apply(request, 2).isEventConflict);
    const ApplyResult cool = world.apply(chat);
    HAS_OUTCOME(cool, Cooldown);
    QCOMPARE(cool.trace.back().limit, qint64{60});
    QCOMPARE(world.store.allCalls(), calls);
    QCOMPARE(world.counters.reads() - reads, 3);
}

void CountersTest::ruleIsReadAgainAfterASecond() {
    World world;
    HAS_OUTCOME(world.apply(chat), Applied);
    world.editRule(chat, {.isEnabled = false}); // another console
    world.pass(service::mostRuleAgeUs);
    HAS_OUTCOME(world.apply(chat), Cooldown);
    world.pass(1);
    HAS_OUTCOME(world.apply(chat), NoRule);
}

void CountersTest::rulesThatWereEditedHereAreReadAgain() {
    World world;
    HAS_OUTCOME(world.apply(chat), Applied);
    world.editRule(chat, {.isEnabled = false});
    world.service.forgetRules();
    HAS_OUTCOME(world.apply(chat), NoRule);
}

void CountersTest::removedRuleIsNeverRemembered() {
    World world;
    HAS_OUTCOME(world.apply(chat), Applied);
    world.editRule(chat, {.isEnabled = false});
    world.pass(2 * usPerSecond);
    HAS_OUTCOME(world.apply(chat), NoRule);
    world.editRule(chat, {.isEnabled = true});
    HAS_OUTCOME(world.apply(chat), Cooldown);
}

void CountersTest::eventOfAnotherProcessIsLookedUpOnce() {
    World world;
    HAS_OUTCOME(world.apply(gift), Applied);
    const QString id = QStringLiteral("theirs");
    HAS_OUTCOME(world.applyElsewhere(world.event(gift, id), 5), Applied);
    // The other process told the common counters.
    must(world.counters.confirm({base::LogId{2}, momo, gift, id, QDate(2026, 3, 1), 0, 5, 5}));
    const int calls = world.store.allCalls();
    QVERIFY(!world.apply(gift, 5, id).isEventConflict);
    QCOMPARE(world.store.allCalls() - calls, 1);
    for (int i = 0; i < 10; ++i)
        QVERIFY(world.apply(chat, 5, id).isEventConflict);
    QCOMPARE(world.store.allCalls() - calls, 1);
}

void CountersTest::eventWithoutARowIsNoConflict() {
    World world;
    HAS_OUTCOME(world.apply(gift), Applied);
    must(world.counters.confirm({base::LogId{99}, kiki, gift, QStringLiteral("x"), QDate(2026, 3, 1), 0, 5, 5}));
    for (int i = 0; i < 2; ++i) {
        const ApplyResult result = world.apply(gift, 5, QStringLiteral("x"));
        HAS_OUTCOME(result, EventDuplicate);
        QVERIFY(!result.isEventConflict);
    }
    QCOMPARE(world.store.calls(Call::Log), 1);
    world.store.fail(Call::Log, ErrorKind::CannotConnect);
    must(world.counters.confirm({base::LogId{98}, kiki, gift, QStringLiteral("y"), QDate(2026, 3, 1), 0, 5, 5}));
    HAS_OUTCOME(world.apply(gift, 5, QStringLiteral("y")), EventDuplicate);
}

void CountersTest::eventContentIsForgottenBeforeItsWindowEnds() {
    World world;
    service::RecentEvents events;
    const service::Action action = service::actionOf(world.event(gift, QStringLiteral("e")));
    events.put(action.eventId, service::contentOf(action), noonUs);
    QCOMPARE(events.isOther(action, noonUs + 59 * usPerSecond - 1), std::optional(false));
    QCOMPARE(events.isOther(action, noonUs + 59 * usPerSecond), std::optional<bool>());
    // 20,000 ids: the latest stay, and so does one that was put again.
    for (int i = 0; i < 20'000; ++i) {
        events.put(QString::number(i), std::nullopt, noonUs + usPerSecond);
        if (i == 15'000)
            events.put(action.eventId, service::contentOf(action), noonUs + usPerSecond);
    }
    const auto isHeld = [&](const QString& id) {
        service::Action asked = action;
        asked.eventId = id;
        return events.isOther(asked, noonUs + 2 * usPerSecond).has_value();
    };
    QVERIFY(isHeld(QStringLiteral("19999")));
    QVERIFY(isHeld(QStringLiteral("10001")));
    QVERIFY(!isHeld(QStringLiteral("9000")));
    QVERIFY(isHeld(action.eventId));
}

void CountersTest::lostCountersHoldWhatTheySayAndAreRaisedUnderTheLock() {
    World world;
    HAS_OUTCOME(world.apply(chat, 2, QStringLiteral("a")), Applied);
    HAS_OUTCOME(world.apply(gift, 15), Applied);
    HAS_OUTCOME(world.apply(gift, -5), Applied);
    HAS_OUTCOME(world.service.adminAdjust(world.adjustment(momo, 100)), Applied); // in no sum
    world.counters.lose();
    // A cooldown that a Django service started after the loss.
    must(world.counters.confirm({base::LogId{99}, momo, QStringLiteral("decay"), {}, QDate(2026, 3, 1), 30, 0, 0}));
    HAS_OUTCOME(world.apply(decay), Cooldown);
    QCOMPARE(world.counters.raises(), 0);

    bool isRaised = false;
    world.counters.onRaise = [&](const store::CounterRaise& raise) {
        isRaised = true;
        QCOMPARE(raise.globalDaySum, qint64{17});
        QCOMPARE(raise.logIds.size(), size_t{3});
        // Under the row's lock: nothing of the event that asks is written yet.
        QCOMPARE(world.store.calls(Call::Write), 4);
    };
    const ApplyResult result = world.apply(gift, 30);
    QVERIFY(isRaised);
    world.counters.onRaise = {};
    HAS_OUTCOME(result, Applied);
    QCOMPARE(result.changeValue, 20); // the single cap; 20 of 40 were used
    const auto values = counterValues(world);
    QCOMPARE(values.at(giftDay), QStringLiteral("40"));
    QCOMPARE(values.at(chatDay), QStringLiteral("2"));
    QCOMPARE(values.at(globalDay), QStringLiteral("37"));
    QVERIFY(values.contains(chatCooldown));
    QVERIFY(values.contains(QStringLiteral(":1:affinity:event:a")));
    HAS_OUTCOME(world.apply(gift, 1), RuleDailyCap);
    HAS_OUTCOME(world.apply(chat), Cooldown);
}

void CountersTest::lostCountersAreRaisedForARefusedEventToo() {
    World world;
    HAS_OUTCOME(world.apply(chat), Applied);
    world.counters.lose();
    HAS_OUTCOME(world.apply(chat), Cooldown);
    QCOMPARE(counterValues(world).at(chatDay), QStringLiteral("2"));
    world.counters.lose();
    HAS_OUTCOME(world.service.previewApply(world.event(chat)).result, Cooldown);
    QVERIFY(counterValues(world).empty()); // a preview writes nothing anywhere
    // What the store cannot say for the raise ends the unit: its transaction is over.
    world.store.fail(Call::RuleSet, ErrorKind::CannotConnect);
    HAS_OUTCOME(world.apply(gift), Error);
    world.store.fail(Call::Log, ErrorKind::Conflict);
    QCOMPARE(world.apply(gift).retries, 1);
    QCOMPARE(world.log().size(), size_t{2});
}

void CountersTest::lostCountersThatGoDownDoNotStopAnEvent() {
    World world;
    HAS_OUTCOME(world.apply(gift), Applied);
    world.counters.lose();
    // Down between the read and the raise.
    world.counters.onRaise = [&](const store::CounterRaise&) { world.counters.failReads(true); };
    HAS_OUTCOME(world.apply(gift), Applied);
    QCOMPARE(world.service.counterHealth(), CounterHealth::Unreachable);
    QCOMPARE(world.log().size(), size_t{2});
}

void CountersTest::healthIsToldWhenItChanges() {
    World world;
    ServiceOptions options = world.options();
    std::vector<CounterHealth> seen;
    options.countersChanged = [&](CounterHealth health, const std::optional<base::Error>& reason) {
        seen.push_back(health);
        QCOMPARE(reason.has_value(), health == CounterHealth::Unreachable);
    };
    service::AffinityService service(world.store, world.counters, world.draw, options);
    HAS_OUTCOME(service.apply(world.event(gift)), Applied);
    QVERIFY(seen.empty());
    world.counters.failReads(true);
    HAS_OUTCOME(service.apply(world.event(gift)), Error);
    HAS_OUTCOME(service.apply(world.event(gift)), Error);
    world.counters.failReads(false);
    world.counters.lose();
    HAS_OUTCOME(service.apply(world.event(gift)), Applied);
    TAKE(rebuild, world.counters.beginRebuild());
    TAKE(isWhole, world.counters.endRebuild(rebuild));
    QVERIFY(isWhole);
    HAS_OUTCOME(service.apply(world.event(gift)), Applied);
    QCOMPARE(seen, (std::vector<CounterHealth>{CounterHealth::Unreachable, CounterHealth::Lost, CounterHealth::Whole}));
}

} // namespace affinity::test
