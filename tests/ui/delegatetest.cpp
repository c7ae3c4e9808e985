#include "tests/ui/testlist.h"

#include "ui/shared/celldelegate.h"
#include "ui/shared/cells.h"
#include "ui/shared/tablesetup.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPainter>
#include <QStandardItemModel>
#include <QTableView>
#include <QtTest>

namespace affinity::ui::tests {
namespace {

QString text(const char* words) {
    return QString::fromUtf8(words);
}

QImage drawn(const Cell& cell, QSize size = {200, 32}) {
    QImage image(size, QImage::Format_RGB32);
    image.fill(tokens().surface);
    QPainter painter(&image);
    drawCell(painter, QRectF(QPointF(0, 0), QSizeF(size)), cell);
    return image;
}

bool hasColor(const QImage& image, const QColor& color) {
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y).rgb() == color.rgb())
                return true;
    return false;
}

/// Where the first and the last pixel that differs from the surface is.
std::pair<int, int> extentOf(const QImage& image) {
    int first = image.width();
    int last = -1;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y).rgb() != tokens().surface.rgb()) {
                first = std::min(first, x);
                last = std::max(last, x);
            }
        }
    }
    return {first, last};
}

std::unique_ptr<QStandardItemModel> model() {
    auto made = std::make_unique<QStandardItemModel>(3, 2);
    const auto put = [&](int row, int column, const Cell& cell) {
        auto* item = new QStandardItem(cellText(cell));
        item->setData(QVariant::fromValue(cell), CellRole);
        made->setItem(row, column, item);
    };
    put(0, 0, codeCell(text("48210377")));
    put(0, 1, numberCell(3482));
    put(1, 0, codeCell(text("48210391")));
    put(1, 1, changeCell(text("30"), text("45")));
    put(2, 0, textCell(text("38 s without events")));
    made->item(2, 0)->setData(static_cast<int>(RowTone::Gap), RowToneRole);
    return made;
}

class DelegateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCellHasItsPlainText() {
        QCOMPARE(cellText(numberCell(3482)), text("3,482"));
        QCOMPARE(cellText(deltaCell(-8)), text("−8"));
        QCOMPARE(cellText(changeCell(text("30"), text("45"))), text("30 → 45"));
        QCOMPARE(cellText(moveCell(3480, 3482)), text("3,480 → 3,482"));
        QCOMPARE(cellText(moveCell(3480, 3480)), text("3,480"));
        QCOMPARE(cellText(levelCell(4, 6, text("Close friend"))), text("L4 Close friend"));
        QCOMPARE(cellText(iconCell(Icon::Warning, Tone::Warn, text("Cut"), text("from 5"))), text("Cut, from 5"));
        QCOMPARE(cellText(switchCell(false, text("Enabled"))), text("off"));
    }

    void modelsAnswerEveryRoleFromOneCell() {
        const Cell cell = numberCell(3482);
        QCOMPARE(cellData(cell, CellRole).value<Cell>(), cell);
        QCOMPARE(cellData(cell, Qt::DisplayRole).toString(), text("3,482"));
        QVERIFY(cellData(cell, Qt::TextAlignmentRole).value<Qt::Alignment>().testFlag(Qt::AlignRight));
        QVERIFY(!cellData(cell, Qt::DecorationRole).isValid());
    }

    void numbersStandAtTheRightAndTextAtTheLeft() {
        QVERIFY(extentOf(drawn(numberCell(12))).first > 150);
        QVERIFY(extentOf(drawn(numberCell(12))).second >= 196);
        QVERIFY(extentOf(drawn(textCell(text("ab")))).second < 50);
    }

    void aChangedCellIsInTheAccentBox() {
        QVERIFY(hasColor(drawn(changeCell(text("30"), text("45"))), tokens().accentSoft));
        QVERIFY(!hasColor(drawn(numberCell(45)), tokens().accentSoft));
    }

    void everyToneHasItsBackground() {
        for (const Tone tone : {Tone::Neutral, Tone::Accent, Tone::Ok, Tone::Warn, Tone::Danger})
            QVERIFY(hasColor(drawn(tagCell(text("Fact"), tone)), toneColors(tone).soft));
    }

    void aLevelHasItsColour() { QVERIFY(hasColor(drawn(levelCell(4, 6)), levelFill(4))); }

    void everyKindDrawsSomethingWithinItsCell() {
        for (const Cell& cell : {strongCell(text("a")), captionCell(text("b"), true), codeCell(text("c")), deltaCell(2),
                                 moveCell(1, 2), iconCell(Icon::Check, Tone::Ok, text("Applied")),
                                 barCell(0.4, text("40%")), sparkCell({1, 2, 1, 4}), switchCell(true, text("On")),
                                 twoLineCell(text("up"), text("down")), bareIconCell(Icon::Lock, text("Locked"))}) {
            const auto [first, last] = extentOf(drawn(cell, {200, 44}));
            QVERIFY(last >= first);
        }
    }

    void longTextIsCutInsideItsCell() {
        const QImage image = drawn(textCell(QString(400, QLatin1Char('w'))), {120, 32});
        QVERIFY(extentOf(image).second <= 119);
    }

    void aTableIsSetUpOneWay() {
        const auto rows = model();
        QTableView view;
        view.setModel(rows.get());
        setUpTable(view, {{100}, {80, true}}, RowHeight::Normal, text("Devices"));
        QCOMPARE(view.verticalHeader()->defaultSectionSize(), 32);
        QCOMPARE(view.horizontalHeader()->height(), 32);
        QVERIFY(!view.showGrid());
        QVERIFY(!view.alternatingRowColors());
        QCOMPARE(view.selectionBehavior(), QAbstractItemView::SelectRows);
        QCOMPARE(view.columnWidth(0), 100);
        QCOMPARE(view.accessibleName(), text("Devices"));
        QVERIFY(qobject_cast<CellDelegate*>(view.itemDelegate()) != nullptr);
    }

    void theSelectedRowHasTheAccentEdgeOnItsFirstColumnOnly() {
        const auto rows = model();
        QTableView view;
        view.setModel(rows.get());
        setUpTable(view, {{100}, {80, true}});
        view.resize(300, 200);
        view.selectRow(0);
        view.show();
        const QImage image = view.viewport()->grab().toImage();
        QCOMPARE(image.pixelColor(0, 16).rgb(), tokens().accentText.rgb());
        QCOMPARE(image.pixelColor(2, 4).rgb(), tokens().selected.rgb());
        QCOMPARE(image.pixelColor(101, 4).rgb(), tokens().selected.rgb());
        QCOMPARE(image.pixelColor(2, 32 + 4).rgb(), tokens().surface.rgb());
    }

    void aGapIsOneSpannedRow() {
        const auto rows = model();
        QTableView view;
        view.setModel(rows.get());
        setUpTable(view, {{100}, {80, true}});
        spanGapRows(view);
        QCOMPARE(view.columnSpan(2, 0), 2);
        QCOMPARE(view.columnSpan(0, 0), 1);
    }

    void copiedRowsAreTabSeparatedInColumnOrder() {
        const auto rows = model();
        QTableView view;
        view.setModel(rows.get());
        setUpTable(view, {{100}, {80, true}});
        view.selectionModel()->select(rows->index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        view.selectionModel()->select(rows->index(0, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QCOMPARE(selectedRowsText(view), text("48210377\t3482\n48210391\t30 → 45"));
    }
};

} // namespace

std::unique_ptr<QObject> delegateTest() {
    return std::make_unique<DelegateTest>();
}

} // namespace affinity::ui::tests

#include "delegatetest.moc"
