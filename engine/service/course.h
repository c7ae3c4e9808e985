// The courses of many devices at once: each value at the end of each local day, for the lines in a list.
#pragma once

#include "engine/service/devicedetail.h"

#include <vector>

namespace affinity::service {

/// The value of one device over some days.
struct DeviceCourse {
    base::DeviceId id;
    std::vector<ValuePoint> points; ///< oldest first; the last is now

    friend bool operator==(const DeviceCourse&, const DeviceCourse&) = default;
};

/// As valueHistory for each device, with one question to the log for all of them: the value at the end of each local
/// day from `days` ago to now, carried over days without rows, nothing before the binding. At most `days` + 1 points a
/// device. In the order of `ids`; a binding that is not in the store is left out. `days` 1 to 366, at most 1,000 ids.
base::Result<std::vector<DeviceCourse>> courses(store::Store& store, const std::vector<base::DeviceId>& ids, int days);

} // namespace affinity::service
