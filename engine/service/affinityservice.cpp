#include "engine/service/affinityservice.h"

#include "engine/base/isotime.h"
#include "engine/rules/sums.h"
#include "engine/service/random.h"
#include "engine/service/replay.h"

#include <QCryptographicHash>
#include <QLoggingCategory>

#include <algorithm>

Q_LOGGING_CATEGORY(serviceLog, "affinity.service")

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

Error unboundDevice() {
    return {ErrorKind::NotFound, QStringLiteral("UserDevice not found or unbound")};
}

/// What the counters and the log say together: a check holds if either says so, and the greater sum counts.
rules::Facts factsOf(const Action& action, const Situation& situation, const store::CounterFacts& counters) {
    rules::Facts facts;
    facts.setting = &situation.setting;
    facts.levels = situation.levels;
    facts.isBindingActive = situation.binding.has_value();
    if (situation.binding) {
        facts.value = situation.binding->favorability;
        facts.storedLevel = situation.binding->affinityLevel;
    }
    if (action.request.kind == RequestKind::Adjustment)
        return facts;

    facts.isEventSeen = counters.isEventSeen || situation.fence.event.has_value();
    if (situation.rule) {
        facts.rule = &*situation.rule;
        facts.isCooldownRunning = counters.isCooldownRunning;
        facts.cooldownLeftUs = counters.cooldownLeftUs;
        // A rule without cooldown asks for rows newer than now: one from a clock that ran ahead must not start any.
        if (situation.fence.lastAppliedAtUs && situation.rule->cooldownSeconds > 0) {
            const qint64 endUs = *situation.fence.lastAppliedAtUs + situation.rule->cooldownSeconds * base::usPerSecond;
            facts.isCooldownRunning = facts.isCooldownRunning || situation.nowUs < endUs;
            facts.cooldownLeftUs = std::max(facts.cooldownLeftUs, endUs - situation.nowUs);
        }
    }
    const rules::DaySums logged = rules::sumsOfDay(situation.fence.changes, action.ruleKey, situation.day);
    facts.ruleDaySum = std::max(counters.ruleDaySum, logged.rule);
    facts.globalDaySum = std::max(counters.globalDaySum, logged.global);
    return facts;
}

/// True when a row that carries this action's event id came from another event (difference D5).
bool isOtherEvent(const rules::LogRow& row, const Action& action) {
    return row.deviceId != action.deviceId || row.userId != action.userId || row.ruleKey != action.ruleKey ||
           row.source != action.source || jsonbOrder(row.metadata) != jsonbOrder(action.metadata);
}

/// True when the row under the id that was handed out is the one that was written; a rolled back id may be given again.
/// What a store may keep in another form (metadata) is not compared.
bool isSameRow(const rules::LogRow& row, const rules::LogRow& written) {
    return row.deviceId == written.deviceId && row.userId == written.userId && row.ruleKey == written.ruleKey &&
           row.changeValue == written.changeValue && row.beforeValue == written.beforeValue &&
           row.source == written.source && row.eventId == written.eventId && row.createdAtUs == written.createdAtUs;
}

ApplyResult resultOf(const Action& action, const rules::Decision& decision, rules::Trace trace) {
    ApplyResult result;
    result.outcome = decision.outcome;
    result.ruleKey = action.ruleKey;
    result.changeValue = decision.change;
    result.beforeValue = decision.before;
    result.afterValue = decision.after;
    result.oldLevel = decision.oldLevel;
    result.newLevel = decision.newLevel;
    result.trace = std::move(trace);
    if (decision.outcome == Outcome::Error)
        result.error = unboundDevice();
    return result;
}

RewardResult rewardOf(const rules::Level& level) {
    return {level.level, level.name, level.rewards, {}};
}

QStringList pushesOf(const rules::Decision& decision) {
    QStringList pushes;
    if (!decision.effects.pushes)
        return pushes;
    pushes << QStringLiteral("affinity_update");
    if (decision.newLevel > decision.oldLevel)
        pushes << QStringLiteral("level_up");
    if (decision.newLevel < decision.oldLevel)
        pushes << QStringLiteral("level_down");
    return pushes;
}

