#include "ui/shared/focusring.h"

#include "ui/shared/tokens.h"

#include <QEvent>
#include <QFocusEvent>
#include <QVariant>
#include <QWidget>

namespace affinity::ui {

FocusRing::FocusRing(QObject* parent) : QObject(parent) {
}

double FocusRing::radiusOf(const QWidget* widget) {
    const QVariant own = widget == nullptr ? QVariant() : widget->property("focusRadius");
    return own.isValid() ? own.toDouble() : measure::radiusControl;
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event) {
    auto* widget = qobject_cast<QWidget*>(watched);
    if (event->type() == QEvent::FocusIn) {
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason != Qt::MouseFocusReason && reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason) {
            if (m_frame.isNull())
                m_frame = new QFocusFrame(widget);
            m_frame->setWidget(widget);
        }
    } else if (event->type() == QEvent::FocusOut && !m_frame.isNull() && m_frame->widget() == widget) {
        m_frame->setWidget(nullptr);
    }
    return false;
}

} // namespace affinity::ui
