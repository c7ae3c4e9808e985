#include "ui/shared/tokens.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace affinity::ui {
namespace {

using Rgb = const char*;

QColor hex(Rgb code) {
    return QColor(QLatin1String(code));
}

template<std::size_t N> std::array<QColor, N> hexes(const std::array<Rgb, N>& codes) {
    std::array<QColor, N> colors;
    std::transform(codes.begin(), codes.end(), colors.begin(), hex);
    return colors;
}

Tokens lightTokens() {
    Tokens t;
    t.theme = Theme::Light;
    t.canvas = hex("#F5F6F8");
    t.rail = hex("#FAFBFC");
    t.surface = hex("#FFFFFF");
    t.sunken = hex("#EDEFF3");
    t.hover = hex("#F1F3F6");
    t.border = hex("#E1E4E9");
    t.borderStrong = hex("#C3C9D3");
    t.field = hex("#8893A2");
    t.grid = hex("#E9ECF0");
    t.rowLine = hex("#EEF0F3");
    t.text = hex("#1B212B");
    t.secondary = hex("#4A5565");
    t.muted = hex("#5F6B7C");
    t.disabledText = hex("#97A0AE");
    t.accentText = hex("#2456D6");
    t.accentFill = hex("#2456D6");
    t.accentSoft = hex("#E8EEFC");
    t.selected = hex("#E3EBFC");
    t.onFill = hex("#FFFFFF");
    t.ok = hex("#0B7A53");
    t.okSoft = hex("#E2F3EB");
    t.warn = hex("#8F5200");
    t.warnFill = hex("#C77700");
    t.warnSoft = hex("#FBF0DA");
    t.danger = hex("#BE2637");
    t.dangerSoft = hex("#FCE9EA");
    t.detail = hex("#F7F8FA");
    t.segment = hex("#FFFFFF");
    t.segmentLine = hex("#C3C9D3");
    t.popover = hex("#FFFFFF");
    t.knob = hex("#FFFFFF");
    t.shadow = QColor(0, 0, 0, 22);
    t.environments = {{{hex("#556070"), hex("#EEF0F3"), hex("#3D4858")},
                       {hex("#0B7480"), hex("#E3F2F3"), hex("#085C66")},
                       {hex("#8F5200"), hex("#FAF0DE"), hex("#7A4600")},
                       {hex("#B3202F"), hex("#FBEAEB"), hex("#9A1B28")}}};
    t.series = hexes<6>({"#2F6BDE", "#D9730D", "#0E5B52", "#B5378F", "#5A4A00", "#8A95A5"});
    t.levelFill = hexes<7>({"#D3D8E0", "#F3DCE3", "#E6B9D0", "#CF8FBC", "#A2569C", "#7E438F", "#522D74"});
    t.levelLine = hexes<7>({"#8A95A5", "#C8729C", "#C76A9E", "#B65A9E", "#9C4F99", "#773C8B", "#4A276B"});
    return t;
}

Tokens darkTokens() {
    Tokens t;
    t.theme = Theme::Dark;
    t.canvas = hex("#13161B");
    t.rail = hex("#16191F");
    t.surface = hex("#1A1E24");
    t.sunken = hex("#242A32");
    t.hover = hex("#20252C");
    t.border = hex("#2B313A");
    t.borderStrong = hex("#46505E");
    t.field = hex("#6B7685");
    t.grid = hex("#262C34");
    t.rowLine = hex("#252B33");
    t.text = hex("#DEE3EB");
    t.secondary = hex("#B3BCC9");
    t.muted = hex("#8F9AAA");
    t.disabledText = hex("#667080");
    t.accentText = hex("#82A8FF");
    t.accentFill = hex("#3463D9");
    t.accentSoft = hex("#1F2B47");
    t.selected = hex("#22304F");
    t.onFill = hex("#FFFFFF");
    t.ok = hex("#4CC38A");
    t.okSoft = hex("#16322A");
    t.warn = hex("#F0B44C");
    t.warnFill = hex("#E0A030");
    t.warnSoft = hex("#372B16");
    t.danger = hex("#FF8087");
    t.dangerSoft = hex("#3D2027");
    t.detail = hex("#171B21");
    t.segment = hex("#38414D");
    t.segmentLine = hex("#434D5A");
    t.popover = hex("#262C35");
    t.knob = hex("#E6EAF0");
    t.shadow = QColor(0, 0, 0, 90);
    t.environments = {{{hex("#556070"), hex("#20252C"), hex("#C3CCD8")},
                       {hex("#0B7480"), hex("#14292D"), hex("#5FD0DC")},
                       {hex("#8F5200"), hex("#2F2614"), hex("#F0B44C")},
                       {hex("#B3202F"), hex("#331B21"), hex("#FF9AA0")}}};
    t.series = hexes<6>({"#6098FF", "#D9773A", "#BFEADD", "#DD3F98", "#D9C45C", "#7F8A9A"});
    t.levelFill = hexes<7>({"#39414D", "#553A5F", "#774A80", "#955A98", "#BB7AB5", "#D89DCB", "#F3CBE1"});
    t.levelLine = hexes<7>({"#7F8A9A", "#8A6494", "#94679C", "#A068A3", "#BB7AB5", "#D89DCB", "#F3CBE1"});
    return t;
}

Theme& currentTheme() {
    static Theme theme = Theme::Light;
    return theme;
}

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QColor mixed(const QColor& a, const QColor& b, double share) {
    const auto part = [share](float x, float y) { return static_cast<float>(x + (y - x) * share); };
    return QColor::fromRgbF(part(a.redF(), b.redF()), part(a.greenF(), b.greenF()), part(a.blueF(), b.blueF()));
}

/// The colour between two neighbours of the ramp whose L* is nearest to `target`. L* rises or falls steadily along the
/// mix, so bisection finds it.
QColor mixedToLightness(const QColor& a, const QColor& b, double target) {
    const bool isRising = lightness(b) > lightness(a);
    double low = 0;
    double high = 1;
    for (int step = 0; step < 24; ++step) { // 2⁻²⁴ is far below one 8-bit step
        const double middle = (low + high) / 2;
        const bool isBelow = lightness(mixed(a, b, middle)) < target;
        (isBelow == isRising ? low : high) = middle;
    }
    return mixed(a, b, low);
}

QColor onRamp(const std::array<QColor, 7>& ramp, int level, int highestLevel) {
    if (level <= 0)
        return ramp[0];
    if (highestLevel <= 6)
        return ramp[static_cast<size_t>(std::min(level, 6))];
    const double share = std::clamp((level - 1.0) / (highestLevel - 1.0), 0.0, 1.0);
    const double target = lightness(ramp[1]) + (lightness(ramp[6]) - lightness(ramp[1])) * share;
    const bool isRising = lightness(ramp[6]) > lightness(ramp[1]);
    for (size_t i = 1; i < 6; ++i) {
        const double end = lightness(ramp[i + 1]);
        if (i == 5 || (isRising ? target <= end : target >= end))
            return mixedToLightness(ramp[i], ramp[i + 1], target);
    }
    return ramp[6];
}

} // namespace

