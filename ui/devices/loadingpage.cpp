#include "ui/devices/loadingpage.h"

#include "ui/shared/panel.h"
#include "ui/shared/progress.h"
#include "ui/shared/textlabel.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace affinity::ui {

QWidget* inPanel(QWidget* content) {
    auto* panel = new Panel;
    panel->setFlushBody();
    panel->body()->addWidget(content);
    return panel;
}

QWidget* loadingPage(const QString& name) {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addStretch(1);
    line->addWidget(new Spinner(name));
    line->addWidget(
        new TextLabel(QCoreApplication::translate("LoadingPage", "Loading…"), TextStyle::Body, TextTone::Secondary));
    line->addStretch(1);
    column->addStretch(3);
    column->addLayout(line);
    column->addStretch(4);
    return inPanel(page);
}

} // namespace affinity::ui
