#include "ui/devices/timelineview.h"

#include "ui/devices/timelinetable.h"
#include "ui/shared/buttons.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/formatting.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"
#include "ui/shared/whypanel.h"
#include "ui/workspace/errortext.h"
#include "ui/workspace/whytext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPointer>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace affinity::ui {

namespace {

/// In a low window the content scrolls instead of making the window grow.
QWidget* scrolled(QWidget* content) {
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    return scroll;
}

} // namespace

TimelineView::TimelineView(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_model(
          new TimelineModel([&workspace](const store::LogQuery& query) { return workspace.engine().timeline(query); },
                            workspace.zone(), this)),
      m_table(new TimelineTable(*m_model)),
      m_stack(new QStackedWidget),
      m_foot(new TextLabel({}, TextStyle::Caption, TextTone::Muted)) {
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_stack->addWidget(m_table);
    setFocusProxy(m_table);
    rows->addWidget(m_stack, 1);
    m_foot->setContentsMargins(measure::pageEdge - 1, 4, measure::pageEdge, 6);
    m_foot->hide();
    rows->addWidget(m_foot);
    connect(m_model, &TimelineModel::stateChanged, this, &TimelineView::showState);
    connect(m_table, &TimelineTable::rowToggled, this, &TimelineView::toggle);
    connect(m_table, &TimelineTable::menuRequested, this, &TimelineView::openMenu);
    const auto nameOperator = [this] {
        if (const auto& session = m_workspace.session())
            m_model->setOperatorName(session->person.id, visibleText(session->person.username));
    };
    connect(&workspace, &Workspace::sessionChanged, m_model, nameOperator);
    nameOperator();
}

IconButton* TimelineView::makeExportButton() {
    auto* button = new IconButton(Icon::Export, tr("Export timeline…"));
    button->setObjectName(QStringLiteral("exportTimeline"));
    setCommand(*button, QStringLiteral("devices.exportTimeline"));
    connect(button, &QToolButton::clicked, this, &TimelineView::requestExport);
    return button;
}

void TimelineView::keepOpen(bool isSameSubject) {
    const store::LogEntry* open = m_model->entryAt(m_model->openRow());
    m_reopen = open && isSameSubject ? std::optional(open->row.id) : std::nullopt;
}

void TimelineView::show(base::DeviceId id, qint64 nowUs) {
    const store::LogEntry* open = m_model->entryAt(m_model->openRow());
    keepOpen(!m_user.isValid() && open && open->row.deviceId == id);
    m_user = {};
    m_table->setWithDevices(false);
    m_model->setDevice(id, nowUs);
}

void TimelineView::showUser(base::UserId id, qint64 nowUs, const TimelineModel::DeviceNames& names) {
    keepOpen(m_user == id);
    m_user = id;
    m_table->setWithDevices(true);
    m_model->setDeviceNames(names);
    m_model->setUser(id, nowUs);
}

void TimelineView::toggle(int row) {
    const store::LogEntry* entry = m_model->entryAt(row);
    const bool isOpen = row == m_model->openRow() || m_model->isDetail(row);
    m_request.drop();
    if (isOpen || !entry) {
        m_model->open(-1);
        return;
    }
    const store::LogEntry asked = *entry; // the row's number changes while the other closes
    m_model->open(row);
    m_why = new WhyPanel;
    m_why->setObjectName(QStringLiteral("why"));
    m_why->setMessage(tr("Looking at the steps again…"));
    m_table->showDetail(m_why);
    const QModelIndex opened = m_model->index(m_model->openRow(), 0);
    m_table->setCurrentIndex(opened);
    explain(asked);
    connect(m_why, &WhyPanel::copied, this,
            [this] { m_workspace.announce(tr("The explanation is on the clipboard.")); });
}

void TimelineView::explain(const store::LogEntry& entry) {
    m_request.ask(this, m_workspace.engine().explainRow(entry.row.id),
                  [this, id = entry.row.id](const base::Result<service::Explanation>& answer) { receive(answer, id); });
}

void TimelineView::receive(const base::Result<service::Explanation>& answer, base::LogId id) {
    const store::LogEntry* open = m_model->entryAt(m_model->openRow());
    if (!open || open->row.id != id || !m_why)
        return;
    if (answer) {
        m_why->setWhy(whyOfRow(*answer, m_workspace.zone()));
        if (answer->isReproduced && answer->decision.cut != rules::Cut::None)
            m_model->setCutCause(id, cutCauseText(answer->decision.cut));
    } else {
        m_why->setMessage(visibleText(errorText(answer.error())));
    }
    m_table->fitDetail();
    m_table->scrollTo(m_model->index(m_model->openRow() + 1, 0), QAbstractItemView::EnsureVisible);
    m_table->scrollTo(m_model->index(m_model->openRow(), 0), QAbstractItemView::EnsureVisible);
}

QString TimelineView::reverseObstacle(int row) const {
    const store::LogEntry* entry = m_model->entryAt(row);
    if (!entry)
        return tr("No log row is chosen.");
    if (m_user.isValid())
        return tr("Rows are reversed on the page of their device.");
    if (m_model->isReversed(entry->row.id))
        return tr("Log row %1 was reversed before.").arg(entry->row.id.value);
    return m_workspace.writeObstacle();
}

QString TimelineView::reverseObstacle() const {
    const int row = m_table->currentIndex().row();
    return reverseObstacle(m_model->isDetail(row) ? row - 1 : row);
}

void TimelineView::reverseCurrent() {
    const int row = m_table->currentIndex().row();
    reverse(m_model->isDetail(row) ? row - 1 : row);
}

void TimelineView::reverse(int row) {
    const QString obstacle = reverseObstacle(row);
    if (obstacle.isEmpty())
        Q_EMIT reverseRequested(m_model->entryAt(row)->row);
    else
        m_workspace.announce(obstacle);
}

void TimelineView::openMenu(int row, const QPoint& place) {
    const int entryRow = m_model->isDetail(row) ? row - 1 : row;
    if (!m_model->entryAt(entryRow))
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    const bool isOpen = m_model->openRow() == entryRow;
    QAction* why = menu->addAction(isOpen ? tr("Hide why") : tr("Show why"));
    why->setShortcut(Qt::Key_Return);
    connect(why, &QAction::triggered, this, [this, entryRow] { toggle(entryRow); });
    QAction* copy = menu->addAction(tr("Copy row"));
    copy->setShortcut(QKeySequence::Copy);
    connect(copy, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(selectedRowsText(*m_table)); });
    if (m_user.isValid()) {
        QAction* device = menu->addAction(tr("Open the device"));
        connect(device, &QAction::triggered, this,
                [this, id = m_model->entryAt(entryRow)->row.deviceId] { Q_EMIT deviceRequested(id); });
    }
    menu->addSeparator();
    const QString obstacle = reverseObstacle(entryRow);
    QAction* back = menu->addAction(tr("Reverse…"));
    back->setObjectName(QStringLiteral("reverseAction"));
    back->setShortcut(keysInForce(QStringLiteral("devices.reverse")));
    back->setEnabled(obstacle.isEmpty());
    back->setToolTip(obstacle);
    connect(back, &QAction::triggered, this, [this, entryRow] { reverse(entryRow); });
    menu->popup(place);
}

