#include "ui/devices/timelinetable.h"

#include "ui/devices/timelinemodel.h"
#include "ui/shared/tablecolumns.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/whypanel.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

namespace affinity::ui {

TimelineTable::TimelineTable(TimelineModel& model, QWidget* parent) : QTableView(parent), m_model(model) {
    setObjectName(QStringLiteral("timelineTable"));
    setModel(&model);
    setUpTable(*this, {{116}, {116}, {64}, {124}, {170, true}, {92}, {122}, {40}}, RowHeight::Normal, tr("Timeline"));
    setContextMenuPolicy(Qt::DefaultContextMenu); // a menu of its own
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->moveSection(TimelineModel::DeviceColumn, 1);
    TableColumns::of(*this)->setMovable(false); // the explanation spans them
    setWithDevices(false);
    connect(&model, &TimelineModel::topShifted, this, &TimelineTable::shiftScroll);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == verticalScrollBar()->minimum())
            m_model.fetchNewer();
    });
}

void TimelineTable::setWithDevices(bool isWith) {
    TableColumns& columns = *TableColumns::of(*this);
    columns.setFitting(TimelineModel::DeviceColumn, isWith);
    // With the device there is less room: the other columns give up what they have to spare.
    columns.setDefaultWidth(TimelineModel::TimeColumn, 116);
    columns.setDefaultWidth(TimelineModel::RuleColumn, isWith ? 104 : 116);
    columns.setDefaultWidth(TimelineModel::ChangeColumn, isWith ? 58 : 64);
    columns.setDefaultWidth(TimelineModel::ValueColumn, isWith ? 114 : 124);
    columns.setDefaultWidth(TimelineModel::SourceColumn, isWith ? 74 : 92);
}

/// What was read stays where it is while rows come and go above it.
void TimelineTable::shiftScroll(int rows) {
    updateGeometries();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + rows * verticalHeader()->defaultSectionSize());
}

void TimelineTable::showDetail(WhyPanel* panel) {
    const int row = m_model.openRow();
    if (row < 0 || !panel)
        return;
    clearSpans();
    setSpan(row + 1, 0, 1, TimelineModel::ColumnCount);
    setIndexWidget(m_model.index(row + 1, 0), panel);
    m_detail = panel;
    fitDetail();
}

void TimelineTable::fitDetail() {
    if (m_detail && m_model.openRow() >= 0)
        setRowHeight(m_model.openRow() + 1, m_detail->heightForWidth(viewport()->width()));
}

void TimelineTable::keyPressEvent(QKeyEvent* event) {
    const bool toggles =
        event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (toggles && currentIndex().isValid()) {
        Q_EMIT rowToggled(currentIndex().row());
        return;
    }
    if (event->key() == Qt::Key_Escape && m_model.openRow() >= 0) {
        Q_EMIT rowToggled(m_model.openRow());
        return;
    }
    QTableView::keyPressEvent(event);
}

void TimelineTable::mouseReleaseEvent(QMouseEvent* event) {
    QTableView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.column() == TimelineModel::OpenColumn)
        Q_EMIT rowToggled(index.row());
}

void TimelineTable::mouseDoubleClickEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid() && index.column() != TimelineModel::OpenColumn)
        Q_EMIT rowToggled(index.row());
}

void TimelineTable::contextMenuEvent(QContextMenuEvent* event) {
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isByKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const QPoint place = isByKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos();
    Q_EMIT menuRequested(index.row(), place);
}

void TimelineTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitDetail();
}

QModelIndex TimelineTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) {
    const int before = currentIndex().row();
    const QModelIndex target = QTableView::moveCursor(action, modifiers);
    if (!target.isValid() || !m_model.isDetail(target.row()))
        return target;
    // The explanation is no row of its own: step over it, back when it is the last.
    int row = target.row() + (target.row() > before ? 1 : -1);
    if (row >= m_model.rowCount())
        row = target.row() - 1;
    return m_model.index(row, currentIndex().column());
}

} // namespace affinity::ui
