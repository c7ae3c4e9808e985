// What came out of a run: tiles, percentile fan, time to level, level occupancy, outcomes per rule.
#pragma once

#include "engine/engine.h"
#include "ui/simulation/summary.h"

#include <QWidget>

class QTableView;

namespace affinity::ui {

class KpiTile;
class LineChart;
class RuleOutcomes;
class StackedAreaChart;

class ResultView : public QWidget {
    Q_OBJECT
public:
    explicit ResultView(QWidget* parent = nullptr);
    void setSummary(const SimulationSummary& summary, const rules::RuleSet& ruleSet);

private:
    std::vector<KpiTile*> m_tiles;
    LineChart* m_fan;
    LineChart* m_reached;
    StackedAreaChart* m_occupancy;
    RuleOutcomes* m_outcomes;
    QTableView* m_table;
};

} // namespace affinity::ui
