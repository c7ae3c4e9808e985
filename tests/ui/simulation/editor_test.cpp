#include "tests/ui/simulation/editor_test.h"

#include "tests/ui/simulation/bench.h"
#include "ui/charts/differencechart.h"
#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/knob.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/simulation/discarddialog.h"
#include "ui/simulation/draftfield.h"
#include "ui/simulation/hourbars.h"
#include "ui/simulation/scenariopage.h"
#include "ui/simulation/storylinepage.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QTableView>
#include <QTest>

namespace affinity::test {

using ui::Field;
using ui::Member;
using ui::SimulationView;

namespace {

template<typename T> T* find(Bench& bench, const char* name) {
    return bench.screen->findChild<T*>(QString::fromLatin1(name));
}

/// The visible form field of a member.
ui::DraftField* formField(Bench& bench, const Field& field) {
    for (ui::DraftField* shown : bench.screen->findChildren<ui::DraftField*>()) {
        if (shown->isVisible() && shown->field() == field)
            return shown;
    }
    return nullptr;
}

void typeInto(ui::DraftField& field, const QString& text) {
    field.edit()->setFocus();
    field.edit()->selectAll();
    QTest::keyClicks(field.edit(), text);
}

void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QWidget* target = QApplication::focusWidget() ? QApplication::focusWidget() : QApplication::activeWindow();
    QTest::keyClick(target, key, modifiers);
    QCoreApplication::processEvents();
}

/// Tab until `isThere`; false after 200 times.
template<typename Condition> bool tabUntil(Condition isThere) {
    for (int i = 0; i < 200; ++i) {
        if (isThere(QApplication::focusWidget()))
            return true;
        press(Qt::Key_Tab);
    }
    qWarning() << "the focus is at" << QApplication::focusWidget();
    return false;
}

void showSection(Bench& bench, int section) {
    bench.screen->showView(SimulationView::Scenario);
    find<ui::SegmentedControl>(bench, "sections")->setCurrent(section);
}

} // namespace

