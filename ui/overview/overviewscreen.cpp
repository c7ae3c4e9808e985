#include "ui/overview/overviewscreen.h"

#include "ui/charts/barchart.h"
#include "ui/overview/healthpanel.h"
#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/cellmodel.h"
#include "ui/shared/formatting.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/panel.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"
#include "ui/workspace/errortext.h"

#include <QHBoxLayout>
#include <QResizeEvent>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int minuteMs = 60'000;
constexpr int rightColumn = 344;
constexpr int smallestChart = 130;
constexpr int wideFrom = 1100; // of the page: below it four tiles fit, not five
constexpr int lowBelow = 640;  // of the page: compact tiles
constexpr int flatBelow = 560; // of the page: one line for each part of the health
constexpr size_t tileThatGoesFirst = 2;
constexpr QMargins chartMargins(16, 0, 12, 10);
const QString causeFailed = QStringLiteral("failed");

} // namespace

OverviewScreen::OverviewScreen(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_minute(new QTimer(this)),
      m_refreshing(new TextLabel(tr("refreshes every minute"), TextStyle::Caption, TextTone::Muted)),
      m_head(new PageHead(tr("Overview"), tr("Loading…"))),
      m_range(new SegmentedControl({tr("Day"), tr("7 days"), tr("30 days"), tr("90 days")}, tr("Days summed up"))),
      m_measure(new SegmentedControl({tr("Events"), tr("Points")}, tr("What the chart counts"))),
      m_banners(new BannerStack),
      m_health(new HealthPanel(workspace)) {
    auto* previous = new IconButton(Icon::ChevronLeft, tr("The day before"));
    auto* next = new IconButton(Icon::ChevronRight, tr("The day after"));
    auto* again = new IconButton(Icon::Refresh, tr("Refresh"));
    setCommand(*previous, QStringLiteral("overview.previousDay"));
    setCommand(*next, QStringLiteral("overview.nextDay"));
    setCommand(*again, QStringLiteral("window.refresh"));
    previous->setObjectName(QStringLiteral("previousDay"));
    next->setObjectName(QStringLiteral("nextDay"));
    again->setObjectName(QStringLiteral("refreshOverview"));
    m_refreshing->setObjectName(QStringLiteral("refreshesByItself"));
    m_head->addAction(m_refreshing);
    m_range->setObjectName(QStringLiteral("overviewRange"));
    for (QWidget* action : std::initializer_list<QWidget*>{previous, next, m_range, again})
        m_head->addAction(action);

    auto* halves = new QHBoxLayout;
    halves->setSpacing(measure::panelGap);
    halves->addWidget(makeValues(), 1);
    halves->addWidget(makeLevels(), 1);
    auto* left = new QVBoxLayout;
    left->setSpacing(measure::panelGap);
    left->addWidget(makeActivity(), 1);
    left->addLayout(halves, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(measure::panelGap);
    right->addWidget(m_health);
    right->addWidget(makeRules(), 1);
    m_health->setFixedWidth(rightColumn);
    m_rulesPanel->setFixedWidth(rightColumn);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(measure::panelGap);
    columns->addLayout(left, 1);
    columns->addLayout(right);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(measure::pageEdge, 0, measure::pageEdge, measure::pageEdge);
    rows->setSpacing(0);
    rows->addWidget(m_head);
    rows->addWidget(m_banners);
    rows->addWidget(makeTiles());
    rows->addSpacing(measure::panelGap);
    rows->addLayout(columns, 1);

    m_minute->setInterval(minuteMs);
    connect(m_minute, &QTimer::timeout, this, &OverviewScreen::refresh);
    connect(m_range, &SegmentedControl::currentChanged, this, &OverviewScreen::refresh);
    connect(m_measure, &SegmentedControl::currentChanged, this, &OverviewScreen::fillActivity);
    connect(previous, &IconButton::clicked, this, [this] { stepDay(-1); });
    connect(next, &IconButton::clicked, this, [this] { stepDay(1); });
    connect(again, &IconButton::clicked, this, &OverviewScreen::refresh);
    connect(&workspace.engine(), &Engine::applied, this, [this] {
        if (isVisible())
            refresh();
    });
}

QWidget* OverviewScreen::makeTiles() {
    auto* strip = new QWidget;
    auto* row = new QHBoxLayout(strip);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::panelGap);
    const std::array opens{tr("Open Devices, the active ones"), tr("Open Devices"), tr("Open Devices"),
                           tr("Open Simulation, where caps can be tried"), tr("Open Levels")};
    const std::array<QString, 5> screens{QString(), QStringLiteral("devices"), QStringLiteral("devices"),
                                         QStringLiteral("simulation"), QStringLiteral("levels")};
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        auto* tile = new KpiTile;
        tile->setObjectName(QStringLiteral("overviewTile%1").arg(i));
        tile->setOpens(opens[i]);
        connect(tile, &KpiTile::clicked, this, [this, screen = screens[i]] {
            if (screen.isEmpty())
                Q_EMIT activeDevicesRequested();
            else
                Q_EMIT screenRequested(screen);
        });
        row->addWidget(tile, 1);
        m_tiles[i] = tile;
    }
    return strip;
}

