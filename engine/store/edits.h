// Edits: rules and settings with some columns changed, and the refusals that all stores word alike.
#pragma once

#include "engine/base/result.h"
#include "engine/store/store.h"

namespace affinity::store {

inline rules::Rule edited(rules::Rule rule, const RuleEdit& edit, qint64 nowUs) {
    rule.minChange = edit.minChange.value_or(rule.minChange);
    rule.maxChange = edit.maxChange.value_or(rule.maxChange);
    rule.singleCap = edit.singleCap.value_or(rule.singleCap);
    rule.dailyCap = edit.dailyCap.value_or(rule.dailyCap);
    rule.cooldownSeconds = edit.cooldownSeconds.value_or(rule.cooldownSeconds);
    rule.isEnabled = edit.isEnabled.value_or(rule.isEnabled);
    rule.isDeleted = edit.isDeleted.value_or(rule.isDeleted);
    rule.updatedAtUs = nowUs;
    return rule;
}

inline rules::Setting edited(rules::Setting setting, const SettingEdit& edit, qint64 nowUs) {
    setting.maxAffinity = edit.maxAffinity.value_or(setting.maxAffinity);
    setting.globalDailyCap = edit.globalDailyCap.value_or(setting.globalDailyCap);
    setting.decayIdleDays = edit.decayIdleDays.value_or(setting.decayIdleDays);
    setting.isNotifyEnabled = edit.isNotifyEnabled.value_or(setting.isNotifyEnabled);
    setting.isDecayEnabled = edit.isDecayEnabled.value_or(setting.isDecayEnabled);
    setting.timeZone = edit.timeZone.value_or(setting.timeZone);
    setting.decayRuleKey = edit.decayRuleKey.value_or(setting.decayRuleKey);
    setting.updatedAtUs = nowUs;
    return setting;
}

inline base::Error readOnlyStore(const QString& name) {
    return {base::ErrorKind::ReadOnly,
            QStringLiteral("%1 was opened for reading only. Open it for writing to change it.").arg(name)};
}

inline base::Error readTransaction() {
    return {base::ErrorKind::ReadOnly, QStringLiteral("A transaction for reading cannot write.")};
}

inline base::Error transactionIsOpen() {
    return {base::ErrorKind::Internal, QStringLiteral("A store carries one transaction at a time, and one is open.")};
}

inline base::Error transactionIsOver() {
    return {base::ErrorKind::Internal, QStringLiteral("The transaction ended, by commit or after an error.")};
}

inline base::Error missingSetting(const QString& name) {
    return {base::ErrorKind::Damaged,
            QStringLiteral("%1 has no row 1 in its table of settings. Save the settings once in the service's admin "
                           "page.")
                .arg(name)};
}

inline base::Error logLimitError(int limit) {
    return {base::ErrorKind::InvalidInput,
            QStringLiteral("A page of log rows has 1 to 10,000 rows, not %1.").arg(limit)};
}

inline base::Error nameIsLocked(const QString& name) {
    return {base::ErrorKind::Busy,
            QStringLiteral("Event \"%1\" is being applied by somebody else and was not finished in time. Nothing was "
                           "written; try again.")
                .arg(name)};
}

inline base::Error valueMoved(base::DeviceId id, int expected) {
    return {base::ErrorKind::Internal,
            QStringLiteral("The value of binding %1 is not %2 any more although it was locked. Nothing was written.")
                .arg(id.value)
                .arg(expected)};
}

} // namespace affinity::store
