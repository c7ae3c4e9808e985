#include "tests/contract/counterserver_test.h"

#include "tests/contract/rediscountersworld.h"

namespace affinity::test {

using base::ErrorKind;
using redis::Connection;
using store::CounterTrust;
using store::RedisCounters;
using store::ServerFault;
using store::Severity;

namespace {

std::vector<ServerFault> faultsOf(const store::CounterServer& server) {
    std::vector<ServerFault> faults;
    for (const store::ServerFinding& finding : server.findings)
        faults.push_back(finding.fault);
    return faults;
}

} // namespace

void CounterServerTest::initTestCase() {
    QVERIFY(m_server.start());
}

void CounterServerTest::init() {
    Connection connection(m_server.target());
    raw(connection, {"FLUSHALL"});
}

void CounterServerTest::leastRightsAreEnough() {
    RedisServer server(
        {.lines = {QStringLiteral("user counter on >secret ~myapp:2:affinity:* -@all +ping +exists +pttl "
                                  "+get +set +incrby +pexpire +eval +evalsha +scan")}});
    QVERIFY(server.start());
    redis::Target target = server.target();
    target.user = "counter";
    target.password = "secret";
    RedisCounters counters(target, myApp());
    SUCCEEDS(counters.confirm(confirmOf(1)));
    Connection connection(server.target());
    raw(connection, {"SET", globalDayKey, "I3\n."});
    raw(connection, {"PERSIST", ruleDayKey});
    SUCCEEDS(counters.confirm(confirmOf(2)));
    TAKE(rebuild, counters.beginRebuild());
    TAKE(isWhole, counters.endRebuild(rebuild));
    QVERIFY(isWhole);
    TAKE(facts, counters.read(queryOf()));
    QCOMPARE(facts.trust, CounterTrust::Whole);
    QCOMPARE(facts.globalDaySum, 4);
    TAKE(entries, counters.entries());
    QCOMPARE(entries.size(), size_t{4});
    TAKE(checked, counters.checkServer(systemNowUs));
    const std::vector<ServerFault> expected(4, ServerFault::NotShown); // three sections of INFO, and TIME
    QVERIFY(faultsOf(checked) == expected);
    QVERIFY(!checked.needsRebuild);
}

void CounterServerTest::healthyServerHasNoFindings() {
    RedisCounters counters(m_server.target(), myApp());
    TAKE(server, counters.checkServer(systemNowUs));
    QVERIFY2(server.findings.empty(), server.findings.empty() ? "" : qPrintable(server.findings[0].what));
    QVERIFY(!server.version.isEmpty());
    QCOMPARE(server.runId.size(), 40);
    QCOMPARE(server.evictionPolicy, QStringLiteral("noeviction"));
    QCOMPARE(server.maxMemoryBytes, 0);
    QVERIFY(server.needsRebuild); // it was never built
}

void CounterServerTest::evictionPolicyIsNamed_data() {
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<QByteArray>("maxMemory");
    QTest::addColumn<bool>("isNamed");
    QTest::addColumn<bool>("isFault");
    QTest::newRow("no eviction") << QByteArray("noeviction") << QByteArray("100mb") << false << false;
    QTest::newRow("any key, least used") << QByteArray("allkeys-lru") << QByteArray("100mb") << true << true;
    QTest::newRow("any key, random") << QByteArray("allkeys-random") << QByteArray("100mb") << true << true;
    QTest::newRow("keys with an end") << QByteArray("volatile-ttl") << QByteArray("100mb") << true << false;
    QTest::newRow("any key, no limit") << QByteArray("allkeys-lfu") << QByteArray("0") << true << false;
}

void CounterServerTest::evictionPolicyIsNamed() {
    QFETCH(QByteArray, policy);
    QFETCH(QByteArray, maxMemory);
    QFETCH(bool, isNamed);
    QFETCH(bool, isFault);
    Connection connection(m_server.target());
    raw(connection, {"CONFIG", "SET", "maxmemory", maxMemory, "maxmemory-policy", policy});
    RedisCounters counters(m_server.target(), myApp());
    const auto checked = counters.checkServer(systemNowUs);
    raw(connection, {"CONFIG", "SET", "maxmemory", "0", "maxmemory-policy", "noeviction"});
    TAKE(server, checked);
    QCOMPARE(server.evictionPolicy, QString::fromUtf8(policy));
    QCOMPARE(server.findings.size(), isNamed ? size_t{1} : size_t{0});
    if (isNamed) {
        QCOMPARE(server.findings[0].severity, isFault ? Severity::Fault : Severity::Warning);
        QCOMPARE(server.findings[0].fault, isFault ? ServerFault::EvictsCounters : ServerFault::MayEvictCounters);
        QVERIFY(server.findings[0].what.contains(QString::fromUtf8(policy)));
    }
}

void CounterServerTest::clockSkewIsMeasured() {
    RedisCounters counters(m_server.target(), myApp());
    for (const qint64 offsetUs : {-3600 * secondUs, qint64{0}, 3600 * secondUs}) {
        TAKE(server, counters.checkServer([&] { return base::Result<qint64>(systemNowUs().value() + offsetUs); }));
        QVERIFY(std::abs(server.skewUs + offsetUs) <= server.skewErrorUs + secondUs / 100);
        QCOMPARE(faultsOf(server).size(), offsetUs == 0 ? size_t{0} : size_t{1});
        if (offsetUs != 0)
            QCOMPARE(server.findings[0].fault, ServerFault::ClockIsOff);
    }
    FAILS_WITH(Busy, counters.checkServer([] {
        return base::Result<qint64>(base::Error{ErrorKind::Busy, QStringLiteral("the store is busy")});
    }));
}

void CounterServerTest::restartIsNoticedAtConnect() {
    RedisCounters counters(m_server.target(), myApp());
    Connection connection(m_server.target());
    raw(connection, {"SET", epochKey, QByteArray(40, '0')}); // what another process of the server left in its file
    TAKE(restarted, counters.checkServer(systemNowUs));
    QVERIFY(restarted.needsRebuild);
    QVERIFY(faultsOf(restarted) == std::vector{ServerFault::Restarted});
    TAKE(rebuild, counters.beginRebuild());
    TAKE(isWhole, counters.endRebuild(rebuild));
    QVERIFY(isWhole);
    TAKE(rebuilt, counters.checkServer(systemNowUs));
    QVERIFY(!rebuilt.needsRebuild && rebuilt.findings.empty());
}

void CounterServerTest::replicaIsNamed() {
    RedisServer replica;
    QVERIFY(replica.start());
    Connection connection(replica.target());
    raw(connection, {"REPLICAOF", "127.0.0.1", QByteArray::number(m_server.port())});
    RedisCounters counters(replica.target(), myApp());
    TAKE(server, counters.checkServer(systemNowUs));
    QVERIFY(faultsOf(server) == std::vector{ServerFault::IsReplica});
    QCOMPARE(server.findings[0].severity, Severity::Fault);
    QVERIFY(server.findings[0].what.contains(QString::number(m_server.port())));
    FAILS_WITH(ReadOnly, counters.confirm(confirmOf(1)));
}

} // namespace affinity::test
