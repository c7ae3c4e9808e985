#include "ui/rewards/deliveriesdialog.h"

#include "ui/rewards/deliverydetail.h"
#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/formatting.h"
#include "ui/shared/panel.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"
#include "ui/workspace/errortext.h"
#include "ui/workspace/storenotices.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <array>

namespace affinity::ui {
namespace {

using store::DeliveryState;

const QString causeReading = QStringLiteral("reading");
const QString causeSending = QStringLiteral("sending");

/// In the order of the control.
constexpr std::array<std::optional<DeliveryState>, 4> filters{std::nullopt, DeliveryState::Waiting,
                                                              DeliveryState::Delivered, DeliveryState::Dead};

int partOf(std::optional<DeliveryState> state) {
    for (size_t part = 0; part < filters.size(); ++part)
        if (filters[part] == state)
            return static_cast<int>(part);
    return 0;
}

int highestLevelIn(const rules::RuleSet& ruleSet) {
    return ruleSet.levels.empty() ? 6 : ruleSet.levels.back().level;
}

} // namespace

DeliveriesDialog::DeliveriesDialog(Workspace& workspace, std::optional<DeliveryState> state, QWidget* parent)
    : DialogFrame(tr("Reward deliveries"), workspace.connectionState(), parent),
      m_workspace(workspace),
      m_model(new DeliveryModel(
          [&workspace](const store::DeliveryQuery& query) { return workspace.engine().deliveries(query); },
          [&workspace] { return workspace.nowUs(); }, workspace.zone(), highestLevelIn(workspace.ruleSet()), this)),
      m_banners(new BannerStack),
      m_stack(new QStackedWidget),
      m_table(new QTableView),
      m_detail(new DeliveryDetail(workspace.zone())),
      m_range(new TextLabel({}, TextStyle::Caption, TextTone::Muted)),
      m_more(new Button(tr("Load more"), ButtonKind::Link)) {
    setObjectName(QStringLiteral("deliveriesDialog"));
    resize(1120, 640);
    makeTable();
    m_stack->addWidget(m_table);
    auto* panel = new Panel;
    panel->setFlushBody();
    panel->body()->addWidget(m_stack, 1);
    panel->body()->addWidget(m_detail);
    panel->body()->addWidget(makeFooter());
    body()->addWidget(makeBar(state));
    body()->addWidget(m_banners);
    body()->addWidget(panel, 1);
    cancelButton()->setText(tr("Close"));
    setDeed(tr("Send again"));
    connect(this, &DialogFrame::deedRequested, this, &DeliveriesDialog::sendAgain);
    connect(m_detail, &DeliveryDetail::deviceRequested, this, &DeliveriesDialog::openDevice);
    connect(m_model, &DeliveryModel::aboutToReplace, this, &DeliveriesDialog::keepChoice);
    connect(m_model, &DeliveryModel::stateChanged, this, &DeliveriesDialog::showState);
    connect(&workspace, &Workspace::sessionChanged, this, &DeliveriesDialog::refreshObstacle);
    connect(&workspace, &Workspace::outboxChanged, this, [this] {
        showCounts();
        refresh();
    });
    connect(new QShortcut(QKeySequence(QKeySequence::Refresh), this), &QShortcut::activated, this,
            &DeliveriesDialog::refresh);
    showCounts();
    m_model->setFilter(state);
    m_table->setFocus();
}

DeliveriesDialog* DeliveriesDialog::open(Workspace& workspace, std::optional<DeliveryState> state, QWidget* parent) {
    auto* dialog = new DeliveriesDialog(workspace, state, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::WindowModal);
    dialog->show();
    return dialog;
}

QWidget* DeliveriesDialog::makeBar(std::optional<DeliveryState> state) {
    auto* bar = new QWidget;
    auto* columns = new QHBoxLayout(bar);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(measure::gap);
    m_filter =
        new SegmentedControl({tr("All"), deliveryStateText(DeliveryState::Waiting),
                              deliveryStateText(DeliveryState::Delivered), deliveryStateText(DeliveryState::Dead)},
                             tr("Deliveries shown"));
    m_filter->setObjectName(QStringLiteral("deliveryFilter"));
    m_filter->setCurrent(partOf(state));
    connect(m_filter, &SegmentedControl::currentChanged, this,
            [this](int part) { m_model->setFilter(filters.at(static_cast<size_t>(part))); });
    auto* handler = new TextLabel(handlerSentence(), TextStyle::Caption, TextTone::Muted);
    handler->setObjectName(QStringLiteral("deliveryHandler"));
    handler->setElided(true);
    auto* again = new IconButton(Icon::Refresh, tr("Refresh"));
    again->setObjectName(QStringLiteral("refreshDeliveries"));
    connect(again, &IconButton::clicked, this, &DeliveriesDialog::refresh);
    columns->addWidget(m_filter);
    columns->addWidget(handler, 1);
    columns->addWidget(again);
    return bar;
}

void DeliveriesDialog::makeTable() {
    m_table->setObjectName(QStringLiteral("deliveryTable"));
    m_table->setModel(m_model);
    setUpTable(*m_table, {{150}, {84}, {190}, {116}, {76}, {150}, {240, true}}, RowHeight::Normal,
               tr("Reward deliveries"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->horizontalHeader()->setSectionsClickable(false);
    offerSaving(*m_table);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DeliveriesDialog::showChoice);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const store::RewardDelivery* delivery = m_model->at(index.row()))
            openDevice(delivery->deviceId);
    });
}

