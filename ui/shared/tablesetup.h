// One helper that makes every table look and behave alike.
#pragma once

#include <QList>
#include <QString>

class QTableView;

namespace affinity::ui {

/// One column of a table. Exactly one column should have `isStretched`.
struct Column {
    int width = 100; // logical pixels
    bool isStretched = false;
};

/// How dense the rows are.
enum class RowHeight { Normal, Compact, TwoLines }; // 32, 28, 44 px

/// Sets up a view: the delegate, no grid, no zebra, hairlines, whole-row selection with an accent edge, header style,
/// keyboard (arrows, Home/End, Enter = activated, Ctrl+C copies the selected rows as tab-separated text). Call after
/// setModel(); never measures contents, so it is safe for millions of rows. Header alignment comes from the model's
/// TextAlignmentRole.
void setUpTable(QTableView& view, const QList<Column>& columns, RowHeight rows = RowHeight::Normal,
                const QString& accessibleName = {});

/// "Save table as…" in the context menu, for tables whose rows are all in memory.
void offerSaving(QTableView& view);

/// The selected rows as tab-separated text, columns as shown; numbers as plain digits.
QString selectedRowsText(const QTableView& view);

/// Makes every row whose RowTone is Gap one cell over the full width; call after rows of that kind changed.
void spanGapRows(QTableView& view);

} // namespace affinity::ui
