#include "ui/shared/progress.h"

#include "ui/shared/painting.h"

#include <QTimerEvent>

#include <cmath>

namespace affinity::ui {
namespace {
constexpr int frameMs = 33;
}

ProgressLine::ProgressLine(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Progress"));
}

void ProgressLine::setShare(std::optional<double> share) {
    m_share = share;
    setAccessibleDescription(share.has_value() ? QStringLiteral("%1%").arg(std::lround(*share * 100)) : tr("running"));
    refreshTimer();
    update();
}

QSize ProgressLine::sizeHint() const {
    return {120, 4};
}

void ProgressLine::refreshTimer() {
    const bool moves = isVisible() && !m_share.has_value();
    if (moves && m_timer == 0) {
        m_timer = startTimer(frameMs);
    } else if (!moves && m_timer != 0) {
        killTimer(m_timer);
        m_timer = 0;
    }
}

void ProgressLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF track(0, height() / 2.0 - 2, width(), 4);
    if (m_share.has_value()) {
        drawBar(painter, track, *m_share, tokens().accentFill, tokens().sunken);
        return;
    }
    drawBox(painter, track, 2, tokens().sunken);
    const double piece = width() / 4.0;
    const double way = std::fmod(m_tick * 3.0, width() + piece) - piece;
    painter.setClipRect(track);
    drawBox(painter, QRectF(way, track.y(), piece, 4), 2, tokens().accentFill);
}

void ProgressLine::timerEvent(QTimerEvent* event) {
    if (event->timerId() == m_timer) {
        ++m_tick;
        update();
    }
}

void ProgressLine::showEvent(QShowEvent*) {
    refreshTimer();
}

void ProgressLine::hideEvent(QHideEvent*) {
    refreshTimer();
}

Spinner::Spinner(const QString& accessibleName, QWidget* parent) : QWidget(parent) {
    setFixedSize(measure::icon, measure::icon);
    setAccessibleName(accessibleName);
}

QSize Spinner::sizeHint() const {
    return {measure::icon, measure::icon};
}

void Spinner::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF ring = QRectF(rect()).adjusted(2, 2, -2, -2);
    painter.setPen(QPen(tokens().sunken, 2));
    painter.drawEllipse(ring);
    painter.setPen(QPen(tokens().accentText, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, -m_angle * 16, 90 * 16); // sixteenths of a degree
}

void Spinner::timerEvent(QTimerEvent*) {
    m_angle = (m_angle + 12) % 360;
    update();
}

void Spinner::showEvent(QShowEvent*) {
    if (m_timer == 0)
        m_timer = startTimer(frameMs);
}

void Spinner::hideEvent(QHideEvent*) {
    if (m_timer != 0)
        killTimer(m_timer);
    m_timer = 0;
}

} // namespace affinity::ui
