#include "tests/ui/testlist.h"

#include "ui/charts/barchart.h"
#include "ui/charts/linechart.h"
#include "ui/charts/rankedbars.h"
#include "ui/charts/stackedareachart.h"

#include <QAreaSeries>
#include <QBarSet>
#include <QChart>
#include <QElapsedTimer>
#include <QFile>
#include <QLineSeries>
#include <QStackedBarSeries>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <limits>

namespace affinity::ui::tests {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

QString text(const char* words) {
    return QString::fromUtf8(words);
}

LineData lineOf(std::vector<double> y) {
    LineData line;
    line.name = text("Value");
    for (size_t i = 0; i < y.size(); ++i)
        line.x.push_back(static_cast<double>(i));
    line.y = std::move(y);
    return line;
}

int lineCount(const ChartFrame& chart) {
    int count = 0;
    for (const QAbstractSeries* series : chart.chart()->series())
        count += series->type() == QAbstractSeries::SeriesTypeLine ? 1 : 0;
    return count;
}

class ChartsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aGapBreaksTheLineInTwo() {
        LineChart chart;
        chart.setData({lineOf({1, 2, nan, 4, 5})});
        QCOMPARE(lineCount(chart), 2);
    }

    void newValuesOfTheSameShapeReuseTheSeries() {
        LineChart chart;
        chart.setData({lineOf({1, 2, 3})});
        const QAbstractSeries* before = chart.chart()->series().constFirst();
        chart.setData({lineOf({4, 5, 6})});
        QCOMPARE(chart.chart()->series().constFirst(), before);
        QCOMPARE(qobject_cast<const QLineSeries*>(before)->at(2).y(), 6.0);
    }

    void aHiddenSeriesIsNotDrawnAndStaysHiddenWithNewValues() {
        LineChart chart;
        chart.setData({lineOf({1, 2, 3})});
        chart.setSeriesShown(0, false);
        QCOMPARE(lineCount(chart), 0);
        chart.setData({lineOf({1, 2, 3, 4})});
        QCOMPARE(lineCount(chart), 0);
        QVERIFY(!chart.legend().front().isShown);
    }

    void theLegendTogglesByKeyboard() {
        LineChart chart;
        chart.setData({lineOf({1, 2, 3})});
        LegendBar legend(&chart);
        QTest::keyClick(&legend, Qt::Key_Space);
        QVERIFY(!chart.legend().front().isShown);
    }

    void hoverNamesTheNearestPoint() {
        LineChart chart;
        chart.setXAxis({XKind::Day, QTimeZone::utc(), {}});
        chart.setData({lineOf({10, 20, 30})});
        const std::optional<Hover> hover = chart.hoverAt(1.2);
        QVERIFY(hover.has_value());
        QCOMPARE(hover->heading, text("Day 1"));
        QCOMPARE(hover->rows.front().value, text("20"));
        QCOMPARE(*hover->rows.front().dotY, 20.0);
    }

    void anUnknownValueIsNeverZero() {
        LineChart chart;
        chart.setData({lineOf({10, nan, 30})});
        const std::optional<Hover> hover = chart.hoverAt(1);
        QCOMPARE(hover->rows.front().value, text("unknown"));
        QVERIFY(!hover->rows.front().dotY.has_value());
    }

    void theFanListsItsPercentilesFromTopToBottom() {
        FanChart chart;
        chart.setFan({{0, 1}, {1, 10}, {2, 20}, {3, 30}, {4, 40}, {5, 50}, {3, 29}});
        const std::optional<Hover> hover = chart.hoverAt(1);
        QVERIFY(hover.has_value());
        QStringList names;
        for (const HoverRow& row : hover->rows)
            names += row.name;
        QCOMPARE(names, (QStringList{text("90%"), text("75%"), text("Draft median"), text("Live median"), text("25%"),
                                     text("10%")}));
    }

    void sharesSumToOneWhateverTheirUnit() {
        StackedAreaChart chart;
        chart.setData({0, 1}, {{text("L0"), {30, 10}, levelPaint(0, 6)}, {text("L1"), {10, 30}, levelPaint(1, 6)}});
        const std::optional<Hover> hover = chart.hoverAt(0);
        QCOMPARE(hover->rows[0].value, text("25.0%")); // L1 is on top
        QCOMPARE(hover->rows[1].value, text("75.0%"));
    }

    void barsAreStackedAndUnknownOnesSaySo() {
        BarChart chart;
        chart.setData({text("00:00"), text("01:00")},
                      {{text("Applied"), {5, nan}, seriesPaint(0)}, {text("Cut"), {2, 3}, seriesPaint(1)}});
        auto* bars = qobject_cast<QStackedBarSeries*>(chart.chart()->series().constFirst());
        QVERIFY(bars != nullptr);
        QCOMPARE(bars->count(), 2);
        QCOMPARE(bars->barSets().at(0)->at(1), 0.0);
        QCOMPARE(chart.hoverAt(1)->rows[1].value, text("unknown"));
        chart.setSeriesShown(0, false);
        bars = qobject_cast<QStackedBarSeries*>(chart.chart()->series().constFirst());
        QCOMPARE(bars->count(), 1);
    }

