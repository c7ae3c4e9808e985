// Generators of rule sets for RapidCheck properties.
#pragma once

#include "engine/rules/ruleset.h"

#include <rapidcheck.h>

namespace affinity::test {

/// A text of 0 to 10 characters with Chinese, quotes, and characters that JSON escapes.
inline QString anyName() {
    const auto characters =
        *rc::gen::container<std::u32string>(rc::gen::elementOf(std::u32string(U"abcXYZ 019_-./~\"\\{}[]聊天é😀")));
    return QString::fromUcs4(characters.data(), static_cast<qsizetype>(std::min<size_t>(characters.size(), 10)));
}

/// A valid rule set of 1 to 6 rules "r0"…, with a rule for decay when decay is on, and 0 to 5 levels.
inline rules::RuleSet anyRuleSet() {
    constexpr int largest = std::numeric_limits<int>::max();
    const auto below = [](int bound) { return *rc::gen::inRange(0, bound); };
    const auto upTo = [](int minimum) {
        return *rc::gen::oneOf(rc::gen::inRange(minimum, 200), rc::gen::inRange(minimum, largest));
    };
    rules::RuleSet ruleSet;
    const int ruleCount = 1 + below(6);
    for (int i = 0; i < ruleCount; ++i) {
        rules::Rule rule;
        rule.key = QStringLiteral("r%1").arg(i);
        rule.name = anyName();
        const int one = upTo(-largest);
        const int other = upTo(-largest);
        rule.minChange = std::min(one, other);
        rule.maxChange = std::max(one, other);
        rule.singleCap = upTo(1);
        rule.dailyCap = upTo(1);
        rule.cooldownSeconds = upTo(0);
        rule.isEnabled = *rc::gen::arbitrary<bool>();
        rule.isDeleted = i > 0 && below(4) == 0;
        ruleSet.rules.push_back(rule);
    }
    int level = below(3);
    int minValue = below(3);
    for (int i = below(6); i > 0; --i) {
        rules::Level row{level, minValue, anyName(), base::Json::array()};
        for (int reward = below(3); reward > 0; --reward)
            row.rewards.push_back({{"type", anyName().toStdString()}, {"amount", upTo(0)}});
        ruleSet.levels.push_back(row);
        level += 1 + below(5);
        minValue += 1 + below(1'000'000);
    }
    rules::Setting& setting = ruleSet.setting;
    setting.maxAffinity = upTo(1);
    setting.globalDailyCap = upTo(1);
    setting.timeZone = *rc::gen::element<QByteArray>("Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "UTC");
    setting.isNotifyEnabled = *rc::gen::arbitrary<bool>();
    setting.isDecayEnabled = *rc::gen::arbitrary<bool>();
    setting.decayIdleDays = upTo(0);
    setting.decayRuleKey = setting.isDecayEnabled ? QStringLiteral("r0") : QStringLiteral("none");
    return ruleSet;
}

} // namespace affinity::test
