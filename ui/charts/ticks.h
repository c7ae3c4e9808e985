// Where axis ticks go: round numbers, whole days, whole hours of the local day.
#pragma once

#include "ui/charts/chartvalues.h"

#include <QTimeZone>

#include <vector>

namespace affinity::ui {

struct Tick {
    double at = 0;
    QString text;
    bool operator==(const Tick&) const = default;
};

/// Multiples of 1, 2, 2.5 or 5 × 10ⁿ within [low, high], at most `most` of them (at least 2 asked for).
std::vector<double> roundTicks(double low, double high, int most);

/// [low, high] widened to the next round tick; equal ends become a range of at least 1 around them.
struct Range {
    double low = 0, high = 1;
    bool operator==(const Range&) const = default;
};
Range roundRange(double low, double high, int mostTicks);

/// "day 0", 15, 30 … for day indices.
std::vector<Tick> dayTicks(double low, double high, int most);

/// Local midnights, hours or minutes, whichever gives at most `most` ticks; text "22 Aug", "14:00" or "14:22:30".
/// Daylight saving time is right: ticks are at local wall-clock times.
std::vector<Tick> timeTicks(double lowUs, double highUs, const QTimeZone& zone, int most);

std::vector<Tick> xTicks(const XAxis& axis, double low, double high, int most);

/// How a point of the x axis is called in a hover box: "Day 60", "18 Oct", "18 Oct 14:32:08".
QString xHoverText(const XAxis& axis, double at, double span);

} // namespace affinity::ui
