// The plain kernel: each device's life event by event through rules::decide; the reference every faster kernel must
// equal.
#pragma once

#include "engine/sim/horizon.h"

#include <atomic>

namespace affinity::sim {

enum class EventKind {
    Arrival, ///< something happened on the device
    Retry,   ///< an arrival's event sent again, with the same event id
    Decay    ///< the decay job at the start of a local day; has no event id
};

/// One call to the engine, as an observer sees it.
struct ObservedEvent {
    qint64 device = 0;
    int day = 0;       ///< index of Horizon::days
    qint64 second = 0; ///< since the scenario's start
    EventKind kind = EventKind::Arrival;
    size_t ruleIndex = 0; ///< of Horizon::ruleKeys
    int idDay = 0;        ///< the event id: day and index of the arrival it was made for; a retry has its arrival's
    quint32 idIndex = 0;
    rules::Request request; ///< as `decide` got it
    rules::Decision decision;
    const rules::Trace* trace = nullptr; ///< only where EventObserver::wantsTrace; valid during the call
};

/// "3-17-42": the event id of an arrival or retry, unique in a scenario. Empty for decay.
QString eventId(const ObservedEvent& event);

/// Follows a simulation event by event; device after device, each in time order. Called on the simulating thread.
class EventObserver {
public:
    virtual ~EventObserver() = default;
    /// Before a device's first event.
    virtual void onDevice(qint64 device, size_t persona, int startValue) = 0;
    virtual void onEvent(const ObservedEvent& event) = 0;
    /// Whether onEvent gets traces; asked once a run.
    virtual bool wantsTrace() const { return false; }
};

/// What to simulate besides the horizon.
struct KernelRequest {
    qint64 firstDevice = 0; ///< of the population; ids do not depend on the range asked for
    qint64 deviceCount = 0;
    EventObserver* observer = nullptr;
    const std::atomic<bool>* isCancelled = nullptr; ///< read each device and day
    std::span<int> keptEndValues;                   ///< of the whole population; not empty: end values go there
    /// Not empty: values at the end of each day go there, all days of firstDevice, then of the next device, and so on.
    std::span<int> keptDayEndValues = {};
};

/// The persona of that device: an index of Horizon::personas.
size_t personaOf(const Horizon& horizon, qint64 device);

/// Simulates devices over the whole horizon and adds what happened to `result` (of emptyResult). Nothing of a device
/// depends on which others are simulated. False when it was cancelled; `result` is then of no use. Pure besides the
/// observer; any thread, one result each.
bool simulatePlain(const Horizon& horizon, const KernelRequest& request, SimulationResult& result);

} // namespace affinity::sim
