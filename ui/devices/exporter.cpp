#include "ui/devices/exporter.h"

#include "ui/shared/formatting.h"
#include "ui/workspace/ask.h"
#include "ui/workspace/errortext.h"

#include <QDir>
#include <QFileDialog>
#include <QTimer>

namespace affinity::ui {

namespace {
constexpr int progressMs = 100;
}

Exporter::Exporter(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace) {
}

Exporter::~Exporter() {
    for (const JobHandle& job : m_jobs)
        job->isCancelled = true;
}

void Exporter::askDevices(const store::DeviceQuery& query, QWidget* over) {
    service::ExportRequest request;
    request.table = service::ExportRequest::Table::Devices;
    request.devices = query;
    ask(request, tr("Exporting devices"), QStringLiteral("devices"), over);
}

void Exporter::askTimeline(const store::LogQuery& query, const QString& baseName, QWidget* over) {
    service::ExportRequest request;
    request.table = service::ExportRequest::Table::Log;
    request.log = query;
    ask(request, tr("Exporting the timeline"), baseName, over);
}

/// Not waited for: the window goes on while people choose a file.
void Exporter::ask(const service::ExportRequest& request, const QString& title, const QString& baseName,
                   QWidget* over) {
    auto* dialog = new QFileDialog(over, tr("Export to"));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Values (*.csv)"), tr("JSON (*.json)")});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(baseName + QStringLiteral(".csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("json")) ? QStringLiteral("json")
                                                                        : QStringLiteral("csv"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, request, title](const QString& fileName) {
        service::ExportRequest chosen = request;
        chosen.fileName = fileName;
        const bool isJson = fileName.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
        chosen.format = isJson ? service::ExportRequest::Format::Json : service::ExportRequest::Format::Csv;
        start(chosen, title);
    });
    dialog->open();
}

void Exporter::start(const service::ExportRequest& request, const QString& title) {
    auto job = std::make_shared<JobControl>();
    m_jobs.push_back(job);
    const JobList::JobId shown = m_workspace.jobs().start(title, [job] { job->isCancelled = true; });
    auto* progress = new QTimer(this);
    connect(progress, &QTimer::timeout, this, [this, job, shown] { m_workspace.jobs().report(shown, job->share); });
    progress->start(progressMs);
    ui::ask<qint64>(this, m_workspace.engine().exportTable(request, job),
                    [this, job, shown, progress, fileName = request.fileName](const base::Result<qint64>& answer) {
                        progress->deleteLater();
                        std::erase(m_jobs, job);
                        m_workspace.jobs().finish(shown);
                        end(answer, fileName);
                    });
}

void Exporter::end(const base::Result<qint64>& answer, const QString& fileName) {
    const QString file = visibleText(QDir::toNativeSeparators(fileName));
    if (answer)
        m_workspace.announce(*answer == 1 ? tr("1 row is in %1.").arg(file)
                                          : tr("%1 rows are in %2.").arg(numberText(*answer), file));
    else if (answer.error().kind == base::ErrorKind::Cancelled)
        m_workspace.announce(tr("The export was cancelled. No file was written."));
    else
        Q_EMIT failed(tr("The export failed. No file was written."), visibleText(errorText(answer.error())));
    Q_EMIT finished();
}

} // namespace affinity::ui
