// export: a table of the store as CSV or JSON, to a file or to stdout.
#include "engine/service/export.h"
#include "app/headless.h"
#include "app/output.h"

#include <QFile>

#include <cstdio>
#include <limits>

namespace affinity::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using Table = service::ExportRequest::Table;
using Format = service::ExportRequest::Format;

Error exportUsage(const QString& what) {
    return {ErrorKind::InvalidInput, what};
}

Result<std::optional<QDate>> dateOf(const CommandLine& line, const QString& option) {
    if (!line.has(option))
        return std::optional<QDate>();
    const QDate date = QDate::fromString(line.value(option), Qt::ISODate);
    if (!date.isValid())
        return exportUsage(QStringLiteral("--%1 must be a date such as 2026-01-31.").arg(option));
    return std::optional(date);
}

Result<service::ExportRequest> exportRequestOf(const CommandLine& line) {
    static const QMap<QString, Table> tables{{QStringLiteral("devices"), Table::Devices},
                                             {QStringLiteral("log"), Table::Log},
                                             {QStringLiteral("grants"), Table::Grants},
                                             {QStringLiteral("counters"), Table::Counters}};
    static const QMap<QString, Format> formats{{QStringLiteral("csv"), Format::Csv},
                                               {QStringLiteral("json"), Format::Json}};
    const QString table = line.arguments.value(0);
    if (!tables.contains(table))
        return exportUsage(
            QStringLiteral("There is no table \"%1\" to export; there are devices, log, grants and counters.")
                .arg(table));
    const QString format = line.options.value(QStringLiteral("format"), QStringLiteral("csv"));
    if (!formats.contains(format))
        return exportUsage(QStringLiteral("--format must be csv or json, not \"%1\".").arg(format));
    const auto device = line.number(QStringLiteral("device"), 1, std::numeric_limits<qint64>::max());
    if (!device)
        return device.error();
    const auto from = dateOf(line, QStringLiteral("from"));
    if (!from)
        return from.error();
    const auto to = dateOf(line, QStringLiteral("to"));
    if (!to)
        return to.error();

    service::ExportRequest request;
    request.table = tables.value(table);
    request.format = formats.value(format);
    request.fileName = line.options.value(QStringLiteral("out"), QStringLiteral("-"));
    request.devices.withUnbound = true;
    request.log.isOldestFirst = true;
    if (*device)
        request.device = base::DeviceId{**device};
    request.from = *from;
    request.to = *to;
    return request;
}

Result<qint64> write(store::Store& store, const service::ExportRequest& request,
                     const service::ExportProgress& progress) {
    if (request.fileName != QLatin1String("-"))
        return service::exportTable(store, request, progress, &interruptRequested());
    QFile out;
    if (!out.open(stdout, QIODevice::WriteOnly))
        return Error{ErrorKind::Internal,
                     QStringLiteral("Standard output cannot be written: %1").arg(out.errorString())};
    return service::exportTo(out, store, request, progress, &interruptRequested());
}

} // namespace

ExitCode runExport(const CommandLine& line) {
    const auto request = exportRequestOf(line);
    if (!request)
        return failed(request.error());
    const auto headless = Headless::open(line, store::Access::Read, false);
    if (!headless)
        return failed(headless.error());
    watchInterrupt();
    Result<qint64> rows = 0;
    {
        ProgressLine progress(QStringLiteral("Export:"));
        rows = write((*headless)->store(), *request, [&progress](qint64 done, double share) {
            progress.show(QStringLiteral("%1 rows, %2%").arg(done).arg(static_cast<int>(100 * share)));
        });
    }
    if (!rows) {
        const bool isUnknownDevice = rows.error().kind == ErrorKind::NotFound;
        const ExitCode code = failed(rows.error());
        return isUnknownDevice ? ExitCode::RefusedOrFindings : code;
    }
    printError(QStringLiteral("Exported %1 rows.").arg(*rows));
    return ExitCode::Done;
}

} // namespace affinity::app
