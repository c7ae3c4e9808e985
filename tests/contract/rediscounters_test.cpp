#include "tests/contract/rediscounters_test.h"

#include "engine/base/lane.h"
#include "engine/store/pickledinteger.h"
#include "tests/contract/rediscountersworld.h"

#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>

namespace affinity::test {

using base::ErrorKind;
using redis::Connection;
using redis::ReplyKind;
using store::CounterConfirm;
using store::CounterFacts;
using store::CounterRaise;
using store::CounterTrust;
using store::RedisCounters;
using store::RedisCountersOptions;

namespace {

/// A key's bytes and the milliseconds left of its life (PTTL).
struct Stored {
    QByteArray value;
    qint64 leftMs = 0;
};

std::map<QByteArray, Stored> everything(Connection& connection) {
    std::map<QByteArray, Stored> stored;
    for (const redis::Reply& key : raw(connection, {"KEYS", "*"}).items)
        stored[key.text] = {raw(connection, {"GET", key.text}).text, raw(connection, {"PTTL", key.text}).integer};
    return stored;
}

/// Limits of calls that run into them. A busy machine may use the first one up before the call has left: then the next
/// one is taken.
constexpr std::array growingMs{300, 3000, 30'000};

/// Counters on a lane of their own, as a process of the console has them.
class LaneCounters {
public:
    explicit LaneCounters(const redis::Target& target) : m_lane(QStringLiteral("counters")) {
        must(m_lane
                 .run<int>([this, target] {
                     m_counters = std::make_unique<RedisCounters>(target, myApp());
                     return 0;
                 })
                 .result());
    }
    ~LaneCounters() {
        m_lane.end([this] { m_counters.reset(); });
    }
    LaneCounters(const LaneCounters&) = delete;
    LaneCounters& operator=(const LaneCounters&) = delete;

    /// Confirms rows first to last; the future gives how many failed.
    QFuture<base::Result<int>> confirmAll(qint64 first, qint64 last) {
        return m_lane.run<int>([this, first, last] {
            int failures = 0;
            for (qint64 id = first; id <= last; ++id)
                failures += m_counters->confirm(confirmOf(id)).isOk() ? 0 : 1;
            return failures;
        });
    }

private:
    base::Lane m_lane;
    std::unique_ptr<RedisCounters> m_counters;
};

} // namespace

void RedisCountersTest::initTestCase() {
    QVERIFY(m_server.start());
}

void RedisCountersTest::init() {
    Connection connection(m_server.target());
    raw(connection, {"FLUSHALL"});
}

void RedisCountersTest::keysValuesAndLivesAreProductionsToTheByte() {
    RedisCounters counters(m_server.target(), myApp());
    QElapsedTimer timer;
    timer.start();
    SUCCEEDS(counters.confirm(confirmOf(1)));
    Connection connection(m_server.target());
    auto stored = everything(connection);
    const qint64 passedMs = timer.elapsed() + 100; // Redis' clock is another one
    const std::map<QByteArray, Stored> expected{{"myapp:2:affinity:cd:3:chat", {"1", 45'000}},
                                                {ruleDayKey, {"2", 172'800'000}},
                                                {globalDayKey, {"1", 172'800'000}},
                                                {"myapp:2:affinity:event:ev-1", {"1", 60'000}},
                                                {markerKey, {"1", 172'800'000}}};
    QCOMPARE(stored.size(), expected.size());
    for (const auto& [key, want] : expected) {
        QVERIFY2(stored.contains(key), key.constData());
        QCOMPARE(stored[key].value, want.value);
        QVERIFY2(stored[key].leftMs >= want.leftMs - passedMs && stored[key].leftMs <= want.leftMs, key.constData());
    }
    SUCCEEDS(counters.confirm(confirmOf(2)));
    QCOMPARE(raw(connection, {"GET", ruleDayKey}).text, QByteArray("4"));
}

void RedisCountersTest::readIsOnePipelineAndWritesNothing() {
    RedisCounters counters(m_server.target(), myApp());
    SUCCEEDS(counters.confirm(confirmOf(1)));
    Connection connection(m_server.target());
    raw(connection, {"CONFIG", "RESETSTAT"});
    const auto before = raw(connection, {"DBSIZE"}).integer;
    TAKE(facts, counters.read(queryOf()));
    QVERIFY(facts.isEventSeen && facts.isCooldownRunning);
    QCOMPARE(facts.ruleDaySum, 2);
    QCOMPARE(facts.globalDaySum, 1);
    const QString info = QString::fromUtf8(raw(connection, {"INFO", "commandstats"}).text);
    QVERIFY(info.contains(QStringLiteral("cmdstat_exists:calls=2,")));
    QVERIFY(info.contains(QStringLiteral("cmdstat_pttl:calls=1,")));
    QVERIFY(info.contains(QStringLiteral("cmdstat_get:calls=2,")));
    QVERIFY(!info.contains(QStringLiteral("cmdstat_set:")));
    QVERIFY(!info.contains(QStringLiteral("cmdstat_eval")));
    QCOMPARE(raw(connection, {"DBSIZE"}).integer, before);
}

void RedisCountersTest::entriesListOnlyOwnKeys() {
    RedisCountersOptions options{.names = {QStringLiteral("a*[b]?\\"), 1}, .callMs = farMs};
    RedisCounters counters(m_server.target(), options);
    SUCCEEDS(counters.confirm(confirmOf(1)));
    RedisCounters others(m_server.target(), {.names = {QStringLiteral("axxb?\\"), 1}, .callMs = farMs});
    SUCCEEDS(others.confirm(confirmOf(1)));
    TAKE(rebuild, counters.beginRebuild());
    TAKE(isWhole, counters.endRebuild(rebuild));
    QVERIFY(isWhole);
    Connection connection(m_server.target());
    raw(connection, {"SET", "a*[b]?\\:1:session:x", "1"});
    raw(connection, {"SET", "a*[b]?\\:1:affinity:event:endless", QByteArray("\x80\x01", 2)});
    raw(connection, {"RPUSH", "a*[b]?\\:1:affinity:event:list", "x"});
    TAKE(entries, counters.entries());
    QStringList keys;
    for (const store::CounterEntry& entry : entries)
        keys << entry.key.mid(QStringLiteral("a*[b]?\\:1:affinity:").size());
    const QStringList expected{QStringLiteral("cd:3:chat"),
                               QStringLiteral("daily:3:_global:20260301"),
                               QStringLiteral("daily:3:chat:20260301"),
                               QStringLiteral("event:endless"),
                               QStringLiteral("event:ev-1"),
                               QStringLiteral("event:list")};
    QCOMPARE(keys, expected);
    QCOMPARE(entries[3].value, QStringLiteral("\\x80\\x01"));
    QCOMPARE(entries[3].ttlSeconds, -1);
    QCOMPARE(entries[5].value, QStringLiteral("(not a string)"));
}

void RedisCountersTest::manyEntriesAreListedOnce() {
    constexpr qint64 count = 3500; // more than three steps of SCAN
    Connection connection(m_server.target());
    raw(connection,
        {"EVAL", "for i = 1, 3500 do redis.call('SET', ':1:affinity:cd:' .. i .. ':chat', '1', 'EX', 600) end", "0"});
    RedisCounters counters(m_server.target(), {.callMs = farMs});
    TAKE(entries, counters.entries());
    QCOMPARE(entries.size(), static_cast<size_t>(count));
    const auto isUnsorted = [](const auto& one, const auto& other) { return one.key >= other.key; };
    QVERIFY(std::adjacent_find(entries.begin(), entries.end(), isUnsorted) == entries.end());
}

void RedisCountersTest::timeLeftIsRoundedHalfUp() {
    RedisCounters counters(m_server.target(), myApp());
    Connection connection(m_server.target());
    const auto rounded = [&] { return (raw(connection, {"PTTL", ruleDayKey}).integer + 500) / 1000; };
    for (const char* milliseconds : {"30450", "30950"}) {
        raw(connection, {"SET", ruleDayKey, "1", "PX", milliseconds});
        const qint64 most = rounded();
        TAKE(entries, counters.entries());
        const qint64 least = rounded();
        QCOMPARE(entries.size(), size_t{1});
        QVERIFY(entries[0].ttlSeconds <= most && entries[0].ttlSeconds >= least);
    }
}

void RedisCountersTest::storedIntegersAreUnderstood_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("number");
    // Made by Python 3.11: pickle.dumps(number, protocol).
    QTest::newRow("plain") << QByteArray("12") << qint64{12};
    QTest::newRow("plain negative") << QByteArray("-7") << qint64{-7};
    QTest::newRow("blanks, sign, zeros, underscore") << QByteArray(" +01_2\n") << qint64{12};
    QTest::newRow("minus nothing") << QByteArray("-0") << qint64{0};
    QTest::newRow("protocol 0") << QByteArray("I300\n.") << qint64{300};
    QTest::newRow("protocol 0, long") << QByteArray("L2147483648L\n.") << qint64{2147483648};
    QTest::newRow("protocol 1, one byte") << QByteArray("K\x01.", 3) << qint64{1};
    QTest::newRow("protocol 1, four bytes") << QByteArray("J\xff\xff\xff\xff.", 6) << qint64{-1};
    QTest::newRow("protocol 2, one byte") << QByteArray("\x80\x02K\xff.", 5) << qint64{255};
    QTest::newRow("protocol 2, two bytes") << QByteArray("\x80\x02M,\x01.", 6) << qint64{300};
    QTest::newRow("protocol 2, long") << QByteArray("\x80\x02\x8a\x05\x00\x00\x00\x80\x00.", 10) << qint64{2147483648};
    QTest::newRow("protocol 3, four bytes") << QByteArray("\x80\x03Jp\x11\x01\x00.", 8) << qint64{70000};
    QTest::newRow("protocol 4, one byte") << QByteArray("\x80\x04K\x01.", 5) << qint64{1};
    QTest::newRow("protocol 4, two bytes")
        << QByteArray("\x80\x04\x95\x04\x00\x00\x00\x00\x00\x00\x00M,\x01.", 15) << qint64{300};
    QTest::newRow("protocol 5, four bytes")
        << QByteArray("\x80\x05\x95\x06\x00\x00\x00\x00\x00\x00\x00J\xff\xff\xff\xff.", 17) << qint64{-1};
    QTest::newRow("protocol 5, long")
        << QByteArray("\x80\x05\x95\x09\x00\x00\x00\x00\x00\x00\x00\x8a\x06\x00\x00\x00\x00\x00\x01.", 20)
        << qint64{1099511627776};
}

void RedisCountersTest::storedIntegersAreUnderstood() {
    QFETCH(QByteArray, bytes);
    QFETCH(qint64, number);
    QCOMPARE(store::storedInteger(bytes), std::optional(number));
    RedisCounters counters(m_server.target(), myApp());
    Connection connection(m_server.target());
    raw(connection, {"SET", ruleDayKey, bytes, "EX", "1000"});
    raw(connection, {"SET", globalDayKey, bytes});
    TAKE(facts, counters.read(queryOf()));
    QCOMPARE(facts.ruleDaySum, number);
    QCOMPARE(facts.globalDaySum, number);
    QCOMPARE(raw(connection, {"GET", ruleDayKey}).text, bytes);

    SUCCEEDS(counters.confirm(confirmOf(1)));
    QCOMPARE(raw(connection, {"GET", ruleDayKey}).text, QByteArray::number(number + 2));
    QCOMPARE(raw(connection, {"GET", globalDayKey}).text, QByteArray::number(number + 1));
    QVERIFY(raw(connection, {"TTL", ruleDayKey}).integer <= 1000);

    raw(connection, {"SET", ruleDayKey, bytes});
    CounterRaise raise;
    raise.deviceId = base::DeviceId{3};
    raise.date = march;
    raise.ruleSums = {{QStringLiteral("chat"), std::max<qint64>(number, 0) + 5}};
    SUCCEEDS(counters.raiseTo(raise));
    QCOMPARE(raw(connection, {"GET", ruleDayKey}).text, QByteArray::number(raise.ruleSums[0].sum));
}

void RedisCountersTest::garbageIsNamedAndKept_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("shown");
    QTest::newRow("empty") << QByteArray("") << QStringLiteral("\"\"");
    QTest::newRow("true") << QByteArray("true") << QStringLiteral("\"true\"");
    QTest::newRow("fraction") << QByteArray("12.5") << QStringLiteral("\"12.5\"");
    QTest::newRow("sign alone") << QByteArray("-") << QStringLiteral("\"-\"");
    QTest::newRow("two signs") << QByteArray("+-5") << QStringLiteral("\"+-5\"");
    QTest::newRow("two underscores") << QByteArray("1__0") << QStringLiteral("\"1__0\"");
    QTest::newRow("Arabic three") << QByteArray("\xd9\xa3") << QStringLiteral("\"\\xd9\\xa3\"");
    QTest::newRow("beyond any sum") << QByteArray("9223372036854775807") << QStringLiteral("\"9223372036854775807\"");
    QTest::newRow("one beyond any sum") << QByteArray("1000000000000000") << QStringLiteral("\"1000000000000000\"");
    QTest::newRow("beyond 64 bits") << QByteArray("99999999999999999999") << QStringLiteral("\"99999999999999999999\"");
    QTest::newRow("pickled True") << QByteArray("\x80\x04\x88.", 4) << QStringLiteral("\"\\x80\\x04\\x88.\"");
    QTest::newRow("True of protocol 0") << QByteArray("I01\n.") << QStringLiteral("\"I01\\x0a.\"");
    QTest::newRow("pickled 12.5") << QByteArray("\x80\x02G@)\x00\x00\x00\x00\x00\x00.", 12)
                                  << QStringLiteral("\"\\x80\\x02G@)\\x00\\x00\\x00\\x00\\x00\\x00.\"");
    QTest::newRow("pickle cut short") << QByteArray("\x80\x02M,", 4) << QStringLiteral("\"\\x80\\x02M,\"");
    QTest::newRow("wrong frame") << QByteArray("\x80\x04\x95\x09\x00\x00\x00\x00\x00\x00\x00M,\x01.", 15)
                                 << QStringLiteral("\\x95\\x09");
    QTest::newRow("unknown protocol") << QByteArray("\x80\x06K\x01.", 5) << QStringLiteral("\"\\x80\\x06K\\x01.\"");
    QTest::newRow("long text") << QByteArray(100, 'x') << QString(32, QLatin1Char('x')) + QStringLiteral("…");
}

void RedisCountersTest::garbageIsNamedAndKept() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, shown);
    QCOMPARE(store::storedInteger(bytes), std::nullopt);
    RedisCounters counters(m_server.target(), myApp());
    Connection connection(m_server.target());
    raw(connection, {"SET", globalDayKey, bytes});
    CounterRaise raise;
    raise.deviceId = base::DeviceId{3};
    raise.date = march;
    raise.ruleSums = {{QStringLiteral("chat"), 9}};
    raise.globalDaySum = 9;
    const std::vector<base::Error> errors{counters.read(queryOf()).error(), counters.confirm(confirmOf(1)).error(),
                                          counters.raiseTo(raise).error()};
    for (const base::Error& error : errors) {
        QCOMPARE(error.kind, ErrorKind::Damaged);
        QVERIFY2(error.what.contains(QString::fromUtf8(globalDayKey)), qPrintable(error.what));
        QVERIFY2(error.what.contains(shown), qPrintable(error.what));
    }
    const auto stored = everything(connection);
    QCOMPARE(stored.size(), size_t{1}); // nothing of the confirm was done, its marker neither
    QCOMPARE(stored.at(globalDayKey).value, bytes);

    raw(connection, {"DEL", globalDayKey});
    SUCCEEDS(counters.confirm(confirmOf(1)));
    QCOMPARE(raw(connection, {"GET", globalDayKey}).text, QByteArray("1"));
}

void RedisCountersTest::keyOfAnotherTypeIsNamedAndKept() {
    RedisCounters counters(m_server.target(), myApp());
    Connection connection(m_server.target());
    raw(connection, {"RPUSH", ruleDayKey, "1"});
    for (const base::Error& error : {counters.read(queryOf()).error(), counters.confirm(confirmOf(1)).error()}) {
        QCOMPARE(error.kind, ErrorKind::Damaged);
        QVERIFY2(error.what.contains(QString::fromUtf8(ruleDayKey)), qPrintable(error.what));
    }
    QCOMPARE(raw(connection, {"DBSIZE"}).integer, 1);
    QCOMPARE(raw(connection, {"LLEN", ruleDayKey}).integer, 1);
}

void RedisCountersTest::cooldownAndEventCountWhateverTheirValue() {
    RedisCounters counters(m_server.target(), myApp());
    Connection connection(m_server.target());
    raw(connection, {"SET", "myapp:2:affinity:cd:3:chat", QByteArray("\x80\x04\x88.", 4)});
    raw(connection, {"RPUSH", "myapp:2:affinity:event:ev-1", "x"});
    TAKE(facts, counters.read(queryOf()));
    QVERIFY(facts.isEventSeen && facts.isCooldownRunning);
    QCOMPARE(facts.cooldownLeftUs, 0); // without an end
}

void RedisCountersTest::sumWithoutEndGetsOneWhenAddedTo() {
    RedisCounters counters(m_server.target(), myApp());
    Connection connection(m_server.target());
    raw(connection, {"SET", ruleDayKey, "5"});
    SUCCEEDS(counters.confirm(confirmOf(1)));
    QCOMPARE(raw(connection, {"GET", ruleDayKey}).text, QByteArray("7"));
    const qint64 left = raw(connection, {"TTL", ruleDayKey}).integer;
    QVERIFY(left > 172'700 && left <= 172'800);
}

void RedisCountersTest::eightConnectionsCountExactly() {
    Connection connection(m_server.target());
    RedisCounters first(m_server.target(), myApp());
    SUCCEEDS(first.confirm(confirmOf(1)));
    raw(connection, {"PEXPIRE", ruleDayKey, "90000000"});
    std::vector<std::unique_ptr<LaneCounters>> lanes;
    for (int i = 0; i < 8; ++i)
        lanes.push_back(std::make_unique<LaneCounters>(m_server.target()));
    std::vector<QFuture<base::Result<int>>> futures;
    for (qint64 i = 0; i < 8; ++i) {
        futures.push_back(lanes[static_cast<size_t>(i)]->confirmAll(1, 100)); // all of them the same rows
        futures.push_back(lanes[static_cast<size_t>(i)]->confirmAll(1000 + i * 100, 1099 + i * 100));
    }
    for (auto& future : futures)
        QCOMPARE(must(future.result()), 0);
    const qint64 rows = 100 + 800;
    QCOMPARE(raw(connection, {"GET", ruleDayKey}).text, QByteArray::number(2 * rows));
    QCOMPARE(raw(connection, {"GET", globalDayKey}).text, QByteArray::number(rows));
    QVERIFY(raw(connection, {"PTTL", ruleDayKey}).integer <= 90'000'000);
}

void RedisCountersTest::confirmAfterALostReplyCountsOnce() {
    Connection connection(m_server.target());
    base::Result<void> lost;
    for (const int callMs : growingMs) {
        RedisCounters counters(m_server.target(), myApp(callMs));
        if (!counters.confirm(confirmOf(1)))
            continue;
        m_server.pause();
        lost = counters.confirm(confirmOf(2));
        m_server.resume();
        if (!lost && lost.error().kind == ErrorKind::CommitUnknown)
            break; // it was sent
    }
    FAILS_WITH(CommitUnknown, lost);
    // The server has read the request by the time it serves a later connection's: the bytes were there before.
    QTRY_COMPARE(raw(connection, {"EXISTS", "myapp:2:affinity:console:confirmed:2"}).integer, 1);
    RedisCounters again(m_server.target(), myApp());
    SUCCEEDS(again.confirm(confirmOf(2)));
    QCOMPARE(raw(connection, {"GET", ruleDayKey}).text, QByteArray("4"));
    QCOMPARE(raw(connection, {"GET", globalDayKey}).text, QByteArray("2"));
}

void RedisCountersTest::forgottenScriptIsSentAgain() {
    RedisCounters counters(m_server.target(), myApp());
    SUCCEEDS(counters.confirm(confirmOf(1)));
    Connection connection(m_server.target());
    raw(connection, {"SCRIPT", "FLUSH"});
    SUCCEEDS(counters.confirm(confirmOf(2)));
    QCOMPARE(raw(connection, {"GET", ruleDayKey}).text, QByteArray("4"));
}

void RedisCountersTest::flushedCountersAreRebuilt() {
    RedisCounters counters(m_server.target(), myApp());
    Connection connection(m_server.target());
    TAKE(first, counters.beginRebuild());
    TAKE(isFirstWhole, counters.endRebuild(first));
    QVERIFY(isFirstWhole);
    SUCCEEDS(counters.confirm(confirmOf(1)));
    TAKE(whole, counters.read(queryOf()));
    QCOMPARE(whole.trust, CounterTrust::Whole);
    QCOMPARE(raw(connection, {"TTL", epochKey}).integer, -1);

    raw(connection, {"FLUSHALL"});
    TAKE(lost, counters.read(queryOf()));
    QVERIFY(lost == (CounterFacts{.trust = CounterTrust::Lost}));
    SUCCEEDS(counters.confirm(confirmOf(2))); // events go on meanwhile
    TAKE(still, counters.read(queryOf()));
    QCOMPARE(still.trust, CounterTrust::Lost);

    CounterRaise raise;
    raise.deviceId = base::DeviceId{3};
    raise.date = march;
    raise.ruleSums = {{QStringLiteral("chat"), 4}};
    raise.globalDaySum = 2;
    raise.events = {{QStringLiteral("ev-1"), 60 * secondUs}};
    raise.logIds = {base::LogId{1}, base::LogId{2}};
    TAKE(rebuild, counters.beginRebuild());
    SUCCEEDS(counters.raiseTo(raise));
    TAKE(isWhole, counters.endRebuild(rebuild));
    QVERIFY(isWhole);
    TAKE(isWholeAgain, counters.endRebuild(rebuild)); // a repeat after a lost reply
    QVERIFY(isWholeAgain);
    TAKE(healthy, counters.read(queryOf()));
    QCOMPARE(healthy.trust, CounterTrust::Whole);
    QCOMPARE(healthy.ruleDaySum, 4);
    QCOMPARE(healthy.globalDaySum, 2);
    TAKE(server, counters.checkServer(systemNowUs));
    QVERIFY(!server.needsRebuild);
}

void RedisCountersTest::lossDuringARebuildIsNoticed() {
    RedisCounters counters(m_server.target(), myApp());
    Connection connection(m_server.target());
    TAKE(rebuild, counters.beginRebuild());
    raw(connection, {"FLUSHALL"});
    TAKE(isWhole, counters.endRebuild(rebuild));
    QVERIFY(!isWhole);
    QCOMPARE(raw(connection, {"EXISTS", epochKey}).integer, 0);
}

void RedisCountersTest::killedServerIsAnErrorInTime() {
    RedisServer server;
    QVERIFY(server.start());
    RedisCounters counters(server.target(), myApp());
    SUCCEEDS(counters.confirm(confirmOf(1)));
    server.killNow();
    QElapsedTimer timer;
    timer.start();
    FAILS_WITH(CannotConnect, counters.read(queryOf()));
    FAILS_WITH(CannotConnect, counters.confirm(confirmOf(2)));
    FAILS_WITH(CannotConnect, counters.entries());
    FAILS_WITH(CannotConnect, counters.beginRebuild());
    FAILS_WITH(CannotConnect, counters.checkServer(systemNowUs));
    QVERIFY2(timer.elapsed() < farMs / 2, "none of them waits for its limit");

    QVERIFY(server.start());
    TAKE(checked, counters.checkServer(systemNowUs)); // waits for no back-off
    QVERIFY(checked.needsRebuild);
    TAKE(facts, counters.read(queryOf()));
    QVERIFY(facts == (CounterFacts{.trust = CounterTrust::Lost}));
}

void RedisCountersTest::silentServerIsAnErrorInTime() {
    bool isTried = false;
    for (size_t i = 0; i < growingMs.size() && !isTried; ++i) {
        const int callMs = growingMs[i];
        RedisCounters counters(m_server.target(), myApp(callMs));
        isTried = counters.confirm(confirmOf(1)).isOk();
        if (!isTried)
            continue;
        m_server.pause();
        QElapsedTimer timer;
        timer.start();
        const auto facts = counters.read(queryOf());
        const qint64 elapsedMs = timer.elapsed();
        m_server.resume();
        FAILS_WITH(CannotConnect, facts);
        QCOMPARE(counters.lastCause(), redis::Cause::TimedOut);
        QVERIFY2(elapsedMs >= callMs && elapsedMs < callMs + 10'000, qPrintable(QString::number(elapsedMs)));
    }
    QVERIFY(isTried);
}

void RedisCountersTest::cancelledCallEnds() {
    std::atomic<bool> isCancelled = true;
    RedisCountersOptions options = myApp();
    options.cancelled = &isCancelled;
    RedisCounters counters(m_server.target(), options);
    FAILS_WITH(Cancelled, counters.read(queryOf()));
    isCancelled = false;
    TAKE(facts, counters.read(queryOf()));
    QCOMPARE(facts.trust, CounterTrust::Lost);
}

void RedisCountersTest::fullServerCountsNothing() {
    RedisCounters counters(m_server.target(), myApp());
    SUCCEEDS(counters.confirm(confirmOf(1)));
    Connection connection(m_server.target());
    raw(connection, {"CONFIG", "SET", "maxmemory", "1"});
    const auto refused = counters.confirm(confirmOf(2));
    raw(connection, {"CONFIG", "SET", "maxmemory", "0"});
    FAILS_WITH(StorageFull, refused);
    QCOMPARE(raw(connection, {"GET", ruleDayKey}).text, QByteArray("2"));
    QCOMPARE(raw(connection, {"EXISTS", "myapp:2:affinity:console:confirmed:2"}).integer, 0);
    SUCCEEDS(counters.confirm(confirmOf(2)));
    QCOMPARE(raw(connection, {"GET", ruleDayKey}).text, QByteArray("4"));
}

} // namespace affinity::test
