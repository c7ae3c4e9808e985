#include "ui/charts/linechart.h"

#include "ui/charts/csvlines.h"
#include "ui/shared/fonts.h"
#include "ui/shared/painting.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace affinity::ui {
namespace {

QPen penOf(const LineData& line) {
    QPen pen(lineColor(line.paint), line.width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (line.style == LineStyle::Dashed) {
        pen.setStyle(Qt::CustomDashLine);
        pen.setDashPattern({3, 2});
    }
    return pen;
}

/// Dark surfaces need a stronger tint to show the same step.
QColor bandFill(const BandData& band) {
    QColor color = lineColor(band.paint);
    color.setAlphaF(static_cast<float>(std::min(1.0, band.opacity * (tokens().theme == Theme::Dark ? 1.35 : 1.0))));
    return color;
}

/// The tint as it looks on the panel, for swatches.
QColor onSurface(const QColor& color) {
    const QColor below = tokens().surface;
    const float a = color.alphaF();
    const auto mix = [a](float top, float under) { return top * a + under * (1 - a); };
    return QColor::fromRgbF(mix(color.redF(), below.redF()), mix(color.greenF(), below.greenF()),
                            mix(color.blueF(), below.blueF()));
}

QList<QPointF> stepped(const QList<QPointF>& points) {
    QList<QPointF> steps;
    steps.reserve(points.size() * 2);
    for (qsizetype i = 0; i < points.size(); ++i) {
        if (i > 0)
            steps.append(QPointF(points.at(i).x(), points.at(i - 1).y()));
        steps.append(points.at(i));
    }
    return steps;
}

void widen(std::optional<Range>& range, const std::vector<double>& values) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double value : values) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    if (low <= high)
        range = range.has_value() ? Range{std::min(range->low, low), std::max(range->high, high)} : Range{low, high};
}

void join(std::optional<Range>& range, const std::optional<Range>& other) {
    if (other.has_value())
        range =
            range.has_value() ? Range{std::min(range->low, other->low), std::max(range->high, other->high)} : *other;
}

/// Ascending values: only the ends matter.
void widenByEnds(std::optional<Range>& range, const std::vector<double>& x) {
    if (!x.empty())
        widen(range, {x.front(), x.back()});
}

std::optional<size_t> lastFinite(const std::vector<double>& values) {
    for (size_t i = values.size(); i-- > 0;)
        if (std::isfinite(values[i]))
            return i;
    return std::nullopt;
}

} // namespace

LineChart::LineChart(QWidget* parent) : ChartFrame(parent) {
}

void LineChart::setData(std::vector<LineData> lines, std::vector<BandData> bands) {
    m_lines = std::move(lines);
    m_bands = std::move(bands);
    m_lineBlocks.clear();
    m_bandExtents.assign(m_bands.size(), std::nullopt);
    for (const LineData& line : m_lines)
        m_lineBlocks.push_back(minMaxBlocks(line.y));
    for (size_t i = 0; i < m_bands.size(); ++i) {
        widen(m_bandExtents[i], m_bands[i].low);
        widen(m_bandExtents[i], m_bands[i].high);
    }
    const auto hasEndLabel = [](const LineData& line) { return !line.endLabel.isEmpty(); };
    setGutter(std::any_of(m_lines.begin(), m_lines.end(), hasEndLabel));
    refresh();
}

void LineChart::setLine(LineData line) {
    std::vector<LineData> lines;
    lines.push_back(std::move(line));
    setData(std::move(lines));
}

bool LineChart::isShown(const QString& name) const {
    return !m_hidden.contains(name);
}

std::vector<LegendEntry> LineChart::legend() const {
    std::vector<LegendEntry> entries;
    for (const LineData& line : m_lines) {
        const SwatchShape shape = line.style == LineStyle::Dashed ? SwatchShape::Dash : SwatchShape::Line;
        entries.push_back({line.name, lineColor(line.paint), shape, isShown(line.name)});
    }
    for (auto band = m_bands.rbegin(); band != m_bands.rend(); ++band) // the inner band first
        entries.push_back({band->name, onSurface(bandFill(*band)), SwatchShape::Square, isShown(band->name)});
    return entries;
}

void LineChart::setSeriesShown(int index, bool isSeriesShown) {
    const std::vector<LegendEntry> entries = legend();
    if (index < 0 || index >= static_cast<int>(entries.size()))
        return;
    const QString name = entries[static_cast<size_t>(index)].name;
    m_hidden.removeAll(name);
    if (!isSeriesShown)
        m_hidden += name;
    refresh();
}

