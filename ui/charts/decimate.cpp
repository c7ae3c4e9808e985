#include "ui/charts/decimate.h"

#include <algorithm>
#include <array>
#include <cmath>

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

void closePart(LineParts& parts, QList<QPointF>& part) {
    if (!part.isEmpty())
        parts.push_back(std::move(part));
    part = {};
}

} // namespace

LineParts decimate(std::span<const double> x, std::span<const double> y, double from, double to, int columns) {
    LineParts parts;
    if (x.empty() || x.size() != y.size() || columns < 1)
        return parts;
    const auto [begin, end] = rangeOf(x, from, to);
    const bool isSmall = end - begin <= 4 * static_cast<size_t>(columns);
    const double perColumn = to > from ? columns / (to - from) : 0;
    QList<QPointF> part;
    ColumnKeep keep;
    double column = -1;
    for (size_t i = begin; i < end; ++i) {
        if (std::isnan(y[i])) {
            keep.flush(part, x, y);
            closePart(parts, part);
            continue;
        }
        if (isSmall) {
            part.append(QPointF(x[i], y[i]));
            continue;
        }
        const double here = std::floor((x[i] - from) * perColumn);
        if (here != column) {
            keep.flush(part, x, y);
            column = here;
        }
        keep.add(i, y);
    }
    keep.flush(part, x, y);
    closePart(parts, part);
    return parts;
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
