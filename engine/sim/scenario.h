// A scenario: a rule set, a population of personas, a calendar and a seed; everything a simulation run depends on.
#pragma once

#include "engine/rules/ruleset.h"

#include <QDate>
#include <QString>

#include <array>
#include <map>
#include <optional>
#include <vector>

namespace affinity::sim {

/// Start values of the population: each device draws one with the given weight. {"value": n} is one entry.
struct StartValues {
    struct Entry {
        int value = 0;       ///< points, ≥ 0
        double weight = 1.0; ///< relative, ≥ 0; not all 0

        friend bool operator==(const Entry&, const Entry&) = default;
    };
    std::vector<Entry> histogram{Entry{}};
    QString snapshotFile; ///< not empty: the values stand in that file, which the caller loads into `histogram`

    friend bool operator==(const StartValues&, const StartValues&) = default;
};

/// One kind of user: how often, when and how regularly they act.
struct Persona {
    QString name;
    double share = 1.0;                           ///< of the devices; all shares add up to 1 ± 1e-9
    std::map<QString, double> eventsPerActiveDay; ///< mean number by rule key, ≥ 0
    std::array<double, 24> hourProfile{};         ///< weights from local midnight, ≥ 0, not all 0
    std::array<double, 7> weekdayFactor{};        ///< Monday first; multiplies all rates, ≥ 0
    double activeProbability = 1.0;               ///< of each day, independent, 0 to 1
    double churnPerDay = 0.0;                     ///< hazard 0 to 1: no active day from then until it returns
    double returnPerDay = 0.0;                    ///< hazard 0 to 1
    double dispersion = 0.0;                      ///< 0 Poisson; k: day's rate × gamma of mean 1, variance k
    double retryProbability = 0.0;                ///< an event is sent again with the same id after 1 to 120 s

    friend bool operator==(const Persona&, const Persona&) = default;
};

/// Columns a calendar entry sets on one rule while it lasts; absent ones keep their value.
struct RuleColumns {
    std::optional<int> minChange, maxChange, singleCap, dailyCap, cooldownSeconds;
    std::optional<bool> isEnabled;

    friend bool operator==(const RuleColumns&, const RuleColumns&) = default;
};

/// Columns a calendar entry sets on the setting while it lasts (the time zone cannot be one of them).
struct SettingColumns {
    std::optional<int> maxAffinity, globalDailyCap, decayIdleDays;
    std::optional<bool> isNotifyEnabled, isDecayEnabled;
    std::optional<QString> decayRuleKey;

    friend bool operator==(const SettingColumns&, const SettingColumns&) = default;
};

/// A stretch of local dates with other rates or rules ("double week"). Later entries win over earlier ones.
struct CalendarEntry {
    QDate from;                           ///< inclusive
    QDate to;                             ///< inclusive
    std::map<QString, double> rateFactor; ///< by rule key, ≥ 0
    std::map<QString, RuleColumns> rules; ///< by rule key
    SettingColumns setting;

    friend bool operator==(const CalendarEntry&, const CalendarEntry&) = default;
};

/// One simulation, complete. Same scenario, same result, on any machine and thread count.
struct Scenario {
    QString name;
    quint64 seed = 1;
    qint64 devices = 1000; ///< 1 to 100,000,000
    int days = 30;         ///< 1 to 730
    QDate startDate;       ///< local date in the setting's zone
    rules::RuleSet ruleSet;
    std::map<QString, double> prices; ///< cost of one `amount` by reward type; a type without one is shown in units
    StartValues start;
    std::vector<Persona> personas;
    std::vector<CalendarEntry> calendar;

    friend bool operator==(const Scenario&, const Scenario&) = default;
};

} // namespace affinity::sim
