#include "ui/shared/celldelegate.h"

#include "ui/shared/painting.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace affinity::ui {
namespace {

constexpr double iconAndGap = 24; // icon and the gap to its text

QColor mainColor(const Cell& cell) {
    return cell.isMuted ? tokens().muted : tokens().text;
}

QColor iconColor(Tone tone) {
    return tone == Tone::Neutral ? tokens().muted : toneColors(tone).text;
}

void drawChange(QPainter& painter, const QRectF& box, const Cell& cell) {
    const QFont strong = font(TextStyle::Strong);
    const double width = textWidth(strong, cell.text);
    const QRectF changed(box.right() - width - 6, box.center().y() - 10, width + 12, 20);
    drawBox(painter, changed, measure::radiusTag, tokens().accentSoft);
    drawText(painter, box, cell.text, strong, tokens().accentText, rightMiddle);
    drawIcon(painter, QPointF(changed.x() - 16, box.center().y() - 6), Icon::ArrowRight, tokens().muted,
             measure::iconTiny);
    drawText(painter, box.adjusted(0, 0, -width - 28, 0), cell.note, font(TextStyle::Body), tokens().muted,
             rightMiddle);
}

void drawMove(QPainter& painter, const QRectF& box, const Cell& cell) {
    const QFont body = font(TextStyle::Body);
    drawText(painter, box, cell.text, body, mainColor(cell), rightMiddle);
    if (cell.note.isEmpty())
        return;
    const double width = textWidth(body, cell.text);
    drawIcon(painter, QPointF(box.right() - width - 18, box.center().y() - 6), Icon::ArrowRight, tokens().muted,
             measure::iconTiny);
    drawText(painter, box.adjusted(0, 0, -width - 24, 0), cell.note, body, tokens().secondary, rightMiddle);
}

void drawIconText(QPainter& painter, const QRectF& box, const Cell& cell) {
    const QFont body = font(TextStyle::Body);
    const bool isColored = cell.tone == Tone::Warn || cell.tone == Tone::Danger;
    const QColor textColor = isColored ? toneColors(cell.tone).text : mainColor(cell);
    drawIcon(painter, QPointF(box.x(), box.center().y() - 8), cell.icon, iconColor(cell.tone));
    const QRectF words = box.adjusted(cell.icon == Icon::None ? 0 : iconAndGap, 0, 0, 0);
    drawText(painter, words, cell.text, body, textColor);
    const double width = textWidth(body, cell.text) + 8;
    if (!cell.note.isEmpty() && width < words.width())
        drawText(painter, words.adjusted(width, 0, 0, 0), cell.note, font(TextStyle::Caption), tokens().muted);
}

void drawBarCell(QPainter& painter, const QRectF& box, const Cell& cell) {
    constexpr double figure = 52;
    const QRectF track(box.x(), box.center().y() - 3, box.width() - figure, 6);
    const QColor fill = cell.tone == Tone::Warn ? tokens().warnFill : seriesColor(0);
    drawBar(painter, track, cell.share, fill, tokens().sunken);
    drawText(painter, box, cell.text, font(TextStyle::Body), mainColor(cell), rightMiddle);
}

void drawSwitch(QPainter& painter, const QRectF& box, const Cell& cell) {
    const bool isOn = cell.share > 0.5;
    const QRectF track(box.x(), box.center().y() - 8, 28, 16);
    drawBox(painter, track, 8, isOn ? tokens().accentFill : tokens().field);
    const double x = isOn ? track.right() - 8 : track.left() + 8;
    drawBox(painter, QRectF(x - 5.5, track.center().y() - 5.5, 11, 11), 5.5, tokens().onFill);
}

void drawTwoLines(QPainter& painter, const QRectF& box, const Cell& cell) {
    const double middle = box.center().y();
    const bool hasIcon = cell.icon != Icon::None;
    if (hasIcon)
        drawIcon(painter, QPointF(box.x(), middle - 8), cell.icon, iconColor(cell.tone));
    const QRectF words = box.adjusted(hasIcon ? iconAndGap : 0, 0, 0, 0);
    drawText(painter, QRectF(words.x(), middle - 18, words.width(), 18), cell.text, font(TextStyle::Strong),
             mainColor(cell));
    drawText(painter, QRectF(words.x(), middle + 1, words.width(), 16), cell.note, font(TextStyle::Caption),
             tokens().muted);
}

void drawLevel(QPainter& painter, const QRectF& box, const Cell& cell) {
    drawLevelChip(painter, box.x(), box.center().y(), cell.level, cell.highestLevel);
    drawText(painter, box.adjusted(measure::levelChipWidth + 8, 0, 0, 0), cell.text, font(TextStyle::Body),
             mainColor(cell));
}

void drawSparkCell(QPainter& painter, const QRectF& box, const Cell& cell) {
    const double height = std::min(16.0, box.height() - 12);
    const QColor color = cell.tone == Tone::Accent ? seriesColor(0) : iconColor(cell.tone);
    const QRectF area(box.x(), box.center().y() - height / 2, box.width(), height);
    drawSparkline(painter, area, cell.points, color, false);
}

void drawKeys(QPainter& painter, const QRectF& box, const Cell& cell) {
    double x = box.x();
    for (const QString& keys : cell.text.split(QStringLiteral("  "), Qt::SkipEmptyParts)) {
        x += textWidth(font(TextStyle::AxisStrong), keys) + 12;
        drawKeyCap(painter, x, box.center().y(), keys);
        x += 6;
    }
}

RowTone rowTone(const QModelIndex& index) {
    return static_cast<RowTone>(index.sibling(index.row(), 0).data(RowToneRole).toInt());
}

Cell cellOf(const QModelIndex& index) {
    const QVariant value = index.data(CellRole);
    return value.canConvert<Cell>() ? value.value<Cell>() : textCell(index.data(Qt::DisplayRole).toString());
}

void paintGapRow(QPainter& painter, const QRectF& box, const QString& text) {
    painter.fillRect(box, tokens().warnSoft);
    drawIcon(painter, QPointF(box.x() + 12, box.center().y() - 8), Icon::Unlink, tokens().warn);
    drawText(painter, box.adjusted(36, 0, -12, 0), text, font(TextStyle::Label), tokens().warn);
}

void paintBackground(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index, RowTone tone) {
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QRectF box(option.rect);
    if (isSelected)
        painter.fillRect(box, tokens().selected);
    else if (tone == RowTone::Error)
        painter.fillRect(box, tokens().dangerSoft);
    else if (tone == RowTone::Detail)
        painter.fillRect(box, tokens().detail);
    painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), tokens().rowLine);
    if ((isSelected || tone == RowTone::Detail) && index.column() == 0)
        painter.fillRect(QRectF(box.x(), box.y(), 2, box.height()), tokens().accentText);
}