void EditorTest::designerComparesAChangedCapByKeyboard() {
    Bench bench;
    bench.open(benchFile());
    bench.setNumbers(QStringLiteral("200"), QStringLiteral("8"));
    QVERIFY(bench.activate());
    bench.screen->draft().makeBaseline();
    QCoreApplication::processEvents(); // what was laid out is shown
    QVERIFY(tabUntil([](QWidget* widget) {
        return widget && widget->objectName() == QLatin1String("rule_set.rules[0].daily_cap");
    }));
    auto* cap = qobject_cast<ui::Knob*>(QApplication::focusWidget());
    QVERIFY(cap);
    const double before = cap->value();
    for (int i = 0; i < 5; ++i)
        press(Qt::Key_PageUp);
    QVERIFY(cap->value() > before);
    QCOMPARE(bench.screen->draft().stack().count() > 0, true);
    press(Qt::Key_R, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(
        !bench.screen->isRunning() && bench.screen->outcome() && bench.screen->outcome()->isWhole(), patienceMs);
    auto* chart = find<ui::DifferenceChart>(bench, "difference");
    QVERIFY(chart->isVisible());
    QVERIFY2(chart->lastText().startsWith(QLatin1Char('+')), qPrintable(chart->lastText()));
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(cap->value(), before);
    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(cap->value() > before);
}

void EditorTest::errorIsShownAtItsFieldWhileTyping() {
    Bench bench;
    bench.open(benchFile());
    showSection(bench, 0);
    ui::DraftField* cap = formField(bench, {Member::DailyCap, 0, 0, {}});
    QVERIFY(cap);
    typeInto(*cap, QStringLiteral("0"));
    QVERIFY(!cap->error().isEmpty());
    QVERIFY(cap->edit()->accessibleDescription().contains(cap->error()));
    QVERIFY(!bench.runButton()->isEnabled());
    auto* findings = find<QTableView>(bench, "findings");
    QVERIFY(findings->isVisible());
    QVERIFY(findings->model()->index(0, 0).data().toString().contains(QLatin1String("rule_set.rules[0].daily_cap")));
    QTest::keyClicks(cap->edit(), QStringLiteral("5"));
    cap->edit()->setText(QString());
    QTest::keyClicks(cap->edit(), QStringLiteral("45"));
    QCOMPARE(cap->error(), QString());
    QCOMPARE(bench.screen->draft().scenario().ruleSet.rules[0].dailyCap, 45);
    QVERIFY(!findings->isVisible());
    QVERIFY(bench.runButton()->isEnabled());
}

void EditorTest::findingLeadsToItsField() {
    Bench bench;
    bench.open(benchFile());
    QVERIFY(bench.activate());
    bench.screen->draft().setText({Member::Churn, 0, 0, {}}, QStringLiteral("400"));
    bench.screen->showView(SimulationView::Scenario);
    auto* findings = find<QTableView>(bench, "findings");
    QCOMPARE(findings->model()->rowCount(), 1);
    findings->setFocus();
    findings->selectRow(0);
    press(Qt::Key_Return);
    auto* line = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(line);
    auto* field = qobject_cast<ui::DraftField*>(line->parentWidget());
    QVERIFY(field);
    QCOMPARE(field->field(), (Field{Member::Churn, 0, 0, {}}));
    QVERIFY(!field->error().isEmpty());
}

void EditorTest::rulesAreAddedMovedAndRemovedInOneStepEach() {
    Bench bench;
    bench.open(benchFile());
    const sim::Scenario before = bench.screen->draft().scenario();
    showSection(bench, 0);
    auto* table = find<QTableView>(bench, "rules");
    const int rows = table->model()->rowCount();
    for (const char* name : {"rulesAdd", "rulesDuplicate", "rulesUp", "rulesRemove", "rulesRemove"}) {
        auto* button = find<ui::IconButton>(bench, name);
        QVERIFY2(button->isEnabled(), name);
        button->click();
        QVERIFY2(bench.screen->draft().findings().empty(), name);
    }
    QCOMPARE(bench.screen->draft().stack().count(), 5);
    QCOMPARE(table->model()->rowCount(), rows);
    for (int i = 0; i < 5; ++i)
        find<ui::IconButton>(bench, "undo")->click();
    QVERIFY(bench.screen->draft().scenario() == before);
}

void EditorTest::rewardsOfALevelAreEdited() {
    Bench bench;
    bench.open(demoFile());
    showSection(bench, 1);
    find<QTableView>(bench, "levels")->selectRow(3);
    const auto rewards = [&]() -> const base::Json& {
        return bench.screen->draft().scenario().ruleSet.levels[3].rewards;
    };
    QCOMPARE(rewards().size(), size_t{2});
    ui::DraftField* amount = nullptr;
    QTRY_VERIFY((amount = formField(bench, {Member::RewardAmount, 3, 0, {}})));
    typeInto(*amount, QStringLiteral("275"));
    QCOMPARE(rewards()[0]["amount"].get<int>(), 275);
    QVERIFY(rewards()[0]["amount"].is_number_integer());
    QCOMPARE(rewards()[1]["id"].get<std::string>(), std::string("spring")); // members not shown stay
    find<ui::Button>(bench, "addReward")->click();
    QCOMPARE(rewards().size(), size_t{3});
    ui::DraftField* type = nullptr;
    QTRY_VERIFY((type = formField(bench, {Member::RewardType, 3, 2, {}})));
    typeInto(*type, QStringLiteral("badge"));
    QCOMPARE(rewards()[2]["type"].get<std::string>(), std::string("badge"));
    QVERIFY(bench.screen->draft().findings().empty());
}

void EditorTest::hourBarsChangeTheProfile() {
    Bench bench;
    bench.open(demoFile());
    showSection(bench, 3);
    auto* bars = find<ui::HourBars>(bench, "hourBars");
    QVERIFY(bars->isVisible());
    QTest::keyClick(bars, Qt::Key_Home);
    for (int i = 0; i < 7; ++i)
        QTest::keyClick(bars, Qt::Key_Right);
    QCOMPARE(bars->currentHour(), 7);
    const double before = bench.screen->draft().scenario().personas[0].hourProfile[7];
    QTest::keyClick(bars, Qt::Key_Up);
    const double raised = bench.screen->draft().scenario().personas[0].hourProfile[7];
    QVERIFY(raised > before);
    ui::DraftField* weight = formField(bench, {Member::HourWeight, 0, 7, {}});
    QVERIFY(weight);
    QCOMPARE(weight->edit()->text(), ui::fieldText(bench.screen->draft().scenario(), weight->field()));
    typeInto(*weight, QStringLiteral("1.25"));
    QCOMPARE(bench.screen->draft().scenario().personas[0].hourProfile[7], 1.25);
}

void EditorTest::savedScenarioOpensEqual() {
    Bench bench;
    bench.open(demoFile());
    ui::Draft& draft = bench.screen->draft();
    draft.setNumber({Member::DailyCap, 0, 0, {}}, 55);
    draft.setText({Member::PersonaName, 1, 0, {}}, QStringLiteral("常客"));
    draft.setText({Member::RateFactor, 0, 0, draft.scenario().ruleSet.rules[1].key}, QStringLiteral("2.5"));
    QVERIFY(draft.isDirty());
    QCOMPARE(find<ui::Button>(bench, "save")->text(), QStringLiteral("Save *"));
    const sim::Scenario edited = draft.scenario();
    const QString fileName = bench.file(QStringLiteral("mine.json"));
    bench.screen->saveTo(fileName);
    QTRY_VERIFY_WITH_TIMEOUT(!draft.isDirty(), patienceMs);
    QCOMPARE(draft.fileName(), fileName);
    QCOMPARE(find<QComboBox>(bench, "scenarioFile")->currentData().toString(), fileName);
    QVERIFY(draft.scenario() == edited);
    auto answer = bench.engine().loadScenario(fileName);
    QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), patienceMs);
    sim::Scenario loaded = *answer.result();
    QCOMPARE(sim::toJson(loaded).dump(), sim::toJson(edited).dump());
    bench.screen->saveTo(QStringLiteral("/proc/nothing/here.json"));
    auto* banners = bench.screen->findChild<ui::BannerStack*>();
    QTRY_COMPARE_WITH_TIMEOUT(banners->count(), 1, patienceMs);
    QCOMPARE(draft.fileName(), fileName); // nothing is lost
}

