// What the window says once about the settings: taken over, damaged, newer, not to be written.
#pragma once

#include "ui/shared/banner.h"
#include "ui/shared/settings.h"

#include <optional>

namespace affinity::ui {

/// Nothing when all is well. Names the file that was kept, and what the state means for the user.
std::optional<BannerText> settingsNotice(const Settings& settings);

} // namespace affinity::ui