    void aBinOfAHistogramNamesItsEnds() {
        HistogramChart chart;
        chart.setData(text("Devices"), 0, 100, {5, 9, 1});
        QCOMPARE(chart.hoverAt(150)->heading, text("100 to 199"));
        QCOMPARE(chart.hoverAt(150)->rows.front().value, text("9"));
    }

    void thePlotStaysWhereItIsWhenTheValuesChange() {
        LineChart chart;
        chart.resize(600, 300);
        chart.setYRange(0, 8000);
        chart.setData({lineOf({1, 2, 3})});
        const QRectF before = chart.plotRect();
        chart.setData({lineOf({1000, 7000, 3})});
        QCOMPARE(chart.plotRect(), before);
    }

    void zoomingByKeyboardNarrowsTheViewAndDoubleClickResets() {
        LineChart chart;
        chart.resize(600, 300);
        chart.setData({lineOf({1, 2, 3, 4, 5})});
        QTest::keyClick(&chart, Qt::Key_Plus);
        QVERIFY(chart.view().high - chart.view().low < 4);
        chart.setView(std::nullopt);
        QCOMPARE(chart.view(), (Range{0, 4}));
    }

    void chartsAreSavedInEveryFormat() {
        QTemporaryDir scratch;
        LineChart chart;
        chart.resize(400, 200);
        chart.setData({lineOf({1, 2.5, nan})});
        for (const char* ending : {"png", "svg", "pdf", "csv"}) {
            const QString path = scratch.filePath(QStringLiteral("chart.") + QLatin1String(ending));
            QVERIFY2(chart.save(path), ending);
            QVERIFY(QFile(path).size() > 0);
        }
        QVERIFY(!chart.save(scratch.filePath(text("chart.xyz"))));
        QCOMPARE(chart.csv(), text("series,x,value\n\"Value\",0,1\n\"Value\",1,2.5\n\"Value\",2,\n"));
    }

    void namesInExportsCannotBreakTheirCell() {
        LineChart chart;
        LineData line = lineOf({1});
        line.name = text("a\",=1+1");
        chart.setData({line});
        QVERIFY(chart.csv().contains(text("\"a\"\",=1+1\",0,1")));
    }

    void screenReadersHearTheLastValues() {
        LineChart chart;
        chart.setUnit(text("points"));
        chart.setXAxis({XKind::Day, QTimeZone::utc(), {}});
        chart.setData({lineOf({10, 20, 30})});
        QCOMPARE(chart.accessibleDescription(), text("points; Value; Day 2 Value: 30"));
    }

    void withoutValuesTheReasonIsShown() {
        LineChart chart;
        chart.resize(300, 200);
        chart.setEmptyText(text("No events yet."));
        chart.setData({});
        QVERIFY(!chart.hoverAt(0).has_value());
        QVERIFY(!chart.picture(1).isNull());
        QCOMPARE(chart.accessibleDescription(), text("No events yet."));
    }

    void tenMillionPointsReachTheChartAsAFewThousand() {
        LineData line;
        line.name = text("Value");
        constexpr size_t count = 10'000'000;
        line.x.resize(count);
        line.y.resize(count);
        for (size_t i = 0; i < count; ++i) {
            line.x[i] = static_cast<double>(i);
            line.y[i] = static_cast<double>(i % 977);
        }
        LineChart chart;
        chart.resize(900, 300);
        QElapsedTimer timer;
        timer.start();
        chart.setLine(std::move(line));
        qInfo("10 million points: %lld ms", static_cast<long long>(timer.elapsed()));
        const auto* series = qobject_cast<const QLineSeries*>(chart.chart()->series().constFirst());
        QVERIFY(series->count() <= 4 * 901);
        timer.restart();
        chart.setView(Range{1e6, 9e6});
        const QImage image = chart.picture(1);
        qInfo("one zoom step with its drawing: %lld ms", static_cast<long long>(timer.elapsed()));
        QVERIFY(!image.isNull());
    }

    void rankedBarsSayTheirFigures() {
        RankedBars bars;
        bars.setBars({{text("Friend"), 3, text("3"), text("30%"), {}, 2}});
        QCOMPARE(bars.accessibleDescription(), text("L2 Friend: 3"));
    }
};

} // namespace

std::unique_ptr<QObject> chartsTest() {
    return std::make_unique<ChartsTest>();
}

} // namespace affinity::ui::tests

#include "chartstest.moc"
