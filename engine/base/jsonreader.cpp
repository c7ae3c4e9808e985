#include "engine/base/jsonreader.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace affinity::base {

namespace {

constexpr qsizetype shownLength = 60;

/// A value as an error shows it: short, on one line.
QString shown(const Json& json) {
    if (json.is_object())
        return QStringLiteral("an object");
    if (json.is_array())
        return QStringLiteral("a list");
    const QString text = QString::fromStdString(json.dump());
    return text.size() <= shownLength ? text : text.left(shownLength) + QStringLiteral("…");
}

QString shown(double number) {
    return QString::number(number, 'f', QLocale::FloatingPointShortest);
}

QString countText(qsizetype minimum, qsizetype maximum, const QString& things) {
    if (minimum == maximum)
        return QStringLiteral("%1 %2").arg(minimum).arg(things);
    return QStringLiteral("%1 to %2 %3").arg(minimum).arg(maximum).arg(things);
}

bool holdsControlCharacter(const QString& text) {
    return std::any_of(text.begin(), text.end(),
                       [](QChar character) { return character.category() == QChar::Other_Control; });
}

} // namespace

void JsonReading::fail(const std::string& pointer, const QString& reason) {
    if (!error)
        error = document.errorAt(pointer, reason);
}

void JsonReading::fail(const Error& first) {
    if (!error)
        error = first;
}

JsonValue::JsonValue(JsonReading& reading, const Json* json, std::string pointer)
    : m_reading(&reading), m_json(json), m_pointer(std::move(pointer)) {
}

JsonValue JsonValue::at(JsonReading& reading, const std::string& pointer) {
    const Json::json_pointer path(pointer);
    const bool isThere = reading.document.root.contains(path);
    JsonValue value(reading, isThere ? &reading.document.root.at(path) : nullptr, pointer);
    if (!isThere)
        value.fail(QStringLiteral("is missing. Add it."));
    return value;
}

void JsonValue::fail(const QString& reason) const {
    m_reading->fail(m_pointer, reason);
}

bool JsonValue::isOfType(bool isRight, const QString& wanted) const {
    if (m_json && !isRight)
        fail(QStringLiteral("must be %1, not %2.").arg(wanted, shown(*m_json)));
    return m_json && isRight;
}

int JsonValue::integer(int minimum, int maximum) const {
    const QString wanted = QStringLiteral("a whole number from %1 to %2").arg(minimum).arg(maximum);
    if (!isOfType(m_json && m_json->is_number_integer(), wanted))
        return minimum;
    // An unsigned number beyond 63 bits would turn negative as a signed one.
    const bool isHuge = m_json->is_number_unsigned() && m_json->get<quint64>() > static_cast<quint64>(largestInteger);
    const qint64 number = isHuge ? std::numeric_limits<qint64>::max() : m_json->get<qint64>();
    return isOfType(number >= minimum && number <= maximum, wanted) ? static_cast<int>(number) : minimum;
}

quint64 JsonValue::unsignedInteger() const {
    const bool isRight = m_json && m_json->is_number_unsigned();
    return isOfType(isRight, QStringLiteral("a whole number from 0 to 18446744073709551615")) ? m_json->get<quint64>()
                                                                                              : 0;
}

double JsonValue::number(double minimum, double maximum) const {
    const QString wanted = QStringLiteral("a number from %1 to %2").arg(shown(minimum), shown(maximum));
    if (!isOfType(m_json && m_json->is_number(), wanted))
        return minimum;
    const double number = m_json->get<double>();
    return isOfType(number >= minimum && number <= maximum, wanted) ? number : minimum;
}

bool JsonValue::boolean() const {
    return isOfType(m_json && m_json->is_boolean(), QStringLiteral("true or false")) && m_json->get<bool>();
}

QString JsonValue::text(int minimumLength, int maximumLength) const {
    const QString wanted =
        QStringLiteral("a text of %1").arg(countText(minimumLength, maximumLength, QStringLiteral("characters")));
    if (!isOfType(m_json && m_json->is_string(), wanted))
        return {};
    const QString text = QString::fromStdString(m_json->get_ref<const std::string&>());
    const qsizetype length = text.toUcs4().size();
    if (!isOfType(length >= minimumLength && length <= maximumLength, wanted))
        return {};
    if (holdsControlCharacter(text)) {
        fail(QStringLiteral("holds a line break or another control character. Remove it."));
        return {};
    }
    return text;
}

