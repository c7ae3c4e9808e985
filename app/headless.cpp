#include "app/headless.h"

#include "app/output.h"

#include <csignal>

namespace affinity::app {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

std::atomic<bool> isInterrupted = false;

} // namespace

Result<std::unique_ptr<Headless>> Headless::open(const CommandLine& line, store::Access access, bool writesEvents,
                                                 Time time) {
    if (!line.has(QStringLiteral("store")))
        return Error{ErrorKind::InvalidInput, QStringLiteral("%1 needs --store URL.").arg(line.command)};
    if (line.has(QStringLiteral("read-only")) && access == store::Access::Write)
        return Error{ErrorKind::ReadOnly, QStringLiteral("%1 writes, and --read-only forbids it.").arg(line.command)};

    std::unique_ptr<Headless> headless(new Headless);
    const base::Clock& clock =
        time == Time::Virtual ? static_cast<const base::Clock&>(headless->m_virtualClock) : headless->m_systemClock;
    auto store = store::open(
        line.value(QStringLiteral("store")),
        {.access = access, .password = qgetenv("AFFINITY_SQL_PASSWORD"), .isClockGiven = time == Time::Virtual}, clock);
    if (!store)
        return store.error();
    headless->m_store = *std::move(store);
    const store::StoreInfo info = headless->m_store->info();
    const bool isShared = info.kind != QLatin1String("memory") && !info.isEmbedded;
    if (writesEvents && access == store::Access::Write && isShared && !line.has(QStringLiteral("no-other-writer"))) {
        return Error{
            ErrorKind::Refused,
            QStringLiteral("A Django service may write to this store, and it counts in Redis, which is not given. If "
                           "no other writer runs, say so with --no-other-writer.")};
    }
    headless->m_counters = std::make_unique<store::MemoryCounters>(clock);
    headless->m_service =
        std::make_unique<service::AffinityService>(*headless->m_store, *headless->m_counters, headless->m_draw);
    return headless;
}

const std::atomic<bool>& interruptRequested() {
    return isInterrupted;
}

void watchInterrupt() {
    std::signal(SIGINT, [](int) { isInterrupted = true; });
}

ExitCode runCommand(const CommandLine& line) {
    using Run = ExitCode (*)(const CommandLine&);
    static const QMap<QString, Run> runs{
        {QStringLiteral("replay"), runReplay},      {QStringLiteral("apply"), runApply},
        {QStringLiteral("adjust"), runAdjust},      {QStringLiteral("simulate"), runSimulate},
        {QStringLiteral("decay"), runDecayCommand}, {QStringLiteral("reconcile"), runReconcile},
        {QStringLiteral("prepare"), runPrepare},    {QStringLiteral("compare"), runCompare},
        {QStringLiteral("export"), runExport},
    };
    return runs.value(line.command)(line);
}

} // namespace affinity::app
