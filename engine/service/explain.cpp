#include "engine/service/explain.h"

#include "engine/base/isotime.h"
#include "engine/rules/sums.h"
#include "engine/service/random.h"
#include "engine/store/counters.h"

#include <algorithm>
#include <cstdlib>

namespace affinity::service {

using base::Error;
using base::ErrorKind;
using base::Result;
using rules::RecentChange;

namespace {

/// What one look back needs: the event, and everything of that day before it.
struct Moment {
    base::DeviceId deviceId;
    QString ruleKey;
    QString eventId;
    qint64 atUs = 0;
    std::optional<base::LogId> rowId; ///< rows from this id on are not history yet
    bool isEventSeen = false;         ///< the event id took effect within its window
};

struct History {
    store::FenceFacts fence;
    rules::LocalDay day;
};

Result<History> historyOf(store::Transaction& transaction, const Moment& moment, const Explanation& explanation) {
    const auto zone = rules::settingZone(explanation.setting.timeZone);
    if (!zone)
        return zone.error();
    History history;
    history.day = rules::localDay(rules::localDate(moment.atUs, *zone), *zone);
    const qint64 cooldownUs = explanation.rule ? explanation.rule->cooldownSeconds * base::usPerSecond : 0;
    store::FenceQuery query;
    query.deviceId = moment.deviceId;
    query.ruleKey = moment.ruleKey;
    query.cooldownAfterUs = moment.atUs - cooldownUs;
    query.dayStartUs = std::min(history.day.startUs(), moment.atUs - cooldownUs);
    query.dayEndUs = history.day.endUs();
    auto fence = transaction.fence(query);
    if (!fence)
        return fence.error();
    history.fence = *std::move(fence);
    std::erase_if(history.fence.changes, [&moment](const RecentChange& change) {
        return moment.rowId ? change.logId >= *moment.rowId : change.createdAtUs > moment.atUs;
    });
    return history;
}

/// The newest earlier row of the rule whose cooldown covers the moment.
std::optional<RecentChange> cooldownStart(const History& history, const Moment& moment, const rules::Rule& rule) {
    std::optional<RecentChange> start;
    for (const RecentChange& change : history.fence.changes) {
        const bool isRunning = moment.atUs < change.createdAtUs + rule.cooldownSeconds * base::usPerSecond;
        if (change.ruleKey == moment.ruleKey && !change.isAdjustment && isRunning &&
            change.createdAtUs > rule.updatedAtUs)
            start = change;
    }
    return start;
}

/// The earlier row of the day that used most of the cap the deciding step looked at.
std::optional<RecentChange> biggestUser(const History& history, const Moment& moment, rules::Step step) {
    std::optional<RecentChange> biggest;
    for (const RecentChange& change : history.fence.changes) {
        if (change.isAdjustment || !history.day.contains(change.createdAtUs))
            continue;
        const bool counts =
            step == rules::Step::RuleDailyCap ? change.ruleKey == moment.ruleKey : change.changeValue > 0;
        if (counts && (!biggest || std::abs(qint64{change.changeValue}) >= std::abs(qint64{biggest->changeValue})))
            biggest = change;
    }
    return biggest;
}

void nameCauses(Explanation& explanation, const History& history, const Moment& moment) {
    for (const rules::TraceStep& step : explanation.trace) {
        if (step.verdict == rules::Verdict::Passed)
            continue;
        if (step.step == rules::Step::RuleDailyCap || step.step == rules::Step::GlobalDailyCap)
            explanation.usedUpBy = biggestUser(history, moment, step.step);
        if (step.step == rules::Step::Cooldown)
            explanation.startedBy = cooldownStart(history, moment, *explanation.rule);
    }
}

void decideAgain(Explanation& explanation, const History& history, const Moment& moment, const rules::RuleSet& ruleSet,
                 qint64 value, int drawn, bool isBindingActive) {
    const rules::DaySums sums = rules::sumsOfDay(history.fence.changes, moment.ruleKey, history.day);
    rules::Facts facts;
    facts.setting = &explanation.setting;
    facts.levels = ruleSet.levels;
    facts.rule = explanation.rule ? &*explanation.rule : nullptr;
    facts.isBindingActive = isBindingActive;
    facts.value = value;
    facts.storedLevel = rules::levelOf(value, ruleSet.levels);
    facts.ruleDaySum = sums.rule;
    facts.globalDaySum = sums.global;
    if (explanation.rule && !explanation.entry) {
        if (const auto start = cooldownStart(history, moment, *explanation.rule)) {
            facts.isCooldownRunning = true;
            facts.cooldownLeftUs =
                start->createdAtUs + explanation.rule->cooldownSeconds * base::usPerSecond - moment.atUs;
        }
    }
    rules::Request request;
    request.hasEventId = !moment.eventId.isEmpty();
    facts.isEventSeen = moment.isEventSeen;
    FixedDraw draw(drawn);
    explanation.decision = rules::decide(request, facts, draw, &explanation.trace);
}

void explainAdjustment(Explanation& explanation, const rules::RuleSet& ruleSet) {
    const rules::LogRow& row = explanation.entry->row;
    rules::Request request;
    request.kind = rules::RequestKind::Adjustment;
    const auto delta = row.metadata.find("requested_delta");
    explanation.isDrawnKnown = delta != row.metadata.end() && delta->is_number_integer();
    request.delta = explanation.isDrawnKnown ? delta->get<qint64>() : row.changeValue;
    rules::Facts facts;
    facts.setting = &explanation.setting;
    facts.levels = ruleSet.levels;
    facts.isBindingActive = true;
    facts.value = row.beforeValue;
    facts.storedLevel = rules::levelOf(row.beforeValue, ruleSet.levels);
    FixedDraw draw(0);
    explanation.decision = rules::decide(request, facts, draw, &explanation.trace);
    explanation.isReproduced = explanation.decision.change == row.changeValue;
}

/// True when a row of the event id stands within the window before that time.
Result<bool> isEventSeenAt(store::Store& store, const QString& eventId, qint64 atUs) {
    if (eventId.isEmpty())
        return false;
    const qint64 sinceUs = atUs - store::eventWindowSeconds * base::usPerSecond + 1;
    const auto page = store.log({.eventId = eventId, .fromUs = sinceUs, .toUs = atUs + 1, .limit = 1});
    if (!page)
        return page.error();
    return !page->entries.empty();
}

/// The device's value at that time: what the last row before left, else what the first row found, else as it is.
Result<qint64> valueAt(store::Store& store, base::DeviceId id, qint64 atUs, qint64 valueNow) {
    const auto before = store.log({.deviceId = id, .toUs = atUs + 1, .limit = 1});
    if (!before)
        return before.error();
    if (!before->entries.empty())
        return qint64{before->entries.front().row.afterValue};
    const auto first = store.log({.deviceId = id, .isOldestFirst = true, .limit = 1});
    if (!first)
        return first.error();
    return first->entries.empty() ? valueNow : qint64{first->entries.front().row.beforeValue};
}

/// Rules are looked up by id, deleted ones too: the row was made when the rule was live.
std::optional<rules::Rule> ruleOfRow(const rules::RuleSet& ruleSet, const rules::LogRow& row) {
    for (const rules::Rule& rule : ruleSet.rules) {
        if (row.ruleId && rule.id == *row.ruleId)
            return rule;
    }
    return std::nullopt;
}

} // namespace

Result<Explanation> explainRow(store::Store& store, base::LogId id) {
    const auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    auto transaction = store.begin(store::Access::Read);
    if (!transaction)
        return transaction.error();
    auto entry = (*transaction)->logEntry(id);
    if (!entry)
        return entry.error();
    if (!*entry)
        return Error{ErrorKind::NotFound, QStringLiteral("There is no log row %1 in this store.").arg(id.value)};

    Explanation explanation;
    explanation.entry = **std::move(entry);
    explanation.setting = ruleSet->setting;
    auto reversal = (*transaction)->reversalOf(id);
    if (!reversal)
        return reversal.error();
    explanation.reversedBy = *std::move(reversal);
    const rules::LogRow& row = explanation.entry->row;
    if (!row.ruleId) {
        explainAdjustment(explanation, *ruleSet);
        return explanation;
    }
    explanation.rule = ruleOfRow(*ruleSet, row);
    explanation.isRuleEditedSince = explanation.rule && explanation.rule->updatedAtUs > row.createdAtUs;
    const Moment moment{row.deviceId, row.ruleKey, row.eventId, row.createdAtUs, row.id, false};
    const auto history = historyOf(**transaction, moment, explanation);
    if (!history)
        return history.error();
    const auto drawn = explanation.entry->note ? explanation.entry->note->drawnChange : std::nullopt;
    explanation.isDrawnKnown = drawn.has_value();
    decideAgain(explanation, *history, moment, *ruleSet, row.beforeValue, drawn.value_or(row.changeValue), true);
    explanation.isReproduced =
        explanation.decision.outcome == rules::Outcome::Applied && explanation.decision.change == row.changeValue;
    nameCauses(explanation, *history, moment);
    return explanation;
}

Result<Explanation> explainMoment(store::Store& store, base::DeviceId deviceId, const QString& ruleKey,
                                  const QString& eventId, qint64 atUs) {
    const auto ruleSet = store.ruleSet();
    if (!ruleSet)
        return ruleSet.error();
    auto transaction = store.begin(store::Access::Read);
    if (!transaction)
        return transaction.error();
    const auto binding = (*transaction)->lockBinding(deviceId);
    if (!binding)
        return binding.error();

    Explanation explanation;
    explanation.setting = ruleSet->setting;
    if (const rules::Rule* rule = rules::liveRule(*ruleSet, ruleKey))
        explanation.rule = *rule;
    explanation.isRuleEditedSince = explanation.rule && explanation.rule->updatedAtUs > atUs;
    const auto isSeen = isEventSeenAt(store, eventId, atUs);
    if (!isSeen)
        return isSeen.error();
    const Moment moment{deviceId, ruleKey, eventId, atUs, std::nullopt, *isSeen};
    const auto history = historyOf(**transaction, moment, explanation);
    if (!history)
        return history.error();
    const auto value = valueAt(store, deviceId, atUs, *binding ? (*binding)->favorability : 0);
    if (!value)
        return value.error();
    const bool isBound =
        *binding && (*binding)->boundAtUs <= atUs && (!(*binding)->unboundAtUs || atUs < *(*binding)->unboundAtUs);
    // The largest change shows whether there was any room; what would have been drawn, nobody knows.
    const int drawn = explanation.rule ? explanation.rule->maxChange : 0;
    decideAgain(explanation, *history, moment, *ruleSet, *value, drawn, isBound);
    nameCauses(explanation, *history, moment);
    return explanation;
}

} // namespace affinity::service
