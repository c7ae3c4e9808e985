// How ChartFrame paints what Qt Charts does not: grid, axis texts, level bands, gaps, marks, limits, hover.
#include "ui/charts/chartframe.h"

#include "ui/shared/painting.h"

#include <QGraphicsScene>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace affinity::ui {
namespace {

/// How much of a level's colour a band behind a chart has, 0 … 255: pale levels need more to be seen at all.
int bandAlpha(int level, int highestLevel) {
    constexpr std::array<double, 7> light{60, 96, 66, 42, 30, 22, 18};
    constexpr std::array<double, 7> dark{60, 60, 46, 36, 28, 22, 17};
    const auto& alphas = tokens().theme == Theme::Dark ? dark : light;
    if (level <= 0)
        return static_cast<int>(alphas[0]);
    const double place = highestLevel <= 6 ? std::min(level, 6) : 1 + 5.0 * (level - 1) / (highestLevel - 1);
    const double clamped = std::clamp(place, 1.0, 6.0);
    const auto below = static_cast<size_t>(clamped);
    const size_t above = std::min<size_t>(below + 1, 6);
    return static_cast<int>(alphas[below] + (alphas[above] - alphas[below]) * (clamped - static_cast<double>(below)));
}

void paintPixelLine(QPainter& painter, double x, double y, double width, double height, const QColor& color) {
    painter.fillRect(QRectF(std::round(x), std::round(y), width, height), color);
}

QSizeF hoverSize(const Hover& hover) {
    const QFont strong = font(TextStyle::Label);
    const QFont caption = font(TextStyle::Caption);
    double width = textWidth(strong, hover.heading) + 24;
    for (const HoverRow& row : hover.rows)
        width = std::max<double>(width, textWidth(caption, row.name) + textWidth(strong, row.value) + 56);
    return {width, 32 + 20.0 * static_cast<double>(hover.rows.size())};
}

void paintHoverBox(QPainter& painter, const QRectF& box, const Hover& hover) {
    const Tokens& t = tokens();
    const QFont strong = font(TextStyle::Label);
    drawBox(painter, box.translated(0, 2), measure::radiusControl, t.shadow);
    drawBox(painter, box, measure::radiusControl, t.popover, t.borderStrong);
    drawText(painter, QRectF(box.x() + 12, box.y() + 5, box.width() - 24, 20), hover.heading, strong, t.text);
    double y = box.y() + 26;
    for (const HoverRow& row : hover.rows) {
        // A colour that is nearly the box's own gets an edge: a heat map's low values, L0.
        const bool isFaint = contrastRatio(row.color, t.popover) < 1.2;
        drawBox(painter, QRectF(box.x() + 12, y + 6, 8, 8), 2, row.color, isFaint ? t.field : QColor(Qt::transparent));
        drawText(painter, QRectF(box.x() + 26, y, box.width() - 38, 20), row.name, font(TextStyle::Caption),
                 t.secondary);
        drawText(painter, QRectF(box.x() + 12, y, box.width() - 24, 20), row.value, strong, t.text, rightMiddle);
        y += 20;
    }
}

} // namespace

void ChartFrame::paintHatch(QPainter& painter, const QRectF& box) {
    painter.save();
    painter.fillRect(box, tokens().warnSoft);
    painter.setClipRect(box, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor line = tokens().warnFill;
    line.setAlpha(90);
    painter.setPen(QPen(line, 1));
    for (double x = box.x() - box.height(); x < box.right(); x += 7)
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()));
    painter.restore();
}

void ChartFrame::drawBackground(QPainter* painter, const QRectF&) {
    if (!hasData())
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    paintGrid(*painter);
    if (m_levelShow != LevelShow::None)
        paintLevels(*painter);
    if (isYRounded())
        paintZeroLine(*painter);
    paintGaps(*painter);
    paintUnder(*painter);
    painter->restore();
}

void ChartFrame::drawForeground(QPainter* painter, const QRectF&) {
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    if (!m_unit.isEmpty())
        drawText(*painter, QRectF(0, 0, width(), 16), m_unit, ui::font(TextStyle::Axis), tokens().muted);
    if (hasData()) {
        paintAxisTexts(*painter);
        paintMarks(*painter);
        paintOver(*painter);
        paintSelection(*painter);
        paintHover(*painter);
    } else if (!m_emptyText.isEmpty()) {
        drawParagraph(*painter, QRectF(rect()).adjusted(16, 16, -16, -16), m_emptyText, ui::font(TextStyle::Body),
                      tokens().muted, Qt::AlignCenter);
    }
    painter->restore();
}

