#include "ui/devices/devicelist.h"

#include "ui/devices/filterchips.h"
#include "ui/devices/savedfilterbar.h"
#include "ui/devices/useroffer.h"
#include "ui/shared/buttons.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/formatting.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/progress.h"
#include "ui/shared/searchfield.h"
#include "ui/shared/tablecolumns.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"
#include "ui/workspace/errortext.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

namespace affinity::ui {

namespace {

constexpr int narrow = 336;
constexpr int widest = 680;
constexpr int restMs = 120; // the detail follows the arrow keys after a rest of this length

constexpr int courseDays = 30;

int highestLevelOf(const rules::RuleSet& ruleSet) {
    return ruleSet.levels.empty() ? 6 : ruleSet.levels.back().level;
}

} // namespace

DeviceList::DeviceList(Workspace& workspace, SavedFilters& filters, QWidget* parent)
    : Panel(parent),
      m_workspace(workspace),
      m_model(
          new DeviceModel([&workspace](const store::DeviceQuery& query) { return workspace.engine().devices(query); },
                          [&workspace] { return workspace.nowUs(); }, highestLevelOf(workspace.ruleSet()), this)),
      m_saved(new SavedFilterBar(filters, workspace)),
      m_offer(new UserOffer),
      m_search(new SearchField(tr("Binding, serial, user, event id or nickname"), tr("Search devices"), this)),
      m_chips(new FilterChips(workspace.ruleSet().levels, this)),
      m_table(new QTableView),
      m_stack(new QStackedWidget),
      m_range(new TextLabel({}, TextStyle::Caption, TextTone::Muted)),
      m_previous(new IconButton(Icon::ChevronLeft, tr("Previous page"))),
      m_next(new IconButton(Icon::ChevronRight, tr("Next page"))),
      m_rest(new QTimer(this)) {
    setObjectName(QStringLiteral("deviceList"));
    setAccessibleName(tr("Device list"));
    setFlushBody();
    setUpView();
    m_stack->addWidget(m_table);
    body()->addWidget(makeTop());
    body()->addWidget(m_stack, 1);
    body()->addWidget(new Hairline);
    body()->addWidget(makeFooter());
    m_rest->setSingleShot(true);
    m_rest->setInterval(restMs);
    connect(m_rest, &QTimer::timeout, this, &DeviceList::announceCurrent);
    connect(m_model, &DeviceModel::stateChanged, this, &DeviceList::showState);
    connect(m_model, &DeviceModel::topShifted, this, &DeviceList::shiftScroll);
    connect(m_search, &SearchField::searched, this, [this](const QString& text) {
        m_view.filter.text = text;
        ask();
    });
    connect(m_chips, &FilterChips::changed, this, [this] {
        const QString text = m_view.filter.text;
        m_view.filter = m_chips->filter();
        m_view.filter.text = text;
        ask();
    });
    connect(m_saved, &SavedFilterBar::chosen, this, &DeviceList::showView);
    connect(m_saved, &SavedFilterBar::left, this, &DeviceList::focusSearch);
    connect(m_offer, &UserOffer::chosen, this, &DeviceList::userRequested);
    setNarrow(false);
    ask();
}

QWidget* DeviceList::makeTop() {
    auto* top = new QWidget;
    auto* rows = new QVBoxLayout(top);
    rows->setContentsMargins(11, 12, 11, 10);
    rows->setSpacing(8);
    m_search->installEventFilter(this);
    m_search->setObjectName(QStringLiteral("deviceSearch"));
    m_search->setToolTip(tr("Binding id, serial, user id, user name or event id exactly, or a part of a nickname."));
    m_chips->setObjectName(QStringLiteral("deviceFilters"));
    auto* search = new QHBoxLayout;
    search->setSpacing(6);
    search->addWidget(m_search, 1);
    search->addWidget(m_saved->button());
    rows->addLayout(search);
    rows->addWidget(m_chips);
    rows->addWidget(m_saved);
    rows->addWidget(m_offer);
    return top;
}

QWidget* DeviceList::makeFooter() {
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(measure::pageEdge - 1, 4, 7, 4);
    row->setSpacing(4);
    m_range->setObjectName(QStringLiteral("deviceRange"));
    m_previous->setObjectName(QStringLiteral("previousPage"));
    m_next->setObjectName(QStringLiteral("nextPage"));
    setCommand(*m_previous, QStringLiteral("devices.previousPage"));
    setCommand(*m_next, QStringLiteral("devices.nextPage"));
    row->addWidget(m_range, 1);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    connect(m_previous, &QToolButton::clicked, this, [this] { showPage(false); });
    connect(m_next, &QToolButton::clicked, this, [this] { showPage(true); });
    return footer;
}

void DeviceList::setUpView() {
    m_table->setObjectName(QStringLiteral("deviceTable"));
    m_table->setModel(m_model);
    setUpTable(*m_table, {{78}, {110, true}, {52}, {64}, {68}, {70}}, RowHeight::Normal, tr("Devices"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QHeaderView& header = *m_table->horizontalHeader();
    header.setSectionsClickable(true);
    showSort();
    connect(&header, &QHeaderView::sectionClicked, this, &DeviceList::sortBy);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DeviceList::onCurrentChanged);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == m_table->verticalScrollBar()->minimum())
            m_model->fetchPrevious();
    });
}

