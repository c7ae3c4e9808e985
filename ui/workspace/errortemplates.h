// The messages of the engine that a user of the window can meet, word for word, by area; `translations` tests them.
#pragma once

#include <vector>

namespace affinity::ui {

/// Messages that end in another whole message. They are tried first: the one inside may have more fixed words.
std::vector<const char*> carryingTemplates();

/// Of accounts, files, rules, adjustments and scenarios.
std::vector<const char*> ruleTemplates();
/// Of stores, Redis, pushes, rewards and the outbox, and the parts that stand in the places of such messages.
std::vector<const char*> serverTemplates();

} // namespace affinity::ui
