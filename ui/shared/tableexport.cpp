#include "ui/shared/tableexport.h"

#include "ui/shared/cells.h"
#include "ui/shared/messagedialog.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QTableView>

namespace affinity::ui {
namespace {

struct TableExportWords {
    Q_DECLARE_TR_FUNCTIONS(affinity::ui::TableExport)
};

QList<int> shownColumns(const QTableView& view) {
    QList<int> columns;
    const QHeaderView& header = *view.horizontalHeader();
    for (int place = 0; place < header.count(); ++place) {
        if (!header.isSectionHidden(header.logicalIndex(place)))
            columns << header.logicalIndex(place);
    }
    return columns;
}

QString headOf(const QTableView& view, int column) {
    return view.model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
}

/// Spreadsheets run text that begins like this.
bool looksLikeFormula(const QString& text) {
    static const QString starts = QStringLiteral("=+-@\t\r");
    return !text.isEmpty() && starts.contains(text.front());
}

QString csvField(QString text, bool isNumber) {
    if (!isNumber && looksLikeFormula(text))
        text.prepend(QLatin1Char('\''));
    const auto isSpecial = [](QChar c) { return c == u',' || c == u'"' || c == u'\n' || c == u'\r'; };
    if (std::none_of(text.cbegin(), text.cend(), isSpecial))
        return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

} // namespace

QByteArray tableCsv(const QTableView& view) {
    const QList<int> columns = shownColumns(view);
    QStringList line;
    for (const int column : columns)
        line << csvField(headOf(view, column), false);
    QString text = line.join(QLatin1Char(',')) + QLatin1Char('\n');
    for (int row = 0; row < view.model()->rowCount(); ++row) {
        line.clear();
        for (const int column : columns) {
            const PlainCell cell = plainCell(view.model()->index(row, column));
            line << csvField(cell.text, cell.isNumber);
        }
        text += line.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return text.toUtf8();
}

QByteArray tableJson(const QTableView& view) {
    const QList<int> columns = shownColumns(view);
    QJsonArray rows;
    for (int row = 0; row < view.model()->rowCount(); ++row) {
        QJsonObject object;
        for (const int column : columns) {
            const PlainCell cell = plainCell(view.model()->index(row, column));
            object.insert(headOf(view, column),
                          cell.isNumber ? QJsonValue(cell.text.toDouble()) : QJsonValue(cell.text));
        }
        rows.append(object);
    }
    return QJsonDocument(rows).toJson();
}

void saveTableAs(QTableView& view) {
    const QString path = QFileDialog::getSaveFileName(view.window(), TableExportWords::tr("Save table"), {},
                                                      TableExportWords::tr("Values (*.csv);;JSON (*.json)"));
    if (path.isEmpty())
        return;
    const bool isJson = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    const QByteArray text = isJson ? tableJson(view) : tableCsv(view);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        showProblem(&view, TableExportWords::tr("The table was not saved."),
                    TableExportWords::tr("%1 cannot be written: %2").arg(path, file.errorString()));
}

} // namespace affinity::ui
