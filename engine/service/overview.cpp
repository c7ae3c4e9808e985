#include "engine/service/overview.h"

#include "engine/service/localhours.h"

#include <algorithm>
#include <limits>
#include <map>
#include <unordered_map>

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr int mostDays = 400;
constexpr int mostBins = 1000;
constexpr int daysPerWeek = 7;

Activity activityOf(const store::LogSums& sums) {
    return {sums.rows, sums.gained, sums.taken};
}

void add(Activity& activity, const store::LogSums& sums) {
    activity.events += sums.rows;
    activity.gained += sums.gained;
    activity.taken += sums.taken;
}

std::optional<Error> invalidity(const OverviewQuery& query) {
    if (query.days < 1 || query.days > mostDays)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("An overview shows 1 to %1 days, not %2.").arg(mostDays).arg(query.days)};
    if (query.valueBins < 1 || query.valueBins > mostBins)
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("A histogram has 1 to %1 bins, not %2.").arg(mostBins).arg(query.valueBins)};
    if (query.date && !query.date->isValid())
        return Error{ErrorKind::InvalidInput, QStringLiteral("The date of the overview is not a date.")};
    return std::nullopt;
}

/// The narrowest of 1, 2 and 5 times a power of ten with which values from 0 to `highest` fit into so many bins.
int binWidthFor(int highest, int bins) {
    for (qint64 power = 1;; power *= 10) {
        for (const int step : {1, 2, 5}) {
            if (highest / (step * power) < bins)
                return static_cast<int>(std::min<qint64>(step * power, std::numeric_limits<int>::max()));
        }
    }
}

/// What all parts of one answer share.
struct Scope {
    store::Store& store;
    rules::RuleSet ruleSet;
    QTimeZone zone;
    rules::LocalDay shownDay;
};

Result<void> addPopulation(const Scope& scope, const OverviewQuery& query, Overview& overview) {
    const auto counts = scope.store.valueCounts();
    if (!counts)
        return counts.error();
    std::map<int, LevelDevices> levels;
    for (const rules::Level& level : scope.ruleSet.levels)
        levels[level.level] = {level.level, level.name, level.minValue, 0};
    int highest = 0;
    for (const store::ValueCount& count : *counts)
        highest = std::max(highest, count.value);
    overview.binWidth = binWidthFor(highest, query.valueBins);
    overview.devicesByValue.assign(static_cast<size_t>(highest / overview.binWidth) + 1, 0);
    for (const store::ValueCount& count : *counts) {
        LevelDevices& level = levels[count.level];
        level.level = count.level; // a stored level may be gone from the table
        level.devices += count.devices;
        overview.boundDevices += count.devices;
        overview.devicesByValue[static_cast<size_t>(std::max(count.value, 0) / overview.binWidth)] += count.devices;
    }
    for (const auto& [number, level] : levels)
        overview.levels.push_back(level);

    const auto made = scope.store.bindingsMade(scope.shownDay.intervals);
    if (!made)
        return made.error();
    for (const qint64 count : *made)
        overview.newDevices += count;
    return {};
}

/// The sums of the 24 hours of one day.
Result<std::array<Activity, 24>> activityByHour(const Scope& scope, QDate date) {
    const auto hours = localHours(rules::localDay(date, scope.zone), scope.zone);
    std::vector<rules::UtcInterval> stretches;
    for (const auto& hour : hours)
        stretches.insert(stretches.end(), hour.begin(), hour.end());
    const auto sums = scope.store.logSums(stretches);
    if (!sums)
        return sums.error();
    std::array<Activity, 24> activities;
    auto sum = sums->begin();
    for (size_t hour = 0; hour < hours.size(); ++hour) {
        for (size_t i = 0; i < hours[hour].size(); ++i)
            add(activities[hour], *sum++);
    }
    return activities;
}

Result<void> addHours(const Scope& scope, Overview& overview) {
    const auto shown = activityByHour(scope, overview.shownDate);
    if (!shown)
        return shown.error();
    const auto weekBefore = activityByHour(scope, overview.shownDate.addDays(-daysPerWeek));
    if (!weekBefore)
        return weekBefore.error();
    for (size_t hour = 0; hour < shown->size(); ++hour)
        overview.hours.push_back({static_cast<int>(hour), (*shown)[hour], (*weekBefore)[hour]});
    return {};
}

Result<void> addDays(const Scope& scope, int days, Overview& overview) {
    std::vector<rules::LocalDay> localDays;
    std::vector<rules::UtcInterval> stretches;
    std::vector<size_t> dayOfStretch;
    for (int i = 0; i < days; ++i) {
        localDays.push_back(rules::localDay(overview.shownDate.addDays(i + 1 - days), scope.zone));
        for (const rules::UtcInterval& stretch : localDays.back().intervals) {
            stretches.push_back(stretch);
            dayOfStretch.push_back(localDays.size() - 1);
        }
    }
    const auto figures = scope.store.dayFigures(localDays);
    if (!figures)
        return figures.error();
    const auto grants = scope.store.grantsMade(stretches);
    if (!grants)
        return grants.error();
    for (size_t i = 0; i < localDays.size(); ++i)
        overview.days.push_back({localDays[i].date, activityOf((*figures)[i].sums), (*figures)[i].activeDevices, 0});
    for (size_t i = 0; i < stretches.size(); ++i)
        overview.days[dayOfStretch[i]].levelUps += (*grants)[i];
    return {};
}

