#include "engine/sim/calendar.h"

namespace affinity::sim {

namespace {

template<typename T> void set(T& target, const std::optional<T>& value) {
    if (value)
        target = *value;
}

} // namespace

void applyColumns(rules::Rule& rule, const RuleColumns& columns) {
    set(rule.minChange, columns.minChange);
    set(rule.maxChange, columns.maxChange);
    set(rule.singleCap, columns.singleCap);
    set(rule.dailyCap, columns.dailyCap);
    set(rule.cooldownSeconds, columns.cooldownSeconds);
    set(rule.isEnabled, columns.isEnabled);
}

void applyColumns(rules::Setting& setting, const SettingColumns& columns) {
    set(setting.maxAffinity, columns.maxAffinity);
    set(setting.globalDailyCap, columns.globalDailyCap);
    set(setting.decayIdleDays, columns.decayIdleDays);
    set(setting.isNotifyEnabled, columns.isNotifyEnabled);
    set(setting.isDecayEnabled, columns.isDecayEnabled);
    set(setting.decayRuleKey, columns.decayRuleKey);
}

} // namespace affinity::sim
