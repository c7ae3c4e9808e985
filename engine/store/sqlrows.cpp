#include "engine/store/sqlrows.h"

#include "engine/base/isotime.h"

#include <algorithm>

namespace affinity::store {

namespace {

int number(const SqlRow& row, int column) {
    return static_cast<int>(row.value(column).toLongLong());
}

qint64 longNumber(const SqlRow& row, int column) {
    return row.value(column).toLongLong();
}

QString textOf(const SqlRow& row, int column) {
    return row.value(column).toString();
}

bool flag(const SqlRow& row, int column) {
    return row.value(column).toLongLong() != 0;
}

std::optional<qint64> optionalTime(const SqlRow& row, int column) {
    const QVariant value = row.value(column);
    return value.isNull() ? std::nullopt : std::optional(readTime(value));
}

template<typename Id> std::optional<Id> optionalId(const SqlRow& row, int column) {
    const QVariant value = row.value(column);
    return value.isNull() ? std::nullopt : std::optional(Id{value.toLongLong()});
}

/// A JSON column. What is not JSON becomes a JSON string of the stored text, so that it is shown and not lost.
base::Json json(const SqlRow& row, int column) {
    const std::string stored = textOf(row, column).toStdString();
    base::Json value = base::Json::parse(stored, nullptr, false);
    return value.is_discarded() ? base::Json(stored) : value;
}

} // namespace

qint64 readTime(const QVariant& column) {
    return base::timeFromIso(column.toString()).value_or(0);
}

base::Result<qint64> serverNowUs(SqlConnection& connection) {
    const auto nowUs =
        connection.selectOne(Statement::SelectNow, {}, [](const SqlRow& row) { return readTime(row.value(0)); });
    if (!nowUs)
        return nowUs.error();
    return nowUs->value_or(0);
}

qint64 readNumber(const SqlRow& row) {
    return longNumber(row, 0);
}

rules::Binding readBinding(const SqlRow& row) {
    rules::Binding binding;
    binding.id.value = longNumber(row, 0);
    binding.userId.value = longNumber(row, 1);
    binding.serial = textOf(row, 2);
    binding.nickname = textOf(row, 3);
    binding.favorability = number(row, 4);
    binding.affinityLevel = number(row, 5);
    binding.lastActiveAtUs = optionalTime(row, 6);
    binding.boundAtUs = readTime(row.value(7));
    binding.unboundAtUs = optionalTime(row, 8);
    return binding;
}

namespace {

rules::User readUserFrom(const SqlRow& row, int firstColumn) {
    rules::User user;
    user.id.value = longNumber(row, firstColumn);
    user.username = textOf(row, firstColumn + 1);
    user.nickname = textOf(row, firstColumn + 2);
    user.isActive = flag(row, firstColumn + 3);
    user.createdAtUs = readTime(row.value(firstColumn + 4));
    return user;
}

} // namespace

DeviceRow readDeviceRow(const SqlRow& row) {
    return {readBinding(row), readUserFrom(row, 9)};
}

rules::User readUser(const SqlRow& row) {
    return readUserFrom(row, 0);
}

rules::Setting readSetting(const SqlRow& row) {
    rules::Setting setting;
    setting.maxAffinity = number(row, 0);
    setting.globalDailyCap = number(row, 1);
    setting.timeZone = textOf(row, 2).toUtf8();
    setting.isNotifyEnabled = flag(row, 3);
    setting.updatedAtUs = readTime(row.value(4));
    if (!row.value(5).isNull()) {
        setting.isDecayEnabled = flag(row, 5);
        setting.decayIdleDays = number(row, 6);
        setting.decayRuleKey = textOf(row, 7);
    }
    return setting;
}

rules::Level readLevel(const SqlRow& row) {
    return {number(row, 0), number(row, 1), textOf(row, 2), json(row, 3)};
}

rules::Rule readRule(const SqlRow& row) {
    rules::Rule rule;
    rule.id.value = longNumber(row, 0);
    rule.key = textOf(row, 1);
    rule.name = textOf(row, 2);
    rule.minChange = number(row, 3);
    rule.maxChange = number(row, 4);
    rule.singleCap = number(row, 5);
    rule.dailyCap = number(row, 6);
    rule.cooldownSeconds = number(row, 7);
    rule.isEnabled = flag(row, 8);
    rule.isDeleted = flag(row, 9);
    rule.updatedAtUs = readTime(row.value(10));
    return rule;
}

LogEntry readBareLogEntry(const SqlRow& row) {
    rules::LogRow log;
    log.id.value = longNumber(row, 0);
    log.userId.value = longNumber(row, 1);
    log.deviceId.value = longNumber(row, 2);
    log.ruleId = optionalId<base::RuleId>(row, 3);
    log.ruleKey = textOf(row, 4);
    log.changeValue = number(row, 5);
    log.beforeValue = number(row, 6);
    log.afterValue = number(row, 7);
    log.source = textOf(row, 8);
    log.eventId = textOf(row, 9);
    log.reason = textOf(row, 10);
    log.metadata = json(row, 11);
    log.operatorId = optionalId<base::OperatorId>(row, 12);
    log.createdAtUs = readTime(row.value(13));
    return {log, std::nullopt};
}

LogEntry readLogEntry(const SqlRow& row) {
    LogEntry entry = readBareLogEntry(row);
    if (row.value(14).isNull())
        return entry;
    rules::LogNote note;
    note.logId.value = longNumber(row, 14);
    note.operationId = textOf(row, 15);
    note.reasonCode = textOf(row, 16);
    note.ticket = textOf(row, 17);
    if (!row.value(18).isNull())
        note.drawnChange = number(row, 18);
    note.reversesLogId = optionalId<base::LogId>(row, 19);
    entry.note = note;
    return entry;
}

rules::Grant readGrant(const SqlRow& row) {
    return {longNumber(row, 0), base::DeviceId{longNumber(row, 1)}, number(row, 2), json(row, 3),
            readTime(row.value(4))};
}

rules::DailyCounter readCounter(const SqlRow& row) {
    rules::DailyCounter counter;
    counter.id = longNumber(row, 0);
    counter.deviceId.value = longNumber(row, 1);
    counter.ruleId.value = longNumber(row, 2);
    counter.date = QDate::fromString(textOf(row, 3), Qt::ISODate);
    counter.accumulatedChange = longNumber(row, 4);
    counter.triggerCount = longNumber(row, 5);
    return counter;
}

OperatorRecord readOperator(const SqlRow& row) {
    OperatorRecord record;
    record.person.id.value = longNumber(row, 0);
    record.person.username = textOf(row, 1);
    record.person.isActive = flag(row, 2);
    record.person.isStaff = flag(row, 3);
    record.person.isSuperuser = flag(row, 4);
    record.person.isDesigner = flag(row, 5);
    record.passwordHash = textOf(row, 6);
    return record;
}

QVariant timeValue(qint64 timeUs) {
    constexpr qint64 firstUs = -62'135'596'800 * base::usPerSecond; // 0001-01-01T00:00:00Z
    constexpr qint64 lastUs = 253'402'300'799 * base::usPerSecond;  // 9999-12-31T23:59:59Z
    return base::databaseTextFromTime(std::clamp(timeUs, firstUs, lastUs));
}

QVariant timeValue(const std::optional<qint64>& timeUs) {
    return timeUs ? timeValue(*timeUs) : QVariant();
}

QVariant dateValue(QDate date) {
    return date.toString(Qt::ISODate);
}

QVariant jsonValue(const base::Json& value) {
    return QString::fromLatin1(base::pythonJson(value, base::NonAscii::Escape));
}

QVariant textValue(const QString& text) {
    return text.isNull() ? QStringLiteral("") : text;
}

QVariant textOrNull(const QString& text) {
    return text.isEmpty() ? QVariant() : QVariant(text);
}

QVariant flagValue(bool isSet) {
    return isSet ? 1 : 0;
}

QVariantList settingValues(const rules::Setting& setting, qint64 updatedAtUs) {
    return {setting.maxAffinity,
            setting.globalDailyCap,
            QString::fromUtf8(setting.timeZone),
            flagValue(setting.isNotifyEnabled),
            flagValue(setting.isDecayEnabled),
            setting.decayIdleDays,
            textValue(setting.decayRuleKey),
            timeValue(updatedAtUs)};
}

QVariant numberOrNull(const std::optional<int>& number) {
    return number ? QVariant(*number) : QVariant();
}

QVariant flagOrNull(const std::optional<bool>& flag) {
    return flag ? flagValue(*flag) : QVariant();
}

} // namespace affinity::store
