#include "engine/rules/localday.h"

#include <QByteArrayList>
#include <QDateTime>

#include <algorithm>

namespace affinity::rules {

namespace {

constexpr qint64 usPerMs = 1000;
constexpr qint64 msPerHour = 3'600'000;
constexpr qint64 msPerDay = 24 * msPerHour;
/// No zone was ever further from UTC than this (Manila and Alaska kept the other side of the date line until the
/// 1860s).
constexpr qint64 widestOffsetMs = 16 * msPerHour;

qint64 floorToMs(qint64 timeUs) {
    const qint64 ms = timeUs / usPerMs;
    return timeUs % usPerMs < 0 ? ms - 1 : ms;
}

qint64 offsetMs(qint64 timeMs, const QTimeZone& zone) {
    return qint64{1000} * zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(timeMs, Qt::UTC));
}

/// Whether a name that Qt does not list may be a second name of a zone. Qt would also take a POSIX rule ("ABC-8", even
/// a bare word) for a zone, and a path: production knows neither. So names without a place are those of the tz
/// database's file "backward", word for word.
bool mayBeLinkName(const QByteArray& name) {
    static const QByteArrayList namesWithoutPlace{
        "CET",       "CST6CDT", "Cuba",    "EET",   "EST",       "EST5EDT",   "Egypt",    "Eire",     "GB",
        "GB-Eire",   "GMT",     "GMT+0",   "GMT-0", "GMT0",      "Greenwich", "HST",      "Hongkong", "Iceland",
        "Iran",      "Israel",  "Jamaica", "Japan", "Kwajalein", "Libya",     "MET",      "MST",      "MST7MDT",
        "NZ",        "NZ-CHAT", "Navajo",  "PRC",   "PST8PDT",   "Poland",    "Portugal", "ROC",      "ROK",
        "Singapore", "Turkey",  "UCT",     "UTC",   "Universal", "W-SU",      "WET",      "Zulu"};
    if (!name.contains('/'))
        return namesWithoutPlace.contains(name);
    const bool hasDigit = std::any_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (hasDigit && !name.startsWith("Etc/"))
        return false;
    return !name.contains('.') && !name.startsWith('/') && !name.startsWith("posix/") && !name.startsWith("right/");
}

} // namespace

bool LocalDay::contains(qint64 timeUs) const {
    for (const UtcInterval& interval : intervals) {
        if (timeUs >= interval.startUs && timeUs < interval.endUs)
            return true;
    }
    return false;
}

bool isKnownTimeZone(const QByteArray& ianaName) {
    // Qt also takes its own "UTC+08:00"; no IANA name has a colon, and the production service would not know it.
    if (ianaName.contains(':'))
        return false;
    if (QTimeZone::isTimeZoneIdAvailable(ianaName))
        return true;
    // Qt lists one name for each place. The others (Asia/Calcutta, Etc/UTC, US/Eastern) are as good, and a setting that
    // production works with may hold them.
    return mayBeLinkName(ianaName) && QTimeZone(ianaName).isValid();
}

base::Result<QTimeZone> settingZone(const QByteArray& ianaName) {
    if (isKnownTimeZone(ianaName))
        return QTimeZone(ianaName);
    return base::Error{base::ErrorKind::InvalidInput,
                       QStringLiteral("The setting's time zone \"%1\" is not in this machine's time-zone data. Correct "
                                      "the setting, or install tzdata.")
                           .arg(QString::fromUtf8(ianaName))};
}

QDate localDate(qint64 timeUs, const QTimeZone& zone) {
    const qint64 timeMs = floorToMs(timeUs);
    return QDateTime::fromMSecsSinceEpoch(timeMs + offsetMs(timeMs, zone), Qt::UTC).date();
}

LocalDay localDay(QDate date, const QTimeZone& zone) {
    const qint64 midnightMs = QDateTime(date, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
    const qint64 windowEndMs = midnightMs + msPerDay + widestOffsetMs;

    // Within a stretch between two transitions the offset is constant, so the date's part of it is plain arithmetic.
    std::vector<qint64> stretchStartsMs{midnightMs - widestOffsetMs};
    const auto transitions = zone.transitions(QDateTime::fromMSecsSinceEpoch(stretchStartsMs.front() + 1, Qt::UTC),
                                              QDateTime::fromMSecsSinceEpoch(windowEndMs, Qt::UTC));
    for (const QTimeZone::OffsetData& transition : transitions)
        stretchStartsMs.push_back(transition.atUtc.toMSecsSinceEpoch());

    LocalDay day{date, {}};
    for (size_t i = 0; i < stretchStartsMs.size(); ++i) {
        const qint64 stretchEndMs = i + 1 < stretchStartsMs.size() ? stretchStartsMs[i + 1] : windowEndMs;
        const qint64 offset = offsetMs(stretchStartsMs[i], zone);
        const qint64 startUs = std::max(stretchStartsMs[i], midnightMs - offset) * usPerMs;
        const qint64 endUs = std::min(stretchEndMs, midnightMs + msPerDay - offset) * usPerMs;
        if (startUs >= endUs)
            continue;
        if (!day.intervals.empty() && day.intervals.back().endUs == startUs)
            day.intervals.back().endUs = endUs;
        else
            day.intervals.push_back({startUs, endUs});
    }
    return day;
}

} // namespace affinity::rules