void DeviceList::ask() {
    store::DeviceQuery query = deviceQuery(m_view.filter, m_workspace.nowUs());
    query.sort = m_view.sort;
    query.isDescending = m_view.isDescending;
    m_choosesFirst = true;
    m_saved->setCurrent(m_view);
    m_model->setQuery(query);
    askUsers();
}

/// Besides devices, a text can name a user: then its page is offered.
void DeviceList::askUsers() {
    const QString text = m_view.filter.text.trimmed();
    m_userRequest.drop();
    if (text.isEmpty()) {
        m_offer->setUsers({});
        return;
    }
    m_userRequest.ask(this, m_workspace.engine().usersNamed(text),
                      [this](const base::Result<std::vector<rules::User>>& answer) {
                          m_offer->setUsers(answer ? *answer : std::vector<rules::User>());
                      });
}

std::optional<base::UserId> DeviceList::offeredUser() const {
    return m_offer->first();
}

void DeviceList::showView(const DeviceView& view) {
    m_view = view;
    m_search->setText(view.filter.text);
    m_chips->setFilter(view.filter);
    ask();
    showSort();
}

void DeviceList::setFilter(const DeviceFilter& filter) {
    m_saved->forget();
    showView({filter, m_view.sort, m_view.isDescending});
}

void DeviceList::setView(const DeviceView& view) {
    showView(view);
    m_choosesFirst = false;
}

void DeviceList::showBindingsOf(base::UserId id) {
    DeviceFilter filter;
    filter.userId = id;
    filter.withUnbound = true;
    setFilter(filter);
    m_choosesFirst = false;
}

QString DeviceList::pageObstacle(bool isNext) const {
    if (m_model->state() == DeviceModel::State::Loading)
        return tr("The list is loading.");
    if (isNext)
        return m_model->hasNextPage() ? QString() : tr("There is no page after this one.");
    return m_model->hasPreviousPage() ? QString() : tr("There is no page before this one.");
}

void DeviceList::showPage(bool isNext) {
    if (isNext)
        m_model->showNextPage();
    else
        m_model->showPreviousPage();
}

void DeviceList::refresh() {
    m_model->reload();
}

/// Down goes from the search on into the list.
bool DeviceList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Down && m_stack->currentWidget() == m_table) {
        m_table->setFocus(Qt::TabFocusReason);
        return true;
    }
    return Panel::eventFilter(watched, event);
}

void DeviceList::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void DeviceList::setNarrow(bool isNarrow) {
    setMinimumWidth(narrow);
    setMaximumWidth(isNarrow ? narrow : widest);
    TableColumns& columns = *TableColumns::of(*m_table);
    columns.setFitting(DeviceModel::SeenColumn, !isNarrow);
    columns.setFitting(DeviceModel::CourseColumn, !isNarrow);
    if (isNarrow) {
        m_model->setCourses({});
    } else {
        m_model->setCourses([&engine = m_workspace.engine()](const std::vector<base::DeviceId>& ids) {
            return engine.courses(ids, courseDays);
        });
    }
}

