#include "ui/charts/rankedbars.h"

#include "ui/charts/ticks.h"
#include "ui/shared/painting.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace affinity::ui {
namespace {

constexpr double rowStep = 32;
constexpr double barHeight = 10;
constexpr double topOfLimit = 18, axisHeight = 24;
constexpr double chipStep = measure::levelChipWidth + 8;

QFont nameFont(const RankedBar& bar) {
    return bar.isCode ? font(TextStyle::Code) : font(bar.level.has_value() ? TextStyle::Body : TextStyle::Caption);
}

QColor barFill(const RankedBar& bar, int highestLevel) {
    if (bar.level.has_value())
        return levelFill(*bar.level, highestLevel);
    return seriesColor(bar.isOverLimit ? 1 : 0);
}

/// Pale levels need an edge to be seen on the surface.
QColor barEdge(const RankedBar& bar, const QColor& fill) {
    if (!bar.level.has_value() || *bar.level > 2)
        return Qt::transparent;
    return tokens().theme == Theme::Dark ? tokens().borderStrong : fill.darker(118);
}

} // namespace

RankedBars::RankedBars(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void RankedBars::setBars(std::vector<RankedBar> bars, int highestLevel) {
    m_bars = std::move(bars);
    m_highestLevel = highestLevel;
    QStringList words;
    for (const RankedBar& bar : m_bars) {
        const QString level = bar.level.has_value() ? QStringLiteral("L%1 ").arg(*bar.level) : QString();
        words += QStringLiteral("%1%2: %3").arg(level, bar.name, bar.valueText);
    }
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

void RankedBars::setLimit(std::optional<double> limit, const QString& words, ValueFormat axisFormat) {
    m_limit = limit;
    m_limitWords = words;
    m_axisFormat = axisFormat;
    update();
}

QSize RankedBars::sizeHint() const {
    const double extra = m_limit.has_value() ? topOfLimit + axisHeight : 0;
    return {320, static_cast<int>(rowStep * static_cast<double>(m_bars.size()) + extra)};
}

QSize RankedBars::minimumSizeHint() const {
    return {220, static_cast<int>(18 * static_cast<double>(m_bars.size()) + (m_limit.has_value() ? 42 : 0))};
}

double RankedBars::nameWidth() const {
    double widest = 0;
    for (const RankedBar& bar : m_bars) {
        const double chip = bar.level.has_value() ? chipStep : 0;
        widest = std::max(widest, chip + textWidth(nameFont(bar), bar.name));
    }
    return std::min(widest + 12, width() * 0.45);
}

double RankedBars::figureWidth() const {
    double figures = 0;
    double notes = 0;
    for (const RankedBar& bar : m_bars) {
        figures = std::max<double>(figures, textWidth(ui::font(TextStyle::Strong), bar.valueText));
        notes = std::max<double>(notes, textWidth(ui::font(TextStyle::Caption), bar.note));
    }
    return figures + (notes > 0 ? notes + 12 : 0);
}

void RankedBars::paintAxis(QPainter& painter, double left, double right, double most) const {
    const QFont axis = ui::font(TextStyle::Axis);
    const double floor = height() - axisHeight;
    const std::vector<double> ticks = roundTicks(0, most, std::max(2, static_cast<int>((right - left) / 44) + 1));
    for (size_t i = 0; i < ticks.size(); ++i) {
        const double x = std::round(left + ticks[i] / most * (right - left));
        painter.fillRect(QRectF(x, topOfLimit, 1, floor - topOfLimit),
                         ticks[i] == 0 ? tokens().borderStrong : tokens().grid);
        drawText(painter, QRectF(x - 24, floor + 3, 48, 16), axisText(ticks[i], m_axisFormat), axis, tokens().muted,
                 Qt::AlignCenter);
    }
    const double x = std::round(left + std::min(*m_limit, most) / most * (right - left)) + 0.5;
    QPen pen(tokens().danger, 1.5, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({3, 2});
    painter.setPen(pen);
    painter.drawLine(QPointF(x, 16), QPointF(x, floor));
    const double wide = textWidth(axis, m_limitWords);
    const double start = std::clamp(x - wide / 2, 0.0, std::max(0.0, width() - wide));
    drawText(painter, QRectF(start, 0, wide + 2, 16), m_limitWords, axis, tokens().danger);
}

void RankedBars::paintEvent(QPaintEvent*) {
    if (m_bars.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& t = tokens();
    double most = m_limit.value_or(0);
    for (const RankedBar& bar : m_bars)
        most = std::max({most, bar.value, bar.reference.value_or(0)});
    most = most > 0 ? (m_limit.has_value() ? roundRange(0, most, 6).high : most) : 1;
    const double left = nameWidth();
    const double right = width() - figureWidth() - 14;
    if (m_limit.has_value())
        paintAxis(painter, left, right, most);
    const double top = m_limit.has_value() ? topOfLimit : 0;
    const double room = height() - top - (m_limit.has_value() ? axisHeight : 0);
    const double step = std::min(m_limit.has_value() ? 40.0 : 48.0, room / static_cast<double>(m_bars.size()));
    double noteWidth = 0;
    for (const RankedBar& bar : m_bars)
        noteWidth = std::max<double>(noteWidth, textWidth(ui::font(TextStyle::Caption), bar.note));
    for (size_t i = 0; i < m_bars.size(); ++i) {
        const RankedBar& bar = m_bars[i];
        const double middle = std::round(top + step * (static_cast<double>(i) + 0.5));
        if (bar.level.has_value())
            drawLevelChip(painter, 0, middle, *bar.level, m_highestLevel);
        const double nameLeft = bar.level.has_value() ? chipStep : 0;
        drawText(painter, QRectF(nameLeft, middle - 10, left - nameLeft - 8, 20), bar.name, nameFont(bar), t.text);
        const QColor fill = barFill(bar, m_highestLevel);
        const double length = std::max(bar.value > 0 ? 4.0 : 0.0, bar.value / most * (right - left));
        if (length > 0)
            drawBox(painter, QRectF(left + 1, middle - barHeight / 2, length, barHeight), bar.level.has_value() ? 3 : 2,
                    fill, barEdge(bar, fill));
        if (bar.reference.has_value())
            painter.fillRect(QRectF(std::round(left + *bar.reference / most * (right - left)) - 1, middle - 8, 2, 16),
                             t.text);
        const double figureRight = width() - (noteWidth > 0 ? noteWidth + 12 : 0);
        drawText(painter, QRectF(right, middle - 10, figureRight - right, 20), bar.valueText,
                 ui::font(bar.level.has_value() ? TextStyle::Body : TextStyle::Label),
                 bar.isOverLimit ? t.danger : t.text, rightMiddle);
        drawText(painter, QRectF(figureRight, middle - 10, width() - figureRight, 20), bar.note,
                 ui::font(TextStyle::Caption), t.muted, rightMiddle);
    }
}

} // namespace affinity::ui
