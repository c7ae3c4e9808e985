// Devices for the palette: the search of the Devices screen, asked while somebody types.
#pragma once

#include "ui/shell/palettemodel.h"
#include "ui/workspace/workspace.h"

namespace affinity::ui {

/// Finds devices by binding id, serial, user, event id or a part of the nickname, at most Palette::mostFound; choosing
/// one calls Workspace::openDevice(). Only the answer to the newest query comes. The workspace outlives it.
PaletteSource devicePaletteSource(Workspace& workspace);

} // namespace affinity::ui
