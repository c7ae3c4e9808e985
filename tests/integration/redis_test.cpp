#include "tests/integration/redis_test.h"

#include "engine/engine.h"
#include "tests/integration/console.h"
#include "tests/integration/djangofile.h"
#include "tests/integration/redisanswers.h"

#include <QTest>

namespace affinity::test {

namespace {

constexpr int waitMs = 60'000;

QStringList splitWords(const QString& line) {
    return line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

/// A Django file, and calls of the program on it.
class DjangoCopy {
public:
    DjangoCopy() : m_file(makeDjangoFile(m_folder.path(), QStringLiteral("django.sqlite"))) {}
    QString url() const { return QStringLiteral("sqlite:") + m_file; }
    QString rowCount() const { return queryFile(m_file, QStringLiteral("SELECT count(*) FROM userapp_affinitylog")); }
    ConsoleRun run(const QString& line, const QStringList& environment = {}) const {
        return runConsole(QStringList{QStringLiteral("--store"), url()} + splitWords(line), environment);
    }
    ConsoleRun apply(const QString& options, const QStringList& environment = {}) const {
        return run(options +
                       QStringLiteral(" apply --user 2 --device 3 --rule gift --source device_event --event-id e1"),
                   environment);
    }

private:
    QTemporaryDir m_folder;
    QString m_file;
};

template<typename T> base::Result<T> finished(QFuture<base::Result<T>> future) {
    const bool isDone = QTest::qWaitFor([&] { return future.isFinished(); }, waitMs);
    return isDone ? future.result() : base::Error{base::ErrorKind::Internal, QStringLiteral("no answer in a minute")};
}

} // namespace

void RedisTest::initTestCase() {
    QVERIFY2(m_server.start(), m_server.output().constData());
}

void RedisTest::init() {
    if (!m_server.isRunning())
        QVERIFY(m_server.start());
    command(m_server, {"FLUSHALL"});
}

QString RedisTest::url() const {
    return QStringLiteral("redis://127.0.0.1:%1/0").arg(m_server.port());
}

void RedisTest::applyLeavesProductionsKeys() {
    const DjangoCopy django;
    const ConsoleRun run = django.apply(QStringLiteral("--redis ") + url());
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const QByteArray change = QByteArray::number(run.json().at("change_value").get<int>());
    const QByteArray day = ":1:affinity:daily:3:gift:" + today();
    QCOMPARE(command(m_server, {"GET", day}).text, change);
    QCOMPARE(command(m_server, {"GET", ":1:affinity:daily:3:_global:" + today()}).text, change);
    QCOMPARE(command(m_server, {"GET", ":1:affinity:event:e1"}).text, QByteArray("1"));
    QVERIFY(command(m_server, {"TTL", day}).integer > 172'700);
    QVERIFY(command(m_server, {"TTL", ":1:affinity:event:e1"}).integer > 30);
    const ConsoleRun again = django.apply(QStringLiteral("--redis ") + url());
    QCOMPARE(again.json().at("outcome").get<std::string>(), std::string("noop_event_duplicate"));
    // An event that only a Django service has seen.
    command(m_server, {"SET", ":1:affinity:event:e1", "1", "EX", "60"});
    const DjangoCopy other;
    QCOMPARE(other.apply(QStringLiteral("--redis ") + url()).exitCode, 1);
    QCOMPARE(other.rowCount(), QStringLiteral("0"));
}

void RedisTest::prefixAndVersionNameTheKeys() {
    const DjangoCopy django;
    const ConsoleRun run = django.apply(QStringLiteral("--redis %1 --redis-prefix myapp --redis-version 2").arg(url()));
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(command(m_server, {"GET", "myapp:2:affinity:event:e1"}).text, QByteArray("1"));
    QCOMPARE(command(m_server, {"KEYS", ":1:*"}).items.size(), size_t{0});
}

void RedisTest::deadServerRefusesUnlessNobodyElseWrites() {
    m_server.killNow();
    const DjangoCopy django;
    const ConsoleRun refused = django.apply(QStringLiteral("--redis ") + url());
    QCOMPARE(refused.exitCode, 3);
    QCOMPARE(refused.json().at("outcome").get<std::string>(), std::string("error"));
    QVERIFY(refused.json().at("error").get<std::string>().find("nothing was written") != std::string::npos);
    QCOMPARE(django.run(QStringLiteral("--redis %1 decay").arg(url())).exitCode, 3);
    QCOMPARE(django.rowCount(), QStringLiteral("0"));
    const ConsoleRun alone = django.apply(QStringLiteral("--no-other-writer --redis ") + url());
    QVERIFY2(alone.exitCode == 0, alone.errors.constData());
    QCOMPARE(django.rowCount(), QStringLiteral("1"));
    QVERIFY2(alone.errors.contains("Redis was never told of them: 1."), alone.errors.constData());
    // An adjustment needs no counters.
    const ConsoleRun adjusted = django.run(
        QStringLiteral(
            "--redis %1 adjust --user 1 --device 1 --delta 5 --reason-code test --reason x --operator operator")
            .arg(url()),
        {QStringLiteral("AFFINITY_OPERATOR_PASSWORD=oracle-operator-pw")});
    QVERIFY2(adjusted.exitCode == 0, adjusted.errors.constData());
}

void RedisTest::passwordIsNeverShown() {
    const QByteArray canary("canary-3b9d-secret");
    RedisServer guarded({.lines = {QStringLiteral("requirepass ") + QString::fromLatin1(canary)}});
    QVERIFY(guarded.start());
    const QString bare = QStringLiteral("redis://127.0.0.1:%1/0").arg(guarded.port());
    const QString withPassword =
        QStringLiteral("redis://:%1@127.0.0.1:%2/0").arg(QString::fromLatin1(canary)).arg(guarded.port());
    const QString inEnvironment = QStringLiteral("AFFINITY_REDIS_PASSWORD=") + QString::fromLatin1(canary);
    const DjangoCopy one;
    const ConsoleRun byEnvironment = one.apply(QStringLiteral("--redis ") + bare, {inEnvironment});
    QVERIFY2(byEnvironment.exitCode == 0, byEnvironment.errors.constData());
    QVERIFY(!byEnvironment.errors.contains("AFFINITY_REDIS_PASSWORD"));
    const DjangoCopy two;
    command(guarded, {"FLUSHALL"}, canary);
    const ConsoleRun byUrl = two.apply(QStringLiteral("--redis ") + withPassword);
    QVERIFY2(byUrl.exitCode == 0, byUrl.errors.constData());
    QVERIFY(byUrl.errors.contains("AFFINITY_REDIS_PASSWORD"));
    const DjangoCopy three;
    const ConsoleRun wrong =
        three.apply(QStringLiteral("--redis ") + bare, {QStringLiteral("AFFINITY_REDIS_PASSWORD=canary-3b9d-wrong")});
    QVERIFY(wrong.exitCode != 0);
    const ConsoleRun badUrl =
        three.apply(QStringLiteral("--redis redis://:%1@127.0.0.1:port/0").arg(QString::fromLatin1(canary)));
    QCOMPARE(badUrl.exitCode, 2);
    for (const ConsoleRun& run : {byEnvironment, byUrl, wrong, badUrl})
        QVERIFY2(!run.errors.contains("canary") && !run.output.contains("canary"), run.errors.constData());
}

void RedisTest::lostCountersArePreviewedThenRepaired() {
    const DjangoCopy django;
    const QString redis = QStringLiteral("--redis %1 ").arg(url());
    const ConsoleRun first = django.apply(redis);
    QVERIFY2(first.errors.contains("lost its counters, or was never used"), first.errors.constData());
    QCOMPARE(django.run(redis + QStringLiteral("reconcile --device 3")).exitCode, 0);
    command(m_server, {"FLUSHALL"});
    const ConsoleRun found = django.run(redis + QStringLiteral("reconcile --device 3"));
    QCOMPARE(found.exitCode, 1);
    QCOMPARE(found.json().at("findings")[0].at("kind").get<std::string>(), std::string("redis_missing"));
    const ConsoleRun preview = django.run(redis + QStringLiteral("reconcile --repair-counters"));
    QCOMPARE(preview.exitCode, 1);
    QVERIFY(preview.json().at("changes").size() >= 2);
    QCOMPARE(command(m_server, {"DBSIZE"}).integer, qint64{0});
    QCOMPARE(django.run(QStringLiteral("--read-only ") + redis + QStringLiteral("reconcile --repair-counters --commit"))
                 .exitCode,
             1);
    const ConsoleRun repaired = django.run(redis + QStringLiteral("reconcile --repair-counters --commit"));
    QVERIFY2(repaired.exitCode == 0, repaired.output.constData());
    QVERIFY(repaired.json().at("counters_whole").get<bool>());
    QCOMPARE(django.run(redis + QStringLiteral("reconcile --device 3")).exitCode, 0);
    const ConsoleRun whole = django.apply(redis);
    QVERIFY2(!whole.errors.contains("lost its counters"), whole.errors.constData());
}

void RedisTest::callThatMeansNothingIsUsage_data() {
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("named");
    const auto add = [](const char* call, const char* named) {
        QTest::newRow(call) << QString::fromLatin1(call) << QString::fromLatin1(named);
    };
    add("reconcile --repair-counters", "--redis");
    add("reconcile --commit", "--repair-counters");
    add("--redis %1 reconcile --repair-counters --device 3", "--device");
    add("--redis-prefix x reconcile", "--redis-prefix");
    add("--redis %1 --redis-version x reconcile", "--redis-version");
    add("--redis memory: reconcile", "redis://");
    add("--redis %1 replay --events /dev/null --results /dev/null --virtual-clock", "--virtual-clock");
}

void RedisTest::callThatMeansNothingIsUsage() {
    QFETCH(const QString, call);
    QFETCH(const QString, named);
    const DjangoCopy django;
    const ConsoleRun run = django.run(call.contains(QLatin1String("%1")) ? call.arg(url()) : call);
    QVERIFY2(run.exitCode == 2, (QByteArray::number(run.exitCode) + ": " + run.errors).constData());
    QVERIFY2(run.errors.contains(named.toUtf8()), run.errors.constData());
}

void RedisTest::engineRebuildsLostCounters() {
    const DjangoCopy django;
    const ConsoleRun run = django.apply(QStringLiteral("--redis ") + url());
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const QByteArray day = ":1:affinity:daily:3:gift:" + today();
    const QByteArray counted = command(m_server, {"GET", day}).text;
    command(m_server, {"FLUSHALL"});

    Connection connection;
    connection.url = django.url();
    connection.counterUrl = url();
    Engine engine(connection);
    std::vector<CounterState> states;
    connect(&engine, &Engine::countersChanged, this,
            [&](const CounterStatus& status) { states.push_back(status.state); });
    const auto opened = finished(engine.open());
    QVERIFY2(opened.isOk(), opened ? "" : qPrintable(opened.error().what));
    QCOMPARE(opened->counters.state, CounterState::Lost);
    QVERIFY(opened->counters.server->needsRebuild);
    const auto isWhole = [&] { return !states.empty() && states.back() == CounterState::Whole; };
    QVERIFY(QTest::qWaitFor(isWhole, waitMs));
    QCOMPARE(states, (std::vector<CounterState>{CounterState::Rebuilding, CounterState::Whole}));
    QCOMPARE(command(m_server, {"GET", day}).text, counted);

    states.clear();
    command(m_server, {"FLUSHALL"}); // while the console is open
    QVERIFY(QTest::qWaitFor(isWhole, waitMs));
    QCOMPARE(command(m_server, {"GET", day}).text, counted);

    connection.isReadOnly = true;
    command(m_server, {"FLUSHALL"});
    Engine reader(connection);
    const auto read = finished(reader.open());
    QVERIFY(read.isOk());
    QCOMPARE(read->counters.state, CounterState::Lost);
}

void RedisTest::engineOpensWithoutItsServerAndFindsItLater() {
    m_server.killNow();
    const DjangoCopy django;
    Connection connection;
    connection.url = django.url();
    connection.counterUrl = url();
    Engine engine(connection);
    CounterState state = CounterState::InProcess;
    connect(&engine, &Engine::countersChanged, this, [&](const CounterStatus& status) { state = status.state; });
    const auto opened = finished(engine.open());
    QVERIFY2(opened.isOk(), opened ? "" : qPrintable(opened.error().what));
    QCOMPARE(opened->counters.state, CounterState::Unreachable);
    QVERIFY(opened->counters.error);
    const auto detail = finished(engine.device({3}));
    QVERIFY(detail.isOk());
    QVERIFY(detail->counterFault);
    const auto reconciled = finished(engine.reconcile({3}));
    QVERIFY(reconciled.isOk());
    QVERIFY(reconciled->counterFault);
    QVERIFY(m_server.start());
    QVERIFY(QTest::qWaitFor([&] { return state == CounterState::Whole; }, waitMs));
}

} // namespace affinity::test
