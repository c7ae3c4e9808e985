#include "ui/charts/stackedareachart.h"

#include "ui/charts/csvlines.h"
#include "ui/charts/decimate.h"
#include "ui/shared/fonts.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace affinity::ui {
namespace {

double positive(double value) {
    return std::isfinite(value) && value > 0 ? value : 0;
}

QString gutterText(const LayerData& layer) {
    return layer.paint.kind == SeriesPaint::Kind::Level ? QStringLiteral("L%1").arg(layer.paint.index) : layer.name;
}

} // namespace

StackedAreaChart::StackedAreaChart(QWidget* parent) : ChartFrame(parent) {
    setValueFormat(ValueFormat::Percent);
    setXAxis({XKind::Day, QTimeZone::utc(), {}});
    setYRange(0, 1);
    setGutter(true);
}

void StackedAreaChart::setData(std::vector<double> x, std::vector<LayerData> layers) {
    m_x = std::move(x);
    m_layers = std::move(layers);
    m_top.assign(m_layers.size(), std::vector<double>(m_x.size(), 0));
    for (size_t i = 0; i < m_x.size(); ++i) {
        double sum = 0;
        for (const LayerData& layer : m_layers)
            sum += positive(layer.values[i]);
        double below = 0;
        for (size_t k = 0; k < m_layers.size(); ++k) {
            below += sum > 0 ? positive(m_layers[k].values[i]) / sum : 0;
            m_top[k][i] = below;
        }
    }
    refresh();
}

std::vector<LegendEntry> StackedAreaChart::legend() const {
    std::vector<LegendEntry> entries;
    for (const LayerData& layer : m_layers)
        entries.push_back({layer.name, fillColor(layer.paint), SwatchShape::Square, !m_hidden.contains(layer.name)});
    return entries;
}

void StackedAreaChart::setSeriesShown(int index, bool isShown) {
    if (index < 0 || index >= static_cast<int>(m_layers.size()))
        return;
    const QString name = m_layers[static_cast<size_t>(index)].name;
    m_hidden.removeAll(name);
    if (!isShown)
        m_hidden += name;
    refresh();
}

std::optional<Range> StackedAreaChart::dataX() const {
    return m_x.empty() || m_layers.empty() ? std::nullopt : std::optional(Range{m_x.front(), m_x.back()});
}

Range StackedAreaChart::dataY() const {
    return {0, 1};
}

void StackedAreaChart::rebuild() {
    std::vector<DrawnPart> parts;
    const std::vector<double> floor(m_x.size(), 0);
    const auto edge = [&](const std::vector<double>& y) {
        const LineParts line = decimate(m_x, y, rangeX().low, rangeX().high, columns());
        return line.empty() ? QList<QPointF>() : line.front();
    };
    for (size_t k = 0; k < m_layers.size(); ++k) {
        const QList<QPointF> upper = edge(m_top[k]);
        const QList<QPointF> lower = edge(k == 0 ? floor : m_top[k - 1]);
        if (upper.isEmpty() || lower.isEmpty() || m_hidden.contains(m_layers[k].name))
            continue;
        parts.push_back({upper, lower, {}, fillColor(m_layers[k].paint)});
    }
    // Hairlines in the panel's colour keep neighbours apart.
    for (size_t k = 0; k + 1 < m_layers.size(); ++k)
        if (const QList<QPointF> line = edge(m_top[k]); !line.isEmpty())
            parts.push_back({line, {}, QPen(tokens().surface, 1), {}});
    setDrawn(parts);
}

std::optional<Hover> StackedAreaChart::hoverAt(double x) const {
    const qsizetype found = nearestIndex(m_x, x);
    if (found < 0 || m_layers.empty())
        return std::nullopt;
    const auto index = static_cast<size_t>(found);
    Hover hover;
    hover.x = m_x[index];
    hover.heading = xHoverText(xAxis(), hover.x, rangeX().high - rangeX().low);
    for (size_t k = m_layers.size(); k-- > 0;) { // as drawn: the top layer first
        const double below = k == 0 ? 0 : m_top[k - 1][index];
        if (!m_hidden.contains(m_layers[k].name))
            hover.rows.push_back({fillColor(m_layers[k].paint),
                                  m_layers[k].name,
                                  hoverText(m_top[k][index] - below, valueFormat()),
                                  {}});
    }
    return hover;
}

void StackedAreaChart::paintOver(QPainter& painter) {
    std::vector<GutterLabel> labels;
    for (size_t k = 0; k < m_layers.size(); ++k) {
        const double top = pixelY(m_top[k].back());
        const double bottom = pixelY(k == 0 ? 0 : m_top[k - 1].back());
        if (bottom - top >= 10)
            labels.push_back({(top + bottom) / 2, gutterText(m_layers[k])});
    }
    paintGutter(painter, labels);
}

bool StackedAreaChart::writeCsv(QIODevice& device) const {
    CsvLines lines(device);
    lines.heading("layer").heading("x").heading("share").endLine();
    for (size_t k = 0; k < m_layers.size(); ++k)
        for (size_t i = 0; i < m_x.size(); ++i)
            lines.name(m_layers[k].name).number(m_x[i]).number(m_top[k][i] - (k == 0 ? 0 : m_top[k - 1][i])).endLine();
    return lines.finish();
}

size_t StackedAreaChart::valueCount() const {
    return m_x.size() * m_layers.size();
}

} // namespace affinity::ui
