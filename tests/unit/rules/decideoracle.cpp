#include "tests/unit/rules/decideoracle.h"

namespace affinity::test {

using rules::Cut;
using rules::Decision;
using rules::Outcome;

namespace {

Decision stopped(Outcome outcome, int drawn) {
    Decision decision;
    decision.outcome = outcome;
    decision.drawn = drawn;
    return decision;
}

int smaller(int a, int b) {
    return a < b ? a : b;
}

int distance(int change) {
    return change < 0 ? -change : change;
}

/// Steps 7 to 9 for a change that passed the caps.
Decision written(const OracleCase& given, int change, Cut cut) {
    int after = given.value + change;
    if (after < 0)
        after = 0;
    if (after > given.ceiling)
        after = given.ceiling;
    Decision decision = stopped(Outcome::ValueBoundary, given.drawn);
    decision.before = given.value;
    decision.after = after;
    decision.cut = after - given.value == change ? cut : Cut::Bounds;
    if (after == given.value)
        return decision;
    decision.outcome = Outcome::Applied;
    decision.change = after - given.value;
    decision.oldLevel = given.storedLevel;
    for (const rules::Level& level : given.levels) {
        if (level.minValue <= after && level.level > decision.newLevel)
            decision.newLevel = level.level;
    }
    decision.effects.refreshesActivity = !given.isDecay;
    decision.effects.cooldownSeconds = given.cooldownSeconds;
    decision.effects.ruleDayAdd = distance(decision.change);
    decision.effects.globalDayAdd = decision.change > 0 ? decision.change : 0;
    decision.effects.countsTrigger = true;
    decision.effects.marksEvent = given.hasEventId;
    decision.effects.savesLevel = decision.newLevel != given.storedLevel;
    decision.effects.grantsRewards = decision.newLevel > given.storedLevel;
    decision.effects.pushes = given.isNotifyEnabled;
    return decision;
}

} // namespace

Decision oracleDecision(const OracleCase& given) {
    if (given.isEventSeen)
        return stopped(Outcome::EventDuplicate, 0);
    if (!given.hasRule)
        return stopped(Outcome::NoRule, 0);
    if (given.isCooldownRunning)
        return stopped(Outcome::Cooldown, 0);
    if (!given.isBound)
        return stopped(Outcome::Error, 0);

    const int sign = given.drawn < 0 ? -1 : 1;
    int size = distance(given.drawn);
    Cut cut = Cut::None;
    if (size > given.singleCap) {
        size = given.singleCap;
        cut = Cut::SingleCap;
    }
    if (size == 0)
        return stopped(Outcome::ValueBoundary, given.drawn);

    const int ruleRoom = given.dailyCap - given.ruleSum;
    if (ruleRoom <= 0)
        return stopped(Outcome::RuleDailyCap, given.drawn);
    if (ruleRoom < size)
        cut = Cut::RuleDailyCap;
    size = smaller(size, ruleRoom);

    if (sign > 0) {
        const int globalRoom = given.globalCap - given.globalSum;
        if (globalRoom <= 0)
            return stopped(Outcome::GlobalDailyCap, given.drawn);
        if (globalRoom < size)
            cut = Cut::GlobalDailyCap;
        size = smaller(size, globalRoom);
    }
    return written(given, sign * size, cut);
}

rules::Facts factsOf(const OracleCase& given, rules::Rule& rule, rules::Setting& setting) {
    rule.minChange = given.drawn;
    rule.maxChange = given.drawn;
    rule.singleCap = given.singleCap;
    rule.dailyCap = given.dailyCap;
    rule.cooldownSeconds = given.cooldownSeconds;
    setting.maxAffinity = given.ceiling;
    setting.globalDailyCap = given.globalCap;
    setting.isNotifyEnabled = given.isNotifyEnabled;
    rules::Facts facts;
    facts.isEventSeen = given.isEventSeen;
    facts.rule = given.hasRule ? &rule : nullptr;
    facts.isCooldownRunning = given.isCooldownRunning;
    facts.isBindingActive = given.isBound;
    facts.setting = &setting;
    facts.levels = given.levels;
    facts.storedLevel = given.storedLevel;
    facts.value = given.value;
    facts.ruleDaySum = given.ruleSum;
    facts.globalDaySum = given.globalSum;
    return facts;
}

rules::Request requestOf(const OracleCase& given) {
    rules::Request request;
    request.hasEventId = given.hasEventId;
    request.isDecay = given.isDecay;
    return request;
}

} // namespace affinity::test
