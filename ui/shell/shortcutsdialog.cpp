#include "ui/shell/shortcutsdialog.h"

#include "ui/shared/buttons.h"
#include "ui/shared/textlabel.h"
#include "ui/shared/tokens.h"
#include "ui/shell/shortcutsview.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QShowEvent>
#include <QVBoxLayout>

namespace affinity::ui {

ShortcutsDialog* ShortcutsDialog::open(CommandList& commands, QWidget* over) {
    auto* dialog = new ShortcutsDialog(commands, over->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->QDialog::open();
    return dialog;
}

ShortcutsDialog::ShortcutsDialog(CommandList& commands, QWidget* over)
    : QDialog(over), m_view(new ShortcutsView(commands)) {
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Shortcuts"));
    resize(760, 620);
    auto* close = new Button(tr("Close"));
    close->setObjectName(QStringLiteral("closeShortcuts"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(close);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(measure::dialogEdge, measure::pageEdge, measure::dialogEdge, measure::pageEdge);
    rows->setSpacing(measure::panelGap);
    rows->addWidget(new TextLabel(tr("Shortcuts"), TextStyle::Title));
    rows->addWidget(m_view, 1);
    rows->addLayout(foot);
    m_view->focusSearch();
}

void ShortcutsDialog::showEvent(QShowEvent* event) {
    // Over the middle of its window, also where no window manager places it.
    if (parentWidget() && !event->spontaneous())
        move(parentWidget()->geometry().center() - rect().center());
    QDialog::showEvent(event);
}

void ShortcutsDialog::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().surface);
    painter.setPen(tokens().borderStrong);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace affinity::ui
