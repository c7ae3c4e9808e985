#include "ui/charts/chartframe.h"

#include "ui/shared/fonts.h"
#include "ui/shared/style.h"

#include <QAreaSeries>
#include <QChart>
#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QLegend>
#include <QLineSeries>
#include <QMouseEvent>
#include <QValueAxis>
#include <QWheelEvent>

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
    setFocusPolicy(Qt::TabFocus);
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
    const double top = m_unit.isEmpty() ? topEdge : unitHeight + 2;
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

std::vector<double> ChartFrame::ticksOfY() const {
    const int most = std::clamp(static_cast<int>(plotRect().height() / 26) + 1, 3, 6);
    return roundTicks(m_y.low, m_y.high, most);
}

std::vector<Tick> ChartFrame::ticksOfX() const {
    const double perLabel = m_xAxis.kind == XKind::Day ? 56 : 76; // a label and the air beside it
    return xTicks(m_xAxis, m_x.low, m_x.high, std::max(2, static_cast<int>(plotRect().width() / perLabel) + 1));
}

void ChartFrame::layOut() {
    double widest = 24;
    for (const double tick : ticksOfY())
        widest = std::max<double>(widest, textWidth(ui::font(TextStyle::Axis), axisText(tick, m_format)));
    m_left = std::ceil(widest) + labelGap;
    chart()->setPlotArea(plotRect());
}

void ChartFrame::refresh() {
    m_x = m_view.value_or(dataX().value_or(Range{0, 1}));
    if (!(m_x.high > m_x.low))
        m_x = {m_x.low - 0.5, m_x.low + 0.5};
    if (m_fixedY.has_value()) {
        m_y = *m_fixedY;
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
    Q_EMIT legendChanged();
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
        if (const std::optional<Hover> last = hoverAt(x->high); last.has_value())
            for (const HoverRow& row : last->rows)
                words += QStringLiteral("%1 %2: %3").arg(last->heading, row.name, row.value);
    } else if (!m_emptyText.isEmpty()) {
        words += m_emptyText;
    }
    setAccessibleDescription(m_description.isEmpty() ? words.join(QStringLiteral("; ")) : m_description);
}

void ChartFrame::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    refresh();
}

void ChartFrame::setHover(std::optional<double> x) {
    if (m_hoverX == x)
        return;
    m_hoverX = x;
    viewport()->update();
}

void ChartFrame::mouseMoveEvent(QMouseEvent* event) {
    const QRectF plot = plotRect();
    const double share = (event->position().x() - plot.x()) / plot.width();
    const double x = m_x.low + share * (m_x.high - m_x.low);
    if (m_dragFrom.has_value() && m_view.has_value()) {
        const double shift = *m_dragFrom - x;
        setHover(std::nullopt);
        setView(Range{m_x.low + shift, m_x.high + shift});
        Q_EMIT viewChanged();
        return;
    }
    const bool isInside = plot.adjusted(-4, 0, 4, 0).contains(event->position());
    setHover(isInside && hasData() ? std::optional<double>(x) : std::nullopt);
}

void ChartFrame::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        const QRectF plot = plotRect();
        m_dragFrom = m_x.low + (event->position().x() - plot.x()) / plot.width() * (m_x.high - m_x.low);
    }
}

void ChartFrame::mouseReleaseEvent(QMouseEvent*) {
    m_dragFrom.reset();
}

void ChartFrame::mouseDoubleClickEvent(QMouseEvent*) {
    setView(std::nullopt);
    Q_EMIT viewChanged();
}

void ChartFrame::leaveEvent(QEvent*) {
    setHover(std::nullopt);
}

void ChartFrame::focusOutEvent(QFocusEvent* event) {
    QChartView::focusOutEvent(event);
    setHover(std::nullopt);
}

void ChartFrame::zoom(double factor, double around) {
    const std::optional<Range> all = dataX();
    if (!all.has_value())
        return;
    const Range wanted{around - (around - m_x.low) * factor, around + (m_x.high - around) * factor};
    if (wanted.low <= all->low && wanted.high >= all->high)
        setView(std::nullopt);
    else
        setView(Range{std::max(all->low, wanted.low), std::min(all->high, wanted.high)});
    Q_EMIT viewChanged();
}

void ChartFrame::wheelEvent(QWheelEvent* event) {
    // Only with Ctrl: a chart inside a scrolled page must not swallow the wheel.
    if (!event->modifiers().testFlag(Qt::ControlModifier) || event->angleDelta().y() == 0) {
        event->ignore();
        return;
    }
    const QRectF plot = plotRect();
    const double share = std::clamp((event->position().x() - plot.x()) / plot.width(), 0.0, 1.0);
    zoom(event->angleDelta().y() > 0 ? 0.8 : 1.25, m_x.low + share * (m_x.high - m_x.low));
    event->accept();
}

void ChartFrame::keyPressEvent(QKeyEvent* event) {
    const double middle = m_hoverX.value_or((m_x.low + m_x.high) / 2);
    const double step = (m_x.high - m_x.low) / 60;
    switch (event->key()) {
    case Qt::Key_Left:
        return setHover(std::max(m_x.low, m_hoverX.value_or(m_x.high) - step));
    case Qt::Key_Right:
        return setHover(std::min(m_x.high, m_hoverX.value_or(m_x.low) + step));
    case Qt::Key_Home:
        return setHover(m_x.low);
    case Qt::Key_End:
        return setHover(m_x.high);
    case Qt::Key_Plus:
        return zoom(0.8, middle);
    case Qt::Key_Minus:
        return zoom(1.25, middle);
    case Qt::Key_Escape:
        if (m_hoverX.has_value())
            return setHover(std::nullopt);
        break;
    default:
        break;
    }
    QChartView::keyPressEvent(event);
}

} // namespace affinity::ui