const Tokens& tokensOf(Theme theme) {
    static const Tokens light = lightTokens();
    static const Tokens dark = darkTokens();
    return theme == Theme::Dark ? dark : light;
}

const Tokens& tokens() {
    return tokensOf(currentTheme());
}

void setCurrentTheme(Theme theme) {
    currentTheme() = theme;
}

ToneColors toneColors(Tone tone, const Tokens& in) {
    switch (tone) {
    case Tone::Neutral:
        return {in.secondary, in.sunken};
    case Tone::Accent:
        return {in.accentText, in.accentSoft};
    case Tone::Ok:
        return {in.ok, in.okSoft};
    case Tone::Warn:
        return {in.warn, in.warnSoft};
    case Tone::Danger:
        return {in.danger, in.dangerSoft};
    }
    return {in.secondary, in.sunken};
}

const EnvironmentColors& environmentColors(Environment environment, const Tokens& in) {
    return in.environments[static_cast<size_t>(environment)];
}

QString environmentName(Environment environment) {
    const char* name = "";
    switch (environment) {
    case Environment::Demo:
        name = QT_TRANSLATE_NOOP("Environment", "Demo");
        break;
    case Environment::Development:
        name = QT_TRANSLATE_NOOP("Environment", "Dev");
        break;
    case Environment::Staging:
        name = QT_TRANSLATE_NOOP("Environment", "Staging");
        break;
    case Environment::Production:
        name = QT_TRANSLATE_NOOP("Environment", "Production");
        break;
    }
    return QCoreApplication::translate("Environment", name);
}

QColor levelFill(int level, int highestLevel, const Tokens& in) {
    return onRamp(in.levelFill, level, highestLevel);
}

QColor levelLine(int level, int highestLevel, const Tokens& in) {
    return onRamp(in.levelLine, level, highestLevel);
}

QColor seriesColor(int index, const Tokens& in) {
    const int count = static_cast<int>(in.series.size());
    return in.series[static_cast<size_t>(((index % count) + count) % count)];
}

QColor textOn(const QColor& fill) {
    const QColor dark = hex("#1B212B");
    return contrastRatio(Qt::white, fill) > contrastRatio(dark, fill) ? QColor(Qt::white) : dark;
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

double lightness(const QColor& color) {
    const double y = luminance(color);
    return y > 216.0 / 24389.0 ? 116.0 * std::cbrt(y) - 16.0 : y * 24389.0 / 27.0;
}

} // namespace affinity::ui
