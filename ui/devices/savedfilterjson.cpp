#include "ui/devices/savedfilterjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace affinity::ui {

namespace {

struct SavedFilterFileWords {
    Q_DECLARE_TR_FUNCTIONS(SavedFilters)
};

constexpr std::array<std::pair<Activity, const char*>, 3> activityNames{{{Activity::Any, "any"},
                                                                         {Activity::ActiveIn7Days, "active_in_7_days"},
                                                                         {Activity::IdleFor7Days, "idle_for_7_days"}}};

constexpr std::array<std::pair<store::DeviceSort, const char*>, 5> sortNames{
    {{store::DeviceSort::Id, "id"},
     {store::DeviceSort::Serial, "serial"},
     {store::DeviceSort::User, "user"},
     {store::DeviceSort::Value, "value"},
     {store::DeviceSort::LastActive, "last_active"}}};

template<typename List, typename Value> QString nameIn(const List& names, Value value) {
    const auto found =
        std::find_if(names.begin(), names.end(), [value](const auto& each) { return each.first == value; });
    return QLatin1String(found->second);
}

/// Reads members of one object and keeps the first that has another type or range than it should.
class Reader {
public:
    explicit Reader(const QJsonObject& object) : m_object(object) {}

    QString text(const char* member) {
        const QJsonValue value = valueOf(member);
        if (!value.isUndefined() && !value.isString())
            m_fault = QLatin1String(member);
        return value.toString();
    }
    bool flag(const char* member) {
        const QJsonValue value = valueOf(member);
        if (!value.isUndefined() && !value.isBool())
            m_fault = QLatin1String(member);
        return value.toBool();
    }
    std::optional<qint64> number(const char* member, qint64 largest) {
        const QJsonValue value = valueOf(member);
        if (value.isUndefined())
            return std::nullopt;
        const qint64 number = value.toInteger(-1);
        if (number < 0 || number > largest) {
            m_fault = QLatin1String(member);
            return std::nullopt;
        }
        return number;
    }
    std::optional<int> smallNumber(const char* member) {
        const auto large = number(member, std::numeric_limits<int>::max());
        return large ? std::optional(static_cast<int>(*large)) : std::nullopt;
    }
    template<typename List> auto named(const char* member, const List& names) {
        const QString name = text(member);
        const auto found = std::find_if(names.begin(), names.end(),
                                        [&name](const auto& each) { return name == QLatin1String(each.second); });
        if (found == names.end() && !name.isEmpty())
            m_fault = QLatin1String(member);
        return found == names.end() ? names.front().first : found->first;
    }
    const QString& fault() const { return m_fault; }

private:
    QJsonValue valueOf(const char* member) const { return m_object.value(QLatin1String(member)); }
    const QJsonObject& m_object;
    QString m_fault;
};

/// One filter; the name of the faulty member in `fault`.
SavedFilter filterFrom(const QJsonObject& object, QString& fault) {
    Reader reader(object);
    SavedFilter saved;
    saved.name = reader.text("name").trimmed();
    DeviceFilter& filter = saved.view.filter;
    filter.text = reader.text("text");
    if (const auto user = reader.number("user_id", std::numeric_limits<qint64>::max()))
        filter.userId = base::UserId{*user};
    filter.levelAtLeast = reader.smallNumber("level_at_least");
    filter.activity = reader.named("activity", activityNames);
    filter.valueAtLeast = reader.smallNumber("value_at_least");
    filter.valueAtMost = reader.smallNumber("value_at_most");
    filter.withUnbound = reader.flag("with_unbound");
    saved.view.sort = reader.named("sort", sortNames);
    saved.view.isDescending = reader.flag("descending");
    fault =
        saved.name.isEmpty() || saved.name.size() > SavedFilters::longestName ? QStringLiteral("name") : reader.fault();
    return saved;
}

QJsonObject objectFrom(const SavedFilter& saved) {
    const DeviceFilter& filter = saved.view.filter;
    QJsonObject object{{QStringLiteral("name"), saved.name},
                       {QStringLiteral("activity"), nameIn(activityNames, filter.activity)},
                       {QStringLiteral("with_unbound"), filter.withUnbound},
                       {QStringLiteral("sort"), nameIn(sortNames, saved.view.sort)},
                       {QStringLiteral("descending"), saved.view.isDescending}};
    if (!filter.text.isEmpty())
        object.insert(QStringLiteral("text"), filter.text);
    if (filter.userId)
        object.insert(QStringLiteral("user_id"), filter.userId->value);
    const auto put = [&object](const char* member, const std::optional<int>& value) {
        if (value)
            object.insert(QLatin1String(member), *value);
    };
    put("level_at_least", filter.levelAtLeast);
    put("value_at_least", filter.valueAtLeast);
    put("value_at_most", filter.valueAtMost);
    return object;
}

FilterFile damaged(const QString& damage) {
    return {{}, damage, false};
}

} // namespace

FilterFile filtersFromJson(const QByteArray& text) {
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(text, &fault);
    if (document.isNull())
        return damaged(
            SavedFilterFileWords::tr("it is no JSON (%1 at byte %2)").arg(fault.errorString()).arg(fault.offset));
    const QJsonObject root = document.object();
    const qint64 version = root.value(QLatin1String("version")).toInteger(0);
    if (version > SavedFilters::version)
        return {{}, {}, true};
    if (version < 1 || !root.value(QLatin1String("filters")).isArray())
        return damaged(SavedFilterFileWords::tr("“version” or “filters” is missing"));
    FilterFile file;
    const QJsonArray list = root.value(QLatin1String("filters")).toArray();
    for (const QJsonValue& each : list) {
        QString member;
        const SavedFilter filter = filterFrom(each.toObject(), member);
        const bool isTaken = std::any_of(file.filters.begin(), file.filters.end(), [&filter](const SavedFilter& other) {
            return other.name.compare(filter.name, Qt::CaseInsensitive) == 0;
        });
        if (isTaken)
            member = QStringLiteral("name");
        if (!member.isEmpty())
            return damaged(
                SavedFilterFileWords::tr("“%1” of filter %2 means nothing").arg(member).arg(file.filters.size() + 1));
        file.filters.push_back(filter);
    }
    return file;
}

QByteArray jsonFromFilters(const std::vector<SavedFilter>& filters) {
    QJsonArray list;
    for (const SavedFilter& filter : filters)
        list.append(objectFrom(filter));
    const QJsonObject root{{QStringLiteral("version"), SavedFilters::version}, {QStringLiteral("filters"), list}};
    return QJsonDocument(root).toJson(QJsonDocument::Indented);
}

QJsonObject jsonFromView(const DeviceView& view) {
    QJsonObject object = objectFrom({{}, view});
    object.remove(QStringLiteral("name"));
    return object;
}

std::optional<DeviceView> viewFromJson(const QJsonObject& object) {
    QJsonObject named = object;
    named.insert(QStringLiteral("name"), QStringLiteral("view"));
    QString fault;
    const SavedFilter read = filterFrom(named, fault);
    return fault.isEmpty() ? std::optional(read.view) : std::nullopt;
}

} // namespace affinity::ui
