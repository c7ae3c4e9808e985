// Counters: the fast refusal before SQL (event ids, cooldowns, day sums), kept in Redis or in this process.
#pragma once

#include "engine/base/id.h"
#include "engine/base/result.h"

#include <QDate>
#include <QString>

#include <QStringList>

#include <optional>
#include <span>
#include <vector>

namespace affinity::store {

/// How long an event id refuses a second effect.
inline constexpr qint64 eventWindowSeconds = 60;
/// How long a day's sums are kept, from their first write.
inline constexpr qint64 daySumSeconds = 172'800;

/// Which counters one event looks at.
struct CounterQuery {
    base::DeviceId deviceId;
    QString ruleKey;
    QString eventId; ///< empty: none
    QDate date;      ///< local day
};

/// Whether an absent counter means "nothing yet".
enum class CounterTrust {
    Whole, ///< nothing was lost since the counters were last rebuilt: what is absent did not happen
    Lost   ///< the epoch key is missing (restart, flush, eviction, first use): what is set holds, what is absent says
           ///< nothing. SQL alone decides, and today's counters want a rebuild (Counters::beginRebuild).
};

/// What the counters say. Absent keys read as not set and 0.
struct CounterFacts {
    bool isEventSeen = false;
    bool isCooldownRunning = false;
    qint64 cooldownLeftUs = 0; ///< 0 while running: its key was given no end by somebody
    qint64 ruleDaySum = 0;
    qint64 globalDaySum = 0;
    CounterTrust trust = CounterTrust::Whole;

    friend bool operator==(const CounterFacts&, const CounterFacts&) = default;
};

/// What one applied event adds.
struct CounterConfirm {
    base::LogId logId; ///< marks the confirm: the same id counts once however often it is sent
    base::DeviceId deviceId;
    QString ruleKey;
    QString eventId; ///< empty: none
    QDate date;
    int cooldownSeconds = 0; ///< 0: no cooldown key
    int ruleDayAdd = 0;
    int globalDayAdd = 0; ///< 0: the global key is not touched
    /// How long ago the row was committed, by the store's clock: cooldown and event window run from then, and a confirm
    /// older than daySumSeconds does nothing. 0: just now. For confirms that waited in an outbox.
    qint64 ageUs = 0;
};

/// A day's sum of one rule as the log has it.
struct RuleDaySum {
    QString ruleKey;
    qint64 sum = 0; ///< of absolute changes

    friend bool operator==(const RuleDaySum&, const RuleDaySum&) = default;
};

/// What is left of a cooldown (`name` is its rule key) or of an event's window (its event id).
struct CounterLife {
    QString name;
    qint64 leftUs = 0; ///< 0 and below: over, nothing is set

    friend bool operator==(const CounterLife&, const CounterLife&) = default;
};

/// What the log says of one device on one local day, for a rebuild. Read it under the device's row lock and raise
/// before that lock is given back: a row that commits in between would be missing from the sum until the next day.
struct CounterRaise {
    base::DeviceId deviceId;
    QDate date;
    std::vector<RuleDaySum> ruleSums;
    qint64 globalDaySum = 0; ///< of positive changes
    std::vector<CounterLife> cooldowns;
    std::vector<CounterLife> events;
    std::vector<base::LogId> logIds; ///< the rows in the sums: a confirm of theirs that still waits counts no more

    friend bool operator==(const CounterRaise&, const CounterRaise&) = default;
};

/// A rebuild that was begun; its id names it in the counters, so that a loss in its middle is noticed.
struct CounterRebuild {
    QString id;

    friend bool operator==(const CounterRebuild&, const CounterRebuild&) = default;
};

/// One counter as replay's state file shows it.
struct CounterEntry {
    QString key; ///< production's Redis key, ":1:affinity:cd:3:gift"
    QString value;
    qint64 ttlSeconds = 0; ///< left, rounded half up; -1: the key has no end, which production never writes

    friend bool operator==(const CounterEntry&, const CounterEntry&) = default;
};

enum class CounterKind { Cooldown, RuleDay, GlobalDay };

/// One of a device's counters as it stands, whoever wrote it.
struct CounterState {
    CounterKind kind = CounterKind::RuleDay;
    QString ruleKey; ///< empty for GlobalDay
    QString key;     ///< its name where it is kept
    bool isSet = false;
    std::optional<qint64> number; ///< of a day's sum that is set; nothing: it holds what is no whole number
    QString value;                ///< as stored, unprintable bytes as \xNN
    std::optional<qint64> leftUs; ///< of one that is set; nothing: it has no end, which production never writes

    friend bool operator==(const CounterState&, const CounterState&) = default;
};

/// Memory and Redis implementations pass one contract suite. Used on one thread at a time.
///
/// After a loss (CounterFacts::trust) whoever has the log rebuilds: beginRebuild(), raiseTo() for every device that has
/// log rows in its local day, endRebuild(). Several processes may do so at once, and events go on meanwhile. The
/// defaults are for counters that are never told to be lost: they have nothing to rebuild.
class Counters {
public:
    virtual ~Counters() = default;
    /// Errors: Damaged names a sum that is no whole number, with its first bytes; else those of the counters' server.
    virtual base::Result<CounterFacts> read(const CounterQuery& query) = 0;
    /// Idempotent by logId. All of it or, with an error other than CommitUnknown, nothing of it; after CommitUnknown it
    /// may be sent again. Never shortens a cooldown or an event's window. Errors as for read().
    virtual base::Result<void> confirm(const CounterConfirm& confirm) = 0;
    /// All counters, sorted by key.
    virtual base::Result<std::vector<CounterEntry>> entries() = 0;

    /// The first step after a loss; it changes no counter.
    virtual base::Result<CounterRebuild> beginRebuild() { return CounterRebuild{}; }
    /// Raises one device's counters to what the log says. Never lowers a sum, never shortens a life; sending it twice
    /// is the same as once. Errors as for confirm().
    virtual base::Result<void> raiseTo(const CounterRaise&) { return {}; }
    /// The same for several devices, one answer each in their order; it may save round trips.
    virtual std::vector<base::Result<void>> raiseAll(std::span<const CounterRaise> raises) {
        std::vector<base::Result<void>> answers;
        for (const CounterRaise& raise : raises)
            answers.push_back(raiseTo(raise));
        return answers;
    }
    /// The last step. True: the counters are whole again. False: they were lost once more since beginRebuild() (or that
    /// was over an hour ago), and the rebuild has to begin anew.
    virtual base::Result<bool> endRebuild(const CounterRebuild&) { return true; }

    /// The cooldown and the day's sum of each rule, then the global sum, set or not; for comparing with the log. A
    /// value that means nothing is no error here. Counters that cannot tell answer none.
    virtual base::Result<std::vector<CounterState>> deviceCounters(base::DeviceId, const QStringList& /*ruleKeys*/,
                                                                   QDate) {
        return std::vector<CounterState>{};
    }
};

} // namespace affinity::store
