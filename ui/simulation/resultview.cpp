#include "ui/simulation/resultview.h"

#include "ui/charts/linechart.h"
#include "ui/charts/stackedareachart.h"
#include "ui/shared/panel.h"
#include "ui/shared/tablesetup.h"
#include "ui/simulation/resultcharts.h"

#include <QHBoxLayout>
#include <QTableView>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int tileCount = 4;
constexpr int smallestChart = 120; // logical pixels
constexpr QMargins chartMargins(16, 0, 12, 10);

Panel* chartPanel(const QString& title, const QString& caption, ChartFrame* chart, bool hasLegend) {
    auto* panel = new Panel(title, caption);
    panel->setBodyMargins(chartMargins);
    if (hasLegend)
        panel->addAction(new LegendBar(chart));
    chart->setMinimumHeight(smallestChart);
    panel->body()->addWidget(chart, 1);
    return panel;
}

std::vector<LevelStep> stepsOf(const rules::RuleSet& ruleSet) {
    std::vector<LevelStep> steps;
    for (const rules::Level& level : ruleSet.levels)
        steps.push_back({level.level, static_cast<double>(level.minValue)});
    return steps;
}

} // namespace

ResultView::ResultView(QWidget* parent)
    : QWidget(parent),
      m_fan(new LineChart),
      m_reached(new LineChart),
      m_occupancy(new StackedAreaChart),
      m_outcomes(new RuleOutcomes(this)),
      m_table(new QTableView) {
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::panelGap);
    auto* tiles = new QHBoxLayout;
    tiles->setSpacing(measure::panelGap);
    for (int i = 0; i < tileCount; ++i) {
        m_tiles.push_back(new KpiTile);
        m_tiles.back()->setCompact(true);
        tiles->addWidget(m_tiles.back(), 1);
    }
    rows->addLayout(tiles);

    const XAxis days{XKind::Day, QTimeZone::utc(), {}};
    m_fan->setObjectName(QStringLiteral("valueFan"));
    m_fan->setXAxis(days);
    m_fan->setUnit(tr("points"));
    m_reached->setXAxis(days);
    m_reached->setUnit(tr("devices that reached it"));
    m_reached->setValueFormat(ValueFormat::Percent);
    m_reached->setYRange(0, 1);
    m_occupancy->setXAxis(days);
    m_occupancy->setUnit(tr("share of devices"));
    auto* upper = new QHBoxLayout;
    upper->setSpacing(measure::panelGap);
    upper->addWidget(chartPanel(tr("Value, percentiles"), {}, m_fan, true), 9);
    upper->addWidget(chartPanel(tr("Time to level"), {}, m_reached, false), 5);
    rows->addLayout(upper, 11);

    auto* outcomes = new Panel(tr("Outcomes per rule"), tr("events; Cap, Cooldown and Other were refused"));
    outcomes->setFlushBody();
    m_table->setModel(m_outcomes);
    setUpTable(*m_table, {{76, true}, {78}, {70}, {56}, {62}, {70}, {60}, {78}, {66}}, RowHeight::Compact,
               tr("Outcomes per rule"));
    outcomes->body()->addWidget(m_table, 1);
    auto* lower = new QHBoxLayout;
    lower->setSpacing(measure::panelGap);
    lower->addWidget(chartPanel(tr("Level occupancy"), {}, m_occupancy, false), 5);
    lower->addWidget(outcomes, 14);
    rows->addLayout(lower, 9);
}

void ResultView::setSummary(const SimulationSummary& summary, const rules::RuleSet& ruleSet) {
    const std::vector<Kpi> kpis = kpisOf(summary);
    for (size_t i = 0; i < m_tiles.size(); ++i)
        m_tiles[i]->setKpi(kpis[i]);
    m_fan->setLevels(stepsOf(ruleSet), highestLevelOf(summary), LevelShow::Lines);
    m_fan->setData(medianLine(summary), percentileBands(summary));
    m_reached->setData(timeToLevelLines(summary));
    m_occupancy->setData(summary.x, occupancyLayers(summary));
    m_outcomes->setRules(summary.rules);
}

} // namespace affinity::ui
