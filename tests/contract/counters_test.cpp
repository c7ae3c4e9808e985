#include "tests/contract/counters_test.h"

#include "tests/contract/contractcounters.h"
#include "tests/support/property.h"

#include <array>
#include <tuple>

namespace affinity::test {

using store::CounterConfirm;
using store::CounterEntry;
using store::CounterFacts;
using store::CounterQuery;
using store::CounterRaise;

namespace {

const QDate day(2026, 3, 1);

CounterConfirm chat(qint64 logId) {
    return {base::LogId{logId}, base::DeviceId{3}, QStringLiteral("chat"), QStringLiteral("ev-1"), day, 60, 2, 2};
}

CounterQuery chatQuery() {
    return {base::DeviceId{3}, QStringLiteral("chat"), QStringLiteral("ev-1"), day};
}

/// Rows 1 to 3 of device 3: chat for 7 points, scold for 5.
CounterRaise sumsOfTheLog() {
    CounterRaise raise;
    raise.deviceId = base::DeviceId{3};
    raise.date = day;
    raise.ruleSums = {{QStringLiteral("chat"), 7}, {QStringLiteral("scold"), 5}};
    raise.globalDaySum = 7;
    raise.cooldowns = {{QStringLiteral("chat"), 30 * secondUs}, {QStringLiteral("scold"), 0}};
    raise.events = {{QStringLiteral("ev-1"), 20 * secondUs}, {QStringLiteral("ev-0"), -secondUs}};
    raise.logIds = {base::LogId{1}, base::LogId{2}, base::LogId{3}};
    return raise;
}

} // namespace

void CountersTest::initTestCase_data() {
    addCounterBackends();
}

void CountersTest::initTestCase() {
    QVERIFY(m_server.start());
}

void CountersTest::absentKeysReadAsNothing() {
    ContractCounters counters(m_server);
    TAKE(facts, counters->read(chatQuery()));
    QVERIFY(facts == CounterFacts());
    TAKE(entries, counters->entries());
    QVERIFY(entries.empty());
}

void CountersTest::confirmSetsProductionsKeys() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(1)));
    TAKE(entries, counters->entries());
    const std::vector<CounterEntry> expected{
        {QStringLiteral(":1:affinity:cd:3:chat"), QStringLiteral("1"), 60},
        {QStringLiteral(":1:affinity:daily:3:_global:20260301"), QStringLiteral("2"), 172'800},
        {QStringLiteral(":1:affinity:daily:3:chat:20260301"), QStringLiteral("2"), 172'800},
        {QStringLiteral(":1:affinity:event:ev-1"), QStringLiteral("1"), 60}};
    QVERIFY(counters.isAbout(entries, expected));
    TAKE(facts, counters->read(chatQuery()));
    QVERIFY(counters.isAbout(facts, CounterFacts{true, true, 60 * secondUs, 2, 2}));
}

void CountersTest::confirmOfTheSameLogRowCountsOnce() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(1)));
    SUCCEEDS(counters->confirm(chat(1)));
    SUCCEEDS(counters->confirm(chat(2)));
    TAKE(facts, counters->read(chatQuery()));
    QCOMPARE(facts.ruleDaySum, 4);
    QCOMPARE(facts.globalDaySum, 4);
}

void CountersTest::cooldownEndsAtItsDeadline() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(1)));
    counters.pass(60 * secondUs - counters.nearUs());
    TAKE(running, counters->read(chatQuery()));
    QVERIFY(running.isCooldownRunning);
    QVERIFY(running.cooldownLeftUs > 0 && running.cooldownLeftUs <= counters.nearUs());
    counters.pass(counters.nearUs());
    TAKE(over, counters->read(chatQuery()));
    QVERIFY(!over.isCooldownRunning);
    QCOMPARE(over.cooldownLeftUs, 0);
}

void CountersTest::eventIsSeenForSixtySeconds() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(1)));
    CounterQuery query = chatQuery();
    query.deviceId.value = 99; // an event id is global
    counters.pass(60 * secondUs - counters.nearUs());
    TAKE(seen, counters->read(query));
    QVERIFY(seen.isEventSeen);
    counters.pass(counters.nearUs());
    TAKE(forgotten, counters->read(query));
    QVERIFY(!forgotten.isEventSeen);
}