void OverviewScreen::addOpen(Panel& panel, const QString& name, const QString& screen) {
    auto* open = new IconButton(Icon::ArrowRight, name);
    connect(open, &IconButton::clicked, this, [this, screen] { Q_EMIT screenRequested(screen); });
    panel.addAction(open);
}

QWidget* OverviewScreen::makeActivity() {
    m_activityPanel = new Panel(tr("Activity"));
    m_activityPanel->setBodyMargins(chartMargins);
    m_activity = new BarChart;
    m_activity->setObjectName(QStringLiteral("activityChart"));
    m_activity->setAccessibleName(tr("Activity"));
    m_activity->setValueFormat(ValueFormat::Compact);
    m_activity->setEmptyText(tr("Loading…"));
    m_activity->setMinimumHeight(smallestChart);
    m_activityPanel->addAction(new LegendBar(m_activity));
    m_activityPanel->addAction(m_measure);
    m_activityPanel->body()->addWidget(m_activity, 1);
    return m_activityPanel;
}

QWidget* OverviewScreen::makeValues() {
    m_valuesPanel = new Panel(tr("Value distribution"));
    m_valuesPanel->setBodyMargins(chartMargins);
    m_values = new HistogramChart;
    m_values->setObjectName(QStringLiteral("valueHistogram"));
    m_values->setAccessibleName(tr("Value distribution"));
    m_values->setXAxis({XKind::Number, QTimeZone::utc(), tr("points")});
    m_values->setEmptyText(tr("Loading…"));
    m_values->setMinimumHeight(smallestChart);
    m_valuesPanel->body()->addWidget(m_values, 1);
    return m_valuesPanel;
}

QWidget* OverviewScreen::makeLevels() {
    m_levelsPanel = new Panel(tr("Devices by level"));
    addOpen(*m_levelsPanel, tr("Open Levels"), QStringLiteral("levels"));
    m_levels = new RankedBars;
    m_levels->setAccessibleName(tr("Devices by level"));
    m_levelsPanel->body()->addWidget(m_levels, 1);
    return m_levelsPanel;
}

QWidget* OverviewScreen::makeRules() {
    m_rulesPanel = new Panel(tr("Top rules"));
    m_rulesPanel->setFlushBody();
    m_rules = new CellModel({{tr("Rule"), false, {}},
                             {tr("Points"), true, tr("Sum of the changes of the shown day.")},
                             {tr("Events"), true, tr("Applied events; refused ones are not recorded.")},
                             {tr("At cap"), true, tr("Devices whose day's points reached the rule's daily cap.")}},
                            this);
    auto* table = new QTableView;
    table->setObjectName(QStringLiteral("topRules"));
    table->setModel(m_rules);
    setUpTable(*table, {{100, true}, {80}, {70}, {66}}, RowHeight::Compact, tr("Top rules"));
    offerSaving(*table);
    m_rulesPanel->body()->addWidget(table, 1);
    return m_rulesPanel;
}

OverviewRange OverviewScreen::range() const {
    return static_cast<OverviewRange>(m_range->current());
}

void OverviewScreen::refresh() {
    service::OverviewQuery query;
    query.date = m_date;
    query.days = daysToAsk(range());
    m_asked.start();
    m_request.ask(this, m_workspace.engine().overview(query),
                  [this](const base::Result<service::Overview>& answer) { receive(answer); });
}

void OverviewScreen::showDate(std::optional<QDate> date) {
    m_date = date;
    refresh();
}

std::vector<Command> OverviewScreen::commands() {
    std::vector<Command> all;
    all.push_back({QStringLiteral("overview.previousDay"),
                   tr("Show the day before"),
                   Icon::ChevronLeft,
                   {QKeySequence(Qt::CTRL | Qt::Key_Left)},
                   {},
                   [this] { stepDay(-1); },
                   [this] { return dayObstacle(-1); }});
    all.push_back({QStringLiteral("overview.nextDay"),
                   tr("Show the day after"),
                   Icon::ChevronRight,
                   {QKeySequence(Qt::CTRL | Qt::Key_Right)},
                   {},
                   [this] { stepDay(1); },
                   [this] { return dayObstacle(1); }});
    all.push_back({QStringLiteral("overview.today"), tr("Show today"), Icon::Calendar, {}, {}, [this] {
                       showDate(std::nullopt);
                   }});
    const QStringList ranges{tr("Sum up one day"), tr("Sum up 7 days"), tr("Sum up 30 days"), tr("Sum up 90 days")};
    for (int i = 0; i < ranges.size(); ++i)
        all.push_back({QStringLiteral("overview.range%1").arg(i), ranges.at(i), Icon::Calendar, {}, {}, [this, i] {
                           m_range->setCurrent(i);
                           refresh();
                       }});
    const QStringList measures{tr("Count events in the chart"), tr("Count points in the chart")};
    for (int i = 0; i < measures.size(); ++i)
        all.push_back({QStringLiteral("overview.measure%1").arg(i), measures.at(i), Icon::Overview, {}, {}, [this, i] {
                           m_measure->setCurrent(i);
                           fillActivity();
                       }});
    all.push_back(
        {QStringLiteral("overview.activeDevices"), tr("List the active devices"), Icon::Devices, {}, {}, [this] {
             Q_EMIT activeDevicesRequested();
         }});
    return all;
}

