#include "engine/rules/rulesetjson.h"

#include "engine/base/jsonreader.h"
#include "engine/rules/localday.h"

#include <algorithm>
#include <map>

namespace affinity::rules {

using base::JsonObject;
using base::JsonReading;
using base::JsonValue;
using base::largestInteger;

namespace {

constexpr int newestVersion = 1;
constexpr int longestName = 64;     ///< characters, production's column
constexpr int longestRuleKey = 32;  ///< characters, production's column
constexpr int longestTimeZone = 64; ///< characters, production's column
constexpr int mostRows = 1000;      ///< rules, levels, rewards of a level

/// A key that the counters' names in Redis and the log's own words leave free.
QString readRuleKey(const JsonValue& value) {
    const QString key = value.text(1, longestRuleKey);
    if (key.contains(QLatin1Char(':')))
        value.fail(
            QStringLiteral("must not hold a colon: counters in Redis part their names with it. Choose another key."));
    if (key == QLatin1String("_global") || key == QLatin1String("admin"))
        value.fail(QStringLiteral("\"%1\" is reserved by the engine. Choose another key.").arg(key));
    return key;
}

QByteArray readTimeZone(const JsonValue& value) {
    const QString name = value.text(1, longestTimeZone);
    if (!name.isEmpty() && !isKnownTimeZone(name.toUtf8()))
        value.fail(QStringLiteral("\"%1\" is not a time zone that this machine knows. Use an IANA name such as "
                                  "\"Asia/Shanghai\".")
                       .arg(name));
    return name.toUtf8();
}

Setting readSetting(const JsonValue& value) {
    JsonObject object(value);
    Setting setting;
    setting.maxAffinity = object.required("max_affinity").integer(1, largestInteger);
    setting.globalDailyCap = object.required("global_daily_cap").integer(1, largestInteger);
    setting.timeZone = readTimeZone(object.required("timezone"));
    setting.isNotifyEnabled = object.required("enable_notify").boolean();
    setting.isDecayEnabled = object.required("decay_enabled").boolean();
    setting.decayIdleDays = object.required("decay_idle_days").integer(0, largestInteger);
    setting.decayRuleKey = object.required("decay_rule_key").text(0, longestRuleKey);
    object.finish();
    return setting;
}

Rule readRule(const JsonValue& value) {
    JsonObject object(value);
    Rule rule;
    rule.key = readRuleKey(object.required("rule_key"));
    const auto name = object.optional("name");
    rule.name = name ? name->text(0, longestName) : rule.key;
    rule.minChange = object.required("min_change").integer(-largestInteger, largestInteger);
    rule.maxChange = object.required("max_change").integer(-largestInteger, largestInteger);
    rule.singleCap = object.required("single_cap").integer(1, largestInteger);
    rule.dailyCap = object.required("daily_cap").integer(1, largestInteger);
    rule.cooldownSeconds = object.required("cooldown_seconds").integer(0, largestInteger);
    if (const auto isEnabled = object.optional("is_enabled"))
        rule.isEnabled = isEnabled->boolean();
    if (const auto isDeleted = object.optional("is_deleted"))
        rule.isDeleted = isDeleted->boolean();
    object.finish();
    if (rule.minChange > rule.maxChange)
        value.reading().fail(base::pointerTo(value.pointer(), "min_change"),
                             QStringLiteral("must not be above max_change, but %1 is above %2.")
                                 .arg(rule.minChange)
                                 .arg(rule.maxChange));
    return rule;
}

std::vector<Rule> readRules(const JsonValue& value) {
    std::vector<Rule> rules;
    std::map<QString, size_t> indexOfKey; // of rules that are not deleted
    for (const JsonValue& item : value.items(0, mostRows)) {
        const Rule rule = readRule(item);
        rules.push_back(rule);
        if (rule.isDeleted)
            continue;
        const auto [first, isNew] = indexOfKey.emplace(rule.key, rules.size() - 1);
        if (!isNew)
            value.reading().fail(base::pointerTo(item.pointer(), "rule_key"),
                                 QStringLiteral("\"%1\" is the key of rules[%2] too. Give each rule a key of its own.")
                                     .arg(rule.key)
                                     .arg(first->second));
    }
    return rules;
}

base::Json readRewards(const JsonValue& value) {
    for (const JsonValue& reward : value.items(0, mostRows))
        reward.members();
    return value.json();
}

Level readLevel(const JsonValue& value) {
    JsonObject object(value);
    Level level;
    level.level = object.required("level").integer(0, largestInteger);
    level.minValue = object.required("min_value").integer(0, largestInteger);
    const auto name = object.optional("name");
    level.name = name ? name->text(0, longestName) : QStringLiteral("Lv%1").arg(level.level);
    if (const auto rewards = object.optional("rewards"))
        level.rewards = readRewards(*rewards);
    object.finish();
    return level;
}

/// Sorted by level; thresholds must rise with it.
std::vector<Level> readLevels(const JsonValue& value) {
    struct Read {
        Level level;
        std::string pointer;
    };
    std::vector<Read> read;
    for (const JsonValue& item : value.items(0, mostRows))
        read.push_back({readLevel(item), item.pointer()});
    std::stable_sort(read.begin(), read.end(),
                     [](const Read& left, const Read& right) { return left.level.level < right.level.level; });

    std::vector<Level> levels;
    for (const Read& one : read) {
        if (!levels.empty() && levels.back().level == one.level.level)
            value.reading().fail(
                base::pointerTo(one.pointer, "level"),
                QStringLiteral("%1 is the number of another level too. Give each level a number of its own.")
                    .arg(one.level.level));
        else if (!levels.empty() && levels.back().minValue >= one.level.minValue)
            value.reading().fail(base::pointerTo(one.pointer, "min_value"),
                                 QStringLiteral("must be above the %1 of level %2, not %3.")
                                     .arg(levels.back().minValue)
                                     .arg(levels.back().level)
                                     .arg(one.level.minValue));
        levels.push_back(one.level);
    }
    return levels;
}

} // namespace

bool hasRule(const RuleSet& ruleSet, const QString& key) {
    return std::any_of(ruleSet.rules.begin(), ruleSet.rules.end(),
                       [&key](const Rule& rule) { return !rule.isDeleted && rule.key == key; });
}

base::Result<RuleSet> ruleSetFromJson(const base::LocatedJson& document, const std::string& pointer) {
    JsonReading reading{document, std::nullopt};
    JsonObject object(JsonValue::at(reading, pointer));
    base::readFormat(object, QStringLiteral("affinity-rule-set"), newestVersion);
    const JsonValue setting = object.required("setting");
    RuleSet ruleSet;
    ruleSet.setting = readSetting(setting);
    ruleSet.rules = readRules(object.required("rules"));
    ruleSet.levels = readLevels(object.required("levels"));
    object.finish();
    if (ruleSet.setting.isDecayEnabled && !hasRule(ruleSet, ruleSet.setting.decayRuleKey))
        reading.fail(base::pointerTo(setting.pointer(), "decay_rule_key"),
                     QStringLiteral("\"%1\" is not the key of a rule. Decay is on and needs one: add the rule or turn "
                                    "decay_enabled off.")
                         .arg(ruleSet.setting.decayRuleKey));
    if (reading.error)
        return *reading.error;
    return ruleSet;
}

base::Result<RuleSet> ruleSetFromText(const QByteArray& text, const QString& fileName) {
    const auto document = base::parseLocatedJson(text, fileName);
    if (!document)
        return document.error();
    return ruleSetFromJson(*document, {});
}

base::Json toJson(const RuleSet& ruleSet) {
    using base::Json;
    using base::jsonText;
    const Setting& setting = ruleSet.setting;
    Json rules = Json::array();
    for (const Rule& rule : ruleSet.rules) {
        rules.push_back({{"rule_key", jsonText(rule.key)},
                         {"name", jsonText(rule.name)},
                         {"min_change", rule.minChange},
                         {"max_change", rule.maxChange},
                         {"single_cap", rule.singleCap},
                         {"daily_cap", rule.dailyCap},
                         {"cooldown_seconds", rule.cooldownSeconds},
                         {"is_enabled", rule.isEnabled}});
        if (rule.isDeleted)
            rules.back()["is_deleted"] = true;
    }
    Json levels = Json::array();
    for (const Level& level : ruleSet.levels)
        levels.push_back({{"level", level.level},
                          {"min_value", level.minValue},
                          {"name", jsonText(level.name)},
                          {"rewards", level.rewards}});
    return {{"format", "affinity-rule-set"},
            {"version", newestVersion},
            {"setting",
             {{"max_affinity", setting.maxAffinity},
              {"global_daily_cap", setting.globalDailyCap},
              {"timezone", setting.timeZone.toStdString()},
              {"enable_notify", setting.isNotifyEnabled},
              {"decay_enabled", setting.isDecayEnabled},
              {"decay_idle_days", setting.decayIdleDays},
              {"decay_rule_key", jsonText(setting.decayRuleKey)}}},
            {"rules", std::move(rules)},
            {"levels", std::move(levels)}};
}

} // namespace affinity::rules