QWidget* DeliveriesDialog::makeFooter() {
    auto* footer = new QWidget;
    auto* columns = new QHBoxLayout(footer);
    columns->setContentsMargins(measure::pageEdge, measure::gapSmall, measure::gap, measure::gapSmall);
    m_range->setObjectName(QStringLiteral("deliveryRange"));
    m_more->setObjectName(QStringLiteral("moreDeliveries"));
    connect(m_more, &QPushButton::clicked, this, [this] { m_model->fetchMore({}); });
    columns->addWidget(m_range, 1);
    columns->addWidget(m_more);
    return footer;
}

QString DeliveriesDialog::handlerSentence() const {
    switch (rewardHandler(m_workspace.engine().connection(), m_workspace.storeInfo())) {
    case RewardHandler::None:
        break;
    case RewardHandler::Reader:
        return tr("This connection only reads; others hand the rewards out.");
    case RewardHandler::Ledger:
        return tr("The store's own rows are the rewards: they count as delivered when they are granted.");
    case RewardHandler::Webhook:
        return tr("Sent to %1.").arg(rewardHost(m_workspace.engine().connection()));
    case RewardHandler::Unassigned:
        return tr("Nobody hands them out yet: they wait until the program is started with --rewards.");
    }
    return {};
}

void DeliveriesDialog::setFilter(std::optional<DeliveryState> state) {
    m_filter->setCurrent(partOf(state));
    m_model->setFilter(state);
}

void DeliveriesDialog::refresh() {
    m_model->reload();
}

void DeliveriesDialog::showCounts() {
    const auto& outbox = m_workspace.outbox();
    m_filter->setCount(partOf(DeliveryState::Waiting), outbox ? static_cast<int>(outbox->waiting.rewardsWaiting) : 0);
    m_filter->setCount(partOf(DeliveryState::Dead), outbox ? static_cast<int>(outbox->waiting.rewardsDead) : 0);
}

QWidget* DeliveriesDialog::makeNotice() {
    if (m_model->state() == DeliveryModel::State::Failed)
        return new EmptyState(Icon::Error, tr("The deliveries cannot be read"),
                              visibleText(errorText(m_model->error())),
                              {{Icon::Refresh, tr("Try again"), {}, QStringLiteral("F5"), [this] { refresh(); }}});
    const std::vector<NextStep> all{
        {Icon::Close, tr("Show all deliveries"), {}, {}, [this] { setFilter(std::nullopt); }}};
    if (!m_model->filter())
        return new EmptyState(Icon::Gift, tr("No delivery yet"),
                              tr("One appears here when a device reaches a level that has rewards. Earlier grants "
                                 "stand on the device's page."));
    switch (*m_model->filter()) {
    case DeliveryState::Waiting:
        return new EmptyState(Icon::Gift, tr("No reward waits"), tr("All that were granted are delivered or given up."),
                              all);
    case DeliveryState::Delivered:
        return new EmptyState(Icon::Gift, tr("No reward was delivered yet"),
                              tr("One appears here when whoever hands them out has taken it."), all);
    case DeliveryState::Dead:
        break;
    }
    return new EmptyState(Icon::CheckCircle, tr("No reward was given up"),
                          tr("One appears here when it is refused, or was tried too often."), all);
}