OverviewState OverviewScreen::state() const {
    return {range(), static_cast<ActivityMeasure>(m_measure->current()), m_date};
}

void OverviewScreen::setState(const OverviewState& state) {
    m_range->setCurrent(static_cast<int>(state.range));
    m_measure->setCurrent(static_cast<int>(state.measure));
    m_date = state.date;
    if (isVisible())
        refresh();
}

void OverviewScreen::setRefreshingByItself(bool isRefreshing) {
    m_isRefreshingByItself = isRefreshing;
    m_refreshing->setVisible(isRefreshing);
    if (isRefreshing && isVisible())
        m_minute->start();
    else
        m_minute->stop();
}

QString OverviewScreen::dayObstacle(int days) const {
    if (!m_overview)
        return tr("The overview is loading.");
    const QDate date = m_overview->shownDate.addDays(days);
    if (date > m_overview->today)
        return tr("The day after today is not here yet.");
    return m_overview->firstDate && date < *m_overview->firstDate ? tr("There is nothing before this day.") : QString();
}

void OverviewScreen::stepDay(int days) {
    if (!dayObstacle(days).isEmpty())
        return;
    const QDate date = m_overview->shownDate.addDays(days);
    // Today follows the clock.
    showDate(date == m_overview->today ? std::nullopt : std::optional(date));
}

void OverviewScreen::receive(const base::Result<service::Overview>& answer) {
    if (answer) {
        m_banners->remove(causeFailed);
        m_health->showAnswer(m_asked.nsecsElapsed() / 1000);
        m_overview = *answer;
        fill();
        return;
    }
    m_health->showFailure(answer.error());
    BannerText text;
    text.tone = Tone::Danger;
    text.what = tr("The store did not answer.");
    text.meaning = visibleText(errorText(answer.error()));
    text.action = tr("Ask again");
    Banner* banner = m_banners->show(causeFailed, text);
    connect(banner, &Banner::acted, this, &OverviewScreen::refresh, Qt::UniqueConnection);
}

void OverviewScreen::fill() {
    const service::Overview& overview = *m_overview;
    m_head->setSentence(shownDayText(overview, m_workspace.zone()));
    const std::vector<Kpi> kpis = kpisOf(overview, range());
    for (size_t i = 0; i < m_tiles.size(); ++i)
        m_tiles[i]->setKpi(kpis[i]);
    fillActivity();

    std::vector<double> counts(overview.devicesByValue.begin(), overview.devicesByValue.end());
    m_valuesPanel->setCaption(overview.binWidth == 1 ? tr("devices at each value")
                                                     : tr("devices per %1 points").arg(numberText(overview.binWidth)));
    m_values->setEmptyText(tr("No device is bound yet."));
    m_values->setLevels(levelSteps(overview), highestLevelOf(overview));
    m_values->setData(tr("Devices"), 0, overview.binWidth, overview.boundDevices > 0 ? counts : std::vector<double>{},
                      seriesPaint(0));
    m_levelsPanel->setCaption(tr("%1 bound now").arg(numberText(overview.boundDevices)));
    m_levels->setBars(levelBars(overview), highestLevelOf(overview));
    m_rulesPanel->setCaption(dayText(overview.shownDate));
    m_rules->setRows(ruleRows(overview));
}

void OverviewScreen::fillActivity() {
    if (!m_overview)
        return;
    const auto measured = static_cast<ActivityMeasure>(m_measure->current());
    const ActivityBars bars = activityBars(*m_overview, range(), measured, m_workspace.zone());
    const bool isDay = range() == OverviewRange::Day;
    m_activityPanel->setCaption(isDay
                                    ? dayText(m_overview->shownDate)
                                    : tr("%1 days up to %2").arg(daysIn(range())).arg(dayText(m_overview->shownDate)));
    if (measured == ActivityMeasure::Events)
        m_activity->setUnit(isDay ? tr("events per hour") : tr("events per day"));
    else
        m_activity->setUnit(isDay ? tr("points per hour") : tr("points per day"));
    m_activity->setEmptyText(tr("Nothing was applied in this time."));
    m_activity->setData(bars.categories, bars.layers, bars.comparison);
}

void OverviewScreen::fitWindow() {
    m_tiles[tileThatGoesFirst]->setVisible(width() >= wideFrom);
    for (KpiTile* tile : m_tiles)
        tile->setCompact(height() < lowBelow);
    m_health->setCompact(height() < flatBelow);
}

void OverviewScreen::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isRefreshingByItself)
        m_minute->start();
    refresh();
}

void OverviewScreen::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_minute->stop();
}

void OverviewScreen::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitWindow();
}

} // namespace affinity::ui
