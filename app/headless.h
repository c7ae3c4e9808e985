// Headless: the engine without a window, on one thread, for the commands.
#pragma once

#include "app/commandline.h"
#include "engine/base/clock.h"
#include "engine/relaylane.h"
#include "engine/service/affinityservice.h"
#include "engine/service/pushqueue.h"
#include "engine/service/random.h"
#include "engine/store/memorycounters.h"
#include "engine/store/open.h"
#include "engine/store/rediscounters.h"

#include <atomic>
#include <memory>

namespace affinity::app {

/// A store, its counters and the service on it.
class Headless {
public:
    enum class Time { Real, Virtual };

    /// Opens the store the command line names; without --store it is a usage error. `writesEvents` asks for --redis or
    /// --no-other-writer on a store that a Django service may write to as well. With --redis the counters are there,
    /// their server is looked at before events are written, and what may be wrong with it is said on stderr.
    static base::Result<std::unique_ptr<Headless>> open(const CommandLine& line, store::Access access,
                                                        bool writesEvents, Time time = Time::Real);

    /// Sends what the command left to be sent; what could not be sent yet is said on stderr.
    ~Headless();
    Headless(const Headless&) = delete;
    Headless& operator=(const Headless&) = delete;

    service::AffinityService& service() { return *m_service; }
    store::Store& store() { return *m_store; }
    store::Counters& counters() { return *m_counters; }
    /// Whether the counters are those of a Redis.
    bool hasRedis() const { return m_redis != nullptr; }
    /// Who sends what waits in the store's outbox; null where there is none, or nothing is written.
    RelayLane* relay() { return m_relay.get(); }
    base::VirtualClock& virtualClock() { return m_virtualClock; }

private:
    Headless() = default;
    base::Result<void> openCounters(const base::Clock& clock);
    base::Result<void> openSender(service::ServiceOptions& options);
    base::Result<void> checkRedis(bool isRefusedWithout);
    base::SystemClock m_systemClock;
    base::VirtualClock m_virtualClock;
    service::SystemDraw m_draw;
    Connection m_connection;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<store::Counters> m_counters;
    store::RedisCounters* m_redis = nullptr;      ///< m_counters, when they are in Redis
    std::unique_ptr<RelayLane> m_relay;           ///< on a store with an outbox that is written to
    std::unique_ptr<service::PushQueue> m_pushes; ///< with --push on one without; its end waits for what has to leave
    std::unique_ptr<service::AffinityService> m_service;
};

/// Set by Ctrl+C once watchInterrupt() was called; long commands end cleanly.
const std::atomic<bool>& interruptRequested();
void watchInterrupt();

// The commands. Each prints its result and returns the process's exit code.
ExitCode runReplay(const CommandLine& line);
ExitCode runApply(const CommandLine& line);
ExitCode runAdjust(const CommandLine& line);
ExitCode runSimulate(const CommandLine& line);
ExitCode runCompare(const CommandLine& line);
ExitCode runDecayCommand(const CommandLine& line);
ExitCode runReconcile(const CommandLine& line);
ExitCode runRewards(const CommandLine& line);
ExitCode runServe(const CommandLine& line);
ExitCode runPrepare(const CommandLine& line);
ExitCode runPrepareRoles(const CommandLine& line); ///< prepare --roles
ExitCode runExport(const CommandLine& line);

/// Runs the command of the line.
ExitCode runCommand(const CommandLine& line);

} // namespace affinity::app
