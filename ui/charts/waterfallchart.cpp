#include "ui/charts/waterfallchart.h"

#include "ui/charts/csvlines.h"
#include "ui/shared/formatting.h"
#include "ui/shared/painting.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace affinity::ui {
namespace {

constexpr double leastRow = 16;  // pixels
constexpr double mostBar = 16;   // pixels
constexpr double figureGap = 6;  // between a bar and its figure
constexpr double cutBelow = 0.2; // changes that are less than this share of the totals need an axis without zero

double known(double change) {
    return std::isfinite(change) ? change : 0;
}

QString changeText(double change, ValueFormat format) {
    switch (format) {
    case ValueFormat::Compact:
        return (change > 0 ? QStringLiteral("+") : QString()) + compactText(change);
    case ValueFormat::Percent:
        return (change > 0 ? QStringLiteral("+") : QString()) + percentText(change);
    case ValueFormat::Number:
    case ValueFormat::Signed:
    case ValueFormat::Decimal:
        break;
    }
    return signedDecimalText(change, change == std::floor(change) ? 0 : 1);
}

QString totalText(double value, ValueFormat format) {
    return axisText(value, format == ValueFormat::Signed ? ValueFormat::Number : format);
}

} // namespace

double endOf(const WaterfallData& data) {
    double end = data.start;
    for (const WaterfallStep& step : data.steps)
        end += known(step.change);
    return end;
}

WaterfallChart::WaterfallChart(QWidget* parent) : ChartFrame(parent) {
}

void WaterfallChart::setData(WaterfallData parts) {
    m_data = std::move(parts);
    updateGeometry();
    refresh();
}

std::vector<WaterfallChart::Bar> WaterfallChart::bars() const {
    std::vector<Bar> made;
    if (m_data.steps.empty())
        return made;
    const size_t totals = (m_data.startName.isEmpty() ? 0U : 1U) + (m_data.endName.isEmpty() ? 0U : 1U);
    const size_t room = shownRows();
    const bool fits = m_data.steps.size() + totals <= room;
    const size_t own = fits ? m_data.steps.size() : std::max<size_t>(1, room - std::min(room, totals + 1));
    if (!m_data.startName.isEmpty())
        made.push_back({m_data.startName, totalText(m_data.start, valueFormat()), 0, m_data.start, m_data.start, true});
    double at = m_data.start;
    const auto add = [&](const QString& name, double change) {
        const double to = at + known(change);
        const QString figure = std::isfinite(change) ? changeText(change, valueFormat()) : tr("unknown");
        made.push_back({name, figure, at, to, change, false, true});
        at = to;
    };
    for (size_t i = 0; i < own; ++i)
        add(visibleText(m_data.steps[i].name), m_data.steps[i].change);
    if (own < m_data.steps.size()) { // what does not fit is one bar: the end still equals its parts
        double rest = 0;
        for (size_t i = own; i < m_data.steps.size(); ++i)
            rest += known(m_data.steps[i].change);
        add(tr("%n more", nullptr, static_cast<int>(m_data.steps.size() - own)), rest);
        made.back().isKey = false;
    }
    if (!m_data.endName.isEmpty())
        made.push_back({m_data.endName, totalText(at, valueFormat()), 0, at, at, true});
    return made;
}

size_t WaterfallChart::shownRows() const {
    return std::max<size_t>(3, static_cast<size_t>(plotRect().height() / leastRow));
}

QColor WaterfallChart::colorOf(const Bar& bar) const {
    if (bar.isTotal)
        return tokens().muted;
    return seriesColor(bar.change < 0 ? 1 : 0);
}

std::vector<LegendEntry> WaterfallChart::legend() const {
    if (m_data.steps.empty())
        return {};
    return {{tr("Gain"), seriesColor(0), SwatchShape::Square, true},
            {tr("Loss"), seriesColor(1), SwatchShape::Square, true},
            {tr("Total"), tokens().muted, SwatchShape::Square, true}};
}

void WaterfallChart::setSeriesShown(int, bool) {
}

