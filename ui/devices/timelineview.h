// TimelineView: log rows of a device or a user with the reason of each, and the way to take one back.
#pragma once

#include "ui/devices/timelinemodel.h"
#include "ui/workspace/workspace.h"

#include <QPointer>
#include <QWidget>

class QStackedWidget;

namespace affinity::ui {

class IconButton;
class TextLabel;
class TimelineTable;
class WhyPanel;

class TimelineView : public QWidget {
    Q_OBJECT
public:
    explicit TimelineView(Workspace& workspace, QWidget* parent = nullptr);

    /// Shows (or refreshes) the log of a device; the row that was open is opened again when it is still loaded.
    void show(base::DeviceId id, qint64 nowUs);
    /// The log of all bindings of a user, with a column that names them; rows cannot be taken back here.
    void showUser(base::UserId id, qint64 nowUs, const TimelineModel::DeviceNames& names);
    using QWidget::show;
    TimelineModel& model() { return *m_model; }
    TimelineTable& table() { return *m_table; }
    /// Opens the row and asks why; closes it when it is open.
    void toggle(int row);
    /// A quiet button for the panel's head that asks for the export; the caller's panel owns it.
    IconButton* makeExportButton();
    /// Why the current row cannot be taken back, as a sentence; empty when it can.
    QString reverseObstacle(int row) const;
    /// Of the row the keyboard is on.
    QString reverseObstacle() const;
    void reverseCurrent();
    /// Asks for the export of the whole log that is shown.
    void requestExport() { Q_EMIT exportRequested(m_model->subject()); }

Q_SIGNALS:
    void reverseRequested(const affinity::rules::LogRow& row);
    /// The whole log that is shown goes into a file.
    void exportRequested(const affinity::store::LogQuery& query);
    /// From a user's log: to this row's device.
    void deviceRequested(affinity::base::DeviceId id);

private:
    void keepOpen(bool isSameSubject);
    void showState();
    void explain(const store::LogEntry& entry);
    void receive(const base::Result<service::Explanation>& answer, base::LogId id);
    void openMenu(int row, const QPoint& place);
    void reverse(int row);

    Workspace& m_workspace;
    TimelineModel* m_model;
    TimelineTable* m_table;
    QStackedWidget* m_stack;
    QWidget* m_notice = nullptr;
    TextLabel* m_foot;
    QPointer<WhyPanel> m_why; ///< of the open row; the table owns it
    LatestRequest<service::Explanation> m_request;
    std::optional<base::LogId> m_reopen;
    base::UserId m_user; ///< valid: all devices of a user
};

} // namespace affinity::ui
