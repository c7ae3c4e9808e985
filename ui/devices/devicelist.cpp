#include "ui/devices/devicelist.h"

#include "ui/devices/filterchips.h"
#include "ui/shared/buttons.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/formatting.h"
#include "ui/shared/progress.h"
#include "ui/shared/searchfield.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"

#include <QDateTime>
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

constexpr int wide = 408;
constexpr int narrow = 336;
constexpr int restMs = 120; // the detail follows the arrow keys after a rest of this length

qint64 systemNowUs() {
    return QDateTime::currentMSecsSinceEpoch() * 1000;
}

int highestLevelOf(const rules::RuleSet& ruleSet) {
    return ruleSet.levels.empty() ? 6 : ruleSet.levels.back().level;
}

} // namespace

DeviceList::DeviceList(Workspace& workspace, QWidget* parent)
    : Panel(parent),
      m_model(
          new DeviceModel([&workspace](const store::DeviceQuery& query) { return workspace.engine().devices(query); },
                          systemNowUs, highestLevelOf(workspace.ruleSet()), this)),
      m_search(new SearchField(tr("Binding, serial, user, event id or nickname"), tr("Search devices"), this)),
      m_chips(new FilterChips(workspace.ruleSet().levels, this)),
      m_view(new QTableView),
      m_stack(new QStackedWidget),
      m_range(new TextLabel({}, TextStyle::Caption, TextTone::Muted)),
      m_previous(new IconButton(Icon::ChevronLeft, tr("Previous page (Alt+Page Up)"))),
      m_next(new IconButton(Icon::ChevronRight, tr("Next page (Alt+Page Down)"))),
      m_rest(new QTimer(this)) {
    setObjectName(QStringLiteral("deviceList"));
    setAccessibleName(tr("Device list"));
    setFlushBody();
    setFixedWidth(wide);
    setUpView();
    m_stack->addWidget(m_view);
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
        m_filter.text = text;
        ask();
    });
    connect(m_chips, &FilterChips::changed, this, [this] {
        const QString text = m_filter.text;
        m_filter = m_chips->filter();
        m_filter.text = text;
        ask();
    });
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
    rows->addWidget(m_search);
    rows->addWidget(m_chips);
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
    m_previous->setShortcut(QKeySequence(Qt::ALT | Qt::Key_PageUp));
    m_next->setShortcut(QKeySequence(Qt::ALT | Qt::Key_PageDown));
    row->addWidget(m_range, 1);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    connect(m_previous, &QToolButton::clicked, m_model, &DeviceModel::showPreviousPage);
    connect(m_next, &QToolButton::clicked, m_model, &DeviceModel::showNextPage);
    return footer;
}

void DeviceList::setUpView() {
    m_view->setObjectName(QStringLiteral("deviceTable"));
    m_view->setModel(m_model);
    setUpTable(*m_view, {{92}, {120, true}, {52}, {64}, {64}}, RowHeight::Normal, tr("Devices"));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QHeaderView& header = *m_view->horizontalHeader();
    header.setSectionsClickable(true);
    header.setSortIndicatorShown(true);
    showSort();
    connect(&header, &QHeaderView::sectionClicked, this, &DeviceList::sortBy);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DeviceList::onCurrentChanged);
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == m_view->verticalScrollBar()->minimum())
            m_model->fetchPrevious();
    });
}

void DeviceList::ask() {
    store::DeviceQuery query = deviceQuery(m_filter, systemNowUs());
    query.sort = m_model->query().sort;
    query.isDescending = m_model->query().isDescending;
    m_choosesFirst = true;
    m_model->setQuery(query);
}

void DeviceList::setFilter(const DeviceFilter& filter) {
    m_filter = filter;
    m_search->setText(filter.text);
    m_chips->setFilter(filter);
    ask();
}

void DeviceList::refresh() {
    m_model->reload();
}

/// Down goes from the search on into the list.
bool DeviceList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Down && m_stack->currentWidget() == m_view) {
        m_view->setFocus(Qt::TabFocusReason);
        return true;
    }
    return Panel::eventFilter(watched, event);
}

void DeviceList::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void DeviceList::setNarrow(bool isNarrow) {
    setFixedWidth(isNarrow ? narrow : wide);
    m_view->setColumnHidden(DeviceModel::SeenColumn, isNarrow);
}

void DeviceList::sortBy(int column) {
    const auto sort = DeviceModel::sortOf(column);
    if (sort) {
        const bool isSame = m_model->query().sort == *sort;
        // First the end people look for: largest values, latest activity, smallest ids.
        const bool isDescending = isSame ? !m_model->query().isDescending : *sort != store::DeviceSort::Id;
        m_choosesFirst = true;
        m_model->sort(column, isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
    showSort();
}

void DeviceList::showSort() {
    const store::DeviceQuery& query = m_model->query();
    for (int column = 0; column < DeviceModel::ColumnCount; ++column) {
        if (DeviceModel::sortOf(column) == query.sort)
            m_view->horizontalHeader()->setSortIndicator(column,
                                                         query.isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
}

void DeviceList::shiftScroll(int rows) {
    QMetaObject::invokeMethod(m_view, "updateGeometries"); // the scroll bar's range follows the rows at once
    QScrollBar& bar = *m_view->verticalScrollBar();
    bar.setValue(bar.value() + rows * m_view->verticalHeader()->defaultSectionSize());
}

void DeviceList::select(base::DeviceId id) {
    m_chosen = id;
    m_choosesFirst = false;
    m_rest->stop();
    m_isSelecting = true;
    const int row = m_model->rowOf(id);
    if (row >= 0)
        m_view->setCurrentIndex(m_model->index(row, 0));
    else
        m_view->selectionModel()->clear();
    m_isSelecting = false;
}

void DeviceList::onCurrentChanged() {
    if (!m_isSelecting && !m_model->isTrimming())
        m_rest->start();
}

void DeviceList::announceCurrent() {
    const store::DeviceRow* row = m_model->rowAt(m_view->currentIndex().row());
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
        m_notice = new EmptyState(Icon::Error, tr("The list cannot be read"), visibleText(m_model->error().what),
                                  {{Icon::Refresh, tr("Try again"), {}, tr("F5"), [this] { refresh(); }}});
    } else if (isReady && count == 0 && isNarrowing(m_filter)) {
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
    m_stack->setCurrentWidget(m_notice ? m_notice : m_view);
    if (!isReady || count == 0)
        return;
    const base::DeviceId kept = m_chosen;
    const bool isKeptLoaded = m_model->rowOf(kept) >= 0;
    if (isKeptLoaded && !m_view->currentIndex().isValid()) {
        select(kept);
    } else if (m_choosesFirst && !isKeptLoaded) {
        m_isSelecting = true;
        m_view->setCurrentIndex(m_model->index(0, 0));
        m_isSelecting = false;
        announceCurrent();
    }
    m_choosesFirst = false;
}

} // namespace affinity::ui
