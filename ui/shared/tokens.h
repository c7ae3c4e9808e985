// The look in one place: every colour and measure of the program, for the light and the dark theme.
#pragma once

#include <QColor>
#include <QString>

#include <array>

namespace affinity::ui {

/// What the user chooses; System follows the palette the desktop gave at start-up.
enum class ThemeChoice { System, Light, Dark };

/// What is painted.
enum class Theme { Light, Dark };

/// Which kind of store a window writes to; its tag, icon and tint are on every window and dialog that writes.
enum class Environment { Demo, Development, Staging, Production };

/// What a coloured mark means. Colours carry meaning only: everything else is Neutral.
enum class Tone { Neutral, Accent, Ok, Warn, Danger };

/// Colours of one environment: `fill` carries white text in both themes, `strip` carries `stripText`.
struct EnvironmentColors {
    QColor fill, strip, stripText;
    bool operator==(const EnvironmentColors&) const = default;
};

/// All colours of one theme. Names are roles, not hues; contrast of the text pairs is tested (≥ 4.5:1).
struct Tokens {
    Theme theme = Theme::Light;
    QColor canvas, rail;                                 // window; rail and status bar
    QColor surface, sunken, hover;                       // panels; tracks and key caps; hover
    QColor border, borderStrong, field, grid, rowLine;   // panel; button; input; chart grid; between table rows
    QColor text, secondary, muted, disabledText;         // values; labels; captions and axes; switched off
    QColor accentText, accentFill, accentSoft, selected; // links; primary; tags and chips; selected row
    QColor onFill;                                       // text on accentFill and on an environment fill
    QColor ok, okSoft;                                   // applied, healthy, reconciled
    QColor warn, warnFill, warnSoft;                     // cut by a cap, gap, stale
    QColor danger, dangerSoft;                           // error, link lost, failed check
    QColor detail;                                       // the opened detail below a table row
    QColor segment, segmentLine;                         // the chosen part of a segmented control
    QColor popover;                                      // hover boxes, toasts
    QColor knob;                                         // slider handle
    QColor shadow;                                       // below popovers
    std::array<EnvironmentColors, 4> environments;
    std::array<QColor, 6> series;               // S1 … S6, taken in order
    std::array<QColor, 7> levelFill, levelLine; // L0 … L6
};

/// Tokens of one theme; the reference stays valid for the whole program.
const Tokens& tokensOf(Theme theme);

/// Tokens in force. GUI thread. Read them at paint time, never keep a copy across a theme switch.
const Tokens& tokens();

/// Makes `theme` the one in force without telling anybody; screens call applyTheme() of style.h instead.
void setCurrentTheme(Theme theme);

/// Foreground and soft background of a mark with this meaning.
struct ToneColors {
    QColor text, soft;
    bool operator==(const ToneColors&) const = default;
};
ToneColors toneColors(Tone tone, const Tokens& in = tokens());

const EnvironmentColors& environmentColors(Environment environment, const Tokens& in = tokens());

/// "Demo", "Dev", "Staging", "Production", translated.
QString environmentName(Environment environment);

/// Fill of a level's chip or bar; `level` 0 … `highestLevel`. Up to seven levels take L0 … L6 as they are, more are
/// spread evenly in CIE L* between L1 and L6, so a higher level always stands out more from the background.
QColor levelFill(int level, int highestLevel = 6, const Tokens& in = tokens());

/// Colour of a line that stands for a level: dark enough on the surface (≥ 3:1).
QColor levelLine(int level, int highestLevel = 6, const Tokens& in = tokens());

/// Colour of a series by its position (0 is S1, "the subject"); past six it starts again.
QColor seriesColor(int index, const Tokens& in = tokens());

/// White or near black, whichever contrasts more with `fill`.
QColor textOn(const QColor& fill);

/// WCAG 2 contrast ratio of two opaque colours, 1 … 21 (relative luminance as WCAG 2.1 defines it).
double contrastRatio(const QColor& a, const QColor& b);

/// CIE L* of a colour, 0 … 100, D65.
double lightness(const QColor& color);

/// Distances in logical pixels.
namespace measure {
inline constexpr int gapSmall = 4, gap = 8, panelGap = 12, pageEdge = 16, dialogEdge = 24;
inline constexpr int radiusTag = 4, radiusControl = 6, radiusPanel = 8, radiusDialog = 10;
inline constexpr int strip = 40, dialogStrip = 36, stripLine = 3, pageHead = 52, panelHead = 40, statusBar = 28;
inline constexpr int railWide = 176, railNarrow = 56, railItem = 32, railStep = 34, railCollapsesBelow = 1360;
inline constexpr int row = 32, rowCompact = 28, tableHeader = 32, cellEdge = 8, firstCellEdge = 16;
inline constexpr int control = 30, chip = 24, tag = 20, banner = 44, segmented = 28;
inline constexpr int levelChipWidth = 28, levelChipHeight = 18;
inline constexpr int icon = 16, iconSmall = 14, iconTiny = 12;
inline constexpr int gutter = 28, levelStrip = 4;
} // namespace measure

} // namespace affinity::ui
