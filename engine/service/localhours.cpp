#include "engine/service/localhours.h"

#include <QDateTime>

#include <algorithm>

namespace affinity::service {

namespace {

constexpr qint64 usPerMs = 1000;
constexpr qint64 usPerHour = 3'600'000'000;

QDateTime utc(qint64 timeUs) {
    return QDateTime::fromMSecsSinceEpoch(timeUs / usPerMs, Qt::UTC);
}

/// Where a stretch begins anew because the zone's offset changes, ascending, from the start on.
std::vector<qint64> offsetStarts(const rules::UtcInterval& stretch, const QTimeZone& zone) {
    std::vector<qint64> startsUs{stretch.startUs};
    for (const QTimeZone::OffsetData& transition : zone.transitions(utc(stretch.startUs), utc(stretch.endUs))) {
        const qint64 atUs = transition.atUtc.toMSecsSinceEpoch() * usPerMs;
        if (atUs > startsUs.back() && atUs < stretch.endUs)
            startsUs.push_back(atUs);
    }
    return startsUs;
}

} // namespace

std::array<std::vector<rules::UtcInterval>, 24> localHours(const rules::LocalDay& day, const QTimeZone& zone) {
    std::array<std::vector<rules::UtcInterval>, 24> hours;
    for (const rules::UtcInterval& stretch : day.intervals) {
        const std::vector<qint64> startsUs = offsetStarts(stretch, zone);
        for (size_t i = 0; i < startsUs.size(); ++i) {
            const qint64 endUs = i + 1 < startsUs.size() ? startsUs[i + 1] : stretch.endUs;
            const qint64 offsetUs = qint64{1'000'000} * zone.offsetFromUtc(utc(startsUs[i]));
            const qint64 midnightUs = QDateTime(day.date, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch() * usPerMs;
            for (qint64 fromUs = startsUs[i]; fromUs < endUs;) {
                const qint64 hour = (fromUs + offsetUs - midnightUs) / usPerHour;
                const qint64 toUs = std::min(endUs, midnightUs - offsetUs + (hour + 1) * usPerHour);
                hours.at(static_cast<size_t>(hour)).push_back({fromUs, toUs});
                fromUs = toUs;
            }
        }
    }
    return hours;
}

} // namespace affinity::service
