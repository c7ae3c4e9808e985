#include "ui/charts/heatmap.h"

#include "ui/charts/csvlines.h"
#include "ui/shared/formatting.h"
#include "ui/shared/painting.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace affinity::ui {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double rowTextHeight = 14;
constexpr double cellWithEdge = 8; // pixels: from this size on cells are kept apart by a hairline

QColor mixed(const QColor& from, const QColor& to, double share) {
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return {mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue())};
}

/// Cells [first, end) that a pixel covers.
struct CellSpan {
    size_t first = 0, end = 0;
    bool operator==(const CellSpan&) const = default;
};

std::vector<CellSpan> spansOf(double from, double to, int pixels, size_t cells) {
    std::vector<CellSpan> spans;
    const double perPixel = (to - from) / pixels;
    for (int i = 0; i < pixels; ++i) {
        const double low = std::floor(from + perPixel * i + 1e-9);
        const double high = std::ceil(from + perPixel * (i + 1) - 1e-9);
        const auto first = static_cast<size_t>(std::clamp(low, 0.0, static_cast<double>(cells)));
        const auto end = static_cast<size_t>(std::clamp(high, 0.0, static_cast<double>(cells)));
        spans.push_back({first, std::max(first, end)});
    }
    return spans;
}

/// One line of pixels over the rows of `rows`.
std::vector<double> reduceRows(const HeatData& data, const CellSpan& rows, const std::vector<CellSpan>& columns) {
    std::vector<double> line(columns.size(), nan);
    for (size_t px = 0; px < columns.size(); ++px) {
        double sum = 0;
        double highest = -std::numeric_limits<double>::infinity();
        size_t known = 0;
        for (size_t row = rows.first; row < rows.end; ++row)
            for (size_t column = columns[px].first; column < columns[px].end; ++column) {
                const double value = data.values[row * data.columnCount + column];
                if (!std::isfinite(value))
                    continue;
                sum += value;
                highest = std::max(highest, value);
                ++known;
            }
        if (known > 0)
            line[px] = data.reduce == HeatReduce::Highest ? highest : sum / static_cast<double>(known);
    }
    return line;
}

size_t rowsOf(const HeatData& data) {
    return data.columnCount == 0 ? 0 : data.values.size() / data.columnCount;
}

} // namespace

QColor heatColor(double share, const Tokens& in) {
    constexpr double middle = 0.6; // here the ramp is S1 itself
    const QColor series = seriesColor(0, in);
    const QColor strong = in.theme == Theme::Dark ? mixed(series, in.text, 0.75) : mixed(series, in.text, 0.7);
    if (!(share > 0))
        return in.surface;
    const double place = std::min(share, 1.0);
    if (place >= middle)
        return mixed(series, strong, (place - middle) / (1 - middle));
    constexpr double least = 0.1; // the smallest value differs from none
    return mixed(in.surface, series, least + (1 - least) * place / middle);
}

std::vector<double> reduceHeat(const HeatData& data, double fromColumn, double toColumn, int width, int height,
                               bool isTopDown) {
    const size_t rowCount = rowsOf(data);
    std::vector<double> pixels;
    if (rowCount == 0 || width < 1 || height < 1 || !(toColumn > fromColumn))
        return pixels;
    pixels.reserve(static_cast<size_t>(width) * static_cast<size_t>(height));
    const std::vector<CellSpan> columns = spansOf(fromColumn, toColumn, width, data.columnCount);
    const std::vector<CellSpan> rows = spansOf(0, static_cast<double>(rowCount), height, rowCount);
    std::vector<double> line;
    CellSpan of{1, 0};
    for (int y = 0; y < height; ++y) {
        const CellSpan span = rows[static_cast<size_t>(isTopDown ? y : height - 1 - y)];
        if (span != of)
            line = reduceRows(data, span, columns);
        of = span;
        pixels.insert(pixels.end(), line.begin(), line.end());
    }
    return pixels;
}

HeatMap::HeatMap(QWidget* parent) : ChartFrame(parent) {
}

void HeatMap::setData(HeatData grid) {
    m_data = std::move(grid);
    m_data.values.resize(rowsOf(m_data) * m_data.columnCount);
    m_highest = 0;
    m_hasUnknown = false;
    for (const double value : m_data.values) {
        m_hasUnknown = m_hasUnknown || !std::isfinite(value);
        m_highest = std::isfinite(value) ? std::max(m_highest, value) : m_highest;
    }
    refresh();
}

