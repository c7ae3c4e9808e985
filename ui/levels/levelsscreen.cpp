#include "ui/levels/levelsscreen.h"

#include "ui/charts/linechart.h"
#include "ui/levels/levelvalues.h"
#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/cellmodel.h"
#include "ui/shared/formatting.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/panel.h"
#include "ui/shared/tableexport.h"
#include "ui/shared/tablesetup.h"
#include "ui/workspace/errortext.h"

#include <QHBoxLayout>
#include <QTableView>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

constexpr int smallestChart = 140;
constexpr QMargins chartMargins(16, 0, 12, 10);
const QString causeFailed = QStringLiteral("failed");

Panel* chartPanel(const QString& title, const QString& caption, LineChart* chart) {
    auto* panel = new Panel(title, caption);
    panel->setBodyMargins(chartMargins);
    chart->setAccessibleName(title);
    chart->setMinimumHeight(smallestChart);
    panel->body()->addWidget(chart, 1);
    return panel;
}

} // namespace

LevelsScreen::LevelsScreen(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_head(new PageHead(tr("Levels"), tr("Loading…"))),
      m_banners(new BannerStack),
      m_levels(new CellModel(
          {{tr("Level"), false, {}},
           {tr("From"), true, tr("The value, in points, from which a device has the level.")},
           {tr("To next"), true, tr("Points between this level and the next.")},
           {tr("Devices"), true, tr("Bound devices at this level now.")},
           {tr("Share"), false, tr("Of all bound devices.")},
           {tr("Reached"), true, tr("Of the devices that were bound below the level, how many got there.")},
           {tr("Days after binding"), false,
            tr("From the log; devices that are not there yet count as followed until now.")},
           {tr("Rewards"), false, {}}},
          this)),
      m_table(new QTableView),
      m_curve(new LineChart),
      m_time(new LineChart) {
    auto* again = new IconButton(Icon::Refresh, tr("Refresh"));
    again->setObjectName(QStringLiteral("refreshLevels"));
    setCommand(*again, QStringLiteral("window.refresh"));
    connect(again, &IconButton::clicked, this, &LevelsScreen::refresh);
    m_head->addAction(again);

    QTableView* table = m_table;
    table->setObjectName(QStringLiteral("levelTable"));
    table->setModel(m_levels);
    setUpTable(*table, {{150}, {70}, {76}, {76}, {140}, {110}, {290}, {140, true}}, RowHeight::Normal, tr("Levels"));
    offerSaving(*table);
    connect(table, &QTableView::activated, this, [this](const QModelIndex& index) { openDevices(index.row()); });
    auto* tablePanel = new Panel(tr("Level table"), tr("Enter shows a level's devices"));
    tablePanel->setFlushBody();
    tablePanel->body()->addWidget(table, 1);

    m_curve->setObjectName(QStringLiteral("levelCurve"));
    m_curve->setXAxis({XKind::Number, QTimeZone::utc(), tr("points")});
    m_curve->setUnit(tr("level"));
    m_curve->setEmptyText(tr("Loading…"));
    m_time->setObjectName(QStringLiteral("timeToLevel"));
    m_time->setXAxis({XKind::Day, QTimeZone::utc(), {}});
    m_time->setUnit(tr("devices that reached it"));
    m_time->setValueFormat(ValueFormat::Percent);
    m_time->setYRange(0, 1);
    m_time->setEmptyText(tr("Loading…"));
    m_timePanel = chartPanel(tr("Time to level"), tr("days after binding, from the log"), m_time);
    auto* charts = new QHBoxLayout;
    charts->setSpacing(measure::panelGap);
    charts->addWidget(chartPanel(tr("Level curve"), tr("which value gives which level"), m_curve), 1);
    charts->addWidget(m_timePanel, 1);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(measure::pageEdge, 0, measure::pageEdge, measure::pageEdge);
    rows->setSpacing(0);
    rows->addWidget(m_head);
    rows->addWidget(m_banners);
    rows->addWidget(tablePanel, 6);
    rows->addSpacing(measure::panelGap);
    rows->addLayout(charts, 5);
}

void LevelsScreen::refresh() {
    m_request.ask(this, m_workspace.engine().levelReport(),
                  [this](const base::Result<service::LevelReport>& answer) { receive(answer); });
}

void LevelsScreen::receive(const base::Result<service::LevelReport>& answer) {
    if (answer) {
        m_banners->remove(causeFailed);
        m_report = *answer;
        fill();
        return;
    }
    BannerText text;
    text.tone = Tone::Danger;
    text.what = tr("The store did not answer.");
    text.meaning = visibleText(errorText(answer.error()));
    text.action = tr("Ask again");
    Banner* banner = m_banners->show(causeFailed, text);
    connect(banner, &Banner::acted, this, &LevelsScreen::refresh, Qt::UniqueConnection);
}

void LevelsScreen::fill() {
    m_head->setSentence(tr("%1 bound devices, values up to %2 points")
                            .arg(numberText(m_report->boundDevices), numberText(m_report->maxAffinity)));
    m_levels->setRows(levelRows(*m_report));
    m_curve->setYRange(0, highestLevelOf(*m_report) + 0.5); // the highest line is not cut
    m_curve->setEmptyText(tr("There is no level table."));
    m_curve->setData(m_report->levels.empty() ? std::vector<LineData>{} : std::vector<LineData>{levelCurve(*m_report)});
    m_time->setEmptyText(tr("No device was followed from below a level yet."));
    m_time->setData(timeToLevelLines(*m_report));
}

void LevelsScreen::openDevices(int row) {
    if (!m_report || row < 0 || row >= static_cast<int>(m_report->levels.size()))
        return;
    const auto index = static_cast<size_t>(row);
    std::optional<int> toValue;
    if (index + 1 < m_report->levels.size())
        toValue = m_report->levels[index + 1].level.minValue - 1;
    Q_EMIT devicesRequested(m_report->levels[index].level.minValue, toValue);
}

std::vector<Command> LevelsScreen::commands() {
    const auto loading = [this] { return m_report ? QString() : tr("The level table is loading."); };
    std::vector<Command> all;
    all.push_back({QStringLiteral("levels.devices"),
                   tr("List the devices of the level"),
                   Icon::Devices,
                   {QKeySequence(Qt::CTRL | Qt::Key_D)},
                   {},
                   [this] { openDevices(m_table->currentIndex().row()); },
                   [this, loading] {
                       const QString reason = loading();
                       return reason.isEmpty() && !m_table->currentIndex().isValid() ? tr("No level is chosen.")
                                                                                     : reason;
                   }});
    all.push_back({QStringLiteral("levels.export"),
                   tr("Save the level table as…"),
                   Icon::Export,
                   {QKeySequence(Qt::CTRL | Qt::Key_E)},
                   {},
                   [this] { saveTableAs(*m_table); },
                   loading});
    return all;
}

void LevelsScreen::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

} // namespace affinity::ui