std::optional<Range> WaterfallChart::dataX() const {
    const std::vector<Bar> all = bars();
    if (all.empty())
        return std::nullopt;
    Range range{all.front().to, all.front().to};
    for (const Bar& bar : all)
        range = {std::min({range.low, bar.to, bar.isTotal ? bar.to : bar.from}),
                 std::max({range.high, bar.to, bar.isTotal ? bar.to : bar.from})};
    const double spread = range.high - range.low;
    const bool isFar = spread > 0 && spread < cutBelow * std::min(std::abs(range.low), std::abs(range.high)) &&
                       range.low * range.high > 0;
    if (isFar)
        range = {roundRange(range.low - 0.2 * spread, range.high, 6).low, range.high + 0.05 * spread};
    else
        range = {std::min(0.0, range.low), std::max(0.0, range.high)};
    if (!(range.high > range.low))
        range.high = range.low + 1;
    // Room for the figures right of the bars.
    double widest = 0;
    for (const Bar& bar : all)
        widest = std::max<double>(widest, textWidth(ui::font(TextStyle::Label), bar.figure) + figureGap);
    const double plot = plotRect().width();
    const double share = std::min(0.5, widest / std::max(1.0, plot));
    range.high += (range.high - range.low) * share / (1 - share);
    return range;
}

Range WaterfallChart::dataY() const {
    return {0, std::max(1.0, static_cast<double>(bars().size()))};
}

std::vector<Tick> WaterfallChart::ticksOfX() const {
    const int most = std::max(2, static_cast<int>(plotRect().width() / 56));
    std::vector<Tick> ticks;
    for (const double at : roundTicks(rangeX().low, rangeX().high, most))
        ticks.push_back({at, totalText(at, valueFormat())});
    return ticks;
}

std::vector<Tick> WaterfallChart::ticksOfY() const {
    const std::vector<Bar> all = bars();
    std::vector<Tick> ticks;
    for (size_t i = 0; i < all.size(); ++i)
        ticks.push_back({static_cast<double>(all.size() - i) - 0.5, all[i].name});
    return ticks;
}

QFont WaterfallChart::fontOfY(size_t tick) const {
    const std::vector<Bar> all = bars();
    const bool isCode = m_data.hasCodeNames && tick < all.size() && all[tick].isKey;
    return ui::font(isCode ? TextStyle::Code : TextStyle::Caption);
}

void WaterfallChart::rebuild() {
    m_bars = bars();
}

void WaterfallChart::paintGrid(QPainter& painter) const {
    const QRectF plot = plotRect();
    for (const Tick& tick : ticksOfX())
        painter.fillRect(QRectF(std::round(pixelX(tick.at)), plot.y(), 1, plot.height()),
                         tick.at == 0 ? tokens().muted : tokens().grid);
}

void WaterfallChart::paintUnder(QPainter& painter) {
    const QRectF plot = plotRect();
    const double tall = plot.height() / std::max(1.0, static_cast<double>(m_bars.size()));
    const double bar = std::min(mostBar, std::round(tall * 0.62));
    painter.save();
    painter.setClipRect(plot.adjusted(-1, 0, 1, 0), Qt::IntersectClip);
    for (size_t i = 0; i < m_bars.size(); ++i) {
        const Bar& here = m_bars[i];
        const double middle = std::round(plot.y() + tall * (static_cast<double>(i) + 0.5));
        const double from = std::clamp(pixelX(here.from), plot.left(), plot.right());
        const double to = std::clamp(pixelX(here.to), plot.left(), plot.right());
        const double left = std::round(std::min(from, to));
        const double wide = std::max(here.change != 0 ? 2.0 : 0.0, std::round(std::abs(to - from)));
        if (!std::isfinite(here.change)) {
            paintHatch(painter, QRectF(left, middle - bar / 2, 14, bar));
        } else {
            drawBox(painter, QRectF(left, middle - bar / 2, wide, bar), 2, colorOf(here));
        }
        if (here.isTotal && rangeX().low > 0) // the axis does not start at zero: the bar is torn
            for (const double at : {left + 8, left + 12})
                for (int y = 0; y < static_cast<int>(bar) + 2; ++y)
                    painter.fillRect(QRectF(std::round(at - y * 0.4), middle - bar / 2 - 1 + y, 2, 1),
                                     tokens().surface);
        if (i + 1 < m_bars.size()) // the next bar begins where this one ends
            painter.fillRect(QRectF(std::round(to), middle + bar / 2, 1, tall - bar), tokens().borderStrong);
    }
    painter.restore();
}

