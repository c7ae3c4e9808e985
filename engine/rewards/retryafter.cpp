#include "engine/rewards/retryafter.h"

#include "engine/base/isotime.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace affinity::rewards {

namespace {

/// "Sun, 06 Nov 1994 08:49:37 GMT", or the old "Sunday, 06-Nov-94 08:49:37 GMT" and "Sun Nov  6 08:49:37 1994".
std::optional<qint64> secondsFromHttpDate(const QByteArray& value, qint64 nowUs) {
    const QString text = QString::fromLatin1(value).simplified();
    QDateTime time = QLocale::c().toDateTime(text, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!time.isValid())
        time = QLocale::c().toDateTime(text, QStringLiteral("ddd MMM d hh:mm:ss yyyy"));
    if (!time.isValid()) {
        // The day's name is left out: with two digits of the year Qt reads 19xx, where it may be another day.
        const QString day = text.section(QLatin1Char(' '), 1);
        time = QLocale::c().toDateTime(day, QStringLiteral("dd-MMM-yy hh:mm:ss 'GMT'"));
        const int thisYear = QDateTime::fromSecsSinceEpoch(nowUs / base::usPerSecond, Qt::UTC).date().year();
        // RFC 9110, 5.6.7: two digits mean the latest such year that is at most 50 years ahead.
        while (time.isValid() && time.date().year() + 100 <= thisYear + 50)
            time = time.addYears(100);
    }
    if (!time.isValid())
        return std::nullopt;
    time.setTimeSpec(Qt::UTC);
    return time.toSecsSinceEpoch();
}

} // namespace

std::optional<qint64> retryAfterUs(const QByteArray& value, qint64 nowUs) {
    const QByteArray text = value.trimmed();
    if (text.isEmpty())
        return std::nullopt;
    const bool isNumber = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (isNumber) {
        bool fits = false;
        const qint64 seconds = text.toLongLong(&fits);
        const qint64 longestSeconds = longestRetryAfterUs / base::usPerSecond;
        return (fits ? std::min(seconds, longestSeconds) : longestSeconds) * base::usPerSecond;
    }
    const auto seconds = secondsFromHttpDate(text, nowUs);
    if (!seconds)
        return std::nullopt;
    return std::clamp<qint64>(*seconds * base::usPerSecond - nowUs, 0, longestRetryAfterUs);
}

} // namespace affinity::rewards
