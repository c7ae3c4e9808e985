#include "ui/shared/kpitile.h"

#include "ui/shared/painting.h"

namespace affinity::ui {
namespace {

constexpr double sparkWidth = 56;
constexpr double sparkHeight = 18;

Icon trendIcon(Trend trend) {
    switch (trend) {
    case Trend::Up:
        return Icon::ArrowUp;
    case Trend::Down:
        return Icon::ArrowDown;
    case Trend::None:
        break;
    }
    return Icon::None;
}

void paintFigure(QPainter& painter, const QRectF& box, const Kpi& kpi, const QFont& in) {
    const bool isKnown = !kpi.value.isEmpty();
    const QString value = isKnown ? kpi.value : QString(QChar(0x2013));
    const double width = textWidth(in, value);
    drawText(painter, QRectF(box.x(), box.y(), box.width(), box.height()), value, in,
             isKnown ? tokens().text : tokens().muted);
    if (!isKnown || kpi.unit.isEmpty() || width + 12 > box.width())
        return;
    const QRectF unit(box.x() + width + 6, box.y() + 3, box.width() - width - 6, box.height());
    drawText(painter, unit, kpi.unit, font(TextStyle::Caption), tokens().muted);
}

} // namespace

KpiTile::KpiTile(const Kpi& kpi, QWidget* parent) : QAbstractButton(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    setProperty("focusRadius", measure::radiusPanel);
    setKpi(kpi);
    setOpens({});
}

void KpiTile::setKpi(const Kpi& kpi) {
    m_kpi = kpi;
    const QString value = kpi.value.isEmpty() ? tr("not known yet") : kpi.value;
    setAccessibleName(QStringLiteral("%1: %2 %3").arg(kpi.label, value, kpi.unit).trimmed());
    setAccessibleDescription(kpi.comparison);
    update();
}

void KpiTile::setCompact(bool isCompact) {
    m_isCompact = isCompact;
    updateGeometry();
    update();
}

void KpiTile::setOpens(const QString& where) {
    const bool opens = !where.isEmpty();
    setToolTip(where);
    setFocusPolicy(opens ? Qt::StrongFocus : Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents, !opens);
    setCursor(opens ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

QSize KpiTile::sizeHint() const {
    return {200, m_isCompact ? 84 : 96};
}

QSize KpiTile::minimumSizeHint() const {
    return {140, sizeHint().height()};
}

void KpiTile::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Tokens& t = tokens();
    const double w = width();
    const bool isHovered = underMouse() && focusPolicy() != Qt::NoFocus;
    drawBox(painter, QRectF(rect()), measure::radiusPanel, t.surface, isHovered ? t.borderStrong : t.border);
    const double top = m_isCompact ? 8 : 10;
    const double middle = top + (m_isCompact ? 34 : 37); // centre of the figure
    double right = w - measure::pageEdge;
    if (!m_kpi.change.isEmpty()) {
        const int tagged = tagWidth(m_kpi.change);
        drawTag(painter, right - tagged, middle, m_kpi.change, m_kpi.changeTone);
        right -= tagged + 8;
    } else if (m_kpi.history.size() > 1) {
        const QColor color = m_kpi.tone == Tone::Warn ? t.warn : seriesColor(0);
        drawSparkline(painter, QRectF(right - sparkWidth, middle - sparkHeight / 2 + 1, sparkWidth, sparkHeight),
                      m_kpi.history, color);
        right -= sparkWidth + 8;
    }
    drawText(painter, QRectF(measure::pageEdge, top, w - 2 * measure::pageEdge, 18), m_kpi.label,
             ui::font(TextStyle::Label), t.secondary);
    paintFigure(painter, QRectF(measure::pageEdge, middle - 17, right - measure::pageEdge, 34), m_kpi,
                ui::font(m_isCompact ? TextStyle::KpiNarrow : TextStyle::Kpi));
    double left = measure::pageEdge;
    const double below = middle + (m_isCompact ? 16 : 19);
    if (m_kpi.trend != Trend::None) {
        drawIcon(painter, QPointF(left, below + 4), trendIcon(m_kpi.trend), t.secondary, measure::iconTiny);
        left += 16;
    }
    drawText(painter, QRectF(left, below, w - left - 8, 20), m_kpi.comparison, ui::font(TextStyle::Caption), t.muted);
}

} // namespace affinity::ui
