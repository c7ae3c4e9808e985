// How ChartFrame is moved through: hover by pointer and keys, zoom, pan, marking a stretch, linked views.
#include "ui/charts/chartframe.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace affinity::ui {
namespace {

constexpr double zoomStep = 0.8;
constexpr double leastSelection = 6; // pixels; less is a click

Range widened(Range a, Range b) {
    return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

/// Keys that belong to the chart while it has the focus, also where a screen has a shortcut of the same keys.
bool isExportKey(const QKeyEvent& event) {
    const QKeyCombination keys = event.keyCombination();
    return event.matches(QKeySequence::Copy) || keys == chartkeys::copyPicture || keys == chartkeys::copyValues ||
           keys == chartkeys::saveAs;
}

} // namespace

Range viewWithin(Range wanted, Range all, double leastSpan) {
    const double whole = all.high - all.low;
    const double span = std::clamp(wanted.high - wanted.low, std::min(leastSpan, whole), whole);
    const double middle = (wanted.low + wanted.high) / 2;
    const double low = std::clamp(middle - span / 2, all.low, std::max(all.low, all.high - span));
    return {low, low + span};
}

void linkViews(const std::vector<ChartFrame*>& charts) {
    for (ChartFrame* source : charts) {
        for (ChartFrame* target : charts) {
            if (source == target)
                continue;
            QObject::connect(source, &ChartFrame::viewChanged, target, [source, target] {
                target->setView(source->isZoomed() ? std::optional(source->view()) : std::nullopt);
            });
        }
    }
}

QPointF ChartFrame::valuesAt(QPointF pixel) const {
    const QRectF plot = plotRect();
    return {m_x.low + (pixel.x() - plot.x()) / plot.width() * (m_x.high - m_x.low),
            m_y.low + (plot.bottom() - pixel.y()) / plot.height() * (m_y.high - m_y.low)};
}

void ChartFrame::setHover(std::optional<QPointF> point) {
    if (m_hover == point)
        return;
    m_hover = point;
    viewport()->update();
}

double ChartFrame::leastSpan() const {
    constexpr double tenSeconds = 10e6;
    switch (m_xAxis.kind) {
    case XKind::Day:
        return 2;
    case XKind::Time:
        return tenSeconds;
    case XKind::Number:
        break;
    }
    const Range all = dataX().value_or(Range{0, 1});
    return (all.high - all.low) * 1e-6; // of ten million points ten are left
}

Range ChartFrame::reachableX() const {
    const Range all = dataX().value_or(m_x);
    return m_view.has_value() ? widened(all, *m_view) : all;
}

void ChartFrame::showByHand(std::optional<Range> view) {
    if (!canZoom() || !hasData())
        return;
    const Range all = *dataX();
    if (view.has_value()) {
        const Range within = viewWithin(*view, reachableX(), leastSpan());
        const bool isAll = within.low <= all.low && within.high >= all.high;
        view = isAll ? std::nullopt : std::optional(within);
    }
    setView(view);
    Q_EMIT viewChanged();
}

void ChartFrame::zoom(double factor, double around) {
    showByHand(Range{around - (around - m_x.low) * factor, around + (m_x.high - around) * factor});
}

void ChartFrame::pan(double shift) {
    if (m_view.has_value())
        showByHand(Range{m_x.low + shift, m_x.high + shift});
}

void ChartFrame::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = valuesAt(event->position());
    if (m_selection.has_value()) {
        const QRectF plot = plotRect();
        m_selection->high = std::clamp(event->position().x(), plot.left(), plot.right());
        setHover(std::nullopt);
        viewport()->update();
        return;
    }
    if (m_dragFrom.has_value() && m_view.has_value()) {
        setHover(std::nullopt);
        pan(*m_dragFrom - at.x());
        return;
    }
    const bool isInside = plotRect().adjusted(-4, 0, 4, 0).contains(event->position());
    setHover(isInside && hasData() ? std::optional(at) : std::nullopt);
}

void ChartFrame::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !canZoom() || !hasData() || !plotRect().contains(event->position()))
        return;
    if (event->modifiers().testFlag(Qt::ShiftModifier) || !m_view.has_value())
        m_selection = Range{event->position().x(), event->position().x()};
    else
        m_dragFrom = valuesAt(event->position()).x();
}

void ChartFrame::mouseReleaseEvent(QMouseEvent*) {
    m_dragFrom.reset();
    if (!m_selection.has_value())
        return;
    const auto [a, b] = *m_selection;
    m_selection.reset();
    if (std::abs(b - a) >= leastSelection)
        showByHand(Range{valuesAt({std::min(a, b), 0}).x(), valuesAt({std::max(a, b), 0}).x()});
    viewport()->update();
}

