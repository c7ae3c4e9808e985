#include "engine/service/affinityservice.h"

#include "engine/service/applysteps.h"
#include "engine/service/counterrebuild.h"
#include "engine/service/random.h"

#include <algorithm>

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;
using rules::Outcome;
using rules::RequestKind;
using store::Access;

namespace {

constexpr int longestRuleKey = 32;
constexpr int longestSource = 32;
constexpr int longestEventId = 64;
constexpr int longestReason = 255;
constexpr qint64 firstResolvePauseUs = 20'000; // doubled each time
constexpr qint64 longestResolvePauseUs = 500'000;

/// Says that a text is longer than its column. Columns count characters; QString counts two for one beyond U+FFFF.
std::optional<Error> tooLong(const QString& member, const QString& text, int limit) {
    if (text.size() <= limit)
        return std::nullopt;
    const qsizetype length = text.toUcs4().size();
    if (length <= limit)
        return std::nullopt;
    return Error{
        ErrorKind::InvalidInput,
        QStringLiteral("%1 is %2 characters long; production's column takes %3.").arg(member).arg(length).arg(limit)};
}

} // namespace

/// One attempt at an action: what it came to, and what was written.
struct AffinityService::Unit {
    Preview preview;
    Situation situation;
    store::WriteReceipt receipt;
    std::optional<Error> commitError; ///< CommitUnknown only
};

/// What the counters said before any lock, of the day that it probably is.
struct AffinityService::Early {
    QDate date; ///< invalid: they were not asked
    CounterReading reading;
};

AffinityService::AffinityService(store::Store& store, store::Counters& counters, rules::Draw& draw,
                                 ServiceOptions options)
    : m_store(store),
      m_counters(counters),
      m_draw(&draw),
      m_options(std::move(options)),
      m_access(counters, m_options.countersChanged) {
}

ApplyResult AffinityService::apply(const ApplyRequest& request, const Guard& guard) {
    return run(actionOf(request), guard);
}

Preview AffinityService::previewApply(const ApplyRequest& request) {
    return dryRun(actionOf(request), {});
}

ApplyResult AffinityService::adminAdjust(const AdjustRequest& request, const Guard& guard) {
    return run(actionOf(request, m_store.info().isPrepared), guard);
}

Preview AffinityService::previewAdjust(const AdjustRequest& request, const Guard& guard) {
    return dryRun(actionOf(request, m_store.info().isPrepared), guard);
}

ApplyResult AffinityService::run(const Action& action, const Guard& guard) {
    if (const auto invalid = invalidity(action))
        return failure(action.ruleKey, *invalid);
    DrawOnce draw(*m_draw);
    const Early early = readEarly(action);
    if (auto refused = refuseEarly(action, early, draw))
        return *std::move(refused);
    Tries tries(m_options.pace);
    Result<Unit> unit = attempt(action, Access::Write, guard, draw, early);
    while (!unit && tries.isAgain(unit.error()))
        unit = attempt(action, Access::Write, guard, draw, early);

    ApplyResult result;
    if (!unit) {
        result = failure(action.ruleKey, unit.error());
    } else if (unit->commitError) {
        result = resolveCommit(action, *unit, *unit->commitError);
    } else {
        if (unit->preview.plan)
            confirm(action, *unit);
        result = std::move(unit->preview.result);
    }
    result.retries = tries.retries();
    return result;
}

Preview AffinityService::dryRun(const Action& action, const Guard& guard) {
    Preview preview;
    if (const auto invalid = invalidity(action)) {
        preview.result = failure(action.ruleKey, *invalid);
        return preview;
    }
    DrawOnce draw(*m_draw);
    Result<Unit> unit = attempt(action, Access::Read, guard, draw, readEarly(action));
    if (unit)
        return std::move(unit->preview);
    preview.result = failure(action.ruleKey, unit.error());
    return preview;
}

