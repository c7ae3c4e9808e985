#include "engine/service/levelreport.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// One device followed until it reached the level, or until it was last seen below it. Days are local ones since the
/// day of the binding.
struct Observation {
    int firstDay = 0; ///< above 0 for a device that was bound before the log begins
    int lastDay = 0;
    bool isReached = false;
};

/// 1 − the product-limit estimate: S(d) = Π (1 − events(i) / at risk(i)) over the days i ≤ d. At risk on a day are the
/// devices that are followed on it, one that is censored on it too, and one that came in late only from then on
/// (Klein, Moeschberger: "Survival Analysis", 2003, section 4.6).
std::vector<double> reachedShares(const std::vector<Observation>& observations) {
    int lastDay = -1;
    for (const Observation& observation : observations)
        lastDay = std::max(lastDay, observation.lastDay);
    std::vector<qint64> events(static_cast<size_t>(lastDay + 1));
    std::vector<qint64> entering(events.size());
    std::vector<qint64> leaving(events.size());
    for (const Observation& observation : observations) {
        ++entering[static_cast<size_t>(observation.firstDay)];
        ++leaving[static_cast<size_t>(observation.lastDay)];
        if (observation.isReached)
            ++events[static_cast<size_t>(observation.lastDay)];
    }
    std::vector<double> reached;
    qint64 atRisk = 0;
    double notReached = 1.0;
    for (size_t day = 0; day < events.size(); ++day) {
        atRisk += entering[day];
        if (atRisk > 0)
            notReached *= 1.0 - static_cast<double>(events[day]) / static_cast<double>(atRisk);
        reached.push_back(1.0 - notReached);
        atRisk -= leaving[day];
    }
    return reached;
}

/// The first day by whose end so large a share had got there.
std::optional<int> dayOfShare(const std::vector<double>& reachedByDay, double share) {
    constexpr double roundingError = 1e-12;
    const auto place = std::find_if(reachedByDay.begin(), reachedByDay.end(),
                                    [&](double reached) { return reached >= share - roundingError; });
    if (place == reachedByDay.end())
        return std::nullopt;
    return static_cast<int>(place - reachedByDay.begin());
}

TimeToLevel timeToLevel(const std::vector<Observation>& observations) {
    TimeToLevel time;
    time.observed = static_cast<qint64>(observations.size());
    time.reached = std::count_if(observations.begin(), observations.end(),
                                 [](const Observation& observation) { return observation.isReached; });
    time.reachedByDay = reachedShares(observations);
    time.p10Day = dayOfShare(time.reachedByDay, 0.1);
    time.medianDay = dayOfShare(time.reachedByDay, 0.5);
    time.p90Day = dayOfShare(time.reachedByDay, 0.9);
    return time;
}

/// The value from which on a device has the level or a higher one.
int thresholdOf(const rules::Level& level, const std::vector<rules::Level>& levels) {
    int threshold = level.minValue;
    for (const rules::Level& other : levels) {
        if (other.level > level.level)
            threshold = std::min(threshold, other.minValue);
    }
    return threshold;
}

/// Local dates of times that come in any order; a day is worked out once.
class Dates {
public:
    explicit Dates(const QTimeZone& zone) : m_zone(zone) {}

    QDate of(qint64 timeUs) {
        // Most times are within few days, so the days found so far answer nearly all of them.
        auto next = m_days.upper_bound(timeUs);
        if (next != m_days.begin()) {
            const auto& [startUs, day] = *std::prev(next);
            if (timeUs < day.endUs)
                return day.date;
        }
        const QDate date = rules::localDate(timeUs, m_zone);
        for (const rules::UtcInterval& stretch : rules::localDay(date, m_zone).intervals)
            m_days[stretch.startUs] = {stretch.endUs, date};
        return date;
    }

private:
    struct Stretch {
        qint64 endUs = 0;
        QDate date;
    };
    const QTimeZone& m_zone;
    std::map<qint64, Stretch> m_days; ///< by start
};

/// The history by threshold, on local days.
class Follower {
public:
    Follower(const store::LevelHistory& history, const std::optional<store::LogExtent>& log, const QTimeZone& zone,
             qint64 nowUs)
        : m_history(history), m_dates(zone), m_nowUs(nowUs) {
        if (log)
            m_logFrom = m_dates.of(log->firstUs);
        for (const store::LevelCrossing& crossing : history.crossings)
            m_crossings[crossing.minValue][crossing.deviceId.value] = crossing.atUs;
    }

    std::vector<Observation> observations(int threshold) {
        std::vector<Observation> made;
        const auto& crossings = m_crossings[threshold];
        for (const store::DeviceStart& device : m_history.devices) {
            if (device.startValue >= threshold)
                continue;
            const auto crossing = crossings.find(device.deviceId.value);
            const bool isReached = crossing != crossings.end();
            if (!isReached && device.value >= threshold)
                continue; // it got there past the log: nobody knows when
            const qint64 endUs = isReached ? crossing->second : device.unboundAtUs.value_or(m_nowUs);
            const QDate bound = m_dates.of(device.boundAtUs);
            const qint64 lastDay = std::max<qint64>(bound.daysTo(m_dates.of(endUs)), 0);
            const qint64 firstDay = m_logFrom ? std::max<qint64>(bound.daysTo(*m_logFrom), 0) : 0;
            if (firstDay <= lastDay)
                made.push_back({static_cast<int>(firstDay), static_cast<int>(lastDay), isReached});
        }
        return made;
    }

private:
    const store::LevelHistory& m_history;
    Dates m_dates;
    std::optional<QDate> m_logFrom;
    qint64 m_nowUs;
    std::map<int, std::unordered_map<qint64, qint64>> m_crossings; ///< threshold → device → first time
};

} // namespace

Result<LevelReport> levelReport(store::Store& store) {
    const auto transaction = store.begin(store::Access::Read); // one view for all figures
    if (!transaction)
        return transaction.error();
    const auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    const auto zone = rules::settingZone(ruleSet->setting.timeZone);
    if (!zone)
        return zone.error();
    const auto nowUs = (*transaction)->nowUs();
    if (!nowUs)
        return nowUs.error();
    const auto counts = store.valueCounts();
    if (!counts)
        return counts.error();
    const auto history = store.levelHistory();
    if (!history)
        return history.error();
    const auto log = store.logExtent();
    if (!log)
        return log.error();

    LevelReport report;
    report.nowUs = *nowUs;
    report.maxAffinity = ruleSet->setting.maxAffinity;
    std::map<int, qint64> devices;
    for (const store::ValueCount& count : *counts) {
        devices[count.level] += count.devices;
        report.boundDevices += count.devices;
    }
    std::map<int, qint64> grants;
    for (const store::LevelGrants& count : history->grants)
        grants[count.level] = count.grants;
    Follower follower(*history, *log, *zone, *nowUs);
    for (const rules::Level& level : ruleSet->levels)
        report.levels.push_back({level, devices[level.level], grants[level.level],
                                 timeToLevel(follower.observations(thresholdOf(level, ruleSet->levels)))});
    return report;
}

} // namespace affinity::service
