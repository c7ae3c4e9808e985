#include "tests/ui/simulation/draft_test.h"

#include "tests/support/property.h"
#include "tests/ui/simulation/bench.h"
#include "ui/simulation/draft.h"

#include <QSignalSpy>

namespace affinity::test {

using ui::Draft;
using ui::Field;
using ui::Finding;
using ui::Member;

namespace {

Field rule(Member member, int row) {
    return {member, row, 0, {}};
}

/// Any field of the scenario, any small number or text, sometimes another step.
void editAtRandom(Draft& draft) {
    const std::vector<Field> fields = ui::allFields(draft.scenario());
    const auto choice = *rc::gen::inRange<size_t>(0, fields.size() + 3);
    if (choice < fields.size()) {
        const Field& field = fields[choice];
        if (ui::isNumber(field) && *rc::gen::arbitrary<bool>())
            draft.setNumber(field, *rc::gen::inRange(-50, 500));
        else
            draft.setText(field, QString::number(*rc::gen::inRange(0, 2000)));
    } else if (choice == fields.size()) {
        draft.endGesture();
    } else if (choice == fields.size() + 1 && draft.scenario().ruleSet.rules.size() > 1) {
        draft.edit(QStringLiteral("remove"), [](sim::Scenario& after) { ui::removeRule(after, 0); });
    } else {
        draft.edit(QStringLiteral("add"), [](sim::Scenario& after) {
            after.calendar.push_back({after.startDate, after.startDate.addDays(1), {}, {}, {}});
        });
    }
}

bool hasFinding(const Draft& draft, const QString& member) {
    return std::any_of(draft.findings().begin(), draft.findings().end(),
                       [&](const Finding& finding) { return finding.member == member; });
}

} // namespace

void DraftTest::undoingAllGivesTheOriginalAndRedoingAllTheEdited() {
    const sim::Scenario original = smallScenario(100, 10);
    AFFINITY_PROPERTY("undo all, redo all", [&original] {
        Draft draft;
        draft.open(original, QStringLiteral("a.json"));
        const int edits = *rc::gen::inRange(0, 12);
        for (int i = 0; i < edits; ++i)
            editAtRandom(draft);
        const sim::Scenario edited = draft.scenario();
        const int steps = draft.stack().count();
        while (draft.stack().canUndo())
            draft.undo();
        RC_ASSERT(draft.scenario() == original);
        RC_ASSERT(!draft.isDirty());
        while (draft.stack().canRedo())
            draft.redo();
        RC_ASSERT(draft.scenario() == edited);
        RC_ASSERT(draft.stack().count() == steps);
        RC_ASSERT(draft.baseline() == original);
    });
}

void DraftTest::movesOfOneKnobAreOneStep() {
    Draft draft;
    draft.open(smallScenario(100, 10), {});
    const Field cap = rule(Member::DailyCap, 0);
    for (int value = 31; value <= 60; ++value)
        draft.setNumber(cap, value);
    QCOMPARE(draft.stack().count(), 1);
    draft.setNumber(rule(Member::DailyCap, 1), 7); // another knob
    QCOMPARE(draft.stack().count(), 2);
    draft.setNumber(cap, 61);
    draft.endGesture(); // let go
    draft.setNumber(cap, 62);
    QCOMPARE(draft.stack().count(), 4);
    for (int i = 0; i < 3; ++i)
        draft.undo();
    QCOMPARE(draft.scenario().ruleSet.rules[0].dailyCap, 60);
}

void DraftTest::movingBackToTheStartLeavesNoStep() {
    Draft draft;
    const sim::Scenario original = smallScenario(100, 10);
    draft.open(original, {});
    const Field cap = rule(Member::DailyCap, 0);
    draft.setNumber(cap, 99);
    draft.setNumber(cap, original.ruleSet.rules[0].dailyCap);
    QCOMPARE(draft.stack().count(), 0);
    QVERIFY(!draft.isDirty());
    QVERIFY(draft.scenario() == original);
}

void DraftTest::fieldsReadBackWhatTheyWrite() {
    sim::Scenario scenario = smallScenario(100, 10);
    scenario.ruleSet.levels.back().rewards = {{{"type", "coin"}, {"amount", 5}}};
    scenario.prices[QStringLiteral("coin")] = 0.5;
    scenario.calendar.push_back({scenario.startDate, scenario.startDate.addDays(3), {}, {}, {}});
    for (const Field& field : ui::allFields(scenario)) {
        const QString text = ui::fieldText(scenario, field);
        sim::Scenario same = scenario;
        QCOMPARE(ui::setFieldText(same, field, text), QString());
        QVERIFY2(ui::fieldText(same, field) == text, qPrintable(ui::memberOf(field)));
        if (!ui::isNumber(field))
            continue;
        ui::setFieldNumber(same, field, 7);
        QVERIFY2(ui::fieldText(same, field) == QLatin1String("7"), qPrintable(ui::memberOf(field)));
        QVERIFY2(!ui::setFieldText(same, field, QStringLiteral("many")).isEmpty(), qPrintable(ui::memberOf(field)));
        QVERIFY2(ui::fieldText(same, field) == QLatin1String("7"), qPrintable(ui::memberOf(field)));
    }
}

void DraftTest::findingNamesTheMemberAndStandsAtItsField() {
    Draft draft;
    draft.open(smallScenario(100, 10), {});
    QVERIFY(draft.findings().empty());
    const Field cap = rule(Member::DailyCap, 2);
    draft.setText(cap, QStringLiteral("0"));
    QVERIFY(hasFinding(draft, QStringLiteral("rule_set.rules[2].daily_cap")));
    QVERIFY(!draft.problemOf(cap).isEmpty());
    QVERIFY(draft.problemOf(rule(Member::DailyCap, 1)).isEmpty());
    QVERIFY(draft.problemOf(rule(Member::SingleCap, 2)).isEmpty());
    draft.undo();
    QVERIFY(draft.findings().empty());
    const Field share{Member::Share, 0, 0, {}};
    draft.setText(share, QStringLiteral("1"));
    QVERIFY2(draft.problemOf(share).contains(QLatin1String("add up")), qPrintable(draft.problemOf(share)));
}

void DraftTest::everyFindingIsListedNotOnlyTheFirst() {
    Draft draft;
    draft.open(smallScenario(100, 10), {});
    draft.setText(rule(Member::DailyCap, 0), QStringLiteral("0"));
    draft.setText(rule(Member::SingleCap, 3), QStringLiteral("-4"));
    draft.setText({Member::Ceiling, 0, 0, {}}, QStringLiteral("0"));
    QVERIFY(hasFinding(draft, QStringLiteral("rule_set.rules[0].daily_cap")));
    QVERIFY(hasFinding(draft, QStringLiteral("rule_set.rules[3].single_cap")));
    QVERIFY(hasFinding(draft, QStringLiteral("rule_set.setting.max_affinity")));
    QCOMPARE(draft.findings().size(), size_t{3});
}

void DraftTest::unreadableTextIsAFindingUntilItIsMended() {
    Draft draft;
    draft.open(smallScenario(100, 10), {});
    const Field days{Member::Days, 0, 0, {}};
    draft.setText(days, QStringLiteral("ten"));
    QVERIFY(!draft.problemOf(days).isEmpty());
    QCOMPARE(draft.scenario().days, 10);
    QCOMPARE(draft.stack().count(), 0);
    draft.setText(days, QStringLiteral("10"));
    QVERIFY(draft.problemOf(days).isEmpty());
    QVERIFY(draft.findings().empty());
}

void DraftTest::whatOnlyAFileRefusesIsFoundToo() {
    Draft draft;
    draft.open(smallScenario(100, 10), {});
    draft.edit(QStringLiteral("name"), [](sim::Scenario& after) { after.personas[0].name.clear(); });
    QVERIFY(hasFinding(draft, QStringLiteral("population.personas[0].name")));
    QVERIFY(!draft.problemOf({Member::PersonaName, 0, 0, {}}).isEmpty());
}

void DraftTest::resetPutsTheBaselineBack() {
    Draft draft;
    const sim::Scenario original = smallScenario(100, 10);
    draft.open(original, {});
    const Field cooldown = rule(Member::Cooldown, 1);
    draft.setNumber(cooldown, 999);
    draft.setNumber(rule(Member::DailyCap, 1), 77);
    QCOMPARE(draft.changeCount(), 2);
    QVERIFY(draft.isChanged(cooldown));
    draft.reset(cooldown);
    QVERIFY(!draft.isChanged(cooldown));
    QCOMPARE(draft.changeCount(), 1);
    draft.makeBaseline();
    QVERIFY(!draft.isChanged());
    QVERIFY(draft.isDirty());
}

void DraftTest::renamedRuleIsRenamedEverywhere() {
    Draft draft;
    sim::Scenario scenario = smallScenario(100, 10);
    const QString key = scenario.ruleSet.rules[0].key;
    scenario.calendar.push_back({scenario.startDate, scenario.startDate, {{key, 2.0}}, {}, {}});
    scenario.ruleSet.setting.decayRuleKey = key;
    draft.open(scenario, {});
    draft.setText(rule(Member::RuleKey, 0), QStringLiteral("renamed"));
    const sim::Scenario& after = draft.scenario();
    QVERIFY(draft.findings().empty());
    QVERIFY(after.calendar[0].rateFactor.contains(QStringLiteral("renamed")));
    QVERIFY(!after.calendar[0].rateFactor.contains(key));
    QCOMPARE(after.ruleSet.setting.decayRuleKey, QStringLiteral("renamed"));
    for (size_t i = 0; i < after.personas.size(); ++i)
        QCOMPARE(after.personas[i].eventsPerActiveDay.contains(QStringLiteral("renamed")),
                 scenario.personas[i].eventsPerActiveDay.contains(key));
    QVERIFY(!draft.isChanged(rule(Member::DailyCap, 0))); // the same rule by its place
}

void DraftTest::removedRuleLeavesNoTrace() {
    Draft draft;
    draft.open(smallScenario(100, 10), {});
    const QString key = draft.scenario().ruleSet.rules[0].key;
    draft.edit(QStringLiteral("remove"), [](sim::Scenario& after) { ui::removeRule(after, 0); });
    QVERIFY(draft.findings().empty());
    for (const sim::Persona& persona : draft.scenario().personas)
        QVERIFY(!persona.eventsPerActiveDay.contains(key));
}

void DraftTest::movedRuleIsNotAChangeOfItsNumbers() {
    Draft draft;
    draft.open(smallScenario(100, 10), {});
    draft.edit(QStringLiteral("reorder"),
               [](sim::Scenario& after) { std::swap(after.ruleSet.rules[0], after.ruleSet.rules[3]); });
    QVERIFY(draft.isChanged());
    for (int row = 0; row < 4; ++row)
        QVERIFY(!draft.isChanged(rule(Member::DailyCap, row)));
    draft.setNumber(rule(Member::DailyCap, 0), 1234);
    const auto there = ui::inBaseline(rule(Member::DailyCap, 0), draft.scenario(), draft.baseline());
    QVERIFY(there.has_value());
    QCOMPARE(there->row, 3);
}

void DraftTest::savedStepIsClean() {
    Draft draft;
    draft.open(smallScenario(100, 10), QStringLiteral(":/scenarios/demo.json"));
    QVERIFY(!draft.hasFile());
    draft.setNumber(rule(Member::DailyCap, 0), 44);
    QVERIFY(draft.isDirty());
    draft.setSaved(QStringLiteral("mine.json"), draft.stack().index(), draft.scenario());
    QVERIFY(!draft.isDirty());
    QVERIFY(draft.hasFile());
    const int saved = draft.stack().index();
    const sim::Scenario written = draft.scenario();
    draft.setNumber(rule(Member::DailyCap, 0), 45); // while another save goes on
    QVERIFY(draft.isDirty());
    draft.setSaved(QStringLiteral("mine.json"), saved, written);
    QVERIFY(draft.isDirty());
    QVERIFY(draft.saved() == written);
}

} // namespace affinity::test
