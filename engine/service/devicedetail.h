// DeviceDetail: all that is known about one device at one time, as its page shows it.
#pragma once

#include "engine/rules/levels.h"
#include "engine/store/counters.h"
#include "engine/store/store.h"

namespace affinity::service {

/// Today's use of one rule by one device.
struct RuleUse {
    rules::Rule rule;
    qint64 usedToday = 0; ///< points of dailyCap
    qint64 triggersToday = 0;
    qint64 cooldownLeftUs = 0; ///< 0: none running

    friend bool operator==(const RuleUse&, const RuleUse&) = default;
};

struct DeviceDetail {
    store::DeviceRow device;
    rules::Setting setting;
    std::vector<rules::Level> levels;
    rules::LevelProgress progress;
    qint64 globalUsedToday = 0;                ///< points of setting.globalDailyCap
    std::vector<RuleUse> ruleUses;             ///< live rules, most used first
    std::optional<QDate> nextDecay;            ///< if the device stays idle
    std::vector<rules::Grant> grants;          ///< newest first
    std::vector<rules::DailyCounter> counters; ///< of the last 30 local days, newest first
    qint64 atUs = 0;                           ///< the store's time it holds for
    QDate today;
    qint64 dayEndsUs = 0; ///< when today's caps reset
    std::optional<base::Error> counterFault =
        {}; ///< why the counters were not counted; the log alone then says how it is
};

/// Reads everything about one device; counters count where they can be asked and know more than the log. NotFound for
/// an unknown binding.
base::Result<DeviceDetail> deviceDetail(store::Store& store, store::Counters& counters, base::DeviceId id);

/// One point of the value-over-time chart.
struct ValuePoint {
    qint64 timeUs = 0;
    int value = 0;

    friend bool operator==(const ValuePoint&, const ValuePoint&) = default;
};

/// The value at the end of each local day from `days` ago to now (now is the last point); days before the first log row
/// carry the opening value from the binding on. At most `days` + 1 points.
base::Result<std::vector<ValuePoint>> valueHistory(store::Store& store, base::DeviceId id, int days);

} // namespace affinity::service
