// localHours(): the instants of each hour of a local day, in zones of any offset and on days of any length.
#pragma once

#include "engine/rules/localday.h"

#include <array>
#include <vector>

namespace affinity::service {

/// For each hour 0 to 23 of the day's wall clock the stretches of UTC in which it runs: usually one of an hour; none
/// for an hour that daylight saving skips, two for one that comes twice, shorter ones where the offset changes within
/// the hour. Together they are the day. `zone` is the day's.
std::array<std::vector<rules::UtcInterval>, 24> localHours(const rules::LocalDay& day, const QTimeZone& zone);

} // namespace affinity::service
