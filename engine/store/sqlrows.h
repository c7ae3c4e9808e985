// Rows of an SQL store as values, and values as the texts that Django stores.
#pragma once

#include "engine/base/json.h"
#include "engine/store/queries.h"

#include "engine/rules/ruleset.h"
#include "engine/store/sqlconnection.h"

#include <QVariant>
#include <QVariantList>

namespace affinity::store {

// A value of the statement's columns, in the order of statements.cpp.
rules::Binding readBinding(const SqlRow& row);
DeviceRow readDeviceRow(const SqlRow& row);
rules::User readUser(const SqlRow& row);
rules::Setting readSetting(const SqlRow& row);
rules::Level readLevel(const SqlRow& row);
rules::Rule readRule(const SqlRow& row);
LogEntry readBareLogEntry(const SqlRow& row); ///< without the note's columns
LogEntry readLogEntry(const SqlRow& row);     ///< with them
rules::Grant readGrant(const SqlRow& row);
rules::DailyCounter readCounter(const SqlRow& row);
OperatorRecord readOperator(const SqlRow& row);
qint64 readNumber(const SqlRow& row);
/// The time of a server's own clock.
base::Result<qint64> serverNowUs(SqlConnection& connection);
qint64 readTime(const QVariant& column); ///< microseconds; 0 for a text that is no time

// What is bound.
QVariant timeValue(qint64 timeUs); ///< clamped to the years 1 to 9999, where the texts sort as the times do
QVariant timeValue(const std::optional<qint64>& timeUs);
QVariant dateValue(QDate date);
QVariant jsonValue(const base::Json& json);
QVariant textValue(const QString& text);  ///< never NULL
QVariant textOrNull(const QString& text); ///< NULL when empty
QVariant flagValue(bool isSet);
template<typename Id> QVariant idOrNull(const std::optional<Id>& id) {
    return id ? QVariant(id->value) : QVariant();
}
/// All columns but the id, as CopySetting takes them.
QVariantList settingValues(const rules::Setting& setting, qint64 updatedAtUs);
QVariant numberOrNull(const std::optional<int>& number);
QVariant flagOrNull(const std::optional<bool>& flag);

} // namespace affinity::store
