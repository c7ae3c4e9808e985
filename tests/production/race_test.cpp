#include "tests/production/race_test.h"

#include "engine/store/rediscounters.h"
#include "engine/store/sqlrows.h"
#include "tests/production/callers.h"
#include "tests/production/checks.h"
#include "tests/production/must.h"

namespace affinity::test {

namespace {

constexpr int callers = 8;

enum class RaceCounters { Own, Redis, FlushedRedis };

CounterKind kindOf(RaceCounters counters) {
    return counters == RaceCounters::Own ? CounterKind::Own : CounterKind::Redis;
}

/// A store, and callers who all asked before the row that they need was given back.
class Race {
public:
    explicit Race(const std::vector<int>& values, const rules::RuleSet& ruleSet = raceRuleSet())
        : rows(currentServerKind(), [&](store::MemoryDatabase& database) { fillGame(database, ruleSet, values); }) {
        QFETCH(int, counters);
        m_counters = static_cast<RaceCounters>(counters);
        for (size_t i = 0; i < values.size(); ++i)
            m_openings[static_cast<qint64>(i) + 1] = values[i];
        emptyRedis(false);
    }

    /// Calls one after the secondDevice, as some time before.
    void before(const Callers::Work& work) {
        Callers earlier(rows, kindOf(m_counters), 1, work);
        earlier.join();
        for (const service::ApplyResult& result : earlier.all()) {
            if (result.logId)
                m_lost.insert(result.logId->value);
        }
    }

    /// Holds the devices' rows while the callers ask, and lets go when all of them wait. `meanwhile` is done by the
    /// transaction that holds them.
    Results run(const std::vector<base::DeviceId>& devices, const Callers::Work& work,
                const std::vector<QString>& meanwhile = {}) {
        const auto holder = rows.connect();
        must(holder->runText(QStringLiteral("BEGIN")));
        for (const base::DeviceId each : devices)
            must(holder->runText(QStringLiteral("SELECT id FROM device_interaction_userdevice WHERE id = ? FOR UPDATE"),
                                 {each.value}));
        Callers racing(rows, kindOf(m_counters), callers, [&](Caller& caller) {
            // Knowing the day, the service asks its counters before it waits, as one that runs for long does.
            caller.service().previewApply(eventOn(secondDevice, gift));
            return work(caller);
        });
        if (!QTest::qWaitFor([&] { return rows.waitingSessions() == callers; }, farMs))
            qFatal("The callers do not wait for the row.");
        if (m_counters == RaceCounters::FlushedRedis)
            emptyRedis(true);
        for (const QString& statement : meanwhile)
            must(holder->runText(statement));
        must(holder->runText(QStringLiteral("COMMIT")));
        racing.join();
        m_unconfirmed = racing.unconfirmed();
        if (m_counters == RaceCounters::FlushedRedis)
            m_unconfirmed.insert(m_lost.begin(), m_lost.end());
        qInfo("%s; sent again: %d", described(racing.all()).constData(), racing.retries());
        return racing.all();
    }

    std::vector<Violation> violations() const {
        const StoreRows all = rows.rows();
        std::vector<Violation> found = violationsOf(all, {.isAllOurs = true, .openings = m_openings});
        if (m_counters != RaceCounters::Own) {
            store::RedisCounters counters(redisServer().target());
            const auto ofCounters = violationsOfCounters(all, must(counters.entries()), m_unconfirmed);
            found.insert(found.end(), ofCounters.begin(), ofCounters.end());
        }
        return found;
    }

    int value(base::DeviceId id) const { return must(must(rows.open())->device(id))->binding.favorability; }

