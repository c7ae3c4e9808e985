#include "tests/contract/counters_test.h"

#include "engine/store/memorycounters.h"
#include "tests/contract/contractstore.h"

namespace affinity::test {

using store::CounterConfirm;
using store::CounterFacts;
using store::CounterQuery;
using store::MemoryCounters;

namespace {

const QDate day(2026, 3, 1);

CounterConfirm chat(qint64 logId) {
    return {base::LogId{logId}, base::DeviceId{3}, QStringLiteral("chat"), QStringLiteral("ev-1"), day, 60, 2, 2};
}

CounterQuery chatQuery() {
    return {base::DeviceId{3}, QStringLiteral("chat"), QStringLiteral("ev-1"), day};
}

} // namespace

void CountersTest::absentKeysReadAsNothing() {
    const base::VirtualClock clock(noonUs);
    MemoryCounters counters(clock);
    TAKE(facts, counters.read(chatQuery()));
    QVERIFY(facts == CounterFacts());
    TAKE(entries, counters.entries());
    QVERIFY(entries.empty());
}

void CountersTest::confirmSetsProductionsKeys() {
    const base::VirtualClock clock(noonUs);
    MemoryCounters counters(clock);
    SUCCEEDS(counters.confirm(chat(1)));
    TAKE(entries, counters.entries());
    const std::vector<store::CounterEntry> expected{
        {QStringLiteral(":1:affinity:cd:3:chat"), QStringLiteral("1"), 60},
        {QStringLiteral(":1:affinity:daily:3:_global:20260301"), QStringLiteral("2"), 172'800},
        {QStringLiteral(":1:affinity:daily:3:chat:20260301"), QStringLiteral("2"), 172'800},
        {QStringLiteral(":1:affinity:event:ev-1"), QStringLiteral("1"), 60}};
    QVERIFY(entries == expected);
    TAKE(facts, counters.read(chatQuery()));
    QVERIFY(facts == (CounterFacts{true, true, 60 * secondUs, 2, 2}));
}

void CountersTest::confirmOfTheSameLogRowCountsOnce() {
    const base::VirtualClock clock(noonUs);
    MemoryCounters counters(clock);
    SUCCEEDS(counters.confirm(chat(1)));
    SUCCEEDS(counters.confirm(chat(1)));
    SUCCEEDS(counters.confirm(chat(2)));
    TAKE(facts, counters.read(chatQuery()));
    QCOMPARE(facts.ruleDaySum, 4);
    QCOMPARE(facts.globalDaySum, 4);
}

void CountersTest::cooldownEndsAtItsDeadline() {
    base::VirtualClock clock(noonUs);
    MemoryCounters counters(clock);
    SUCCEEDS(counters.confirm(chat(1)));
    clock.setNowUs(noonUs + 60 * secondUs - 1);
    TAKE(running, counters.read(chatQuery()));
    QVERIFY(running.isCooldownRunning);
    QCOMPARE(running.cooldownLeftUs, 1);
    clock.setNowUs(noonUs + 60 * secondUs);
    TAKE(over, counters.read(chatQuery()));
    QVERIFY(!over.isCooldownRunning);
    QCOMPARE(over.cooldownLeftUs, 0);
}

void CountersTest::eventIsSeenForSixtySeconds() {
    base::VirtualClock clock(noonUs);
    MemoryCounters counters(clock);
    SUCCEEDS(counters.confirm(chat(1)));
    CounterQuery query = chatQuery();
    query.deviceId.value = 99; // an event id is global
    clock.setNowUs(noonUs + 60 * secondUs - 1);
    TAKE(seen, counters.read(query));
    QVERIFY(seen.isEventSeen);
    clock.setNowUs(noonUs + 60 * secondUs);
    TAKE(forgotten, counters.read(query));
    QVERIFY(!forgotten.isEventSeen);
}

void CountersTest::eventIsSetAnew() {
    base::VirtualClock clock(noonUs);
    MemoryCounters counters(clock);
    SUCCEEDS(counters.confirm(chat(1)));
    clock.setNowUs(noonUs + 50 * secondUs);
    SUCCEEDS(counters.confirm(chat(2)));
    clock.setNowUs(noonUs + 100 * secondUs);
    TAKE(facts, counters.read(chatQuery()));
    QVERIFY(facts.isEventSeen && facts.isCooldownRunning);
    QCOMPARE(facts.cooldownLeftUs, 10 * secondUs);
}

void CountersTest::sumLivesFromItsFirstWrite() {
    base::VirtualClock clock(noonUs);
    MemoryCounters counters(clock);
    SUCCEEDS(counters.confirm(chat(1)));
    clock.setNowUs(noonUs + 172'799 * secondUs);
    SUCCEEDS(counters.confirm(chat(2)));
    TAKE(before, counters.read(chatQuery()));
    QCOMPARE(before.ruleDaySum, 4);
    clock.setNowUs(noonUs + 172'800 * secondUs);
    TAKE(after, counters.read(chatQuery()));
    QCOMPARE(after.ruleDaySum, 0);
    QCOMPARE(after.globalDaySum, 0);
    SUCCEEDS(counters.confirm(chat(3)));
    TAKE(again, counters.read(chatQuery()));
    QCOMPARE(again.ruleDaySum, 2);
}

void CountersTest::negativeChangeLeavesTheGlobalSumAlone() {
    const base::VirtualClock clock(noonUs);
    MemoryCounters counters(clock);
    CounterConfirm confirm = chat(1);
    confirm.globalDayAdd = 0;
    confirm.cooldownSeconds = 0;
    confirm.eventId.clear();
    SUCCEEDS(counters.confirm(confirm));
    TAKE(entries, counters.entries());
    QCOMPARE(entries.size(), size_t{1});
    QCOMPARE(entries[0].key, QStringLiteral(":1:affinity:daily:3:chat:20260301"));
}

void CountersTest::sumsAreOfOneDeviceRuleAndDay() {
    const base::VirtualClock clock(noonUs);
    MemoryCounters counters(clock);
    SUCCEEDS(counters.confirm(chat(1)));
    CounterQuery query = chatQuery();
    query.ruleKey = QStringLiteral("gift");
    TAKE(otherRule, counters.read(query));
    QCOMPARE(otherRule.ruleDaySum, 0);
    QCOMPARE(otherRule.globalDaySum, 2);
    QVERIFY(!otherRule.isCooldownRunning);
    query.date = day.addDays(1);
    TAKE(otherDay, counters.read(query));
    QCOMPARE(otherDay.globalDaySum, 0);
    query = chatQuery();
    query.deviceId.value = 4;
    TAKE(otherDevice, counters.read(query));
    QCOMPARE(otherDevice.ruleDaySum, 0);
}

void CountersTest::timeLeftIsRoundedHalfUp() {
    base::VirtualClock clock(noonUs);
    MemoryCounters counters(clock);
    SUCCEEDS(counters.confirm(chat(1)));
    clock.setNowUs(noonUs + secondUs / 2);
    TAKE(half, counters.entries());
    QCOMPARE(half[0].ttlSeconds, 60);
    clock.setNowUs(noonUs + secondUs / 2 + 1);
    TAKE(less, counters.entries());
    QCOMPARE(less[0].ttlSeconds, 59);
}

void CountersTest::expiredKeysAreForgotten() {
    base::VirtualClock clock(noonUs);
    MemoryCounters counters(clock);
    SUCCEEDS(counters.confirm(chat(1)));
    clock.setNowUs(noonUs + 200'000 * secondUs);
    TAKE(entries, counters.entries());
    QVERIFY(entries.empty());
}

} // namespace affinity::test
