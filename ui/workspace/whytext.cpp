#include "ui/workspace/whytext.h"

#include "ui/shared/formatting.h"
#include "ui/workspace/adjustmentnote.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace affinity::ui {

namespace {

using rules::Outcome;
using rules::Step;
using rules::TraceStep;
using rules::Verdict;
using service::Explanation;

struct WhyWords {
    Q_DECLARE_TR_FUNCTIONS(Why)
};

QString secondsText(qint64 microseconds) {
    return durationText((microseconds + 999'999) / 1'000'000);
}

QString pointsText(qint64 points) {
    const qint64 count = std::abs(points);
    return count == 1 ? WhyWords::tr("1 point") : WhyWords::tr("%1 points").arg(numberText(count));
}

const TraceStep* stepOf(const rules::Trace& trace, Step step) {
    const auto found = std::find_if(trace.begin(), trace.end(), [step](const TraceStep& s) { return s.step == step; });
    return found == trace.end() ? nullptr : &*found;
}

const rules::LogRow* rowOf(const Explanation& explanation) {
    return explanation.entry ? &explanation.entry->row : nullptr;
}

QString ruleKeyOf(const Explanation& explanation, const QString& asked) {
    const rules::LogRow* row = rowOf(explanation);
    return visibleText(row ? row->ruleKey : asked);
}

// ---- the steps -------------------------------------------------------------------------------------------------

WhyStep missing(const QString& name) {
    return {name, {}, WhyWords::tr("not reached"), StepState::NotReached};
}

StepState stateOf(Verdict verdict) {
    return verdict == Verdict::Passed ? StepState::Passed : StepState::Decided;
}

WhyStep eventStep(const Explanation& explanation, const QString& eventId) {
    const QString name = WhyWords::tr("Event id");
    if (eventId.isEmpty())
        return {name, WhyWords::tr("none"), WhyWords::tr("not checked"), StepState::Skipped};
    const TraceStep* step = stepOf(explanation.trace, Step::EventId);
    const bool isSeen = step && step->verdict == Verdict::Stopped;
    return {name, visibleText(eventId), isSeen ? WhyWords::tr("seen before") : WhyWords::tr("first seen"),
            isSeen ? StepState::Decided : StepState::Passed};
}

WhyStep ruleStep(const Explanation& explanation, const QString& key, const QTimeZone& zone) {
    const QString name = WhyWords::tr("Rule");
    const TraceStep* step = stepOf(explanation.trace, Step::Rule);
    if (!step)
        return missing(name);
    if (step->verdict == Verdict::Stopped)
        return {name, key, explanation.entry ? WhyWords::tr("not in this store") : WhyWords::tr("not live"),
                StepState::Decided};
    if (explanation.isRuleEditedSince)
        return {name, WhyWords::tr("%1, edited %2").arg(key, dateTimeText(explanation.rule->updatedAtUs, zone)),
                WhyWords::tr("edited since"), StepState::Passed};
    return {name, key, explanation.entry ? WhyWords::tr("known") : WhyWords::tr("live"), StepState::Passed};
}

WhyStep cooldownStep(const Explanation& explanation, const QTimeZone& zone) {
    const QString name = WhyWords::tr("Cooldown");
    const TraceStep* step = stepOf(explanation.trace, Step::Cooldown);
    if (!step)
        return missing(name);
    if (step->limit == 0)
        return {name, WhyWords::tr("the rule has none"), WhyWords::tr("not checked"), StepState::Skipped};
    QString given = durationText(step->limit);
    if (explanation.startedBy)
        given += WhyWords::tr(", started %1").arg(timeOfDayText(explanation.startedBy->createdAtUs, zone));
    if (step->verdict == Verdict::Stopped)
        return {name, given, WhyWords::tr("%1 left").arg(secondsText(step->used)), StepState::Decided};
    return {name, given, WhyWords::tr("over"), StepState::Passed};
}

WhyStep bindingStep(const Explanation& explanation, base::DeviceId device) {
    const QString name = WhyWords::tr("Binding");
    const TraceStep* step = stepOf(explanation.trace, Step::Binding);
    if (!step)
        return missing(name);
    QString given = QString::number(device.value);
    if (const rules::LogRow* row = rowOf(explanation))
        given = WhyWords::tr("%1, user %2").arg(given, QString::number(row->userId.value));
    const bool isActive = step->verdict == Verdict::Passed;
    return {name, given, isActive ? WhyWords::tr("active") : WhyWords::tr("not bound"), stateOf(step->verdict)};
}

QString rangeText(const rules::Rule& rule) {
    if (rule.minChange == rule.maxChange)
        return WhyWords::tr("always %1").arg(signedText(rule.minChange));
    return WhyWords::tr("uniform %1 to %2").arg(numberText(rule.minChange), numberText(rule.maxChange));
}

WhyStep changeStep(const Explanation& explanation) {
    const QString name = WhyWords::tr("Change");
    const TraceStep* step = stepOf(explanation.trace, Step::Change);
    if (!step || !explanation.rule)
        return missing(name);
    QString given = rangeText(*explanation.rule);
    if (!explanation.entry)
        return {name, given, WhyWords::tr("at most %1").arg(signedText(step->changeOut)), stateOf(step->verdict)};
    if (!explanation.isDrawnKnown)
        return {name, given, WhyWords::tr("not recorded"), StepState::Skipped};
    if (step->verdict == Verdict::Cut)
        return {name, WhyWords::tr("%1, at most %2 at once").arg(given, numberText(explanation.rule->singleCap)),
                WhyWords::tr("%1 cut to %2").arg(signedText(step->changeIn), signedText(step->changeOut)),
                StepState::Decided};
    return {name, given, signedText(step->changeIn), stateOf(step->verdict)};
}

QString capResult(const TraceStep& step) {
    if (step.verdict == Verdict::Stopped)
        return WhyWords::tr("no room");
    if (step.verdict == Verdict::Cut)
        return WhyWords::tr("%1 cut to %2").arg(signedText(step.changeIn), signedText(step.changeOut));
    return WhyWords::tr("%1 fits").arg(signedText(step.changeOut));
}

WhyStep capStep(const Explanation& explanation, Step which, const QString& name) {
    const TraceStep* step = stepOf(explanation.trace, which);
    if (step)
        return {name, WhyWords::tr("%1 of %2 used").arg(numberText(step->used), numberText(step->limit)),
                capResult(*step), stateOf(step->verdict)};
    const TraceStep* change = stepOf(explanation.trace, Step::Change);
    const bool isLoss =
        which == Step::GlobalDailyCap && change && change->changeOut < 0 && stepOf(explanation.trace, Step::Bounds);
    if (isLoss)
        return {name, WhyWords::tr("a loss uses no global room"), WhyWords::tr("not checked"), StepState::Skipped};
    return missing(name);
}

WhyStep writeStep(const Explanation& explanation) {
    const QString name = WhyWords::tr("Write");
    const TraceStep* bounds = stepOf(explanation.trace, Step::Bounds);
    if (!bounds)
        return missing(name);
    const qint64 after = bounds->used + bounds->changeOut;
    const QString sum =
        QStringLiteral("%1 %2 %3 = %4")
            .arg(numberText(bounds->used), bounds->changeOut < 0 ? QString(QChar(0x2212)) : QStringLiteral("+"),
                 numberText(std::abs(bounds->changeOut)), numberText(after));
    if (bounds->verdict == Verdict::Stopped)
        return {name, WhyWords::tr("value %1 of 0 to %2").arg(numberText(bounds->used), numberText(bounds->limit)),
                WhyWords::tr("no room"), StepState::Decided};
    if (bounds->verdict == Verdict::Cut)
        return {name, sum,
                WhyWords::tr("%1 cut to %2").arg(signedText(bounds->changeIn), signedText(bounds->changeOut)),
                StepState::Decided};
    const rules::Decision& decision = explanation.decision;
    const QString level = decision.newLevel == decision.oldLevel
                              ? WhyWords::tr("level stays L%1").arg(decision.newLevel)
                              : WhyWords::tr("level L%1 to L%2").arg(decision.oldLevel).arg(decision.newLevel);
    return {name, sum, level, StepState::Passed};
}

std::vector<WhyStep> eventSteps(const Explanation& explanation, const MomentAsked& asked, const QTimeZone& zone) {
    return {eventStep(explanation, asked.eventId),
            ruleStep(explanation, ruleKeyOf(explanation, asked.ruleKey), zone),
            cooldownStep(explanation, zone),
            bindingStep(explanation, asked.deviceId),
            changeStep(explanation),
            capStep(explanation, Step::RuleDailyCap, WhyWords::tr("Rule daily cap")),
            capStep(explanation, Step::GlobalDailyCap, WhyWords::tr("Global daily cap")),
            writeStep(explanation)};
}

QString operatorText(const rules::LogRow& row) {
    return row.operatorId ? WhyWords::tr("operator %1").arg(row.operatorId->value)
                          : WhyWords::tr("an operator not recorded");
}

std::vector<WhyStep> adjustmentSteps(const Explanation& explanation) {
    const rules::LogRow& row = explanation.entry->row;
    const AdjustmentNote note = adjustmentNote(*explanation.entry);
    const auto fact = [](const QString& name, const QString& text, const QString& result) {
        const bool isKept = !text.isEmpty();
        return WhyStep{name, isKept ? text : WhyWords::tr("not recorded"), isKept ? result : QString(),
                       isKept ? StepState::Passed : StepState::Skipped};
    };
    std::vector<WhyStep> steps{
        fact(WhyWords::tr("Operator"), row.operatorId ? QString::number(row.operatorId->value) : QString(),
             row.source == QLatin1String("admin_adjust_batch") ? WhyWords::tr("in a batch") : WhyWords::tr("single")),
        fact(WhyWords::tr("Reason"), visibleText(row.reason), reasonCodeText(note.reasonCode)),
        fact(WhyWords::tr("Ticket"), visibleText(note.ticket), {}),
    };
    const QString asked = explanation.isDrawnKnown ? signedText(explanation.decision.drawn) : QString();
    steps.push_back(fact(WhyWords::tr("Asked for"), asked, WhyWords::tr("no cap applies")));
    steps.push_back(writeStep(explanation));
    if (note.reversesLogId)
        steps.push_back({WhyWords::tr("Reverses"), WhyWords::tr("log row %1").arg(note.reversesLogId->value),
                         WhyWords::tr("taken back"), StepState::Passed});
    return steps;
}

// ---- the sentence ----------------------------------------------------------------------------------------------

/// "The row at 13:58:18 used the most of it."
QString userSentence(const Explanation& explanation, const QTimeZone& zone) {
    if (!explanation.usedUpBy)
        return {};
    return WhyWords::tr("The row at %1 used the most of it.")
        .arg(timeOfDayText(explanation.usedUpBy->createdAtUs, zone));
}

/// "chat_turn had used 28 of its 30 points of the day."
QString capSentence(const Explanation& explanation, Step which, const QString& key, const QTimeZone& zone) {
    const TraceStep* step = stepOf(explanation.trace, which);
    if (!step)
        return {};
    const QString used = numberText(step->used);
    const QString limit = numberText(step->limit);
    const QString sentence = which == Step::RuleDailyCap
                                 ? WhyWords::tr("%1 had %2 of its %3 points for the day.").arg(key, used, limit)
                                 : WhyWords::tr("all rules together had %1 of %2 points for the day.").arg(used, limit);
    return joinedText(sentence, userSentence(explanation, zone));
}

QString boundsSentence(const Explanation& explanation) {
    const TraceStep* step = stepOf(explanation.trace, Step::Bounds);
    if (step && step->changeIn < 0)
        return WhyWords::tr("the value cannot go below 0.");
    return WhyWords::tr("the value cannot go above its ceiling of %1.")
        .arg(numberText(explanation.setting.maxAffinity));
}

QString cutSentence(const Explanation& explanation, const QString& key, const QTimeZone& zone) {
    switch (explanation.decision.cut) {
    case rules::Cut::None:
        return {};
    case rules::Cut::SingleCap:
        return WhyWords::tr("one event of %1 may move the value by at most %2.")
            .arg(key, numberText(explanation.rule ? explanation.rule->singleCap : 0));
    case rules::Cut::RuleDailyCap:
        return capSentence(explanation, Step::RuleDailyCap, key, zone);
    case rules::Cut::GlobalDailyCap:
        return capSentence(explanation, Step::GlobalDailyCap, key, zone);
    case rules::Cut::Bounds:
        return boundsSentence(explanation);
    }
    return {};
}

QString onlyText(qint64 counted, qint64 wanted) {
    return wanted < 0 ? WhyWords::tr("Only %1 of %2 points were taken:").arg(std::abs(counted)).arg(std::abs(wanted))
                      : WhyWords::tr("Only %1 of %2 points counted:").arg(counted).arg(wanted);
}

QString wholeText(const Explanation& explanation) {
    const rules::LogRow& row = explanation.entry->row;
    const bool isDecay = row.source == QLatin1String("decay");
    if (row.changeValue < 0)
        return isDecay ? WhyWords::tr("%1 went because the device was idle.").arg(pointsText(row.changeValue))
                       : WhyWords::tr("%1 taken in full: nothing stood in the way.").arg(pointsText(row.changeValue));
    return WhyWords::tr("%1 counted in full: nothing stood in the way.").arg(pointsText(row.changeValue));
}

QString eventRowSentence(const Explanation& explanation, const QTimeZone& zone) {
    const rules::LogRow& row = explanation.entry->row;
    const rules::Decision& decision = explanation.decision;
    const QString key = visibleText(row.ruleKey);
    if (!explanation.rule)
        return WhyWords::tr("%1 came under rule %2, which is no longer in this store: its steps cannot be followed.")
            .arg(signedText(row.changeValue), key);
    if (!explanation.isDrawnKnown)
        return WhyWords::tr("%1 counted. What was drawn is not recorded in this store, so a cut cannot be told.")
            .arg(signedText(row.changeValue));
    if (!explanation.isReproduced)
        return WhyWords::tr("%1 of %2 drawn counted; with today's rules and log the same event would end otherwise.")
            .arg(signedText(row.changeValue), signedText(decision.drawn));
    if (decision.cut != rules::Cut::None)
        return joinedText(onlyText(row.changeValue, decision.drawn), cutSentence(explanation, key, zone));
    return wholeText(explanation);
}

QString adjustmentSentence(const Explanation& explanation) {
    const rules::LogRow& row = explanation.entry->row;
    const AdjustmentNote note = adjustmentNote(*explanation.entry);
    QString sentence =
        note.reversesLogId
            ? WhyWords::tr("Log row %1 was taken back by %2: %3.")
                  .arg(QString::number(note.reversesLogId->value), operatorText(row), signedText(row.changeValue))
            : WhyWords::tr("Adjusted by %1: %2.").arg(operatorText(row), signedText(row.changeValue));
    const bool isCut = explanation.isDrawnKnown && explanation.decision.cut == rules::Cut::Bounds;
    if (isCut) {
        const QString asked = WhyWords::tr("%1 was asked for, but").arg(signedText(explanation.decision.drawn));
        sentence = joinedText(sentence, joinedText(asked, boundsSentence(explanation)));
    }
    if (!explanation.isDrawnKnown)
        sentence = joinedText(sentence, WhyWords::tr("What was asked for is not recorded in this store."));
    return sentence;
}

QString afterwards(const Explanation& explanation, const QTimeZone& zone) {
    QString more;
    if (explanation.isRuleEditedSince && explanation.rule)
        more = WhyWords::tr("The rule was edited %1, after this: its numbers may have been others then.")
                   .arg(dateTimeText(explanation.rule->updatedAtUs, zone));
    if (explanation.reversedBy)
        more = joinedText(more, WhyWords::tr("Log row %1 took it back %2.")
                                    .arg(QString::number(explanation.reversedBy->row.id.value),
                                         dateTimeText(explanation.reversedBy->row.createdAtUs, zone)));
    return more;
}

QString boundaryRefusal(const Explanation& explanation) {
    const TraceStep* change = stepOf(explanation.trace, Step::Change);
    if (change && change->verdict == Verdict::Stopped)
        return WhyWords::tr("the rule's change is 0, so there was nothing to write.");
    const TraceStep* bounds = stepOf(explanation.trace, Step::Bounds);
    if (bounds && bounds->changeIn < 0)
        return WhyWords::tr("the value was 0 already and cannot go lower.");
    return WhyWords::tr("the value was at its ceiling of %1 already.").arg(numberText(explanation.setting.maxAffinity));
}

QString cooldownRefusal(const Explanation& explanation, const QString& key, const QTimeZone& zone) {
    const TraceStep* step = stepOf(explanation.trace, Step::Cooldown);
    QString sentence = WhyWords::tr("the cooldown of %1 had %2 left.").arg(key, secondsText(step ? step->used : 0));
    if (explanation.startedBy)
        sentence = joinedText(
            sentence,
            WhyWords::tr("The row at %1 started it.").arg(timeOfDayText(explanation.startedBy->createdAtUs, zone)));
    return sentence;
}

QString refusalSentence(const Explanation& explanation, const MomentAsked& asked, const QTimeZone& zone) {
    const QString key = visibleText(asked.ruleKey);
    switch (explanation.decision.outcome) {
    case Outcome::EventDuplicate:
        return WhyWords::tr("event %1 had its effect already, and one id counts once.").arg(visibleText(asked.eventId));
    case Outcome::NoRule:
        return WhyWords::tr("there is no live rule %1. It is unknown, switched off or deleted.").arg(key);
    case Outcome::Cooldown:
        return cooldownRefusal(explanation, key, zone);
    case Outcome::RuleDailyCap:
        return capSentence(explanation, Step::RuleDailyCap, key, zone);
    case Outcome::GlobalDailyCap:
        return capSentence(explanation, Step::GlobalDailyCap, key, zone);
    case Outcome::ValueBoundary:
        return boundaryRefusal(explanation);
    case Outcome::Error:
        return WhyWords::tr("the device was not bound at %1.").arg(dateTimeText(asked.atUs, zone));
    case Outcome::InDoubt:
    case Outcome::Applied:
        return {};
    }
    return {};
}

QString openMomentSentence(const Explanation& explanation, const MomentAsked& asked, const QTimeZone& zone) {
    const rules::Decision& decision = explanation.decision;
    const QString when = dateTimeText(asked.atUs, zone);
    const QString key = visibleText(asked.ruleKey);
    if (decision.cut == rules::Cut::None)
        return WhyWords::tr(
                   "Nothing stood in the way at %1: an event of %2 would have counted up to %3. If no row came, the "
                   "event did not reach this store.")
            .arg(when, key, signedText(decision.change));
    return joinedText(
        WhyWords::tr("At %1 an event of %2 would have counted at most %3:").arg(when, key, signedText(decision.change)),
        cutSentence(explanation, key, zone));
}

} // namespace

Why whyOfRow(const Explanation& explanation, const QTimeZone& zone) {
    if (!explanation.entry)
        return {};
    const rules::LogRow& row = explanation.entry->row;
    if (!row.ruleId)
        return {joinedText(adjustmentSentence(explanation), afterwards(explanation, zone)),
                adjustmentSteps(explanation)};
    const MomentAsked asked{row.deviceId, row.ruleKey, row.eventId, row.createdAtUs};
    return {joinedText(eventRowSentence(explanation, zone), afterwards(explanation, zone)),
            eventSteps(explanation, asked, zone)};
}

Why whyOfMoment(const Explanation& explanation, const MomentAsked& asked, const QTimeZone& zone) {
    const bool isApplied = explanation.decision.outcome == Outcome::Applied;
    const QString sentence = isApplied
                                 ? openMomentSentence(explanation, asked, zone)
                                 : joinedText(WhyWords::tr("Nothing came:"), refusalSentence(explanation, asked, zone));
    return {joinedText(sentence, afterwards(explanation, zone)), eventSteps(explanation, asked, zone)};
}

QString cutCauseText(rules::Cut cut) {
    switch (cut) {
    case rules::Cut::None:
        return {};
    case rules::Cut::SingleCap:
        return WhyWords::tr("by the rule's single cap");
    case rules::Cut::RuleDailyCap:
        return WhyWords::tr("by the rule's daily cap");
    case rules::Cut::GlobalDailyCap:
        return WhyWords::tr("by the global daily cap");
    case rules::Cut::Bounds:
        return WhyWords::tr("by the value's limits");
    }
    return {};
}

} // namespace affinity::ui
