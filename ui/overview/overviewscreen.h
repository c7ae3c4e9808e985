// OverviewScreen: how the service is doing: tiles, activity, values, levels, rules, health; each leads to its screen.
#pragma once

#include "ui/overview/overviewvalues.h"
#include "ui/shell/commands.h"
#include "ui/workspace/ask.h"
#include "ui/workspace/workspace.h"

#include <QElapsedTimer>
#include <QWidget>

#include <array>

class QTimer;

namespace affinity::ui {

class BannerStack;
class BarChart;
class CellModel;
class HealthPanel;
class HistogramChart;
class KpiTile;
class PageHead;
class Panel;
class RankedBars;
class SegmentedControl;
class TextLabel;

/// What of the screen was chosen, for the one made anew in another language.
struct OverviewState {
    OverviewRange range = OverviewRange::Day;
    ActivityMeasure measure = ActivityMeasure::Events;
    std::optional<QDate> date;
};

/// Asks when it is shown, on F5, after a change of ours and, where that is on, each minute; keeps what it shows until
/// an answer comes. GUI thread; the workspace outlives it.
class OverviewScreen : public QWidget {
    Q_OBJECT
public:
    explicit OverviewScreen(Workspace& workspace, QWidget* parent = nullptr);

    void refresh();
    /// Shows a local day; nothing: today, or the last day with events.
    void showDate(std::optional<QDate> date);
    const std::optional<service::Overview>& overview() const { return m_overview; }
    OverviewRange range() const;
    /// What can be done here.
    std::vector<Command> commands();
    OverviewState state() const;
    void setState(const OverviewState& state);
    /// Whether it asks again each minute while it is shown, and says so in its head. On by default.
    void setRefreshingByItself(bool isRefreshing);

Q_SIGNALS:
    /// A tile or panel was opened: the screen behind it ("levels").
    void screenRequested(const QString& id);
    /// The devices that were active lately.
    void activeDevicesRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeTiles();
    QWidget* makeActivity();
    QWidget* makeValues();
    QWidget* makeLevels();
    QWidget* makeRules();
    void addOpen(Panel& panel, const QString& name, const QString& screen);
    void stepDay(int days);
    QString dayObstacle(int days) const;
    void receive(const base::Result<service::Overview>& answer);
    void fill();
    void fillActivity();
    void fitWindow();

    Workspace& m_workspace;
    LatestRequest<service::Overview> m_request;
    std::optional<service::Overview> m_overview;
    std::optional<QDate> m_date;
    QElapsedTimer m_asked;
    QTimer* m_minute;
    TextLabel* m_refreshing;
    bool m_isRefreshingByItself = true;
    PageHead* m_head;
    SegmentedControl* m_range;
    SegmentedControl* m_measure;
    BannerStack* m_banners;
    std::array<KpiTile*, 5> m_tiles{};
    Panel* m_activityPanel = nullptr;
    Panel* m_levelsPanel = nullptr;
    Panel* m_valuesPanel = nullptr;
    Panel* m_rulesPanel = nullptr;
    BarChart* m_activity = nullptr;
    HistogramChart* m_values = nullptr;
    RankedBars* m_levels = nullptr;
    CellModel* m_rules = nullptr;
    HealthPanel* m_health = nullptr;
};

} // namespace affinity::ui
