// Pace: time and chance that no decision depends on, and how often a unit of work is done again.
#pragma once

#include "engine/base/result.h"

#include <functional>

namespace affinity::service {

/// The machine's steady clock, microseconds from anywhere. Any thread.
qint64 steadyNowUs();
/// Puts the thread to sleep.
void sleepUs(qint64 us);
/// Uniform in [0, 1), from the operating system's random source. Any thread.
double systemChance();

/// How the service waits and looks at time that has nothing to do with the store's. Replays and tests give their own;
/// no member is empty. Called on the service's thread.
struct Pace {
    std::function<qint64()> nowUs = steadyNowUs; ///< never goes back, microseconds from anywhere
    std::function<void(qint64 us)> wait = sleepUs;
    std::function<double()> chance = systemChance; ///< [0, 1)
};

/// Counts the tries of one unit of work. ErrorKind::Conflict: at most 5 tries, with pauses of 5 to 80 ms, half of each
/// by chance, so that two who were in each other's way part. ErrorKind::Busy, whose lock was waited for already: one
/// more. Every other error is final.
class Tries {
public:
    explicit Tries(const Pace& pace) : m_pace(pace) {}

    /// Whether the unit that ended with this error is to be done again from its beginning; waits before it says so.
    bool isAgain(const base::Error& error);
    /// How often the unit was done again.
    int retries() const { return m_conflicts + m_waits; }

private:
    const Pace& m_pace;
    int m_conflicts = 0;
    int m_waits = 0;
};

} // namespace affinity::service