/// Difference D7: what the database would refuse with a text of its own is refused by name before anything is touched.
std::optional<Error> AffinityService::invalidity(const Action& action) const {
    if (!m_options.sources.contains(action.source)) {
        return Error{ErrorKind::InvalidInput, QStringLiteral("Unknown source \"%1\". Known sources: %2.")
                                                  .arg(action.source, m_options.sources.join(QStringLiteral(", ")))};
    }
    if (auto error = tooLong(QStringLiteral("source"), action.source, longestSource))
        return error;
    if (auto error = tooLong(QStringLiteral("rule_key"), action.ruleKey, longestRuleKey))
        return error;
    if (auto error = tooLong(QStringLiteral("event_id"), action.eventId, longestEventId))
        return error;
    return tooLong(QStringLiteral("reason"), action.reason, longestReason);
}

/// Asks the counters before any lock, so that slow ones hold nobody up.
AffinityService::Early AffinityService::readEarly(const Action& action) {
    if (action.request.kind == RequestKind::Adjustment)
        return {};
    if (m_day.isEmpty())
        learnDay();
    if (m_day.isEmpty())
        return {};
    return {m_day.date, readCounters(action, m_day.date)};
}

/// The first event of a process does not know the day yet. What goes wrong here goes wrong again under the lock.
void AffinityService::learnDay() {
    const auto transaction = m_store.begin(Access::Read);
    if (!transaction)
        return;
    const auto nowUs = (*transaction)->nowUs();
    if (!nowUs)
        return;
    const auto setting = (*transaction)->setting();
    if (!setting)
        return;
    if (const auto localZone = zone(setting->timeZone))
        dayOf(*nowUs, **localZone);
}

/// Counters refuse what they know without taking a lock: an event id that was seen, a cooldown that runs. Caps are left
/// to the fence, which has to read the day's sums anyway.
std::optional<ApplyResult> AffinityService::refuseEarly(const Action& action, const Early& early, rules::Draw& draw) {
    if (!early.date.isValid())
        return std::nullopt;
    if (const auto refusal = refusalOf(early.reading))
        return failure(action.ruleKey, *refusal);
    const store::CounterFacts& counters = early.reading.facts;
    if (!counters.isEventSeen && !counters.isCooldownRunning)
        return std::nullopt;

    Situation situation;
    if (!counters.isEventSeen) { // which comes before the question for the rule
        const auto rule = recentRule(action.ruleKey);
        if (!rule)
            return std::nullopt; // a store that cannot answer has not said that there is no rule; the lock will tell
        if (*rule)
            situation.rule = **rule;
    }
    rules::Facts facts = factsOf(action, situation, counters);
    facts.isBindingActive = true; // decided later: dedupe and cooldown come first
    rules::Trace trace;
    const rules::Decision decision = rules::decide(action.request, facts, draw, &trace);
    ApplyResult result = resultOf(action, decision, std::move(trace));
    if (result.outcome == Outcome::EventDuplicate)
        result.isEventConflict = isConflict(action);
    return result;
}

/// The live rule, or null, read at most a second ago; that there is none is asked each time.
Result<const rules::Rule*> AffinityService::recentRule(const QString& key) {
    const qint64 nowUs = m_options.pace.nowUs();
    if (const rules::Rule* rule = m_rules.find(key, nowUs))
        return rule;
    const auto transaction = m_store.begin(Access::Read);
    if (!transaction)
        return transaction.error();
    const auto rule = (*transaction)->liveRule(key);
    if (!rule)
        return rule.error();
    return *rule ? m_rules.put(**rule, nowUs) : nullptr;
}

/// Whether a duplicate came with other content (difference D5). The first duplicate of an event that another process
/// applied costs a look into the log, the next ones nothing.
bool AffinityService::isConflict(const Action& action) {
    const qint64 nowUs = m_options.pace.nowUs();
    if (const auto isOther = m_recentEvents.isOther(action, nowUs))
        return *isOther;
    const auto page = m_store.log({.eventId = action.eventId, .limit = 1});
    if (!page)
        return false;
    std::optional<EventContent> content;
    if (!page->entries.empty())
        content = contentOf(page->entries.front().row);
    m_recentEvents.put(action.eventId, content, nowUs);
    return content && *content != contentOf(action);
}

