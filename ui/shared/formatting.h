// How numbers, times and foreign text are written: the same on every screen, in one time zone.
#pragma once

#include <QDate>
#include <QString>
#include <QTimeZone>

#include <cstdint>
#include <optional>

namespace affinity::ui {

/// 1283114 → "1,283,114", −12 → "−12" (U+2212). Any qint64.
QString numberText(qint64 value);

/// As numberText with a sign on positive numbers: +2, −12, 0.
QString signedText(qint64 value);

/// A real number with exactly `decimals` (0 … 9) digits after the point: 1234.5 → "1,234.5". Not finite: "unknown".
QString decimalText(double value, int decimals);

/// As decimalText with a sign on positive numbers; what rounds to zero has none.
QString signedDecimalText(double value, int decimals);

/// A share as percent: 0.184 → "18.4%". Not finite: "unknown".
QString percentText(double share, int decimals = 1);

/// For axes and narrow tiles: 950 → "950", 1300 → "1.3k", 250000 → "250k", 4820000 → "4.82M". At most three figures.
/// Chinese counts in ten thousands: 1300 → "1,300", 250000 → "25万", 130000000 → "1.3亿".
QString compactText(double value);

/// "about 1,283,000" for estimates: three leading figures are kept.
QString aboutText(qint64 value);

/// A length of time in its two largest units: 192 → "3 min 12 s", 3600 → "1 h", 93784 → "1 d 2 h". Negative is shown
/// with the minus sign.
QString durationText(qint64 seconds);

/// A short measured time in microseconds: 180 → "0.18 ms", 2300 → "2 ms", 1300000 → "1.3 s".
QString latencyText(qint64 microseconds);

/// Left-over time as a clock: 18 → "00:18", 702 → "11:42", 3700 → "1:01:40".
QString countdownText(qint64 seconds);

// Times are microseconds since 1970-01-01T00:00Z (UTC); each function shows them in the zone given.

/// "14:32:08".
QString timeOfDayText(qint64 microsecondsUtc, const QTimeZone& zone);

/// "14:32:08.412".
QString timeOfDayMillisText(qint64 microsecondsUtc, const QTimeZone& zone);

/// "22 Aug".
QString dayText(qint64 microsecondsUtc, const QTimeZone& zone);

/// "20 Nov 2025".
QString dateText(qint64 microsecondsUtc, const QTimeZone& zone);

/// "20 Nov 2025 14:32:08", for details and exports to read.
QString dateTimeText(qint64 microsecondsUtc, const QTimeZone& zone);

// Local dates.

/// "22 Aug".
QString dayText(QDate date);

/// "20 Nov 2025".
QString dateText(QDate date);

/// "Thursday 20 November 2025".
QString longDateText(QDate date);

/// "Thursday".
QString weekdayText(QDate date);

/// For a column of rows: the time if it is of the same local day as `nowUs`, "19 Nov 21:40" in the same year, else
/// "19 Nov 2024".
QString rowTimeText(qint64 microsecondsUtc, qint64 nowUs, const QTimeZone& zone);

/// For "Seen" columns: "now", "5 min", "7 h", "2 d", "14 mon", "3 y". A time in the future: "now".
QString agoShortText(qint64 microsecondsUtc, qint64 nowUs);

/// In sentences: "just now", "5 min ago", "7 h ago".
QString agoText(qint64 microsecondsUtc, qint64 nowUs);

/// "Asia/Shanghai (UTC+8)": name and offset at `atUs`.
QString zoneText(const QTimeZone& zone, qint64 atUs);

/// Two pieces of text, one after the other: with a space between them, but none beside Chinese characters and their
/// punctuation. Either may be empty.
QString joinedText(const QString& first, const QString& second);

/// Text from data made safe to look at: control, bidi, zero-width and unpaired surrogate characters become visible
/// symbols (␀ … ␟, ␡, or "⟨U+202E⟩"); line breaks become ␊ and ␍. Everything else stays. Long text is cut at `limit`
/// characters with "…" (0: no limit).
QString visibleText(const QString& text, qsizetype limit = 0);

/// visibleText, or "none" for a null string and "empty" for "": the three differ on every screen.
QString dataText(const std::optional<QString>& text);

} // namespace affinity::ui