void CountersTest::eventIsSetAnew() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(1)));
    counters.pass(50 * secondUs);
    SUCCEEDS(counters->confirm(chat(2)));
    counters.pass(40 * secondUs);
    TAKE(facts, counters->read(chatQuery()));
    QVERIFY(facts.isEventSeen && facts.isCooldownRunning);
    QVERIFY(counters.isAbout(facts.cooldownLeftUs, 20 * secondUs));
}

void CountersTest::sumLivesFromItsFirstWrite() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(1)));
    counters.pass(172'800 * secondUs - counters.nearUs());
    SUCCEEDS(counters->confirm(chat(2)));
    TAKE(before, counters->read(chatQuery()));
    QCOMPARE(before.ruleDaySum, 4);
    counters.pass(counters.nearUs());
    TAKE(after, counters->read(chatQuery()));
    QCOMPARE(after.ruleDaySum, 0);
    QCOMPARE(after.globalDaySum, 0);
    SUCCEEDS(counters->confirm(chat(3)));
    TAKE(again, counters->read(chatQuery()));
    QCOMPARE(again.ruleDaySum, 2);
}

void CountersTest::negativeChangeLeavesTheGlobalSumAlone() {
    ContractCounters counters(m_server);
    CounterConfirm confirm = chat(1);
    confirm.globalDayAdd = 0;
    confirm.cooldownSeconds = 0;
    confirm.eventId.clear();
    SUCCEEDS(counters->confirm(confirm));
    TAKE(entries, counters->entries());
    QCOMPARE(entries.size(), size_t{1});
    QCOMPARE(entries[0].key, QStringLiteral(":1:affinity:daily:3:chat:20260301"));
}

void CountersTest::sumsAreOfOneDeviceRuleAndDay() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(1)));
    CounterQuery query = chatQuery();
    query.ruleKey = QStringLiteral("gift");
    TAKE(otherRule, counters->read(query));
    QCOMPARE(otherRule.ruleDaySum, 0);
    QCOMPARE(otherRule.globalDaySum, 2);
    QVERIFY(!otherRule.isCooldownRunning);
    query.date = day.addDays(1);
    TAKE(otherDay, counters->read(query));
    QCOMPARE(otherDay.globalDaySum, 0);
    query = chatQuery();
    query.deviceId.value = 4;
    TAKE(otherDevice, counters->read(query));
    QCOMPARE(otherDevice.ruleDaySum, 0);
}

void CountersTest::timeLeftIsRoundedHalfUp() {
    QFETCH_GLOBAL(CounterBackend, backend);
    if (backend == CounterBackend::Redis)
        QSKIP("Redis' clock cannot be stopped; RedisCountersTest looks at its rounding.");
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(1)));
    counters.pass(secondUs / 2);
    TAKE(half, counters->entries());
    QCOMPARE(half[0].ttlSeconds, 60);
    counters.pass(1);
    TAKE(less, counters->entries());
    QCOMPARE(less[0].ttlSeconds, 59);
}

void CountersTest::expiredKeysAreForgotten() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(1)));
    counters.pass(200'000 * secondUs);
    TAKE(entries, counters->entries());
    QVERIFY(entries.empty());
}