Result<AffinityService::Unit> AffinityService::attempt(const Action& action, Access access, const Guard& guard,
                                                       rules::Draw& draw, const Early& early) {
    auto transaction = m_store.begin(access);
    if (!transaction)
        return transaction.error();
    store::Transaction& open = **transaction;
    Unit unit;
    auto situation = load(action, open);
    if (!situation)
        return situation.error();
    unit.situation = *std::move(situation);
    CounterReading counters = early.reading;
    if (action.request.kind == RequestKind::Event && unit.situation.day.date != early.date)
        counters = readCounters(action, unit.situation.day.date);

    Preview& preview = unit.preview;
    if (const auto refusal = refusalOf(counters)) {
        preview.result = failure(action.ruleKey, *refusal);
        return unit;
    }
    if (access == Access::Write && counters.facts.trust == store::CounterTrust::Lost) {
        if (const auto raised = raiseCounters(action, unit.situation); !raised)
            return raised.error();
    }
    rules::Trace trace;
    preview.decision = rules::decide(action.request, factsOf(action, unit.situation, counters.facts), draw, &trace);
    preview.result = resultOf(action, preview.decision, std::move(trace));
    preview.result.counterFault = counters.fault;
    preview.binding = unit.situation.binding;
    preview.setting = unit.situation.setting;
    preview.levels = unit.situation.levels;
    preview.atUs = unit.situation.nowUs;
    if (unit.situation.fence.event) {
        preview.result.isEventConflict = isOtherEvent(*unit.situation.fence.event, action);
        m_recentEvents.put(action.eventId, contentOf(*unit.situation.fence.event), m_options.pace.nowUs());
    }
    if (access == Access::Read || action.request.kind == RequestKind::Adjustment) {
        const auto granted = open.grantedLevels(action.deviceId);
        if (!granted)
            return granted.error();
        preview.alreadyGrantedLevels = *granted;
        preview.stateHash = stateHashOf(unit.situation, *granted);
    }
    const bool isApplied = preview.decision.outcome == Outcome::Applied;
    if (isApplied) {
        preview.plan = writePlan(action, unit.situation, preview.decision);
        for (const push::LevelEvent& event : pushEventsOf(action, preview.decision, preview.result))
            preview.pushes << push::typeName(event);
    }

    const auto isFree = isPassed(guard, access, open, unit);
    if (!isFree)
        return isFree.error();
    if (!*isFree || !isApplied)
        return unit;
    if (access == Access::Read) {
        for (const rules::Level& level : preview.plan->grants) {
            const auto& granted = preview.alreadyGrantedLevels;
            if (std::find(granted.begin(), granted.end(), level.level) == granted.end())
                preview.result.rewardsGranted.push_back(rewardOf(level));
        }
        noteOutbox(action, unit);
        return unit;
    }
    if (const auto written = write(action, open, unit); !written)
        return written.error();
    return unit;
}

/// Asks the guard; false when it has stopped the action and the unit says so.
Result<bool> AffinityService::isPassed(const Guard& guard, Access access, store::Transaction& transaction,
                                       Unit& unit) const {
    if (!guard)
        return true;
    Preview& preview = unit.preview;
    const auto verdict = guard({transaction, unit.situation, preview});
    if (!verdict)
        return verdict.error();
    if (verdict->appliedEarlier) {
        preview.result = earlierResult(*verdict->appliedEarlier, unit.situation.levels);
        preview.plan.reset();
        return false;
    }
    if (verdict->refusal) {
        preview.result.outcome = Outcome::Error;
        preview.result.error = verdict->refusal;
        if (access == Access::Write)
            preview.plan.reset();
        return false;
    }
    return true;
}

/// What the unit leaves to be sent, once its grants are known.
void AffinityService::noteOutbox(const Action& action, Unit& unit) const {
    Preview& preview = unit.preview;
    if (m_store.outbox() && m_options.outbox.isUsed())
        preview.outbox = outboxEntriesOf(action, unit.situation, preview.decision, preview.result, m_options.outbox);
}

