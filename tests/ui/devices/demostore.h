// DemoStore: an embedded store in a file, with many devices and one that has months of history made by the engine
// itself.
#pragma once

#include "engine/engine.h"

#include <QString>

namespace affinity::test {

inline constexpr int demoDevices = 260;
/// The device with the history; it is bound to user 1, and all its nicknames contain "Mochi".
inline constexpr base::DeviceId demoDevice{1};

/// Makes the store in a file that must not exist. Days of history end now. False (with a warning) when it failed.
bool makeDemoStore(const QString& fileName, int days);

/// The same devices and rules without any log row.
bool makeQuietStore(const QString& fileName);

} // namespace affinity::test
