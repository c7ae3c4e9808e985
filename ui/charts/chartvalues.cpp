#include "ui/charts/chartvalues.h"

#include "ui/shared/formatting.h"

#include <cmath>

namespace affinity::ui {

SeriesPaint seriesPaint(int index) {
    return {SeriesPaint::Kind::Series, index, 6};
}

SeriesPaint levelPaint(int level, int highestLevel) {
    return {SeriesPaint::Kind::Level, level, highestLevel};
}

QColor lineColor(const SeriesPaint& paint, const Tokens& in) {
    switch (paint.kind) {
    case SeriesPaint::Kind::Series:
        return seriesColor(paint.index, in);
    case SeriesPaint::Kind::Level:
        return levelLine(paint.index, paint.highestLevel, in);
    case SeriesPaint::Kind::Baseline:
        return in.muted;
    case SeriesPaint::Kind::Text:
        return in.text;
    case SeriesPaint::Kind::Danger:
        return in.danger;
    case SeriesPaint::Kind::Warn:
        return in.warn;
    }
    return in.text;
}

QColor fillColor(const SeriesPaint& paint, const Tokens& in) {
    if (paint.kind == SeriesPaint::Kind::Level)
        return levelFill(paint.index, paint.highestLevel, in);
    return lineColor(paint, in);
}

QString axisText(double value, ValueFormat format) {
    switch (format) {
    case ValueFormat::Number:
        return decimalText(value, value == std::floor(value) ? 0 : 1);
    case ValueFormat::Compact:
        return compactText(value);
    case ValueFormat::Signed:
        return signedDecimalText(value, value == std::floor(value) ? 0 : 1);
    case ValueFormat::Percent: {
        const double hundredfold = value * 100;
        return percentText(value, std::abs(hundredfold - std::round(hundredfold)) < 1e-9 ? 0 : 1);
    }
    case ValueFormat::Decimal:
        return decimalText(value, 1);
    }
    return {};
}

QString hoverText(double value, ValueFormat format) {
    switch (format) {
    case ValueFormat::Percent:
        return percentText(value);
    case ValueFormat::Compact:
        return decimalText(value, value == std::floor(value) ? 0 : 1);
    default:
        return axisText(value, format);
    }
}

} // namespace affinity::ui
