// Rules for the palette: those of the store, by key and name.
#pragma once

#include "engine/engine.h"
#include "ui/shell/palettemodel.h"

#include <functional>

namespace affinity::ui {

/// Finds rules whose key or name has the text in it; answers at once, nothing for an empty text. `choose` shows a rule
/// and answers why it could not, or nothing.
PaletteSource rulePaletteSource(const rules::RuleSet& ruleSet, std::function<QString(const QString& ruleKey)> choose);

} // namespace affinity::ui
