#include "engine/sim/scenariojson.h"

#include "engine/base/jsonreader.h"
#include "engine/rules/rulesetjson.h"
#include "engine/sim/calendar.h"
#include "engine/sim/scenariocheck.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace affinity::sim {

using base::JsonObject;
using base::JsonReading;
using base::jsonText;
using base::JsonValue;
using base::largestInteger;
using base::pointerTo;

namespace {

constexpr int newestVersion = 1;
constexpr int longestName = 64;          ///< characters: persona, reward type
constexpr int longestRuleKey = 32;       ///< characters, production's column
constexpr int longestScenarioName = 200; ///< characters
constexpr int longestFileName = 1024;    ///< characters
constexpr int mostPersonas = 1000;
constexpr int mostCalendarEntries = 200;
constexpr int mostHistogramEntries = 1'000'000;
constexpr double largestWeight = 1e12; ///< of an hour or a start value; a million of them still add up exactly enough
constexpr double largestFactor = 1000; ///< of a weekday or a calendar entry
constexpr double largestPrice = 1e12;
constexpr double shareTolerance = 1e-9;

using Rates = std::map<QString, double>;

Rates readRates(const JsonValue& value, const rules::RuleSet& ruleSet, double largest) {
    Rates rates;
    for (const JsonValue::Member& member : value.members()) {
        if (!rules::hasRule(ruleSet, member.name))
            member.value.fail(
                QStringLiteral("is not the key of a rule in rule_set.rules. Correct it or add the rule."));
        rates[member.name] = member.value.number(0, largest);
    }
    return rates;
}

template<size_t Count> std::array<double, Count> readNumbers(const JsonValue& value, double largest) {
    std::array<double, Count> numbers{};
    const std::vector<JsonValue> items = value.items(Count, Count);
    for (size_t i = 0; i < items.size(); ++i)
        numbers[i] = items[i].number(0, largest);
    return numbers;
}

Persona readPersona(const JsonValue& value, const rules::RuleSet& ruleSet) {
    JsonObject object(value);
    Persona persona;
    persona.name = object.required("name").text(1, longestName);
    persona.share = object.required("share").number(0, 1);
    persona.eventsPerActiveDay = readRates(object.required("events_per_active_day"), ruleSet, mostEventsPerDay);
    const JsonValue hours = object.required("hour_profile");
    persona.hourProfile = readNumbers<24>(hours, largestWeight);
    persona.weekdayFactor = readNumbers<7>(object.required("weekday_factor"), largestFactor);
    persona.activeProbability = object.required("active_probability").number(0, 1);
    persona.churnPerDay = object.required("churn_per_day").number(0, 1);
    persona.returnPerDay = object.required("return_per_day").number(0, 1);
    persona.dispersion = object.required("dispersion").number(0, mostDispersion);
    persona.retryProbability = object.required("retry_probability").number(0, 1);
    object.finish();
    if (std::all_of(persona.hourProfile.begin(), persona.hourProfile.end(),
                    [](double weight) { return weight == 0.0; }))
        hours.fail(QStringLiteral("must have at least one hour above 0, or no event could ever have a time."));
    return persona;
}

std::vector<Persona> readPersonas(const JsonValue& value, const rules::RuleSet& ruleSet) {
    std::vector<Persona> personas;
    std::set<QString> names;
    double shares = 0;
    for (const JsonValue& item : value.items(1, mostPersonas)) {
        personas.push_back(readPersona(item, ruleSet));
        shares += personas.back().share;
        if (!names.insert(personas.back().name).second)
            value.reading().fail(
                pointerTo(item.pointer(), "name"),
                QStringLiteral("\"%1\" is the name of another persona too. Give each a name of its own.")
                    .arg(personas.back().name));
    }
    if (!personas.empty() && std::abs(shares - 1.0) > shareTolerance)
        value.fail(QStringLiteral("the shares add up to %1; they must add up to 1.").arg(shares, 0, 'g', 10));
    return personas;
}

std::vector<StartValues::Entry> readHistogram(const JsonValue& value) {
    std::vector<StartValues::Entry> histogram;
    double weights = 0;
    for (const JsonValue& item : value.items(1, mostHistogramEntries)) {
        const std::vector<JsonValue> pair = item.items(2, 2);
        if (pair.empty())
            break;
        histogram.push_back({pair[0].integer(0, largestInteger), pair[1].number(0, largestWeight)});
        weights += histogram.back().weight;
    }
    if (weights == 0.0)
        value.fail(QStringLiteral("must have at least one weight above 0."));
    return histogram;
}

StartValues readStart(const JsonValue& value) {
    JsonObject object(value);
    const auto single = object.optional("value");
    const auto histogram = object.optional("histogram");
    const auto snapshot = object.optional("snapshot");
    object.finish();
    StartValues start;
    if (object.isObject() && single.has_value() + histogram.has_value() + snapshot.has_value() != 1)
        value.fail(QStringLiteral("must have exactly one of value, histogram and snapshot."));
    if (single)
        start.histogram = {{single->integer(0, largestInteger), 1.0}};
    if (histogram)
        start.histogram = readHistogram(*histogram);
    if (snapshot)
        start.snapshotFile = snapshot->text(1, longestFileName);
    return start;
}

/// Reads optional members of one object into optional columns.
struct ColumnReader {
    JsonObject& object;

