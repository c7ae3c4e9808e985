#include "tests/ui/simulation/screen_test.h"

#include "tests/support/gapmeter.h"
#include "tests/ui/simulation/bench.h"
#include "ui/charts/differencechart.h"
#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/knob.h"
#include "ui/shared/tag.h"
#include "ui/shared/textlabel.h"

#include <QElapsedTimer>
#include <QFile>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

namespace affinity::test {

namespace {

ui::Knob* knob(Bench& bench, const char* member) {
    return bench.screen->findChild<ui::Knob*>(QString::fromLatin1(member));
}

/// Where on a knob's slider, by share of its width.
QPoint onSlider(const ui::Knob& knob, double share) {
    return {static_cast<int>(share * (knob.width() - 1)), 36};
}

void drag(ui::Knob& knob, double from, double to, int steps) {
    QTest::mousePress(&knob, Qt::LeftButton, {}, onSlider(knob, from));
    for (int i = 1; i <= steps; ++i) {
        const QPoint at = onSlider(knob, from + (to - from) * i / steps);
        QMouseEvent move(QEvent::MouseMove, at, knob.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&knob, &move);
        QCoreApplication::processEvents();
    }
    QTest::mouseRelease(&knob, Qt::LeftButton, {}, onSlider(knob, to));
}

} // namespace

void ScreenTest::runShowsItsResultAndTheJobEnds() {
    Bench bench;
    QVERIFY(!bench.runButton()->isEnabled());
    bench.open(benchFile());
    bench.setNumbers(QStringLiteral("200"), QStringLiteral("5"));
    bench.runButton()->click();
    QVERIFY(bench.screen->isRunning());
    QCOMPARE(bench.jobs.count(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(bench.screen->summary().has_value(), patienceMs);
    QVERIFY(!bench.screen->isRunning());
    QCOMPARE(bench.jobs.count(), 0);
    QCOMPARE(bench.screen->summary()->devices, 200);
    QCOMPARE(bench.screen->summary()->days, 5);
    QCOMPARE(bench.screen->summary()->digest.size(), 32);
    QVERIFY(!bench.screen->outcome()->comparison); // only size and length differ: nothing to compare
    auto engineRun = bench.engine().simulate(bench.screen->draft().scenario(), std::make_shared<JobControl>());
    QTRY_VERIFY_WITH_TIMEOUT(engineRun.isFinished(), patienceMs);
    QCOMPARE(bench.screen->summary()->digest, sim::digest(*engineRun.result()));
}

void ScreenTest::newRunSupersedesTheOneBefore() {
    Bench bench;
    bench.open(benchFile());
    QSignalSpy finished(bench.screen.get(), &ui::SimulationScreen::finished);
    bench.setNumbers(QStringLiteral("1000000"), QStringLiteral("90"));
    bench.screen->run();
    bench.setNumbers(QStringLiteral("100"), QStringLiteral("3"));
    bench.screen->run();
    QCOMPARE(bench.jobs.count(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(bench.screen->summary().has_value(), patienceMs);
    QCOMPARE(bench.screen->summary()->devices, 100);
    QCOMPARE(finished.count(), 1);
    QCOMPARE(bench.jobs.count(), 0);
}

void ScreenTest::escapeCancelsWithinASecondAndTheFormerResultStays() {
    Bench bench;
    bench.open(benchFile());
    bench.setNumbers(QStringLiteral("100"), QStringLiteral("3"));
    QVERIFY(bench.runWhole());
    bench.setNumbers(QStringLiteral("1000000"), QStringLiteral("90"));
    bench.screen->run();
    QVERIFY(bench.activate());
    QTRY_VERIFY_WITH_TIMEOUT(bench.screen->isRunning() && bench.jobs.count() == 1, patienceMs);
    QTest::keyClick(bench.screen.get(), Qt::Key_Escape);
    QTRY_VERIFY(!bench.screen->isRunning());
    QCOMPARE(bench.jobs.count(), 0);
    QCOMPARE(bench.screen->summary()->devices, 100);
    bench.setNumbers(QStringLiteral("150"), QStringLiteral("3"));
    QElapsedTimer clock;
    clock.start();
    bench.screen->run(); // begins only when the cancelled run has left the lane
    QTRY_COMPARE_WITH_TIMEOUT(bench.screen->summary()->devices, 150, patienceMs);
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
}

void ScreenTest::wrongNumberBlocksTheRunWithItsReason() {
    Bench bench;
    bench.open(benchFile());
    bench.setNumbers(QStringLiteral("0"), QStringLiteral("5"));
    QVERIFY(!bench.runButton()->isEnabled());
    QVERIFY2(bench.runButton()->toolTip().contains(QLatin1String("devices")), qPrintable(bench.runButton()->toolTip()));
    bench.setNumbers(QStringLiteral("10"), QStringLiteral("731"));
    QVERIFY(!bench.runButton()->isEnabled());
    bench.setNumbers(QStringLiteral("10"), QStringLiteral("730"));
    QVERIFY(bench.runButton()->isEnabled());
    bench.setNumbers(QStringLiteral("1e3x"), QStringLiteral("730"));
    QVERIFY(!bench.runButton()->isEnabled());
    QCOMPARE(bench.field("devices")->text(), QStringLiteral("1e3x")); // what was typed stays
}

void ScreenTest::damagedScenarioIsShownWithLineAndMember() {
    Bench bench;
    QFile good(benchFile());
    QVERIFY(good.open(QIODevice::ReadOnly));
    QFile bad(bench.file(QStringLiteral("bad.json")));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write(good.readAll().replace("\"days\": 30", "\"days\": 9000"));
    bad.close();
    bench.screen->openScenario(bad.fileName());
    const auto* error = bench.screen->findChild<ui::TextLabel*>(QStringLiteral("errorText"));
    QTRY_VERIFY_WITH_TIMEOUT(error->text().contains(QLatin1String("days")), patienceMs);
    QVERIFY2(error->text().contains(QLatin1String("line 7")) || error->text().contains(QLatin1String(":7")),
             qPrintable(error->text()));
    QVERIFY(error->isVisible());
    QVERIFY(!bench.runButton()->isEnabled());
}

void ScreenTest::changedDraftIsComparedWithItsBaseline() {
    Bench bench;
    bench.open(benchFile());
    bench.setNumbers(QStringLiteral("200"), QStringLiteral("10"));
    const sim::Scenario a = bench.screen->draft().scenario();
    bench.screen->draft().setNumber({ui::Member::DailyCap, 0, 0, {}}, a.ruleSet.rules[0].dailyCap + 40);
    QVERIFY(bench.runWhole());
    QVERIFY(bench.screen->outcome()->comparison.has_value());
    auto answer = bench.engine().compare(a, bench.screen->draft().scenario(), std::make_shared<JobControl>());
    QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), patienceMs);
    const sim::Comparison wanted = *answer.result();
    auto* chart = bench.screen->findChild<ui::DifferenceChart*>(QStringLiteral("difference"));
    const QString line = QStringLiteral("\n\"Draft minus baseline\",10,");
    const QString csv = chart->csv();
    const qsizetype at = csv.indexOf(line);
    QVERIFY2(at >= 0, qPrintable(csv));
    const QString shown = csv.mid(at + line.size()).section(QLatin1Char('\n'), 0, 0).trimmed();
    QCOMPARE(shown.toDouble(), wanted.days.back().mean);
    QVERIFY(wanted.days.back().mean > 0);
    QVERIFY2(chart->lastText().startsWith(QLatin1Char('+')), qPrintable(chart->lastText()));
    QCOMPARE(bench.screen->outcome()->comparison->gainers, wanted.gainers);
}

void ScreenTest::sliderDragEndsWithTheLastValueOnTheWholePopulation() {
    Bench bench;
    bench.open(benchFile());
    bench.setNumbers(QStringLiteral("6000"), QStringLiteral("6"));
    ui::Knob* cap = knob(bench, "rule_set.rules[0].daily_cap");
    QVERIFY(cap);
    drag(*cap, 0.5, 0.9, 30);
    const double last = cap->value();
    QVERIFY(cap->isChanged());
    QCOMPARE(bench.screen->draft().stack().undoText(), QStringLiteral("Daily cap"));
    QVERIFY(bench.screen->isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(bench.screen->outcome().has_value(), patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(bench.screen->outcome()->isWhole() && !bench.screen->isRunning(), patienceMs);
    const ui::RunOutcome& outcome = *bench.screen->outcome();
    QCOMPARE(outcome.devices, 6000);
    QCOMPARE(static_cast<double>(outcome.request.b.ruleSet.rules[0].dailyCap), last);
    QVERIFY(outcome.comparison.has_value());
    QCOMPARE(bench.jobs.count(), 0);
    bench.screen->draft().undo(); // the whole drag
    QVERIFY(!cap->isChanged());
}

void ScreenTest::draggingASliderNeverBlocksTheWindow() {
    Bench bench;
    bench.open(demoFile());
    QVERIFY(bench.runWhole());
    ui::Knob* cap = knob(bench, "rule_set.rules[0].daily_cap");
    GapMeter gaps;
    drag(*cap, 0.4, 0.9, 40);
    QTRY_VERIFY_WITH_TIMEOUT(bench.screen->outcome()->isWhole() && !bench.screen->isRunning(), patienceMs);
    const Gap longest = gaps.longest();
    qInfo("longest gap: %.0f ms ours (%.0f ms on the wall, %.0f ms of CPU)", longest.oursMs(), longest.wallMs,
          longest.cpuMs);
    QVERIFY(longest.oursMs() <= 100);
    QVERIFY(bench.screen->outcome()->comparison.has_value());
}

void ScreenTest::invalidKnobValueIsSaidAtTheKnobAndEndsTheLiveRun() {
    Bench bench;
    bench.open(benchFile());
    bench.setNumbers(QStringLiteral("100000"), QStringLiteral("90"));
    ui::Knob* cap = knob(bench, "rule_set.rules[0].daily_cap");
    drag(*cap, 0.5, 0.6, 3);
    QVERIFY(bench.screen->isRunning());
    QTest::keyClick(cap, Qt::Key_Return);
    auto* editor = cap->findChild<QLineEdit*>();
    QVERIFY(editor);
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("0"));
    QTest::keyClick(editor, Qt::Key_Return);
    QVERIFY(!bench.screen->isRunning());
    QVERIFY(!bench.runButton()->isEnabled());
    QVERIFY(bench.runButton()->toolTip().contains(QLatin1String("rule_set.rules[0].daily_cap")));
    QVERIFY(!bench.screen->draft().problemOf({ui::Member::DailyCap, 0, 0, {}}).isEmpty());
}

void ScreenTest::resultOlderThanTheDraftIsMarked() {
    Bench bench;
    bench.open(benchFile());
    bench.setNumbers(QStringLiteral("100"), QStringLiteral("3"));
    QVERIFY(bench.runWhole());
    const auto isMarked = [&] {
        for (ui::Tag* tag : bench.screen->findChildren<ui::Tag*>())
            if (tag->isVisible() && tag->text() == QLatin1String("Older than the draft"))
                return true;
        return false;
    };
    QVERIFY(!isMarked());
    bench.setNumbers(QStringLiteral("120"), QStringLiteral("3"));
    QVERIFY(isMarked());
    QVERIFY(bench.runWhole());
    QVERIFY(!isMarked());
}

void ScreenTest::anotherScenarioForgetsTheResult() {
    Bench bench;
    bench.open(benchFile());
    bench.setNumbers(QStringLiteral("100"), QStringLiteral("3"));
    QVERIFY(bench.runWhole());
    bench.screen->draft().open(bench.screen->draft().scenario(), benchFile()); // nothing unsaved to ask about
    bench.open(demoFile());
    QVERIFY(!bench.screen->summary().has_value());
    QCOMPARE(bench.screen->draft().scenario().ruleSet.rules[0].key, QStringLiteral("chat"));
}

} // namespace affinity::test