/// Everything an adjustment's outcome depends on; equal hash, equal consequences.
QByteArray stateHashOf(const Situation& situation, const std::vector<int>& grantedLevels) {
    base::Json state;
    if (situation.binding) {
        const rules::Binding& binding = *situation.binding;
        state["binding"] = {binding.id.value, binding.userId.value, binding.favorability, binding.affinityLevel};
    }
    state["setting"] = {situation.setting.maxAffinity, situation.setting.isNotifyEnabled};
    for (const rules::Level& level : situation.levels)
        state["levels"].push_back({level.level, level.minValue, level.name.toStdString(), level.rewards});
    state["granted"] = grantedLevels;
    return QCryptographicHash::hash(base::pythonJson(state), QCryptographicHash::Sha256).toHex();
}

ApplyResult earlierResult(const store::LogEntry& entry, const std::vector<rules::Level>& levels) {
    ApplyResult result;
    result.outcome = Outcome::Applied;
    result.isAppliedEarlier = true;
    result.ruleKey = entry.row.ruleKey;
    result.changeValue = entry.row.changeValue;
    result.beforeValue = entry.row.beforeValue;
    result.afterValue = entry.row.afterValue;
    result.oldLevel = rules::levelOf(entry.row.beforeValue, levels);
    result.newLevel = rules::levelOf(entry.row.afterValue, levels);
    result.logId = entry.row.id;
    return result;
}

} // namespace

/// One attempt at an action: what it came to, and what was written.
struct AffinityService::Unit {
    Preview preview;
    Situation situation;
    store::WriteReceipt receipt;
    std::optional<Error> commitError; ///< CommitUnknown only
};

AffinityService::AffinityService(store::Store& store, store::Counters& counters, rules::Draw& draw,
                                 ServiceOptions options)
    : m_store(store), m_counters(counters), m_draw(&draw), m_options(std::move(options)) {
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
    if (auto refused = refuseEarly(action, draw))
        return *std::move(refused);
    Result<Unit> unit = attempt(action, Access::Write, guard, draw);
    if (!unit)
        return failure(action.ruleKey, unit.error());
    if (unit->commitError)
        return resolveCommit(action, *unit, *unit->commitError);
    if (unit->preview.plan)
        confirm(action, *unit);
    return std::move(unit->preview.result);
}

