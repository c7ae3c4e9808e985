#include "tests/production/writers_test.h"

#include "engine/store/rediscounters.h"
#include "tests/production/callers.h"
#include "tests/production/checks.h"
#include "tests/production/history.h"
#include "tests/production/must.h"

#include <QElapsedTimer>

#include <random>

namespace affinity::test {

using rules::Outcome;

namespace {

enum class WriterCounters { Own, Redis, FlushedRedis };

struct Size {
    int writers = 16;
    int operations = 150; ///< of each writer
    int devices = 50;
};

/// Rules, caps and cooldowns that each refuse some of so many calls, and let some pass.
rules::RuleSet hotRuleSet(const Size& size) {
    const int callsOfDevice = size.writers * size.operations / size.devices;
    rules::RuleSet ruleSet = raceRuleSet();
    ruleSet.setting.maxAffinity = 130;
    ruleSet.setting.globalDailyCap = 3 * callsOfDevice / 4;
    for (rules::Rule& rule : ruleSet.rules) {
        rule.cooldownSeconds = rule.key == chat ? 1 : 0;
        rule.singleCap = 7;
        rule.dailyCap = std::max(10, rule.key == decay ? callsOfDevice / 4 : callsOfDevice / 2);
        rule.minChange = rule.key == decay ? -8 : 1;
        rule.maxChange = rule.key == decay ? -1 : 9; // above the single cap at times
    }
    return ruleSet;
}

/// One writer's random calls, with what became of each.
class Writer {
public:
    Writer(Caller& caller, const Size& size, quint32 seed, std::atomic<int>& nextEvent)
        : m_caller(caller),
          m_size(size),
          m_nextEvent(nextEvent),
          m_random(seed + 7919 * static_cast<quint32>(caller.number())) {}

    Recorded step() {
        Recorded recorded;
        const int kind = below(100);
        recorded.startUs = base::SystemClock().nowUs();
        if (kind < 84) {
            const service::ApplyRequest request = someEvent();
            recorded.result = m_caller.apply(request);
            recorded.request = request;
        } else if (kind < 97) {
            const int size = 1 + below(150);
            const auto request = adjustmentOn(someDevice(), below(2) == 0 ? size : -size);
            recorded.result = m_caller.adjust(request);
            recorded.request = request;
        } else {
            const BindRequest request{someDevice(), below(8) != 0};
            must(m_caller.store().setBound(request.deviceId, request.isBound, recorded.startUs));
            recorded.request = request;
        }
        recorded.endUs = base::SystemClock().nowUs();
        recorded.result.trace.clear();
        return recorded;
    }

private:
    int below(int bound) { return static_cast<int>(m_random() % static_cast<quint32>(bound)); }
    base::DeviceId someDevice() { return {1 + below(m_size.devices)}; }

    service::ApplyRequest someEvent() {
        const QString keys[] = {chat, chat, gift, gift, gift, wave, wave, decay, QStringLiteral("missing")};
        service::ApplyRequest request = eventOn(someDevice(), keys[below(20) == 0 ? 8 : below(8)]);
        if (request.ruleKey == decay)
            request.source = QStringLiteral("decay");
        const int identity = below(10);
        if (identity < 6) // a new event
            request.eventId = QStringLiteral("e-%1").arg(m_nextEvent++);
        else if (identity < 8) // one that somebody sent a moment ago, or sends just now
            request.eventId = QStringLiteral("e-%1").arg(std::max(0, m_nextEvent.load() - below(20)));
        else if (identity < 9 && m_last) // the last one again
            request = *m_last;
        if (below(3) == 0)
            request.metadata = {{"n", below(2)}};
        m_last = request;
        return request;
    }

    Caller& m_caller;
    const Size m_size;
    std::atomic<int>& m_nextEvent;
    std::mt19937 m_random;
    std::optional<service::ApplyRequest> m_last;
};

/// A store on which the writers wrote, and what they saw.
class Run {
public:
    Run(const Size& size, WriterCounters counters)
        : m_size(size),
          rows(
              currentServerKind(),
              [&](store::MemoryDatabase& database) {
                  fillGame(database, hotRuleSet(size), std::vector<int>(static_cast<size_t>(size.devices), 45));
              },
              StoreTime::Servers) {
        for (int id = 1; id <= size.devices; ++id)
            openings[id] = 45;
        emptyRedis(false);
        m_timer.start();
        write(counters);
        m_ms = m_timer.elapsed();
    }

