#include "ui/help/rebuiltdialog.h"

#include "ui/shared/tokens.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace affinity::ui {

RebuiltDialog::RebuiltDialog(QWidget* parent) : QDialog(parent, Qt::Window) {
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
}

void RebuiltDialog::present() {
    show();
    raise();
    activateWindow();
}

void RebuiltDialog::rebuild() {
    delete m_content;
    m_content = makeContent();
    layout()->addWidget(m_content);
}

void RebuiltDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_content)
        rebuild();
}

void RebuiltDialog::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), tokens().canvas);
}

} // namespace affinity::ui