void WaterfallChart::paintOver(QPainter& painter) {
    const QRectF plot = plotRect();
    const double tall = plot.height() / std::max(1.0, static_cast<double>(m_bars.size()));
    for (size_t i = 0; i < m_bars.size(); ++i) {
        const Bar& bar = m_bars[i];
        const QFont in = ui::font(bar.isTotal ? TextStyle::Label : TextStyle::Caption);
        const double middle = plot.y() + tall * (static_cast<double>(i) + 0.5);
        const double right = std::max(pixelX(bar.from), pixelX(bar.to));
        const double start = std::isfinite(bar.change) ? right : right + 14;
        drawText(painter, QRectF(start + figureGap, middle - 8, textWidth(in, bar.figure) + 2, 16), bar.figure, in,
                 bar.isTotal ? tokens().text : tokens().secondary);
    }
}

std::optional<Hover> WaterfallChart::hoverAt(double) const {
    return hoverAtPoint(0, 0.5); // the end
}

std::optional<Hover> WaterfallChart::hoverAtPoint(double, double y) const {
    if (m_bars.empty())
        return std::nullopt;
    const auto count = static_cast<double>(m_bars.size());
    const auto row = static_cast<size_t>(std::clamp(std::floor(count - y), 0.0, count - 1));
    const Bar& bar = m_bars[row];
    Hover hover;
    hover.x = bar.to;
    hover.y = count - static_cast<double>(row) - 0.5;
    hover.heading = bar.name;
    if (bar.isTotal) {
        hover.rows.push_back({colorOf(bar), tr("Total"), hoverText(bar.to, valueFormat()), std::nullopt});
        return hover;
    }
    const QString change = std::isfinite(bar.change) ? changeText(bar.change, valueFormat()) : tr("unknown");
    hover.rows.push_back({colorOf(bar), bar.change < 0 ? tr("Loss") : tr("Gain"), change, std::nullopt});
    hover.rows.push_back({tokens().muted, tr("Sum so far"), hoverText(bar.to, valueFormat()), std::nullopt});
    return hover;
}

void WaterfallChart::paintHoverMark(QPainter& painter, const Hover& hover) const {
    const QRectF plot = plotRect();
    const double tall = plot.height() / std::max(1.0, static_cast<double>(m_bars.size()));
    const double middle = pixelY(hover.y.value_or(0.5));
    drawBox(painter, QRectF(plot.x() - 4, middle - tall / 2, plot.width() + 8, tall), measure::radiusTag,
            Qt::transparent, tokens().borderStrong);
}

QPointF WaterfallChart::stepHover(QPointF from, int right, int up) const {
    const auto count = static_cast<double>(m_bars.size());
    return {from.x(), std::clamp(from.y() + up - right, 0.5, std::max(0.5, count - 0.5))};
}

bool WaterfallChart::writeCsv(QIODevice& device) const {
    CsvLines lines(device);
    lines.heading("part").heading("change").heading("after").endLine();
    if (!m_data.startName.isEmpty())
        lines.name(m_data.startName).empty().number(m_data.start).endLine();
    double at = m_data.start;
    for (const WaterfallStep& step : m_data.steps) {
        at += known(step.change);
        lines.name(step.name).number(step.change).number(at).endLine();
    }
    if (!m_data.endName.isEmpty())
        lines.name(m_data.endName).empty().number(at).endLine();
    return lines.finish();
}

size_t WaterfallChart::valueCount() const {
    return m_data.steps.size() + 2;
}

QSize WaterfallChart::sizeHint() const {
    return {320, static_cast<int>(m_data.steps.size() + 2) * 22 + 56};
}

} // namespace affinity::ui