void DeviceList::sortBy(int column) {
    if (const auto sort = DeviceModel::sortOf(column)) {
        const bool isSame = m_view.sort == *sort;
        m_view.sort = *sort;
        // First the end people look for: largest values, latest activity, smallest ids.
        m_view.isDescending = isSame ? !m_view.isDescending : *sort != store::DeviceSort::Id;
        ask();
    }
    showSort();
}

void DeviceList::showSort() {
    for (int column = 0; column < DeviceModel::ColumnCount; ++column) {
        if (DeviceModel::sortOf(column) == m_view.sort)
            m_table->horizontalHeader()->setSortIndicator(column, m_view.isDescending ? Qt::DescendingOrder
                                                                                      : Qt::AscendingOrder);
    }
}

void DeviceList::shiftScroll(int rows) {
    QMetaObject::invokeMethod(m_table, "updateGeometries"); // the scroll bar's range follows the rows at once
    QScrollBar& bar = *m_table->verticalScrollBar();
    bar.setValue(bar.value() + rows * m_table->verticalHeader()->defaultSectionSize());
}

void DeviceList::select(base::DeviceId id) {
    m_chosen = id;
    m_choosesFirst = false;
    m_rest->stop();
    m_isSelecting = true;
    const int row = m_model->rowOf(id);
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
    else
        m_table->selectionModel()->clear();
    m_isSelecting = false;
}

void DeviceList::onCurrentChanged() {
    if (!m_isSelecting && !m_model->isTrimming())
        m_rest->start();
}

void DeviceList::announceCurrent() {
    const store::DeviceRow* row = m_model->rowAt(m_table->currentIndex().row());
    if (!row || row->binding.id == m_chosen)
        return;
    m_chosen = row->binding.id;
    Q_EMIT deviceChosen(m_chosen);
}

void DeviceList::showState() {
    const bool isReady = m_model->state() == DeviceModel::State::Ready;
    const bool isLoading = m_model->state() == DeviceModel::State::Loading;
    m_previous->setEnabled(!isLoading && m_model->hasPreviousPage());
    m_next->setEnabled(!isLoading && m_model->hasNextPage());
    const int count = m_model->rowCount();
    if (isLoading && count == 0)
        m_range->setText(tr("Loading…"));
    else if (count > 0)
        m_range->setText(
            tr("Showing %1 to %2")
                .arg(numberText(m_model->firstPosition()), numberText(m_model->firstPosition() + count - 1)));
    else
        m_range->setText({});
    if (isLoading)
        return;

    if (m_notice) {
        m_stack->removeWidget(m_notice);
        m_notice->deleteLater();
        m_notice = nullptr;
    }
    if (m_model->state() == DeviceModel::State::Failed && count == 0) {
        m_notice = new EmptyState(
            Icon::Error, tr("The list cannot be read"), visibleText(errorText(m_model->error())),
            {{Icon::Refresh, tr("Try again"), {}, {}, [this] { refresh(); }, QStringLiteral("window.refresh")}});
    } else if (isReady && count == 0 && isNarrowing(m_view.filter)) {
        m_notice = new EmptyState(Icon::Search, tr("No match"), tr("No device fits the search and the filters."),
                                  {{Icon::Close, tr("Clear search and filters"), {}, {}, [this] { setFilter({}); }}});
    } else if (isReady && count == 0) {
        m_notice =
            new EmptyState(Icon::Devices, tr("No device yet"), tr("A device appears here once it is bound to a user."));
    }
    if (m_notice) {
        m_notice->setObjectName(QStringLiteral("deviceNotice"));
        m_stack->addWidget(m_notice);
    }
    m_stack->setCurrentWidget(m_notice ? m_notice : m_table);
    if (!isReady || count == 0)
        return;
    const base::DeviceId kept = m_chosen;
    const bool isKeptLoaded = m_model->rowOf(kept) >= 0;
    const bool isNewQuestion = m_choosesFirst;
    if (isKeptLoaded && !m_table->currentIndex().isValid()) {
        select(kept);
    } else if (m_choosesFirst && !isKeptLoaded) {
        m_isSelecting = true;
        m_table->setCurrentIndex(m_model->index(0, 0));
        m_isSelecting = false;
        announceCurrent();
    }
    m_choosesFirst = false;
    if (isNewQuestion)
        m_table->scrollToTop(); // what the question puts first is what people want to see
}

} // namespace affinity::ui
