#include "ui/devices/valuepanel.h"

#include "ui/charts/linechart.h"
#include "ui/shared/formatting.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/workspace/errortext.h"

#include <QVBoxLayout>

#include <array>

namespace affinity::ui {

namespace {

constexpr std::array<int, 3> ranges{30, 90, 365};

std::vector<LevelStep> levelSteps(const std::vector<rules::Level>& levels) {
    std::vector<LevelStep> steps;
    for (const rules::Level& level : levels)
        steps.push_back({level.level, static_cast<double>(level.minValue)});
    return steps;
}

} // namespace

ValuePanel::ValuePanel(Workspace& workspace, QWidget* parent)
    : Panel(tr("Value over time"), {}, parent),
      m_workspace(workspace),
      m_range(new SegmentedControl({tr("30 d"), tr("90 d"), tr("1 y")}, tr("Days shown"))),
      m_chart(new LineChart) {
    setObjectName(QStringLiteral("valuePanel"));
    setBodyMargins({measure::pageEdge, 0, measure::pageEdge, 10});
    m_range->setObjectName(QStringLiteral("valueRange"));
    m_range->setCurrent(1);
    addAction(m_range);
    m_chart->setObjectName(QStringLiteral("valueChart"));
    m_chart->setAccessibleName(tr("Value over time"));
    m_chart->setXAxis({XKind::Time, workspace.zone(), {}});
    m_chart->setEmptyText(tr("Loading…"));
    body()->addWidget(m_chart, 1);
    connect(m_range, &SegmentedControl::currentChanged, this, &ValuePanel::ask);
}

int ValuePanel::days() const {
    return ranges[static_cast<size_t>(m_range->current())];
}

void ValuePanel::setCompact(bool isCompact) {
    m_range->setHidden(isCompact);
}

void ValuePanel::setDetail(const service::DeviceDetail& detail) {
    const bool isOther = m_device != detail.device.binding.id;
    m_device = detail.device.binding.id;
    if (isOther)
        m_chart->setData({});
    const int highest = detail.levels.empty() ? 6 : detail.levels.back().level;
    m_chart->setLevels(levelSteps(detail.levels), highest);
    ask();
}

void ValuePanel::ask() {
    if (!m_device.isValid())
        return;
    setCaption(days() == 365 ? tr("points, end of day, 1 year") : tr("points, end of day, %1 days").arg(days()));
    m_request.ask(this, m_workspace.engine().valueHistory(m_device, days()),
                  [this](const base::Result<std::vector<service::ValuePoint>>& answer) {
                      if (answer) {
                          show(*answer);
                          return;
                      }
                      m_chart->setEmptyText(visibleText(errorText(answer.error())));
                      m_chart->setData({});
                  });
}

void ValuePanel::show(const std::vector<service::ValuePoint>& points) {
    LineData line;
    line.name = tr("Value");
    line.paint = seriesPaint(0);
    line.marksEnd = true;
    for (size_t i = 0; i < points.size(); ++i) {
        // A day's closing value belongs to that day, not to the midnight after it.
        const qint64 shownUs = i + 1 < points.size() ? points[i].timeUs - 1 : points[i].timeUs;
        line.x.push_back(static_cast<double>(shownUs));
        line.y.push_back(points[i].value);
    }
    m_chart->setEmptyText(tr("No value is known for these days."));
    m_chart->setData({line});
}

} // namespace affinity::ui
