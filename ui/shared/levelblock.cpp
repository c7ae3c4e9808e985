#include "ui/shared/levelblock.h"

#include "ui/shared/formatting.h"
#include "ui/shared/painting.h"

#include <algorithm>
#include <cmath>

namespace affinity::ui {
namespace {

qint64 upperEnd(const LevelStanding& standing) {
    return standing.next.has_value() ? standing.next->from : standing.ceiling;
}

QString levelText(const LevelRef& level) {
    const QString number = QStringLiteral("L%1").arg(level.level);
    return level.name.isEmpty() ? number : number + QLatin1Char(' ') + visibleText(level.name);
}

QColor outlineOf(int level, const QColor& fill) {
    return level < 3 && tokens().theme == Theme::Light ? fill.darker(level == 2 ? 112 : 116) : QColor(Qt::transparent);
}

} // namespace

double levelProgress(const LevelStanding& standing) {
    const double from = static_cast<double>(standing.current.from);
    const double length = static_cast<double>(upperEnd(standing)) - from;
    if (length <= 0)
        return 1;
    return std::clamp((static_cast<double>(standing.value) - from) / length, 0.0, 1.0);
}

LevelBlock::LevelBlock(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LevelBlock::setStanding(const std::optional<LevelStanding>& standing) {
    m_standing = standing;
    if (standing.has_value())
        setAccessibleName(
            tr("Value %1 of %2, level %3")
                .arg(numberText(standing->value), numberText(standing->ceiling), levelText(standing->current)));
    else
        setAccessibleName(tr("Value not known"));
    update();
}

void LevelBlock::setCompact(bool isCompact) {
    m_isCompact = isCompact;
    updateGeometry();
    update();
}

QSize LevelBlock::sizeHint() const {
    return {420, m_isCompact ? 68 : 72};
}

QSize LevelBlock::minimumSizeHint() const {
    return {280, sizeHint().height()};
}

void LevelBlock::paintEvent(QPaintEvent*) {
    if (!m_standing.has_value())
        return;
    QPainter painter(this);
    const LevelStanding& s = *m_standing;
    const Tokens& t = tokens();
    const double w = width();
    const QFont figure = uiFont(m_isCompact ? 22 : 26, 500);
    const QFont caption = ui::font(TextStyle::Caption);
    const QString value = numberText(s.value);
    drawText(painter, QRectF(0, 2, w, 34), value, figure, t.text);
    double x = textWidth(figure, value) + 8;
    const QString of = tr("of %1 points").arg(numberText(s.ceiling));
    drawText(painter, QRectF(x, 10, w - x, 22), of, caption, t.muted);
    x += textWidth(caption, of) + 16;
    drawLevelChip(painter, x, 21, s.current.level, s.highestLevel);
    x += measure::levelChipWidth + 8;
    const QString toNext = s.next.has_value()
                               ? tr("%1 points to %2").arg(numberText(s.next->from - s.value), levelText(*s.next))
                               : tr("Highest level");
    const double room = w - textWidth(ui::font(TextStyle::Body), toNext) - 12;
    drawText(painter, QRectF(x, 11, room - x, 20), visibleText(s.current.name), ui::font(TextStyle::Strong), t.text);
    drawText(painter, QRectF(0, 11, w, 20), toNext, ui::font(TextStyle::Body), t.secondary, rightMiddle);

    const double share = levelProgress(s);
    const QColor fill = levelFill(s.current.level, s.highestLevel);
    drawBox(painter, QRectF(0, 42, w, 8), 4, t.sunken);
    if (share > 0)
        drawBox(painter, QRectF(0, 42, std::max(8.0, w * share), 8), 4, fill, outlineOf(s.current.level, fill));
    const double mark = std::clamp(w * share - 1, 0.0, w - 3);
    drawBox(painter, QRectF(mark, 39, 3, 14), 1.5, t.text);
    const QFont axis = ui::font(TextStyle::Axis);
    const QString from = numberText(s.current.from);
    const QString to = numberText(upperEnd(s));
    drawText(painter, QRectF(0, 54, w, 16), from, axis, t.muted, leftMiddle);
    drawText(painter, QRectF(0, 54, w, 16), to, axis, t.muted, rightMiddle);
    const QString percent = percentText(share);
    const double half = textWidth(ui::font(TextStyle::AxisStrong), percent) / 2.0 + 4;
    const double low = textWidth(axis, from) + 8 + half;
    const double high = w - textWidth(axis, to) - 8 - half;
    const double center = high > low ? std::clamp(w * share, low, high) : w / 2;
    drawText(painter, QRectF(center - half, 54, 2 * half, 16), percent, ui::font(TextStyle::AxisStrong), t.secondary,
             Qt::AlignCenter);
}

LevelMoveBar::LevelMoveBar(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LevelMoveBar::setMove(const Move& move) {
    m_move = move;
    setAccessibleName(tr("From %1 to %2").arg(numberText(move.before), numberText(move.after)));
    update();
}

QSize LevelMoveBar::sizeHint() const {
    return {420, 44};
}

void LevelMoveBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Tokens& t = tokens();
    const double w = width();
    const double length = static_cast<double>(std::max<qint64>(1, m_move.to - m_move.from));
    const auto at = [&](qint64 value) {
        return std::clamp(static_cast<double>(value - m_move.from) / length, 0.0, 1.0) * w;
    };
    const double before = at(m_move.before);
    const double after = at(m_move.after);
    drawBox(painter, QRectF(0, 8, w, 8), 4, t.sunken);
    const double kept = std::min(before, after);
    if (kept > 0)
        drawBox(painter, QRectF(0, 8, kept, 8), 4, levelFill(m_move.levelBefore, m_move.highestLevel));
    const bool isLoss = after < before;
    painter.fillRect(QRectF(kept, 8, std::abs(after - before), 8), isLoss ? t.warnFill : t.accentFill);
    painter.fillRect(QRectF(before - 1, 5, 2, 14), t.surface);
    if (m_move.crossed.has_value())
        painter.fillRect(QRectF(std::round(at(m_move.crossed->from)) - 1, 3, 2, 18), t.text);
    const QFont axis = ui::font(TextStyle::Axis);
    const QFont label = ui::font(TextStyle::Label);
    drawText(painter, QRectF(0, 24, w, 16), m_move.fromText, axis, t.muted, leftMiddle);
    drawText(painter, QRectF(0, 24, w, 16), m_move.toText, axis, t.muted, rightMiddle);
    const double left = textWidth(axis, m_move.fromText) + 12;
    const double right = w - textWidth(axis, m_move.toText) - 12;
    const QString now = numberText(m_move.before);
    const double nowWidth = textWidth(label, now);
    const double thenWidth = textWidth(label, m_move.afterText);
    double nowX = isLoss ? before + 4 : before - nowWidth - 4;
    double thenX = isLoss ? after - thenWidth - 4 : after + 4;
    nowX = std::clamp(nowX, left, std::max(left, right - nowWidth));
    thenX = std::clamp(thenX, left, std::max(left, right - thenWidth));
    const bool overlaps = nowX < thenX + thenWidth + 8 && thenX < nowX + nowWidth + 8;
    if (overlaps && !isLoss) { // small moves: the words of the result lead, the old value goes before them
        nowX = std::max(left, std::min(nowX, thenX - nowWidth - 10));
        thenX = std::max(thenX, nowX + nowWidth + 10);
    } else if (overlaps) {
        nowX = std::max(nowX, thenX + thenWidth + 10);
    }
    drawText(painter, QRectF(nowX, 24, nowWidth + 2, 16), now, label, t.secondary);
    drawText(painter, QRectF(thenX, 24, thenWidth + 2, 16), m_move.afterText, label, isLoss ? t.warn : t.accentText);
}

} // namespace affinity::ui
