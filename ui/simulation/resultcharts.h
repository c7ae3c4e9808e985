// From a summary to what tiles, charts and the table of rules show: plain values.
#pragma once

#include "ui/charts/chartvalues.h"
#include "ui/shared/kpitile.h"
#include "ui/simulation/summary.h"

#include <QAbstractTableModel>

namespace affinity::ui {

/// Four tiles: median, mean, highest level, events.
std::vector<Kpi> kpisOf(const SimulationSummary& summary);

std::vector<LineData> medianLine(const SimulationSummary& summary);
std::vector<BandData> percentileBands(const SimulationSummary& summary);
/// Share of devices at each level, lowest level at the bottom.
std::vector<LayerData> occupancyLayers(const SimulationSummary& summary);
/// Share of devices that reached each level above the lowest; levels that every device starts at are left out.
std::vector<LineData> timeToLevelLines(const SimulationSummary& summary);
/// The highest level number, at least 1.
int highestLevelOf(const SimulationSummary& summary);

/// Outcomes for each rule, one row each, the sum of all in the last.
class RuleOutcomes : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Rule, Events, Applied, Cut, ByCap, ByCooldown, Otherwise, Gained, Taken, ColumnCount };

    explicit RuleOutcomes(QObject* parent = nullptr);
    void setRules(std::vector<RuleSummary> rules);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<RuleSummary> m_rows;
};

} // namespace affinity::ui