void EditorTest::discardingAsksFirst() {
    Bench bench;
    bench.open(demoFile());
    bench.screen->draft().setNumber({Member::DailyCap, 0, 0, {}}, 55);
    bench.screen->openScenario(benchFile());
    QTRY_VERIFY(qobject_cast<ui::DiscardDialog*>(QApplication::activeModalWidget()));
    QCOMPARE(bench.screen->draft().fileName(), demoFile());
    QApplication::activeModalWidget()->findChild<ui::Button*>(QStringLiteral("discard"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(bench.screen->draft().fileName(), benchFile(), patienceMs);
    QVERIFY(!bench.screen->draft().isDirty());
}

void EditorTest::cancelledDiscardKeepsTheDraft() {
    Bench bench;
    bench.open(demoFile());
    bench.screen->draft().setNumber({Member::DailyCap, 0, 0, {}}, 55);
    const sim::Scenario edited = bench.screen->draft().scenario();
    bench.screen->openScenario(benchFile());
    QTRY_VERIFY(QApplication::activeModalWidget());
    QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!QApplication::activeModalWidget());
    QVERIFY(bench.screen->draft().scenario() == edited);
    QCOMPARE(find<QComboBox>(bench, "scenarioFile")->currentData().toString(), demoFile());
    bool hasProceeded = false;
    bench.screen->draft().undo();
    bench.screen->leave([&] { hasProceeded = true; });
    QVERIFY(hasProceeded); // nothing unsaved: nobody is asked
}

void EditorTest::storylineShowsTheEventsOfTheEngine() {
    Bench bench;
    bench.open(benchFile());
    bench.setNumbers(QStringLiteral("300"), QStringLiteral("12"));
    bench.screen->showDevice(17);
    auto* page = bench.screen->findChild<ui::StorylinePage*>();
    QTRY_VERIFY_WITH_TIMEOUT(page->story().has_value() && page->story()->line.device == 17, patienceMs);
    auto answer = bench.engine().storyline(bench.screen->draft().scenario(), 17);
    QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), patienceMs);
    const sim::Storyline wanted = *answer.result();
    QVERIFY(page->story()->line == wanted);
    auto* table = find<QTableView>(bench, "storyEvents");
    QCOMPARE(table->model()->rowCount(), static_cast<int>(wanted.events.size()));
    QVERIFY(!wanted.events.empty());
    const int last = table->model()->rowCount() - 1;
    QCOMPARE(table->model()->index(last, 1).data().toString(), wanted.events.back().ruleKey);
    for (size_t i = 0; i < wanted.events.size(); ++i) {
        const ui::Why why = ui::whyOfEvent(*page->story(), i);
        QVERIFY2(!why.sentence.isEmpty() && !why.sentence.endsWith(QLatin1Char(':')), qPrintable(why.sentence));
        QCOMPARE(why.steps.size(), size_t{8});
    }
    find<ui::IconButton>(bench, "nextDevice")->click();
    QTRY_VERIFY_WITH_TIMEOUT(page->story()->line.device == 18, patienceMs);
}

void EditorTest::gainerLeadsToItsStoryline() {
    Bench bench;
    bench.open(benchFile());
    bench.setNumbers(QStringLiteral("200"), QStringLiteral("8"));
    bench.screen->draft().setNumber({Member::DailyCap, 0, 0, {}}, 90);
    QVERIFY(bench.runWhole());
    QVERIFY(bench.activate());
    bench.screen->showView(SimulationView::Gains);
    auto* gainers = find<QTableView>(bench, "gainers");
    QVERIFY(gainers->model()->rowCount() > 0);
    const qint64 device = bench.screen->outcome()->comparison->gainers.front().device;
    gainers->setFocus();
    gainers->selectRow(0);
    press(Qt::Key_Return);
    QVERIFY(bench.screen->view() == SimulationView::Storyline);
    auto* page = bench.screen->findChild<ui::StorylinePage*>();
    QTRY_VERIFY_WITH_TIMEOUT(page->story() && page->story()->line.device == device, patienceMs);
    QCOMPARE(page->story()->line.dayEndValues.back(), bench.screen->outcome()->comparison->gainers.front().valueB);
}

void EditorTest::everyControlOfTheEditorHasAName() {
    Bench bench;
    bench.open(demoFile());
    for (int section = 0; section < 6; ++section) {
        showSection(bench, section);
        for (QWidget* widget : bench.screen->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus ||
                widget->objectName().startsWith(QLatin1String("qt_")))
                continue;
            if (qobject_cast<QAbstractScrollArea*>(widget) && !qobject_cast<QAbstractItemView*>(widget))
                continue; // what scrolls has no name of its own
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            const bool isNamed = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()) ||
                                 !widget->toolTip().isEmpty();
            QVERIFY2(isNamed, widget->metaObject()->className());
        }
    }
}

} // namespace affinity::test
