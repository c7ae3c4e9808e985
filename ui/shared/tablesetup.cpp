#include "ui/shared/tablesetup.h"

#include "ui/shared/celldelegate.h"
#include "ui/shared/fonts.h"
#include "ui/shared/tablecolumns.h"
#include "ui/shared/tableexport.h"
#include "ui/shared/tokens.h"

#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QTableView>

#include <algorithm>

namespace affinity::ui {
namespace {

struct TableSetupWords {
    Q_DECLARE_TR_FUNCTIONS(affinity::ui::TableSetup)
};

int heightOf(RowHeight rows) {
    switch (rows) {
    case RowHeight::Normal:
        return measure::row;
    case RowHeight::Compact:
        return measure::rowCompact;
    case RowHeight::TwoLines:
        return 44;
    }
    return measure::row;
}

void setUpHeader(QTableView& view, const QList<Column>& columns) {
    QHeaderView& header = *view.horizontalHeader();
    header.setFixedHeight(measure::tableHeader);
    header.setFont(font(TextStyle::Label));
    header.setHighlightSections(false);
    header.setMinimumSectionSize(24);
    header.setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header.setTextElideMode(Qt::ElideRight);
    for (int i = 0; i < columns.size() && i < header.count(); ++i) {
        if (columns.at(i).isStretched)
            header.setSectionResizeMode(i, QHeaderView::Stretch);
        else
            view.setColumnWidth(i, columns.at(i).width);
    }
}

/// Copy and save, in the context menu of tables that have none of their own.
void addActions(QTableView& view) {
    auto* copy = new QAction(TableSetupWords::tr("Copy rows"), &view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QAction::triggered, &view, [&view] {
        const QString text = selectedRowsText(view);
        if (!text.isEmpty())
            QGuiApplication::clipboard()->setText(text);
    });
    view.addAction(copy);
    view.setContextMenuPolicy(Qt::ActionsContextMenu);
}

} // namespace

void setUpTable(QTableView& view, const QList<Column>& columns, RowHeight rows, const QString& accessibleName) {
    view.setItemDelegate(new CellDelegate(&view));
    view.setShowGrid(false);
    view.setAlternatingRowColors(false);
    view.setFrameShape(QFrame::NoFrame);
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setSelectionMode(QAbstractItemView::ExtendedSelection);
    view.setEditTriggers(QAbstractItemView::NoEditTriggers);
    view.setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setWordWrap(false);
    view.setTabKeyNavigation(false);
    view.setMouseTracking(true);
    view.setCornerButtonEnabled(false);
    view.verticalHeader()->hide();
    view.verticalHeader()->setMinimumSectionSize(20);
    view.verticalHeader()->setDefaultSectionSize(heightOf(rows));
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setUpHeader(view, columns);
    if (!accessibleName.isEmpty())
        view.setAccessibleName(accessibleName);
    addActions(view);
    auto* own = new TableColumns(view);
    for (int i = 0; i < columns.size() && i < view.horizontalHeader()->count(); ++i)
        if (!columns.at(i).isStretched)
            own->setDefaultWidth(i, columns.at(i).width);
}

QString selectedRowsText(const QTableView& view) {
    if (view.selectionModel() == nullptr)
        return {};
    QModelIndexList rows = view.selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex& a, const QModelIndex& b) { return a.row() < b.row(); });
    const QHeaderView& header = *view.horizontalHeader();
    QStringList lines;
    for (const QModelIndex& row : rows) {
        QStringList cells;
        for (int place = 0; place < header.count(); ++place) {
            const int column = header.logicalIndex(place);
            if (!header.isSectionHidden(column))
                cells += plainCell(row.siblingAtColumn(column)).text;
        }
        lines += cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

void offerSaving(QTableView& view) {
    auto* save = new QAction(TableSetupWords::tr("Save table as…"), &view);
    QObject::connect(save, &QAction::triggered, &view, [&view] { saveTableAs(view); });
    view.addAction(save);
}

void spanGapRows(QTableView& view) {
    const QAbstractItemModel* model = view.model();
    if (model == nullptr)
        return;
    view.clearSpans();
    if (TableColumns* columns = TableColumns::of(view))
        columns->setMovable(false);
    for (int row = 0; row < model->rowCount(); ++row) {
        const auto tone = static_cast<RowTone>(model->index(row, 0).data(RowToneRole).toInt());
        if ((tone == RowTone::Gap || tone == RowTone::Detail) && model->columnCount() > 1)
            view.setSpan(row, 0, 1, model->columnCount());
    }
}

} // namespace affinity::ui