void ChartFrame::paintUnder(QPainter&) {
}

void ChartFrame::paintOver(QPainter&) {
}

void ChartFrame::paintGrid(QPainter& painter) const {
    const QRectF plot = plotRect();
    const bool hasBands = m_levelShow == LevelShow::Bands && !hasVerticalLevels();
    for (const Tick& tick : ticksOfY())
        if (tick.at != 0 && !hasBands)
            paintPixelLine(painter, plot.x(), pixelY(tick.at), plot.width(), 1, tokens().grid);
}

void ChartFrame::paintZeroLine(QPainter& painter) const {
    const QRectF plot = plotRect();
    // The zero line, or the floor of the plot when zero is not in it.
    const bool hasZero = m_y.low <= 0 && m_y.high >= 0;
    paintPixelLine(painter, plot.x(), pixelY(hasZero ? 0 : m_y.low), plot.width(), 1,
                   m_y.low < 0 && hasZero ? tokens().muted : tokens().borderStrong);
}

void ChartFrame::paintAxisTexts(QPainter& painter) const {
    const QRectF plot = plotRect();
    const QFont axis = ui::font(TextStyle::Axis);
    const QColor color = tokens().muted;
    const bool areNames = hasRowNames();
    const std::vector<Tick> rows = ticksOfY();
    for (size_t i = 0; i < rows.size(); ++i)
        drawText(painter, QRectF(0, pixelY(rows[i].at) - 8, m_left - 8, 16), rows[i].text, fontOfY(i),
                 areNames ? tokens().secondary : color, areNames ? Qt::AlignLeft | Qt::AlignVCenter : rightMiddle);
    const double rightmost = width() - 2.0;
    double freeFrom = -1000;
    const std::vector<Tick> ticks = ticksOfX();
    for (const Tick& tick : ticks) {
        const double wide = textWidth(axis, tick.text);
        const double left = std::clamp(pixelX(tick.at) - wide / 2, std::min(plot.x() - 8, rightmost - wide),
                                       std::max(plot.x() - 8, rightmost - wide));
        if (left < freeFrom)
            continue;
        drawText(painter, QRectF(left, plot.bottom() + 5, wide + 2, 16), tick.text, axis, color);
        freeFrom = left + wide + 8;
    }
}

