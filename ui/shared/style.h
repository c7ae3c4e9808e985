// The style of all controls (Fusion with our tokens) and the one function that switches the theme while running.
#pragma once

#include "ui/shared/tokens.h"

#include <QObject>
#include <QProxyStyle>

class QApplication;

namespace affinity::ui {

class FocusRing;

/// Tells painters that the tokens changed. Widgets repaint by themselves; connect only where colours were copied
/// (chart series, label palettes, icons in buttons).
class ThemeSignal : public QObject {
    Q_OBJECT
public:
    /// The one signal of the program. GUI thread.
    static ThemeSignal& instance();

Q_SIGNALS:
    void changed();

private:
    ThemeSignal() = default;
    friend void applyTheme(QApplication& application, Theme theme);
};

/// Fusion with 16 px icons, no etched text and a 2 px accent focus ring outside the control.
class ConsoleStyle : public QProxyStyle {
    Q_OBJECT
public:
    ConsoleStyle();
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void polish(QWidget* widget) override;
    using QProxyStyle::polish;

private:
    FocusRing* m_focusRing;
};

/// Call once, before any widget: installs ConsoleStyle and remembers whether the desktop's own palette was dark.
void installStyle(QApplication& application);

/// Switches palette, font and style sheet live, then emits ThemeSignal::changed.
void applyTheme(QApplication& application, Theme theme);

/// The theme a choice means: System is what the palette was when installStyle() ran (Qt 6.4 reports no colour scheme).
Theme themeFor(ThemeChoice choice);

/// The palette and the style sheet of a theme; for tests.
QPalette paletteOf(Theme theme);
QString styleSheetOf(Theme theme);

} // namespace affinity::ui
