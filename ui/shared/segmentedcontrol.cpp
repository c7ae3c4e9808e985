#include "ui/shared/segmentedcontrol.h"

#include "ui/shared/painting.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

namespace affinity::ui {
namespace {
constexpr int edge = 2;
}

SegmentedControl::SegmentedControl(const QStringList& parts, const QString& accessibleName, QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setProperty("focusRadius", measure::radiusControl);
    setAccessibleName(accessibleName);
    setParts(parts);
}

void SegmentedControl::setParts(const QStringList& parts) {
    m_parts.clear();
    for (const QString& text : parts)
        m_parts.push_back({text, 0, true, {}});
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(m_parts.size()) - 1));
    setCurrent(m_current);
    updateGeometry();
}

void SegmentedControl::setCurrent(int index) {
    if (index < 0 || index >= static_cast<int>(m_parts.size()))
        return;
    const bool isChanged = m_current != index;
    m_current = index;
    setAccessibleDescription(m_parts[static_cast<size_t>(index)].text);
    update();
    if (isChanged)
        Q_EMIT currentChanged(index);
}

void SegmentedControl::setCount(int index, int count) {
    if (index < 0 || index >= static_cast<int>(m_parts.size()))
        return;
    m_parts[static_cast<size_t>(index)].count = count;
    updateGeometry();
    update();
}

void SegmentedControl::setPartEnabled(int index, bool isEnabled, const QString& reason) {
    if (index < 0 || index >= static_cast<int>(m_parts.size()))
        return;
    m_parts[static_cast<size_t>(index)].isEnabled = isEnabled;
    m_parts[static_cast<size_t>(index)].reason = reason;
    update();
}

QRect SegmentedControl::partRect(int index) const {
    const QFont in = ui::font(TextStyle::Label);
    int left = edge;
    for (int i = 0; i < static_cast<int>(m_parts.size()); ++i) {
        const Part& part = m_parts[static_cast<size_t>(i)];
        const int countWidth = part.count > 0 ? textWidth(in, QString::number(part.count)) + 8 : 0;
        const int width = textWidth(in, part.text) + 20 + countWidth;
        if (i == index)
            return {left, edge, width, measure::segmented - 2 * edge};
        left += width;
    }
    return {left, edge, 0, 0};
}

QSize SegmentedControl::sizeHint() const {
    return {partRect(static_cast<int>(m_parts.size())).x() + edge, measure::segmented};
}

int SegmentedControl::partAt(QPoint position) const {
    for (int i = 0; i < static_cast<int>(m_parts.size()); ++i)
        if (partRect(i).contains(position))
            return i;
    return -1;
}

void SegmentedControl::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Tokens& t = tokens();
    drawBox(painter, QRectF(rect()), measure::radiusControl, t.sunken);
    const QFont in = ui::font(TextStyle::Label);
    for (int i = 0; i < static_cast<int>(m_parts.size()); ++i) {
        const Part& part = m_parts[static_cast<size_t>(i)];
        const QRectF box(partRect(i));
        const bool isCurrent = i == m_current;
        if (isCurrent)
            drawBox(painter, box, 5, t.segment, t.segmentLine);
        const QColor color = !part.isEnabled || !isEnabled() ? t.disabledText : isCurrent ? t.text : t.secondary;
        drawText(painter, box.adjusted(10, 0, 0, 0), part.text, in, color);
        if (part.count > 0)
            drawText(painter, box.adjusted(0, 0, -10, 0), QString::number(part.count), in, t.muted,
                     Qt::AlignRight | Qt::AlignVCenter);
    }
}

void SegmentedControl::mousePressEvent(QMouseEvent* event) {
    const int part = partAt(event->pos());
    if (event->button() == Qt::LeftButton && part >= 0 && m_parts[static_cast<size_t>(part)].isEnabled)
        setCurrent(part);
}

void SegmentedControl::step(int direction, int from) {
    for (int i = from; i >= 0 && i < static_cast<int>(m_parts.size()); i += direction) {
        if (m_parts[static_cast<size_t>(i)].isEnabled) {
            setCurrent(i);
            return;
        }
    }
}

void SegmentedControl::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1, m_current - 1);
    case Qt::Key_Right:
        return step(1, m_current + 1);
    case Qt::Key_Home:
        return step(1, 0);
    case Qt::Key_End:
        return step(-1, static_cast<int>(m_parts.size()) - 1);
    default:
        QWidget::keyPressEvent(event);
    }
}

bool SegmentedControl::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int part = partAt(help->pos());
        if (part >= 0 && !m_parts[static_cast<size_t>(part)].reason.isEmpty()) {
            QToolTip::showText(help->globalPos(), m_parts[static_cast<size_t>(part)].reason, this);
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace affinity::ui