void CountersTest::lateConfirmsLivesRunFromItsCommit() {
    ContractCounters counters(m_server);
    CounterConfirm late = chat(1);
    late.ageUs = 40 * secondUs;
    SUCCEEDS(counters->confirm(late));
    TAKE(entries, counters->entries());
    const std::vector<CounterEntry> expected{
        {QStringLiteral(":1:affinity:cd:3:chat"), QStringLiteral("1"), 20},
        {QStringLiteral(":1:affinity:daily:3:_global:20260301"), QStringLiteral("2"), 172'800},
        {QStringLiteral(":1:affinity:daily:3:chat:20260301"), QStringLiteral("2"), 172'800},
        {QStringLiteral(":1:affinity:event:ev-1"), QStringLiteral("1"), 20}};
    QVERIFY(counters.isAbout(entries, expected));

    CounterConfirm later = chat(2);
    later.eventId = QStringLiteral("ev-2");
    later.ruleKey = QStringLiteral("gift");
    later.ageUs = 60 * secondUs;
    SUCCEEDS(counters->confirm(later));
    TAKE(facts, counters->read({later.deviceId, later.ruleKey, later.eventId, day}));
    QVERIFY(facts == (CounterFacts{false, false, 0, 2, 4}));
}

void CountersTest::lateConfirmShortensNoLife() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(2)));
    CounterConfirm late = chat(1);
    late.ageUs = 40 * secondUs;
    SUCCEEDS(counters->confirm(late));
    TAKE(facts, counters->read(chatQuery()));
    QVERIFY(counters.isAbout(facts, CounterFacts{true, true, 60 * secondUs, 4, 4}));
}

void CountersTest::confirmAfterTwoDaysDoesNothing() {
    ContractCounters counters(m_server);
    CounterConfirm late = chat(1);
    late.ageUs = 172'800 * secondUs;
    SUCCEEDS(counters->confirm(late));
    TAKE(entries, counters->entries());
    QVERIFY(entries.empty());
    late.ageUs -= 1;
    SUCCEEDS(counters->confirm(late));
    TAKE(facts, counters->read(chatQuery()));
    QVERIFY(facts == (CounterFacts{false, false, 0, 2, 2}));
}

void CountersTest::raiseSetsWhatTheLogSays() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->raiseTo(sumsOfTheLog()));
    SUCCEEDS(counters->raiseTo(sumsOfTheLog()));
    TAKE(entries, counters->entries());
    const std::vector<CounterEntry> expected{
        {QStringLiteral(":1:affinity:cd:3:chat"), QStringLiteral("1"), 30},
        {QStringLiteral(":1:affinity:daily:3:_global:20260301"), QStringLiteral("7"), 172'800},
        {QStringLiteral(":1:affinity:daily:3:chat:20260301"), QStringLiteral("7"), 172'800},
        {QStringLiteral(":1:affinity:daily:3:scold:20260301"), QStringLiteral("5"), 172'800},
        {QStringLiteral(":1:affinity:event:ev-1"), QStringLiteral("1"), 20}};
    QVERIFY(counters.isAbout(entries, expected));
}

void CountersTest::raisedSumKeepsItsEnd() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(1)));
    counters.pass(100'000 * secondUs);
    SUCCEEDS(counters->raiseTo(sumsOfTheLog()));
    TAKE(entries, counters->entries());
    const store::CounterEntry expected{QStringLiteral(":1:affinity:daily:3:chat:20260301"), QStringLiteral("7"),
                                       72'800};
    QVERIFY(counters.isAbout({entries[2]}, {expected}));
}

void CountersTest::confirmOfARaisedRowCountsNoMore() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->raiseTo(sumsOfTheLog()));
    SUCCEEDS(counters->confirm(chat(1)));
    SUCCEEDS(counters->confirm(chat(3)));
    TAKE(raised, counters->read(chatQuery()));
    QCOMPARE(raised.ruleDaySum, 7);
    SUCCEEDS(counters->confirm(chat(4)));
    TAKE(next, counters->read(chatQuery()));
    QCOMPARE(next.ruleDaySum, 9);
    QCOMPARE(next.globalDaySum, 9);
}

