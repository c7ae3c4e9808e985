#include "tests/ui/testlist.h"

#include "ui/charts/barchart.h"
#include "ui/charts/differencechart.h"
#include "ui/charts/heatmap.h"
#include "ui/charts/stackedareachart.h"
#include "ui/charts/waterfallchart.h"
#include "ui/shared/style.h"

#include <QApplication>
#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace affinity::ui::tests {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

QString text(const char* words) {
    return QString::fromUtf8(words);
}

/// 3 columns × 2 rows.
HeatData smallHeat() {
    HeatData data;
    data.name = text("Devices");
    data.columnCount = 3;
    data.values = {0, 5, 10, 1, nan, 3};
    return data;
}

WaterfallData parts() {
    return {text("Live"), 100, {{text("chat_turn"), 40}, {text("idle_decay"), -25.5}}, text("Draft"), true};
}

DifferenceData difference() {
    return {text("Draft minus live"), text("95% band"), {0, 1, 2}, {0, 50, 100}, {-5, 40, 87}, {5, 60, 113}};
}

/// One chart of each kind with values.
std::vector<std::unique_ptr<ChartFrame>> oneOfEach() {
    std::vector<std::unique_ptr<ChartFrame>> charts;
    const auto add = [&charts](auto chart) {
        chart->resize(480, 260);
        charts.push_back(std::move(chart));
    };
    auto line = std::make_unique<LineChart>();
    LineData data;
    data.name = text("Value");
    data.x = {0, 1, 2};
    data.y = {1.0 / 3, nan, -1e-17};
    line->setLine(data);
    add(std::move(line));
    auto fan = std::make_unique<FanChart>();
    fan->setFan({{0, 1}, {1, 10}, {2, 20}, {3, 30}, {4, 40}, {5, 50}, {3, 29}});
    add(std::move(fan));
    auto minus = std::make_unique<DifferenceChart>();
    minus->setDifference(difference());
    add(std::move(minus));
    auto area = std::make_unique<StackedAreaChart>();
    area->setData({0, 1}, {{text("L0"), {30, 10}, levelPaint(0, 6)}, {text("L1"), {10, 30}, levelPaint(1, 6)}});
    add(std::move(area));
    auto bars = std::make_unique<BarChart>();
    bars->setData({text("a"), text("b")}, {{text("Applied"), {5, nan}, seriesPaint(0)}});
    add(std::move(bars));
    auto bins = std::make_unique<HistogramChart>();
    bins->setData(text("Devices"), 0, 100, {5, 9, 1});
    add(std::move(bins));
    auto heat = std::make_unique<HeatMap>();
    heat->setData(smallHeat());
    add(std::move(heat));
    auto falls = std::make_unique<WaterfallChart>();
    falls->setData(parts());
    add(std::move(falls));
    return charts;
}

class ChartsKindsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPixelShowsTheHighestOfItsCells() {
        HeatData data;
        data.columnCount = 1000;
        data.values.assign(1000 * 300, 1);
        data.values[137 * 1000 + 731] = 99;
        const std::vector<double> pixels = reduceHeat(data, 0, 1000, 100, 50, true);
        QCOMPARE(pixels.size(), size_t(5000));
        // Row 137 of 300 is in line 22 of 50, column 731 of 1,000 in pixel 73 of 100.
        QCOMPARE(pixels[22 * 100 + 73], 99.0);
        QCOMPARE(std::count(pixels.begin(), pixels.end(), 99.0), 1);
        const std::vector<double> upsideDown = reduceHeat(data, 0, 1000, 100, 50, false);
        QCOMPARE(upsideDown[27 * 100 + 73], 99.0);
    }

    void noCellIsLostAtAnySize() {
        constexpr unsigned seed = 20251122;
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        for (int round = 0; round < 200; ++round) {
            HeatData data;
            data.columnCount = 1 + random() % 60;
            const size_t rows = 1 + random() % 40;
            data.values.assign(data.columnCount * rows, 0);
            data.values[random() % data.values.size()] = 7;
            const int width = 1 + static_cast<int>(random() % 50);
            const int height = 1 + static_cast<int>(random() % 50);
            const std::vector<double> pixels =
                reduceHeat(data, 0, static_cast<double>(data.columnCount), width, height, random() % 2 == 0);
            QCOMPARE(pixels.size(), static_cast<size_t>(width * height));
            QVERIFY(std::count(pixels.begin(), pixels.end(), 7.0) >= 1);
        }
    }

    void theMeanLeavesUnknownCellsOut() {
        HeatData data;
        data.columnCount = 4;
        data.values = {2, 4, nan, nan};
        data.reduce = HeatReduce::Mean;
        const std::vector<double> pixels = reduceHeat(data, 0, 4, 2, 1, true);
        QCOMPARE(pixels[0], 3.0);
        QVERIFY(std::isnan(pixels[1]));
    }

    void theRampGoesEverFurtherFromThePanelInBothThemes() {
        for (const Theme theme : {Theme::Light, Theme::Dark}) {
            const Tokens& t = tokensOf(theme);
            QCOMPARE(heatColor(0, t), t.surface);
            QVERIFY(heatColor(0.001, t) != t.surface); // little is not nothing
            double before = 0;
            for (int i = 1; i <= 20; ++i) {
                const double distance = std::abs(lightness(heatColor(i / 20.0, t)) - lightness(t.surface));
                QVERIFY2(distance > before, qPrintable(QStringLiteral("step %1").arg(i)));
                before = distance;
            }
        }
    }

    void aCellSaysItsColumnItsRowAndItsValue() {
        HeatMap map;
        map.resize(400, 200);
        HeatData data = smallHeat();
        data.rowNames = {text("chat_turn"), text("head_pat")};
        data.columnNames = {text("00:00"), text("01:00"), text("02:00")};
        map.setData(data);
        const std::optional<Hover> hover = map.hoverAtPoint(2.4, map.cellCenterY(0));
        QCOMPARE(hover->heading, text("02:00 · chat_turn"));
        QCOMPARE(hover->rows.front().name, text("Devices"));
        QCOMPARE(hover->rows.front().value, text("10"));
        QCOMPARE(map.hoverAtPoint(1.5, map.cellCenterY(1))->rows.front().value, text("unknown"));
    }

    void aNumericRowIsNamedByItsRange() {
        HeatMap map;
        map.resize(400, 200);
        map.setXAxis({XKind::Day, QTimeZone::utc(), {}});
        HeatData data = smallHeat();
        data.stepY = 100;
        data.rowWord = text("points");
        map.setData(data);
        QCOMPARE(map.hoverAtPoint(0.2, 150)->heading, text("Day 0 · 100 to 199 points"));
        QCOMPARE(map.hoverAtPoint(0.2, 150)->rows.front().value, text("1"));
        QVERIFY(map.pixelY(map.cellCenterY(1)) < map.pixelY(map.cellCenterY(0))); // more points are further up
    }

    void arrowKeysGoFromCellToCell() {
        HeatMap map;
        map.resize(400, 200);
        HeatData data = smallHeat();
        data.rowNames = {text("chat_turn"), text("head_pat")};
        map.setData(data);
        const auto heading = [&map] { return map.hoverAtPoint(map.hoverPoint()->x(), map.hoverPoint()->y())->heading; };
        QTest::keyClick(&map, Qt::Key_Home);
        QCOMPARE(heading(), text("0 · chat_turn"));
        QTest::keyClick(&map, Qt::Key_Right);
        QTest::keyClick(&map, Qt::Key_Down);
        QCOMPARE(heading(), text("1 · head_pat"));
        QTest::keyClick(&map, Qt::Key_Down); // the last row
        QTest::keyClick(&map, Qt::Key_Right);
        QTest::keyClick(&map, Qt::Key_Right); // the last column
        QCOMPARE(heading(), text("2 · head_pat"));
    }

    void cellsAreDrawnInTheirColours() {
        HeatMap map;
        map.resize(400, 200);
        HeatData data = smallHeat();
        data.values = {0, 5, 10, 10, 0, 0};
        data.rowNames = {text("a"), text("b")};
        map.setData(data);
        for (const double scale : {1.0, 2.0}) {
            const QImage image = map.picture(scale);
            const auto at = [&](double column, size_t row) {
                const QPointF place(map.pixelX(column + 0.3), map.pixelY(map.cellCenterY(row)) + 9);
                return image.pixelColor((place * scale).toPoint());
            };
            QCOMPARE(at(0, 0), heatColor(0));
            QCOMPARE(at(2, 0), heatColor(1));
            QCOMPARE(at(0, 1), heatColor(1));
            QCOMPARE(at(1, 1), heatColor(0));
        }
    }

    void aLargeGridIsZoomedLikeAnyChart() {
        HeatMap map;
        map.resize(600, 300);
        HeatData data;
        data.columnCount = 730;
        data.values.assign(730 * 200, 1);
        map.setData(data);
        for (int i = 0; i < 80; ++i)
            QTest::keyClick(&map, Qt::Key_Plus);
        QVERIFY(std::abs(map.view().high - map.view().low - 2) < 1e-9); // two columns
        QVERIFY(!map.picture(1).isNull());
    }

    void theDifferenceSaysItsLastValue() {
        DifferenceChart chart;
        DifferenceData data = difference();
        chart.setDifference(data);
        QCOMPARE(chart.lastText(), text("+100 ±13"));
        data.high.back() = 131;
        chart.setDifference(data);
        QCOMPARE(chart.lastText(), text("+100 (+87 to +131)"));
        data.mean.back() = nan;
        chart.setDifference(data);
        QCOMPARE(chart.lastText(), text("+50 ±10"));
        data.low.clear();
        data.high.clear();
        data.mean.back() = -4.25;
        chart.setDifference(data);
        QCOMPARE(chart.lastText(), QString(QChar(0x2212)) + text("4.3"));
        chart.setDifference({});
        QCOMPARE(chart.lastText(), QString());
    }

    void theNamesOfTheFanCanBeGiven() {
        FanChart chart;
        FanData fan{{0, 1}, {1, 10}, {2, 20}, {3, 30}, {4, 40}, {5, 50}, {3, 29}};
        fan.medianName = text("Median of A");
        fan.liveName = text("Median of B");
        chart.setFan(fan);
        QCOMPARE(chart.legend()[0].name, text("Median of A"));
        QCOMPARE(chart.legend()[1].name, text("Median of B"));
    }

    void theEndOfAWaterfallIsTheSumOfItsParts() {
        QCOMPARE(endOf(parts()), 114.5);
        WaterfallChart chart;
        chart.resize(400, 260);
        chart.setData(parts());
        QCOMPARE(chart.hoverAt(0)->heading, text("Draft"));
        QCOMPARE(chart.hoverAt(0)->rows.front().value, text("114.5"));
        const std::optional<Hover> loss = chart.hoverAtPoint(0, 1.5);
        QCOMPARE(loss->heading, text("idle_decay"));
        QCOMPARE(loss->rows[0].name, text("Loss"));
        QCOMPARE(loss->rows[0].value, QString(QChar(0x2212)) + text("25.5"));
        QCOMPARE(loss->rows[1].value, text("114.5"));
        QCOMPARE(chart.csv(),
                 text("part,change,after\n\"Live\",,100\n\"chat_turn\",40,140\n\"idle_decay\",-25.5,114.5\n"
                      "\"Draft\",,114.5\n"));
    }

    void whatDoesNotFitInAWaterfallIsOneBarAndTheEndStaysRight() {
        WaterfallChart chart;
        chart.resize(400, 140);
        WaterfallData many{text("Live"), 0, {}, text("Draft"), false};
        for (int i = 1; i <= 40; ++i)
            many.steps.push_back({QStringLiteral("rule %1").arg(i), static_cast<double>(i)});
        chart.setData(many);
        QCOMPARE(chart.hoverAt(0)->rows.front().value, text("820"));
        QVERIFY2(chart.hoverAtPoint(0, 1.5)->heading.contains(text("more")),
                 qPrintable(chart.hoverAtPoint(0, 1.5)->heading));
        QCOMPARE(chart.csv().count(QLatin1Char('\n')), 43); // the export has them all
    }

    void anUnknownPartChangesNothingAndSaysSo() {
        WaterfallChart chart;
        chart.resize(400, 260);
        chart.setData({text("Live"), 10, {{text("a"), nan}}, text("Draft"), false});
        QCOMPARE(chart.hoverAtPoint(0, 1.5)->rows[0].value, text("unknown"));
        QCOMPARE(chart.hoverAt(0)->rows.front().value, text("10"));
    }

    void everyChartIsSavedInEveryFormat() {
        QTemporaryDir scratch;
        for (const auto& chart : oneOfEach()) {
            const char* kind = chart->metaObject()->className();
            for (const auto& [ending, head] : {std::pair{"png", "\x89PNG"}, {"svg", "<?xml"}, {"pdf", "%PDF"}}) {
                const QString path = scratch.filePath(QStringLiteral("chart.") + QLatin1String(ending));
                QVERIFY2(chart->save(path), kind);
                QFile file(path);
                QVERIFY(file.open(QIODevice::ReadOnly));
                QVERIFY2(file.size() > 1000, kind);
                QVERIFY2(file.read(8).startsWith(head), kind);
            }
            const QString path = scratch.filePath(text("chart.csv"));
            QVERIFY2(chart->save(path), kind);
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(QString::fromUtf8(file.readAll()), chart->csv());
            QVERIFY2(chart->csv().count(QLatin1Char('\n')) >= 3, kind);
        }
    }

    void exportedNumbersAreTheSameDoublesWhenReadBack() {
        constexpr unsigned seed = 20251121;
        qInfo("seed %u", seed);
        std::mt19937_64 random(seed);
        LineData line;
        line.name = text("Value");
        for (int i = 0; i < 5000; ++i) {
            const auto mantissa = static_cast<double>(random()) / 3.0;
            line.x.push_back(1.7e15 + i + 0.25); // microseconds
            line.y.push_back(std::ldexp(mantissa, static_cast<int>(random() % 200) - 150) * (i % 2 == 0 ? 1 : -1));
        }
        const LineData kept = line;
        LineChart chart;
        chart.setLine(std::move(line));
        const QStringList lines = chart.csv().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 5001);
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const QStringList cells = lines.at(i).split(QLatin1Char(','));
            QCOMPARE(cells.size(), 3);
            const auto index = static_cast<size_t>(i - 1);
            bool isNumber = false;
            QVERIFY(cells.at(1).toDouble(&isNumber) == kept.x[index] && isNumber);
            QVERIFY(cells.at(2).toDouble(&isNumber) == kept.y[index] && isNumber);
        }
    }

    void aNameThatLooksLikeAFormulaIsExportedAsText() {
        BarChart chart;
        chart.setData({text("=1+1"), text("@sum"), text("plain")}, {{text("+a"), {1, 2, 3}, seriesPaint(0)}});
        QCOMPARE(chart.csv(), text("category,\"'+a\"\n\"'=1+1\",1\n\"'@sum\",2\n\"plain\",3\n"));
    }

    void aFullDiskIsAFailedSave() {
        struct Full : QIODevice {
            qint64 readData(char*, qint64) override { return -1; }
            qint64 writeData(const char*, qint64) override { return -1; }
        } full;
        full.open(QIODevice::WriteOnly);
        for (const auto& chart : oneOfEach())
            QVERIFY2(!chart->writeCsv(full), chart->metaObject()->className());
    }

    void everyChartFollowsTheTheme() {
        auto& application = *qobject_cast<QApplication*>(QCoreApplication::instance());
        const auto charts = oneOfEach();
        std::vector<QImage> light;
        for (const auto& chart : charts)
            light.push_back(chart->picture(1));
        applyTheme(application, Theme::Dark);
        for (size_t i = 0; i < charts.size(); ++i) {
            const QImage dark = charts[i]->picture(1);
            const char* kind = charts[i]->metaObject()->className();
            QCOMPARE(dark.pixelColor(0, dark.height() - 1), tokensOf(Theme::Dark).surface);
            // No colour of the light theme is left, neither of a series nor of a text.
            const Tokens& t = tokensOf(Theme::Light);
            for (const QColor& old : {t.surface, t.muted, seriesColor(0, t), seriesColor(1, t), levelFill(1, 6, t)})
                for (int y = 0; y < dark.height(); ++y)
                    for (int x = 0; x < dark.width(); ++x)
                        QVERIFY2(dark.pixelColor(x, y) != old, qPrintable(text(kind) + text(" ") + old.name()));
        }
        applyTheme(application, Theme::Light);
        for (size_t i = 0; i < charts.size(); ++i)
            QCOMPARE(charts[i]->picture(1), light[i]);
    }

    void picturesAtTwiceTheScaleHaveTwiceThePixels() {
        for (const auto& chart : oneOfEach()) {
            const QImage image = chart->picture(2);
            QCOMPARE(image.size(), chart->size() * 2);
            QCOMPARE(image.devicePixelRatio(), 2.0);
        }
    }

    void withoutValuesEveryChartSaysWhy() {
        LineChart line;
        HeatMap heat;
        WaterfallChart falls;
        BarChart bars;
        for (ChartFrame* chart : std::initializer_list<ChartFrame*>{&line, &heat, &falls, &bars}) {
            chart->resize(320, 200);
            const QImage blank = chart->picture(1);
            chart->setEmptyText(text("No events yet."));
            QVERIFY(chart->picture(1) != blank);
            QVERIFY(!chart->hoverAt(0).has_value());
            QTest::keyClick(chart, Qt::Key_Right);
            QTest::keyClick(chart, Qt::Key_Plus);
            QVERIFY(!chart->isZoomed());
            QVERIFY(!chart->hoverPoint().has_value());
        }
    }
};

} // namespace

std::unique_ptr<QObject> chartsKindsTest() {
    return std::make_unique<ChartsKindsTest>();
}

} // namespace affinity::ui::tests

#include "chartskindstest.moc"
