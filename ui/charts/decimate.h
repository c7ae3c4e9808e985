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

/// Index of the value of `x` (ascending) nearest to `at`; −1 when empty.
qsizetype nearestIndex(std::span<const double> x, double at);

} // namespace affinity::ui
