// ValuePanel: the value of a device over the last 30 days, 90 days or year, with the levels behind it.
#pragma once

#include "ui/shared/panel.h"
#include "ui/workspace/ask.h"
#include "ui/workspace/workspace.h"

namespace affinity::ui {

class LineChart;
class SegmentedControl;

class ValuePanel : public Panel {
    Q_OBJECT
public:
    explicit ValuePanel(Workspace& workspace, QWidget* parent = nullptr);
    /// Asks for the device's history and shows it when it comes.
    void setDetail(const service::DeviceDetail& detail);
    /// Without the choice of range, for low windows.
    void setCompact(bool isCompact);
    int days() const;

private:
    void ask();
    void show(const std::vector<service::ValuePoint>& points);
    using Panel::show;

    Workspace& m_workspace;
    SegmentedControl* m_range;
    LineChart* m_chart;
    base::DeviceId m_device;
    LatestRequest<std::vector<service::ValuePoint>> m_request;
};

} // namespace affinity::ui
