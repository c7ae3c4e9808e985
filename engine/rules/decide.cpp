#include "engine/rules/decide.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace affinity::rules {

namespace {

void note(Trace* trace, const TraceStep& step) {
    if (trace)
        trace->push_back(step);
}

Decision refusal(Outcome outcome) {
    Decision decision;
    decision.outcome = outcome;
    return decision;
}

int withinInt(qint64 number) {
    return static_cast<int>(
        std::clamp<qint64>(number, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
}

/// A change on its way through the caps.
struct Pending {
    int drawn = 0;
    qint64 change = 0;
    Cut cut = Cut::None;
};

/// Cuts the change to the room a cap leaves, keeping its sign. False when no room is left.
bool fitIntoCap(Pending& pending, qint64 used, qint64 cap, Step step, Cut cut, Trace* trace) {
    const qint64 wanted = std::abs(pending.change);
    // A hostile counter may hold any number; a sum below 0 is as good as none, and cap - used stays in range.
    const qint64 granted = std::clamp<qint64>(cap - std::max<qint64>(used, 0), 0, wanted);
    const qint64 before = pending.change;
    Verdict verdict = Verdict::Passed;
    if (granted < wanted) {
        pending.change = pending.change < 0 ? -granted : granted;
        pending.cut = cut;
        verdict = granted == 0 ? Verdict::Stopped : Verdict::Cut;
    }
    note(trace, {step, verdict, used, cap, before, pending.change});
    return granted > 0;
}

/// Step 4: draws the change and holds it to the single cap. Zero when nothing is left to apply.
Pending drawChange(const Rule& rule, Draw& draw, Trace* trace) {
    Pending pending;
    pending.drawn = draw.uniform(rule.minChange, rule.maxChange);
    pending.change = std::clamp(pending.drawn, -rule.singleCap, rule.singleCap);
    Verdict verdict = Verdict::Passed;
    if (pending.change != pending.drawn) {
        pending.cut = Cut::SingleCap;
        verdict = Verdict::Cut;
    }
    if (pending.change == 0)
        verdict = Verdict::Stopped;
    note(trace, {Step::Change, verdict, rule.minChange, rule.maxChange, pending.drawn, pending.change});
    return pending;
}

/// Step 7: moves the value within its bounds and works out the level. Shared by events and adjustments.
Decision write(const Request& request, const Facts& facts, const Pending& pending, Trace* trace) {
    const qint64 ceiling = facts.setting->maxAffinity;
    const qint64 after = std::clamp<qint64>(facts.value + pending.change, 0, ceiling);
    const qint64 change = after - facts.value;

    Decision decision;
    decision.drawn = pending.drawn;
    decision.before = withinInt(facts.value);
    decision.after = withinInt(after);
    decision.cut = change == pending.change ? pending.cut : Cut::Bounds;
    const Verdict verdict = change == 0                   ? Verdict::Stopped
                            : decision.cut == Cut::Bounds ? Verdict::Cut
                                                          : Verdict::Passed;
    note(trace, {Step::Bounds, verdict, facts.value, ceiling, pending.change, change});
    if (change == 0) {
        decision.outcome = Outcome::ValueBoundary;
        return decision;
    }

    decision.outcome = Outcome::Applied;
    decision.change = withinInt(change);
    decision.oldLevel = facts.storedLevel;
    decision.newLevel = levelOf(after, facts.levels);
    note(trace, {Step::Level, Verdict::Passed, decision.oldLevel, decision.newLevel, change, change});

    decision.effects.refreshesActivity = !request.isDecay;
    decision.effects.savesLevel = decision.newLevel != decision.oldLevel;
    decision.effects.grantsRewards = decision.newLevel > decision.oldLevel;
    decision.effects.pushes = facts.setting->isNotifyEnabled;
    return decision;
}

Decision decideAdjustment(const Request& request, const Facts& facts, Trace* trace) {
    if (!facts.isBindingActive) {
        note(trace, {Step::Binding, Verdict::Stopped, 0, 0, 0, 0});
        return refusal(Outcome::Error);
    }
    note(trace, {Step::Binding, Verdict::Passed, 0, 0, 0, 0});
    if (request.delta == 0) {
        note(trace, {Step::Change, Verdict::Stopped, 0, 0, 0, 0});
        return refusal(Outcome::ValueBoundary);
    }
    // An operator's number may be of any size; what could not fit into a value anyway is cut before it is added.
    constexpr qint64 widest = std::numeric_limits<int>::max();
    const qint64 delta = std::clamp<qint64>(request.delta, -2 * widest, 2 * widest);
    return write(request, facts, {withinInt(delta), delta, Cut::None}, trace);
}

/// Steps 0 to 3: what stops an event before anything is drawn.
std::optional<Outcome> gate(const Request& request, const Facts& facts, Trace* trace) {
    if (facts.isEventSeen) {
        note(trace, {Step::EventId, Verdict::Stopped, 1, 0, 0, 0});
        return Outcome::EventDuplicate;
    }
    if (request.hasEventId)
        note(trace, {Step::EventId, Verdict::Passed, 0, 0, 0, 0});
    if (!facts.rule) {
        note(trace, {Step::Rule, Verdict::Stopped, 0, 0, 0, 0});
        return Outcome::NoRule;
    }
    note(trace, {Step::Rule, Verdict::Passed, 0, 0, 0, 0});
    const Verdict cooldown = facts.isCooldownRunning ? Verdict::Stopped : Verdict::Passed;
    note(trace, {Step::Cooldown, cooldown, facts.cooldownLeftUs, facts.rule->cooldownSeconds, 0, 0});
    if (facts.isCooldownRunning)
        return Outcome::Cooldown;
    note(trace, {Step::Binding, facts.isBindingActive ? Verdict::Passed : Verdict::Stopped, 0, 0, 0, 0});
    if (!facts.isBindingActive)
        return Outcome::Error;
    return std::nullopt;
}

Decision decideEvent(const Request& request, const Facts& facts, Draw& draw, Trace* trace) {
    if (const auto stopped = gate(request, facts, trace))
        return refusal(*stopped);
    const Rule& rule = *facts.rule;
    Pending pending = drawChange(rule, draw, trace);
    Decision refused = refusal(Outcome::ValueBoundary);
    refused.drawn = pending.drawn;
    if (pending.change == 0)
        return refused;
    if (!fitIntoCap(pending, facts.ruleDaySum, rule.dailyCap, Step::RuleDailyCap, Cut::RuleDailyCap, trace)) {
        refused.outcome = Outcome::RuleDailyCap;
        return refused;
    }
    // Losing points neither needs nor uses the global room.
    if (pending.change > 0 && !fitIntoCap(pending, facts.globalDaySum, facts.setting->globalDailyCap,
                                          Step::GlobalDailyCap, Cut::GlobalDailyCap, trace)) {
        refused.outcome = Outcome::GlobalDailyCap;
        return refused;
    }
    Decision decision = write(request, facts, pending, trace);
    if (decision.outcome == Outcome::Applied) {
        decision.effects.cooldownSeconds = rule.cooldownSeconds;
        decision.effects.ruleDayAdd = std::abs(decision.change);
        decision.effects.globalDayAdd = std::max(decision.change, 0);
        decision.effects.countsTrigger = true;
        decision.effects.marksEvent = request.hasEventId;
    }
    return decision;
}

} // namespace

Decision decide(const Request& request, const Facts& facts, Draw& draw, Trace* trace) {
    return request.kind == RequestKind::Adjustment ? decideAdjustment(request, facts, trace)
                                                   : decideEvent(request, facts, draw, trace);
}

} // namespace affinity::rules
