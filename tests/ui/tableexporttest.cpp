#include "tests/ui/testlist.h"

#include "ui/shared/cellmodel.h"
#include "ui/shared/messagedialog.h"
#include "ui/shared/tableexport.h"
#include "ui/shared/tablesetup.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTableView>
#include <QtTest>

namespace affinity::ui::tests {
namespace {

QString text(const char* words) {
    return QString::fromUtf8(words);
}

class TableExportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCellModelIsAWellBehavedModel() {
        CellModel model({{text("Rule")}, {text("Points"), true, text("Sum")}});
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({{codeCell(text("chat")), numberCell(1'283'114)}, {codeCell(text("gift"))}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, 1).data().toString(), text("1,283,114"));
        QVERIFY(!model.index(1, 1).data().isValid()); // a short row
        QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::ToolTipRole).toString(), text("Sum"));
    }

    void numbersLeaveAsDigitsAndFormulasAsText() {
        CellModel model({{text("Name")}, {text("Points"), true}, {text("Change"), true}, {text("Share"), true}});
        model.setRows({{textCell(text("=1+1")), numberCell(-1'234), deltaCell(12), numberCell(text("18.4%"))},
                       {textCell(text("say \"hi\", 你好")), numberCell(0), deltaCell(-7), numberCell(text("–"))}});
        QTableView view;
        view.setModel(&model);
        setUpTable(view, {{80}, {80}, {80}, {80, true}});
        QCOMPARE(QString::fromUtf8(tableCsv(view)), text("Name,Points,Change,Share\n"
                                                         "'=1+1,-1234,12,18.4%\n"
                                                         "\"say \"\"hi\"\", 你好\",0,-7,–\n"));
    }

    void hiddenColumnsStayAndMovedOnesLeaveInTheirOrder() {
        CellModel model({{text("A")}, {text("B")}, {text("C")}});
        model.setRows({{textCell(text("a")), textCell(text("b")), numberCell(3)}});
        QTableView view;
        view.setModel(&model);
        view.hideColumn(1);
        view.horizontalHeader()->moveSection(2, 0);
        QCOMPARE(tableCsv(view), QByteArray("C,A\n3,a\n"));
        const QJsonArray rows = QJsonDocument::fromJson(tableJson(view)).array();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.at(0).toObject(), (QJsonObject{{text("C"), 3.0}, {text("A"), text("a")}}));
    }

    void escapeIsTheHarmlessAnswer() {
        QWidget over;
        over.show();
        QStringList answers;
        auto* dialog =
            MessageDialog::open(&over, Icon::Warning, Tone::Warn, text("Discard the draft?"), text("It was not saved."),
                                {{text("Discard"), ButtonKind::Normal, [&answers] { answers << text("discard"); }},
                                 {text("Keep editing"), ButtonKind::Normal, [&answers] { answers << text("keep"); }}});
        QTest::keyClick(dialog, Qt::Key_Escape);
        QCOMPARE(answers, QStringList{text("keep")});
        dialog = MessageDialog::open(
            &over, Icon::Warning, Tone::Warn, text("Discard?"), {},
            {{text("Discard"), ButtonKind::Normal, [&answers] { answers << text("discard"); }}, {text("Keep")}});
        dialog->findChildren<QPushButton*>().front()->click();
        QCOMPARE(answers.back(), text("discard"));
    }
};

} // namespace

std::unique_ptr<QObject> tableExportTest() {
    return std::make_unique<TableExportTest>();
}

} // namespace affinity::ui::tests

#include "tableexporttest.moc"
