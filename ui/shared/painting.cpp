#include "ui/shared/painting.h"

#include <QFontMetricsF>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace affinity::ui {
namespace {

constexpr double tagPadding = 6;
constexpr double tagIconWidth = 16;

double chipWidth(const QString& text) {
    return std::max<double>(measure::levelChipWidth, textWidth(font(TextStyle::Label), text) + 10);
}

struct Extent {
    double low = 0, high = 0;
    bool isEmpty = true;
};

Extent extentOf(const std::vector<double>& values) {
    Extent extent;
    for (const double value : values) {
        if (!std::isfinite(value))
            continue;
        extent.low = extent.isEmpty ? value : std::min(extent.low, value);
        extent.high = extent.isEmpty ? value : std::max(extent.high, value);
        extent.isEmpty = false;
    }
    if (extent.high == extent.low)
        extent.high = extent.low + 1;
    return extent;
}

} // namespace

void drawText(QPainter& painter, const QRectF& box, const QString& text, const QFont& in, const QColor& color,
              Qt::Alignment alignment) {
    if (text.isEmpty() || box.width() <= 0)
        return;
    painter.setFont(in);
    painter.setPen(color);
    const QFontMetricsF metrics(in, painter.device());
    // One pixel of slack: widths are fractions and boxes are not.
    const bool fits = metrics.horizontalAdvance(text) <= box.width() + 1;
    const QString shown = fits ? text : metrics.elidedText(text, Qt::ElideRight, box.width() + 1);
    painter.drawText(box.adjusted(alignment & Qt::AlignRight ? -1 : 0, 0, alignment & Qt::AlignRight ? 0 : 1, 0),
                     static_cast<int>(alignment | Qt::TextSingleLine | Qt::TextDontClip), shown);
}

void drawParagraph(QPainter& painter, const QRectF& box, const QString& text, const QFont& in, const QColor& color,
                   Qt::Alignment alignment) {
    painter.setFont(in);
    painter.setPen(color);
    painter.drawText(box, static_cast<int>(alignment) | Qt::TextWordWrap, text);
}

int paragraphHeight(const QString& text, const QFont& in, int width) {
    const QRectF room(0, 0, width, 10000);
    return static_cast<int>(std::ceil(QFontMetricsF(in).boundingRect(room, Qt::TextWordWrap, text).height()));
}

void drawBox(QPainter& painter, const QRectF& box, double radius, const QColor& fill, const QColor& line,
             double lineWidth) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill);
    QRectF inner = box;
    if (line.alpha() > 0) {
        painter.setPen(QPen(line, lineWidth));
        inner.adjust(lineWidth / 2, lineWidth / 2, -lineWidth / 2, -lineWidth / 2);
    } else {
        painter.setPen(Qt::NoPen);
    }
    painter.drawRoundedRect(inner, radius, radius);
    painter.restore();
}

int tagWidth(const QString& text, Icon icon) {
    const double words = text.isEmpty() ? -4 : textWidth(font(TextStyle::Label), text);
    return static_cast<int>(words + 2 * tagPadding + (icon == Icon::None ? 0 : tagIconWidth));
}

void drawTag(QPainter& painter, double left, double centerY, const QString& text, Tone tone, Icon icon) {
    const ToneColors colors = toneColors(tone);
    const QRectF box(left, centerY - measure::tag / 2.0, tagWidth(text, icon), measure::tag);
    drawBox(painter, box, measure::radiusTag, colors.soft);
    double textLeft = left + tagPadding;
    if (icon != Icon::None) {
        drawIcon(painter, QPointF(left + 5, centerY - 6), icon, colors.text, measure::iconTiny);
        textLeft += tagIconWidth;
    }
    const QRectF words(textLeft, box.y(), box.right() - textLeft, box.height());
    drawText(painter, words, text, font(TextStyle::Label), colors.text);
}

void drawLevelChip(QPainter& painter, double left, double centerY, int level, int highestLevel) {
    const QString text = QStringLiteral("L%1").arg(level);
    const QColor fill = levelFill(level, highestLevel);
    const QRectF box(left, centerY - measure::levelChipHeight / 2.0, chipWidth(text), measure::levelChipHeight);
    drawBox(painter, box, measure::radiusTag, fill);
    drawText(painter, box, text, font(TextStyle::Label), textOn(fill), Qt::AlignCenter);
}

double drawKeyCap(QPainter& painter, double right, double centerY, const QString& keys) {
    if (keys.isEmpty())
        return 0;
    const QFont in = font(TextStyle::AxisStrong);
    const double width = textWidth(in, keys) + 12;
    const QRectF box(right - width, centerY - 9, width, 18);
    drawBox(painter, box, measure::radiusTag, tokens().sunken);
    drawText(painter, box, keys, in, tokens().secondary, Qt::AlignCenter);
    return width;
}

void drawSparkline(QPainter& painter, const QRectF& box, const std::vector<double>& values, const QColor& color,
                   bool hasFill) {
    const Extent extent = extentOf(values);
    if (values.size() < 2 || extent.isEmpty)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double step = box.width() / static_cast<double>(values.size() - 1);
    QColor tint = color;
    tint.setAlpha(tokens().theme == Theme::Dark ? 46 : 30);
    QPainterPath line;
    QPointF last;
    const auto finishPart = [&] {
        if (line.elementCount() > 1) {
            if (hasFill) {
                QPainterPath area = line;
                area.lineTo(last.x(), box.bottom() + 2);
                area.lineTo(line.elementAt(0).x, box.bottom() + 2);
                area.closeSubpath();
                painter.fillPath(area, tint);
            }
            painter.strokePath(line, QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        }
        line = QPainterPath();
    };
    for (size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            finishPart();
            continue;
        }
        const double share = (values[i] - extent.low) / (extent.high - extent.low);
        last = QPointF(box.x() + step * static_cast<double>(i), box.bottom() - share * box.height());
        line.elementCount() == 0 ? line.moveTo(last) : line.lineTo(last);
    }
    finishPart();
    painter.restore();
}

void drawBar(QPainter& painter, const QRectF& track, double share, const QColor& fill, const QColor& trackColor) {
    const double radius = track.height() / 2;
    drawBox(painter, track, radius, trackColor);
    const double limited = std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0.0;
    if (limited <= 0)
        return;
    const double width = std::max(track.height(), track.width() * limited);
    drawBox(painter, QRectF(track.x(), track.y(), width, track.height()), radius, fill);
}

void drawFocusRing(QPainter& painter, const QRectF& control, double radius, double distance) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokens().accentText, 2));
    const double out = distance + (distance >= 0 ? 1 : 0);
    const QRectF ring = control.adjusted(-out, -out, out, out);
    painter.drawRoundedRect(ring, radius + out, radius + out);
    painter.restore();
}

} // namespace affinity::ui