size_t HeatMap::rowCount() const {
    return rowsOf(m_data);
}

bool HeatMap::hasRowNames() const {
    return !m_data.rowNames.isEmpty();
}

double HeatMap::strongest() const {
    const double highest = m_data.highest.value_or(m_highest);
    return highest > 0 ? highest : 1;
}

std::vector<LegendEntry> HeatMap::legend() const {
    return {};
}

void HeatMap::setSeriesShown(int, bool) {
} // one grid, it stays

std::optional<Range> HeatMap::dataX() const {
    if (m_data.values.empty())
        return std::nullopt;
    const auto count = static_cast<double>(m_data.columnCount);
    return m_data.columnNames.isEmpty() ? Range{m_data.firstX, m_data.firstX + m_data.stepX * count} : Range{0, count};
}

Range HeatMap::dataY() const {
    const auto rows = static_cast<double>(rowCount());
    if (rows == 0)
        return {0, 1};
    return hasRowNames() ? Range{0, rows} : Range{m_data.firstY, m_data.firstY + m_data.stepY * rows};
}

double HeatMap::leastSpan() const {
    const double step = m_data.columnNames.isEmpty() ? m_data.stepX : 1;
    return 2 * step;
}

double HeatMap::columnOf(double x) const {
    return m_data.columnNames.isEmpty() ? (x - m_data.firstX) / m_data.stepX : x;
}

size_t HeatMap::columnAt(double x) const {
    return static_cast<size_t>(std::clamp(std::floor(columnOf(x)), 0.0, static_cast<double>(m_data.columnCount) - 1));
}

size_t HeatMap::rowAt(double y) const {
    const auto rows = static_cast<double>(rowCount());
    const double row = hasRowNames() ? std::ceil(rows - y) - 1 : std::floor((y - m_data.firstY) / m_data.stepY);
    return static_cast<size_t>(std::clamp(row, 0.0, rows - 1));
}

double HeatMap::valueAt(size_t column, size_t row) const {
    return m_data.values[row * m_data.columnCount + column];
}

double HeatMap::cellCenterY(size_t row) const {
    const double place = static_cast<double>(row) + 0.5;
    return hasRowNames() ? static_cast<double>(rowCount()) - place : m_data.firstY + m_data.stepY * place;
}

std::vector<Tick> HeatMap::ticksOfX() const {
    const Range all = dataX().value_or(rangeX());
    std::vector<Tick> ticks;
    if (m_data.columnNames.isEmpty()) {
        // A day's name stands below the middle of its column, the start of a bin at its edge.
        const double shift = xAxis().kind == XKind::Number ? 0 : m_data.stepX / 2;
        for (Tick tick : ChartFrame::ticksOfX()) {
            tick.at += shift;
            if (tick.at <= all.high && tick.at <= rangeX().high + shift)
                ticks.push_back(tick);
        }
        return ticks;
    }
    double widest = 0;
    for (const QString& name : m_data.columnNames)
        widest = std::max<double>(widest, textWidth(ui::font(TextStyle::Axis), name));
    const double perColumn = plotRect().width() / std::max(1e-9, rangeX().high - rangeX().low);
    qsizetype step = 1;
    for (const qsizetype candidate : {1, 2, 3, 4, 6, 7, 12, 14, 24, 30, 60, 90, 180, 365}) {
        step = candidate;
        if (perColumn * static_cast<double>(candidate) >= widest + 14)
            break;
    }
    for (qsizetype i = 0; i < m_data.columnNames.size(); i += step) {
        const double at = static_cast<double>(i) + 0.5;
        if (at >= rangeX().low && at <= rangeX().high)
            ticks.push_back({at, m_data.columnNames.at(i)});
    }
    return ticks;
}

std::vector<Tick> HeatMap::ticksOfY() const {
    const size_t rows = rowCount();
    std::vector<Tick> ticks;
    if (!hasRowNames()) {
        const Range range = dataY();
        const int most = std::clamp(static_cast<int>(plotRect().height() / 26) + 1, 3, 8);
        for (const double at : roundTicks(range.low, range.high, most))
            ticks.push_back({at, axisText(at, ValueFormat::Number)});
        return ticks;
    }
    const double perRow = plotRect().height() / static_cast<double>(std::max<size_t>(1, rows));
    const auto step = static_cast<size_t>(std::max(1.0, std::ceil(rowTextHeight / perRow)));
    for (size_t row = 0; row < rows; row += step)
        ticks.push_back({cellCenterY(row), rowText(row)});
    return ticks;
}

