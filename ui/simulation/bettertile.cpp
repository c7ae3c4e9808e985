#include "ui/simulation/bettertile.h"

#include "ui/shared/formatting.h"
#include "ui/shared/painting.h"

namespace affinity::ui {
namespace {
constexpr int tileHeight = 84;
constexpr int edge = 16;
} // namespace

BetterTile::BetterTile(QWidget* parent) : QAbstractButton(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setProperty("focusRadius", measure::radiusPanel);
    setShares(std::nullopt);
}

void BetterTile::setShares(const std::optional<BetterShares>& shares) {
    m_shares = shares;
    setEnabled(shares.has_value());
    setFocusPolicy(shares ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(shares ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(shares ? tr("Show who gains and who loses") : QString());
    setAccessibleName(shares ? tr("Better off %1, worse off %2, day %3")
                                   .arg(percentText(shares->better), percentText(shares->worse))
                                   .arg(shares->day)
                             : tr("Who is better off: not known before the draft differs"));
    update();
}

QSize BetterTile::sizeHint() const {
    return {240, tileHeight};
}

QSize BetterTile::minimumSizeHint() const {
    return {160, tileHeight};
}

void BetterTile::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& t = tokens();
    const bool isHovered = m_shares && underMouse();
    drawBox(painter, QRectF(rect()), measure::radiusPanel, isHovered ? t.hover : t.surface, t.border);
    const QRectF inner = QRectF(rect()).adjusted(edge, 0, -edge, 0);
    const QFont caption = ui::font(TextStyle::Caption);
    const QString label = m_shares ? tr("Who is better off, day %1").arg(m_shares->day) : tr("Who is better off");
    drawText(painter, QRectF(inner.x(), 9, inner.width(), 18), label, caption, t.secondary);
    if (!m_shares) {
        drawParagraph(painter, QRectF(inner.x(), 33, inner.width(), 40),
                      tr("Change a number: the draft is then run against its baseline."), caption, t.muted);
        return;
    }
    const QRectF track(inner.x(), 35, inner.width(), 8);
    drawBox(painter, track, 2, t.sunken);
    const double better = track.width() * m_shares->better;
    const double worse = track.width() * m_shares->worse;
    painter.fillRect(QRectF(track.x(), track.y(), better, track.height()), seriesColor(0));
    painter.fillRect(QRectF(track.right() - worse, track.y(), worse, track.height()), seriesColor(1));
    const QFont strong = ui::font(TextStyle::Label);
    const QRectF words(inner.x(), 52, inner.width(), 20);
    drawText(painter, words, tr("better %1").arg(percentText(m_shares->better, 0)), strong, t.text);
    drawText(painter, words, tr("worse %1").arg(percentText(m_shares->worse, 0)), strong, t.text,
             Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace affinity::ui
