// DeviceDetailView: everything about one device: standing, history, caps, timeline with reasons, grants, counters.
#pragma once

#include "ui/workspace/ask.h"
#include "ui/workspace/workspace.h"

#include <QStackedWidget>

class QTableView;
class QTimer;

namespace affinity::ui {

class CapsPanel;
class CounterModel;
class DeviceHeader;
class GrantModel;
class MissingPanel;
class SegmentedControl;
class TimelineView;
class ValuePanel;

class DeviceDetailView : public QStackedWidget {
    Q_OBJECT
public:
    explicit DeviceDetailView(Workspace& workspace, QWidget* parent = nullptr);

    void showDevice(base::DeviceId id);
    base::DeviceId device() const { return m_device; }
    /// What is shown; nothing while the first answer is on its way.
    const std::optional<service::DeviceDetail>& detail() const { return m_detail; }
    void refresh();
    /// For windows under 800 px height: the order of what goes first is in LOOK.md.
    void setCompact(bool isCompact);
    /// Offers the way back to a page that led here; empty: none.
    void setBackText(const QString& where);
    TimelineView& timeline() { return *m_timeline; }
    void copySnapshot();
    /// Opens or closes the question why an event left no row.
    void toggleMissing();
    /// Timeline, grants or daily counters, in this order, with the keyboard in them.
    void showRecords(int tab);

Q_SIGNALS:
    /// A device was read: lists may show its row afresh.
    void deviceRead(const affinity::store::DeviceRow& row);
    void userRequested(affinity::base::UserId id);
    void backRequested();
    void exportRequested(const affinity::store::LogQuery& query);
    void adjustRequested(const affinity::service::DeviceDetail& detail);
    void reverseRequested(const affinity::service::DeviceDetail& detail, const affinity::rules::LogRow& row);

private:
    enum Page { NothingPage, LoadingPage, ContentPage };

    QWidget* makeContent();
    QWidget* makeLowerPanel();
    QTableView* makeTable(QAbstractItemModel& model, const char* objectName);
    void receive(const base::Result<service::DeviceDetail>& answer);
    void fill();
    void reconcile();
    void showTab(int tab);
    void showError(const base::Error& error);

    Workspace& m_workspace;
    base::DeviceId m_device;
    std::optional<service::DeviceDetail> m_detail;
    std::optional<service::ReconcileReport> m_report;
    LatestRequest<service::DeviceDetail> m_request;
    LatestRequest<service::ReconcileReport> m_reconcileRequest;
    QTimer* m_slow;
    QWidget* m_error = nullptr;
    DeviceHeader* m_header;
    ValuePanel* m_values;
    CapsPanel* m_caps;
    QWidget* m_middle;
    SegmentedControl* m_tabs;
    QStackedWidget* m_pages;
    TimelineView* m_timeline;
    GrantModel* m_grants;
    CounterModel* m_counters;
    MissingPanel* m_missing;
};

} // namespace affinity::ui
