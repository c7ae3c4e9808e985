#include "tests/production/djangorace_test.h"

#include "engine/store/rediscounters.h"
#include "tests/production/callers.h"
#include "tests/production/checks.h"
#include "tests/production/djangorequest.h"
#include "tests/production/must.h"

#include <random>

namespace affinity::test {

namespace {

rules::Rule giftRule() {
    return raceRuleSet().rules[1];
}

std::unique_ptr<store::Counters> redisCounters() {
    return std::make_unique<store::RedisCounters>(redisServer().target(), store::RedisCountersOptions{.callMs = farMs});
}

/// False when the server undid it.
[[nodiscard]] bool writeAndCommit(DjangoRequest& request, store::Counters& counters) {
    request.write(noonUs, today, raceRuleSet().levels);
    if (!request.commit())
        return false;
    request.confirm(counters, today);
    return true;
}

/// What became of Django's requests.
struct DjangoCounts {
    std::atomic<int> written = 0;
    std::atomic<int> refused = 0;
    std::atomic<int> failed = 0; ///< undone by the server: a 500 of Django's
};

/// One request of Django's from its beginning to its end.
std::atomic<int>& pass(const ProductionStore& rows, base::DeviceId id, const rules::Rule& rule,
                       store::Counters& counters, DjangoCounts& counts) {
    DjangoRequest request(rows, id, rule);
    if (!request.checks(counters, raceRuleSet().setting, today))
        return counts.refused;
    request.lock();
    return writeAndCommit(request, counters) ? counts.written : counts.failed;
}

} // namespace

void DjangoRaceTest::initTestCase_data() {
    addServerKinds();
}

void DjangoRaceTest::capThatDjangoBreaksIsNotBrokenByUs() {
    ProductionStore rows(currentServerKind(), {10});
    emptyRedis(false);
    const auto counters = redisCounters();
    Caller caller(rows, CounterKind::Redis, 0);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(caller.apply(eventOn(firstDevice, gift)).outcome, rules::Outcome::Applied);

    // Both see 30 of 40 points used: the race that Django cannot win.
    DjangoRequest one(rows, firstDevice, giftRule());
    DjangoRequest two(rows, firstDevice, giftRule());
    QVERIFY(one.checks(*counters, raceRuleSet().setting, today));
    QVERIFY(two.checks(*counters, raceRuleSet().setting, today));
    one.lock();
    QVERIFY(writeAndCommit(one, *counters));
    QCOMPARE(caller.apply(eventOn(firstDevice, gift)).outcome, rules::Outcome::RuleDailyCap);
    two.lock();
    QVERIFY(writeAndCommit(two, *counters));
    QCOMPARE(caller.apply(eventOn(firstDevice, gift)).outcome, rules::Outcome::RuleDailyCap);
    QCOMPARE(caller.apply(eventOn(firstDevice, wave)).outcome, rules::Outcome::Applied);

    const StoreRows all = rows.rows();
    const std::vector<Violation> found = violationsOf(all);
    QVERIFY2(found.size() == 1 && found[0].invariant == Invariant::RuleCap && !found[0].isOurs,
             described(found).constData());
    QCOMPARE(found[0].logId, std::optional(two.logId()));
    HAS_NO_VIOLATION(violationsOfCounters(all, must(counters->entries())));
}

void DjangoRaceTest::djangoThatHoldsTheRowIsWaitedFor() {
    ProductionStore rows(currentServerKind(), {45});
    emptyRedis(false);
    const auto counters = redisCounters();
    DjangoRequest django(rows, firstDevice, giftRule(), QStringLiteral("the same"));
    QVERIFY(django.checks(*counters, raceRuleSet().setting, today));
    django.lock();
    Callers callers(rows, CounterKind::Redis, 8, [](Caller& caller) {
        // Half of them with the event that Django is about to write.
        return Results{caller.apply(
            eventOn(firstDevice, gift,
                    caller.number() % 2 == 0 ? QStringLiteral("the same") : QString::number(caller.number())))};
    });
    QVERIFY(QTest::qWaitFor([&] { return rows.waitingSessions() == 8; }, farMs));
    const bool isWritten = writeAndCommit(django, *counters);
    callers.join();
    QVERIFY(isWritten);
    HAS_COUNT(callers.all(), Applied, 3);
    HAS_COUNT(callers.all(), EventDuplicate, 4);
    HAS_COUNT(callers.all(), RuleDailyCap, 1);
    const StoreRows all = rows.rows();
    QCOMPARE(all.bindings[0].favorability, 85);
    QCOMPARE(all.grants.size(), size_t{1}); // by Django, whose commit came first
    HAS_NO_VIOLATION(violationsOf(all));
    HAS_NO_VIOLATION(violationsOfCounters(all, must(counters->entries()), callers.unconfirmed()));
}

void DjangoRaceTest::manyOfBothLeaveOurRowsRight() {
    constexpr int devices = 6;
    constexpr int roundsOfDjango = 40;
    constexpr int roundsOfOurs = 60;
    const quint32 seed = std::random_device()();
    ProductionStore rows(currentServerKind(), std::vector<int>(devices, 10));
    emptyRedis(false);
    DjangoCounts counts;
    const auto djangoWork = [&](quint32 number) {
        std::mt19937 random(seed + number);
        const auto counters = redisCounters();
        for (int round = 0; round < roundsOfDjango; ++round) {
            const base::DeviceId id{1 + static_cast<qint64>(random() % devices)};
            ++pass(rows, id, raceRuleSet().rules[1 + random() % 2], *counters, counts);
        }
    };
    std::vector<std::thread> django;
    for (quint32 number = 1; number <= 4; ++number)
        django.emplace_back(djangoWork, number);
    Callers ours(rows, CounterKind::Redis, 4, [&](Caller& caller) {
        std::mt19937 random(seed + 100 + static_cast<quint32>(caller.number()));
        Results results;
        for (int round = 0; round < roundsOfOurs; ++round) {
            const base::DeviceId id{1 + static_cast<qint64>(random() % devices)};
            results.push_back(random() % 5 == 0 ? caller.adjust(adjustmentOn(id, static_cast<int>(random() % 9) - 4))
                                                : caller.apply(eventOn(id, random() % 2 == 0   ? gift
                                                                           : random() % 3 == 0 ? chat
                                                                                               : wave)));
        }
        return results;
    });
    for (std::thread& thread : django)
        thread.join();
    ours.join();

    const StoreRows all = rows.rows();
    const std::vector<Violation> found = violationsOf(all);
    qInfo("seed %u: ours %s; Django wrote %d rows, %zu of them over a cap, was refused %d times and undone %d times; "
          "sent again: %d",
          seed, described(ours.all()).constData(), counts.written.load(), found.size(), counts.refused.load(),
          counts.failed.load(), ours.retries());
    QVERIFY(counts.written > 0);
    HAS_COUNT(ours.all(), Error, 0);
    HAS_NO_VIOLATION(onlyOurs(found));
    for (const Violation& violation : found)
        QVERIFY2(violation.invariant == Invariant::RuleCap || violation.invariant == Invariant::GlobalCap,
                 described(found).constData());
    HAS_NO_VIOLATION(violationsOfCounters(all, must(redisCounters()->entries()), ours.unconfirmed()));
}

} // namespace affinity::test