/// The name of a rule key: of its live rule, else of the one that had it last, else the key.
QString nameOf(const rules::RuleSet& ruleSet, const QString& key) {
    QString name = key;
    for (const rules::Rule& rule : ruleSet.rules) {
        if (rule.key == key)
            name = rule.name;
    }
    const rules::Rule* live = rules::liveRule(ruleSet, key);
    return live ? live->name : name;
}

RuleActivity emptyActivity(const rules::RuleSet& ruleSet, const QString& key) {
    RuleActivity activity;
    activity.ruleKey = key;
    activity.name = key.isEmpty() ? QString() : nameOf(ruleSet, key);
    if (const rules::Rule* live = key.isEmpty() ? nullptr : rules::liveRule(ruleSet, key)) {
        activity.devicesAtCap = 0;
        activity.dailyCap = live->dailyCap;
    }
    return activity;
}

/// Live rules always, others and adjustments when they have rows on the shown day.
Result<void> addRules(const Scope& scope, Overview& overview) {
    const auto sums = scope.store.deviceRuleSums(scope.shownDay);
    if (!sums)
        return sums.error();
    std::map<QString, RuleActivity> byKey;
    for (const rules::Rule& rule : scope.ruleSet.rules) {
        if (rule.isEnabled && !rule.isDeleted)
            byKey[rule.key] = emptyActivity(scope.ruleSet, rule.key);
    }
    std::unordered_map<qint64, qint64> gainedByDevice;
    for (const store::DeviceRuleSums& sum : *sums) {
        const QString key = sum.isAdjustment ? QString() : sum.ruleKey;
        const auto place = byKey.find(key);
        RuleActivity& rule =
            place != byKey.end() ? place->second : byKey.emplace(key, emptyActivity(scope.ruleSet, key)).first->second;
        add(rule.activity, sum.sums);
        if (sum.isAdjustment)
            continue;
        gainedByDevice[sum.deviceId.value] += sum.sums.gained;
        if (rule.devicesAtCap && sum.sums.gained + sum.sums.taken >= rule.dailyCap)
            ++*rule.devicesAtCap;
    }
    for (const auto& [key, rule] : byKey)
        overview.rules.push_back(rule);
    std::stable_sort(overview.rules.begin(), overview.rules.end(), [](const RuleActivity& a, const RuleActivity& b) {
        return a.activity.gained > b.activity.gained;
    });
    overview.globalDailyCap = scope.ruleSet.setting.globalDailyCap;
    overview.devicesAtGlobalCap = std::count_if(gainedByDevice.begin(), gainedByDevice.end(), [&](const auto& entry) {
        return entry.second >= overview.globalDailyCap;
    });
    return {};
}

/// Which day is shown, and of what the log tells.
Result<void> addDates(store::Store& store, const QTimeZone& zone, const OverviewQuery& query, Overview& overview) {
    overview.today = rules::localDate(overview.nowUs, zone);
    const auto extent = store.logExtent();
    if (!extent)
        return extent.error();
    if (*extent) {
        overview.firstDate = rules::localDate((*extent)->firstUs, zone);
        overview.lastDate = rules::localDate((*extent)->lastUs, zone);
    }
    overview.shownDate = query.date.value_or(overview.today);
    if (query.date || !overview.lastDate || *overview.lastDate == overview.today)
        return {};
    // Rows of tomorrow, from a clock that ran ahead, say nothing about today.
    const auto sums = store.logSums(rules::localDay(overview.today, zone).intervals);
    if (!sums)
        return sums.error();
    const bool hasToday =
        std::any_of(sums->begin(), sums->end(), [](const store::LogSums& sum) { return sum.rows > 0; });
    if (!hasToday)
        overview.shownDate = *overview.lastDate;
    return {};
}

} // namespace

Result<Overview> overview(store::Store& store, const OverviewQuery& query) {
    if (const auto invalid = invalidity(query))
        return *invalid;
    const auto transaction = store.begin(store::Access::Read); // one view for all figures
    if (!transaction)
        return transaction.error();
    auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    const auto zone = rules::settingZone(ruleSet->setting.timeZone);
    if (!zone)
        return zone.error();
    const auto nowUs = (*transaction)->nowUs();
    if (!nowUs)
        return nowUs.error();

    Overview overview;
    overview.nowUs = *nowUs;
    if (const auto added = addDates(store, *zone, query, overview); !added)
        return added.error();
    const Scope scope{store, *std::move(ruleSet), *zone, rules::localDay(overview.shownDate, *zone)};
    if (const auto added = addPopulation(scope, query, overview); !added)
        return added.error();
    if (const auto added = addHours(scope, overview); !added)
        return added.error();
    if (const auto added = addDays(scope, query.days, overview); !added)
        return added.error();
    if (const auto added = addRules(scope, overview); !added)
        return added.error();
    return overview;
}

} // namespace affinity::service