std::optional<Range> LineChart::dataX() const {
    std::optional<Range> range;
    for (const LineData& line : m_lines)
        widenByEnds(range, line.x);
    for (const BandData& band : m_bands)
        widenByEnds(range, band.x);
    return range;
}

Range LineChart::dataY() const {
    std::optional<Range> range;
    for (size_t i = 0; i < m_lines.size(); ++i)
        if (isShown(m_lines[i].name) && m_lineBlocks[i].hasValues)
            join(range, Range{m_lineBlocks[i].low, m_lineBlocks[i].high});
    for (size_t i = 0; i < m_bands.size(); ++i)
        if (isShown(m_bands[i].name))
            join(range, m_bandExtents[i]);
    return range.value_or(Range{0, 1});
}

void LineChart::rebuild() {
    std::vector<DrawnPart> parts;
    for (const BandData& band : m_bands)
        if (isShown(band.name))
            addBand(band, parts);
    // The first line is the subject: drawn last, on top.
    for (size_t i = m_lines.size(); i-- > 0;)
        if (isShown(m_lines[i].name))
            addLine(m_lines[i], m_lineBlocks[i], parts);
    setDrawn(parts);
}

void LineChart::addLine(const LineData& line, const MinMaxBlocks& blocks, std::vector<DrawnPart>& parts) const {
    const double pixel = (rangeX().high - rangeX().low) / std::max(1.0, plotRect().width());
    for (QList<QPointF>& points : decimate(line.x, line.y, blocks, rangeX().low, rangeX().high, columns())) {
        if (points.size() == 1) // alone between two gaps: a dash that can be seen
            points = {points.front() - QPointF(pixel, 0), points.front() + QPointF(pixel, 0)};
        if (line.isStepped)
            points = stepped(points);
        if (line.hasFill) {
            QColor tint = lineColor(line.paint);
            tint.setAlpha(tokens().theme == Theme::Dark ? 46 : 30);
            const QList<QPointF> floor{{points.front().x(), 0}, {points.back().x(), 0}};
            parts.push_back({points, floor, {}, tint});
        }
        parts.push_back({points, {}, penOf(line), {}});
    }
}

void LineChart::addBand(const BandData& band, std::vector<DrawnPart>& parts) const {
    const LineParts high = decimate(band.x, band.high, rangeX().low, rangeX().high, columns());
    const LineParts low = decimate(band.x, band.low, rangeX().low, rangeX().high, columns());
    for (size_t i = 0; i < std::min(high.size(), low.size()); ++i)
        parts.push_back({high[i], low[i], {}, bandFill(band)});
}

std::optional<Hover> LineChart::hoverAt(double x) const {
    Hover hover;
    std::vector<HoverRow> lows;
    double best = std::numeric_limits<double>::infinity();
    const auto consider = [&](const std::vector<double>& xs) {
        const qsizetype index = nearestIndex(xs, x);
        if (index >= 0 && std::abs(xs[static_cast<size_t>(index)] - x) < best) {
            best = std::abs(xs[static_cast<size_t>(index)] - x);
            hover.x = xs[static_cast<size_t>(index)];
        }
    };
    for (const LineData& line : m_lines)
        if (isShown(line.name))
            consider(line.x);
    for (const BandData& band : m_bands)
        if (isShown(band.name))
            consider(band.x);
    if (!std::isfinite(best))
        return std::nullopt;
    for (const BandData& band : m_bands) {
        const qsizetype found = nearestIndex(band.x, hover.x);
        if (!isShown(band.name) || found < 0)
            continue;
        const auto index = static_cast<size_t>(found);
        const QColor color = onSurface(bandFill(band));
        const QString highName = band.highLabel.isEmpty() ? tr("%1, upper").arg(band.name) : band.highLabel;
        const QString lowName = band.lowLabel.isEmpty() ? tr("%1, lower").arg(band.name) : band.lowLabel;
        hover.rows.push_back({color, highName, hoverText(band.high[index], valueFormat()), {}});
        lows.insert(lows.begin(), {color, lowName, hoverText(band.low[index], valueFormat()), {}});
    }
    for (const LineData& line : m_lines) {
        const qsizetype found = nearestIndex(line.x, hover.x);
        if (!isShown(line.name) || found < 0)
            continue;
        const double value = line.y[static_cast<size_t>(found)];
        const bool isKnown = std::isfinite(value);
        hover.rows.push_back({lineColor(line.paint), line.name,
                              isKnown ? hoverText(value, valueFormat()) : tr("unknown"),
                              isKnown && line.style == LineStyle::Solid ? std::optional<double>(value) : std::nullopt});
    }
    hover.rows.insert(hover.rows.end(), lows.begin(), lows.end());
    hover.heading = xHoverText(xAxis(), hover.x, rangeX().high - rangeX().low);
    return hover;
}