void ChartFrame::paintLevels(QPainter& painter) const {
    const QRectF plot = plotRect();
    const bool isVertical = hasVerticalLevels();
    const Range range = isVertical ? m_x : m_y;
    std::vector<GutterLabel> labels;
    for (size_t i = 0; i < m_levels.size(); ++i) {
        const LevelStep& step = m_levels[i];
        const double from = std::max(step.from, range.low);
        const double to = std::min(i + 1 < m_levels.size() ? m_levels[i + 1].from : range.high, range.high);
        if (to <= from)
            continue;
        const QColor color = levelFill(step.level, m_highestLevel);
        QColor tint = color;
        tint.setAlpha(bandAlpha(step.level, m_highestLevel));
        const QString name = QStringLiteral("L%1").arg(step.level);
        if (isVertical) {
            const double left = std::round(pixelX(from));
            const QRectF band(left, plot.y(), std::round(pixelX(to)) - left, plot.height());
            painter.fillRect(band, tint);
            painter.fillRect(QRectF(band.x() + 1, band.y(), band.width() - 1, measure::levelStrip), color);
            if (band.width() >= 22)
                drawText(painter, QRectF(band.x(), band.y() + 7, band.width(), 14), name,
                         ui::font(TextStyle::AxisStrong), tokens().secondary, Qt::AlignCenter);
            continue;
        }
        const double top = std::round(pixelY(to));
        const QRectF band(plot.x(), top, plot.width(), std::round(pixelY(from)) - top);
        if (m_levelShow == LevelShow::Bands)
            painter.fillRect(band, tint);
        QColor hairline = levelLine(step.level, m_highestLevel);
        hairline.setAlpha(tokens().theme == Theme::Dark ? 130 : 110);
        if (step.from > m_y.low && step.from > 0)
            painter.fillRect(QRectF(band.x(), band.bottom(), band.width(), 1), hairline);
        painter.fillRect(
            QRectF(band.right() - measure::levelStrip, band.y() + 1, measure::levelStrip, band.height() - 1), color);
        if (band.height() >= 13)
            labels.push_back({band.center().y(), name});
    }
    painter.setRenderHint(QPainter::Antialiasing);
    paintGutter(painter, labels);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void ChartFrame::paintGutter(QPainter& painter, std::vector<GutterLabel> labels) const {
    constexpr double apart = 13; // one line of 11 px text
    const QRectF plot = plotRect();
    std::sort(labels.begin(), labels.end(), [](const GutterLabel& a, const GutterLabel& b) { return a.y < b.y; });
    // Labels that would overlap share their distance from their lines: groups of them stand around their common mean
    // (pool adjacent violators, for the places less one line for each label above).
    struct Group {
        double sum = 0;
        size_t count = 0;
        double mean() const { return sum / static_cast<double>(count); }
    };
    std::vector<Group> groups;
    for (size_t i = 0; i < labels.size(); ++i) {
        groups.push_back({labels[i].y - apart * static_cast<double>(i), 1});
        while (groups.size() > 1 && groups[groups.size() - 2].mean() > groups.back().mean()) {
            groups[groups.size() - 2].sum += groups.back().sum;
            groups[groups.size() - 2].count += groups.back().count;
            groups.pop_back();
        }
    }
    const double lowest = plot.bottom() - apart * (static_cast<double>(labels.size()) - 1);
    size_t at = 0;
    for (const Group& group : groups) {
        const double place = std::max(plot.top(), std::min(group.mean(), lowest));
        for (size_t k = 0; k < group.count; ++k, ++at)
            labels[at].y = place + apart * static_cast<double>(at);
    }
    for (const GutterLabel& label : labels)
        drawText(painter, QRectF(plot.right() + 5, label.y - 8, measure::gutter - 4, 16), label.text,
                 ui::font(TextStyle::AxisStrong), tokens().secondary);
}

void ChartFrame::paintGaps(QPainter& painter) const {
    const QRectF plot = plotRect();
    for (const GapData& gap : m_gaps) {
        const double left = std::max(plot.left(), pixelX(gap.from));
        const double right = std::min(plot.right(), pixelX(gap.to));
        if (right > left)
            paintHatch(painter, QRectF(left, plot.y(), std::max(2.0, right - left), plot.height()));
    }
}

void ChartFrame::paintMarks(QPainter& painter) const {
    const QRectF plot = plotRect();
    const QFont axis = ui::font(TextStyle::Axis);
    const Tokens& t = tokens();
    for (const GapData& gap : m_gaps) {
        const double right = pixelX(gap.to) + 6;
        const double wide = textWidth(axis, gap.label) + 12;
        if (gap.label.isEmpty() || pixelX(gap.to) < plot.left() || pixelX(gap.from) > plot.right())
            continue;
        const double left = right + wide <= plot.right() ? right : std::max(plot.x(), pixelX(gap.from) - 6 - wide);
        const QRectF box(left, plot.y() + 2, wide, 18);
        drawBox(painter, box, measure::radiusTag, t.surface, t.border);
        drawText(painter, box.adjusted(6, 0, 0, 0), gap.label, axis, t.warn);
    }
    for (const MarkData& mark : m_marks) {
        const double x = pixelX(mark.x);
        if (x < plot.left() || x > plot.right())
            continue;
        const QColor color = mark.tone == Tone::Neutral ? t.muted : toneColors(mark.tone).text;
        painter.setPen(QPen(color, 1, Qt::DotLine));
        painter.drawLine(QPointF(std::round(x) + 0.5, plot.top()), QPointF(std::round(x) + 0.5, plot.bottom()));
        const double wide = textWidth(axis, mark.label);
        const bool isRight = x + 6 + wide <= plot.right();
        drawText(painter, QRectF(isRight ? x + 6 : x - 6 - wide, plot.top() - 2, wide + 2, 16), mark.label, axis,
                 mark.tone == Tone::Neutral ? t.secondary : color);
    }
    for (const LimitData& limit : m_limits) {
        const double y = std::round(pixelY(limit.y)) + 0.5;
        const QColor color = toneColors(limit.tone).text;
        QPen pen(color, 1.5, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({3, 2});
        painter.setPen(pen);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        drawText(painter, QRectF(plot.left(), y - 17, plot.width() - 6, 16), limit.label, axis, color, rightMiddle);
    }
}

void ChartFrame::paintHoverMark(QPainter& painter, const Hover& hover) const {
    const QRectF plot = plotRect();
    const double x = std::round(pixelX(hover.x));
    painter.fillRect(QRectF(x, plot.y(), 1, plot.height()), tokens().borderStrong);
    for (const HoverRow& row : hover.rows) {
        if (!row.dotY.has_value())
            continue;
        painter.setPen(QPen(tokens().surface, 2));
        painter.setBrush(row.color);
        painter.drawEllipse(QPointF(x + 0.5, pixelY(*row.dotY)), 4.5, 4.5);
    }
}

void ChartFrame::paintHover(QPainter& painter) const {
    if (!m_hover.has_value())
        return;
    const std::optional<Hover> hover = hoverAtPoint(m_hover->x(), m_hover->y());
    if (!hover.has_value() || hover->rows.empty())
        return;
    const QRectF plot = plotRect();
    const double x = std::round(pixelX(hover->x));
    if (x < plot.left() - 1 || x > plot.right() + 1)
        return;
    paintHoverMark(painter, *hover);
    paintHoverBox(painter, hoverBox(*hover, hoverSize(*hover)), *hover);
}

void ChartFrame::paintSelection(QPainter& painter) const {
    if (!m_selection.has_value())
        return;
    const QRectF plot = plotRect();
    const double left = std::round(std::min(m_selection->low, m_selection->high));
    const double right = std::round(std::max(m_selection->low, m_selection->high));
    QColor tint = tokens().accentFill;
    tint.setAlpha(tokens().theme == Theme::Dark ? 70 : 40);
    painter.fillRect(QRectF(left, plot.y(), right - left, plot.height()), tint);
    for (const double edge : {left, right})
        painter.fillRect(QRectF(edge, plot.y(), 1, plot.height()), tokens().accentText);
}

QRectF ChartFrame::hoverBox(const Hover& hover, QSizeF size) const {
    const QRectF plot = plotRect();
    const double x = std::round(pixelX(hover.x));
    const double right = x + 12;
    const double left = x - 12 - size.width();
    double top = plot.y() + 4;
    double bottom = plot.bottom() - 4 - size.height();
    if (hover.y.has_value()) { // beside the cell, not over it
        top = pixelY(*hover.y) + 14;
        bottom = pixelY(*hover.y) - 14 - size.height();
    }
    QRectF best;
    int fewest = std::numeric_limits<int>::max();
    // Right of the line first, and where the lines are not.
    for (const QPointF corner :
         {QPointF(right, top), QPointF(left, top), QPointF(right, bottom), QPointF(left, bottom)}) {
        const QRectF box(corner, size);
        const bool isOutside =
            box.right() > plot.right() - 4 || box.left() < 0 || box.bottom() > height() || box.top() < 0;
        const int covered = isOutside ? 1000 : coveredPoints(box);
        if (covered < fewest) {
            fewest = covered;
            best = box;
        }
    }
    best.moveLeft(std::clamp(best.x(), 0.0, std::max(0.0, width() - size.width())));
    best.moveTop(std::clamp(best.y(), 0.0, std::max(0.0, height() - size.height())));
    return best;
}

int ChartFrame::coveredPoints(const QRectF& box) const {
    constexpr int samples = 8;
    const QRectF plot = plotRect();
    int covered = 0;
    for (int i = 0; i <= samples; ++i) {
        const double share = (box.x() + box.width() * i / samples - plot.x()) / plot.width();
        const std::optional<Hover> there = hoverAt(m_x.low + share * (m_x.high - m_x.low));
        if (!there.has_value())
            continue;
        for (const HoverRow& row : there->rows)
            if (row.dotY.has_value() && box.adjusted(0, -6, 0, 6).contains(box.center().x(), pixelY(*row.dotY)))
                ++covered;
    }
    return covered;
}

} // namespace affinity::ui