    std::map<QString, int> outcomes() const {
        std::map<QString, int> counts;
        for (const Recorded& call : history) {
            const bool isBind = std::holds_alternative<BindRequest>(call.request);
            ++counts[isBind ? QStringLiteral("bind or unbind") : rules::wireName(call.result.outcome)];
        }
        return counts;
    }

    QByteArray figures() const {
        QStringList parts;
        for (const auto& [outcome, count] : outcomes())
            parts << QStringLiteral("%1 %2").arg(count).arg(outcome);
        return QStringLiteral("seed %1: %2 operations of %3 writers on %4 devices in %5 ms: %6; sent again: %7; "
                              "unconfirmed: %8; flushes: %9")
            .arg(seed)
            .arg(history.size())
            .arg(m_size.writers)
            .arg(m_size.devices)
            .arg(m_ms)
            .arg(parts.join(QStringLiteral(", ")))
            .arg(retries)
            .arg(unconfirmed.size())
            .arg(flushes)
            .toUtf8();
    }

private:
    void write(WriterCounters counters) {
        std::atomic<int> nextEvent = 0;
        std::atomic<int> done = 0;
        std::mutex mutex;
        const CounterKind kind = counters == WriterCounters::Own ? CounterKind::Own : CounterKind::Redis;
        Callers writers(rows, kind, m_size.writers, [&](Caller& caller) {
            Writer writer(caller, m_size, seed, nextEvent);
            std::vector<Recorded> mine;
            for (int i = 0; i < m_size.operations; ++i, ++done)
                mine.push_back(writer.step());
            const std::lock_guard guard(mutex);
            history.insert(history.end(), mine.begin(), mine.end());
            return Results();
        });
        for (int quarter = 1; counters == WriterCounters::FlushedRedis && quarter <= 3; ++quarter) {
            while (done < quarter * m_size.writers * m_size.operations / 4)
                QTest::qWait(1);
            emptyRedis(true);
            ++flushes;
        }
        writers.join();
        unconfirmed = writers.unconfirmed();
        retries = writers.retries();
    }

