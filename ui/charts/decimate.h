// Reduces a series to the lowest and highest value per pixel column, so that a spike never vanishes.
#pragma once

#include <QList>
#include <QPointF>

#include <span>
#include <vector>

namespace affinity::ui {

/// Unbroken stretches of a line, each ready for QXYSeries::replace().
using LineParts = std::vector<QList<QPointF>>;

/// `x` ascending, same size as `y`; a NaN in `y` ends a part. Points outside [from, to] are left out except the nearest
/// one on each side, so that the line runs to the edges. Each of the `columns` equal columns keeps its first, lowest,
/// highest and last point in their order of x: at most four points a column. Fewer points than that pass unchanged.
/// O(n) in the points between from and to.
LineParts decimate(std::span<const double> x, std::span<const double> y, double from, double to, int columns);

/// Lowest and highest value of each `size` points of a long series, so that a zoom step reads a 64th of them. 5 % of
/// the memory of y. Stays right only as long as y does.
struct MinMaxBlocks {
    static constexpr size_t size = 64;
    struct Block {
        double low = 0, high = 0;
        unsigned char lowAt = 0, highAt = 0; // place of the first lowest and highest in the block
        bool hasGap = false;                 // something not finite is among them: look at each point
    };
    std::vector<Block> blocks;
    double low = 0, high = 0; // of all finite values
    bool hasValues = false;   // false: low and high say nothing
};

/// One pass over y.
MinMaxBlocks minMaxBlocks(std::span<const double> y);

/// The same points as above, found by the blocks: O(columns · (log n + 128) + n / 64). `blocks` are of this `y`.
LineParts decimate(std::span<const double> x, std::span<const double> y, const MinMaxBlocks& blocks, double from,
                   double to, int columns);

/// Index of the value of `x` (ascending) nearest to `at`; −1 when empty.
qsizetype nearestIndex(std::span<const double> x, double at);

} // namespace affinity::ui
