// Plain values that charts are given: axes, series, bands, levels. No Qt Charts type leaves ui/charts.
#pragma once

#include "ui/shared/tokens.h"

#include <QString>
#include <QTimeZone>

#include <vector>

namespace affinity::ui {

/// Which colour a series has; resolved from the tokens at paint time, so charts follow the theme.
struct SeriesPaint {
    enum class Kind { Series, Level, Baseline, Text, Danger, Warn };
    Kind kind = Kind::Series;
    int index = 0;        // series 0 … 5 or level
    int highestLevel = 6; // with Kind::Level
    bool operator==(const SeriesPaint&) const = default;
};
SeriesPaint seriesPaint(int index);
SeriesPaint levelPaint(int level, int highestLevel);
inline constexpr SeriesPaint baselinePaint{SeriesPaint::Kind::Baseline, 0, 6};
QColor lineColor(const SeriesPaint& paint, const Tokens& in = tokens());
QColor fillColor(const SeriesPaint& paint, const Tokens& in = tokens());

enum class LineStyle { Solid, Dashed };

/// Value over x. `x` ascending; a NaN in `y` is a gap: the line breaks there. Sizes are equal.
struct LineData {
    QString name;
    std::vector<double> x, y;
    SeriesPaint paint;
    LineStyle style = LineStyle::Solid;
    double width = 2;       // logical pixels; baselines 1.5
    bool hasFill = false;   // tint between the line and zero
    bool isStepped = false; // the value holds until the next point (value after each event)
    bool marksEnd = false;  // a dot on the last value
    QString endLabel;       // in the right gutter: "L4", "live"
    bool operator==(const LineData&) const = default;
};

/// An area between two curves, e.g. the 10th and 90th percentile.
struct BandData {
    QString name;
    std::vector<double> x, low, high;
    SeriesPaint paint;
    double opacity = 0.16;
    QString lowLabel, highLabel; // "10%", "90%": drawn at the right end, inside
    bool operator==(const BandData&) const = default;
};

/// A stretch of x of which nothing is known: hatched, lines broken.
struct GapData {
    double from = 0, to = 0;
    QString label;
    bool operator==(const GapData&) const = default;
};

/// A level as a threshold on the value axis; ascending by `from`.
struct LevelStep {
    int level = 0;
    double from = 0;
    bool operator==(const LevelStep&) const = default;
};

enum class LevelShow {
    None,
    Bands, // tinted bands, hairlines, strip and labels in the gutter
    Lines, // hairlines, strip and labels only: where areas are drawn
};

enum class XKind {
    Day,   // day index: "day 0", 15, 30 …
    Time,  // microseconds since epoch UTC, shown in the zone
    Number // plain values, e.g. points
};

struct XAxis {
    XKind kind = XKind::Number;
    QTimeZone zone = QTimeZone::utc(); // with Time
    QString word;                      // hover heading of Number: "points"; empty: the number alone
    bool operator==(const XAxis&) const = default;
};

enum class ValueFormat {
    Number,  // 3,482
    Compact, // 250k on the axis, exact numbers in the hover box
    Signed,  // +40
    Percent, // values are shares 0 … 1
    Decimal, // one digit after the point
};
QString axisText(double value, ValueFormat format);
QString hoverText(double value, ValueFormat format);

/// A vertical line with words, e.g. "now 14:32" or an alert.
struct MarkData {
    double x = 0;
    QString label;
    Tone tone = Tone::Neutral;
    bool operator==(const MarkData&) const = default;
};

/// A horizontal limit, e.g. "budget 5.00 M": dashed in its tone.
struct LimitData {
    double y = 0;
    QString label;
    Tone tone = Tone::Danger;
    bool operator==(const LimitData&) const = default;
};

/// One stacked layer of bars or areas; `values` per category or per x.
struct LayerData {
    QString name;
    std::vector<double> values;
    SeriesPaint paint;
    bool operator==(const LayerData&) const = default;
};

} // namespace affinity::ui
