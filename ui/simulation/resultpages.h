// The pages that show what came out of a run: values, rules, rewards, who gains.
#pragma once

#include "ui/simulation/deck.h"
#include "ui/simulation/liverun.h"

#include <QWidget>

class QTableView;

namespace affinity::ui {

class BetterTile;
class CellModel;
class DifferenceChart;
class FanChart;
class HeatMap;
class KpiTile;
class LineChart;
class RankedBars;
class StackedAreaChart;
class TextLabel;
class WaterfallChart;

/// Tiles, fan, difference, time to level, occupancy, caps.
class ValuesPage : public QWidget {
    Q_OBJECT
public:
    explicit ValuesPage(QWidget* parent = nullptr);
    void setOutcome(const RunOutcome& outcome);
    DifferenceChart* difference() const { return m_difference; }

Q_SIGNALS:
    void gainsRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    std::vector<KpiTile*> m_tiles;
    BetterTile* m_better;
    FanChart* m_fan;
    DifferenceChart* m_difference;
    LineChart* m_reached;
    CellModel* m_passages;
    StackedAreaChart* m_occupancy;
    RankedBars* m_caps;
    std::vector<DeckPage> m_pages; // fan, difference, time to level, its table, occupancy, caps
    Deck *m_fanDeck, *m_differenceDeck, *m_reachedDeck, *m_occupancyDeck, *m_capsDeck;
    bool m_isSmall = false;
    bool m_hasComparison = false;
};

/// Outcomes of each rule, points kept back, contributions, events by hour.
class RulesPage : public QWidget {
    Q_OBJECT
public:
    explicit RulesPage(QWidget* parent = nullptr);
    void setOutcome(const RunOutcome& outcome);

private:
    CellModel* m_outcomes;
    RankedBars* m_lost;
    WaterfallChart* m_contribution;
    HeatMap* m_hours;
};

/// Value by day, reward cost, activity and decay.
class RewardsPage : public QWidget {
    Q_OBJECT
public:
    explicit RewardsPage(QWidget* parent = nullptr);
    void setOutcome(const RunOutcome& outcome);

private:
    HeatMap* m_values;
    LineChart *m_cost, *m_cumulated, *m_activity, *m_decay;
    CellModel* m_rewards;
};

/// Personas, and the devices that gain and lose most.
class GainsPage : public QWidget {
    Q_OBJECT
public:
    explicit GainsPage(QWidget* parent = nullptr);
    void setOutcome(const RunOutcome& outcome);

Q_SIGNALS:
    void deviceRequested(qint64 device);

private:
    Panel* devicePanel(const QString& title, const QString& caption, const QString& name, CellModel*& model,
                       QTableView*& table, const std::vector<sim::DeviceDifference>& shown);
    QStackedWidget* m_pages; ///< nothing to compare, or the comparison
    TextLabel* m_sentence;
    CellModel *m_personas, *m_gainers, *m_losers;
    QTableView *m_gainersTable, *m_losersTable;
    std::vector<sim::DeviceDifference> m_gaining, m_losing;
};

} // namespace affinity::ui
