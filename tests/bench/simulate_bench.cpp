// The plain kernel on bench8: nanoseconds of CPU time an event.
#include "engine/sim/run.h"
#include "engine/sim/scenariojson.h"

#include <QFile>

#include <benchmark/benchmark.h>

using namespace affinity;

namespace {

void plainKernel(benchmark::State& state) {
    QFile file(QStringLiteral(AFFINITY_SCENARIOS "/bench8.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("bench8.json is missing");
    auto scenario = sim::scenarioFromText(file.readAll(), QStringLiteral("bench8.json"));
    scenario->devices = 5000;
    double cpuS = 0;
    qint64 events = 0;
    for (auto _ : state) {
        const auto result = sim::run(*scenario, {.threads = 1});
        cpuS += result->cpuS;
        events += sim::eventCount(*result);
    }
    state.counters["cpu_ns_per_event"] = 1e9 * cpuS / static_cast<double>(events);
}
BENCHMARK(plainKernel)->Unit(benchmark::kMillisecond)->Iterations(5);

} // namespace
