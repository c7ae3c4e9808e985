// Exporter: asks for a file and writes the filtered list or a timeline into it as a job with progress and Cancel.
#pragma once

#include "ui/workspace/workspace.h"

#include <QObject>

class QFileDialog;

namespace affinity::ui {

/// The workspace outlives it. GUI thread; the writing happens on the engine's lane for long work.
class Exporter : public QObject {
    Q_OBJECT
public:
    explicit Exporter(Workspace& workspace, QObject* parent = nullptr);
    /// Cancels what still runs.
    ~Exporter() override;

    /// Asks where to, and in which format; starts the job when a file was chosen. `over` is the dialog's parent.
    void askDevices(const store::DeviceQuery& query, QWidget* over);
    void askTimeline(const store::LogQuery& query, const QString& baseName, QWidget* over);

    /// Starts the job at once; `title` is shown in the status bar.
    void start(const service::ExportRequest& request, const QString& title);

Q_SIGNALS:
    /// It could not be written: what happened and what it means.
    void failed(const QString& what, const QString& meaning);
    void finished();

private:
    void ask(const service::ExportRequest& request, const QString& title, const QString& baseName, QWidget* over);
    void end(const base::Result<qint64>& answer, const QString& fileName);

    Workspace& m_workspace;
    std::vector<JobHandle> m_jobs;
};

} // namespace affinity::ui
