#include "ui/shared/searchfield.h"

#include "ui/shared/painting.h"

#include <QKeyEvent>
#include <QTimerEvent>

namespace affinity::ui {
namespace {
constexpr int settleMs = 200; // a pause in typing
}

SearchField::SearchField(const QString& placeholder, const QString& accessibleName, QWidget* parent)
    : QLineEdit(parent) {
    setPlaceholderText(placeholder);
    setAccessibleName(accessibleName);
    setTextMargins(20, 0, 0, 0);
    connect(this, &QLineEdit::textEdited, this, [this] {
        if (m_timer != 0)
            killTimer(m_timer);
        m_timer = startTimer(settleMs);
        update();
    });
}

void SearchField::announce() {
    if (m_timer != 0)
        killTimer(m_timer);
    m_timer = 0;
    Q_EMIT searched(text());
}

void SearchField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    drawIcon(painter, QPointF(9, (height() - measure::iconSmall) / 2.0), Icon::Search, tokens().muted,
             measure::iconSmall);
}

void SearchField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        announce();
        return;
    }
    QLineEdit::keyPressEvent(event);
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        announce();
}

void SearchField::timerEvent(QTimerEvent* event) {
    if (event->timerId() == m_timer)
        announce();
    else
        QLineEdit::timerEvent(event);
}

} // namespace affinity::ui
