// The decay job: takes points from devices that were idle for too many local days. Safe to run twice.
#pragma once

#include "engine/service/affinityservice.h"

#include <atomic>

namespace affinity::service {

struct DecayOptions {
    QDate date; ///< local day; invalid: today. Another day than today only as a dry run.
    bool isDryRun = false;
    base::DeviceId resumeAfter;  ///< go on after this device; 0: from the start
    int pauseEveryDevices = 500; ///< devices between two looks at `cancel` and `progress`
    std::function<void(qint64 devicesDone)> progress;
    const std::atomic<bool>* cancel = nullptr;
};

struct DecayReport {
    QDate date;
    qint64 devicesSeen = 0;
    qint64 devicesIdle = 0; ///< idle for long enough
    qint64 doneBefore = 0;  ///< of those: decayed earlier that day
    qint64 applied = 0;
    qint64 refused = 0; ///< at the floor, over a cap, rule missing
    qint64 failed = 0;
    qint64 pointsTaken = 0;    ///< a positive number
    base::DeviceId lastDevice; ///< resume after this one
    bool isFinished = false;   ///< false when cancelled
    QString firstError;        ///< of a device that failed; empty: none

    friend bool operator==(const DecayReport&, const DecayReport&) = default;
};

/// Runs the decay job of one local day over all active bindings, by ascending id. Errors: decay switched off or unknown
/// to the store (Refused), a date other than today without isDryRun (InvalidInput), store errors.
base::Result<DecayReport> runDecay(AffinityService& service, const DecayOptions& options);

/// Local days since the last activity, or since binding where there never was any.
qint64 idleDays(const rules::Binding& binding, QDate today, const QTimeZone& zone);

/// The first local date on which decay would take points if the device stays idle; nothing when decay is off or the
/// value is 0.
std::optional<QDate> nextDecayDate(const rules::Binding& binding, const rules::Setting& setting, QDate today,
                                   const QTimeZone& zone);

base::Json toJson(const DecayReport& report);

} // namespace affinity::service
