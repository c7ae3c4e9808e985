#include "ui/shared/chip.h"

#include "ui/shared/painting.h"

#include <QKeyEvent>
#include <QMouseEvent>

namespace affinity::ui {

Chip::Chip(const QString& name, QWidget* parent) : QAbstractButton(parent), m_name(name) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setProperty("focusRadius", measure::chip / 2);
    setFilter({});
}

void Chip::setFilter(const QString& words) {
    m_filter = words;
    setText(words.isEmpty() ? m_name : words);
    setAccessibleName(words.isEmpty() ? tr("Filter: %1").arg(m_name) : tr("Filter in force: %1").arg(words));
    setToolTip(words.isEmpty() ? QString() : tr("Press Delete to remove this filter."));
    updateGeometry();
    update();
}

bool Chip::isSet() const {
    return !m_filter.isEmpty();
}

QSize Chip::sizeHint() const {
    return {textWidth(ui::font(TextStyle::Caption), text()) + 10 + 6 + measure::iconTiny + 8, measure::chip};
}

QRect Chip::closeArea() const {
    return isSet() ? QRect(width() - 24, 0, 24, height()) : QRect();
}

void Chip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF box(rect());
    const Tokens& t = tokens();
    const QColor plain = underMouse() ? t.hover : QColor(Qt::transparent);
    drawBox(painter, box, measure::chip / 2.0, isSet() ? t.accentSoft : plain,
            isSet() ? QColor(Qt::transparent) : t.borderStrong);
    const QColor color = isSet() ? t.accentText : t.secondary;
    drawText(painter, box.adjusted(10, 0, -20, 0), text(), ui::font(TextStyle::Caption), color);
    drawIcon(painter, QPointF(box.right() - 20, box.center().y() - 6), isSet() ? Icon::Close : Icon::ChevronDown,
             isSet() ? t.accentText : t.muted, measure::iconTiny);
}

void Chip::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && closeArea().contains(event->pos())) {
        setDown(false);
        Q_EMIT cleared();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

void Chip::keyPressEvent(QKeyEvent* event) {
    const bool removes = event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace;
    if (removes && isSet()) {
        Q_EMIT cleared();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Down) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace affinity::ui
