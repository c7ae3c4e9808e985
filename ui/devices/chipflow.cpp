#include "ui/devices/chipflow.h"

#include <QEvent>

#include <algorithm>

namespace affinity::ui {

namespace {
constexpr int gap = 6;
}

ChipFlow::ChipFlow(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChipFlow::add(QWidget* control) {
    control->setParent(this);
    m_controls.push_back(control);
    updateGeometry();
}

int ChipFlow::layOut(int width, bool isMoving) const {
    int x = 0;
    int y = 0;
    int lineHeight = 0;
    for (QWidget* control : m_controls) {
        if (control->isHidden())
            continue;
        const QSize size = control->sizeHint();
        if (x > 0 && x + size.width() > width) {
            x = 0;
            y += lineHeight + gap;
            lineHeight = 0;
        }
        if (isMoving)
            control->setGeometry(x, y, std::min(size.width(), width), size.height());
        x += size.width() + gap;
        lineHeight = std::max(lineHeight, size.height());
    }
    return y + lineHeight;
}

QSize ChipFlow::sizeHint() const {
    return {280, heightForWidth(std::max(width(), 200))};
}

int ChipFlow::heightForWidth(int width) const {
    return layOut(width, false);
}

void ChipFlow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut(width(), true);
}

bool ChipFlow::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) { // a control changed its words
        layOut(width(), true);
        updateGeometry();
    }
    return QWidget::event(event);
}

} // namespace affinity::ui