    void read(const char* name, std::optional<int>& column, int minimum) {
        if (const auto value = object.optional(name))
            column = value->integer(minimum, largestInteger);
    }
    void read(const char* name, std::optional<bool>& column) {
        if (const auto value = object.optional(name))
            column = value->boolean();
    }
};

RuleColumns readRuleColumns(const JsonValue& value) {
    JsonObject object(value);
    ColumnReader reader{object};
    RuleColumns columns;
    reader.read("min_change", columns.minChange, -largestInteger);
    reader.read("max_change", columns.maxChange, -largestInteger);
    reader.read("single_cap", columns.singleCap, 1);
    reader.read("daily_cap", columns.dailyCap, 1);
    reader.read("cooldown_seconds", columns.cooldownSeconds, 0);
    reader.read("is_enabled", columns.isEnabled);
    object.finish();
    return columns;
}

SettingColumns readSettingColumns(const JsonValue& value, const rules::RuleSet& ruleSet) {
    JsonObject object(value);
    ColumnReader reader{object};
    SettingColumns columns;
    reader.read("max_affinity", columns.maxAffinity, 1);
    reader.read("global_daily_cap", columns.globalDailyCap, 1);
    reader.read("enable_notify", columns.isNotifyEnabled);
    reader.read("decay_enabled", columns.isDecayEnabled);
    reader.read("decay_idle_days", columns.decayIdleDays, 0);
    if (const auto key = object.optional("decay_rule_key")) {
        columns.decayRuleKey = key->text(1, longestRuleKey);
        if (!rules::hasRule(ruleSet, *columns.decayRuleKey))
            key->fail(QStringLiteral("\"%1\" is not the key of a rule in rule_set.rules. Correct it or add the rule.")
                          .arg(*columns.decayRuleKey));
    }
    object.finish();
    return columns;
}

CalendarEntry readCalendarEntry(const JsonValue& value, const rules::RuleSet& ruleSet) {
    JsonObject object(value);
    CalendarEntry entry;
    entry.from = object.required("from").date();
    const JsonValue to = object.required("to");
    entry.to = to.date();
    if (const auto factors = object.optional("rate_factor"))
        entry.rateFactor = readRates(*factors, ruleSet, largestFactor);
    const auto set = object.optional("set");
    object.finish();
    if (entry.to < entry.from)
        to.fail(QStringLiteral("must not be before from, but %1 is before %2.")
                    .arg(entry.to.toString(Qt::ISODate), entry.from.toString(Qt::ISODate)));
    if (!set)
        return entry;

    JsonObject changes(*set);
    if (const auto changedRules = changes.optional("rules")) {
        for (const JsonValue::Member& member : changedRules->members()) {
            if (!rules::hasRule(ruleSet, member.name))
                member.value.fail(
                    QStringLiteral("is not the key of a rule in rule_set.rules. Correct it or add the rule."));
            entry.rules[member.name] = readRuleColumns(member.value);
        }
    }
    if (const auto setting = changes.optional("setting"))
        entry.setting = readSettingColumns(*setting, ruleSet);
    changes.finish();
    return entry;
}

bool isInForce(const CalendarEntry& entry, QDate date) {
    return entry.from <= date && date <= entry.to;
}

/// Fails when the entries in force on that date make a rule or the setting that could not be stored.
void checkInForce(const JsonValue& calendar, const std::vector<CalendarEntry>& entries, const rules::RuleSet& ruleSet,
                  QDate date) {
    rules::Setting setting = ruleSet.setting;
    std::map<QString, rules::Rule> changed;
    for (size_t i = 0; i < entries.size(); ++i) {
        if (!isInForce(entries[i], date))
            continue;
        for (const auto& [key, columns] : entries[i].rules) {
            const auto isThis = [&key = key](const rules::Rule& rule) { return !rule.isDeleted && rule.key == key; };
            const auto original = std::find_if(ruleSet.rules.begin(), ruleSet.rules.end(), isThis);
            if (original == ruleSet.rules.end()) // reported already
                return;
            applyColumns(changed.emplace(key, *original).first->second, columns);
        }
        applyColumns(setting, entries[i].setting);
    }
    const auto failAtLast = [&](const auto& touches, const std::string& member, const QString& reason) {
        for (size_t i = entries.size(); i-- > 0;) {
            if (isInForce(entries[i], date) && touches(entries[i])) {
                calendar.reading().fail(pointerTo(calendar.pointer(), i) + member, reason);
                return;
            }
        }
    };
    const QString day = date.toString(Qt::ISODate);
    for (const auto& [key, rule] : changed) {
        if (rule.minChange > rule.maxChange)
            failAtLast(
                [&key = key](const CalendarEntry& entry) { return entry.rules.contains(key); },
                pointerTo("/set/rules", key.toStdString()),
                QStringLiteral("on %1 min_change would be %2, above max_change %3. Set both, or change the dates.")
                    .arg(day)
                    .arg(rule.minChange)
                    .arg(rule.maxChange));
    }
    if (setting.isDecayEnabled && !rules::hasRule(ruleSet, setting.decayRuleKey))
        failAtLast(
            [](const CalendarEntry& entry) { return entry.setting.isDecayEnabled == true; },
            "/set/setting/decay_enabled",
            QStringLiteral("on %1 decay would be on, but its rule \"%2\" is not in rule_set.rules. Add the rule or "
                           "set decay_rule_key.")
                .arg(day, setting.decayRuleKey));
}

std::vector<CalendarEntry> readCalendar(const JsonValue& value, const rules::RuleSet& ruleSet) {
    std::vector<CalendarEntry> entries;
    for (const JsonValue& item : value.items(0, mostCalendarEntries))
        entries.push_back(readCalendarEntry(item, ruleSet));
    // What is in force changes only on the first day of an entry and the day after its last.
    std::set<QDate> dates;
    for (const CalendarEntry& entry : entries) {
        dates.insert(entry.from);
        dates.insert(entry.to.addDays(1));
    }
    for (const QDate date : dates) {
        if (!value.reading().error)
            checkInForce(value, entries, ruleSet, date);
    }
    return entries;
}

Scenario readScenario(JsonReading& reading) {
    JsonObject object(JsonValue(reading, &reading.document.root, {}));
    base::readFormat(object, QStringLiteral("affinity-scenario"), newestVersion);
    Scenario scenario;
    if (const auto name = object.optional("name"))
        scenario.name = name->text(0, longestScenarioName);
    scenario.seed = object.required("seed").unsignedInteger();
    scenario.devices = object.required("devices").integer(1, static_cast<int>(mostDevices));
    scenario.days = object.required("days").integer(1, mostDays);
    scenario.startDate = object.required("start_date").date();
    const JsonValue ruleSet = object.required("rule_set");
    if (!ruleSet.isMissing()) {
        auto read = rules::ruleSetFromJson(reading.document, ruleSet.pointer());
        if (read)
            scenario.ruleSet = std::move(*read);
        else
            reading.fail(read.error());
    }
    if (const auto prices = object.optional("prices")) {
        for (const JsonValue::Member& price : prices->members())
            scenario.prices[price.name] = price.value.number(0, largestPrice);
    }
    const JsonValue population = object.required("population");
    const auto calendar = object.optional("calendar");
    object
        .finish(); // before the parts that name rules: with a rule_set missing they would be wrong for that reason only

    if (!population.isMissing()) {
        JsonObject parts(population);
        const JsonValue start = parts.required("start");
        const JsonValue personas = parts.required("personas");
        parts.finish();
        if (!start.isMissing())
            scenario.start = readStart(start);
        if (!personas.isMissing())
            scenario.personas = readPersonas(personas, scenario.ruleSet);
    }
    if (calendar)
        scenario.calendar = readCalendar(*calendar, scenario.ruleSet);
    return scenario;
}

} // namespace

