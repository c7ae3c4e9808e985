#include "ui/simulation/draftjson.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <concepts>
#include <type_traits>

namespace affinity::ui {
namespace {

using base::Json;

struct DraftFileWords {
    Q_DECLARE_TR_FUNCTIONS(DraftFile)
};

template<typename T, typename Struct>
concept Is = std::same_as<std::remove_const_t<T>, Struct>;

// ---- every member of a scenario by name, for writing and reading alike -------------------------------------------

template<typename Visit, Is<rules::Rule> T> void describe(Visit& visit, T& rule) {
    visit("id", rule.id.value);
    visit("key", rule.key);
    visit("name", rule.name);
    visit("min_change", rule.minChange);
    visit("max_change", rule.maxChange);
    visit("single_cap", rule.singleCap);
    visit("daily_cap", rule.dailyCap);
    visit("cooldown_seconds", rule.cooldownSeconds);
    visit("is_enabled", rule.isEnabled);
    visit("is_deleted", rule.isDeleted);
    visit("created_at_us", rule.createdAtUs);
    visit("updated_at_us", rule.updatedAtUs);
}

template<typename Visit, Is<rules::Setting> T> void describe(Visit& visit, T& setting) {
    visit("max_affinity", setting.maxAffinity);
    visit("global_daily_cap", setting.globalDailyCap);
    visit("timezone", setting.timeZone);
    visit("enable_notify", setting.isNotifyEnabled);
    visit("decay_enabled", setting.isDecayEnabled);
    visit("decay_idle_days", setting.decayIdleDays);
    visit("decay_rule_key", setting.decayRuleKey);
    visit("updated_at_us", setting.updatedAtUs);
}

template<typename Visit, Is<rules::Level> T> void describe(Visit& visit, T& level) {
    visit("level", level.level);
    visit("min_value", level.minValue);
    visit("name", level.name);
    visit("rewards", level.rewards);
}

template<typename Visit, Is<rules::RuleSet> T> void describe(Visit& visit, T& ruleSet) {
    visit("setting", ruleSet.setting);
    visit("rules", ruleSet.rules);
    visit("levels", ruleSet.levels);
}

template<typename Visit, Is<sim::StartValues> T> void describe(Visit& visit, T& start) {
    visit("histogram", start.histogram);
    visit("snapshot", start.snapshotFile);
}

template<typename Visit, Is<sim::Persona> T> void describe(Visit& visit, T& persona) {
    visit("name", persona.name);
    visit("share", persona.share);
    visit("events_per_active_day", persona.eventsPerActiveDay);
    visit("hour_profile", persona.hourProfile);
    visit("weekday_factor", persona.weekdayFactor);
    visit("active_probability", persona.activeProbability);
    visit("churn_per_day", persona.churnPerDay);
    visit("return_per_day", persona.returnPerDay);
    visit("dispersion", persona.dispersion);
    visit("retry_probability", persona.retryProbability);
}

template<typename Visit, Is<sim::RuleColumns> T> void describe(Visit& visit, T& columns) {
    visit("min_change", columns.minChange);
    visit("max_change", columns.maxChange);
    visit("single_cap", columns.singleCap);
    visit("daily_cap", columns.dailyCap);
    visit("cooldown_seconds", columns.cooldownSeconds);
    visit("is_enabled", columns.isEnabled);
}

template<typename Visit, Is<sim::SettingColumns> T> void describe(Visit& visit, T& columns) {
    visit("max_affinity", columns.maxAffinity);
    visit("global_daily_cap", columns.globalDailyCap);
    visit("decay_idle_days", columns.decayIdleDays);
    visit("enable_notify", columns.isNotifyEnabled);
    visit("decay_enabled", columns.isDecayEnabled);
    visit("decay_rule_key", columns.decayRuleKey);
}

template<typename Visit, Is<sim::CalendarEntry> T> void describe(Visit& visit, T& entry) {
    visit("from", entry.from);
    visit("to", entry.to);
    visit("rate_factor", entry.rateFactor);
    visit("rules", entry.rules);
    visit("setting", entry.setting);
}

template<typename Visit, Is<sim::Scenario> T> void describe(Visit& visit, T& scenario) {
    visit("name", scenario.name);
    visit("seed", scenario.seed);
    visit("devices", scenario.devices);
    visit("days", scenario.days);
    visit("start_date", scenario.startDate);
    visit("rule_set", scenario.ruleSet);
    visit("prices", scenario.prices);
    visit("start", scenario.start);
    visit("personas", scenario.personas);
    visit("calendar", scenario.calendar);
}

// ---- writing -----------------------------------------------------------------------------------------------------

struct Writer {
    Json json = Json::object();

