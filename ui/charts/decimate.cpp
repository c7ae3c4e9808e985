#include "ui/charts/decimate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace affinity::ui {
namespace {

/// What one pixel column keeps: indices of its first, lowest, highest and last point.
struct ColumnKeep {
    size_t first = 0, lowest = 0, highest = 0, last = 0;
    bool isEmpty = true;

    void add(size_t index, std::span<const double> y) {
        if (isEmpty) {
            first = lowest = highest = last = index;
            isEmpty = false;
            return;
        }
        if (y[index] < y[lowest])
            lowest = index;
        if (y[index] > y[highest])
            highest = index;
        last = index;
    }

    /// All points of a block at once.
    void add(size_t begin, size_t end, const MinMaxBlocks::Block& block, std::span<const double> y) {
        if (isEmpty)
            add(begin, y);
        if (block.low < y[lowest])
            lowest = begin + block.lowAt;
        if (block.high > y[highest])
            highest = begin + block.highAt;
        last = end - 1;
    }

    void flush(QList<QPointF>& into, std::span<const double> x, std::span<const double> y) {
        if (isEmpty)
            return;
        std::array<size_t, 4> kept{first, std::min(lowest, highest), std::max(lowest, highest), last};
        for (size_t i = 0; i < kept.size(); ++i)
            if (i == 0 || kept[i] != kept[i - 1])
                into.append(QPointF(x[kept[i]], y[kept[i]]));
        isEmpty = true;
    }
};

/// The points to look at: those within, and one more on each side.
std::pair<size_t, size_t> rangeOf(std::span<const double> x, double from, double to) {
    const auto low = std::lower_bound(x.begin(), x.end(), from);
    const auto high = std::upper_bound(x.begin(), x.end(), to);
    const auto begin = static_cast<size_t>(low - x.begin());
    const auto end = static_cast<size_t>(high - x.begin());
    return {begin > 0 ? begin - 1 : 0, std::min(x.size(), end + 1)};
}

} // namespace

namespace {

/// The scan of both decimate() functions; `blocks` may be null.
class Scan {
public:
    Scan(std::span<const double> x, std::span<const double> y, const MinMaxBlocks* blocks)
        : m_x(x), m_y(y), m_blocks(blocks) {}

    void addPoint(size_t index) {
        if (std::isnan(m_y[index]))
            breakLine();
        else
            m_keep.add(index, m_y);
    }

    /// Points begin … end − 1, all of one column.
    void addColumn(size_t begin, size_t end) {
        constexpr size_t size = MinMaxBlocks::size;
        size_t i = begin;
        while (i < end) {
            const bool isWholeBlock = m_blocks != nullptr && i % size == 0 && i + size <= end;
            if (isWholeBlock && !m_blocks->blocks[i / size].hasGap) {
                m_keep.add(i, i + size, m_blocks->blocks[i / size], m_y);
                i += size;
            } else {
                addPoint(i++);
            }
        }
    }

    void endColumn() { m_keep.flush(m_part, m_x, m_y); }

    void breakLine() {
        endColumn();
        if (!m_part.isEmpty())
            m_parts.push_back(std::move(m_part));
        m_part = {};
    }

    LineParts take() {
        breakLine();
        return std::move(m_parts);
    }

private:
    std::span<const double> m_x, m_y;
    const MinMaxBlocks* m_blocks;
    LineParts m_parts;
    QList<QPointF> m_part;
    ColumnKeep m_keep;
};

/// First index in [begin, end) whose x is in a column after `column`; looks near `begin` first.
template<typename ColumnOf> size_t endOfColumn(size_t begin, size_t end, double column, const ColumnOf& columnOf) {
    size_t step = 1;
    size_t low = begin;
    while (low + step < end && columnOf(low + step) <= column) {
        low += step;
        step *= 2;
    }
    size_t high = std::min(end, low + step);
    while (high - low > 1) { // columnOf(low) <= column, and high is the end or beyond the column
        const size_t middle = low + (high - low) / 2;
        (columnOf(middle) <= column ? low : high) = middle;
    }
    return high;
}

LineParts decimateBy(std::span<const double> x, std::span<const double> y, const MinMaxBlocks* blocks, double from,
                     double to, int columns) {
    if (x.empty() || x.size() != y.size() || columns < 1)
        return {};
    const auto [begin, end] = rangeOf(x, from, to);
    Scan scan(x, y, blocks);
    const bool isSmall = end - begin <= 4 * static_cast<size_t>(columns);
    const double perColumn = to > from ? columns / (to - from) : 0;
    const auto columnOf = [&](size_t i) { return std::floor((x[i] - from) * perColumn); };
    for (size_t i = begin; i < end;) {
        const size_t next = isSmall ? i + 1 : endOfColumn(i, end, columnOf(i), columnOf);
        scan.addColumn(i, next);
        scan.endColumn();
        i = next;
    }
    return scan.take();
}

} // namespace

LineParts decimate(std::span<const double> x, std::span<const double> y, double from, double to, int columns) {
    return decimateBy(x, y, nullptr, from, to, columns);
}

LineParts decimate(std::span<const double> x, std::span<const double> y, const MinMaxBlocks& blocks, double from,
                   double to, int columns) {
    const bool areOfThis = blocks.blocks.size() == (y.size() + MinMaxBlocks::size - 1) / MinMaxBlocks::size;
    return decimateBy(x, y, areOfThis ? &blocks : nullptr, from, to, columns);
}

MinMaxBlocks minMaxBlocks(std::span<const double> y) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr size_t size = MinMaxBlocks::size;
    MinMaxBlocks made;
    made.blocks.reserve((y.size() + size - 1) / size);
    made.low = infinity;
    made.high = -infinity;
    for (size_t begin = 0; begin < y.size(); begin += size) {
        MinMaxBlocks::Block block;
        block.low = infinity;
        block.high = -infinity;
        const size_t count = std::min(size, y.size() - begin);
        for (size_t i = 0; i < count; ++i) {
            const double value = y[begin + i];
            block.hasGap = block.hasGap || !std::isfinite(value); // rare: then the points are looked at one by one
            if (value < block.low) {
                block.low = value;
                block.lowAt = static_cast<unsigned char>(i);
            }
            if (value > block.high) {
                block.high = value;
                block.highAt = static_cast<unsigned char>(i);
            }
        }
        if (block.hasGap)
            for (size_t i = 0; i < count; ++i) {
                const double value = y[begin + i];
                made.low = std::isfinite(value) ? std::min(made.low, value) : made.low;
                made.high = std::isfinite(value) ? std::max(made.high, value) : made.high;
            }
        else {
            made.low = std::min(made.low, block.low);
            made.high = std::max(made.high, block.high);
        }
        made.blocks.push_back(block);
    }
    made.hasValues = made.low <= made.high;
    return made;
}

qsizetype nearestIndex(std::span<const double> x, double at) {
    if (x.empty())
        return -1;
    const auto above = std::lower_bound(x.begin(), x.end(), at);
    if (above == x.begin())
        return 0;
    if (above == x.end())
        return static_cast<qsizetype>(x.size()) - 1;
    const auto below = above - 1;
    return (at - *below <= *above - at ? below : above) - x.begin();
}

} // namespace affinity::ui
