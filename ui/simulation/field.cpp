#include "ui/simulation/field.h"

#include "ui/shared/formatting.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <variant>

namespace affinity::ui {
namespace {

struct ScenarioFieldWords {
    Q_DECLARE_TR_FUNCTIONS(ScenarioField)
};

enum class Kind { Text, Whole, Real, Percent, Date };

struct ColumnInfo {
    Kind kind;
    const char* label;
    const char* unit;   // "%1": percent is added by kind
    const char* member; // below the row
};

/// By Member. Labels and units are translated when they are shown.
constexpr std::array<ColumnInfo, static_cast<size_t>(Member::Count)> columns{{
    {Kind::Text, QT_TRANSLATE_NOOP("ScenarioField", "Name"), "", "name"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Devices"), "", "devices"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Days"), "", "days"},
    {Kind::Text, QT_TRANSLATE_NOOP("ScenarioField", "Seed"), "", "seed"},
    {Kind::Date, QT_TRANSLATE_NOOP("ScenarioField", "First day"), "", "start_date"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Start value"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "population.start"},
    {Kind::Real, QT_TRANSLATE_NOOP("ScenarioField", "Weight"), "", "population.start"},
    {Kind::Real, QT_TRANSLATE_NOOP("ScenarioField", "Price"), "", "prices"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Ceiling of a value"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "rule_set.setting.max_affinity"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Global daily cap"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "rule_set.setting.global_daily_cap"},
    {Kind::Text, QT_TRANSLATE_NOOP("ScenarioField", "Time zone"), "", "rule_set.setting.timezone"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Idle days before decay"),
     QT_TRANSLATE_NOOP("ScenarioField", "days"), "rule_set.setting.decay_idle_days"},
    {Kind::Text, QT_TRANSLATE_NOOP("ScenarioField", "Decay rule"), "", "rule_set.setting.decay_rule_key"},
    {Kind::Text, QT_TRANSLATE_NOOP("ScenarioField", "Key"), "", "rule_key"},
    {Kind::Text, QT_TRANSLATE_NOOP("ScenarioField", "Name"), "", "name"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Smallest change"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "min_change"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Largest change"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "max_change"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Single cap"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "single_cap"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Daily cap"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "daily_cap"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Cooldown"), QT_TRANSLATE_NOOP("ScenarioField", "s"),
     "cooldown_seconds"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Level"), "", "level"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "From"), QT_TRANSLATE_NOOP("ScenarioField", "pts"), "min_value"},
    {Kind::Text, QT_TRANSLATE_NOOP("ScenarioField", "Name"), "", "name"},
    {Kind::Text, QT_TRANSLATE_NOOP("ScenarioField", "Reward"), "", "type"},
    {Kind::Real, QT_TRANSLATE_NOOP("ScenarioField", "Amount"), "", "amount"},
    {Kind::Text, QT_TRANSLATE_NOOP("ScenarioField", "Name"), "", "name"},
    {Kind::Percent, QT_TRANSLATE_NOOP("ScenarioField", "Share of devices"), "%", "share"},
    {Kind::Real, QT_TRANSLATE_NOOP("ScenarioField", "Events per active day"), "", "events_per_active_day"},
    {Kind::Real, QT_TRANSLATE_NOOP("ScenarioField", "Weight of the hour"), "", "hour_profile"},
    {Kind::Real, QT_TRANSLATE_NOOP("ScenarioField", "Weekday factor"), "", "weekday_factor"},
    {Kind::Percent, QT_TRANSLATE_NOOP("ScenarioField", "A day is active"), "%", "active_probability"},
    {Kind::Percent, QT_TRANSLATE_NOOP("ScenarioField", "Leaves, per day"), "%", "churn_per_day"},
    {Kind::Percent, QT_TRANSLATE_NOOP("ScenarioField", "Comes back, per day"), "%", "return_per_day"},
    {Kind::Real, QT_TRANSLATE_NOOP("ScenarioField", "Dispersion"), "", "dispersion"},
    {Kind::Percent, QT_TRANSLATE_NOOP("ScenarioField", "Sent again"), "%", "retry_probability"},
    {Kind::Date, QT_TRANSLATE_NOOP("ScenarioField", "First day"), "", "from"},
    {Kind::Date, QT_TRANSLATE_NOOP("ScenarioField", "Last day"), "", "to"},
    {Kind::Real, QT_TRANSLATE_NOOP("ScenarioField", "Rate"), "×", "rate_factor"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Smallest change"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "min_change"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Largest change"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "max_change"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Single cap"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "single_cap"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Daily cap"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "daily_cap"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Cooldown"), QT_TRANSLATE_NOOP("ScenarioField", "s"),
     "cooldown_seconds"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Ceiling of a value"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "set.setting.max_affinity"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Global daily cap"), QT_TRANSLATE_NOOP("ScenarioField", "pts"),
     "set.setting.global_daily_cap"},
    {Kind::Whole, QT_TRANSLATE_NOOP("ScenarioField", "Idle days before decay"),
     QT_TRANSLATE_NOOP("ScenarioField", "days"), "set.setting.decay_idle_days"},
}};

const ColumnInfo& infoOf(const Field& field) {
    return columns[static_cast<size_t>(field.member)];
}

/// Which list of the scenario `row` counts in.
template<typename S> size_t rowsOf(S& scenario, Member member) {
    if (isIn(member, Member::RuleKey, Member::Cooldown))
        return scenario.ruleSet.rules.size();
    if (isIn(member, Member::LevelNumber, Member::RewardAmount))
        return scenario.ruleSet.levels.size();
    if (isIn(member, Member::PersonaName, Member::Retry))
        return scenario.personas.size();
    if (isIn(member, Member::EntryFrom, Member::EntryDecayIdleDays))
        return scenario.calendar.size();
    if (isIn(member, Member::StartValue, Member::StartWeight))
        return scenario.start.histogram.size();
    return 1;
}

bool isReward(Member member) {
    return member == Member::RewardType || member == Member::RewardAmount;
}

/// The reward object a field is about; null where there is none or it is no object.
const base::Json* rewardOf(const sim::Scenario& scenario, const Field& field) {
    if (!exists(scenario, field))
        return nullptr;
    return &scenario.ruleSet.levels[static_cast<size_t>(field.row)].rewards[static_cast<size_t>(field.part)];
}

/// A number by name that may be missing.
struct MapSlot {
    std::map<QString, double>* map;
};

using Slot = std::variant<std::monostate, int*, qint64*, quint64*, double*, QString*, QByteArray*, QDate*,
                          std::optional<int>*, MapSlot>;

Slot ruleSlot(rules::Rule& rule, Member member) {
    switch (member) {
    case Member::RuleKey:
        return &rule.key;
    case Member::RuleName:
        return &rule.name;
    case Member::MinChange:
        return &rule.minChange;
    case Member::MaxChange:
        return &rule.maxChange;
    case Member::SingleCap:
        return &rule.singleCap;
    case Member::DailyCap:
        return &rule.dailyCap;
    case Member::Cooldown:
        return &rule.cooldownSeconds;
    default:
        return {};
    }
}

Slot personaSlot(sim::Persona& persona, const Field& field) {
    switch (field.member) {
    case Member::PersonaName:
        return &persona.name;
    case Member::Share:
        return &persona.share;
    case Member::Events:
        return MapSlot{&persona.eventsPerActiveDay};
    case Member::HourWeight:
        return &persona.hourProfile.at(static_cast<size_t>(field.part));
    case Member::WeekdayFactor:
        return &persona.weekdayFactor.at(static_cast<size_t>(field.part));
    case Member::ActiveProbability:
        return &persona.activeProbability;
    case Member::Churn:
        return &persona.churnPerDay;
    case Member::Return:
        return &persona.returnPerDay;
    case Member::Dispersion:
        return &persona.dispersion;
    case Member::Retry:
        return &persona.retryProbability;
    default:
        return {};
    }
}

bool isOfEntryRule(Member member) {
    return isIn(member, Member::EntryMinChange, Member::EntryCooldown);
}

Slot entryRuleSlot(sim::RuleColumns& rule, Member member) {
    switch (member) {
    case Member::EntryMinChange:
        return &rule.minChange;
    case Member::EntryMaxChange:
        return &rule.maxChange;
    case Member::EntrySingleCap:
        return &rule.singleCap;
    case Member::EntryDailyCap:
        return &rule.dailyCap;
    case Member::EntryCooldown:
        return &rule.cooldownSeconds;
    default:
        return {};
    }
}

/// `isMade`: a rule's columns are made where an entry has none yet.
Slot entrySlot(sim::CalendarEntry& entry, const Field& field, bool isMade) {
    if (isOfEntryRule(field.member)) {
        if (!isMade && !entry.rules.contains(field.key))
            return {};
        return entryRuleSlot(entry.rules[field.key], field.member);
    }
    switch (field.member) {
    case Member::EntryFrom:
        return &entry.from;
    case Member::EntryTo:
        return &entry.to;
    case Member::RateFactor:
        return MapSlot{&entry.rateFactor};
    case Member::EntryCeiling:
        return &entry.setting.maxAffinity;
    case Member::EntryGlobalDailyCap:
        return &entry.setting.globalDailyCap;
    case Member::EntryDecayIdleDays:
        return &entry.setting.decayIdleDays;
    default:
        return {};
    }
}

Slot slotOf(sim::Scenario& scenario, const Field& field, bool isMade) {
    if (!exists(scenario, field))
        return {};
    const auto row = static_cast<size_t>(field.row);
    rules::Setting& setting = scenario.ruleSet.setting;
    if (isIn(field.member, Member::RuleKey, Member::Cooldown))
        return ruleSlot(scenario.ruleSet.rules[row], field.member);
    if (isIn(field.member, Member::PersonaName, Member::Retry))
        return personaSlot(scenario.personas[row], field);
    if (isIn(field.member, Member::EntryFrom, Member::EntryDecayIdleDays))
        return entrySlot(scenario.calendar[row], field, isMade);
    switch (field.member) {
    case Member::ScenarioName:
        return &scenario.name;
    case Member::Devices:
        return &scenario.devices;
    case Member::Days:
        return &scenario.days;
    case Member::Seed:
        return &scenario.seed;
    case Member::StartDate:
        return &scenario.startDate;
    case Member::StartValue:
        return &scenario.start.histogram[row].value;
    case Member::StartWeight:
        return &scenario.start.histogram[row].weight;
    case Member::Price:
        return MapSlot{&scenario.prices};
    case Member::Ceiling:
        return &setting.maxAffinity;
    case Member::GlobalDailyCap:
        return &setting.globalDailyCap;
    case Member::TimeZone:
        return &setting.timeZone;
    case Member::DecayIdleDays:
        return &setting.decayIdleDays;
    case Member::DecayRuleKey:
        return &setting.decayRuleKey;
    case Member::LevelNumber:
        return &scenario.ruleSet.levels[row].level;
    case Member::LevelFrom:
        return &scenario.ruleSet.levels[row].minValue;
    case Member::LevelName:
        return &scenario.ruleSet.levels[row].name;
    default:
        return {};
    }
}

/// Reads without making anything: the scenario is not changed.
Slot readSlot(const sim::Scenario& scenario, const Field& field) {
    return slotOf(const_cast<sim::Scenario&>(scenario), field, false);
}

double scaleOf(const Field& field) {
    return infoOf(field).kind == Kind::Percent ? 100 : 1;
}

QString realText(double number) {
    QString text = QString::number(number, 'g', 10);
    return text.replace(QLatin1Char('-'), QChar(0x2212));
}

/// What was typed as a number: separators and the minus sign of our own texts are allowed.
std::optional<double> typedNumber(const QString& text) {
    QString digits = text.trimmed();
    digits.remove(QLatin1Char(',')).replace(QChar(0x2212), QLatin1Char('-'));
    bool isOk = false;
    const double number = digits.toDouble(&isOk);
    return isOk && std::isfinite(number) ? std::optional<double>(number) : std::nullopt;
}

QString readWhole(const QString& text, double& number) {
    const std::optional<double> typed = typedNumber(text);
    constexpr double most = std::numeric_limits<int>::max();
    if (!typed || std::floor(*typed) != *typed || std::abs(*typed) > most)
        return ScenarioFieldWords::tr("Write a whole number.");
    number = *typed;
    return {};
}

QString writeSeed(quint64& seed, const QString& text) {
    const QString digits = QString(text).remove(QLatin1Char(',')).trimmed();
    bool isOk = false;
    const quint64 number = digits.toULongLong(&isOk);
    if (!isOk || digits.startsWith(QLatin1Char('+')) || digits.startsWith(QLatin1Char('-')))
        return ScenarioFieldWords::tr("Write a whole number from 0 to 18446744073709551615.");
    seed = number;
    return {};
}

QString writeDate(QDate& date, const QString& text) {
    const QString trimmed = text.trimmed();
    const QDate typed = trimmed.size() == 10 ? QDate::fromString(trimmed, QStringLiteral("yyyy-MM-dd")) : QDate();
    if (!typed.isValid())
        return ScenarioFieldWords::tr("Write a date as 2026-03-01.");
    date = typed;
    return {};
}

void pruneEntry(sim::Scenario& scenario, const Field& field) {
    if (!isOfEntryRule(field.member) || !exists(scenario, field))
        return;
    auto& entryRules = scenario.calendar[static_cast<size_t>(field.row)].rules;
    const auto found = entryRules.find(field.key);
    if (found != entryRules.end() && found->second == sim::RuleColumns{})
        entryRules.erase(found);
}

} // namespace

QString labelOf(const Field& field) {
    return ScenarioFieldWords::tr(infoOf(field).label);
}

QString unitOf(const Field& field) {
    const char* unit = infoOf(field).unit;
    return *unit == '\0' ? QString() : ScenarioFieldWords::tr(unit);
}

QString memberOf(const Field& field) {
    const QString name = QString::fromLatin1(infoOf(field).member);
    const auto in = [&](const char* list) {
        return QStringLiteral("%1[%2].%3").arg(QLatin1String(list)).arg(field.row).arg(name);
    };
    const QString keyed = QLatin1Char('.') + field.key;
    if (isIn(field.member, Member::RuleKey, Member::Cooldown))
        return in("rule_set.rules");
    if (isReward(field.member))
        return QStringLiteral("rule_set.levels[%1].rewards[%2].%3").arg(field.row).arg(field.part).arg(name);
    if (isIn(field.member, Member::LevelNumber, Member::LevelName))
        return in("rule_set.levels");
    if (field.member == Member::Events || field.member == Member::RateFactor)
        return in(field.member == Member::Events ? "population.personas" : "calendar") + keyed;
    if (field.member == Member::HourWeight || field.member == Member::WeekdayFactor)
        return in("population.personas") + QStringLiteral("[%1]").arg(field.part);
    if (isIn(field.member, Member::PersonaName, Member::Retry))
        return in("population.personas");
    if (isOfEntryRule(field.member))
        return QStringLiteral("calendar[%1].set.rules.%2.%3").arg(field.row).arg(field.key, name);
    if (isIn(field.member, Member::EntryFrom, Member::EntryDecayIdleDays))
        return in("calendar");
    return field.member == Member::Price ? name + keyed : name;
}

bool isNumber(const Field& field) {
    const Kind kind = infoOf(field).kind;
    return kind != Kind::Text && kind != Kind::Date;
}

bool isWhole(const Field& field) {
    return infoOf(field).kind == Kind::Whole;
}

bool exists(const sim::Scenario& scenario, const Field& field) {
    if (field.row < 0 || static_cast<size_t>(field.row) >= rowsOf(scenario, field.member))
        return false;
    if (!isReward(field.member))
        return true;
    const base::Json& rewards = scenario.ruleSet.levels[static_cast<size_t>(field.row)].rewards;
    const auto part = static_cast<size_t>(field.part);
    return rewards.is_array() && part < rewards.size() && rewards[part].is_object();
}

QString fieldText(const sim::Scenario& scenario, const Field& field) {
    if (field.member == Member::RewardType) {
        const base::Json* reward = rewardOf(scenario, field);
        const auto type = reward ? reward->find("type") : base::Json::const_iterator();
        return reward && type != reward->end() && type->is_string() ? QString::fromStdString(type->get<std::string>())
                                                                    : QString();
    }
    const Slot slot = readSlot(scenario, field);
    if (const auto* text = std::get_if<QString*>(&slot))
        return **text;
    if (const auto* bytes = std::get_if<QByteArray*>(&slot))
        return QString::fromUtf8(**bytes);
    if (const auto* date = std::get_if<QDate*>(&slot))
        return (*date)->toString(Qt::ISODate);
    if (const auto* seed = std::get_if<quint64*>(&slot))
        return QString::number(**seed);
    const std::optional<double> number = fieldNumber(scenario, field);
    if (!number)
        return {};
    return isWhole(field) ? numberText(static_cast<qint64>(*number)) : realText(*number);
}

static QString setRewardText(sim::Scenario& scenario, const Field& field, const QString& text) {
    if (!exists(scenario, field))
        return {};
    base::Json& rewards = scenario.ruleSet.levels[static_cast<size_t>(field.row)].rewards;
    base::Json& reward = rewards[static_cast<size_t>(field.part)];
    const char* member = infoOf(field).member;
    if (text.trimmed().isEmpty()) {
        reward.erase(member);
        return {};
    }
    if (field.member == Member::RewardType) {
        reward[member] = text.trimmed().toStdString();
        return {};
    }
    const auto number = typedNumber(text);
    if (!number)
        return ScenarioFieldWords::tr("Write a number.");
    constexpr double mostExact = 9e15;
    if (std::floor(*number) == *number && std::abs(*number) < mostExact)
        reward[member] = static_cast<qint64>(*number); // production's rewards have whole amounts
    else
        reward[member] = *number;
    return {};
}

QString setFieldText(sim::Scenario& scenario, const Field& field, const QString& text) {
    if (isReward(field.member))
        return setRewardText(scenario, field, text);
    const Slot slot = slotOf(scenario, field, true);
    QString problem;
    if (auto* const* words = std::get_if<QString*>(&slot)) {
        **words = text;
    } else if (auto* const* bytes = std::get_if<QByteArray*>(&slot)) {
        **bytes = text.trimmed().toUtf8();
    } else if (auto* const* date = std::get_if<QDate*>(&slot)) {
        problem = writeDate(**date, text);
    } else if (auto* const* seed = std::get_if<quint64*>(&slot)) {
        problem = writeSeed(**seed, text);
    } else if (auto* const* column = std::get_if<std::optional<int>*>(&slot); column && text.trimmed().isEmpty()) {
        (*column)->reset();
    } else if (const auto* slots = std::get_if<MapSlot>(&slot); slots && text.trimmed().isEmpty()) {
        slots->map->erase(field.key);
    } else {
        double number = 0;
        if (isWhole(field)) {
            problem = readWhole(text, number);
        } else if (const auto typed = typedNumber(text)) {
            number = *typed;
        } else {
            problem = ScenarioFieldWords::tr("Write a number.");
        }
        if (problem.isEmpty())
            setFieldNumber(scenario, field, number);
    }
    pruneEntry(scenario, field);
    return problem;
}

std::optional<double> fieldNumber(const sim::Scenario& scenario, const Field& field) {
    if (field.member == Member::RewardAmount) {
        const base::Json* reward = rewardOf(scenario, field);
        const auto amount = reward ? reward->find("amount") : base::Json::const_iterator();
        return reward && amount != reward->end() && amount->is_number() ? std::optional<double>(amount->get<double>())
                                                                        : std::nullopt;
    }
    const Slot slot = readSlot(scenario, field);
    if (const auto* whole = std::get_if<int*>(&slot))
        return **whole;
    if (const auto* wide = std::get_if<qint64*>(&slot))
        return static_cast<double>(**wide);
    if (const auto* real = std::get_if<double*>(&slot))
        return **real * scaleOf(field);
    if (const auto* column = std::get_if<std::optional<int>*>(&slot))
        return **column ? std::optional<double>(***column) : std::nullopt;
    if (const auto* slots = std::get_if<MapSlot>(&slot)) {
        const auto found = slots->map->find(field.key);
        return found == slots->map->end() ? std::nullopt : std::optional<double>(found->second * scaleOf(field));
    }
    return std::nullopt;
}

void setFieldNumber(sim::Scenario& scenario, const Field& field, double number) {
    constexpr double most = std::numeric_limits<int>::max();
    if (isReward(field.member)) {
        setRewardText(scenario, field, QString::number(number, 'g', 15));
        return;
    }
    const Slot slot = slotOf(scenario, field, true);
    const double whole = std::clamp(std::round(number), -most, most);
    if (auto* const* integer = std::get_if<int*>(&slot))
        **integer = static_cast<int>(whole);
    else if (auto* const* wide = std::get_if<qint64*>(&slot))
        **wide = static_cast<qint64>(whole);
    else if (auto* const* real = std::get_if<double*>(&slot))
        **real = number / scaleOf(field);
    else if (auto* const* column = std::get_if<std::optional<int>*>(&slot))
        **column = static_cast<int>(whole);
    else if (const auto* slots = std::get_if<MapSlot>(&slot))
        (*slots->map)[field.key] = number / scaleOf(field);
}

std::vector<Field> allFields(const sim::Scenario& scenario) {
    std::vector<Field> fields;
    for (int i = 0; i < static_cast<int>(Member::Count); ++i) {
        const auto member = static_cast<Member>(i);
        const int rows = static_cast<int>(rowsOf(scenario, member));
        const bool isByRule = member == Member::Events || member == Member::RateFactor || isOfEntryRule(member);
        const int parts = member == Member::HourWeight ? 24 : member == Member::WeekdayFactor ? 7 : 1;
        for (int row = 0; row < rows; ++row) {
            if (isByRule) {
                for (const rules::Rule& rule : scenario.ruleSet.rules)
                    fields.push_back({member, row, 0, rule.key});
            } else if (isReward(member)) {
                const base::Json& rewards = scenario.ruleSet.levels[static_cast<size_t>(row)].rewards;
                for (int part = 0; rewards.is_array() && part < static_cast<int>(rewards.size()); ++part) {
                    if (exists(scenario, {member, row, part, {}}))
                        fields.push_back({member, row, part, {}});
                }
            } else if (member == Member::Price) {
                for (const auto& [type, price] : scenario.prices)
                    fields.push_back({member, row, 0, type});
            } else {
                for (int part = 0; part < parts; ++part)
                    fields.push_back({member, row, part, {}});
            }
        }
    }
    return fields;
}

} // namespace affinity::ui
