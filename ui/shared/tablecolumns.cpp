#include "ui/shared/tablecolumns.h"

#include "ui/shared/tokens.h"

#include <QEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QMenu>
#include <QShortcut>
#include <QTableView>

#include <algorithm>
#include <optional>

namespace affinity::ui {
namespace {

constexpr int narrowest = 24; // px
constexpr int widest = 2000;

/// Every number from 0 on once, the first one first.
bool isOrder(const std::vector<int>& order, int count) {
    if (static_cast<int>(order.size()) != count || (count > 0 && order.front() != 0))
        return false;
    std::vector<int> sorted = order;
    std::sort(sorted.begin(), sorted.end());
    for (int i = 0; i < count; ++i)
        if (sorted[static_cast<size_t>(i)] != i)
            return false;
    return true;
}

std::vector<int> numbersOf(const QJsonValue& list) {
    std::vector<int> numbers;
    for (const QJsonValue& each : list.toArray())
        numbers.push_back(each.toInt(-1));
    return numbers;
}

} // namespace

TableColumns::TableColumns(QTableView& view) : QObject(&view), m_view(view) {
    QHeaderView& header = *view.horizontalHeader();
    header.setFirstSectionMovable(false);
    header.viewport()->installEventFilter(this);
    header.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&header, &QHeaderView::customContextMenuRequested, this, [this, &header](const QPoint& place) {
        openMenu(header.viewport()->mapToGlobal(place), header.logicalIndexAt(place));
    });
    setMovable(true);
    auto* menuKey = new QShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+H")), &view);
    menuKey->setContext(Qt::WidgetShortcut);
    connect(menuKey, &QShortcut::activated, this, [this, &header] {
        openMenu(header.mapToGlobal(QPoint(0, header.height())), m_view.currentIndex().column());
    });
}

TableColumns* TableColumns::of(const QTableView& view) {
    return view.findChild<TableColumns*>(QString(), Qt::FindDirectChildrenOnly);
}

void TableColumns::setMovable(bool isMovable) {
    m_view.horizontalHeader()->setSectionsMovable(isMovable);
}

void TableColumns::setFitting(int column, bool isFitting) {
    if (isFitting)
        m_unfitting.remove(column);
    else
        m_unfitting.insert(column);
    showColumns();
}

void TableColumns::setDefaultWidth(int column, int width) {
    m_defaultWidths[column] = width;
    if (!m_widths.contains(column))
        m_view.setColumnWidth(column, width);
}

bool TableColumns::isOptional(int column) const {
    const QHeaderView& header = *m_view.horizontalHeader();
    return column > 0 && column < header.count() && header.sectionResizeMode(column) != QHeaderView::Stretch &&
           !title(column).isEmpty();
}

void TableColumns::setHiddenByUser(int column, bool isHidden) {
    if (!isOptional(column) || isHidden == m_hidden.contains(column))
        return;
    if (isHidden)
        m_hidden.insert(column);
    else
        m_hidden.remove(column);
    showColumns();
    Q_EMIT changed();
}

void TableColumns::showColumns() {
    for (int column = 0; column < m_view.horizontalHeader()->count(); ++column)
        m_view.setColumnHidden(column, m_hidden.contains(column) || m_unfitting.contains(column));
}

bool TableColumns::move(int column, int places) {
    QHeaderView& header = *m_view.horizontalHeader();
    const int from = header.visualIndex(column);
    int to = from + places;
    while (to > 0 && to < header.count() && header.isSectionHidden(header.logicalIndex(to)))
        to += places;
    if (!header.sectionsMovable() || from < 1 || to < 1 || to >= header.count())
        return false;
    keepDefaults();
    header.moveSection(from, to);
    Q_EMIT changed();
    return true;
}

std::vector<int> TableColumns::order() const {
    std::vector<int> order;
    const QHeaderView& header = *m_view.horizontalHeader();
    for (int place = 0; place < header.count(); ++place)
        order.push_back(header.logicalIndex(place));
    return order;
}

void TableColumns::setOrder(const std::vector<int>& order) {
    QHeaderView& header = *m_view.horizontalHeader();
    for (int place = 0; place < static_cast<int>(order.size()); ++place)
        header.moveSection(header.visualIndex(order[static_cast<size_t>(place)]), place);
}

/// Screens move and size columns while they are made: what they left is known at the first change by the user.
void TableColumns::keepDefaults() {
    if (m_defaultOrder.empty())
        m_defaultOrder = order();
    for (int column = 0; column < m_view.horizontalHeader()->count(); ++column)
        if (!m_widths.contains(column) && !m_view.isColumnHidden(column) && !m_defaultWidths.contains(column))
            m_defaultWidths.insert(column, m_view.columnWidth(column));
}

QJsonObject TableColumns::state() const {
    QJsonObject state{{QStringLiteral("columns"), m_view.horizontalHeader()->count()}};
    QJsonObject widths;
    for (auto each = m_widths.constBegin(); each != m_widths.constEnd(); ++each)
        widths.insert(QString::number(each.key()), each.value());
    if (!widths.isEmpty())
        state.insert(QStringLiteral("widths"), widths);
    QJsonArray hidden;
    for (int column = 0; column < m_view.horizontalHeader()->count(); ++column)
        if (m_hidden.contains(column))
            hidden.append(column);
    if (!hidden.isEmpty())
        state.insert(QStringLiteral("hidden"), hidden);
    if (!m_defaultOrder.empty() && order() != m_defaultOrder) {
        QJsonArray places;
        for (const int column : order())
            places.append(column);
        state.insert(QStringLiteral("order"), places);
    }
    return state;
}

