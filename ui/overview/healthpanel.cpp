#include "ui/overview/healthpanel.h"

#include "ui/shared/formatting.h"
#include "ui/shared/textlabel.h"
#include "ui/workspace/errortext.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace affinity::ui {
namespace {

QString kindName(const store::StoreInfo& store) {
    if (store.kind == QLatin1String("sqlite"))
        return QStringLiteral("SQLite");
    return visibleText(store.kind);
}

} // namespace

HealthPanel::HealthPanel(const store::StoreInfo& store, QWidget* parent) : Panel(tr("Health"), {}, parent) {
    setObjectName(QStringLiteral("health"));
    body()->setSpacing(0);
    m_store = addRow(kindName(store), visibleText(store.name, 40));
    const Row counters = addRow(tr("Counters"), tr("in this process, checked against the log"));
    counters.icon->setIcon(Icon::CheckCircle, TextTone::Ok);
    counters.state->setText(tr("Ready"));
    counters.state->setTone(TextTone::Ok);
    const Row push = addRow(tr("Push"), tr("this connection has none"));
    push.icon->setIcon(Icon::Minus, TextTone::Muted);
    push.state->setText(tr("Off"));
    push.state->setTone(TextTone::Muted);
    body()->addStretch(1);
}

HealthPanel::Row HealthPanel::addRow(const QString& name, const QString& note) {
    if (body()->count() > 0)
        body()->addWidget(new Hairline);
    Row row{new IconLabel(Icon::Clock, TextTone::Muted), new TextLabel(name, TextStyle::Strong),
            new TextLabel(note, TextStyle::Caption, TextTone::Muted),
            new TextLabel(tr("Waiting"), TextStyle::Label, TextTone::Muted)};
    row.note->setElided(true);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(row.name);
    words->addWidget(row.note);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, 5, 0, 5);
    line->setSpacing(10);
    line->addWidget(row.icon);
    line->addLayout(words, 1);
    line->addWidget(row.state);
    body()->addLayout(line);
    return row;
}

void HealthPanel::showAnswer(qint64 tookUs) {
    m_store.icon->setIcon(Icon::CheckCircle, TextTone::Ok);
    m_store.state->setText(tr("Healthy"));
    m_store.state->setTone(TextTone::Ok);
    m_store.state->setToolTip(tr("This page was answered in %1.").arg(latencyText(tookUs)));
}

void HealthPanel::showFailure(const base::Error& error) {
    m_store.icon->setIcon(Icon::Error, TextTone::Danger);
    m_store.state->setText(tr("No answer"));
    m_store.state->setTone(TextTone::Danger);
    m_store.state->setToolTip(visibleText(errorText(error)));
}

} // namespace affinity::ui
