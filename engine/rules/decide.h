// decide(): the rules of affinity in one pure function, the same for production, preview, explain, simulation and
// backtest.
#pragma once

#include "engine/rules/levels.h"
#include "engine/rules/outcome.h"
#include "engine/rules/ruleset.h"
#include "engine/rules/trace.h"

#include <span>

namespace affinity::rules {

enum class RequestKind {
    Event,     ///< something happened on a device or phone, or decay: by rule
    Adjustment ///< an operator moves the value by `delta`: no rule, cooldown, cap or counter
};

/// What is asked for, as far as the rules look at it.
struct Request {
    RequestKind kind = RequestKind::Event;
    qint64 delta = 0; ///< Adjustment only, points, any size
    bool hasEventId = false;
    bool isDecay = false; ///< decay does not count as activity (difference D1)
};

/// Everything the decision depends on, read beforehand. Pointers and spans outlive the call.
struct Facts {
    bool isEventSeen = false;   ///< this event id took effect within its window
    const Rule* rule = nullptr; ///< the live rule of the key, or none
    bool isCooldownRunning = false;
    qint64 cooldownLeftUs = 0;        ///< for the trace; 0 when not running or not known
    bool isBindingActive = false;     ///< bound, and to the user who asks
    const Setting* setting = nullptr; ///< never null
    std::span<const Level> levels;    ///< sorted by level
    int storedLevel = 0;              ///< of the binding, as stored
    qint64 value = 0;                 ///< of the binding, points
    qint64 ruleDaySum = 0;            ///< points used of the rule's daily cap
    qint64 globalDaySum = 0;          ///< points used of the global daily cap
};

/// Where a change is drawn.
class Draw {
public:
    virtual ~Draw() = default;
    /// A uniform integer in the closed range [minimum, maximum]; minimum ≤ maximum.
    virtual int uniform(int minimum, int maximum) = 0;
};

/// What made an applied change smaller than the drawn one; the last of them in the order of the steps.
enum class Cut { None, SingleCap, RuleDailyCap, GlobalDailyCap, Bounds };

/// What has to be carried out besides the log row and the value when the outcome is Applied.
struct Effects {
    bool refreshesActivity = false;
    int cooldownSeconds = 0;    ///< of (device, rule) to start; 0: none
    int ruleDayAdd = 0;         ///< points to add to the rule's day: |change|
    int globalDayAdd = 0;       ///< points to add to the global day
    bool countsTrigger = false; ///< the daily counter gets the signed change and one trigger
    bool marksEvent = false;
    bool savesLevel = false;    ///< the stored level changes to newLevel
    bool grantsRewards = false; ///< the level rose: each level in (oldLevel, newLevel] grants once
    bool pushes = false;

    friend bool operator==(const Effects&, const Effects&) = default;
};

/// The decision. Only Applied has effects; before and after are filled for Applied and for a boundary found at the
/// write.
struct Decision {
    Outcome outcome = Outcome::Error;
    int drawn = 0;  ///< change drawn or asked for, before any cap, within int
    int change = 0; ///< what really moves
    int before = 0;
    int after = 0;
    int oldLevel = 0; ///< the stored one
    int newLevel = 0;
    Cut cut = Cut::None;
    Effects effects;

    friend bool operator==(const Decision&, const Decision&) = default;
};

/// Decides one request from facts. Pure: draws at most once from `draw`, and appends the steps taken to `trace` if
/// given.
Decision decide(const Request& request, const Facts& facts, Draw& draw, Trace* trace = nullptr);

} // namespace affinity::rules