Preview AffinityService::dryRun(const Action& action, const Guard& guard) {
    Preview preview;
    if (const auto invalid = invalidity(action)) {
        preview.result = failure(action.ruleKey, *invalid);
        return preview;
    }
    DrawOnce draw(*m_draw);
    Result<Unit> unit = attempt(action, Access::Read, guard, draw);
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

/// Counters refuse what they know without taking a lock: an event id that was seen, a cooldown that runs. Caps are left
/// to the fence, which has to read the day's sums anyway.
std::optional<ApplyResult> AffinityService::refuseEarly(const Action& action, rules::Draw& draw) {
    if (action.request.kind == RequestKind::Adjustment || m_day.isEmpty())
        return std::nullopt;
    const auto counters = countersOf(action, m_day.date);
    if (!counters || (!counters->isEventSeen && !counters->isCooldownRunning))
        return std::nullopt;

    Situation situation;
    const auto transaction = m_store.begin(Access::Read);
    if (!transaction)
        return std::nullopt; // the transaction that follows reports it
    auto rule = (*transaction)->liveRule(action.ruleKey);
    if (!rule)
        return std::nullopt; // as above: a store that cannot answer has not said that there is no rule
    situation.rule = *std::move(rule);
    rules::Facts facts = factsOf(action, situation, *counters);
    facts.isBindingActive = true; // decided later: dedupe and cooldown come first
    if (!facts.isEventSeen && facts.rule && !facts.isCooldownRunning)
        return std::nullopt;

    rules::Trace trace;
    ApplyResult result = resultOf(action, rules::decide(action.request, facts, draw, &trace), std::move(trace));
    if (result.outcome == Outcome::EventDuplicate) {
        const auto page = m_store.log({.eventId = action.eventId, .limit = 1});
        if (page && !page->entries.empty())
            result.isEventConflict = isOtherEvent(page->entries.front().row, action);
    }
    return result;
}

Result<AffinityService::Unit> AffinityService::attempt(const Action& action, Access access, const Guard& guard,
                                                       rules::Draw& draw) {
    // Counters are asked before the lock, so that a slow counter store holds nobody up; the day is only a guess until
    // then.
    QDate counterDate = m_day.date;
    Result<store::CounterFacts> counters = store::CounterFacts{};
    if (counterDate.isValid())
        counters = countersOf(action, counterDate);
    if (!counters)
        return counters.error();

    auto transaction = m_store.begin(access);
    if (!transaction)
        return transaction.error();
    store::Transaction& open = **transaction;
    Unit unit;
    auto situation = load(action, open);
    if (!situation)
        return situation.error();
    unit.situation = *std::move(situation);
    if (unit.situation.day.date != counterDate) {
        counters = countersOf(action, unit.situation.day.date);
        if (!counters)
            return counters.error();
    }

    Preview& preview = unit.preview;
    rules::Trace trace;
    preview.decision = rules::decide(action.request, factsOf(action, unit.situation, *counters), draw, &trace);
    preview.result = resultOf(action, preview.decision, std::move(trace));
    preview.binding = unit.situation.binding;
    preview.setting = unit.situation.setting;
    preview.levels = unit.situation.levels;
    preview.atUs = unit.situation.nowUs;
    if (unit.situation.fence.event)
        preview.result.isEventConflict = isOtherEvent(*unit.situation.fence.event, action);
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
        preview.pushes = pushesOf(preview.decision);
    }

    if (guard) {
        const auto verdict = guard({open, unit.situation, preview});
        if (!verdict)
            return verdict.error();
        if (verdict->appliedEarlier) {
            preview.result = earlierResult(*verdict->appliedEarlier, unit.situation.levels);
            preview.plan.reset();
            return unit;
        }
        if (verdict->refusal) {
            preview.result.outcome = Outcome::Error;
            preview.result.error = verdict->refusal;
            if (access == Access::Write)
                preview.plan.reset();
            return unit;
        }
    }
    if (!isApplied)
        return unit;
    if (access == Access::Read) {
        for (const rules::Level& level : preview.plan->grants) {
            const auto& granted = preview.alreadyGrantedLevels;
            if (std::find(granted.begin(), granted.end(), level.level) == granted.end())
                preview.result.rewardsGranted.push_back(rewardOf(level));
        }
        return unit;
    }

    auto receipt = open.write(*preview.plan);
    if (!receipt)
        return receipt.error();
    unit.receipt = *std::move(receipt);
    preview.result.logId = unit.receipt.logId;
    for (size_t i = 0; i < unit.receipt.grants.size(); ++i) {
        const store::GrantOutcome& grant = unit.receipt.grants[i];
        RewardResult reward = rewardOf(preview.plan->grants[i]);
        reward.error = grant.error;
        if (grant.kind == store::GrantOutcome::Kind::Granted)
            preview.result.rewardsGranted.push_back(std::move(reward));
        else if (grant.kind == store::GrantOutcome::Kind::Failed)
            preview.result.rewardsFailed.push_back(std::move(reward));
    }
    if (const auto committed = open.commit(); !committed) {
        if (committed.error().kind != ErrorKind::CommitUnknown)
            return committed.error();
        unit.commitError = committed.error();
    }
    return unit;
}