void LineChart::paintOver(QPainter& painter) {
    const QRectF plot = plotRect();
    std::vector<GutterLabel> labels;
    for (const LineData& line : m_lines) {
        const std::optional<size_t> last = lastFinite(line.y);
        if (!last.has_value() || !isShown(line.name))
            continue;
        const QPointF end(pixelX(line.x[*last]), pixelY(line.y[*last]));
        if (end.x() > plot.right() + 1)
            continue;
        if (line.marksEnd) {
            painter.setPen(QPen(tokens().surface, 2));
            painter.setBrush(lineColor(line.paint));
            painter.drawEllipse(end, 4.5, 4.5);
        }
        if (!line.endLabel.isEmpty())
            labels.push_back({end.y(), line.endLabel});
    }
    paintGutter(painter, labels);
    const QFont axis = ui::font(TextStyle::Axis);
    constexpr double labelHeight = 15;
    std::vector<double> taken; // tops of the labels drawn so far: nested bands may come close
    const auto drawLabel = [&](double right, double top, const QString& text) {
        for (const double other : taken) {
            if (std::abs(other - top) < labelHeight)
                return;
        }
        taken.push_back(top);
        drawText(painter, QRectF(right - 44, top, 44, labelHeight), text, axis, tokens().secondary,
                 Qt::AlignRight | Qt::AlignVCenter);
    };
    for (const BandData& band : m_bands) {
        const double at = rangeX().low + (rangeX().high - rangeX().low) * 0.93; // inside, near the right end
        const qsizetype found = nearestIndex(band.x, at);
        if (!isShown(band.name) || found < 0)
            continue;
        const auto index = static_cast<size_t>(found);
        const double right = pixelX(band.x[index]) + 12;
        const double high = pixelY(band.high[index]);
        const double low = pixelY(band.low[index]);
        if (low - high < 32) // no room for both inside
            continue;
        drawLabel(right, high + 1, band.highLabel);
        drawLabel(right, low - 16, band.lowLabel);
    }
}

bool LineChart::writeCsv(QIODevice& device) const {
    CsvLines lines(device);
    lines.heading("series").heading("x").heading("value").endLine();
    const auto add = [&lines](const QString& name, const std::vector<double>& x, const std::vector<double>& y) {
        for (size_t i = 0; i < x.size(); ++i)
            lines.name(name).number(x[i]).number(y[i]).endLine();
    };
    for (const LineData& line : m_lines)
        add(line.name, line.x, line.y);
    for (const BandData& band : m_bands) {
        add(band.lowLabel.isEmpty() ? tr("%1, lower").arg(band.name) : band.lowLabel, band.x, band.low);
        add(band.highLabel.isEmpty() ? tr("%1, upper").arg(band.name) : band.highLabel, band.x, band.high);
    }
    return lines.finish();
}

size_t LineChart::valueCount() const {
    size_t count = 0;
    for (const LineData& line : m_lines)
        count += line.x.size();
    for (const BandData& band : m_bands)
        count += 2 * band.x.size();
    return count;
}

FanChart::FanChart(QWidget* parent) : LineChart(parent) {
    setXAxis({XKind::Day, QTimeZone::utc(), {}});
}

void FanChart::setFan(const FanData& fan) {
    std::vector<LineData> lines;
    LineData median;
    median.name = fan.medianName.isEmpty() ? tr("Draft median") : fan.medianName;
    median.x = fan.x;
    median.y = fan.p50;
    lines.push_back(median);
    if (!fan.liveP50.empty()) {
        LineData live;
        live.name = fan.liveName.isEmpty() ? tr("Live median") : fan.liveName;
        live.x = fan.x;
        live.y = fan.liveP50;
        live.paint = baselinePaint;
        live.style = LineStyle::Dashed;
        live.width = 1.5;
        lines.push_back(live);
    }
    BandData outer{tr("10 to 90%"), fan.x, fan.p10, fan.p90, {}, 0.14, QStringLiteral("10%"), QStringLiteral("90%")};
    // Drawn over the outer band, so the two tints add up.
    BandData inner{tr("25 to 75%"), fan.x, fan.p25, fan.p75, {}, 0.23, QStringLiteral("25%"), QStringLiteral("75%")};
    setData(std::move(lines), {std::move(outer), std::move(inner)});
}

} // namespace affinity::ui