/// Carries out the unit's plan and commits.
Result<void> AffinityService::write(const Action& action, store::Transaction& transaction, Unit& unit) const {
    ApplyResult& result = unit.preview.result;
    auto receipt = transaction.write(*unit.preview.plan);
    if (!receipt)
        return receipt.error();
    unit.receipt = *std::move(receipt);
    result.logId = unit.receipt.logId;
    for (size_t i = 0; i < unit.receipt.grants.size(); ++i) {
        const store::GrantOutcome& grant = unit.receipt.grants[i];
        RewardResult reward = rewardOf(unit.preview.plan->grants[i]);
        reward.error = grant.error;
        if (grant.kind == store::GrantOutcome::Kind::Granted)
            result.rewardsGranted.push_back(std::move(reward));
        else if (grant.kind == store::GrantOutcome::Kind::Failed)
            result.rewardsFailed.push_back(std::move(reward));
    }
    noteOutbox(action, unit);
    if (!unit.preview.outbox.isEmpty()) {
        if (const auto noted = transaction.writeOutbox(unit.preview.outbox); !noted)
            return noted.error();
    }
    if (const auto committed = transaction.commit(); !committed) {
        if (committed.error().kind != ErrorKind::CommitUnknown)
            return committed.error();
        unit.commitError = committed.error();
    }
    return {};
}

/// Locks first, then reads, each a statement of its own: read together, a new value would come with an old sum.
Result<Situation> AffinityService::load(const Action& action, store::Transaction& transaction) {
    const bool isEvent = action.request.kind == RequestKind::Event;
    const qint64 readAtUs = m_options.pace.nowUs();
    auto stored = transaction.lockAndLoad(
        {action.deviceId, isEvent ? action.eventId : QString(), isEvent ? action.ruleKey : QString()});
    if (!stored)
        return stored.error();
    Situation situation;
    const std::optional<rules::Binding>& binding = stored->binding;
    if (binding && binding->isActive() && binding->userId == action.userId)
        situation.binding = binding;
    situation.nowUs = stored->nowUs;
    situation.setting = std::move(stored->setting);
    situation.levels = std::move(stored->levels);
    const auto localZone = zone(situation.setting.timeZone);
    if (!localZone)
        return localZone.error();
    situation.day = dayOf(situation.nowUs, **localZone);
    if (!isEvent)
        return situation;

    situation.rule = std::move(stored->rule);
    if (situation.rule)
        m_rules.put(*situation.rule, readAtUs);
    else
        m_rules.forget(action.ruleKey);
    auto fence = transaction.fence(fenceQueryOf(action, situation));
    if (!fence)
        return fence.error();
    situation.fence = *std::move(fence);
    return situation;
}

CounterReading AffinityService::readCounters(const Action& action, QDate date) {
    return m_access.read({action.deviceId, action.ruleKey, action.eventId, date});
}

/// Why an event cannot go on with what the counters said; nothing when it can.
std::optional<Error> AffinityService::refusalOf(const CounterReading& reading) const {
    if (!reading.fault || m_options.withoutCounters == WithoutCounters::GoOn)
        return std::nullopt;
    if (reading.fault->kind == ErrorKind::Damaged)
        return Error{ErrorKind::Damaged,
                     QStringLiteral("A counter that this event needs cannot be read; nothing was written. %1")
                         .arg(reading.fault->what)};
    return Error{reading.fault->kind,
                 QStringLiteral("The counter store cannot be asked, and another writer goes by it; nothing was "
                                "written. Send the event again when it answers. (%1)")
                     .arg(reading.fault->what)};
}

/// The counters lost keys: raises this device's to the log, under its lock, so that a Django service sees them too. An
/// error is the store's; what the counters say is left to the next rebuild.
Result<void> AffinityService::raiseCounters(const Action& action, const Situation& situation) {
    auto ruleSet = m_store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    const auto raise = raiseOf(m_store, {*std::move(ruleSet), situation.day, situation.nowUs}, action.deviceId);
    if (!raise)
        return raise.error();
    m_access.raise(*raise);
    return {};
}

