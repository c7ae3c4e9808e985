// AffinityService: the one place where a value changes. Events, decay, adjustments and their previews go through it.
#pragma once

#include "engine/service/applyresult.h"
#include "engine/service/counteraccess.h"
#include "engine/service/outboxentries.h"
#include "engine/service/pace.h"
#include "engine/service/pushes.h"
#include "engine/service/recentevents.h"
#include "engine/service/requests.h"
#include "engine/service/rulecache.h"
#include "engine/service/writeplan.h"
#include "engine/store/counters.h"
#include "engine/store/store.h"

#include <QStringList>

#include <functional>

namespace affinity::service {

/// How the engine is set up on this store.
struct ServiceOptions {
    QStringList sources{QStringLiteral("device_event"), QStringLiteral("mobile_event"), QStringLiteral("decay"),
                        QStringLiteral("admin_adjust_single"), QStringLiteral("admin_adjust_batch")};
    WithoutCounters withoutCounters = WithoutCounters::Refuse;
    qint64 resolveUs = 5'000'000; ///< how long a commit whose answer was lost is looked for before it stays in doubt
    Pace pace;
    HealthListener countersChanged; ///< may be empty
    PushSink pushes;                ///< where the store's outbox holds none; empty: nobody is told
    OutboxUse outbox;               ///< of no use on a store without one
};

/// What a call would do, from the code path that commits it. Nothing was written to find out.
struct Preview {
    ApplyResult result; ///< its logId is empty; rewardsGranted are those that would be granted
    rules::Decision decision;
    std::optional<store::WritePlan> plan;  ///< rows that would be written; nothing when refused
    std::vector<int> alreadyGrantedLevels; ///< crossed levels that were granted before
    QStringList pushes;                    ///< "affinity_update", then "level_up" or "level_down"
    store::OutboxEntries outbox;           ///< what would be written to be sent; empty without an outbox
    std::optional<rules::Binding> binding; ///< as it was read
    rules::Setting setting;
    std::vector<rules::Level> levels;
    qint64 atUs = 0;      ///< the store's time it holds for
    QByteArray stateHash; ///< of what it depended on; commit refuses when it is another by then
};

/// What a layer above wants to check under the lock, before anything is written.
struct GuardFacts {
    store::Transaction& transaction;
    const Situation& situation;
    const Preview& preview;
};

/// Says why an action must not be carried out, or that it was before.
struct GuardVerdict {
    std::optional<base::Error> refusal;
    std::optional<store::LogEntry> appliedEarlier;
};
using Guard = std::function<base::Result<GuardVerdict>(const GuardFacts&)>;

/// Applies the rules on a store. Lives on the store's thread; every call may block on I/O. References outlive it.
///
/// One call: refuse early by the counters, then lock, load, decide, write, commit, and confirm to the counters. The log
/// rows read under the lock are the fence: dedupe, cooldown and caps hold with the counters empty, late, wrong or
/// absent, and with several processes on one store. What the counters know refuses without any SQL: an event's content
/// and a rule are remembered for the purpose, a rule for at most a second.
///
/// When the database asks for it the whole unit is done again, with the same drawn change and the same operation id.
/// A commit whose answer was lost is looked for by its log id, never done again.
class AffinityService {
public:
    AffinityService(store::Store& store, store::Counters& counters, rules::Draw& draw, ServiceOptions options = {});

    /// One event. Never throws a failure away: every outcome is one of the four of ApplyResult. `guard` runs under the
    /// lock (decay looks there whether another console was quicker).
    ApplyResult apply(const ApplyRequest& request, const Guard& guard = {});
    /// The same event on a reading transaction: writes nothing, to no store and no counter.
    Preview previewApply(const ApplyRequest& request);

    /// One adjustment as the production service does it; `guard` runs under the lock.
    ApplyResult adminAdjust(const AdjustRequest& request, const Guard& guard = {});
    Preview previewAdjust(const AdjustRequest& request, const Guard& guard = {});

    store::Store& store() { return m_store; }
    store::Counters& counters() { return m_counters; }
    /// Replaces the source of draws (replay fixes each call's change).
    void setDraw(rules::Draw& draw) { m_draw = &draw; }
    /// After an edit through this process, so that the next event meets the rules as they are now.
    void forgetRules() { m_rules.forgetAll(); }
    /// Sends confirms that the counters could not take, at most `most`; for a timer and the end. False when some still
    /// wait because the counters cannot be reached.
    bool sendPendingConfirms(int most) { return m_access.sendPending(m_options.pace.nowUs(), most); }
    const PendingConfirms& pendingConfirms() const { return m_access.pending(); }
    CounterHealth counterHealth() const { return m_access.health(); }

private:
    struct Unit;
    struct Early;
    ApplyResult run(const Action& action, const Guard& guard);
    Preview dryRun(const Action& action, const Guard& guard);
    std::optional<base::Error> invalidity(const Action& action) const;
    Early readEarly(const Action& action);
    void learnDay();
    std::optional<ApplyResult> refuseEarly(const Action& action, const Early& early, rules::Draw& draw);
    base::Result<const rules::Rule*> recentRule(const QString& key);
    bool isConflict(const Action& action);
    base::Result<Unit> attempt(const Action& action, store::Access access, const Guard& guard, rules::Draw& draw,
                               const Early& early);
    base::Result<Situation> load(const Action& action, store::Transaction& transaction);
    base::Result<bool> isPassed(const Guard& guard, store::Access access, store::Transaction& transaction,
                                Unit& unit) const;
    base::Result<void> write(const Action& action, store::Transaction& transaction, Unit& unit) const;
    void noteOutbox(const Action& action, Unit& unit) const;
    base::Result<void> raiseCounters(const Action& action, const Situation& situation);
    CounterReading readCounters(const Action& action, QDate date);
    std::optional<base::Error> refusalOf(const CounterReading& reading) const;
    base::Result<const QTimeZone*> zone(const QByteArray& name);
    const rules::LocalDay& dayOf(qint64 nowUs, const QTimeZone& zone);
    ApplyResult resolveCommit(const Action& action, const Unit& unit, const base::Error& error);
    base::Result<bool> isWritten(const Action& action, const Unit& unit);
    void confirm(const Action& action, const Unit& unit);

    store::Store& m_store;
    store::Counters& m_counters;
    rules::Draw* m_draw;
    ServiceOptions m_options;
    CounterAccess m_access;
    RuleCache m_rules;
    RecentEvents m_recentEvents;
    QTimeZone m_zone;      ///< of the last call: finding zone data costs more than a whole decision
    rules::LocalDay m_day; ///< of the last call
};

} // namespace affinity::service
