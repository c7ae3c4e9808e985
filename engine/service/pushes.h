// From a committed change to what the user's clients are told, and the seam to whoever tells them.
#pragma once

#include "engine/push/levelevent.h"
#include "engine/service/applyresult.h"
#include "engine/service/writeplan.h"

#include <functional>

namespace affinity::service {

/// What one committed change tells the user's clients: the new value, then the level if it changed. Nothing when the
/// setting has notifications off.
std::vector<push::LevelEvent> pushEventsOf(const Action& action, const rules::Decision& decision,
                                           const ApplyResult& result);

/// Takes the pushes of a committed change, in the order of the commits; must not block, and must not fail loudly: the
/// change stands.
using PushSink = std::function<void(base::UserId, std::vector<push::LevelEvent>)>;

} // namespace affinity::service
