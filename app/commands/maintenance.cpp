// decay, reconcile and prepare: the work a store needs from time to time.
#include "app/headless.h"
#include "app/output.h"
#include "app/schemaoptions.h"
#include "app/serveraddress.h"
#include "engine/service/counterrebuild.h"
#include "engine/service/decay.h"
#include "engine/service/reconcile.h"

#include <limits>

namespace affinity::app {

namespace {

/// Raises today's counters in Redis to the log, or shows what that would do.
ExitCode repairCounters(const CommandLine& line) {
    service::RebuildOptions options;
    options.isPreview = !line.has(QStringLiteral("commit"));
    if (!line.has(QStringLiteral("redis")))
        return failed({base::ErrorKind::InvalidInput, QStringLiteral("--repair-counters needs --redis URL.")});
    if (line.has(QStringLiteral("device")))
        return failed({base::ErrorKind::InvalidInput, QStringLiteral("--repair-counters looks at all devices: leave "
                                                                     "--device away.")});
    auto headless = Headless::open(line, options.isPreview ? store::Access::Read : store::Access::Write, false);
    if (!headless)
        return failed(headless.error());
    watchInterrupt();
    ProgressLine progress(QStringLiteral("Counters:"));
    options.progress = [&progress](qint64 done, qint64 all) {
        progress.show(QStringLiteral("%1 of %2 devices").arg(done).arg(all));
    };
    options.cancel = &interruptRequested();
    const auto report = service::rebuildCounters((*headless)->store(), (*headless)->counters(), options);
    if (!report)
        return failed(report.error());
    printJson(service::toJson(*report));
    const bool isDone = options.isPreview ? report->changes.empty() && report->isFinished : report->isWhole;
    return isDone && report->faults.isEmpty() ? ExitCode::Done : ExitCode::RefusedOrFindings;
}

} // namespace

ExitCode runDecayCommand(const CommandLine& line) {
    service::DecayOptions options;
    options.isDryRun = line.has(QStringLiteral("dry-run"));
    if (line.has(QStringLiteral("date"))) {
        options.date = QDate::fromString(line.value(QStringLiteral("date")), Qt::ISODate);
        if (!options.date.isValid())
            return failed({base::ErrorKind::InvalidInput, QStringLiteral("--date must be a date such as 2026-01-31.")});
    }
    const auto resumeAfter = line.number(QStringLiteral("resume-after"), 0, largestId);
    if (!resumeAfter)
        return failed(resumeAfter.error());
    options.resumeAfter = {resumeAfter->value_or(0)};
    const auto access = options.isDryRun ? store::Access::Read : store::Access::Write;
    auto headless = Headless::open(line, access, !options.isDryRun);
    if (!headless)
        return failed(headless.error());

    watchInterrupt();
    ProgressLine progress(QStringLiteral("Decay:"));
    options.progress = [&progress](qint64 devices) { progress.show(QStringLiteral("%1 devices").arg(devices)); };
    options.cancel = &interruptRequested();
    const auto report = service::runDecay((*headless)->service(), options);
    if (!report)
        return failed(report.error());
    printJson(service::toJson(*report));
    return report->failed == 0 && report->isFinished ? ExitCode::Done : ExitCode::RefusedOrFindings;
}

ExitCode runReconcile(const CommandLine& line) {
    if (line.has(QStringLiteral("repair-counters")))
        return repairCounters(line);
    if (line.has(QStringLiteral("commit")))
        return failed({base::ErrorKind::InvalidInput, QStringLiteral("--commit belongs to --repair-counters.")});
    service::ReconcileOptions options;
    const auto device = line.number(QStringLiteral("device"), 1, largestId);
    if (!device)
        return failed(device.error());
    if (*device)
        options.device = base::DeviceId{**device};
    auto headless = Headless::open(line, store::Access::Read, false);
    if (!headless)
        return failed(headless.error());

    watchInterrupt();
    ProgressLine progress(QStringLiteral("Reconcile:"));
    options.progress = [&progress](qint64 devices) { progress.show(QStringLiteral("%1 devices").arg(devices)); };
    options.cancel = &interruptRequested();
    if ((*headless)->hasRedis())
        options.counters = &(*headless)->counters();
    const auto report = service::reconcile((*headless)->store(), options);
    if (!report) {
        const bool isUnknownDevice = report.error().kind == base::ErrorKind::NotFound;
        const ExitCode code = failed(report.error());
        return isUnknownDevice ? ExitCode::RefusedOrFindings : code;
    }
    printJson(service::toJson(*report));
    if (report->counterFault) {
        printError(report->counterFault->what);
        return exitCodeOf(*report->counterFault);
    }
    return report->findings.empty() && report->isFinished ? ExitCode::Done : ExitCode::RefusedOrFindings;
}

ExitCode runPrepare(const CommandLine& line) {
    if (!line.has(QStringLiteral("store")))
        return failed({base::ErrorKind::InvalidInput, QStringLiteral("prepare needs --store URL.")});
    if (line.has(QStringLiteral("roles")))
        return runPrepareRoles(line);
    const base::SystemClock clock;
    const QString url = line.value(QStringLiteral("store"));
    const auto mapping = schemaMapping(line);
    if (!mapping)
        return failed(mapping.error());
    const store::OpenOptions options{.password = storePassword(line).reveal(), .mapping = *mapping};
    const auto sql = store::preparationSql(url, options, clock);
    if (!sql)
        return failed(sql.error());
    if (line.has(QStringLiteral("sql"))) {
        for (const QString& statement : *sql)
            printText(statement + QLatin1Char('\n'));
        return ExitCode::Done;
    }
    if (line.has(QStringLiteral("read-only")))
        return failed({base::ErrorKind::ReadOnly, QStringLiteral("prepare writes, and --read-only forbids it.")});
    if (const auto done = store::prepare(url, options, clock); !done)
        return failed(done.error());
    printError(sql->isEmpty() ? QStringLiteral("The store was prepared before.")
                              : QStringLiteral("The store is prepared."));
    return ExitCode::Done;
}

} // namespace affinity::app