QDate JsonValue::date() const {
    const QDate first(1970, 1, 1);
    const QDate last(2199, 12, 31);
    const bool isText = m_json && m_json->is_string();
    const QString text = isText ? QString::fromStdString(m_json->get_ref<const std::string&>()) : QString();
    const QDate date = text.size() == 10 ? QDate::fromString(text, QStringLiteral("yyyy-MM-dd")) : QDate();
    const bool isRight = date.isValid() && date >= first && date <= last;
    return isOfType(isRight, QStringLiteral("a date from \"1970-01-01\" to \"2199-12-31\"")) ? date : first;
}

std::vector<JsonValue> JsonValue::items(qsizetype minimumCount, qsizetype maximumCount) const {
    const QString things = countText(minimumCount, maximumCount, QStringLiteral("items"));
    std::vector<JsonValue> items;
    if (!isOfType(m_json && m_json->is_array(), QStringLiteral("a list of %1").arg(things)))
        return items;
    const auto count = static_cast<qsizetype>(m_json->size());
    if (count < minimumCount || count > maximumCount) {
        fail(QStringLiteral("must have %1, not %2.").arg(things).arg(count));
        return items;
    }
    items.reserve(m_json->size());
    for (size_t index = 0; index < m_json->size(); ++index)
        items.emplace_back(*m_reading, &(*m_json)[index], pointerTo(m_pointer, index));
    return items;
}

std::vector<JsonValue::Member> JsonValue::members() const {
    std::vector<Member> members;
    if (!isOfType(m_json && m_json->is_object(), QStringLiteral("an object in braces")))
        return members;
    members.reserve(m_json->size());
    for (const auto& [name, member] : m_json->items())
        members.push_back({QString::fromStdString(name), {*m_reading, &member, pointerTo(m_pointer, name)}});
    return members;
}

JsonObject::JsonObject(const JsonValue& value)
    : m_value(value),
      m_isObject(value.isOfType(value.m_json && value.m_json->is_object(), QStringLiteral("an object in braces"))) {
}

JsonValue JsonObject::required(const char* name) {
    if (auto value = optional(name))
        return *value;
    if (m_isObject)
        m_missing.emplace_back(name);
    return {m_value.reading(), nullptr, pointerTo(m_value.pointer(), name)};
}

std::optional<JsonValue> JsonObject::optional(const char* name) {
    m_known.emplace_back(name);
    if (!m_isObject)
        return std::nullopt;
    const auto member = m_value.m_json->find(name);
    if (member == m_value.m_json->end())
        return std::nullopt;
    return JsonValue(m_value.reading(), &*member, pointerTo(m_value.pointer(), name));
}

void JsonObject::finish() {
    if (!m_isObject)
        return;
    for (const auto& [name, member] : m_value.m_json->items()) {
        if (std::find(m_known.begin(), m_known.end(), name) != m_known.end())
            continue;
        QStringList known;
        for (const std::string& one : m_known)
            known.append(QString::fromStdString(one));
        m_value.reading().fail(
            pointerTo(m_value.pointer(), name),
            QStringLiteral("is not a member that this format has here. Correct its name or remove it; "
                           "known are %1.")
                .arg(known.join(QStringLiteral(", "))));
    }
    for (const std::string& name : m_missing)
        m_value.reading().fail(pointerTo(m_value.pointer(), name), QStringLiteral("is missing. Add it."));
}

void readFormat(JsonObject& object, const QString& format, int newestVersion) {
    const JsonValue formatValue = object.required("format");
    if (formatValue.isMissing() && object.isObject())
        formatValue.fail(QStringLiteral("is missing. If this is the right file, add \"format\": \"%1\".").arg(format));
    const QString found = formatValue.text(0, 1000);
    if (found != format)
        formatValue.fail(
            QStringLiteral("must be \"%1\", not \"%2\". This is another kind of file.").arg(format, found));
    const JsonValue version = object.required("version");
    if (version.integer(1, largestInteger) > newestVersion)
        version.fail(QStringLiteral("is %1, but this program reads only versions up to %2. Update the program.")
                         .arg(version.integer(1, largestInteger))
                         .arg(newestVersion));
}

} // namespace affinity::base
