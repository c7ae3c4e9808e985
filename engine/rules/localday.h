// Local days: which calendar date an instant has in a time zone, and which instants a date has.
#pragma once

#include "engine/base/result.h"

#include <QByteArray>
#include <QDate>
#include <QTimeZone>

#include <vector>

namespace affinity::rules {

/// Half-open stretch of UTC, microseconds since 1970.
struct UtcInterval {
    qint64 startUs = 0;
    qint64 endUs = 0;

    friend bool operator==(const UtcInterval&, const UtcInterval&) = default;
};

/// All instants of one calendar date in one zone. Usually one interval of 24 hours; 23 or 25 with daylight saving; two
/// where a zone once turned its clocks back over midnight (St. John's until 2011); none for a date a zone skipped.
struct LocalDay {
    QDate date;
    std::vector<UtcInterval> intervals; ///< ascending, disjoint

    bool contains(qint64 timeUs) const;
    bool isEmpty() const { return intervals.empty(); }
    qint64 startUs() const { return intervals.front().startUs; } ///< only when not empty
    qint64 endUs() const { return intervals.back().endUs; }      ///< only when not empty

    friend bool operator==(const LocalDay&, const LocalDay&) = default;
};

/// True when this is the name of an IANA zone, a current one or an older, that this machine's time-zone data knows.
bool isKnownTimeZone(const QByteArray& ianaName);

/// The setting's zone by its name, or InvalidInput that names it and says what to do.
base::Result<QTimeZone> settingZone(const QByteArray& ianaName);

/// The calendar date of an instant. `zone` must be valid.
QDate localDate(qint64 timeUs, const QTimeZone& zone);

/// The instants of a date. `zone` must be valid.
LocalDay localDay(QDate date, const QTimeZone& zone);

} // namespace affinity::rules
