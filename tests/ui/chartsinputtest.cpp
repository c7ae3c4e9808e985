#include "tests/ui/testlist.h"

#include "ui/charts/barchart.h"
#include "ui/charts/linechart.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>

#include <cmath>
#include <limits>

namespace affinity::ui::tests {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

QString text(const char* words) {
    return QString::fromUtf8(words);
}

LineData days(int last) {
    LineData line;
    line.name = text("Value");
    for (int day = 0; day <= last; ++day) {
        line.x.push_back(day);
        line.y.push_back(day * 10);
    }
    return line;
}

/// A chart of days 0 … 90, 600 × 300.
class DayChart : public LineChart {
public:
    DayChart() {
        resize(600, 300);
        setXAxis({XKind::Day, QTimeZone::utc(), {}});
        setLine(days(90));
    }
    QPoint pointAt(double x) const { return {static_cast<int>(pixelX(x)), static_cast<int>(plotRect().center().y())}; }
    void drag(double from, double to, Qt::KeyboardModifiers modifiers) {
        const QPoint begin = pointAt(from); // before the view moves
        const QPoint end = pointAt(to);
        QTest::mousePress(viewport(), Qt::LeftButton, modifiers, begin);
        for (const QPoint at : {(begin + end) / 2, end}) {
            QMouseEvent move(QEvent::MouseMove, at, viewport()->mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                             modifiers);
            QCoreApplication::sendEvent(viewport(), &move);
        }
        QTest::mouseRelease(viewport(), Qt::LeftButton, modifiers, end);
    }
};

void turnWheel(ChartFrame& chart, QPoint at, int delta, Qt::KeyboardModifiers modifiers) {
    QWheelEvent wheel(at, chart.viewport()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(chart.viewport(), &wheel);
}

bool isNear(double a, double b, double within) {
    return std::abs(a - b) <= within;
}

class ChartsInputTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theViewStaysWithinTheDataAndAboveItsLeastSpan() {
        const Range all{0, 100};
        QCOMPARE(viewWithin({-50, 0}, all, 1), (Range{0, 50}));
        QCOMPARE(viewWithin({90, 130}, all, 1), (Range{60, 100}));
        QCOMPARE(viewWithin({-500, 500}, all, 1), all);
        QCOMPARE(viewWithin({50, 50}, all, 10), (Range{45, 55}));
        QCOMPARE(viewWithin({0, 0.001}, all, 10), (Range{0, 10}));
        QCOMPARE(viewWithin({3, 4}, {0, 5}, 10), (Range{0, 5})); // data shorter than the least span
    }

    void markingAStretchShowsIt() {
        DayChart chart;
        QSignalSpy changed(&chart, &ChartFrame::viewChanged);
        chart.drag(20, 50, Qt::NoModifier); // everything is shown: there is nothing to pan
        QVERIFY(isNear(chart.view().low, 20, 0.5));
        QVERIFY(isNear(chart.view().high, 50, 0.5));
        QCOMPARE(changed.count(), 1);
        chart.drag(30, 40, Qt::ShiftModifier);
        QVERIFY(isNear(chart.view().low, 30, 0.5));
        QVERIFY(isNear(chart.view().high, 40, 0.5));
    }

    void aClickMarksNothing() {
        DayChart chart;
        QTest::mouseClick(chart.viewport(), Qt::LeftButton, {}, chart.pointAt(40));
        QVERIFY(!chart.isZoomed());
    }

    void draggingPansAZoomedChartUpToTheEndsOfTheData() {
        DayChart chart;
        chart.setView(Range{20, 50});
        chart.drag(40, 35, Qt::NoModifier);
        QVERIFY(isNear(chart.view().low, 25, 0.5));
        QVERIFY(isNear(chart.view().high - chart.view().low, 30, 1e-9));
        for (int i = 0; i < 12; ++i)
            chart.drag(chart.view().low + 25, chart.view().low + 5, Qt::NoModifier);
        QCOMPARE(chart.view().high, 90.0);
        QVERIFY(isNear(chart.view().high - chart.view().low, 30, 1e-9));
    }

    void theWheelZoomsOnlyWithControl() {
        DayChart chart;
        turnWheel(chart, chart.pointAt(45), 120, Qt::NoModifier);
        QVERIFY(!chart.isZoomed());
        turnWheel(chart, chart.pointAt(45), 120, Qt::ControlModifier);
        QVERIFY(isNear(chart.view().high - chart.view().low, 72, 1e-6));
        turnWheel(chart, chart.pointAt(45), -120, Qt::ControlModifier);
        QVERIFY(!chart.isZoomed()); // out again: everything
    }

    void zoomingInEndsAtTheLeastSpan() {
        DayChart chart;
        for (int i = 0; i < 60; ++i)
            QTest::keyClick(&chart, Qt::Key_Plus);
        QVERIFY(isNear(chart.view().high - chart.view().low, 2, 1e-9)); // two days
        QVERIFY(!chart.picture(1).isNull());
        QTest::keyClick(&chart, Qt::Key_0);
        QCOMPARE(chart.view(), (Range{0, 90}));
        QVERIFY(!chart.isZoomed());
    }

    void arrowKeysGoFromPointToPoint() {
        DayChart chart;
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.hoverPoint()->x(), 0.0);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.hoverPoint()->x(), 1.0);
        QTest::keyClick(&chart, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(chart.hoverPoint()->x(), 11.0);
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(chart.hoverPoint()->x(), 10.0);
        QTest::keyClick(&chart, Qt::Key_End);
        QCOMPARE(chart.hoverPoint()->x(), 90.0);
        QTest::keyClick(&chart, Qt::Key_Right); // the last one
        QCOMPARE(chart.hoverPoint()->x(), 90.0);
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!chart.hoverPoint().has_value());
    }

    void theCrosshairPullsTheViewAlong() {
        DayChart chart;
        chart.setView(Range{20, 30});
        QTest::keyClick(&chart, Qt::Key_End);
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.hoverPoint()->x(), 35.0);
        QCOMPARE(chart.view(), (Range{25, 35}));
        QTest::keyClick(&chart, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(chart.view(), (Range{24, 34}));
    }

    void aKeyboardUserHearsThePointUnderTheCrosshair() {
        DayChart chart;
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY2(chart.accessibleDescription().contains(text("Day 1 Value: 10")),
                 qPrintable(chart.accessibleDescription()));
    }

    void barsAreVisitedOneByOne() {
        BarChart chart;
        chart.resize(600, 300);
        chart.setData({text("a"), text("b"), text("c")}, {{text("Applied"), {1, 2, 3}, seriesPaint(0)}});
        QTest::keyClick(&chart, Qt::Key_Home);
        QCOMPARE(chart.hoverPoint()->x(), 0.0);
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.hoverPoint()->x(), 2.0);
    }

    void hoverIsThePointItselfAndNotAReducedOne() {
        LineData line;
        line.name = text("Value");
        constexpr int count = 200'000;
        for (int i = 0; i < count; ++i) {
            line.x.push_back(i);
            line.y.push_back(std::sin(i) * 1000 + i % 7);
        }
        const std::vector<double> values = line.y;
        LineChart chart;
        chart.resize(600, 300);
        chart.setLine(std::move(line));
        for (int i = 13; i < count; i += 1777) {
            const std::optional<Hover> hover = chart.hoverAt(i + 0.3);
            QCOMPARE(hover->x, static_cast<double>(i));
            QCOMPARE(*hover->rows.front().dotY, values[static_cast<size_t>(i)]);
        }
    }

    void linkedChartsShowTheSameStretch() {
        DayChart first;
        DayChart second;
        auto third = std::make_unique<DayChart>();
        linkViews({&first, &second, third.get()});
        QTest::keyClick(&first, Qt::Key_Plus);
        QVERIFY(first.isZoomed());
        QCOMPARE(second.view(), first.view());
        QCOMPARE(third->view(), first.view());
        third.reset();
        QTest::keyClick(&second, Qt::Key_0);
        QVERIFY(!first.isZoomed());
    }

    void copyingGivesThePictureAndTheValues() {
        DayChart chart;
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_C, Qt::ControlModifier);
        const QMimeData* copied = QGuiApplication::clipboard()->mimeData();
        QVERIFY(copied->hasImage());
        QCOMPARE(copied->text(), chart.csv());
        QCOMPARE(QString::fromUtf8(copied->data(text("text/csv"))), chart.csv());
        QVERIFY(chart.hoverPoint().has_value()); // the crosshair stays where it was
        QTest::keyClick(&chart, Qt::Key_V, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!QGuiApplication::clipboard()->mimeData()->hasImage());
        QTest::keyClick(&chart, Qt::Key_P, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(QGuiApplication::clipboard()->mimeData()->hasImage());
        QVERIFY(!QGuiApplication::clipboard()->mimeData()->hasText());
    }

    void tooManyValuesAreNotCopiedAndTheMenuSaysSo() {
        LineChart chart;
        LineData line;
        line.name = text("Value");
        line.x.resize(ChartFrame::mostCopied + 1);
        line.y.resize(ChartFrame::mostCopied + 1);
        for (size_t i = 0; i < line.x.size(); ++i)
            line.x[i] = static_cast<double>(i);
        chart.setLine(std::move(line));
        QVERIFY(!chart.copyValues());
        QMenu menu;
        chart.fillMenu(menu);
        bool isSaid = false;
        for (const QAction* action : menu.actions())
            isSaid = isSaid || (!action->isEnabled() && action->text().contains(text("save them as CSV")));
        QVERIFY(isSaid);
    }

    void theMenuNamesItsKeys() {
        DayChart chart;
        QMenu menu;
        chart.fillMenu(menu);
        QStringList without;
        for (const QAction* action : menu.actions())
            if (!action->isSeparator() && (action->shortcut().isEmpty() || !action->isShortcutVisibleInContextMenu()))
                without += action->text();
        QCOMPARE(without, QStringList());
        const QAction* reset = menu.actions().constLast();
        QCOMPARE(reset->text(), text("Reset zoom"));
        QVERIFY(!reset->isEnabled());
        chart.setView(Range{10, 20});
        QMenu zoomed;
        chart.fillMenu(zoomed);
        QVERIFY(zoomed.actions().constLast()->isEnabled());
        zoomed.actions().constLast()->trigger();
        QVERIFY(!chart.isZoomed());
    }

    void aLegendThatIsTooWideFoldsItsLastNamesIntoAMenu() {
        LineChart chart;
        std::vector<LineData> lines;
        for (int i = 0; i < 6; ++i) {
            lines.push_back(days(3));
            lines.back().name = QStringLiteral("Series number %1").arg(i);
        }
        chart.setData(lines);
        LegendBar legend(&chart);
        legend.resize(legend.sizeHint());
        QCOMPARE(legend.drawnEntries(), 6);
        legend.resize(250, 20);
        const int drawn = legend.drawnEntries();
        QVERIFY(drawn >= 1 && drawn < 6);
        const std::unique_ptr<QMenu> menu(legend.restMenu());
        QCOMPARE(menu->actions().size(), 6 - drawn);
        menu->actions().constLast()->trigger();
        QVERIFY(!chart.legend().back().isShown);
        legend.resize(legend.minimumSizeHint());
        QVERIFY(legend.drawnEntries() >= 1);
    }

    void theLegendIsToldOnlyWhenItChanges() {
        DayChart chart;
        QSignalSpy changed(&chart, &ChartFrame::legendChanged);
        QTest::keyClick(&chart, Qt::Key_Plus);
        QCOMPARE(changed.count(), 0);
        chart.setSeriesShown(0, false);
        QCOMPARE(changed.count(), 1);
    }

    void aValueThatIsNotKnownIsSaidToBe() {
        LineChart chart;
        chart.resize(400, 200);
        LineData line = days(4);
        line.y[2] = nan;
        chart.setLine(line);
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.hoverAt(chart.hoverPoint()->x())->rows.front().value, text("unknown"));
    }
};

} // namespace

std::unique_ptr<QObject> chartsInputTest() {
    return std::make_unique<ChartsInputTest>();
}

} // namespace affinity::ui::tests

#include "chartsinputtest.moc"
