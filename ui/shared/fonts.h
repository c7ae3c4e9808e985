// Type styles: which family, size and weight each kind of text has.
#pragma once

#include <QFont>

namespace affinity::ui {

/// Every text of the program is in one of these styles.
enum class TextStyle {
    Kpi,         // 24 / 500, one per tile or device
    KpiNarrow,   // 22 / 500, narrow tiles and low windows
    Title,       // 18 / 500 (Chinese 700): page, dialog
    Consequence, // 14 / 500
    PanelTitle,  // 13 / 500 (Chinese 700)
    Strong,      // 13 / 500: key cell, active item
    Body,        // 13 / 400: table, text
    Caption,     // 12 / 400
    Label,       // 12 / 500: header, tag, chip
    Axis,        // 11 / 400: nothing is smaller
    AxisStrong,  // 11 / 500: key caps, direct labels of charts
    Code,        // 12 / 400 monospace: rule keys, binding ids, digests
    CodeStrong,  // 12 / 500 monospace
};

/// The font of a style. Tabular figures by default of the families, no hinting, so widths are the same at any scale.
QFont font(TextStyle style);

/// A font of the UI family at any size and weight (100 … 900).
QFont uiFont(int pixelSize, int weight = 400);

/// A font of the monospace family.
QFont codeFont(int pixelSize, int weight = 400);

/// Width of `text` in whole pixels, rounded up.
int textWidth(const QFont& of, const QString& text);

} // namespace affinity::ui
