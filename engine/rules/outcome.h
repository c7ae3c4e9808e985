// The outcomes of a call, with the names they have on the wire, in logs and in JSON.
#pragma once

#include <QString>

#include <optional>

namespace affinity::rules {

enum class Outcome {
    Applied,
    NoRule,
    Cooldown,
    RuleDailyCap,
    GlobalDailyCap,
    EventDuplicate,
    ValueBoundary,
    Error,
    InDoubt
};

/// "applied", "noop_cooldown", …: the production service's names.
QString wireName(Outcome outcome);

/// The outcome of that wire name, if there is one.
std::optional<Outcome> outcomeFromWireName(QStringView name);

} // namespace affinity::rules
