#include "app/commands/lab.h"

#include "app/headless.h"
#include "app/output.h"
#include "engine/sim/scenariojson.h"

#include <QFile>
#include <QSaveFile>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

Result<sim::Scenario> loadScenario(const QString& fileName) {
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("\"%1\" cannot be read: %2").arg(fileName, file.errorString())};
    }
    return sim::scenarioFromText(file.readAll(), fileName);
}

Result<std::optional<quint64>> seedOption(const CommandLine& line, const QString& option) {
    if (!line.has(option))
        return std::optional<quint64>();
    bool isNumber = false;
    const quint64 seed = line.value(option).toULongLong(&isNumber);
    if (!isNumber)
        return Error{ErrorKind::InvalidInput, QStringLiteral("--%1 must be an unsigned 64-bit number.").arg(option)};
    return std::optional(seed);
}

Result<void> applyOverrides(sim::Scenario& scenario, const CommandLine& line) {
    const auto devices = line.number(QStringLiteral("devices"), 1, 100'000'000);
    if (!devices)
        return devices.error();
    const auto days = line.number(QStringLiteral("days"), 1, 730);
    if (!days)
        return days.error();
    scenario.devices = devices->value_or(scenario.devices);
    scenario.days = static_cast<int>(days->value_or(scenario.days));
    const auto seed = seedOption(line, QStringLiteral("seed"));
    if (!seed)
        return seed.error();
    scenario.seed = seed->value_or(scenario.seed);
    return {};
}

Result<sim::RunOptions> runOptions(const CommandLine& line) {
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

Result<void> writeJson(const base::Json& json, const CommandLine& line) {
    const QString fileName = line.value(QStringLiteral("out"));
    if (fileName.isEmpty() || fileName == QLatin1String("-")) {
        printJson(json);
        return {};
    }
    QSaveFile file(fileName);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(base::pythonJson(json) + '\n');
        if (file.commit())
            return {};
    }
    return Error{ErrorKind::StorageFull,
                 QStringLiteral("\"%1\" cannot be written: %2").arg(fileName, file.errorString())};
}

base::Json rewardsJson(const std::vector<sim::RewardTotal>& totals) {
    base::Json list = base::Json::array();
    for (const sim::RewardTotal& total : totals) {
        base::Json reward = {{"type", base::jsonText(total.type)}, {"units", total.units}};
        reward["price"] = total.price ? base::Json(*total.price) : base::Json();
        reward["cost"] = total.price ? base::Json(total.units * *total.price) : base::Json();
        reward["units_by_day"] = total.unitsByDay;
        list.push_back(std::move(reward));
    }
    return list;
}

} // namespace affinity::app
