// overview(): how the service is doing, in figures that a store answers in milliseconds.
#pragma once

#include "engine/base/result.h"
#include "engine/store/store.h"

#include <QDate>

#include <optional>
#include <vector>

namespace affinity::service {

/// Log rows and points of a stretch of time. Adjustments count like all rows.
struct Activity {
    qint64 events = 0; ///< log rows: what was applied (production keeps no refused events)
    qint64 gained = 0; ///< sum of positive changes, points
    qint64 taken = 0;  ///< sum of negative changes, as a positive number

    friend bool operator==(const Activity&, const Activity&) = default;
};

struct HourActivity {
    int hour = 0; ///< 0 to 23 of the local day; an hour that comes twice is summed, one that is missing stays 0
    Activity shown;
    Activity weekBefore; ///< the same hour of the same weekday a week earlier

    friend bool operator==(const HourActivity&, const HourActivity&) = default;
};

struct DayActivity {
    QDate date; ///< local
    Activity activity;
    qint64 activeDevices = 0; ///< with at least one row that is not decay
    qint64 levelUps = 0;      ///< grants of that day

    friend bool operator==(const DayActivity&, const DayActivity&) = default;
};

struct RuleActivity {
    QString ruleKey; ///< empty: adjustments, which have no rule
    QString name;
    Activity activity; ///< of the shown day
    /// Devices whose day's sum in the log reached the rule's daily cap as it is now; nothing for a key without a live
    /// rule. What caps refused is not in production's tables.
    std::optional<qint64> devicesAtCap;
    int dailyCap = 0;

    friend bool operator==(const RuleActivity&, const RuleActivity&) = default;
};

struct LevelDevices {
    int level = 0;
    QString name;
    int minValue = 0;
    qint64 devices = 0; ///< bound ones, by their stored level

    friend bool operator==(const LevelDevices&, const LevelDevices&) = default;
};

struct OverviewQuery {
    std::optional<QDate> date; ///< the local day to show; nothing: today, or the last day with rows if today has none
    int days = 30;             ///< how many days of DayActivity, up to the shown day; 1 to 400
    int valueBins = 60;        ///< wanted number of histogram bins, 1 to 1,000

    friend bool operator==(const OverviewQuery&, const OverviewQuery&) = default;
};

struct Overview {
    qint64 nowUs = 0; ///< of the store, when it answered
    QDate today;
    QDate shownDate;
    std::optional<QDate> firstDate, lastDate; ///< of the log; nothing when it is empty
    qint64 boundDevices = 0;
    qint64 newDevices = 0; ///< bound on the shown day
    std::vector<LevelDevices> levels;
    int binWidth = 1;                   ///< points
    std::vector<qint64> devicesByValue; ///< bound devices; bin i: values from i·binWidth to below (i + 1)·binWidth
    std::vector<HourActivity> hours;    ///< 24
    std::vector<DayActivity> days;      ///< oldest first; the last is the shown day
    std::vector<RuleActivity> rules;    ///< most points gained first
    std::optional<qint64> devicesAtGlobalCap; ///< of the shown day
    int globalDailyCap = 0;

    friend bool operator==(const Overview&, const Overview&) = default;
};

/// One consistent answer. Any thread that owns the store.
base::Result<Overview> overview(store::Store& store, const OverviewQuery& query);

} // namespace affinity::service