Result<const QTimeZone*> AffinityService::zone(const QByteArray& name) {
    if (m_zone.isValid() && m_zone.id() == name)
        return &m_zone;
    const auto zone = rules::settingZone(name);
    if (!zone)
        return zone.error();
    m_zone = *zone;
    m_day = {};
    return &m_zone;
}

const rules::LocalDay& AffinityService::dayOf(qint64 nowUs, const QTimeZone& zone) {
    if (!m_day.contains(nowUs))
        m_day = rules::localDay(rules::localDate(nowUs, zone), zone);
    return m_day;
}

/// The answer to COMMIT never came: looks for the row until the store answers or the time is over. Never done again
/// under a new id.
ApplyResult AffinityService::resolveCommit(const Action& action, const Unit& unit, const Error& error) {
    const Pace& pace = m_options.pace;
    const qint64 untilUs = pace.nowUs() + m_options.resolveUs;
    qint64 pauseUs = firstResolvePauseUs;
    qint64 pausedUs = 0; // a replay's clock stands still meanwhile
    Result<bool> found = isWritten(action, unit);
    while (!found && std::max(pace.nowUs(), untilUs - m_options.resolveUs + pausedUs) + pauseUs <= untilUs) {
        pace.wait(pauseUs);
        pausedUs += pauseUs;
        pauseUs = std::min(2 * pauseUs, longestResolvePauseUs);
        found = isWritten(action, unit);
    }
    if (!found)
        return failure(action.ruleKey,
                       {ErrorKind::CommitUnknown,
                        QStringLiteral("Nobody knows yet whether log row %1 was written: the answer to its commit was "
                                       "lost, and the store could not be asked. Look for the row, or send the same "
                                       "event id or operation id again. (%2)")
                            .arg(unit.receipt.logId.value)
                            .arg(error.what)});
    if (!*found)
        return failure(action.ruleKey, {ErrorKind::CannotConnect,
                                        QStringLiteral("The connection broke during the commit, and the change is not "
                                                       "in the store: nothing was written. It can be sent again.")});
    confirm(action, unit);
    return unit.preview.result;
}

/// Whether the row that was written stands, once the device's lock says that the old transaction ended.
Result<bool> AffinityService::isWritten(const Action& action, const Unit& unit) {
    const auto transaction = m_store.begin(Access::Write);
    if (!transaction)
        return transaction.error();
    if (const auto locked = (*transaction)->lockBinding(action.deviceId); !locked)
        return locked.error();
    const auto entry = (*transaction)->logEntry(unit.receipt.logId);
    if (!entry)
        return entry.error();
    return *entry && isSameRow((*entry)->row, unit.preview.plan->log);
}

/// Difference D6: what goes wrong here never turns an applied change into an error; the log stays the fence.
void AffinityService::confirm(const Action& action, const Unit& unit) {
    const rules::Effects& effects = unit.preview.decision.effects;
    const qint64 nowUs = m_options.pace.nowUs();
    if (effects.marksEvent && !action.eventId.isEmpty())
        m_recentEvents.put(action.eventId, contentOf(action), nowUs);
    const bool isHeld = !unit.preview.outbox.isEmpty();
    bool isCounted = true;
    if (effects.countsTrigger)
        isCounted = m_access.confirm(confirmOf(action, unit.situation, effects, unit.receipt.logId), nowUs,
                                     isHeld && m_options.outbox.holdsConfirms);
    if (isHeld && m_options.outbox.written)
        m_options.outbox.written(unit.receipt.logId, isCounted);
    const bool arePushesHeld = m_store.outbox() && m_options.outbox.holdsPushes;
    if (m_options.pushes && !arePushesHeld)
        m_options.pushes(action.userId, pushEventsOf(action, unit.preview.decision, unit.preview.result));
}

} // namespace affinity::service
