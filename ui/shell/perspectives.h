// Perspectives: ways to use the one window, each with its start screen, layout and filters.
#pragma once

#include "ui/shared/icons.h"

#include <QString>

#include <array>

namespace affinity::ui {

/// General is what a first start has: all screens, no preference among them.
enum class Perspective { General, Design, Support, Watch };

inline constexpr std::array perspectives{Perspective::General, Perspective::Design, Perspective::Support,
                                         Perspective::Watch};

/// As the settings keep it: "general", "design", "support", "watch". Unknown words mean General.
QString perspectiveWord(Perspective perspective);
Perspective perspectiveOfWord(const QString& word);

/// Translated: "Support", and in one sentence what it is for.
QString perspectiveName(Perspective perspective);
QString perspectiveSentence(Perspective perspective);

/// The screen it begins on until another was left: "devices".
QString startScreen(Perspective perspective);

/// Whether Overview asks again each minute while it is shown. Designers and support decide themselves when figures
/// move under their eyes.
bool refreshesByItself(Perspective perspective);

} // namespace affinity::ui