void TimelineView::showState() {
    const bool isFailed = m_model->state() == TimelineModel::State::Failed;
    const int count = m_model->entryCount();
    m_foot->setVisible(count > 0 && (isFailed || m_model->state() == TimelineModel::State::Loading));
    m_foot->setTone(isFailed ? TextTone::Danger : TextTone::Muted);
    m_foot->setText(isFailed ? visibleText(errorText(m_model->error())) : tr("Loading…"));
    if (m_model->state() == TimelineModel::State::Loading)
        return;
    delete m_notice;
    m_notice = nullptr;
    if (count == 0 && isFailed)
        m_notice =
            new EmptyState(Icon::Error, tr("The timeline cannot be read"), visibleText(errorText(m_model->error())));
    else if (count == 0 && m_model->state() == TimelineModel::State::Ready)
        m_notice = new EmptyState(
            Icon::History, tr("No log row yet"),
            m_user.isValid() ? tr("Every change of this user's devices is listed here. Refused events leave no row.")
                             : tr("Every change of this device's value is listed here. Refused events leave no row."));
    if (m_notice) {
        m_notice = scrolled(m_notice);
        m_stack->addWidget(m_notice);
    }
    m_stack->setCurrentWidget(m_notice ? m_notice : m_table);
    if (m_reopen && m_model->state() == TimelineModel::State::Ready) {
        const int row = m_model->rowOf(*m_reopen);
        m_reopen.reset();
        if (row >= 0)
            toggle(row);
    }
}

} // namespace affinity::ui