void DeliveriesDialog::showState() {
    const bool isLoading = m_model->state() == DeliveryModel::State::Loading;
    const bool isFailed = m_model->state() == DeliveryModel::State::Failed;
    const int rows = m_model->rowCount();
    m_more->setEnabled(!isLoading);
    m_more->setVisible(m_model->hasMore());
    m_range->setText(rows > 0    ? tr("Showing the newest %1").arg(numberText(rows))
                     : isLoading ? tr("Loading…")
                                 : QString());
    if (isLoading && rows == 0)
        showChoice(); // of another filter
    if (isLoading)
        return;
    const bool hadFocus = m_notice && m_notice->isAncestorOf(focusWidget());
    if (m_notice) {
        m_stack->removeWidget(m_notice);
        m_notice->deleteLater();
        m_notice = nullptr;
    }
    if (rows == 0) {
        m_notice = makeNotice();
        m_notice->setObjectName(QStringLiteral("deliveryNotice"));
        m_stack->addWidget(m_notice);
    }
    m_stack->setCurrentWidget(m_notice ? m_notice : static_cast<QWidget*>(m_table));
    m_detail->setVisible(rows > 0);
    if (isFailed && rows > 0)
        showFailure(tr("The deliveries cannot be read again."), m_model->error());
    else
        m_banners->remove(causeReading);
    if (rows > 0 && !m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_model->index(std::max(0, m_model->rowOf(m_chosenId)), 0));
    if (hadFocus || (rows > 0 && !focusWidget()))
        m_table->setFocus();
    showChoice();
}

void DeliveriesDialog::showFailure(const QString& what, const base::Error& error) {
    BannerText text;
    text.tone = Tone::Danger;
    text.what = what;
    text.meaning = visibleText(errorText(error));
    text.action = tr("Try again");
    connect(m_banners->show(causeReading, text), &Banner::acted, this, &DeliveriesDialog::refresh,
            Qt::UniqueConnection);
}

void DeliveriesDialog::keepChoice() {
    if (const store::RewardDelivery* delivery = chosen())
        m_chosenId = delivery->id;
}

const store::RewardDelivery* DeliveriesDialog::chosen() const {
    return m_model->at(m_table->currentIndex().row());
}

void DeliveriesDialog::showChoice() {
    const store::RewardDelivery* delivery = chosen();
    m_detail->setDelivery(delivery ? std::optional(*delivery) : std::nullopt);
    refreshObstacle();
}

/// Why what is chosen cannot be sent again; empty: it can.
QString DeliveriesDialog::obstacle() const {
    const store::RewardDelivery* delivery = chosen();
    if (!delivery || delivery->state != DeliveryState::Dead)
        return tr("Choose a delivery that was given up.");
    if (m_isSending)
        return tr("The delivery is being sent again.");
    return m_workspace.writeObstacle();
}

void DeliveriesDialog::refreshObstacle() {
    const QString reason = obstacle();
    setDeedBlocked(reason);
    const bool isTyped = reason.isEmpty() && m_workspace.environment() == Environment::Production;
    const QString name = isTyped ? m_workspace.storeInfo().name : QString();
    const QString typedFor = isTyped ? QString::number(chosen()->id) : QString();
    if (typedFor == m_typedFor)
        return; // what was typed stays
    m_typedFor = typedFor;
    requireTypedName(tr("To change 1 row in production, type"), name);
}

void DeliveriesDialog::openDevice(base::DeviceId id) {
    accept();
    m_workspace.openDevice(id);
}

void DeliveriesDialog::sendAgain() {
    const store::RewardDelivery* delivery = chosen();
    if (!delivery || !obstacle().isEmpty())
        return;
    m_isSending = true;
    m_banners->remove(causeSending);
    setRemark(tr("The delivery is being sent again…"));
    const int level = delivery->level;
    ask<bool>(this, m_workspace.engine().sendDeliveryAgain(*m_workspace.session(), delivery->id),
              [this, level](const base::Result<bool>& isWaiting) { receiveSent(isWaiting, level); });
    refreshObstacle();
}

void DeliveriesDialog::receiveSent(const base::Result<bool>& isWaiting, int level) {
    m_isSending = false;
    if (!isWaiting) {
        setRemark({});
        BannerText text;
        text.tone = Tone::Danger;
        text.what = tr("The reward is not sent again.");
        text.meaning = visibleText(errorText(isWaiting.error()));
        text.isDismissible = true;
        m_banners->show(causeSending, text);
        refreshObstacle();
        return;
    }
    const QString words = *isWaiting ? tr("The reward of level %1 waits to be sent again.").arg(level)
                                     : tr("The delivery had been sent again already.");
    setRemark(words);
    m_workspace.announce(words);
    refresh();
}

} // namespace affinity::ui
