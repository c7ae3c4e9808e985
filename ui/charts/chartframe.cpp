#include "ui/charts/chartframe.h"

#include "ui/shared/fonts.h"
#include "ui/shared/style.h"

#include <QAreaSeries>
#include <QChart>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <utility>

namespace affinity::ui {
namespace {

constexpr double unitHeight = 24; // the words above the y axis
constexpr double topEdge = 8, bottomEdge = 22, rightEdge = 14;
constexpr double labelGap = 8; // between y labels and the plot

QChart* emptyChart() {
    auto* chart = new QChart;
    chart->setBackgroundVisible(false);
    chart->setPlotAreaBackgroundVisible(false);
    chart->setBackgroundRoundness(0);
    chart->setMargins(QMargins());
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->legend()->hide();
    chart->setAnimationOptions(QChart::NoAnimation);
    return chart;
}

/// Only scales: labels, grid and line are ours.
QValueAxis* silentAxis() {
    auto* axis = new QValueAxis;
    axis->setLabelsVisible(false);
    axis->setGridLineVisible(false);
    axis->setMinorGridLineVisible(false);
    axis->setLineVisible(false);
    return axis;
}

bool isArea(const DrawnPart& part) {
    return !part.lower.isEmpty();
}

/// Qt Charts draws a solid line piece by piece, and the pieces' soft ends overlap into dots. Dashed lines it draws as
/// one path, so a solid pen becomes one with dashes longer than any line. Long lines, where nobody sees the dots, stay
/// as they are: stroking one path of thousands of points takes much longer.
QPen asOnePath(QPen pen, qsizetype pointCount) {
    constexpr qsizetype most = 800;
    if (pen.style() == Qt::SolidLine && pointCount <= most) {
        pen.setStyle(Qt::CustomDashLine);
        pen.setDashPattern({1e7, 1e-3}); // in pen widths
    }
    return pen;
}

void fillSeries(QAbstractSeries* series, const DrawnPart& part) {
    if (auto* area = qobject_cast<QAreaSeries*>(series)) {
        area->upperSeries()->replace(part.points);
        area->lowerSeries()->replace(part.lower);
        area->setBrush(part.fill);
        area->setPen(Qt::NoPen);
    } else if (auto* line = qobject_cast<QLineSeries*>(series)) {
        line->replace(part.points);
        line->setPen(asOnePath(part.pen, part.points.size()));
    }
}

QAbstractSeries* newSeries(const DrawnPart& part) {
    QAbstractSeries* made = nullptr;
    if (isArea(part)) {
        auto* area = new QAreaSeries;
        area->setUpperSeries(new QLineSeries(area));
        area->setLowerSeries(new QLineSeries(area));
        made = area;
    } else {
        made = new QLineSeries;
    }
    fillSeries(made, part);
    return made;
}

} // namespace

ChartFrame::ChartFrame(QWidget* parent)
    : QChartView(emptyChart(), parent), m_axisX(silentAxis()), m_axisY(silentAxis()) {
    chart()->addAxis(m_axisX, Qt::AlignBottom);
    chart()->addAxis(m_axisY, Qt::AlignLeft);
    setFrameShape(QFrame::NoFrame);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    setRenderHint(QPainter::Antialiasing);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumSize(120, 80);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setProperty("focusRadius", measure::radiusTag);
    connect(&ThemeSignal::instance(), &ThemeSignal::changed, this, &ChartFrame::refresh);
}

void ChartFrame::setUnit(const QString& words) {
    m_unit = words;
    refresh();
}

void ChartFrame::setXAxis(const XAxis& axis) {
    m_xAxis = axis;
    refresh();
}

void ChartFrame::setValueFormat(ValueFormat format) {
    m_format = format;
    refresh();
}

void ChartFrame::setYRange(double low, double high) {
    m_fixedY = Range{low, high};
    refresh();
}

void ChartFrame::clearYRange() {
    m_fixedY.reset();
    refresh();
}

void ChartFrame::setLevels(std::vector<LevelStep> levels, int highestLevel, LevelShow show) {
    m_levels = std::move(levels);
    m_highestLevel = highestLevel;
    m_levelShow = m_levels.empty() ? LevelShow::None : show;
    refresh();
}

void ChartFrame::setGaps(std::vector<GapData> gaps) {
    m_gaps = std::move(gaps);
    refresh();
}

void ChartFrame::setMarks(std::vector<MarkData> marks) {
    m_marks = std::move(marks);
    viewport()->update();
}

void ChartFrame::setLimits(std::vector<LimitData> limits) {
    m_limits = std::move(limits);
    refresh();
}

void ChartFrame::setDescription(const QString& sentence) {
    m_description = sentence;
    describe();
}

void ChartFrame::setEmptyText(const QString& words) {
    m_emptyText = words;
    viewport()->update();
}

void ChartFrame::setView(std::optional<Range> view) {
    m_view = view;
    refresh();
}

Range ChartFrame::view() const {
    return m_x;
}

void ChartFrame::setGutter(bool hasGutter) {
    m_wantsGutter = hasGutter;
}

bool ChartFrame::hasGutter() const {
    return m_wantsGutter || (m_levelShow != LevelShow::None && !hasVerticalLevels());
}

QRectF ChartFrame::plotRect() const {
    const double top = m_unit.isEmpty() && !hasHeadLine() ? topEdge : unitHeight + 2;
    const double right = hasGutter() ? measure::gutter : rightEdge;
    return {m_left, top, std::max(1.0, width() - m_left - right), std::max(1.0, height() - top - bottomEdge)};
}

double ChartFrame::pixelX(double x) const {
    const QRectF plot = plotRect();
    return plot.x() + (x - m_x.low) / (m_x.high - m_x.low) * plot.width();
}

double ChartFrame::pixelY(double y) const {
    const QRectF plot = plotRect();
    return plot.bottom() - (y - m_y.low) / (m_y.high - m_y.low) * plot.height();
}

int ChartFrame::columns() const {
    return std::max(16, static_cast<int>(plotRect().width() * devicePixelRatioF()));
}

std::vector<Tick> ChartFrame::ticksOfY() const {
    const int most = std::clamp(static_cast<int>(plotRect().height() / 26) + 1, 3, 6);
    std::vector<Tick> ticks;
    for (const double at : roundTicks(m_y.low, m_y.high, most))
        ticks.push_back({at, axisText(at, m_format)});
    return ticks;
}

QFont ChartFrame::fontOfY(size_t) const {
    return ui::font(TextStyle::Axis);
}

std::vector<Tick> ChartFrame::ticksOfX() const {
    const double perLabel = m_xAxis.kind == XKind::Day ? 56 : 76; // a label and the air beside it
    return xTicks(m_xAxis, m_x.low, m_x.high, std::max(2, static_cast<int>(plotRect().width() / perLabel) + 1));
}

void ChartFrame::layOut() {
    double widest = 24;
    const std::vector<Tick> rows = ticksOfY();
    for (size_t i = 0; i < rows.size(); ++i)
        widest = std::max<double>(widest, textWidth(fontOfY(i), rows[i].text));
    if (hasRowNames()) // longer names are cut; the hover box has them whole
        widest = std::min(widest, std::max(48.0, width() * 0.34));
    m_left = std::ceil(widest) + labelGap;
    chart()->setPlotArea(plotRect());
}

void ChartFrame::refresh() {
    m_x = m_view.value_or(dataX().value_or(Range{0, 1}));
    if (!(m_x.high > m_x.low))
        m_x = {m_x.low - 0.5, m_x.low + 0.5};
    if (m_fixedY.has_value()) {
        m_y = *m_fixedY;
    } else if (!isYRounded()) {
        m_y = dataY();
    } else {
        Range extent = dataY();
        for (const LimitData& limit : m_limits)
            extent = {std::min(extent.low, limit.y), std::max(extent.high, limit.y)};
        const int most = std::clamp(static_cast<int>(plotRect().height() / 26) + 1, 3, 6);
        m_y = roundRange(std::min(0.0, extent.low), std::max(0.0, extent.high), most);
    }
    m_axisX->setRange(m_x.low, m_x.high);
    m_axisY->setRange(m_y.low, m_y.high);
    layOut();
    rebuild();
    describe();
    if (std::vector<LegendEntry> entries = legend(); entries != m_lastLegend) {
        m_lastLegend = std::move(entries);
        Q_EMIT legendChanged();
    }
    viewport()->update();
}

void ChartFrame::addToAxes(QAbstractSeries* series) {
    chart()->addSeries(series);
    series->attachAxis(m_axisX);
    series->attachAxis(m_axisY);
}

void ChartFrame::setDrawn(const std::vector<DrawnPart>& parts) {
    const auto fits = [](const QAbstractSeries* series, const DrawnPart& part) {
        return (series->type() == QAbstractSeries::SeriesTypeArea) == isArea(part);
    };
    const bool isSameShape =
        m_drawn.size() == parts.size() && std::equal(m_drawn.begin(), m_drawn.end(), parts.begin(), fits);
    if (isSameShape) {
        for (size_t i = 0; i < parts.size(); ++i)
            fillSeries(m_drawn[i], parts[i]);
        return;
    }
    for (QAbstractSeries* series : m_drawn) {
        chart()->removeSeries(series);
        delete series;
    }
    m_drawn.clear();
    for (const DrawnPart& part : parts) {
        m_drawn.push_back(newSeries(part));
        addToAxes(m_drawn.back());
    }
}

void ChartFrame::describe() {
    QStringList words;
    if (!m_unit.isEmpty())
        words += m_unit;
    for (const LegendEntry& entry : legend())
        if (entry.isShown)
            words += entry.name;
    if (const std::optional<Range> x = dataX(); x.has_value()) {
        const std::optional<Hover> told =
            m_hover.has_value() ? hoverAtPoint(m_hover->x(), m_hover->y()) : hoverAt(x->high);
        if (told.has_value())
            for (const HoverRow& row : told->rows)
                words += QStringLiteral("%1 %2: %3").arg(told->heading, row.name, row.value);
    } else if (!m_emptyText.isEmpty()) {
        words += m_emptyText;
    }
    setAccessibleDescription(m_description.isEmpty() ? words.join(QStringLiteral("; ")) : m_description);
}

void ChartFrame::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    refresh();
}

} // namespace affinity::ui
