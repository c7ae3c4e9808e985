#include "tests/ui/devices/whytext_test.h"

#include "ui/workspace/whytext.h"

#include <QTest>

#include <algorithm>

namespace affinity::test {

using service::Explanation;
using ui::StepState;
using ui::Why;
using ui::WhyStep;

namespace {

// 2027-01-15 08:00:00 UTC, 16:00:00 in Shanghai.
constexpr qint64 atUs = 1'800'000'000'000'000;
constexpr qint64 minuteUs = 60'000'000;

QTimeZone shanghai() {
    return QTimeZone("Asia/Shanghai");
}

/// A situation the engine's own decide() is asked about, so that traces are never made up.
struct Case {
    rules::Rule rule;
    rules::Setting setting;
    std::vector<rules::Level> levels{{0, 0, {}, {}}, {1, 100, {}, {}}};
    rules::Facts facts;
    rules::Request request;
    int drawn = 5;

    Case() {
        rule.id = base::RuleId{1};
        rule.key = QStringLiteral("chat");
        rule.minChange = 2;
        rule.maxChange = 5;
        rule.singleCap = 10;
        rule.dailyCap = 30;
        rule.cooldownSeconds = 60;
        setting.maxAffinity = 1000;
        setting.globalDailyCap = 100;
        facts.isBindingActive = true;
        facts.value = 50;
        request.hasEventId = true;
    }
};

class FixedDraw final : public rules::Draw {
public:
    explicit FixedDraw(int number) : m_number(number) {}
    int uniform(int, int) override { return m_number; }

private:
    int m_number;
};

Explanation decided(Case situation, bool hasRule = true) {
    situation.facts.rule = hasRule ? &situation.rule : nullptr;
    situation.facts.setting = &situation.setting;
    situation.facts.levels = situation.levels;
    situation.facts.storedLevel = rules::levelOf(situation.facts.value, situation.levels);
    Explanation explanation;
    if (hasRule)
        explanation.rule = situation.rule;
    explanation.setting = situation.setting;
    FixedDraw draw(situation.drawn);
    explanation.decision = rules::decide(situation.request, situation.facts, draw, &explanation.trace);
    explanation.isDrawnKnown = true;
    explanation.isReproduced = true;
    return explanation;
}

/// The explanation of the row that decision would have written.
Explanation rowOf(const Case& situation) {
    Explanation explanation = decided(situation);
    store::LogEntry entry;
    entry.row.id = base::LogId{812};
    entry.row.deviceId = base::DeviceId{48};
    entry.row.userId = base::UserId{90};
    entry.row.ruleId = situation.rule.id;
    entry.row.ruleKey = situation.rule.key;
    entry.row.changeValue = explanation.decision.change;
    entry.row.beforeValue = explanation.decision.before;
    entry.row.afterValue = explanation.decision.after;
    entry.row.source = QStringLiteral("device_event");
    entry.row.eventId = QStringLiteral("ev_1");
    entry.row.createdAtUs = atUs;
    explanation.entry = entry;
    return explanation;
}

Explanation adjustmentRow(qint64 value, qint64 delta) {
    Case situation;
    situation.request.kind = rules::RequestKind::Adjustment;
    situation.request.delta = delta;
    situation.facts.value = value;
    Explanation explanation = rowOf(situation);
    explanation.rule.reset();
    rules::LogRow& row = explanation.entry->row;
    row.ruleId.reset();
    row.ruleKey = QStringLiteral("admin");
    row.source = QStringLiteral("admin_adjust_single");
    row.operatorId = base::OperatorId{4};
    row.reason = QStringLiteral("client lost it");
    explanation.entry->note = rules::LogNote{};
    explanation.entry->note->reasonCode = QStringLiteral("lost_event");
    explanation.entry->note->ticket = QStringLiteral("CS-20791");
    return explanation;
}

ui::MomentAsked asked() {
    return {base::DeviceId{48}, QStringLiteral("chat"), QStringLiteral("ev_1"), atUs};
}

const WhyStep* decidingStep(const Why& why) {
    const auto found = std::find_if(why.steps.begin(), why.steps.end(),
                                    [](const WhyStep& step) { return step.state == StepState::Decided; });
    return found == why.steps.end() ? nullptr : &*found;
}

const WhyStep& stepNamed(const Why& why, const QString& name) {
    static const WhyStep none;
    const auto found =
        std::find_if(why.steps.begin(), why.steps.end(), [&name](const WhyStep& step) { return step.name == name; });
    return found == why.steps.end() ? none : *found;
}

rules::RecentChange earlier() {
    rules::RecentChange change;
    change.logId = base::LogId{800};
    change.createdAtUs = atUs - minuteUs;
    return change;
}

} // namespace

void WhyTextTest::wholeChangeSaysNothingStoodInTheWay() {
    const Why why = ui::whyOfRow(rowOf({}), shanghai());
    QCOMPARE(why.sentence, QStringLiteral("5 points counted in full: nothing stood in the way."));
    QCOMPARE(decidingStep(why), nullptr);
    QCOMPARE(stepNamed(why, QStringLiteral("Write")), (WhyStep{QStringLiteral("Write"), QStringLiteral("50 + 5 = 55"),
                                                               QStringLiteral("level stays L0"), StepState::Passed}));
}

void WhyTextTest::lossAndDecaySayWhatWasTaken() {
    Case loss;
    loss.rule.minChange = loss.rule.maxChange = loss.drawn = -1;
    Explanation explanation = rowOf(loss);
    Why why = ui::whyOfRow(explanation, shanghai());
    QCOMPARE(why.sentence, QStringLiteral("1 point taken in full: nothing stood in the way."));
    QCOMPARE(stepNamed(why, QStringLiteral("Global daily cap")).state, StepState::Skipped);
    explanation.entry->row.source = QStringLiteral("decay");
    why = ui::whyOfRow(explanation, shanghai());
    QCOMPARE(why.sentence, QStringLiteral("1 point went because the device was idle."));
}

void WhyTextTest::eachCutNamesItsCause_data() {
    QTest::addColumn<int>("singleCap");
    QTest::addColumn<int>("ruleUsed");
    QTest::addColumn<int>("globalUsed");
    QTest::addColumn<int>("value");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("step");
    QTest::newRow("single cap") << 3 << 0 << 0 << 50
                                << "Only 3 of 5 points counted: one event of chat may move the value by at most 3."
                                << "Change";
    QTest::newRow("rule daily cap")
        << 10 << 28 << 0 << 50
        << "Only 2 of 5 points counted: chat had 28 of its 30 points for the day. The row at "
           "15:59:00 used the most of it."
        << "Rule daily cap";
    QTest::newRow("global daily cap")
        << 10 << 0 << 99 << 50
        << "Only 1 of 5 points counted: all rules together had 99 of 100 points for the day. "
           "The row at 15:59:00 used the most of it."
        << "Global daily cap";
    QTest::newRow("ceiling") << 10 << 0 << 0 << 996
                             << "Only 4 of 5 points counted: the value cannot go above its ceiling of 1,000."
                             << "Write";
}

void WhyTextTest::eachCutNamesItsCause() {
    QFETCH(int, singleCap);
    QFETCH(int, ruleUsed);
    QFETCH(int, globalUsed);
    QFETCH(int, value);
    Case situation;
    situation.rule.singleCap = singleCap;
    situation.facts.ruleDaySum = ruleUsed;
    situation.facts.globalDaySum = globalUsed;
    situation.facts.value = value;
    Explanation explanation = rowOf(situation);
    if (ruleUsed > 0 || globalUsed > 0)
        explanation.usedUpBy = earlier();
    const Why why = ui::whyOfRow(explanation, shanghai());
    QTEST(why.sentence, "sentence");
    QVERIFY(decidingStep(why));
    QTEST(decidingStep(why)->name, "step");
    QVERIFY(!ui::cutCauseText(explanation.decision.cut).isEmpty());
}

void WhyTextTest::eachRefusalNamesWhatStoodInTheWay_data() {
    QTest::addColumn<int>("outcome");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("step");
    using rules::Outcome;
    const auto row = [](const char* name, Outcome outcome, const char* sentence, const char* step) {
        QTest::newRow(name) << static_cast<int>(outcome) << QString::fromUtf8(sentence) << QString::fromUtf8(step);
    };
    row("duplicate", Outcome::EventDuplicate,
        "Nothing came: event ev_1 had its effect already, and one id counts once.", "Event id");
    row("no rule", Outcome::NoRule, "Nothing came: there is no live rule chat. It is unknown, switched off or deleted.",
        "Rule");
    row("cooldown", Outcome::Cooldown,
        "Nothing came: the cooldown of chat had 38 s left. The row at 15:59:00 started it.", "Cooldown");
    row("rule daily cap", Outcome::RuleDailyCap,
        "Nothing came: chat had 30 of its 30 points for the day. The row at 15:59:00 used the most of it.",
        "Rule daily cap");
    row("global daily cap", Outcome::GlobalDailyCap,
        "Nothing came: all rules together had 100 of 100 points for the day. The row at 15:59:00 used the most of it.",
        "Global daily cap");
    row("ceiling", Outcome::ValueBoundary, "Nothing came: the value was at its ceiling of 1,000 already.", "Write");
    row("not bound", Outcome::Error, "Nothing came: the device was not bound at 15 Jan 2027 16:00:00.", "Binding");
}

void WhyTextTest::eachRefusalNamesWhatStoodInTheWay() {
    QFETCH(int, outcome);
    const auto wanted = static_cast<rules::Outcome>(outcome);
    using rules::Outcome;
    Case situation;
    situation.facts.isEventSeen = wanted == Outcome::EventDuplicate;
    situation.facts.isCooldownRunning = wanted == Outcome::Cooldown;
    situation.facts.cooldownLeftUs = wanted == Outcome::Cooldown ? 37'400'000 : 0;
    situation.facts.isBindingActive = wanted != Outcome::Error;
    situation.facts.ruleDaySum = wanted == Outcome::RuleDailyCap ? 30 : 0;
    situation.facts.globalDaySum = wanted == Outcome::GlobalDailyCap ? 100 : 0;
    situation.facts.value = wanted == Outcome::ValueBoundary ? 1000 : 50;
    Explanation explanation = decided(situation, wanted != Outcome::NoRule);
    QCOMPARE(explanation.decision.outcome, wanted);
    explanation.startedBy = wanted == Outcome::Cooldown ? std::optional(earlier()) : std::nullopt;
    explanation.usedUpBy = earlier();
    const Why why = ui::whyOfMoment(explanation, asked(), shanghai());
    QTEST(why.sentence, "sentence");
    QVERIFY(decidingStep(why));
    QTEST(decidingStep(why)->name, "step");
}

void WhyTextTest::openMomentSaysThatNothingStoodInTheWay() {
    const Why why = ui::whyOfMoment(decided({}), asked(), shanghai());
    QCOMPARE(why.sentence,
             QStringLiteral("Nothing stood in the way at 15 Jan 2027 16:00:00: an event of chat would have "
                            "counted up to +5. If no row came, the event did not reach this store."));
    QCOMPARE(stepNamed(why, QStringLiteral("Change")).result, QStringLiteral("at most +5"));
}

void WhyTextTest::momentThatWouldBeCutSaysByWhat() {
    Case situation;
    situation.facts.ruleDaySum = 28;
    const Why why = ui::whyOfMoment(decided(situation), asked(), shanghai());
    QCOMPARE(why.sentence,
             QStringLiteral("At 15 Jan 2027 16:00:00 an event of chat would have counted at most +2: chat had "
                            "28 of its 30 points for the day."));
}

void WhyTextTest::unknownDrawIsSaidNotGuessed() {
    Explanation explanation = rowOf({});
    explanation.isDrawnKnown = false;
    const Why why = ui::whyOfRow(explanation, shanghai());
    QCOMPARE(why.sentence,
             QStringLiteral("+5 counted. What was drawn is not recorded in this store, so a cut cannot be "
                            "told."));
    QCOMPARE(stepNamed(why, QStringLiteral("Change")).result, QStringLiteral("not recorded"));
    QCOMPARE(stepNamed(why, QStringLiteral("Change")).state, StepState::Skipped);
}

void WhyTextTest::editedRuleIsSaid() {
    Explanation explanation = rowOf({});
    explanation.isRuleEditedSince = true;
    explanation.rule->updatedAtUs = atUs + minuteUs;
    const Why why = ui::whyOfRow(explanation, shanghai());
    QVERIFY2(
        why.sentence.endsWith(QStringLiteral("The rule was edited 15 Jan 2027 16:01:00, after this: its numbers may "
                                             "have been others then.")),
        qPrintable(why.sentence));
    QCOMPARE(stepNamed(why, QStringLiteral("Rule")).result, QStringLiteral("edited since"));
}

void WhyTextTest::rowThatTodaysRulesDoNotGiveIsSaid() {
    Explanation explanation = rowOf({});
    explanation.isReproduced = false;
    explanation.entry->row.changeValue = 3;
    QCOMPARE(ui::whyOfRow(explanation, shanghai()).sentence,
             QStringLiteral("+3 of +5 drawn counted; with today's rules and log the same event would end otherwise."));
}

void WhyTextTest::rowOfAVanishedRuleIsSaid() {
    Explanation explanation = decided({}, false);
    explanation.entry = rowOf({}).entry;
    const Why why = ui::whyOfRow(explanation, shanghai());
    QCOMPARE(
        why.sentence,
        QStringLiteral("+5 came under rule chat, which is no longer in this store: its steps cannot be followed."));
    QCOMPARE(stepNamed(why, QStringLiteral("Rule")).result, QStringLiteral("not in this store"));
}

void WhyTextTest::adjustmentNamesOperatorReasonAndTicket() {
    const Why why = ui::whyOfRow(adjustmentRow(50, 20), shanghai());
    QCOMPARE(why.sentence, QStringLiteral("Adjusted by operator 4: +20."));
    QCOMPARE(stepNamed(why, QStringLiteral("Reason")).given, QStringLiteral("client lost it"));
    QCOMPARE(stepNamed(why, QStringLiteral("Reason")).result, QStringLiteral("lost event"));
    QCOMPARE(stepNamed(why, QStringLiteral("Ticket")).given, QStringLiteral("CS-20791"));
    QCOMPARE(stepNamed(why, QStringLiteral("Asked for")).given, QStringLiteral("+20"));

    Explanation bare = adjustmentRow(50, 20);
    bare.isDrawnKnown = false;
    bare.entry->note.reset();
    const Why unknown = ui::whyOfRow(bare, shanghai());
    QCOMPARE(stepNamed(unknown, QStringLiteral("Asked for")).given, QStringLiteral("not recorded"));
    QCOMPARE(stepNamed(unknown, QStringLiteral("Ticket")).state, StepState::Skipped);
}

void WhyTextTest::adjustmentCutByTheCeilingIsSaid() {
    const Why why = ui::whyOfRow(adjustmentRow(990, 200), shanghai());
    QCOMPARE(why.sentence,
             QStringLiteral("Adjusted by operator 4: +10. +200 was asked for, but the value cannot go above "
                            "its ceiling of 1,000."));
    QCOMPARE(decidingStep(why)->name, QStringLiteral("Write"));
}

void WhyTextTest::reversalAndReversedRowNameEachOther() {
    Explanation reversal = adjustmentRow(50, -5);
    reversal.entry->note->reversesLogId = base::LogId{800};
    QVERIFY(ui::whyOfRow(reversal, shanghai())
                .sentence.startsWith(QStringLiteral("Log row 800 was taken back by operator 4: −5.")));
    Explanation reversed = rowOf({});
    reversed.reversedBy = reversal.entry;
    const QString sentence = ui::whyOfRow(reversed, shanghai()).sentence;
    QVERIFY2(sentence.endsWith(QStringLiteral("Log row 812 took it back 15 Jan 2027 16:00:00.")), qPrintable(sentence));
}

void WhyTextTest::timesAreInTheZone() {
    Case situation;
    situation.facts.isBindingActive = false;
    const QString text = ui::whyOfMoment(decided(situation), asked(), QTimeZone("America/St_Johns")).sentence;
    QCOMPARE(text, QStringLiteral("Nothing came: the device was not bound at 15 Jan 2027 04:30:00."));
}

void WhyTextTest::textFromDataIsMadeVisible() {
    ui::MomentAsked moment = asked();
    moment.ruleKey = QStringLiteral("ch\u202Eat");
    const Why why = ui::whyOfMoment(decided({}, false), moment, shanghai());
    QVERIFY2(why.sentence.contains(QStringLiteral("ch⟨U+202E⟩at")), qPrintable(why.sentence));
}

void WhyTextTest::stepsAreAlwaysEight() {
    Case situation;
    situation.facts.isCooldownRunning = true;
    const Why why = ui::whyOfMoment(decided(situation), asked(), shanghai());
    QCOMPARE(why.steps.size(), size_t(8));
    QCOMPARE(stepNamed(why, QStringLiteral("Binding")).state, StepState::NotReached);
    QCOMPARE(stepNamed(why, QStringLiteral("Rule daily cap")).state, StepState::NotReached);
}

} // namespace affinity::test