    const Size m_size;
    QElapsedTimer m_timer;
    qint64 m_ms = 0;

public:
    const quint32 seed = std::random_device()();
    ProductionStore rows;
    std::map<qint64, int> openings;
    std::vector<Recorded> history;
    std::set<qint64> unconfirmed;
    int retries = 0;
    int flushes = 0;
};

} // namespace

void WritersTest::initTestCase_data() {
    addServerKinds();
}

void WritersTest::everyHistoryIsExplicable_data() {
    QTest::addColumn<int>("counters");
    QTest::newRow("redis") << static_cast<int>(WriterCounters::Redis);
    QTest::newRow("counters of their own") << static_cast<int>(WriterCounters::Own);
    QTest::newRow("redis flushed meanwhile") << static_cast<int>(WriterCounters::FlushedRedis);
}

void WritersTest::everyHistoryIsExplicable() {
    QFETCH(int, counters);
    const auto kind = static_cast<WriterCounters>(counters);
    Size size;
    size.operations = isLongRun() ? 10'000 : 150;
    const Run run(size, kind);
    qInfo("%s", run.figures().constData());

    const StoreRows rows = run.rows.rows();
    HAS_NO_VIOLATION(violationsOf(rows, {.isAllOurs = true, .openings = run.openings}));
    if (kind != WriterCounters::Own) {
        std::set<qint64> unconfirmed = run.unconfirmed;
        if (kind == WriterCounters::FlushedRedis) { // a flush takes what was confirmed; nothing may count twice for it
            for (const store::LogEntry& entry : rows.log)
                unconfirmed.insert(entry.row.id.value);
        }
        store::RedisCounters redis(redisServer().target(), {.callMs = farMs, .listMs = farMs});
        HAS_NO_VIOLATION(violationsOfCounters(rows, must(redis.entries()), unconfirmed));
    }
    const QByteArrayList found = inexplicable(run.history, rows, run.openings);
    QVERIFY2(found.isEmpty(), found.mid(0, 20).join('\n').constData());
    for (const Outcome outcome : {Outcome::Applied, Outcome::Cooldown, Outcome::EventDuplicate, Outcome::RuleDailyCap,
                                  Outcome::GlobalDailyCap, Outcome::ValueBoundary, Outcome::Error, Outcome::NoRule})
        QVERIFY2(run.outcomes()[rules::wireName(outcome)] > 0, qPrintable(rules::wireName(outcome)));
}

void WritersTest::tamperedHistoryIsNoticed() {
    const Run run({.writers = 4, .operations = 100, .devices = 4}, WriterCounters::Redis);
    qInfo("%s", run.figures().constData());
    const StoreRows rows = run.rows.rows();
    QVERIFY(inexplicable(run.history, rows, run.openings).isEmpty());

    for (const Outcome outcome : {Outcome::Applied, Outcome::EventDuplicate, Outcome::NoRule})
        QVERIFY2(run.outcomes()[rules::wireName(outcome)] > 0, qPrintable(rules::wireName(outcome)));
    const qint64 longBeforeUs = rows.log.front().row.createdAtUs - 3600 * secondUs;

    const auto isNoticed = [&](const auto& tamper) {
        std::vector<Recorded> history = run.history;
        StoreRows tampered = rows;
        tamper(history, tampered);
        return !inexplicable(history, tampered, run.openings).isEmpty();
    };
    const auto firstOf = [](std::vector<Recorded>& history, Outcome outcome) -> Recorded& {
        return *std::find_if(history.begin(), history.end(), [&](const Recorded& call) {
            return std::holds_alternative<service::ApplyRequest>(call.request) && call.result.outcome == outcome;
        });
    };
    QVERIFY(isNoticed([&](auto&, StoreRows& store) { store.log.pop_back(); }));
    QVERIFY(isNoticed([&](auto&, StoreRows& store) { store.log.push_back(store.log.front()); }));
    QVERIFY(isNoticed([&](auto&, StoreRows& store) { store.log[1].row.changeValue += 1; }));
    QVERIFY(isNoticed([&](auto&, StoreRows& tampered) {
        const auto isEvent = [](const store::LogEntry& entry) { return entry.row.ruleId.has_value(); };
        std::find_if(tampered.log.begin(), tampered.log.end(), isEvent)->note->drawnChange = 0;
    }));
    QVERIFY(isNoticed([&](auto&, StoreRows& store) { store.log[1].row.createdAtUs -= 60 * secondUs; }));
    QVERIFY(isNoticed([&](auto&, StoreRows& store) { store.bindings[0].favorability += 1; }));
    QVERIFY(isNoticed([&](auto& history, StoreRows&) { history.erase(history.begin() + 1, history.begin() + 40); }));
    QVERIFY(isNoticed([&](auto& history, StoreRows&) { firstOf(history, Outcome::Applied).result.afterValue += 1; }));
    QVERIFY(isNoticed([&](auto& history, StoreRows&) {
        std::get<service::ApplyRequest>(firstOf(history, Outcome::EventDuplicate).request).eventId =
            QStringLiteral("never sent");
    }));
    QVERIFY(isNoticed(
        [&](auto& history, StoreRows&) { firstOf(history, Outcome::NoRule).result.outcome = Outcome::InDoubt; }));
    QVERIFY(isNoticed([&](auto& history, StoreRows&) {
        Recorded& refused = firstOf(history, Outcome::NoRule);
        std::get<service::ApplyRequest>(refused.request).ruleKey = gift;
    }));
    QVERIFY(isNoticed([&](auto& history, StoreRows&) {
        Recorded& refused = firstOf(history, Outcome::NoRule);
        std::get<service::ApplyRequest>(refused.request).ruleKey = gift;
        refused.startUs = refused.endUs = longBeforeUs; // before anything was used
        refused.result.outcome = Outcome::RuleDailyCap;
    }));
    QVERIFY(isNoticed([&](auto& history, StoreRows&) {
        Recorded& refused = firstOf(history, Outcome::NoRule);
        std::get<service::ApplyRequest>(refused.request).ruleKey = chat;
        refused.startUs = refused.endUs = longBeforeUs;
        refused.result.outcome = Outcome::Cooldown;
    }));
    QVERIFY(isNoticed([&](auto& history, StoreRows&) {
        Recorded& refused = firstOf(history, Outcome::NoRule);
        refused.startUs = refused.endUs = longBeforeUs;
        refused.result.outcome = Outcome::Error; // before anybody unbound anything
    }));
}

} // namespace affinity::test
