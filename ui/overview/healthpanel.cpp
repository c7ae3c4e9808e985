#include "ui/overview/healthpanel.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/workspace/errortext.h"
#include "ui/workspace/storenotices.h"

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

qint64 waitingOf(const store::OutboxFigures& figures) {
    return figures.confirms + figures.pushes + figures.rewardsWaiting;
}

} // namespace

HealthPanel::HealthPanel(Workspace& workspace, QWidget* parent)
    : Panel(tr("Health"), {}, parent), m_workspace(workspace) {
    setObjectName(QStringLiteral("health"));
    body()->setSpacing(0);
    m_store = addRow(kindName(workspace.storeInfo()), QStringLiteral("store"));
    fill(m_store, Icon::Clock, TextTone::Muted, visibleText(workspace.storeInfo().name, 40), tr("Waiting"));
    m_counters = addRow(tr("Counters"), QStringLiteral("counters"));
    showCounters(workspace.counters());
    addPush();
    m_outbox = addRow(tr("Outbox"), QStringLiteral("outbox"));
    if (workspace.storeInfo().hasOutbox)
        addRewards();
    showOutbox();
    for (const store::MissingFeature& missing : workspace.storeInfo().missingFeatures)
        addMissing(missing);
    body()->addStretch(1);
    connect(&workspace, &Workspace::countersChanged, this, &HealthPanel::showCounters);
    connect(&workspace, &Workspace::outboxChanged, this, &HealthPanel::showOutbox);
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
    fill(addRow(name, QString()), Icon::Minus, TextTone::Muted, reason, tr("Off"), reason);
}

void HealthPanel::fill(const Row& row, Icon icon, TextTone tone, const QString& note, const QString& state,
                       const QString& reason) {
    row.icon->setIcon(icon, tone);
    row.note->setText(note);
    row.name->setToolTip(note);
    row.state->setText(state);
    row.state->setTone(tone);
    row.state->setToolTip(visibleText(reason));
    row.state->setAccessibleDescription(visibleText(reason));
}

void HealthPanel::addPush() {
    const Row push = addRow(tr("Push"), QStringLiteral("push"));
    const Connection& connection = m_workspace.engine().connection();
    if (connection.pushUrl.isEmpty() || connection.isReadOnly)
        fill(push, Icon::Minus, TextTone::Muted, tr("this connection has none"), tr("Off"));
    else
        fill(push, Icon::CheckCircle, TextTone::Muted, tr("to the service's channels"), tr("On"));
}

void HealthPanel::addRewards() {
    m_rewards = addRow(tr("Rewards"), QStringLiteral("rewards"));
    auto* open = new IconButton(Icon::ArrowRight, tr("Show reward deliveries"));
    open->setObjectName(QStringLiteral("openDeliveries"));
    m_rewards.line->insertWidget(m_rewards.line->count() - 1, open); // the states stay below one another
    connect(open, &IconButton::clicked, this, [this] {
        const bool hasDead = m_workspace.outbox() && m_workspace.outbox()->waiting.rewardsDead > 0;
        m_workspace.openDeliveries(hasDead ? std::optional(store::DeliveryState::Dead) : std::nullopt);
    });
}

void HealthPanel::showCounters(const CounterStatus& status) {
    const bool isOnlyWriter = m_workspace.engine().connection().isOnlyWriter;
    const QString inRedis = tr("in Redis, beside the service");
    const QString error = status.error ? errorText(*status.error) : QString();
    switch (status.state) {
    case CounterState::InProcess:
        fill(m_counters, Icon::CheckCircle, TextTone::Ok, tr("in this process, checked against the log"), tr("Ready"));
        break;
    case CounterState::Whole:
        if (status.server && !status.server->findings.empty()) {
            fill(m_counters, Icon::Warning, TextTone::Warn, inRedis, tr("Check its set-up"),
                 engineText(status.server->findings.front().what));
        } else {
            fill(m_counters, Icon::CheckCircle, TextTone::Ok, inRedis, tr("Healthy"));
        }
        break;
    case CounterState::Rebuilding:
        fill(m_counters, Icon::Warning, TextTone::Warn, tr("Redis lost them; they are raised to the log"),
             tr("Rebuilding"), error);
        break;
    case CounterState::Lost:
        fill(m_counters, Icon::Warning, TextTone::Warn, tr("Redis lost them; the log holds the limits"), tr("Lost"),
             error);
        break;
    case CounterState::Unreachable:
        fill(m_counters, Icon::Error, TextTone::Danger,
             isOnlyWriter ? tr("Redis is away; the log holds the limits") : tr("Redis is away; events are refused"),
             tr("No answer"), error);
        break;
    }
}