bool TableColumns::isAsSetUp() const {
    return state().size() == 1;
}

bool TableColumns::restore(const QJsonObject& state) {
    reset();
    const int count = m_view.horizontalHeader()->count();
    const std::vector<int> places = numbersOf(state.value(QLatin1String("order")));
    const std::vector<int> hidden = numbersOf(state.value(QLatin1String("hidden")));
    const QJsonObject widths = state.value(QLatin1String("widths")).toObject();
    if (state.value(QLatin1String("columns")).toInt() != count || (!places.empty() && !isOrder(places, count)) ||
        !std::all_of(hidden.begin(), hidden.end(), [this](int column) { return isOptional(column); }))
        return false;
    QHash<int, int> read;
    for (auto each = widths.constBegin(); each != widths.constEnd(); ++each) {
        bool isNumber = false;
        const int column = each.key().toInt(&isNumber);
        const int width = each.value().toInt();
        if (!isNumber || column < 0 || column >= count || width < narrowest || width > widest)
            return false;
        read.insert(column, width);
    }
    keepDefaults();
    m_widths = read;
    for (auto each = m_widths.constBegin(); each != m_widths.constEnd(); ++each)
        m_view.setColumnWidth(each.key(), each.value());
    if (m_view.horizontalHeader()->sectionsMovable())
        setOrder(places);
    m_hidden = QSet<int>(hidden.begin(), hidden.end());
    showColumns();
    return true;
}

void TableColumns::reset() {
    if (!m_defaultOrder.empty())
        setOrder(m_defaultOrder);
    const QList<int> sized = m_widths.keys();
    m_widths.clear();
    for (const int column : sized)
        if (m_defaultWidths.contains(column))
            m_view.setColumnWidth(column, m_defaultWidths.value(column));
    m_hidden.clear();
    showColumns();
}

bool TableColumns::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick) {
        keepDefaults();
        m_orderAtPress = order();
        m_widthsAtPress.clear();
        for (int column = 0; column < m_view.horizontalHeader()->count(); ++column)
            m_widthsAtPress.insert(column, m_view.columnWidth(column));
    } else if (event->type() == QEvent::MouseButtonRelease) {
        // After the header has seen it.
        QMetaObject::invokeMethod(this, &TableColumns::noteDrag, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void TableColumns::noteDrag() {
    const QHeaderView& header = *m_view.horizontalHeader();
    bool isChanged = !m_orderAtPress.empty() && order() != m_orderAtPress;
    for (auto each = m_widthsAtPress.constBegin(); each != m_widthsAtPress.constEnd(); ++each) {
        const int width = m_view.columnWidth(each.key());
        const bool isOwn = header.sectionResizeMode(each.key()) != QHeaderView::Stretch;
        if (isOwn && width != each.value() && !m_view.isColumnHidden(each.key())) {
            m_widths[each.key()] = std::clamp(width, narrowest, widest);
            isChanged = true;
        }
    }
    m_widthsAtPress.clear();
    m_orderAtPress.clear();
    if (isChanged)
        Q_EMIT changed();
}

/// As the heading, without the arrow of the order.
QString TableColumns::title(int column) const {
    QString title = m_view.model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    title.remove(QStringLiteral(" ↓")).remove(QStringLiteral(" ↑"));
    return title.trimmed();
}

void TableColumns::fillMenu(QMenu& menu, int column) {
    const QHeaderView& header = *m_view.horizontalHeader();
    for (const int each : order()) {
        if (!isOptional(each) || m_unfitting.contains(each))
            continue;
        QAction* action = menu.addAction(title(each).replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(!m_hidden.contains(each));
        connect(action, &QAction::toggled, this, [this, each](bool isShown) { setHiddenByUser(each, !isShown); });
    }
    const int place = column < 0 ? -1 : header.visualIndex(column);
    if (header.sectionsMovable() && place > 0) {
        menu.addSeparator();
        const QString name = title(column).replace(QLatin1Char('&'), QStringLiteral("&&"));
        QAction* left = menu.addAction(tr("Move “%1” to the left").arg(name));
        left->setEnabled(place > 1);
        connect(left, &QAction::triggered, this, [this, column] { move(column, -1); });
        QAction* right = menu.addAction(tr("Move “%1” to the right").arg(name));
        right->setEnabled(place + 1 < header.count());
        connect(right, &QAction::triggered, this, [this, column] { move(column, 1); });
    }
    menu.addSeparator();
    QAction* again = menu.addAction(tr("Reset the columns"));
    again->setEnabled(!isAsSetUp());
    connect(again, &QAction::triggered, this, [this] {
        reset();
        Q_EMIT changed();
    });
}

void TableColumns::openMenu(const QPoint& globalPlace, int column) {
    auto* menu = new QMenu(&m_view);
    menu->setObjectName(QStringLiteral("columnMenu"));
    menu->setAccessibleName(tr("Columns"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu, column);
    menu->popup(globalPlace);
}

} // namespace affinity::ui
