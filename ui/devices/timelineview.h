// TimelineView: a device's log rows with the reason of each, and the way to take one back.
#pragma once

#include "ui/devices/timelinemodel.h"
#include "ui/workspace/workspace.h"

#include <QPointer>
#include <QWidget>

class QStackedWidget;

namespace affinity::ui {

class TextLabel;
class TimelineTable;
class WhyPanel;

class TimelineView : public QWidget {
    Q_OBJECT
public:
    explicit TimelineView(Workspace& workspace, QWidget* parent = nullptr);

    /// Shows (or refreshes) the log of a device; the row that was open is opened again when it is still loaded.
    void show(base::DeviceId id, qint64 nowUs);
    using QWidget::show;
    TimelineModel& model() { return *m_model; }
    TimelineTable& table() { return *m_table; }
    /// Opens the row and asks why; closes it when it is open.
    void toggle(int row);
    /// Why the current row cannot be taken back, as a sentence; empty when it can.
    QString reverseObstacle(int row) const;

Q_SIGNALS:
    void reverseRequested(const affinity::rules::LogRow& row);

private:
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
};

} // namespace affinity::ui
