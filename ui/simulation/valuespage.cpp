#include "ui/charts/linechart.h"
#include "ui/charts/stackedareachart.h"
#include "ui/shared/cellmodel.h"
#include "ui/shared/kpitile.h"
#include "ui/shared/tablesetup.h"
#include "ui/simulation/bettertile.h"
#include "ui/simulation/resultcharts.h"
#include "ui/simulation/resultpages.h"

#include <QHBoxLayout>
#include <QResizeEvent>
#include <QTableView>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int smallHeight = 640; // below it the difference becomes a tab, and the lower row has two panels

enum PageIndex { FanPage, DifferencePage, ReachedPage, PassagePage, OccupancyPage, CapsPage };

XAxis days() {
    return {XKind::Day, QTimeZone::utc(), {}};
}

} // namespace

ValuesPage::ValuesPage(QWidget* parent)
    : QWidget(parent),
      m_better(new BetterTile),
      m_fan(new FanChart),
      m_difference(new DifferenceChart),
      m_reached(new LineChart),
      m_passages(new CellModel({{tr("Level"), false, {}},
                                {tr("Reached"), true, tr("Share of all devices by the last day.")},
                                {tr("10%"), true, tr("Day by which a tenth of the devices had reached it.")},
                                {tr("Median"), true, tr("Day by which half of the devices had reached it.")},
                                {tr("90%"), true, tr("Day by which nine tenths of the devices had reached it.")}},
                               this)),
      m_occupancy(new StackedAreaChart),
      m_caps(new RankedBars),
      m_fanDeck(new Deck),
      m_differenceDeck(new Deck),
      m_reachedDeck(new Deck),
      m_occupancyDeck(new Deck),
      m_capsDeck(new Deck) {
    m_fan->setObjectName(QStringLiteral("valueFan"));
    m_fan->setXAxis(days());
    m_fan->setUnit(tr("points"));
    m_difference->setObjectName(QStringLiteral("difference"));
    m_difference->setUnit(tr("points, mean of all devices"));
    m_difference->setEmptyText(tr("Change a number to compare."));
    m_reached->setXAxis(days());
    m_reached->setUnit(tr("devices that reached it"));
    m_reached->setValueFormat(ValueFormat::Percent);
    m_reached->setYRange(0, 1);
    m_occupancy->setXAxis(days());
    m_occupancy->setUnit(tr("share of devices"));
    m_caps->setAccessibleName(tr("Cap saturation"));
    auto* passages = new QTableView;
    passages->setModel(m_passages);
    setUpTable(*passages, {{64, true}, {84}, {64}, {72}, {64}}, RowHeight::Compact, tr("Time to level"));
    linkViews({m_fan, m_difference, m_reached, m_occupancy});

    m_pages = {chartPage(tr("Value, percentiles"), {}, m_fan, true),
               chartPage(tr("Draft minus baseline"), tr("mean, 95% band"), m_difference, false),
               chartPage(tr("Time to level"), {}, m_reached, false),
               {tr("Time to level"), tr("days"), tr("Days"), passages, nullptr},
               chartPage(tr("Level occupancy"), {}, m_occupancy, false),
               {tr("Cap saturation"), tr("device-days at the cap"), tr("Caps"), m_caps, nullptr}};
    m_pages[FanPage].tab = tr("Percentiles");
    m_pages[DifferencePage].tab = tr("Difference");
    m_pages[ReachedPage].tab = tr("Curves");
    m_pages[OccupancyPage].tab = tr("Levels");

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::panelGap);
    auto* tiles = new QHBoxLayout;
    tiles->setSpacing(measure::panelGap);
    for (int i = 0; i < 3; ++i) {
        m_tiles.push_back(new KpiTile);
        m_tiles.back()->setCompact(true);
        tiles->addWidget(m_tiles.back(), 1);
    }
    m_better->setObjectName(QStringLiteral("betterTile"));
    tiles->addWidget(m_better, 1);
    rows->addLayout(tiles);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(measure::panelGap);
    upper->addWidget(m_fanDeck, 9);
    upper->addWidget(m_differenceDeck, 5);
    rows->addLayout(upper, 11);
    auto* lower = new QHBoxLayout;
    lower->setSpacing(measure::panelGap);
    lower->addWidget(m_reachedDeck, 1);
    lower->addWidget(m_occupancyDeck, 1);
    lower->addWidget(m_capsDeck, 1);
    rows->addLayout(lower, 9);
    connect(m_better, &BetterTile::clicked, this, &ValuesPage::gainsRequested);
    arrange();
}

void ValuesPage::arrange() {
    m_differenceDeck->setVisible(!m_isSmall);
    m_occupancyDeck->setVisible(!m_isSmall);
    if (m_isSmall) {
        m_fanDeck->setPages({m_pages[FanPage], m_pages[DifferencePage]});
        m_reachedDeck->setPages({m_pages[ReachedPage], m_pages[PassagePage], m_pages[OccupancyPage]});
    } else {
        m_fanDeck->setPages({m_pages[FanPage]});
        m_differenceDeck->setPages({m_pages[DifferencePage]});
        m_reachedDeck->setPages({m_pages[ReachedPage], m_pages[PassagePage]});
        m_occupancyDeck->setPages({m_pages[OccupancyPage]});
    }
    m_capsDeck->setPages({m_pages[CapsPage]});
}

void ValuesPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool isSmall = event->size().height() < smallHeight;
    if (isSmall == m_isSmall)
        return;
    m_isSmall = isSmall;
    arrange();
}

void ValuesPage::setOutcome(const RunOutcome& outcome) {
    const std::vector<Kpi> kpis = kpisOf(outcome);
    for (size_t i = 0; i < m_tiles.size(); ++i)
        m_tiles[i]->setKpi(kpis[i]);
    std::optional<BetterShares> shares;
    if (outcome.comparison) {
        const auto devices = static_cast<double>(std::max<qint64>(1, outcome.devices));
        shares = BetterShares{static_cast<double>(outcome.comparison->better) / devices,
                              static_cast<double>(outcome.comparison->worse) / devices, outcome.summary.days};
    }
    m_better->setShares(shares);
    m_fan->setLevels(levelSteps(outcome.request.b.ruleSet), highestLevelOf(outcome.summary), LevelShow::Lines);
    m_fan->setFan(fanOf(outcome));
    m_difference->setDifference(differenceOf(outcome));
    m_reached->setData(timeToLevelLines(outcome));
    m_passages->setRows(passageRows(outcome));
    m_occupancy->setData(outcome.summary.x, occupancyLayers(outcome.summary));
    m_caps->setBars(capBars(outcome));
    const bool hasComparison = outcome.comparison.has_value();
    if (hasComparison != m_hasComparison) {
        m_hasComparison = hasComparison;
        m_reached->setUnit(hasComparison ? tr("devices that reached it, baseline dashed")
                                         : tr("devices that reached it"));
        m_pages[OccupancyPage].caption = hasComparison ? tr("draft") : QString();
        m_pages[CapsPage].caption = hasComparison ? tr("device-days, tick: baseline") : tr("device-days at the cap");
        arrange();
    }
}

} // namespace affinity::ui
