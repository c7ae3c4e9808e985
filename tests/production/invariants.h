// The invariants of a store's rows, I1 to I9, and of the counters beside it, I19 and I20: names every row that breaks
// one.
#pragma once

#include "engine/store/counters.h"
#include "tests/production/storerows.h"

#include <map>
#include <set>

namespace affinity::test {

enum class Invariant {
    ValueIsSumOfLog,    ///< I1: value = opening + sum of changes
    RowsAreAChain,      ///< I2: after = before + change; before = the previous row's after
    RuleCap,            ///< I3: a rule's points of one local day
    GlobalCap,          ///< I4: gained points of one local day
    Cooldown,           ///< I5: between two rows of (device, rule)
    EventOnce,          ///< I6: one event id, one effect within its window
    EventConflict,      ///< I7: the same id with other content
    GrantOnce,          ///< I8: one grant for (device, level)
    LevelOfValue,       ///< I9: the stored level is the value's; every level reached was granted, no other
    DailyCounter,       ///< the table of daily counters is the log's sum
    CountersKnowTheLog, ///< I19: Redis' sum of a day is the log's, less what was not confirmed
    ConfirmCountsOnce   ///< I20: and never more
};

/// "I3 rule cap".
QString name(Invariant invariant);

struct Violation {
    Invariant invariant = Invariant::ValueIsSumOfLog;
    base::DeviceId deviceId;
    std::optional<base::LogId> logId; ///< the row that should not have been written
    bool isOurs = true;               ///< false: a row of another application
    QString what;
};

struct Expectations {
    bool isAllOurs = false;         ///< else rows with a note are ours, the others another application's
    std::map<qint64, int> openings; ///< value each device began with; without: its first row's before
};

/// Every violation of I1 to I9. The rules in force are those of the rows; they must not have been edited since the
/// first row.
std::vector<Violation> violationsOf(const StoreRows& rows, const Expectations& expectations = {});

/// Every violation of I19 and I20 by the sums of days in `counters` (default prefix and version). Rows that are
/// `unconfirmed` may be missing there.
std::vector<Violation> violationsOfCounters(const StoreRows& rows, const std::vector<store::CounterEntry>& counters,
                                            const std::set<qint64>& unconfirmed = {});

/// One a line; empty: none.
QByteArray described(const std::vector<Violation>& violations);
std::vector<Violation> onlyOurs(const std::vector<Violation>& violations);

} // namespace affinity::test