void HealthPanel::showOutbox() {
    if (!m_workspace.storeInfo().hasOutbox) {
        fill(m_outbox, Icon::Minus, TextTone::Muted, tr("none: pushes are sent once and may be lost"),
             tr("Not prepared"),
             tr("This store has no tables of the console. What is to be sent for a change (pushes, and the counters' "
                "confirms) is sent once after its commit and forgotten: it is lost when the program or the network "
                "fails then. Rewards are not delivered. Prepare the store to have all of it kept until it is sent."));
        return;
    }
    if (m_workspace.engine().connection().isReadOnly) {
        fill(m_outbox, Icon::Minus, TextTone::Muted, tr("this connection only reads"), tr("Off"));
        fill(m_rewards, Icon::Minus, TextTone::Muted, handlerNote(), tr("Off"));
    } else if (m_workspace.outbox()) {
        showWaiting(*m_workspace.outbox());
        showRewards(m_workspace.outbox()->waiting);
    } else {
        fill(m_outbox, Icon::Clock, TextTone::Muted, {}, tr("Loading…"));
        fill(m_rewards, Icon::Clock, TextTone::Muted, handlerNote(), tr("Loading…"));
    }
}

void HealthPanel::showWaiting(const OutboxStatus& status) {
    const store::OutboxFigures& figures = status.waiting;
    QString note = tr("nothing waits to be sent");
    if (waitingOf(figures) > 0) {
        note = figures.oldestUs ? tr("%1 to send, the oldest of %2")
                                      .arg(numberText(waitingOf(figures)),
                                           rowTimeText(*figures.oldestUs, m_workspace.nowUs(), m_workspace.zone()))
                                : tr("%1 to send").arg(numberText(waitingOf(figures)));
    }
    const QString counts =
        tr("Confirms for the counters: %1. Pushes: %2. Rewards: %3.")
            .arg(numberText(figures.confirms), numberText(figures.pushes), numberText(figures.rewardsWaiting));
    if (status.error)
        fill(m_outbox, Icon::Warning, TextTone::Warn, note, tr("Held up"),
             joinedText(errorText(*status.error), counts));
    else if (waitingOf(figures) > 0)
        fill(m_outbox, Icon::Clock, TextTone::Muted, note, tr("Waiting"), counts);
    else
        fill(m_outbox, Icon::CheckCircle, TextTone::Ok, note, tr("Empty"));
}

void HealthPanel::showRewards(const store::OutboxFigures& figures) {
    const RewardHandler handler = rewardHandler(m_workspace.engine().connection(), m_workspace.storeInfo());
    const bool isSent = handler == RewardHandler::Webhook;
    if (figures.rewardsDead > 0) {
        fill(m_rewards, Icon::Error, TextTone::Danger, handlerNote(),
             tr("%1 given up").arg(numberText(figures.rewardsDead)),
             tr("They were refused, or tried too often. The list says why, and sends them again."));
    } else if (figures.rewardsWaiting > 0) {
        fill(m_rewards, isSent ? Icon::Clock : Icon::Warning, isSent ? TextTone::Muted : TextTone::Warn, handlerNote(),
             tr("%1 waiting").arg(numberText(figures.rewardsWaiting)),
             isSent ? QString() : tr("Nobody sends them. Start the program with --rewards and an address."));
    } else {
        const bool isUnassigned = handler == RewardHandler::Unassigned;
        fill(m_rewards, isUnassigned ? Icon::Minus : Icon::CheckCircle, isUnassigned ? TextTone::Muted : TextTone::Ok,
             handlerNote(), tr("None waiting"));
    }
}

QString HealthPanel::handlerNote() const {
    switch (rewardHandler(m_workspace.engine().connection(), m_workspace.storeInfo())) {
    case RewardHandler::None:
        break;
    case RewardHandler::Reader:
        return tr("others hand them out");
    case RewardHandler::Ledger:
        return tr("kept in this store");
    case RewardHandler::Webhook:
        return tr("sent to %1").arg(rewardHost(m_workspace.engine().connection()));
    case RewardHandler::Unassigned:
        return tr("nobody hands them out yet; they wait");
    }
    return {};
}

HealthPanel::Row HealthPanel::addRow(const QString& name, const QString& objectName) {
    if (body()->count() > 0)
        body()->addWidget(new Hairline);
    auto* line = new QHBoxLayout;
    Row row{new IconLabel(Icon::Clock, TextTone::Muted), new TextLabel(name, TextStyle::Strong),
            new TextLabel({}, TextStyle::Caption, TextTone::Muted),
            new TextLabel({}, TextStyle::Label, TextTone::Muted), line};
    row.note->setElided(true);
    row.note->setObjectName(objectName + QStringLiteral("Note"));
    row.state->setObjectName(objectName + QStringLiteral("State"));
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(row.name);
    words->addWidget(row.note);
    line->setContentsMargins(0, 5, 0, 5);
    line->setSpacing(10);
    line->addWidget(row.icon);
    line->addLayout(words, 1);
    line->addWidget(row.state);
    body()->addLayout(line);
    m_rows.push_back(row);
    return row;
}

void HealthPanel::setCompact(bool isCompact) {
    for (const Row& row : m_rows)
        row.note->setVisible(!isCompact);
}

void HealthPanel::showAnswer(qint64 tookUs) {
    fill(m_store, Icon::CheckCircle, TextTone::Ok, m_store.note->text(), tr("Healthy"),
         tr("This page was answered in %1.").arg(latencyText(tookUs)));
}

void HealthPanel::showFailure(const base::Error& error) {
    fill(m_store, Icon::Error, TextTone::Danger, m_store.note->text(), tr("No answer"), errorText(error));
}

} // namespace affinity::ui
