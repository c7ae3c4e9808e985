// DevicesScreen: find a device on the left, read everything about it on the right.
#pragma once

#include "ui/workspace/workspace.h"

#include <QWidget>

namespace affinity::ui {

class DeviceDetailView;
class DeviceList;

/// The workspace outlives it. GUI thread.
class DevicesScreen : public QWidget {
    Q_OBJECT
public:
    explicit DevicesScreen(Workspace& workspace, QWidget* parent = nullptr);

    /// Shows a device's page and marks it in the list where it is loaded.
    void showDevice(base::DeviceId id);
    /// Asks again for the list and the device shown; what is shown stays until the answers come.
    void refresh();

    DeviceList& list() { return *m_list; }
    DeviceDetailView& detail() { return *m_detail; }

Q_SIGNALS:
    void adjustRequested(const affinity::service::DeviceDetail& detail);
    void reverseRequested(const affinity::service::DeviceDetail& detail, const affinity::rules::LogRow& row);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void fitWindow();
    void onApplied(const service::ApplyResult& result, base::DeviceId device);
    void showUser(base::UserId id);

    DeviceList* m_list;
    DeviceDetailView* m_detail;
};

} // namespace affinity::ui
