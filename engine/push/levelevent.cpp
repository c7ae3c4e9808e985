#include "engine/push/levelevent.h"

#include <limits>
#include <optional>

namespace affinity::push {

using base::Error;
using base::ErrorKind;
using base::Json;
using base::Result;

namespace {

Json jsonOf(const AffinityUpdate& update) {
    return {{"type", "affinity_update"},
            {"device_id", update.deviceId.value},
            {"change", update.change},
            {"before", update.before},
            {"after", update.after},
            {"rule_key", base::jsonText(update.ruleKey)},
            {"source", base::jsonText(update.source)}};
}

Json jsonOf(const LevelUp& rise) {
    Json rewards = Json::array();
    for (const LevelReward& reward : rise.rewards) {
        Json entry = Json::object();
        entry["level"] = reward.level;
        entry["name"] = base::jsonText(reward.name);
        entry["rewards"] = reward.rewards;
        rewards.push_back(std::move(entry));
    }
    Json object = Json::object();
    object["type"] = "level_up";
    object["device_id"] = rise.deviceId.value;
    object["old_level"] = rise.oldLevel;
    object["new_level"] = rise.newLevel;
    object["rewards"] = std::move(rewards);
    return object;
}

Json jsonOf(const LevelDown& fall) {
    return {{"type", "level_down"},
            {"device_id", fall.deviceId.value},
            {"old_level", fall.oldLevel},
            {"new_level", fall.newLevel}};
}

/// Takes members out of an object, and keeps the name of the first that is not what it should be.
class MemberReader {
public:
    explicit MemberReader(const Json& object) : m_object(object) {}

    qint64 integer(const char* name, qint64 smallest, qint64 largest) {
        const Json* member = find(name);
        if (member && member->is_number_unsigned() && member->get<quint64>() <= static_cast<quint64>(largest))
            return checked(name, static_cast<qint64>(member->get<quint64>()), smallest);
        if (member && member->is_number_integer() && !member->is_number_unsigned() && member->get<qint64>() <= largest)
            return checked(name, member->get<qint64>(), smallest);
        fail(name);
        return smallest;
    }
    int number(const char* name) {
        return static_cast<int>(integer(name, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
    }
    base::DeviceId device() { return {integer("device_id", 1, std::numeric_limits<qint64>::max())}; }
    QString text(const char* name) {
        const Json* member = find(name);
        if (member && member->is_string())
            return QString::fromStdString(member->get_ref<const std::string&>());
        fail(name);
        return {};
    }
    const Json& list(const char* name) {
        static const Json none = Json::array();
        const Json* member = find(name);
        if (member && member->is_array())
            return *member;
        fail(name);
        return none;
    }
    void fail(const char* name) {
        if (!m_fault)
            m_fault = name;
    }

    template<typename Event> Result<LevelEvent> result(Event event) const {
        if (m_fault)
            return Error{ErrorKind::InvalidInput,
                         QStringLiteral("The pushed event's member \"%1\" is missing or has a wrong value.")
                             .arg(QLatin1String(*m_fault))};
        return LevelEvent(std::move(event));
    }
    bool isFine() const { return !m_fault; }

private:
    const Json* find(const char* name) const {
        const auto member = m_object.is_object() ? m_object.find(name) : m_object.end();
        return member == m_object.end() ? nullptr : &*member;
    }
    qint64 checked(const char* name, qint64 value, qint64 smallest) {
        if (value < smallest)
            fail(name);
        return value;
    }

    const Json& m_object;
    std::optional<const char*> m_fault;
};

std::vector<LevelReward> rewardsOf(MemberReader& rise) {
    std::vector<LevelReward> rewards;
    for (const Json& entry : rise.list("rewards")) {
        MemberReader reader(entry);
        rewards.push_back({reader.number("level"), reader.text("name"), reader.list("rewards")});
        if (!reader.isFine())
            rise.fail("rewards");
    }
    return rewards;
}

} // namespace

Json toJson(const LevelEvent& event) {
    return std::visit([](const auto& one) { return jsonOf(one); }, event);
}

QString typeName(const LevelEvent& event) {
    return QString::fromStdString(toJson(event).at("type").get<std::string>());
}

Result<LevelEvent> levelEventFromJson(const Json& object) {
    MemberReader reader(object);
    const QString type = reader.text("type");
    if (type == QLatin1String("affinity_update"))
        return reader.result(AffinityUpdate{reader.device(), reader.number("change"), reader.number("before"),
                                            reader.number("after"), reader.text("rule_key"), reader.text("source")});
    if (type == QLatin1String("level_up"))
        return reader.result(
            LevelUp{reader.device(), reader.number("old_level"), reader.number("new_level"), rewardsOf(reader)});
    if (type == QLatin1String("level_down"))
        return reader.result(LevelDown{reader.device(), reader.number("old_level"), reader.number("new_level")});
    reader.fail("type");
    return reader.result(LevelDown{});
}

} // namespace affinity::push
