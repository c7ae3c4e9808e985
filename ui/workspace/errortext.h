// What the engine says, in the language of the window: its messages are English sentences made from fixed templates.
#pragma once

#include "engine/engine.h"

#include <QString>

namespace affinity::ui {

/// A message of the engine (Error::what, a finding of a check) in the window's language, found by its template. A place
/// before it ("draft.json, line 12, rule_set.rules[0].daily_cap: ") stays in front. A message no template knows is
/// returned as it is.
QString engineText(const QString& message);

/// The sentence of an error in the window's language.
QString errorText(const base::Error& error);

} // namespace affinity::ui
