// What a perspective keeps of the screens: the device list's filter and order, and Overview's range.
#pragma once

#include "ui/shared/settings.h"
#include "ui/shell/perspectives.h"

namespace affinity::ui {
class DevicesScreen;
class OverviewScreen;
} // namespace affinity::ui

namespace affinity::app {

/// Keeps what the screens show under "perspective/<word>/…".
void keepPerspective(ui::Settings& settings, ui::Perspective perspective, const ui::OverviewScreen& overview,
                     ui::DevicesScreen& devices);

/// Shows what was kept, or how the perspective begins (watch: devices by last activity).
void showPerspective(const ui::Settings& settings, ui::Perspective perspective, ui::OverviewScreen& overview,
                     ui::DevicesScreen& devices);

} // namespace affinity::app
