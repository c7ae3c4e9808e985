// Times as text: ISO 8601 with offset for files and JSON, Django's UTC text for SQLite and MariaDB columns.
#pragma once

#include <QDate>
#include <QString>

#include <optional>

namespace affinity::base {

inline constexpr qint64 usPerSecond = 1'000'000;
inline constexpr qint64 usPerMinute = 60 * usPerSecond;

/// Reads "2026-01-31T08:00:05.500000+08:00" (also "Z", a space for the T, no fraction, 1 to 6 digits of it).
/// Without an offset it is UTC. Nothing when the text is not a time.
std::optional<qint64> timeFromIso(QStringView text);

/// "2026-03-06T21:46:37.058799+00:00", as Python's isoformat() writes it in UTC: no fraction when it is zero.
QString isoFromTime(qint64 timeUs);

/// "2026-03-06 21:46:37.058799", as Django stores it in SQLite: UTC, no offset, no fraction when it is zero.
/// Texts of this form sort like the times for years 0001 to 9999.
QString databaseTextFromTime(qint64 timeUs);

/// "20260306", the day part of Django's counter keys.
QString compactDate(QDate date);

} // namespace affinity::base
