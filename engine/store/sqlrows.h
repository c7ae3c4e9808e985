// Rows of the SQLite store as values, and values as the texts that Django stores.
#pragma once

#include "engine/base/json.h"
#include "engine/store/queries.h"

#include "engine/rules/ruleset.h"

#include <QVariant>
#include <QVariantList>

class QSqlQuery;

namespace affinity::store {

// A value of the statement's columns, in the order of statements.cpp.
rules::Binding readBinding(const QSqlQuery& row);
DeviceRow readDeviceRow(const QSqlQuery& row);
rules::User readUser(const QSqlQuery& row);
rules::Setting readSetting(const QSqlQuery& row);
rules::Level readLevel(const QSqlQuery& row);
rules::Rule readRule(const QSqlQuery& row);
LogEntry readBareLogEntry(const QSqlQuery& row); ///< without the note's columns
LogEntry readLogEntry(const QSqlQuery& row);     ///< with them
rules::Grant readGrant(const QSqlQuery& row);
rules::DailyCounter readCounter(const QSqlQuery& row);
OperatorRecord readOperator(const QSqlQuery& row);
qint64 readNumber(const QSqlQuery& row);
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
