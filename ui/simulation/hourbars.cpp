#include "ui/simulation/hourbars.h"

#include "ui/shared/formatting.h"
#include "ui/shared/painting.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace affinity::ui {
namespace {

constexpr double axisHeight = 18;
constexpr double headroom = 1.1; // above the highest bar, so that it can be raised

/// Two figures are enough for a weight that was drawn by hand.
double rounded(double weight) {
    if (weight <= 0)
        return 0;
    const double unit = std::pow(10.0, std::floor(std::log10(weight)) - 1);
    return std::round(weight / unit) * unit;
}

} // namespace

HourBars::HourBars(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setProperty("focusRadius", measure::radiusControl);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Hour profile"));
    setCurrentHour(0);
}

void HourBars::setWeights(const std::array<double, 24>& weights, const std::array<double, 24>& baseline) {
    m_weights = weights;
    m_baseline = baseline;
    if (!m_isDragging)
        m_scale = highest() * headroom;
    setCurrentHour(m_hour);
}

double HourBars::highest() const {
    const double most = std::max(*std::max_element(m_weights.begin(), m_weights.end()),
                                 *std::max_element(m_baseline.begin(), m_baseline.end()));
    return most > 0 ? most : 1;
}

void HourBars::setCurrentHour(int hour) {
    m_hour = std::clamp(hour, 0, 23);
    setAccessibleDescription(tr("%1:00, weight %2")
                                 .arg(m_hour, 2, 10, QLatin1Char('0'))
                                 .arg(QString::number(m_weights[static_cast<size_t>(m_hour)], 'g', 6)));
    update();
}

QSize HourBars::sizeHint() const {
    return {360, 116};
}

QSize HourBars::minimumSizeHint() const {
    return {240, 96};
}

QRectF HourBars::plot() const {
    return QRectF(rect()).adjusted(4, 4, -4, -axisHeight - 2);
}

void HourBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Tokens& t = tokens();
    const QRectF area = plot();
    const double step = area.width() / 24;
    painter.fillRect(QRectF(area.x(), area.bottom(), area.width(), 1), t.borderStrong);
    for (int hour = 0; hour < 24; ++hour) {
        const auto i = static_cast<size_t>(hour);
        const double left = area.x() + hour * step;
        if (hour == m_hour)
            painter.fillRect(QRectF(left, area.y(), step, area.height()), t.selected);
        const double height = std::clamp(m_weights[i] / m_scale, 0.0, 1.0) * area.height();
        const bool isChanged = m_weights[i] != m_baseline[i];
        painter.fillRect(QRectF(left + 2, area.bottom() - height, step - 4, height),
                         isChanged || hour == m_hour ? t.accentFill : seriesColor(5));
        if (isChanged) {
            const double before = std::clamp(m_baseline[i] / m_scale, 0.0, 1.0) * area.height();
            painter.fillRect(QRectF(left + 1, std::round(area.bottom() - before) - 1, step - 2, 2), t.text);
        }
        if (hour % 6 == 0)
            drawText(painter, QRectF(left - 10, area.bottom() + 3, step + 20, axisHeight - 3),
                     QStringLiteral("%1:00").arg(hour, 2, 10, QLatin1Char('0')), ui::font(TextStyle::Axis), t.muted,
                     hour == 0 ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignCenter);
    }
}

void HourBars::setAt(QPointF position) {
    const QRectF area = plot();
    const int hour = std::clamp(static_cast<int>((position.x() - area.x()) / (area.width() / 24)), 0, 23);
    const double share = std::clamp((area.bottom() - position.y()) / area.height(), 0.0, 1.0);
    if (hour != m_hour) {
        setCurrentHour(hour);
        Q_EMIT hourChosen(hour);
    }
    Q_EMIT weightChanged(hour, rounded(share * m_scale));
}

void HourBars::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_isDragging = true;
    setAt(event->position());
}

void HourBars::mouseMoveEvent(QMouseEvent* event) {
    if (m_isDragging)
        setAt(event->position());
}

void HourBars::mouseReleaseEvent(QMouseEvent*) {
    m_isDragging = false;
    m_scale = highest() * headroom;
    update();
    Q_EMIT settled();
}

void HourBars::keyPressEvent(QKeyEvent* event) {
    const auto choose = [this](int hour) {
        setCurrentHour(hour);
        Q_EMIT hourChosen(m_hour);
    };
    const auto change = [this](double by) {
        const double weight = m_weights[static_cast<size_t>(m_hour)] + by * highest();
        Q_EMIT weightChanged(m_hour, rounded(std::max(0.0, weight)));
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return choose(m_hour - 1);
    case Qt::Key_Right:
        return choose(m_hour + 1);
    case Qt::Key_Home:
        return choose(0);
    case Qt::Key_End:
        return choose(23);
    case Qt::Key_Up:
        return change(0.1);
    case Qt::Key_Down:
        return change(-0.1);
    case Qt::Key_PageUp:
        return change(0.5);
    case Qt::Key_PageDown:
        return change(-0.5);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace affinity::ui
