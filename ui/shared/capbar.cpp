#include "ui/shared/capbar.h"

#include "ui/shared/formatting.h"
#include "ui/shared/painting.h"

#include <utility>

namespace affinity::ui {
namespace {

bool isUsedUp(const CapUse& cap) {
    return cap.limit > 0 && cap.used >= cap.limit && !cap.isOnceADay;
}

QString stateWords(const CapUse& cap) {
    if (isUsedUp(cap))
        return CapBars::tr("used up");
    return cap.isOnceADay && cap.limit > 0 && cap.used >= cap.limit ? CapBars::tr("done") : QString();
}

void paintCap(QPainter& painter, const QRectF& row, const CapUse& cap) {
    const Tokens& t = tokens();
    const bool isFull = isUsedUp(cap);
    const QFont figures = font(TextStyle::Label);
    const QFont caption = font(TextStyle::Caption);
    const QString figure = cap.limit > 0 ? QStringLiteral("%1 / %2").arg(numberText(cap.used), numberText(cap.limit))
                                         : CapBars::tr("%1, no cap").arg(numberText(cap.used));
    const QRectF line(row.x(), row.y(), row.width(), 18);
    double right = row.right() - textWidth(figures, figure);
    drawText(painter, line, figure, figures, isFull ? t.warn : t.text, rightMiddle);
    const QString words = stateWords(cap);
    if (!words.isEmpty()) {
        right -= 10;
        drawText(painter, QRectF(row.x(), row.y(), right - row.x(), 18), words, caption, isFull ? t.warn : t.muted,
                 rightMiddle);
        right -= textWidth(caption, words);
    }
    if (isFull) {
        right -= 18;
        drawIcon(painter, QPointF(right, row.y() + 2), Icon::Warning, t.warn, measure::iconSmall);
    }
    drawText(painter, QRectF(row.x(), row.y(), right - 8 - row.x(), 18), cap.name,
             font(cap.isCode ? TextStyle::Code : TextStyle::Label), t.text);
    const double share = cap.limit > 0 ? static_cast<double>(cap.used) / static_cast<double>(cap.limit) : 0;
    drawBar(painter, QRectF(row.x(), row.y() + 20, row.width(), 5), share, isFull ? t.warnFill : t.accentFill,
            t.sunken);
}

} // namespace

CapBars::CapBars(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CapBars::setCaps(std::vector<CapUse> caps) {
    m_caps = std::move(caps);
    QStringList words;
    for (const CapUse& cap : m_caps)
        words += tr("%1: %2 of %3").arg(cap.name, numberText(cap.used), numberText(cap.limit));
    setAccessibleName(tr("Caps today"));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

void CapBars::setCompact(bool isCompact) {
    m_isCompact = isCompact;
    updateGeometry();
    update();
}

int CapBars::rowHeight() const {
    return m_isCompact ? 29 : 32;
}

QSize CapBars::sizeHint() const {
    return {240, rowHeight() * static_cast<int>(m_caps.size())};
}

void CapBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    double top = 0;
    for (const CapUse& cap : m_caps) {
        paintCap(painter, QRectF(0, top, width(), rowHeight()), cap);
        top += rowHeight();
    }
}

} // namespace affinity::ui
