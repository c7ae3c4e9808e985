// The rule set as plain data: rules, the one setting, and the levels with their rewards.
#pragma once

#include "engine/base/id.h"
#include "engine/base/json.h"

#include <QString>

#include <vector>

namespace affinity::rules {

/// What one kind of event may change, and how often.
struct Rule {
    base::RuleId id;
    QString key;             ///< "chat"; unique among live rules, at most 32 characters
    QString name;            ///< what people call it
    int minChange = 0;       ///< points, inclusive; minChange ≤ maxChange
    int maxChange = 0;       ///< points, inclusive
    int singleCap = 1;       ///< points, above 0: one event moves the value by at most this much
    int dailyCap = 1;        ///< points, above 0: sum of absolute changes of one device and local day
    int cooldownSeconds = 0; ///< 0: none
    bool isEnabled = true;
    bool isDeleted = false;
    qint64 createdAtUs = 0;
    qint64 updatedAtUs = 0; ///< last edit; log rows older than it are not held against a cooldown

    friend bool operator==(const Rule&, const Rule&) = default;
};

/// The service's one row of settings.
struct Setting {
    int maxAffinity = 1000;                ///< ceiling of a value, above 0
    int globalDailyCap = 100;              ///< points gained by all rules of one device and local day, above 0
    QByteArray timeZone = "Asia/Shanghai"; ///< IANA name; it decides what a day is
    bool isNotifyEnabled = true;
    bool isDecayEnabled = false;
    int decayIdleDays = 7; ///< local days without activity before decay starts
    QString decayRuleKey = QStringLiteral("decay");
    qint64 updatedAtUs = 0;

    friend bool operator==(const Setting&, const Setting&) = default;
};

/// One level: reached when the value is at least minValue.
struct Level {
    int level = 0;
    int minValue = 0;
    QString name;
    base::Json rewards = base::Json::array(); ///< a list of objects, passed on as it is

    friend bool operator==(const Level&, const Level&) = default;
};

/// Everything `decide` needs to know about the game. `levels` are sorted by level, ascending.
struct RuleSet {
    Setting setting;
    std::vector<Rule> rules;
    std::vector<Level> levels;

    friend bool operator==(const RuleSet&, const RuleSet&) = default;
};

/// The live rule of that key (enabled and not deleted), or null. The pointer lives as long as the rule set.
const Rule* liveRule(const RuleSet& ruleSet, const QString& key);

} // namespace affinity::rules