void CountersTest::raiseNeverLowers() {
    ContractCounters counters(m_server);
    qint64 logId = 0;
    qint64 deviceId = 0;
    AFFINITY_PROPERTY("each sum is the greater of what it was and what it is raised to, each life the longer one", [&] {
        const auto confirmed = *rc::gen::inRange(0, 50);
        const auto confirmedCooldown = *rc::gen::inRange(0, 5000);
        const auto targets = *rc::gen::container<std::vector<int>>(3, rc::gen::inRange(-50, 100));
        const auto cooldown = *rc::gen::inRange(-100, 5000);
        CounterConfirm first = chat(++logId);
        first.deviceId.value = ++deviceId;
        first.eventId.clear();
        first.ruleDayAdd = first.globalDayAdd = confirmed;
        first.cooldownSeconds = confirmedCooldown;
        RC_ASSERT(counters->confirm(first).isOk());
        qint64 expected = confirmed;
        for (const int target : targets) {
            CounterRaise raise;
            raise.deviceId = first.deviceId;
            raise.date = day;
            raise.ruleSums = {{first.ruleKey, target}};
            raise.globalDaySum = target;
            raise.cooldowns = {{first.ruleKey, cooldown * secondUs}};
            RC_ASSERT(counters->raiseTo(raise).isOk());
            expected = std::max<qint64>(expected, target);
            const auto facts = counters->read({first.deviceId, first.ruleKey, {}, day});
            RC_ASSERT(facts.isOk());
            RC_ASSERT(facts->ruleDaySum == expected);
            RC_ASSERT(facts->globalDaySum == expected);
            const qint64 longerUs = std::max(confirmedCooldown, cooldown) * secondUs;
            RC_ASSERT(longerUs <= 0 || counters.isAbout(facts->cooldownLeftUs, longerUs));
        }
    });
}

void CountersTest::severalDevicesAreRaisedAtOnce() {
    ContractCounters counters(m_server);
    std::vector<CounterRaise> raises;
    for (qint64 id = 1; id <= 200; ++id) {
        CounterRaise raise = sumsOfTheLog();
        raise.deviceId.value = id;
        raise.events.clear();
        raise.logIds.clear();
        if (id == 7)
            raise = {.deviceId = {7}, .date = day, .ruleSums = {}, .cooldowns = {}, .events = {}, .logIds = {}};
        raises.push_back(raise);
    }
    for (int i = 0; i < 2; ++i) {
        const auto answers = counters->raiseAll(raises);
        QCOMPARE(answers.size(), raises.size());
        QVERIFY(std::all_of(answers.begin(), answers.end(), [](const auto& answer) { return answer.isOk(); }));
    }
    TAKE(entries, counters->entries());
    QCOMPARE(entries.size(), size_t{199 * 4});
    QVERIFY(counters->raiseAll({}).empty());
}

void CountersTest::countersOfADeviceAreListedSetOrNot() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(1)));
    TAKE(states, counters->deviceCounters({3}, {QStringLiteral("chat"), QStringLiteral("other")}, day));
    QCOMPARE(states.size(), size_t{5});
    const std::array expected{std::tuple{store::CounterKind::Cooldown, ":1:affinity:cd:3:chat", true},
                              std::tuple{store::CounterKind::RuleDay, ":1:affinity:daily:3:chat:20260301", true},
                              std::tuple{store::CounterKind::Cooldown, ":1:affinity:cd:3:other", false},
                              std::tuple{store::CounterKind::RuleDay, ":1:affinity:daily:3:other:20260301", false},
                              std::tuple{store::CounterKind::GlobalDay, ":1:affinity:daily:3:_global:20260301", true}};
    for (size_t i = 0; i < states.size(); ++i) {
        const auto& [kind, key, isSet] = expected.at(i);
        QCOMPARE(states[i].kind, kind);
        QCOMPARE(states[i].key, QString::fromLatin1(key));
        QCOMPARE(states[i].isSet, isSet);
        QCOMPARE(states[i].leftUs.has_value(), isSet);
        QCOMPARE(states[i].number.has_value(), isSet && kind != store::CounterKind::Cooldown);
    }
    QCOMPARE(states[1].number, std::optional<qint64>(2));
    QVERIFY(counters.isAbout(*states[4].leftUs, store::daySumSeconds * secondUs));
}

void CountersTest::rebuildOfWholeCountersEndsWhole() {
    ContractCounters counters(m_server);
    SUCCEEDS(counters->confirm(chat(1)));
    TAKE(rebuild, counters->beginRebuild());
    SUCCEEDS(counters->raiseTo(sumsOfTheLog()));
    TAKE(isWhole, counters->endRebuild(rebuild));
    QVERIFY(isWhole);
    TAKE(facts, counters->read(chatQuery()));
    QCOMPARE(facts.trust, store::CounterTrust::Whole);
    QCOMPARE(facts.ruleDaySum, 7);
}

} // namespace affinity::test
