#include "ui/charts/barchart.h"

#include "ui/charts/csvlines.h"
#include "ui/charts/decimate.h"
#include "ui/shared/fonts.h"
#include "ui/shared/formatting.h"

#include <QBarSet>
#include <QChart>
#include <QStackedBarSeries>

#include <algorithm>
#include <cmath>
#include <utility>

namespace affinity::ui {
namespace {

double valueAt(const std::vector<double>& values, size_t index) {
    return index < values.size() && std::isfinite(values[index]) ? values[index] : 0;
}

} // namespace

BarChart::BarChart(QWidget* parent) : ChartFrame(parent) {
}

void BarChart::setData(QStringList categories, std::vector<LayerData> layers, const LineData& comparison) {
    m_categories = std::move(categories);
    m_layers = std::move(layers);
    m_comparison = comparison;
    refresh();
}

bool BarChart::isShown(const QString& name) const {
    return !m_hidden.contains(name);
}

std::vector<LegendEntry> BarChart::legend() const {
    std::vector<LegendEntry> entries;
    for (const LayerData& layer : m_layers)
        entries.push_back({layer.name, fillColor(layer.paint), SwatchShape::Square, isShown(layer.name)});
    if (!m_comparison.x.empty()) {
        const SwatchShape shape = m_comparison.style == LineStyle::Dashed ? SwatchShape::Dash : SwatchShape::Line;
        entries.push_back({m_comparison.name, lineColor(m_comparison.paint), shape, isShown(m_comparison.name)});
    }
    return entries;
}

void BarChart::setSeriesShown(int index, bool isSeriesShown) {
    const std::vector<LegendEntry> entries = legend();
    if (index < 0 || index >= static_cast<int>(entries.size()))
        return;
    const QString name = entries[static_cast<size_t>(index)].name;
    m_hidden.removeAll(name);
    if (!isSeriesShown)
        m_hidden += name;
    refresh();
}

std::optional<Range> BarChart::dataX() const {
    if (m_categories.isEmpty())
        return std::nullopt;
    return Range{-0.5, static_cast<double>(m_categories.size()) - 0.5};
}

Range BarChart::dataY() const {
    Range range{0, 0};
    for (size_t i = 0; i < static_cast<size_t>(m_categories.size()); ++i) {
        double above = 0;
        double below = 0;
        for (const LayerData& layer : m_layers) {
            const double value = isShown(layer.name) ? valueAt(layer.values, i) : 0;
            (value >= 0 ? above : below) += value;
        }
        range = {std::min(range.low, below), std::max(range.high, above)};
    }
    if (isShown(m_comparison.name))
        for (size_t i = 0; i < m_comparison.y.size(); ++i)
            range.high = std::max(range.high, valueAt(m_comparison.y, i));
    return range.high > range.low ? range : Range{0, 1};
}

std::vector<Tick> BarChart::ticksOfX() const {
    std::vector<Tick> ticks;
    const auto count = static_cast<double>(m_categories.size());
    if (count == 0)
        return ticks;
    double widest = 0;
    for (const QString& name : m_categories)
        widest = std::max<double>(widest, textWidth(ui::font(TextStyle::Axis), name));
    const double perBar = plotRect().width() / count;
    int step = 1;
    // Steps that read well for hours and days.
    for (const int candidate : {1, 2, 3, 5, 6, 7, 10, 12, 14, 15, 20, 30, 60, 90}) {
        step = candidate;
        if (perBar * candidate >= widest + 20)
            break;
    }
    for (qsizetype i = 0; i < m_categories.size(); i += step)
        ticks.push_back({static_cast<double>(i), m_categories.at(i)});
    return ticks;
}

void BarChart::setBars() {
    std::vector<const LayerData*> shown;
    for (const LayerData& layer : m_layers)
        if (isShown(layer.name))
            shown.push_back(&layer);
    // A bar set cannot be re-ordered, so another number of layers or bars needs a new series.
    const auto count = static_cast<int>(m_categories.size());
    const bool fits = m_bars != nullptr && m_bars->count() == static_cast<int>(shown.size()) &&
                      (shown.empty() || m_bars->barSets().constFirst()->count() == count);
    if (!fits) {
        if (m_bars != nullptr) {
            chart()->removeSeries(m_bars);
            delete m_bars;
        }
        m_bars = new QStackedBarSeries;
        m_bars->setBarWidth(0.68);
        for (size_t k = 0; k < shown.size(); ++k) {
            auto* set = new QBarSet(QString());
            set->append(QList<qreal>(count, 0));
            m_bars->append(set);
        }
        addToAxes(m_bars);
    }
    const QList<QBarSet*> sets = m_bars->barSets();
    for (qsizetype k = 0; k < sets.size(); ++k) {
        const LayerData& layer = *shown[static_cast<size_t>(k)];
        for (int i = 0; i < count; ++i)
            sets.at(k)->replace(i, valueAt(layer.values, static_cast<size_t>(i)));
        sets.at(k)->setColor(fillColor(layer.paint));
        sets.at(k)->setBorderColor(Qt::transparent);
        sets.at(k)->setPen(Qt::NoPen);
    }
}

void BarChart::rebuild() {
    setBars();
    std::vector<DrawnPart> parts;
    if (!m_comparison.x.empty() && isShown(m_comparison.name)) {
        QPen pen(lineColor(m_comparison.paint), m_comparison.width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
        if (m_comparison.style == LineStyle::Dashed) {
            pen.setStyle(Qt::CustomDashLine);
            pen.setDashPattern({3, 2});
        }
        for (const QList<QPointF>& line :
             decimate(m_comparison.x, m_comparison.y, rangeX().low, rangeX().high, columns()))
            parts.push_back({line, {}, pen, {}});
    }
    setDrawn(parts);
}

std::optional<Hover> BarChart::hoverAt(double x) const {
    if (m_categories.isEmpty())
        return std::nullopt;
    const auto last = static_cast<double>(m_categories.size() - 1);
    const double at = std::clamp(std::round(x), 0.0, last);
    const auto index = static_cast<size_t>(at);
    Hover hover;
    hover.x = at;
    hover.heading = m_categories.at(static_cast<qsizetype>(index));
    for (auto layer = m_layers.rbegin(); layer != m_layers.rend(); ++layer) { // as drawn: the top layer first
        if (!isShown(layer->name))
            continue;
        const bool isKnown = index < layer->values.size() && std::isfinite(layer->values[index]);
        hover.rows.push_back({fillColor(layer->paint),
                              layer->name,
                              isKnown ? hoverText(layer->values[index], valueFormat()) : tr("unknown"),
                              {}});
    }
    if (isShown(m_comparison.name)) {
        const qsizetype found = nearestIndex(m_comparison.x, at);
        if (found >= 0 && std::abs(m_comparison.x[static_cast<size_t>(found)] - at) < 0.5)
            hover.rows.push_back({lineColor(m_comparison.paint),
                                  m_comparison.name,
                                  hoverText(m_comparison.y[static_cast<size_t>(found)], valueFormat()),
                                  {}});
    }
    return hover;
}

bool BarChart::writeCsv(QIODevice& device) const {
    const bool hasComparison = !m_comparison.x.empty();
    CsvLines lines(device);
    lines.heading("category");
    for (const LayerData& layer : m_layers)
        lines.name(layer.name);
    if (hasComparison)
        lines.name(m_comparison.name);
    lines.endLine();
    for (qsizetype i = 0; i < m_categories.size(); ++i) {
        const auto index = static_cast<size_t>(i);
        lines.name(m_categories.at(i));
        for (const LayerData& layer : m_layers)
            index < layer.values.size() ? lines.number(layer.values[index]) : lines.empty();
        if (const qsizetype found = nearestIndex(m_comparison.x, static_cast<double>(i)); found >= 0) {
            const auto at = static_cast<size_t>(found);
            m_comparison.x[at] == static_cast<double>(i) ? lines.number(m_comparison.y[at]) : lines.empty();
        }
        lines.endLine();
    }
    return lines.finish();
}

size_t BarChart::valueCount() const {
    return static_cast<size_t>(m_categories.size()) * (m_layers.size() + 1);
}

HistogramChart::HistogramChart(QWidget* parent) : ChartFrame(parent) {
}

void HistogramChart::setData(const QString& name, double from, double width, std::vector<double> counts,
                             SeriesPaint paint) {
    m_name = name;
    m_from = from;
    m_width = width;
    m_counts = std::move(counts);
    m_paint = paint;
    refresh();
}

std::vector<LegendEntry> HistogramChart::legend() const {
    return {{m_name, lineColor(m_paint), SwatchShape::Square, true}};
}

void HistogramChart::setSeriesShown(int, bool) {
} // a histogram has one series, it stays

std::optional<Range> HistogramChart::dataX() const {
    if (m_counts.empty())
        return std::nullopt;
    return Range{m_from, m_from + m_width * static_cast<double>(m_counts.size())};
}

Range HistogramChart::dataY() const {
    double most = 0;
    for (size_t i = 0; i < m_counts.size(); ++i)
        most = std::max(most, valueAt(m_counts, i));
    return {0, most > 0 ? most : 1};
}

void HistogramChart::rebuild() {
    QList<QPointF> upper;
    for (size_t i = 0; i < m_counts.size(); ++i) {
        const double left = m_from + m_width * static_cast<double>(i);
        upper.append(QPointF(left, valueAt(m_counts, i)));
        upper.append(QPointF(left + m_width, valueAt(m_counts, i)));
    }
    if (upper.isEmpty()) {
        setDrawn({});
        return;
    }
    QColor fill = lineColor(m_paint);
    fill.setAlpha(tokens().theme == Theme::Dark ? 120 : 110);
    const QList<QPointF> floor{{upper.front().x(), 0}, {upper.back().x(), 0}};
    setDrawn({{upper, floor, {}, fill},
              {upper, {}, QPen(lineColor(m_paint), 1.5, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin), {}}});
}

std::optional<Hover> HistogramChart::hoverAt(double x) const {
    if (m_counts.empty())
        return std::nullopt;
    const auto last = static_cast<double>(m_counts.size() - 1);
    const double bin = std::clamp(std::floor((x - m_from) / m_width), 0.0, last);
    const auto index = static_cast<size_t>(bin);
    Hover hover;
    hover.x = m_from + m_width * (bin + 0.5);
    const double left = m_from + m_width * bin;
    hover.heading = tr("%1 to %2").arg(decimalText(left, 0), decimalText(left + m_width - 1, 0));
    hover.rows.push_back({lineColor(m_paint), m_name, hoverText(m_counts[index], valueFormat()), m_counts[index]});
    return hover;
}

bool HistogramChart::writeCsv(QIODevice& device) const {
    CsvLines lines(device);
    lines.heading("from").heading("to").name(m_name).endLine();
    for (size_t i = 0; i < m_counts.size(); ++i) {
        const double left = m_from + m_width * static_cast<double>(i);
        lines.number(left).number(left + m_width).number(m_counts[i]).endLine();
    }
    return lines.finish();
}

size_t HistogramChart::valueCount() const {
    return m_counts.size();
}

} // namespace affinity::ui