bool isKeyboardCell(const QStyleOptionViewItem& option, const QModelIndex& index) {
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    return view != nullptr && view->hasFocus() && view->currentIndex() == index;
}

} // namespace

void drawCell(QPainter& painter, const QRectF& box, const Cell& cell) {
    const QColor color = mainColor(cell);
    switch (cell.kind) {
    case CellKind::Text:
        return drawText(painter, box, cell.text, font(TextStyle::Body), color, cell.isRight ? rightMiddle : leftMiddle);
    case CellKind::Strong:
        return drawText(painter, box, cell.text, font(TextStyle::Strong), color);
    case CellKind::Caption:
        return drawText(painter, box, cell.text, font(TextStyle::Caption),
                        cell.isMuted ? tokens().muted : tokens().secondary, cell.isRight ? rightMiddle : leftMiddle);
    case CellKind::Code:
        return drawText(painter, box, cell.text, font(TextStyle::Code), color);
    case CellKind::Number:
        return drawText(painter, box, cell.text, font(TextStyle::Body), color, rightMiddle);
    case CellKind::Delta:
        return drawText(painter, box, cell.text, font(TextStyle::Strong), color, rightMiddle);
    case CellKind::Change:
        return drawChange(painter, box, cell);
    case CellKind::Move:
        return drawMove(painter, box, cell);
    case CellKind::Tag:
        return drawTag(painter, box.x(), box.center().y(), cell.text, cell.tone, cell.icon);
    case CellKind::Level:
        return drawLevel(painter, box, cell);
    case CellKind::IconText:
        return drawIconText(painter, box, cell);
    case CellKind::Bar:
        return drawBarCell(painter, box, cell);
    case CellKind::Spark:
        return drawSparkCell(painter, box, cell);
    case CellKind::Switch:
        return drawSwitch(painter, box, cell);
    case CellKind::TwoLines:
        return drawTwoLines(painter, box, cell);
    case CellKind::Icon:
        return drawIcon(painter, box.center() - QPointF(8, 8), cell.icon, iconColor(cell.tone));
    case CellKind::Keys:
        return drawKeys(painter, box, cell);
    }
}

int cellWidth(const Cell& cell) {
    switch (cell.kind) {
    case CellKind::Code:
        return textWidth(font(TextStyle::Code), cell.text);
    case CellKind::Tag:
        return tagWidth(cell.text, cell.icon);
    case CellKind::Level:
        return measure::levelChipWidth + (cell.text.isEmpty() ? 0 : 8 + textWidth(font(TextStyle::Body), cell.text));
    case CellKind::Change:
    case CellKind::Move:
        return textWidth(font(TextStyle::Strong), cell.text) + textWidth(font(TextStyle::Body), cell.note) + 34;
    case CellKind::IconText:
        return static_cast<int>(iconAndGap) + textWidth(font(TextStyle::Body), cell.text) + 8 +
               textWidth(font(TextStyle::Caption), cell.note);
    case CellKind::Spark:
        return 56;
    case CellKind::Switch:
        return 28;
    default:
        return std::max(textWidth(font(TextStyle::Strong), cell.text), textWidth(font(TextStyle::Caption), cell.note));
    }
}

CellDelegate::CellDelegate(QObject* parent) : QStyledItemDelegate(parent) {
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter->setClipRect(option.rect);
    const RowTone tone = rowTone(index);
    const QRectF box(option.rect);
    if (tone == RowTone::Gap) {
        paintGapRow(*painter, box, index.data(Qt::DisplayRole).toString());
    } else {
        paintBackground(*painter, option, index, tone);
        const double left = index.column() == 0 ? measure::firstCellEdge : measure::cellEdge;
        drawCell(*painter, box.adjusted(left, 0, -measure::cellEdge, -1), cellOf(index));
    }
    if (isKeyboardCell(option, index))
        drawFocusRing(*painter, box.adjusted(0, 0, 0, -1), measure::radiusTag, -1);
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const int left = index.column() == 0 ? measure::firstCellEdge : measure::cellEdge;
    return {left + cellWidth(cellOf(index)) + measure::cellEdge, measure::row};
}

} // namespace affinity::ui
