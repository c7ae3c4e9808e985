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
    if (store.kind == QLatin1String("postgresql"))
        return QStringLiteral("PostgreSQL");
    if (store.kind == QLatin1String("mariadb"))
        return QStringLiteral("MariaDB");
    return visibleText(store.kind);
}

} // namespace

HealthPanel::HealthPanel(const store::StoreInfo& store, const Connection& connection, QWidget* parent)
    : Panel(tr("Health"), {}, parent), m_isOnlyWriter(connection.isOnlyWriter) {
    setObjectName(QStringLiteral("health"));
    body()->setSpacing(0);
    m_store = addRow(kindName(store), visibleText(store.name, 40));
    m_counters = addRow(tr("Counters"), QString());
    if (connection.counterUrl.isEmpty())
        showCounters({});
    else
        show(m_counters, Icon::Minus, TextTone::Muted, tr("in Redis, beside the service"), tr("In use"));
    const Row push = addRow(tr("Push"), QString());
    if (connection.pushUrl.isEmpty() || connection.isReadOnly)
        show(push, Icon::Minus, TextTone::Muted, tr("this connection has none"), tr("Off"));
    else
        show(push, Icon::CheckCircle, TextTone::Muted, tr("to the service's channels"), tr("On"));
    for (const store::MissingFeature& missing : store.missingFeatures)
        addMissing(missing);
    body()->addStretch(1);
}

/// What the database has no table or column for.
void HealthPanel::addMissing(const store::MissingFeature& missing) {
    QString name;
    switch (missing.feature) {
    case store::Feature::Decay:
        name = tr("Decay");
        break;
    case store::Feature::DesignerGroups:
        name = tr("Designers who are no superusers");
        break;
    case store::Feature::UserNicknames:
        name = tr("Nicknames of users");
        break;
    case store::Feature::DeviceNicknames:
        name = tr("Nicknames of devices");
        break;
    }
    const QString reason = tr("the store has no %1").arg(visibleText(missing.lookedFor));
    const Row row = addRow(name, QString());
    show(row, Icon::Minus, TextTone::Muted, reason, tr("Off"));
    row.note->setToolTip(reason);
    row.state->setToolTip(reason);
}

void HealthPanel::show(const Row& row, Icon icon, TextTone tone, const QString& note, const QString& state) {
    row.icon->setIcon(icon, tone);
    row.note->setText(note);
    row.state->setText(state);
    row.state->setTone(tone);
}

void HealthPanel::showCounters(const CounterStatus& status) {
    const QString inRedis = tr("in Redis, beside the service");
    QString reason;
    switch (status.state) {
    case CounterState::InProcess:
        show(m_counters, Icon::CheckCircle, TextTone::Ok, tr("in this process, checked against the log"), tr("Ready"));
        break;
    case CounterState::Whole:
        if (status.server && !status.server->findings.empty()) {
            reason = engineText(status.server->findings.front().what);
            show(m_counters, Icon::Warning, TextTone::Warn, inRedis, tr("Check its set-up"));
        } else {
            show(m_counters, Icon::CheckCircle, TextTone::Ok, inRedis, tr("Healthy"));
        }
        break;
    case CounterState::Rebuilding:
        show(m_counters, Icon::Warning, TextTone::Warn, tr("Redis lost them; they are raised to the log"),
             tr("Rebuilding"));
        break;
    case CounterState::Lost:
        show(m_counters, Icon::Warning, TextTone::Warn, tr("Redis lost them; the log holds the limits"), tr("Lost"));
        break;
    case CounterState::Unreachable:
        show(m_counters, Icon::Error, TextTone::Danger,
             m_isOnlyWriter ? tr("Redis is away; the log holds the limits") : tr("Redis is away; events are refused"),
             tr("No answer"));
        break;
    }
    if (status.error)
        reason = errorText(*status.error);
    m_counters.state->setToolTip(visibleText(reason));
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
