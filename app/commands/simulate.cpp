// simulate: a population under a scenario.
#include "app/headless.h"
#include "app/output.h"
#include "app/report.h"
#include "engine/sim/run.h"
#include "engine/sim/scenariojson.h"

#include <QFile>
#include <QSaveFile>

#include <limits>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Result<sim::Scenario> loadScenario(const QString& fileName) {
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("\"%1\" cannot be read: %2").arg(fileName, file.errorString())};
    }
    return sim::scenarioFromText(file.readAll(), fileName);
}

/// Replaces what the command line says otherwise.
Result<void> applyOverrides(sim::Scenario& scenario, const CommandLine& line) {
    const auto devices = line.number(QStringLiteral("devices"), 1, 100'000'000);
    if (!devices)
        return devices.error();
    const auto days = line.number(QStringLiteral("days"), 1, 730);
    if (!days)
        return days.error();
    scenario.devices = devices->value_or(scenario.devices);
    scenario.days = static_cast<int>(days->value_or(scenario.days));
    if (line.has(QStringLiteral("seed"))) {
        bool isNumber = false;
        scenario.seed = line.value(QStringLiteral("seed")).toULongLong(&isNumber);
        if (!isNumber)
            return Error{ErrorKind::InvalidInput, QStringLiteral("--seed must be an unsigned 64-bit number.")};
    }
    return {};
}

Result<sim::RunOptions> optionsOf(const CommandLine& line) {
    sim::RunOptions options;
    const auto threads = line.number(QStringLiteral("threads"), 1, 1024);
    if (!threads)
        return threads.error();
    options.threads = static_cast<int>(threads->value_or(0));
    if (line.has(QStringLiteral("kernel"))) {
        const auto kernel = sim::kernelFromName(line.value(QStringLiteral("kernel")));
        if (!kernel)
            return kernel.error();
        options.kernel = *kernel;
    }
    options.isCancelled = &interruptRequested();
    return options;
}

Result<void> writeResult(const sim::SimulationResult& result, const QString& fileName) {
    if (fileName.isEmpty() || fileName == QLatin1String("-")) {
        printJson(sim::toJson(result));
        return {};
    }
    QSaveFile file(fileName);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(base::pythonJson(sim::toJson(result)) + '\n');
        if (file.commit())
            return {};
    }
    return Error{ErrorKind::StorageFull,
                 QStringLiteral("\"%1\" cannot be written: %2").arg(fileName, file.errorString())};
}

} // namespace

ExitCode runSimulate(const CommandLine& line) {
    auto scenario = loadScenario(line.arguments.first());
    if (!scenario)
        return failed(scenario.error());
    if (const auto done = applyOverrides(*scenario, line); !done)
        return failed(done.error());
    auto options = optionsOf(line);
    if (!options)
        return failed(options.error());

    watchInterrupt();
    ProgressLine progress(QStringLiteral("Simulating:"));
    options->progress = [&progress](double share) {
        progress.show(QStringLiteral("%1%").arg(static_cast<int>(100 * share)));
    };
    const auto result = sim::run(*scenario, *options);
    if (!result)
        return failed(result.error());
    const auto written = writeResult(*result, line.value(QStringLiteral("out")));
    if (!written)
        return failed(written.error());
    if (line.has(QStringLiteral("report"))) {
        const auto report = writeReport(line.value(QStringLiteral("report")), *scenario, *result, {});
        if (!report)
            return failed(report.error());
        printError(QStringLiteral("Report: %1").arg(*report));
    }
    return ExitCode::Done;
}

} // namespace affinity::app
