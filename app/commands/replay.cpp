// replay: a recorded file of operations through the engine.
#include "engine/service/replay.h"
#include "app/headless.h"
#include "app/output.h"

#include <QFile>
#include <QSaveFile>

namespace affinity::app {

namespace {

base::Error fileError(const QFileDevice& file) {
    return {base::ErrorKind::InvalidInput,
            QStringLiteral("\"%1\" cannot be opened: %2").arg(file.fileName(), file.errorString())};
}

base::Result<void> writeState(Headless& headless, const QString& fileName) {
    const auto state = service::replayState(headless.store(), headless.counters());
    if (!state)
        return state.error();
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly))
        return fileError(file);
    file.write(base::pythonJson(*state) + '\n');
    if (!file.commit())
        return fileError(file);
    return {};
}

} // namespace

ExitCode runReplay(const CommandLine& line) {
    const bool isVirtual = line.has(QStringLiteral("virtual-clock"));
    QFile events(line.value(QStringLiteral("events")));
    if (!events.open(QIODevice::ReadOnly))
        return failed(fileError(events));
    auto headless =
        Headless::open(line, store::Access::Write, true, isVirtual ? Headless::Time::Virtual : Headless::Time::Real);
    if (!headless)
        return failed(headless.error());
    QFile results(line.value(QStringLiteral("results")));
    if (!results.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return failed(fileError(results));

    Headless& engine = **headless;
    const auto done = service::replay(engine.service(), isVirtual ? &engine.virtualClock() : nullptr, events, results);
    results.close();
    if (!done)
        return failed(done.error());
    if (line.has(QStringLiteral("state"))) {
        if (const auto written = writeState(engine, line.value(QStringLiteral("state"))); !written)
            return failed(written.error());
    }
    return ExitCode::Done;
}

} // namespace affinity::app