    ProductionStore rows;

private:
    RaceCounters m_counters = RaceCounters::Own;
    std::map<qint64, int> m_openings;
    std::set<qint64> m_lost;
    std::set<qint64> m_unconfirmed;
};

QString eventOf(const Caller& caller) {
    return QStringLiteral("e-%1").arg(caller.number());
}

qsizetype grantsIn(const Results& results) {
    qsizetype grants = 0;
    for (const service::ApplyResult& result : results)
        grants += static_cast<qsizetype>(result.rewardsGranted.size());
    return grants;
}

} // namespace

void RaceTest::initTestCase_data() {
    addServerKinds();
}

void RaceTest::counterRows() {
    QTest::addColumn<int>("counters");
    QTest::newRow("counters of their own") << static_cast<int>(RaceCounters::Own);
    QTest::newRow("redis") << static_cast<int>(RaceCounters::Redis);
    QTest::newRow("redis flushed in the middle") << static_cast<int>(RaceCounters::FlushedRedis);
}

void RaceTest::ruleCapHolds() {
    Race race({10, 10});
    const Results results = race.run({firstDevice}, [](Caller& caller) {
        return Results{caller.apply(eventOn(firstDevice, gift, eventOf(caller)))};
    });
    HAS_COUNT(results, Applied, 4);
    HAS_COUNT(results, RuleDailyCap, 4);
    QCOMPARE(race.value(firstDevice), 50);
    HAS_NO_VIOLATION(race.violations());
}

void RaceTest::whatWasUsedBeforeCounts() {
    Race race({10, 10});
    race.before([](Caller& caller) {
        return Results{caller.apply(eventOn(firstDevice, gift)), caller.apply(eventOn(firstDevice, gift)),
                       caller.apply(eventOn(firstDevice, chat))};
    });
    const Results results = race.run({firstDevice}, [](Caller& caller) {
        return Results{caller.apply(eventOn(firstDevice, gift, eventOf(caller)))};
    });
    HAS_COUNT(results, Applied, 2);
    HAS_COUNT(results, RuleDailyCap, 6);
    QCOMPARE(race.value(firstDevice), 52);
    HAS_NO_VIOLATION(race.violations());
}

void RaceTest::globalCapHoldsOverTwoRules() {
    rules::RuleSet ruleSet = raceRuleSet();
    ruleSet.setting.globalDailyCap = 45;
    Race race({10, 10}, ruleSet);
    const Results results = race.run({firstDevice}, [](Caller& caller) {
        return Results{caller.apply(eventOn(firstDevice, caller.number() % 2 == 0 ? gift : wave, eventOf(caller)))};
    });
    HAS_COUNT(results, Applied, 5); // the last of them gets what is left
    HAS_COUNT(results, GlobalDailyCap, 3);
    QCOMPARE(race.value(firstDevice), 55);
    HAS_NO_VIOLATION(race.violations());
}

void RaceTest::cooldownHolds() {
    Race race({10, 10});
    const Results results = race.run({firstDevice}, [](Caller& caller) {
        return Results{caller.apply(eventOn(firstDevice, chat, eventOf(caller)))};
    });
    HAS_COUNT(results, Applied, 1);
    HAS_COUNT(results, Cooldown, 7);
    QCOMPARE(race.value(firstDevice), 12);
    HAS_NO_VIOLATION(race.violations());
}

void RaceTest::eventCountsOnce() {
    Race race({10, 10});
    const Results results = race.run({firstDevice}, [](Caller& caller) {
        return Results{caller.apply(eventOn(firstDevice, gift, QStringLiteral("the same")))};
    });
    HAS_COUNT(results, Applied, 1);
    HAS_COUNT(results, EventDuplicate, 7);
    QVERIFY(std::none_of(results.begin(), results.end(),
                         [](const service::ApplyResult& result) { return result.isEventConflict; }));
    QCOMPARE(race.value(firstDevice), 20);
    HAS_NO_VIOLATION(race.violations());
}

void RaceTest::eventForTwoDevicesCountsOnce() {
    Race race({10, 10});
    const Results results = race.run({firstDevice, secondDevice}, [](Caller& caller) {
        const base::DeviceId mine = caller.number() % 2 == 0 ? firstDevice : secondDevice;
        return Results{caller.apply(eventOn(mine, gift, QStringLiteral("the same")))};
    });
    HAS_COUNT(results, Applied, 1);
    HAS_COUNT(results, EventDuplicate, 7);
    const auto conflicts = std::count_if(results.begin(), results.end(),
                                         [](const service::ApplyResult& result) { return result.isEventConflict; });
    QCOMPARE(conflicts, 4); // those of the device that came too late
    QCOMPARE(race.value(firstDevice) + race.value(secondDevice), 30);
    HAS_NO_VIOLATION(race.violations());
}

void RaceTest::levelIsGrantedOnce() {
    Race race({45, 10});
    const Results results = race.run({firstDevice}, [](Caller& caller) {
        // Up over the level's 50 points, down below it, and up again.
        Results mine{caller.apply(eventOn(firstDevice, caller.number() % 2 == 0 ? gift : wave, eventOf(caller)))};
        mine.push_back(caller.adjust(adjustmentOn(firstDevice, -7)));
        mine.push_back(caller.adjust(adjustmentOn(firstDevice, 7)));
        return mine;
    });
    HAS_COUNT(results, Applied, 24);
    const StoreRows rows = race.rows.rows();
    QVERIFY(rows.grants.size() == 1 || rows.grants.size() == 2); // 120 points are reached in some orders only
    QCOMPARE(grantsIn(results), static_cast<qsizetype>(rows.grants.size()));
    QCOMPARE(race.value(firstDevice), 125);
    HAS_NO_VIOLATION(race.violations());
}

void RaceTest::adjustmentsAndEventsDoNotDisturbEachOther() {
    Race race({10, 10});
    const Results results = race.run({firstDevice}, [](Caller& caller) {
        if (caller.number() < 4)
            return Results{caller.adjust(adjustmentOn(firstDevice, 7)), caller.adjust(adjustmentOn(firstDevice, -4))};
        return Results{caller.apply(eventOn(firstDevice, gift)), caller.apply(eventOn(firstDevice, gift))};
    });
    HAS_COUNT(results, Applied, 12); // adjustments use no cap
    HAS_COUNT(results, RuleDailyCap, 4);
    QCOMPARE(race.value(firstDevice), 10 + 4 * 3 + 40);
    HAS_NO_VIOLATION(race.violations());
}

void RaceTest::unboundDeviceTakesNothing() {
    Race race({10, 10});
    const Results results =
        race.run({firstDevice},
                 [](Caller& caller) { return Results{caller.apply(eventOn(firstDevice, gift, eventOf(caller)))}; },
                 {QStringLiteral("UPDATE device_interaction_userdevice SET unbound_at = '%1' WHERE id = 1")
                      .arg(store::timeValue(noonUs).toString())});
    HAS_COUNT(results, Error, callers);
    for (const service::ApplyResult& result : results)
        QCOMPARE(result.error->kind, base::ErrorKind::NotFound);
    QCOMPARE(race.value(firstDevice), 10);
    QVERIFY(race.rows.rows().log.empty());
    HAS_NO_VIOLATION(race.violations());
}

} // namespace affinity::test
