// compare(): two scenarios on the same devices under common random numbers; their difference is real, not noise.
#pragma once

#include "engine/sim/run.h"

#include <atomic>

namespace affinity::sim {

/// How the devices of one persona (of A) fare under B. Values are those at the end of the last day.
struct PersonaDifference {
    QString persona;
    qint64 devices = 0;
    qint64 better = 0; ///< higher value under B
    qint64 worse = 0;
    double meanDifference = 0; ///< points, B − A

    friend bool operator==(const PersonaDifference&, const PersonaDifference&) = default;
};

/// One device under both scenarios.
struct DeviceDifference {
    qint64 device = 0;
    QString persona; ///< of A
    int valueA = 0, valueB = 0;
    int levelA = 0, levelB = 0;

    friend bool operator==(const DeviceDifference&, const DeviceDifference&) = default;
};

/// What differs on one day: B − A over all devices, at the end of the day.
struct DayDifference {
    double mean = 0;          ///< points
    double standardError = 0; ///< of the mean, from the paired differences between devices; the 95 % band is
                              ///< mean ± 1.96 standard errors

    friend bool operator==(const DayDifference&, const DayDifference&) = default;
};

struct Comparison {
    SimulationResult a, b;
    std::vector<DayDifference> days;
    qint64 better = 0, worse = 0, equal = 0; ///< devices by their last value under B against A
    qint64 levelUp = 0, levelDown = 0;       ///< devices by their last level under B against A
    std::vector<PersonaDifference> personas; ///< in A's order
    std::vector<DeviceDifference> gainers; ///< at most 20, biggest gain first, then by device; none that gains nothing
    std::vector<DeviceDifference> losers;  ///< at most 20, biggest loss first
    double cpuS = 0, wallS = 0;

    friend bool operator==(const Comparison&, const Comparison&) = default;
};

/// Runs both, device by device. Devices, days and start date must be equal (InvalidInput says which is not). With equal
/// seeds the two see the same arrivals; with different ones they are independent, and the band says so by its width.
/// The result is the same for every thread count. Any thread; blocks.
base::Result<Comparison> compare(const Scenario& a, const Scenario& b, const RunOptions& options = {});

} // namespace affinity::sim
