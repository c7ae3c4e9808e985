// Opening and zooming charts of ten million points, with a plain QLineSeries in the same run to compare with.
//
// A program of its own: charts need a QApplication. One JSON line a figure: name, points, medians of CPU and wall time
// in milliseconds over `runs` runs, and the limit where there is one. No window system is needed (it asks for the
// offscreen platform itself where nothing is chosen).
#include "engine/base/json.h"
#include "ui/charts/decimate.h"
#include "ui/charts/heatmap.h"
#include "ui/charts/linechart.h"
#include "ui/shared/style.h"

#include <QApplication>
#include <QChart>
#include <QChartView>
#include <QElapsedTimer>
#include <QImage>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <vector>

namespace affinity::ui {
namespace {

constexpr size_t pointCount = 10'000'000;
constexpr QSize chartSize(1120, 360); // the wide chart of a 1440 × 900 window

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<qsizetype>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double cpuMs() {
    return static_cast<double>(std::clock()) * 1000.0 / CLOCKS_PER_SEC;
}

/// Measures parts of a run; what is between them does not count.
class Times {
public:
    void measure(const std::function<void()>& work) {
        QElapsedTimer timer;
        const double before = cpuMs();
        timer.start();
        work();
        m_wall.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        m_cpu.push_back(cpuMs() - before);
    }
    void report(const char* name, size_t points, double limitMs = 0) const {
        base::Json line{{"name", name},
                        {"points", points},
                        {"runs", m_wall.size()},
                        {"cpu_ms", std::round(median(m_cpu) * 100) / 100},
                        {"wall_ms", std::round(median(m_wall) * 100) / 100},
                        {"wall_max_ms", std::round(*std::max_element(m_wall.begin(), m_wall.end()) * 100) / 100}};
        if (limitMs > 0)
            line["limit_ms"] = limitMs;
        std::printf("%s\n", base::pythonJson(line).constData());
        std::fflush(stdout);
    }

private:
    std::vector<double> m_wall, m_cpu;
};

/// A walk with a spike now and then: nothing a painter could draw as a straight line.
LineData walk(size_t count) {
    LineData line;
    line.name = QStringLiteral("Value");
    line.x.resize(count);
    line.y.resize(count);
    unsigned state = 20251120;
    double value = 4000;
    for (size_t i = 0; i < count; ++i) {
        state = state * 1664525U + 1013904223U;
        value += static_cast<double>(state >> 16) / 32768.0 - 1.0;
        line.x[i] = static_cast<double>(i);
        line.y[i] = state % 1000003U == 0 ? value + 5000 : value;
    }
    return line;
}

/// One frame as the window shows it: the widget paints itself into its backing store.
void paint(QWidget& widget) {
    QImage image(widget.size(), QImage::Format_RGB32);
    image.fill(Qt::white);
    widget.render(&image);
}

void benchOpen(int runs, const LineData& source) {
    Times times;
    for (int i = 0; i < runs; ++i) {
        LineData line = source; // the copy is made before the clock starts
        std::unique_ptr<LineChart> chart;
        times.measure([&] {
            chart = std::make_unique<LineChart>();
            chart->resize(chartSize);
            chart->setLine(std::move(line));
            paint(*chart);
        });
    }
    times.report("chart/open", source.x.size(), 500);
}

void benchViews(int runs, const LineData& source) {
    LineChart chart;
    chart.resize(chartSize);
    chart.setLine(source);
    paint(chart);
    const auto count = static_cast<double>(source.x.size());
    Times zoom;
    Times pan;
    Times hover;
    for (int i = 0; i < runs; ++i) {
        for (double span = count; span > 2000; span *= 0.6) {
            const double from = (count - span) * 0.37;
            zoom.measure([&] {
                chart.setView(Range{from, from + span});
                paint(chart);
            });
        }
        for (int step = 0; step < 8; ++step) {
            const double from = count * (0.1 + 0.05 * step);
            pan.measure([&] {
                chart.setView(Range{from, from + count * 0.5});
                paint(chart);
            });
        }
        hover.measure([&] {
            for (int x = 0; x < 100; ++x)
                (void)chart.hoverAt(count * x / 100);
        });
    }
    zoom.report("chart/zoom_step", source.x.size(), 50);
    pan.report("chart/pan_step", source.x.size(), 50);
    hover.report("chart/100_hovers", source.x.size());
}

void benchReduction(int runs, const LineData& source) {
    Times blocks;
    Times scan;
    Times fast;
    MinMaxBlocks made;
    const auto count = static_cast<double>(source.x.size());
    for (int i = 0; i < runs; ++i) {
        blocks.measure([&] { made = minMaxBlocks(source.y); });
        scan.measure([&] { (void)decimate(source.x, source.y, 0, count, chartSize.width()); });
        fast.measure([&] { (void)decimate(source.x, source.y, made, 0, count, chartSize.width()); });
    }
    blocks.report("chart/min_max_blocks", source.x.size());
    scan.report("chart/decimate_scan", source.x.size());
    fast.report("chart/decimate_blocks", source.x.size());
}

void benchHeatMap(int runs) {
    constexpr size_t columns = 730;
    constexpr size_t rows = 200;
    HeatData source;
    source.name = QStringLiteral("Devices");
    source.columnCount = columns;
    for (size_t i = 0; i < columns * rows; ++i)
        source.values.push_back(static_cast<double>(i * 7919 % 1009));
    Times open;
    Times zoom;
    for (int i = 0; i < runs; ++i) {
        HeatMap chart;
        HeatData data = source;
        chart.resize(chartSize);
        open.measure([&] {
            chart.setData(std::move(data));
            paint(chart);
        });
        zoom.measure([&] {
            chart.setView(Range{100, 500});
            paint(chart);
        });
    }
    open.report("heatmap/open_730x200", columns * rows);
    zoom.report("heatmap/zoom_step_730x200", columns * rows, 50);
}

/// What Qt Charts does with the points as they are.
void benchRaw(int runs, const LineData& source, size_t count) {
    Times open;
    Times zoom;
    for (int i = 0; i < runs; ++i) {
        QList<QPointF> points;
        points.reserve(static_cast<qsizetype>(count));
        for (size_t k = 0; k < count; ++k)
            points.append(QPointF(source.x[k], source.y[k]));
        QChartView view;
        view.resize(chartSize);
        auto* axisX = new QValueAxis;
        auto* axisY = new QValueAxis;
        open.measure([&] {
            auto* series = new QLineSeries;
            series->replace(points);
            view.chart()->addSeries(series);
            view.chart()->addAxis(axisX, Qt::AlignBottom);
            view.chart()->addAxis(axisY, Qt::AlignLeft);
            series->attachAxis(axisX);
            series->attachAxis(axisY);
            paint(view);
        });
        zoom.measure([&] {
            axisX->setRange(static_cast<double>(count) * 0.25, static_cast<double>(count) * 0.75);
            paint(view);
        });
    }
    open.report("raw_qlineseries/open", count);
    zoom.report("raw_qlineseries/zoom_step", count);
}

} // namespace
} // namespace affinity::ui

int main(int argc, char** argv) {
    using namespace affinity::ui;
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    installStyle(application);
    applyTheme(application, Theme::Light);
    constexpr int runs = 7;
    const LineData source = walk(pointCount);
    benchOpen(runs, source);
    benchViews(runs, source);
    benchReduction(runs, source);
    benchHeatMap(runs);
    benchRaw(runs, source, 1'000'000);
    benchRaw(5, source, pointCount);
    return 0;
}
