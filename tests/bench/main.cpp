// Runs the benchmarks and prints one JSON line a figure.
#include "engine/base/json.h"

#include <QCoreApplication>

#include <benchmark/benchmark.h>

#include <cstdio>

namespace {

/// One line a run: name, nanoseconds of CPU and wall time, and the benchmark's own counters.
class LineReporter final : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            affinity::base::Json line{{"name", run.benchmark_name()}, {"iterations", run.iterations}};
            if (run.error_occurred)
                line["error"] = run.error_message;
            line["cpu_ns"] = run.GetAdjustedCPUTime();
            line["wall_ns"] = run.GetAdjustedRealTime();
            for (const auto& [name, counter] : run.counters)
                line[name] = counter.value;
            std::printf("%s\n", affinity::base::pythonJson(line).constData());
        }
    }
};

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    LineReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    return 0;
}
