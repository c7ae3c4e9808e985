#include "engine/service/counterreconcile.h"

#include "engine/base/isotime.h"

#include <set>

namespace affinity::service {

using base::Result;
using base::usPerSecond;
using store::CounterKind;
using store::CounterState;

namespace {

constexpr qint64 lifeSlackUs = 2 * usPerSecond; // clocks apart, and the time between two readings

qint64 roundedSeconds(qint64 us) {
    return (us + usPerSecond / 2) / usPerSecond;
}

qint64 wantedSum(const store::CounterRaise& logged, const CounterState& state) {
    if (state.kind == CounterKind::GlobalDay)
        return logged.globalDaySum;
    for (const store::RuleDaySum& sum : logged.ruleSums) {
        if (sum.ruleKey == state.ruleKey)
            return sum.sum;
    }
    return 0;
}

std::optional<Finding> sumFinding(base::DeviceId id, const CounterState& state, qint64 wanted) {
    Finding finding{FindingKind::RedisLower, id, std::nullopt, wanted, state.number.value_or(0), {}};
    if (!state.isSet && wanted == 0)
        return std::nullopt;
    if (!state.isSet) {
        finding.kind = FindingKind::RedisMissing;
        finding.what = QStringLiteral("Redis has no counter %1, but the log's changes of today add up to %2.")
                           .arg(state.key)
                           .arg(wanted);
        return finding;
    }
    if (!state.number) {
        finding.kind = FindingKind::RedisGarbage;
        finding.what = QStringLiteral("The counter %1 in Redis holds \"%2\", which is no whole number; the log's "
                                      "changes of today add up to %3.")
                           .arg(state.key, state.value)
                           .arg(wanted);
        return finding;
    }
    if (*state.number == wanted)
        return std::nullopt;
    finding.kind = *state.number < wanted ? FindingKind::RedisLower : FindingKind::RedisHigher;
    finding.what = QStringLiteral("The counter %1 in Redis is %2, but the log's changes of today add up to %3.")
                       .arg(state.key)
                       .arg(*state.number)
                       .arg(wanted);
    return finding;
}

std::optional<Finding> cooldownFinding(base::DeviceId id, const CounterState& state,
                                       const store::CounterRaise& logged) {
    qint64 wantedUs = 0;
    for (const store::CounterLife& life : logged.cooldowns) {
        if (life.name == state.ruleKey)
            wantedUs = life.leftUs;
    }
    Finding finding{FindingKind::RedisMissing, id, std::nullopt, roundedSeconds(wantedUs), 0, {}};
    if (!state.isSet && wantedUs > lifeSlackUs) {
        finding.what = QStringLiteral("Redis has no cooldown %1, but by the log it runs for another %2 s.")
                           .arg(state.key)
                           .arg(finding.expected);
        return finding;
    }
    if (!state.leftUs || *state.leftUs + lifeSlackUs >= wantedUs)
        return std::nullopt;
    finding.kind = FindingKind::RedisLower;
    finding.found = roundedSeconds(*state.leftUs);
    finding.what = QStringLiteral("The cooldown %1 in Redis runs for another %2 s, but by the log for %3 s.")
                       .arg(state.key)
                       .arg(finding.found)
                       .arg(finding.expected);
    return finding;
}

Finding endlessFinding(base::DeviceId id, const CounterState& state) {
    return {FindingKind::RedisEndless,
            id,
            std::nullopt,
            0,
            state.number.value_or(0),
            state.kind == CounterKind::Cooldown
                ? QStringLiteral("The cooldown %1 in Redis has no end: the rule never fires again for this device. "
                                 "Delete the key.")
                      .arg(state.key)
                : QStringLiteral("The counter %1 in Redis has no end and stays for ever. Delete the key once its day "
                                 "is over.")
                      .arg(state.key)};
}

Result<std::vector<Finding>> compareOnce(store::Store& store, store::Counters& counters, const RaiseScope& scope,
                                         base::DeviceId id) {
    const auto logged = raiseOf(store, scope, id);
    if (!logged)
        return logged.error();
    std::set<QString> ruleKeys;
    for (const rules::Rule& rule : scope.ruleSet.rules) {
        if (rule.isEnabled && !rule.isDeleted)
            ruleKeys.insert(rule.key);
    }
    for (const store::RuleDaySum& sum : logged->ruleSums)
        ruleKeys.insert(sum.ruleKey);
    const auto states = counters.deviceCounters(id, QStringList(ruleKeys.begin(), ruleKeys.end()), logged->date);
    if (!states)
        return states.error();
    std::vector<Finding> findings;
    for (const CounterState& state : *states) {
        auto finding = state.kind == CounterKind::Cooldown ? cooldownFinding(id, state, *logged)
                                                           : sumFinding(id, state, wantedSum(*logged, state));
        if (finding)
            findings.push_back(*std::move(finding));
        if (state.isSet && !state.leftUs)
            findings.push_back(endlessFinding(id, state));
    }
    return findings;
}

} // namespace

Result<std::vector<Finding>> counterFindings(store::Store& store, store::Counters& counters, const RaiseScope& scope,
                                             base::DeviceId id) {
    auto findings = compareOnce(store, counters, scope, id);
    if (!findings || findings->empty())
        return findings;
    return compareOnce(store, counters, scope, id);
}

} // namespace affinity::service