base::Result<Scenario> scenarioFromText(const QByteArray& text, const QString& fileName) {
    const auto document = base::parseLocatedJson(text, fileName);
    if (!document)
        return document.error();
    JsonReading reading{*document, std::nullopt};
    Scenario scenario = readScenario(reading);
    if (reading.error)
        return *reading.error;
    return scenario;
}

namespace {

using base::Json;

Json jsonOf(const std::map<QString, double>& numbers) {
    Json json = Json::object();
    for (const auto& [name, number] : numbers)
        json[name.toStdString()] = number;
    return json;
}

Json jsonOf(const StartValues& start) {
    if (!start.snapshotFile.isEmpty())
        return {{"snapshot", jsonText(start.snapshotFile)}};
    if (start.histogram.size() == 1 && start.histogram.front().weight == 1.0)
        return {{"value", start.histogram.front().value}};
    Json histogram = Json::array();
    for (const StartValues::Entry& entry : start.histogram)
        histogram.push_back(Json::array({entry.value, entry.weight}));
    return {{"histogram", std::move(histogram)}};
}

Json jsonOf(const Persona& persona) {
    return {{"name", jsonText(persona.name)},
            {"share", persona.share},
            {"events_per_active_day", jsonOf(persona.eventsPerActiveDay)},
            {"hour_profile", persona.hourProfile},
            {"weekday_factor", persona.weekdayFactor},
            {"active_probability", persona.activeProbability},
            {"churn_per_day", persona.churnPerDay},
            {"return_per_day", persona.returnPerDay},
            {"dispersion", persona.dispersion},
            {"retry_probability", persona.retryProbability}};
}

template<typename T> void write(Json& json, const char* name, const std::optional<T>& column) {
    if (column)
        json[name] = *column;
}

Json jsonOf(const RuleColumns& columns) {
    Json json = Json::object();
    write(json, "min_change", columns.minChange);
    write(json, "max_change", columns.maxChange);
    write(json, "single_cap", columns.singleCap);
    write(json, "daily_cap", columns.dailyCap);
    write(json, "cooldown_seconds", columns.cooldownSeconds);
    write(json, "is_enabled", columns.isEnabled);
    return json;
}

Json jsonOf(const SettingColumns& columns) {
    Json json = Json::object();
    write(json, "max_affinity", columns.maxAffinity);
    write(json, "global_daily_cap", columns.globalDailyCap);
    write(json, "enable_notify", columns.isNotifyEnabled);
    write(json, "decay_enabled", columns.isDecayEnabled);
    write(json, "decay_idle_days", columns.decayIdleDays);
    if (columns.decayRuleKey)
        json["decay_rule_key"] = jsonText(*columns.decayRuleKey);
    return json;
}

Json jsonOf(const CalendarEntry& entry) {
    Json changedRules = Json::object();
    for (const auto& [key, columns] : entry.rules)
        changedRules[key.toStdString()] = jsonOf(columns);
    return {{"from", jsonText(entry.from.toString(Qt::ISODate))},
            {"to", jsonText(entry.to.toString(Qt::ISODate))},
            {"rate_factor", jsonOf(entry.rateFactor)},
            {"set", {{"rules", std::move(changedRules)}, {"setting", jsonOf(entry.setting)}}}};
}

template<typename T> Json jsonListOf(const std::vector<T>& items) {
    Json list = Json::array();
    for (const T& item : items)
        list.push_back(jsonOf(item));
    return list;
}

} // namespace

base::Json toJson(const Scenario& scenario) {
    return {{"format", "affinity-scenario"},
            {"version", newestVersion},
            {"name", jsonText(scenario.name)},
            {"seed", scenario.seed},
            {"devices", scenario.devices},
            {"days", scenario.days},
            {"start_date", jsonText(scenario.startDate.toString(Qt::ISODate))},
            {"rule_set", rules::toJson(scenario.ruleSet)},
            {"prices", jsonOf(scenario.prices)},
            {"population", {{"start", jsonOf(scenario.start)}, {"personas", jsonListOf(scenario.personas)}}},
            {"calendar", jsonListOf(scenario.calendar)}};
}

} // namespace affinity::sim
