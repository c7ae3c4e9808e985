// Saving a table that is wholly in memory, exactly as it is shown: visible columns in their order, all rows.
#pragma once

#include <QByteArray>
#include <QString>

class QTableView;

namespace affinity::ui {

/// Header line and rows as CSV (RFC 4180, UTF-8, "\n"). Numbers are plain digits with a point and a hyphen-minus, as
/// spreadsheets read them; text that a spreadsheet would take for a formula begins with an apostrophe.
QByteArray tableCsv(const QTableView& view);

/// A list of objects, one a row, with the column heads as members.
QByteArray tableJson(const QTableView& view);

/// Asks for a file and writes the table by its ending, .csv or .json; says in a dialog when that failed.
void saveTableAs(QTableView& view);

} // namespace affinity::ui
