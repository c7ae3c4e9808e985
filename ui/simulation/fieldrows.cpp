#include "ui/simulation/field.h"

#include <algorithm>

namespace affinity::ui {
namespace {

template<typename List, typename Same>
std::optional<int> rowInBaseline(const List& edited, const List& baseline, int row, Same isSame) {
    const auto& wanted = edited[static_cast<size_t>(row)];
    for (size_t i = 0; i < baseline.size(); ++i) {
        if (isSame(baseline[i], wanted))
            return static_cast<int>(i);
    }
    // Renamed: the same place, unless what stood there is elsewhere now.
    if (static_cast<size_t>(row) >= baseline.size())
        return std::nullopt;
    const auto& there = baseline[static_cast<size_t>(row)];
    const bool isElsewhere =
        std::any_of(edited.begin(), edited.end(), [&](const auto& other) { return isSame(there, other); });
    return isElsewhere || edited.size() != baseline.size() ? std::nullopt : std::optional<int>(row);
}

template<typename Map> void renameKey(Map& map, const QString& from, const QString& to) {
    auto node = map.extract(from);
    if (node.empty())
        return;
    node.key() = to;
    map.insert(std::move(node));
}

} // namespace

std::optional<Field> inBaseline(const Field& field, const sim::Scenario& edited, const sim::Scenario& baseline) {
    if (!exists(edited, field))
        return std::nullopt;
    std::optional<int> row = field.row;
    const Member member = field.member;
    if (isIn(member, Member::RuleKey, Member::Cooldown))
        row = rowInBaseline(edited.ruleSet.rules, baseline.ruleSet.rules, field.row,
                            [](const rules::Rule& a, const rules::Rule& b) { return a.key == b.key; });
    else if (isIn(member, Member::LevelNumber, Member::RewardAmount))
        row = rowInBaseline(edited.ruleSet.levels, baseline.ruleSet.levels, field.row,
                            [](const rules::Level& a, const rules::Level& b) { return a.level == b.level; });
    else if (isIn(member, Member::PersonaName, Member::Retry))
        row = rowInBaseline(edited.personas, baseline.personas, field.row,
                            [](const sim::Persona& a, const sim::Persona& b) { return a.name == b.name; });
    if (!row)
        return std::nullopt;
    Field there = field;
    there.row = *row;
    return exists(baseline, there) ? std::optional<Field>(there) : std::nullopt;
}

void renameRule(sim::Scenario& scenario, int row, const QString& key) {
    rules::Rule& rule = scenario.ruleSet.rules[static_cast<size_t>(row)];
    const QString before = rule.key;
    rule.key = key;
    if (before == key)
        return;
    const bool isKnown = std::any_of(scenario.ruleSet.rules.begin(), scenario.ruleSet.rules.end(),
                                     [&](const rules::Rule& other) { return other.key == before; });
    if (isKnown) // a second rule has the old key: what names it stays with that one
        return;
    for (sim::Persona& persona : scenario.personas)
        renameKey(persona.eventsPerActiveDay, before, key);
    for (sim::CalendarEntry& entry : scenario.calendar) {
        renameKey(entry.rateFactor, before, key);
        renameKey(entry.rules, before, key);
        if (entry.setting.decayRuleKey == before)
            entry.setting.decayRuleKey = key;
    }
    if (scenario.ruleSet.setting.decayRuleKey == before)
        scenario.ruleSet.setting.decayRuleKey = key;
}

void removeRule(sim::Scenario& scenario, int row) {
    auto& ruleList = scenario.ruleSet.rules;
    const QString key = ruleList[static_cast<size_t>(row)].key;
    ruleList.erase(ruleList.begin() + row);
    if (std::any_of(ruleList.begin(), ruleList.end(), [&](const rules::Rule& other) { return other.key == key; }))
        return;
    for (sim::Persona& persona : scenario.personas)
        persona.eventsPerActiveDay.erase(key);
    for (sim::CalendarEntry& entry : scenario.calendar) {
        entry.rateFactor.erase(key);
        entry.rules.erase(key);
    }
}

} // namespace affinity::ui
