// Field: one number, text or date of a scenario by name, so that knobs, forms, findings and undo mean the same member.
#pragma once

#include "engine/engine.h"

#include <QString>

#include <optional>
#include <vector>

namespace affinity::ui {

/// What of a scenario can be edited as one value.
enum class Member {
    ScenarioName,
    Devices,
    Days,
    Seed,
    StartDate,
    StartValue,  ///< row: entry of the start values
    StartWeight, ///< row: entry of the start values
    Price,       ///< key: reward type
    Ceiling,
    GlobalDailyCap,
    TimeZone,
    DecayIdleDays,
    DecayRuleKey,
    RuleKey, ///< row: rule, here and below
    RuleName,
    MinChange,
    MaxChange,
    SingleCap,
    DailyCap,
    Cooldown,
    LevelNumber, ///< row: level, here and below
    LevelFrom,
    LevelName,
    RewardType, ///< row: level; part: reward; here and below
    RewardAmount,
    PersonaName, ///< row: persona, here and below
    Share,
    Events,        ///< key: rule
    HourWeight,    ///< part: hour
    WeekdayFactor, ///< part: 0 is Monday
    ActiveProbability,
    Churn,
    Return,
    Dispersion,
    Retry,
    EntryFrom, ///< row: calendar entry, here and below
    EntryTo,
    RateFactor,     ///< key: rule
    EntryMinChange, ///< key: rule, here and below; empty text: unchanged
    EntryMaxChange,
    EntrySingleCap,
    EntryDailyCap,
    EntryCooldown,
    EntryCeiling, ///< empty text: unchanged, here and below
    EntryGlobalDailyCap,
    EntryDecayIdleDays,
    Count
};

/// True from `first` to `last`, in the order of Member.
inline bool isIn(Member member, Member first, Member last) {
    return member >= first && member <= last;
}

struct Field {
    Member member = Member::ScenarioName;
    int row = 0;
    int part = 0;
    QString key;

    friend bool operator==(const Field&, const Field&) = default;
};

/// "Daily cap"; the same in forms, knobs and the undo list.
QString labelOf(const Field& field);
/// "pts", "s", "%"; empty for texts and plain numbers.
QString unitOf(const Field& field);
/// As errors of the engine and scenario files name it: "rule_set.rules[2].daily_cap".
QString memberOf(const Field& field);
bool isNumber(const Field& field);
/// Whole numbers only.
bool isWhole(const Field& field);

/// True while the row the field names is there.
bool exists(const sim::Scenario& scenario, const Field& field);
/// As people read and type it, in the unit of the field: shares in percent, "2,000". Empty where nothing is set.
QString fieldText(const sim::Scenario& scenario, const Field& field);
/// Reads what was typed into the scenario. Answers why it cannot be read, as a sentence, with nothing changed; empty
/// when it was. Whether the value makes sense is checkScenario's matter.
QString setFieldText(sim::Scenario& scenario, const Field& field, const QString& text);

/// The number in the unit of the field; nothing for texts and where nothing is set.
std::optional<double> fieldNumber(const sim::Scenario& scenario, const Field& field);
/// Sets a number in the unit of the field, rounded where it is whole and kept within what an int holds.
void setFieldNumber(sim::Scenario& scenario, const Field& field, double number);

/// The same field in the scenario an edited one was made from: rules are found by key, levels by number, personas by
/// name, what is not found there by its place if nobody else has that place. Nothing for a row that is new.
std::optional<Field> inBaseline(const Field& field, const sim::Scenario& edited, const sim::Scenario& baseline);

/// The key of a rule is changed wherever the scenario names it: personas, calendar, decay.
void renameRule(sim::Scenario& scenario, int row, const QString& key);
/// Takes a rule away with what names it.
void removeRule(sim::Scenario& scenario, int row);

/// Every field of a scenario that can be edited.
std::vector<Field> allFields(const sim::Scenario& scenario);

} // namespace affinity::ui
