#include "ui/devices/userpage.h"

#include "ui/devices/bindingmodel.h"
#include "ui/devices/devicetext.h"
#include "ui/devices/loadingpage.h"
#include "ui/devices/timelinetable.h"
#include "ui/devices/timelineview.h"
#include "ui/shared/buttons.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/formatting.h"
#include "ui/shared/panel.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/tag.h"
#include "ui/shared/textlabel.h"
#include "ui/workspace/errortext.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace affinity::ui {

namespace {

constexpr int mostBindings = 1000; // of one page of the store; nobody has as many
constexpr int fewestRows = 1;      // height of the table, in rows
constexpr int mostRows = 6;

} // namespace

UserPage::UserPage(Workspace& workspace, QWidget* parent)
    : QStackedWidget(parent),
      m_workspace(workspace),
      m_slow(new QTimer(this)),
      m_back(new IconButton(Icon::ChevronLeft, tr("Back"))),
      m_name(new TextLabel({}, TextStyle::Title)),
      m_inactive(new Tag(tr("Inactive account"), Tone::Warn, Icon::Warning)),
      m_facts(new TextLabel({}, TextStyle::Caption, TextTone::Secondary)),
      m_bindings(new BindingModel(
          workspace.zone(), workspace.ruleSet().levels.empty() ? 6 : workspace.ruleSet().levels.back().level, this)),
      m_table(new QTableView),
      m_bindingPanel(new ui::Panel(tr("Bindings"))),
      m_timeline(new TimelineView(workspace)) {
    setObjectName(QStringLiteral("userPage"));
    setAccessibleName(tr("User"));
    addWidget(loadingPage(tr("Loading the user")));
    addWidget(makeContent());
    m_slow->setSingleShot(true);
    m_slow->setInterval(loadingShownAfterMs);
    connect(m_slow, &QTimer::timeout, this, [this] { setCurrentIndex(LoadingPage); });
    connect(m_back, &QToolButton::clicked, this, &UserPage::backRequested);
    connect(m_timeline, &TimelineView::exportRequested, this, &UserPage::exportRequested);
    connect(m_timeline, &TimelineView::deviceRequested, this, &UserPage::deviceRequested);
}

QWidget* UserPage::makeContent() {
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::panelGap);
    rows->addWidget(makeHead());
    rows->addWidget(makeBindings());
    rows->addWidget(makeLog(), 1);
    return content;
}