void ChartFrame::mouseDoubleClickEvent(QMouseEvent*) {
    m_selection.reset();
    showByHand(std::nullopt);
}

void ChartFrame::leaveEvent(QEvent*) {
    setHover(std::nullopt);
}

void ChartFrame::focusOutEvent(QFocusEvent* event) {
    QChartView::focusOutEvent(event);
    setHover(std::nullopt);
}

void ChartFrame::wheelEvent(QWheelEvent* event) {
    // Only with Ctrl: a chart inside a scrolled page must not swallow the wheel.
    if (!event->modifiers().testFlag(Qt::ControlModifier) || event->angleDelta().y() == 0 || !canZoom()) {
        event->ignore();
        return;
    }
    const double at = std::clamp(valuesAt(event->position()).x(), m_x.low, m_x.high);
    zoom(event->angleDelta().y() > 0 ? zoomStep : 1 / zoomStep, at);
    event->accept();
}

std::optional<Hover> ChartFrame::hoverAtPoint(double x, double) const {
    return hoverAt(x);
}

QPointF ChartFrame::stepHover(QPointF from, int right, int) const {
    // The next pixel column that has another point: one point a press, or one column where points are denser.
    const double pixel = (m_x.high - m_x.low) / std::max(1.0, plotRect().width());
    const double reach = m_x.high - m_x.low;
    const Range all = reachableX();
    for (double way = pixel; right != 0 && way <= reach; way += pixel) {
        const double x = std::clamp(from.x() + right * way, all.low, all.high);
        const std::optional<Hover> there = hoverAt(x);
        if (there.has_value() && (there->x - from.x()) * right > 0)
            return {there->x, from.y()};
    }
    return from;
}

void ChartFrame::moveHover(int right, int up, int times) {
    if (!hasData())
        return;
    QPointF at;
    if (m_hover.has_value()) {
        at = *m_hover;
        if (const std::optional<Hover> here = hoverAtPoint(at.x(), at.y()); here.has_value())
            at = {here->x, here->y.value_or(at.y())};
        for (int i = 0; i < times; ++i)
            at = stepHover(at, right, up);
    } else { // the first key shows the box at the end from which the arrow points away
        at = {right < 0 ? m_x.high : m_x.low, up > 0 ? m_y.low : m_y.high};
        if (const std::optional<Hover> here = hoverAtPoint(at.x(), at.y()); here.has_value())
            at = {std::clamp(here->x, m_x.low, m_x.high), here->y.value_or(at.y())};
    }
    if (at.x() < m_x.low)
        pan(at.x() - m_x.low);
    else if (at.x() > m_x.high)
        pan(at.x() - m_x.high);
    setHover(at);
    describe();
}

void ChartFrame::exportBy(QKeyCombination keys) {
    if (keys == chartkeys::copyPicture)
        copyPicture();
    else if (keys == chartkeys::copyValues)
        copyValues();
    else if (keys == chartkeys::saveAs)
        saveAs();
    else
        copy();
}

void ChartFrame::keyPressEvent(QKeyEvent* event) {
    const double middle = m_hover.has_value() ? m_hover->x() : (m_x.low + m_x.high) / 2;
    const int times = event->modifiers().testFlag(Qt::ControlModifier) ? 10 : 1;
    const bool isShifted = event->modifiers().testFlag(Qt::ShiftModifier);
    const double tenth = (m_x.high - m_x.low) / 10;
    if (isExportKey(*event))
        return exportBy(event->keyCombination());
    switch (event->key()) {
    case Qt::Key_Left:
        return isShifted ? pan(-tenth) : moveHover(-1, 0, times);
    case Qt::Key_Right:
        return isShifted ? pan(tenth) : moveHover(1, 0, times);
    case Qt::Key_Up:
        return moveHover(0, 1, times);
    case Qt::Key_Down:
        return moveHover(0, -1, times);
    case Qt::Key_Home:
    case Qt::Key_End: {
        setHover(std::nullopt);
        return moveHover(event->key() == Qt::Key_End ? -1 : 1, -1, 1);
    }
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the same key without Shift
        return zoom(zoomStep, middle);
    case Qt::Key_Minus:
        return zoom(1 / zoomStep, middle);
    case Qt::Key_0:
        return showByHand(std::nullopt);
    case Qt::Key_Escape:
        if (m_selection.has_value() || m_hover.has_value()) {
            m_selection.reset();
            m_hover.reset();
            return viewport()->update();
        }
        break;
    default:
        break;
    }
    // Not QGraphicsView's: it scrolls on keys that mean nothing here.
    event->ignore();
}

bool ChartFrame::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isExportKey(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QChartView::event(event);
}

} // namespace affinity::ui
