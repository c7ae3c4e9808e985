// The trace: every step a decision went through, with the numbers it looked at and what it made of them.
#pragma once

#include <QString>

#include <vector>

namespace affinity::rules {

/// The steps in the order `decide` takes them.
enum class Step { EventId, Rule, Cooldown, Binding, Change, RuleDailyCap, GlobalDailyCap, Bounds, Level };

enum class Verdict {
    Passed, ///< nothing to object
    Cut,    ///< the change got smaller here
    Stopped ///< the call ended here
};

/// One step. Members that a step does not use are 0.
struct TraceStep {
    Step step = Step::EventId;
    Verdict verdict = Verdict::Passed;
    /// What is used or present: caps: points used before this event today; Cooldown: microseconds left;
    /// Bounds: value before; Level: stored level; Change: the rule's smallest change.
    qint64 used = 0;
    /// What there may be: caps: the cap in points; Cooldown: the rule's cooldown in seconds; Bounds: the ceiling;
    /// Level: the new level; Change: the rule's largest change.
    qint64 limit = 0;
    /// Change in points that came into the step and left it. Change: drawn, and after the single cap.
    qint64 changeIn = 0;
    qint64 changeOut = 0;

    friend bool operator==(const TraceStep&, const TraceStep&) = default;
};

using Trace = std::vector<TraceStep>;

/// Stable names for JSON: "event_id", "rule_daily_cap", … and "passed", "cut", "stopped".
QString name(Step step);
QString name(Verdict verdict);

} // namespace affinity::rules