QFont HeatMap::fontOfY(size_t) const {
    return m_data.hasCodeRows ? ui::font(TextStyle::Code) : ui::font(TextStyle::Axis);
}

void HeatMap::rebuild() {
    m_image = {};
}

void HeatMap::makeImage(double scale) {
    const QRectF plot = plotRect();
    const int width = std::max(1, static_cast<int>(std::lround(plot.width() * scale)));
    const int height = std::max(1, static_cast<int>(std::lround(plot.height() * scale)));
    constexpr size_t steps = 256;
    std::array<QRgb, steps> ramp{};
    for (size_t i = 0; i < steps; ++i)
        ramp[i] = heatColor(static_cast<double>(i) / (steps - 1)).rgb();
    const std::vector<double> pixels =
        reduceHeat(m_data, columnOf(rangeX().low), columnOf(rangeX().high), width, height, hasRowNames());
    m_image = QImage(width, height, QImage::Format_ARGB32_Premultiplied);
    m_imageScale = scale;
    const double most = strongest();
    for (int y = 0; y < height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(y));
        for (int x = 0; x < width; ++x) {
            const double value = pixels[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
            // At least step 1 above zero: the smallest value is seen.
            const double step = std::clamp(std::ceil(value / most * (steps - 1)), 0.0, steps - 1.0);
            line[x] = std::isfinite(value) ? ramp[static_cast<size_t>(step)] : qRgba(0, 0, 0, 0);
        }
    }
}

void HeatMap::paintGrid(QPainter&) const {
}

QRectF HeatMap::cellBox(size_t column, size_t row) const {
    const bool isNamed = !m_data.columnNames.isEmpty();
    const auto xOf = [&](double c) { return pixelX(isNamed ? c : m_data.firstX + m_data.stepX * c); };
    const double left = xOf(static_cast<double>(column));
    const double right = xOf(static_cast<double>(column) + 1);
    const double tall = plotRect().height() / static_cast<double>(rowCount());
    return {left, pixelY(cellCenterY(row)) - tall / 2, right - left, tall};
}

void HeatMap::paintUnder(QPainter& painter) {
    const QRectF plot = plotRect();
    const double scale = painter.deviceTransform().m11();
    if (m_image.isNull() || m_imageScale != scale)
        makeImage(scale);
    if (m_hasUnknown)
        paintHatch(painter, plot);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(plot, m_image);
    const QRectF cell = cellBox(columnAt(rangeX().low), 0);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (cell.height() >= cellWithEdge)
        for (size_t row = 1; row < rowCount(); ++row)
            painter.fillRect(
                QRectF(plot.x(), std::round(plot.y() + cell.height() * static_cast<double>(row)), plot.width(), 1),
                tokens().surface);
    if (cell.width() >= cellWithEdge)
        for (double x = cell.right(); x < plot.right() - 1; x += cell.width())
            painter.fillRect(QRectF(std::round(x), plot.y(), 1, plot.height()), tokens().surface);
    // Zero has the panel's colour: a hairline says where the grid ends.
    painter.fillRect(QRectF(plot.x(), plot.bottom(), plot.width(), 1), tokens().borderStrong);
    painter.fillRect(QRectF(plot.x() - 1, plot.y(), 1, plot.height() + 1), tokens().border);
}

void HeatMap::paintOver(QPainter& painter) {
    paintKey(painter);
}

void HeatMap::paintKey(QPainter& painter) const {
    constexpr double rampWidth = 72, rampHeight = 8, gap = 6;
    const QFont in = ui::font(TextStyle::Axis);
    const QString most = axisText(strongest(), valueFormat());
    const QString zero = axisText(0, valueFormat());
    double right = plotRect().right();
    const auto write = [&](const QString& text) {
        const double wide = textWidth(in, text);
        drawText(painter, QRectF(right - wide, 0, wide + 1, 16), text, in, tokens().muted);
        right -= wide + gap;
    };
    write(most);
    const QRectF ramp(right - rampWidth, 4, rampWidth, rampHeight);
    for (int i = 0; i < static_cast<int>(rampWidth); ++i)
        painter.fillRect(QRectF(ramp.x() + i, ramp.y(), 1, rampHeight), heatColor(i / (rampWidth - 1)));
    drawBox(painter, ramp, 0, Qt::transparent, tokens().border);
    right = ramp.x() - gap;
    write(zero);
    if (m_hasUnknown) {
        right -= gap;
        write(tr("unknown"));
        paintHatch(painter, QRectF(right - 14, 4, 14, rampHeight));
    }
}

