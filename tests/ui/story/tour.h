// The tour: every screen, dialog and state of the real window, one after the other; pictures and walks stop at each.
#pragma once

#include "tests/ui/story/keyboard.h"

#include <functional>

namespace affinity::test {

/// Called at each stop with its name ("05-adjust-preview") and the window it is about (a dialog or a menu may be open
/// over it), with everything on screen painted and answered.
using AtStop = std::function<void(const QString& name, QWidget& window)>;

/// Goes through all screens of a console that is ready, in the language it speaks; leaves a simulation with an edited
/// draft and one adjustment, reversed, behind. False when some state did not come.
bool takeTour(DemoConsole& demo, const AtStop& stop);

/// The states of a window whose store cannot be opened, is empty, or cannot be written to, and of one that finds a
/// draft of a program that died. Each has a console of its own, which `prepare` may dress (language, theme, size)
/// before it starts; `stop` gets its window.
bool visitOtherStores(const std::function<void(app::Console&)>& prepare, const AtStop& stop);

} // namespace affinity::test
