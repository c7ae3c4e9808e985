// Rewards of a level in words: "200 coin and frame “Confidant”".
#pragma once

#include "engine/engine.h"

#include <QString>
#include <QStringList>

namespace affinity::ui {

/// The rewards in the order they are kept; "none" for an empty list. Members this program does not know are shown as
/// JSON.
QString rewardsText(const base::Json& rewards);

/// "a", "a and b", "a, b and c".
QString listText(const QStringList& parts);

} // namespace affinity::ui