/// Locks first, then reads, each a statement of its own: read together, a new value would come with an old sum.
Result<Situation> AffinityService::load(const Action& action, store::Transaction& transaction) {
    const bool isEvent = action.request.kind == RequestKind::Event;
    if (isEvent && !action.eventId.isEmpty()) {
        if (const auto locked = transaction.lockEventId(action.eventId); !locked)
            return locked.error();
    }
    auto binding = transaction.lockBinding(action.deviceId);
    if (!binding)
        return binding.error();
    Situation situation;
    if (*binding && (*binding)->isActive() && (*binding)->userId == action.userId)
        situation.binding = **binding;

    const auto nowUs = transaction.nowUs();
    if (!nowUs)
        return nowUs.error();
    situation.nowUs = *nowUs;
    auto setting = transaction.setting();
    if (!setting)
        return setting.error();
    situation.setting = *std::move(setting);
    auto levels = transaction.levels();
    if (!levels)
        return levels.error();
    situation.levels = *std::move(levels);
    const auto localZone = zone(situation.setting.timeZone);
    if (!localZone)
        return localZone.error();
    situation.day = dayOf(situation.nowUs, **localZone);
    if (!isEvent)
        return situation;

    auto rule = transaction.liveRule(action.ruleKey);
    if (!rule)
        return rule.error();
    situation.rule = *std::move(rule);
    store::FenceQuery query;
    query.deviceId = action.deviceId;
    query.ruleKey = action.ruleKey;
    query.eventId = action.eventId;
    query.eventAfterUs = situation.nowUs - store::eventWindowSeconds * base::usPerSecond;
    query.cooldownAfterUs = situation.nowUs;
    if (situation.rule) {
        const qint64 cooldownUs = situation.rule->cooldownSeconds * base::usPerSecond;
        // Difference D4: rows from before the rule's last edit started a cooldown of another length.
        query.cooldownAfterUs = std::max(situation.nowUs - cooldownUs, situation.rule->updatedAtUs);
    }
    query.dayStartUs = situation.day.startUs();
    query.dayEndUs = situation.day.endUs();
    auto fence = transaction.fence(query);
    if (!fence)
        return fence.error();
    situation.fence = *std::move(fence);
    return situation;
}

Result<store::CounterFacts> AffinityService::countersOf(const Action& action, QDate date) {
    if (action.request.kind == RequestKind::Adjustment)
        return store::CounterFacts{};
    return m_counters.read({action.deviceId, action.ruleKey, action.eventId, date});
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

/// The answer to COMMIT never came: look whether the row that was written stands, once the device's lock says that the
/// old transaction ended. Never done again under a new id.
ApplyResult AffinityService::resolveCommit(const Action& action, const Unit& unit, const Error& error) {
    const auto transaction = m_store.begin(Access::Write);
    if (!transaction || !(*transaction)->lockBinding(action.deviceId))
        return failure(action.ruleKey, error);
    const auto entry = (*transaction)->logEntry(unit.receipt.logId);
    if (!entry)
        return failure(action.ruleKey, error);
    if (*entry && isSameRow((*entry)->row, unit.preview.plan->log)) {
        confirm(action, unit);
        return unit.preview.result;
    }
    return failure(action.ruleKey, {ErrorKind::CannotConnect,
                                    QStringLiteral("The connection broke during the commit, and the change is not "
                                                   "in the store: nothing was written. It can be sent again.")});
}

/// Difference D6: what goes wrong here never turns an applied change into an error; the log stays the fence.
void AffinityService::confirm(const Action& action, const Unit& unit) {
    const rules::Effects& effects = unit.preview.decision.effects;
    if (!effects.countsTrigger)
        return;
    const auto confirmed = m_counters.confirm({unit.receipt.logId, action.deviceId, action.ruleKey,
                                               effects.marksEvent ? action.eventId : QString(), unit.situation.day.date,
                                               effects.cooldownSeconds, effects.ruleDayAdd, effects.globalDayAdd});
    if (!confirmed) {
        qCWarning(serviceLog).noquote() << QStringLiteral(
                                               "Log row %1 is committed, but the counters were not updated: %2")
                                               .arg(unit.receipt.logId.value)
                                               .arg(confirmed.error().what);
    }
}

} // namespace affinity::service