    template<typename T> void operator()(const char* name, const T& value) { json.emplace(name, of(value)); }

    template<typename T>
    requires std::is_arithmetic_v<T>
    static Json of(T value) { return value; }
    static Json of(const QString& text) { return base::jsonText(text); }
    static Json of(const QByteArray& bytes) { return bytes.toStdString(); }
    static Json of(QDate date) { return base::jsonText(date.toString(Qt::ISODate)); }
    static Json of(const Json& value) { return value; }
    template<typename T> static Json of(const std::optional<T>& value) { return value ? of(*value) : Json(); }
    template<size_t Count> static Json of(const std::array<double, Count>& numbers) { return numbers; }
    template<typename T> static Json of(const std::vector<T>& items) {
        Json list = Json::array();
        for (const T& item : items)
            list.push_back(of(item));
        return list;
    }
    /// value, weight, value, weight, …: there may be a million.
    static Json of(const std::vector<sim::StartValues::Entry>& entries) {
        Json list = Json::array();
        for (const auto& entry : entries) {
            list.push_back(entry.value);
            list.push_back(entry.weight);
        }
        return list;
    }
    /// As a list of pairs: a name may be empty or twice in a damaged file, and order is kept.
    template<typename T> static Json of(const std::map<QString, T>& map) {
        Json list = Json::array();
        for (const auto& [name, value] : map)
            list.push_back(Json::array({of(name), of(value)}));
        return list;
    }
    template<typename T>
    requires std::is_class_v<T>
    static Json of(const T& value) {
        Writer writer;
        describe(writer, value);
        return std::move(writer.json);
    }
};

// ---- reading: throws Json::exception where a member is missing or of another type ----------------------------------

struct Reader {
    const Json& json;

    template<typename T> void operator()(const char* name, T& value) { read(json.at(name), value); }

