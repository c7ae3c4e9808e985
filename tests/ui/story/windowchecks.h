// What must hold for every window, whatever it shows: names for screen readers, reach by keyboard, room for its texts.
#pragma once

#include <QStringList>
#include <QWidget>

namespace affinity::test {

/// What people work in now: the dialog that is open, the palette, else the window itself.
QWidget* windowInUse(QWidget& window);

/// Visible controls without an accessible name, as "class objectName in parent".
QStringList namelessControls(const QWidget& window);

/// Visible controls that take the focus by Tab but that no number of Tabs reaches. Presses Tab until it is round; the
/// focus returns to where it was.
QStringList unreachableControls(QWidget& window);

/// Texts that do not fit: labels and buttons narrower than their words, column headers wider than their columns.
QStringList cutTexts(const QWidget& window);

/// All of the above, each with its reason in front; and a window larger than 1280 × 720.
QStringList faultsOf(QWidget& window);

} // namespace affinity::test