QWidget* UserPage::makeHead() {
    auto* head = new ui::Panel;
    head->setObjectName(QStringLiteral("userHeader"));
    head->setAccessibleName(tr("User"));
    head->setBodyMargins({measure::gap, 12, measure::pageEdge, 12});
    m_back->setObjectName(QStringLiteral("userBack"));
    m_name->setObjectName(QStringLiteral("userName"));
    m_name->setElided(true);
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_facts->setObjectName(QStringLiteral("userFacts"));
    m_facts->setElided(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* list = new Button(tr("Show in list"), ButtonKind::Normal, Icon::Filter);
    list->setObjectName(QStringLiteral("userInList"));
    list->setToolTip(tr("Filters the list to the bindings of this user, unbound ones too."));
    auto* title = new QHBoxLayout;
    title->setSpacing(8);
    title->addWidget(m_back);
    title->addWidget(m_name);
    title->addWidget(m_inactive);
    title->addStretch(1);
    title->addWidget(list);
    auto* facts = new QHBoxLayout;
    facts->setContentsMargins(m_back->sizeHint().width() + 8, 0, 0, 0);
    facts->addWidget(m_facts, 1);
    head->body()->addLayout(title);
    head->body()->addSpacing(2);
    head->body()->addLayout(facts);
    connect(list, &QPushButton::clicked, this, [this] { Q_EMIT listRequested(m_user); });
    return head;
}

QWidget* UserPage::makeBindings() {
    m_bindingPanel->setFlushBody();
    m_table->setObjectName(QStringLiteral("bindingTable"));
    m_table->setModel(m_bindings);
    setUpTable(*m_table, {{84}, {106, true}, {120}, {52}, {64}, {76}, {98}, {174}}, RowHeight::Normal, tr("Bindings"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->installEventFilter(this);
    m_table->setToolTip(tr("Enter or a double click opens the device's page."));
    m_bindingPanel->body()->addWidget(m_table);
    connect(m_table, &QTableView::doubleClicked, this, &UserPage::openCurrent);
    return m_bindingPanel;
}

QWidget* UserPage::makeLog() {
    auto* panel = new ui::Panel(tr("Timeline"), tr("all devices of this user, newest first"));
    panel->setFlushBody();
    m_timeline->table().setObjectName(QStringLiteral("userTimelineTable"));
    panel->addAction(m_timeline->makeExportButton());
    panel->body()->addWidget(m_timeline, 1);
    return panel;
}

void UserPage::showUser(base::UserId id) {
    if (id != m_user)
        m_isLoaded = false;
    m_user = id;
    refresh();
}

void UserPage::refresh() {
    if (!m_user.isValid())
        return;
    if (!m_isLoaded)
        m_slow->start();
    m_bindingRequest.drop();
    m_userRequest.ask(this, m_workspace.engine().usersNamed(QString::number(m_user.value)),
                      [this](const base::Result<std::vector<rules::User>>& answer) { receiveUser(answer); });
}

void UserPage::receiveUser(const base::Result<std::vector<rules::User>>& answer) {
    if (!answer) {
        showError(answer.error());
        return;
    }
    // Somebody else's name may be this number.
    const auto user =
        std::find_if(answer->begin(), answer->end(), [this](const rules::User& each) { return each.id == m_user; });
    if (user == answer->end()) {
        showError({base::ErrorKind::NotFound, tr("There is no user %1 in this store.").arg(m_user.value)});
        return;
    }
    fillHead(*user);
    store::DeviceQuery query;
    query.userId = m_user;
    query.withUnbound = true;
    query.limit = mostBindings;
    m_bindingRequest.ask(this, m_workspace.engine().devices(query),
                         [this](const base::Result<store::DevicePage>& page) { receiveBindings(page); });
}

void UserPage::fillHead(const rules::User& user) {
    m_name->setText(user.nickname.isEmpty() ? visibleText(user.username) : visibleText(user.nickname));
    m_inactive->setVisible(!user.isActive);
    setAccessibleDescription(m_name->text());
    m_facts->setText(tr("User %1     Name %2     Since %3")
                         .arg(QString::number(user.id.value), dataText(user.username),
                              dateText(user.createdAtUs, m_workspace.zone())));
}

void UserPage::receiveBindings(const base::Result<store::DevicePage>& answer) {
    m_slow->stop();
    if (!answer) {
        showError(answer.error());
        return;
    }
    const store::DeviceRow* current = m_bindings->rowAt(m_table->currentIndex().row());
    const base::DeviceId kept = current ? current->binding.id : base::DeviceId{};
    m_bindings->setRows(answer->rows, m_workspace.nowUs());
    m_table->setCurrentIndex(m_bindings->index(std::max(0, m_bindings->rowOf(kept)), 0));
    const int bound = m_bindings->boundCount();
    QString caption = tr("%1 bound, %2 unbound").arg(numberText(bound), numberText(m_bindings->rowCount() - bound));
    if (answer->next)
        caption = tr("%1, the first %2 only").arg(caption, numberText(mostBindings));
    m_bindingPanel->setCaption(caption);
    fitTable();
    TimelineModel::DeviceNames names;
    for (const store::DeviceRow& row : answer->rows)
        names.insert(row.binding.id.value,
                     tr("%1 %2").arg(QString::number(row.binding.id.value), nicknameText(row.binding)));
    m_timeline->showUser(m_user, m_workspace.nowUs(), names);
    m_isLoaded = true;
    setCurrentIndex(ContentPage);
    if (m_wantsFocus)
        focusBindings();
}

/// As high as its rows, within limits: the log takes the rest.
void UserPage::fitTable() {
    const int rows = std::clamp(m_bindings->rowCount(), fewestRows, mostRows);
    m_table->setFixedHeight(measure::tableHeader + rows * measure::row + 1);
}

void UserPage::focusBindings() {
    m_wantsFocus = !m_isLoaded;
    if (m_isLoaded)
        m_table->setFocus(Qt::OtherFocusReason);
}

void UserPage::setBackText(const QString& where) {
    m_back->setVisible(!where.isEmpty());
    m_back->setName(tr("Back to %1").arg(where));
}

void UserPage::openCurrent() {
    if (const store::DeviceRow* row = m_bindings->rowAt(m_table->currentIndex().row()))
        Q_EMIT deviceRequested(row->binding.id);
}

bool UserPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            openCurrent();
            return true;
        }
    }
    return QStackedWidget::eventFilter(watched, event);
}

void UserPage::showError(const base::Error& error) {
    m_slow->stop();
    if (m_error) {
        removeWidget(m_error);
        m_error->deleteLater(); // its own button may be what asked
    }
    m_isLoaded = false;
    auto* panel = new ui::Panel;
    panel->setObjectName(QStringLiteral("userError"));
    panel->body()->addWidget(new EmptyState(
        Icon::Error, tr("The user cannot be read"), visibleText(errorText(error)),
        {{Icon::Refresh, tr("Try again"), {}, {}, [this] { refresh(); }, QStringLiteral("window.refresh")},
         {Icon::ChevronLeft, tr("Back"), {}, {}, [this] { Q_EMIT backRequested(); }, QStringLiteral("devices.back")}}));
    m_error = panel;
    addWidget(m_error);
    setCurrentWidget(m_error);
}

} // namespace affinity::ui