    template<typename T>
    requires std::is_arithmetic_v<T>
    static void read(const Json& from, T& value) { value = from.get<T>(); }
    static void read(const Json& from, QString& text) { text = QString::fromStdString(from.get<std::string>()); }
    static void read(const Json& from, QByteArray& bytes) {
        bytes = QByteArray::fromStdString(from.get<std::string>());
    }
    static void read(const Json& from, QDate& date) {
        date = QDate::fromString(QString::fromStdString(from.get<std::string>()), Qt::ISODate);
    }
    static void read(const Json& from, Json& value) { value = from; }
    template<typename T> static void read(const Json& from, std::optional<T>& value) {
        value.reset();
        if (!from.is_null())
            read(from, value.emplace());
    }
    template<size_t Count> static void read(const Json& from, std::array<double, Count>& numbers) {
        for (size_t i = 0; i < Count; ++i)
            numbers[i] = from.at(i).get<double>();
    }
    template<typename T> static void read(const Json& from, std::vector<T>& items) {
        items.clear();
        for (const Json& item : from.get_ref<const Json::array_t&>())
            read(item, items.emplace_back());
    }
    static void read(const Json& from, std::vector<sim::StartValues::Entry>& entries) {
        entries.clear();
        const auto& numbers = from.get_ref<const Json::array_t&>();
        for (size_t i = 0; i + 1 < numbers.size(); i += 2)
            entries.push_back({numbers[i].get<int>(), numbers[i + 1].get<double>()});
    }
    template<typename T> static void read(const Json& from, std::map<QString, T>& map) {
        map.clear();
        for (const Json& pair : from.get_ref<const Json::array_t&>()) {
            QString name;
            read(pair.at(0), name);
            read(pair.at(1), map[name]);
        }
    }
    template<typename T>
    requires std::is_class_v<T>
    static void read(const Json& from, T& value) {
        Reader reader{from};
        describe(reader, value);
    }
};

// ---- the file ----------------------------------------------------------------------------------------------------

/// A scenario beside the baseline: null where they are equal; its start values, which may be many, only if they differ.
Json besides(const sim::Scenario& scenario, const sim::Scenario& baseline) {
    if (scenario == baseline)
        return {};
    if (scenario.start != baseline.start)
        return Writer::of(scenario);
    sim::Scenario rest = scenario;
    rest.start = {};
    Json json = Writer::of(rest);
    json["start"] = nullptr;
    return json;
}

sim::Scenario fromBesides(const Json& from, const sim::Scenario& baseline) {
    if (from.is_null())
        return baseline;
    if (!from.at("start").is_null()) {
        sim::Scenario scenario;
        Reader::read(from, scenario);
        return scenario;
    }
    Json whole = from;
    whole["start"] = Writer::of(sim::StartValues{});
    sim::Scenario scenario;
    Reader::read(whole, scenario);
    scenario.start = baseline.start;
    return scenario;
}

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string digestOf(const std::string& content) {
    const auto bytes = QByteArray::fromRawData(content.data(), static_cast<qsizetype>(content.size()));
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString();
}

KeptDraft readContent(const Json& content) {
    KeptDraft draft;
    Reader::read(content.at("file"), draft.fileName);
    draft.fileSha256 = QByteArray::fromHex(QByteArray::fromStdString(content.at("file_sha256").get<std::string>()));
    draft.editedAtUs = content.at("edited_at_us").get<qint64>();
    draft.processId = content.at("process_id").get<qint64>();
    Reader::read(content.at("host"), draft.host);
    Reader::read(content.at("baseline"), draft.baseline);
    draft.saved = fromBesides(content.at("saved"), draft.baseline);
    draft.scenario = fromBesides(content.at("scenario"), draft.baseline);
    return draft;
}

} // namespace

QByteArray bytesOf(const KeptDraft& draft) {
    const Json content{{"file", base::jsonText(draft.fileName)},
                       {"file_sha256", draft.fileSha256.toHex().toStdString()},
                       {"edited_at_us", draft.editedAtUs},
                       {"process_id", draft.processId},
                       {"host", base::jsonText(draft.host)},
                       {"baseline", Writer::of(draft.baseline)},
                       {"saved", besides(draft.saved, draft.baseline)},
                       {"scenario", besides(draft.scenario, draft.baseline)}};
    const std::string text = dumped(content);
    QByteArray bytes = QStringLiteral("{\"format\":\"affinity-draft\",\"version\":%1,\"content_sha256\":\"")
                           .arg(draftFileVersion)
                           .toUtf8();
    bytes += QByteArray::fromStdString(digestOf(text)) + "\",\"content\":";
    bytes.append(text.data(), static_cast<qsizetype>(text.size()));
    return bytes + "}\n";
}

ReadDraft draftFrom(const QByteArray& bytes) {
    const Json file = Json::parse(bytes.constData(), bytes.constData() + bytes.size(), nullptr, false);
    if (!file.is_object() || file.value("format", Json()) != Json("affinity-draft"))
        return {{}, false, DraftFileWords::tr("it is no draft of this program, or was cut")};
    const auto version = file.find("version");
    if (version != file.end() && version->is_number_integer() && version->get<qint64>() > draftFileVersion)
        return {{}, true, {}};
    const auto content = file.find("content");
    if (content == file.end() || file.value("content_sha256", Json()) != Json(digestOf(dumped(*content))))
        return {{}, false, DraftFileWords::tr("its checksum is wrong")};
    try {
        return {readContent(*content), false, {}};
    } catch (const Json::exception&) {
        return {{}, false, DraftFileWords::tr("a member is missing or has another type")};
    }
}

} // namespace affinity::ui
