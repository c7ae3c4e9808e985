// apply on PostgreSQL with its counters in Redis: one caller and eight beside pgbench doing the same statements, and
// refused by the counters beside redis-benchmark doing the same reads.
#include "engine/redis/connection.h"
#include "engine/service/affinityservice.h"
#include "engine/service/random.h"
#include "engine/store/open.h"
#include "engine/store/rediscounters.h"
#include "tests/support/postgresserver.h"
#include "tests/support/redisserver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>

#include <benchmark/benchmark.h>

#include <atomic>
#include <thread>

#include <sys/resource.h>

using namespace affinity;

namespace {

constexpr int firstDevice = 100'001; // pgbench-setup.sql
constexpr int benchDevices = 10'000;
constexpr int secondsEach = 4;
constexpr int refusedCalls = 20'000;

double cpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

QByteArray dataFile(const char* name) {
    QFile file(QStringLiteral(AFFINITY_TEST_DATA "/bench/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Production's stores as a service's machine has them: commits reach the disk.
struct Stores {
    test::PostgresServer postgres{test::DatabaseServerOptions{.isDurable = true, .settings = {}}};
    test::RedisServer redis;
    QString url;

    bool start() {
        if (!postgres.start() || !redis.start() || !markCountersWhole())
            return false;
        url = postgres.makeDatabase(QStringLiteral("django"));
        const QString name = test::DatabaseServer::databaseName(url);
        const QByteArray filled = postgres.query(name, QString::fromUtf8(dataFile("pgbench-setup.sql")));
        const QByteArray raised =
            postgres.query(name, QStringLiteral("UPDATE userapp_affinitysetting SET max_affinity = 2000000000, "
                                                "global_daily_cap = 2000000000"));
        return !filled.startsWith("ERROR") && !raised.startsWith("ERROR");
    }

    /// As after a rebuild: else each event of a device would raise its counters to the log first.
    bool markCountersWhole() const {
        redis::Connection connection(redis.target());
        const QByteArray epoch = store::CounterKeys().epoch().toUtf8();
        return connection.command({"SET", epoch, "set"}, redis::Effect::Once, redis::within(1000)).isOk();
    }

    /// Transactions a second of pgbench with so many clients; 0 when it failed.
    double pgbench(int clients) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PGPASSWORD"), postgres.password());
        process.setProcessEnvironment(environment);
        process.start(postgres.program(QStringLiteral("pgbench")),
                      {QStringLiteral("-n"), QStringLiteral("-M"), QStringLiteral("prepared"), QStringLiteral("-f"),
                       QStringLiteral(AFFINITY_TEST_DATA "/bench/pgbench-apply.sql"), QStringLiteral("-c"),
                       QString::number(clients), QStringLiteral("-j"), QString::number(std::min(clients, 2)),
                       QStringLiteral("-T"), QString::number(secondsEach), QStringLiteral("-h"),
                       QStringLiteral("127.0.0.1"), QStringLiteral("-p"), QString::number(postgres.port()),
                       QStringLiteral("-U"), QStringLiteral("affinity"), test::DatabaseServer::databaseName(url)});
        if (!process.waitForFinished(60'000))
            return 0;
        static const QRegularExpression rate(QStringLiteral("tps = ([0-9.]+)"));
        return rate.match(QString::fromUtf8(process.readAllStandardOutput())).captured(1).toDouble();
    }

    /// Round trips a second of redis-benchmark, each of `commands` reads of one counter; 0 when it failed.
    double redisBenchmark(int commands) const {
        QProcess process;
        process.start(QStringLiteral("redis-benchmark"),
                      {QStringLiteral("-p"), QString::number(redis.port()), QStringLiteral("-c"), QStringLiteral("1"),
                       QStringLiteral("-P"), QString::number(commands), QStringLiteral("-n"),
                       QString::number(commands * refusedCalls), QStringLiteral("--csv"), QStringLiteral("GET"),
                       store::CounterKeys().globalDay({firstDevice}, QDate(2026, 3, 1))});
        if (!process.waitForFinished(60'000))
            return 0;
        static const QRegularExpression rate(QStringLiteral("^\"GET[^\"]*\",\"([0-9.]+)\""),
                                             QRegularExpression::MultilineOption);
        return rate.match(QString::fromUtf8(process.readAllStandardOutput())).captured(1).toDouble() / commands;
    }
};

/// Applies events until the time is over; how many were applied, -1 after another outcome.
qint64 applyUntil(const Stores& stores, const redis::Target& redis, const QByteArray& password, int caller,
                  const std::atomic<bool>& isOver) {
    const base::SystemClock clock;
    auto store = store::open(stores.url, {.password = password}, clock);
    if (!store)
        qFatal("%s", qPrintable(store.error().what));
    store::RedisCounters counters(redis);
    service::SystemDraw draw;
    service::AffinityService service(**store, counters, draw);
    service::ApplyRequest request;
    request.ruleKey = QStringLiteral("bench_up");
    request.source = QStringLiteral("device_event");
    qint64 calls = 0;
    quint64 state = static_cast<quint64>(caller) * 7919 + 1;
    for (; !isOver; ++calls) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        request.deviceId = {firstDevice + static_cast<qint64>((state >> 33) % benchDevices)};
        request.userId = {request.deviceId.value};
        request.eventId = QStringLiteral("bench-%1-%2-%3").arg(caller).arg(state).arg(calls);
        const service::ApplyResult result = service.apply(request);
        if (result.outcome != rules::Outcome::Applied)
            qFatal("an event was not applied: %s", result.error ? qPrintable(result.error->what) : "refused");
    }
    return calls;
}

/// counters: per_second, pgbench_per_second, of_pgbench (QUALITY: at least 0.6), client_cpu_ms of a call (at most 0.4).
void applyOnServers(benchmark::State& state) {
    Stores stores;
    if (!stores.start())
        return state.SkipWithError("the servers did not start");
    const int callers = static_cast<int>(state.range(0));
    const redis::Target redis = stores.redis.target();
    const QByteArray password = stores.postgres.password().toUtf8();
    for (auto unused : state) {
        (void)unused;
        const double theirs = stores.pgbench(callers);
        std::atomic<bool> isOver = false;
        std::atomic<qint64> calls = 0;
        const double cpuBefore = cpuSeconds();
        QElapsedTimer timer;
        timer.start();
        std::vector<std::thread> threads;
        for (int caller = 0; caller < callers; ++caller)
            threads.emplace_back([&, caller] { calls += applyUntil(stores, redis, password, caller, isOver); });
        std::this_thread::sleep_for(std::chrono::seconds(secondsEach));
        isOver = true;
        for (std::thread& thread : threads)
            thread.join();
        const double ours = static_cast<double>(calls) * 1e9 / static_cast<double>(timer.nsecsElapsed());
        state.counters["per_second"] = ours;
        state.counters["pgbench_per_second"] = theirs;
        state.counters["of_pgbench"] = theirs > 0 ? ours / theirs : 0;
        state.counters["client_cpu_ms"] = (cpuSeconds() - cpuBefore) * 1000 / static_cast<double>(calls);
    }
}
BENCHMARK(applyOnServers)->Arg(1)->Arg(8)->UseRealTime()->Iterations(1)->Repetitions(5);

/// Arg: the outcome. counters: per_second, redis_benchmark_per_second of the same number of reads in one round trip,
/// of_redis_benchmark (QUALITY: at least 0.6), client_cpu_ms of a call. A cooldown's rule is read anew once a second.
void refusedByCounters(benchmark::State& state, rules::Outcome wanted) {
    Stores stores;
    if (!stores.start())
        return state.SkipWithError("the servers did not start");
    const QString name = test::DatabaseServer::databaseName(stores.url);
    const bool isCooldown = wanted == rules::Outcome::Cooldown;
    const QString cooldown = QStringLiteral("UPDATE userapp_affinityrule SET cooldown_seconds = 3600");
    if (isCooldown && stores.postgres.query(name, cooldown).startsWith("ERROR"))
        return state.SkipWithError("the rule has no cooldown");
    const base::SystemClock clock;
    auto store = store::open(stores.url, {.password = stores.postgres.password().toUtf8()}, clock);
    if (!store)
        return state.SkipWithError("the store did not open");
    store::RedisCounters counters(stores.redis.target());
    service::SystemDraw draw;
    service::AffinityService service(**store, counters, draw);
    service::ApplyRequest request;
    request.userId = {firstDevice};
    request.deviceId = {firstDevice};
    request.ruleKey = QStringLiteral("bench_up");
    request.source = QStringLiteral("device_event");
    request.eventId = QStringLiteral("the first");
    if (service.apply(request).outcome != rules::Outcome::Applied)
        return state.SkipWithError("the first event was not applied");
    if (isCooldown)
        request.eventId = QStringLiteral("the second");
    QElapsedTimer timer;
    timer.start();
    const double cpuBefore = cpuSeconds();
    for (auto unused : state) {
        (void)unused;
        if (service.apply(request).outcome != wanted)
            return state.SkipWithError("an event was not refused as it should be");
    }
    const double ours = static_cast<double>(state.iterations()) * 1e9 / static_cast<double>(timer.nsecsElapsed());
    state.counters["client_cpu_ms"] = (cpuSeconds() - cpuBefore) * 1000 / static_cast<double>(state.iterations());
    const int reads = 5; // epoch, cooldown, two sums, event: RedisCounters::read()
    const double theirs = stores.redisBenchmark(reads);
    state.counters["per_second"] = ours;
    state.counters["redis_benchmark_per_second"] = theirs;
    state.counters["of_redis_benchmark"] = theirs > 0 ? ours / theirs : 0;
}
BENCHMARK_CAPTURE(refusedByCounters, duplicate, rules::Outcome::EventDuplicate)
    ->UseRealTime()
    ->Iterations(refusedCalls)
    ->Repetitions(5);
BENCHMARK_CAPTURE(refusedByCounters, cooldown, rules::Outcome::Cooldown)
    ->UseRealTime()
    ->Iterations(refusedCalls)
    ->Repetitions(5);

} // namespace
