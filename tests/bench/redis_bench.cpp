// The early read of apply: two GETs in one pipeline on one connection, beside redis-benchmark doing the same.
#include "engine/redis/connection.h"
#include "tests/support/redisserver.h"

#include <QElapsedTimer>
#include <QRegularExpression>

#include <benchmark/benchmark.h>

using namespace affinity;

namespace {

/// Round trips a second of `redis-benchmark -c 1 -P 2 GET`: it counts commands, two of which are a round trip. 0: none.
double benchmarkRoundTrips(const redis::Target& target) {
    QProcess process;
    process.start(QStringLiteral("redis-benchmark"),
                  {QStringLiteral("-p"), QString::number(target.port), QStringLiteral("-c"), QStringLiteral("1"),
                   QStringLiteral("-P"), QStringLiteral("2"), QStringLiteral("-n"), QStringLiteral("60000"),
                   QStringLiteral("--csv"), QStringLiteral("GET"), QStringLiteral(":1:affinity:event:e")});
    if (!process.waitForFinished(60'000))
        return 0;
    const QString output = QString::fromUtf8(process.readAllStandardOutput());
    const auto match =
        QRegularExpression(QStringLiteral("^\"GET[^\"]*\",\"([0-9.]+)\""), QRegularExpression::MultilineOption)
            .match(output);
    return match.captured(1).toDouble() / 2;
}

/// counters: round_trips_per_s; of_redis_benchmark is the ratio to redis-benchmark in the same run (QUALITY: ≥ 0.6).
void redisPipelinedPair(benchmark::State& state) {
    test::RedisServer server;
    if (!server.start())
        return state.SkipWithError("redis-server did not start");
    redis::Connection connection(server.target());
    const std::vector<redis::Command> pair{{"GET", ":1:affinity:event:e"}, {"GET", ":1:affinity:cd:3:gift"}};
    QElapsedTimer timer;
    timer.start();
    for (auto unused : state) {
        (void)unused;
        if (!connection.pipeline(pair, redis::Effect::None, redis::within(1000)))
            return state.SkipWithError("a call failed");
    }
    const double ours = static_cast<double>(state.iterations()) * 1e9 / static_cast<double>(timer.nsecsElapsed());
    const double theirs = benchmarkRoundTrips(server.target());
    state.counters["round_trips_per_s"] = ours;
    state.counters["redis_benchmark_per_s"] = theirs;
    state.counters["of_redis_benchmark"] = theirs > 0 ? ours / theirs : 0;
}
BENCHMARK(redisPipelinedPair)->UseRealTime()->Iterations(30'000)->Repetitions(5);

} // namespace