QString HeatMap::rowText(size_t row) const {
    if (hasRowNames())
        return visibleText(m_data.rowNames.value(static_cast<qsizetype>(row)));
    const double from = m_data.firstY + m_data.stepY * static_cast<double>(row);
    const bool isWhole = m_data.stepY == std::floor(m_data.stepY) && from == std::floor(from);
    QString words = decimalText(from, isWhole ? 0 : 2);
    if (!isWhole)
        words = tr("%1 to %2").arg(words, decimalText(from + m_data.stepY, 2));
    else if (m_data.stepY > 1)
        words = tr("%1 to %2").arg(words, decimalText(from + m_data.stepY - 1, 0));
    return m_data.rowWord.isEmpty() ? words : QStringLiteral("%1 %2").arg(words, m_data.rowWord);
}

std::optional<Hover> HeatMap::hoverAt(double x) const {
    const size_t top = hasRowNames() || rowCount() == 0 ? 0 : rowCount() - 1;
    return hoverAtPoint(x, cellCenterY(top));
}

std::optional<Hover> HeatMap::hoverAtPoint(double x, double y) const {
    if (m_data.values.empty())
        return std::nullopt;
    const size_t column = columnAt(x);
    const size_t row = rowAt(y);
    const bool isNamed = !m_data.columnNames.isEmpty();
    const double start =
        isNamed ? static_cast<double>(column) : m_data.firstX + m_data.stepX * static_cast<double>(column);
    Hover hover;
    hover.x = start + (isNamed ? 0.5 : m_data.stepX / 2);
    hover.y = cellCenterY(row);
    const QString columnText = isNamed ? visibleText(m_data.columnNames.value(static_cast<qsizetype>(column)))
                                       : xHoverText(xAxis(), start, rangeX().high - rangeX().low);
    hover.heading = QStringLiteral("%1 · %2").arg(columnText, rowText(row));
    const double value = valueAt(column, row);
    const bool isKnown = std::isfinite(value);
    hover.rows.push_back({isKnown ? heatColor(value / strongest()) : tokens().warnFill, m_data.name,
                          isKnown ? hoverText(value, valueFormat()) : tr("unknown"), std::nullopt});
    return hover;
}

void HeatMap::paintHoverMark(QPainter& painter, const Hover& hover) const {
    const QRectF cell = cellBox(columnAt(hover.x), rowAt(*hover.y)).intersected(plotRect());
    const double wide = std::max(4.0, cell.width());
    const double tall = std::max(4.0, cell.height());
    const QRectF mark(cell.center().x() - wide / 2, cell.center().y() - tall / 2, wide, tall);
    drawBox(painter, mark.adjusted(-2, -2, 2, 2), 2, Qt::transparent, tokens().surface, 3); // seen on any colour
    drawBox(painter, mark.adjusted(-1, -1, 1, 1), 2, Qt::transparent, tokens().text, 1.5);
}

QPointF HeatMap::stepHover(QPointF from, int right, int up) const {
    const double step = m_data.columnNames.isEmpty() ? m_data.stepX : 1;
    const Range all = dataX().value_or(rangeX());
    const Range rows = dataY();
    const double tall = (rows.high - rows.low) / static_cast<double>(rowCount());
    return {std::clamp(from.x() + right * step, all.low + step / 2, all.high - step / 2),
            std::clamp(from.y() + up * tall, rows.low + tall / 2, rows.high - tall / 2)};
}

bool HeatMap::writeCsv(QIODevice& device) const {
    CsvLines lines(device);
    lines.heading("column").heading("row").name(m_data.name).endLine();
    for (size_t row = 0; row < rowCount(); ++row) {
        for (size_t column = 0; column < m_data.columnCount; ++column) {
            if (m_data.columnNames.isEmpty())
                lines.number(m_data.firstX + m_data.stepX * static_cast<double>(column));
            else
                lines.name(m_data.columnNames.value(static_cast<qsizetype>(column)));
            if (hasRowNames())
                lines.name(m_data.rowNames.value(static_cast<qsizetype>(row)));
            else
                lines.number(m_data.firstY + m_data.stepY * static_cast<double>(row));
            lines.number(valueAt(column, row)).endLine();
        }
    }
    return lines.finish();
}

size_t HeatMap::valueCount() const {
    return m_data.values.size();
}

} // namespace affinity::ui
