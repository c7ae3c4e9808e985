// LevelsScreen: the level table with who is where, the level curve, and how long devices took, read from the real log.
#pragma once

#include "ui/shell/commands.h"
#include "ui/workspace/ask.h"
#include "ui/workspace/workspace.h"

#include <QWidget>

#include <optional>

class QTableView;

namespace affinity::ui {

class BannerStack;
class CellModel;
class LineChart;
class PageHead;
class Panel;

/// Asks when it is shown and on F5; keeps what it shows until an answer comes. GUI thread; the workspace outlives it.
class LevelsScreen : public QWidget {
    Q_OBJECT
public:
    explicit LevelsScreen(Workspace& workspace, QWidget* parent = nullptr);

    void refresh();
    const std::optional<service::LevelReport>& report() const { return m_report; }
    /// What can be done here.
    std::vector<Command> commands();

Q_SIGNALS:
    /// The devices of a level, by their values: at least `fromValue`, at most `toValue` where there is a next level.
    void devicesRequested(int fromValue, std::optional<int> toValue);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void receive(const base::Result<service::LevelReport>& answer);
    void fill();
    void openDevices(int row);

    Workspace& m_workspace;
    LatestRequest<service::LevelReport> m_request;
    std::optional<service::LevelReport> m_report;
    PageHead* m_head;
    BannerStack* m_banners;
    CellModel* m_levels;
    QTableView* m_table;
    Panel* m_timePanel;
    LineChart* m_curve;
    LineChart* m_time;
};

} // namespace affinity::ui
