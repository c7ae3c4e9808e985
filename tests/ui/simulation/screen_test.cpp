#include "tests/ui/simulation/screen_test.h"

#include "engine/base/clock.h"
#include "engine/store/open.h"
#include "ui/shared/buttons.h"
#include "ui/shared/textlabel.h"
#include "ui/simulation/simulationscreen.h"

#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace affinity::test {

namespace {

constexpr int patienceMs = 30'000;
const QString benchFile = QStringLiteral(AFFINITY_SOURCE_DIR "/resources/scenarios/bench8.json");

/// An engine on an empty store, and the screen over it.
class Bench {
public:
    Bench() {
        const QString fileName = m_folder.filePath(QStringLiteral("store.sqlite"));
        if (const auto made = store::createEmbedded(fileName, base::SystemClock()); !made)
            qFatal("%s", qPrintable(made.error().what));
        m_engine = std::make_unique<Engine>(Connection{QStringLiteral("sqlite:") + fileName});
        Answer<Opened> opened = m_engine->open();
        if (!QTest::qWaitFor([&opened] { return opened.isFinished(); }, patienceMs) || !opened.result())
            qFatal("The store does not open.");
        m_workspace = std::make_unique<ui::Workspace>(*m_engine, jobs, *opened.result());
        screen = std::make_unique<ui::SimulationScreen>(*m_workspace);
        screen->resize(1264, 860);
        screen->show();
    }

    QLineEdit* field(const char* name) { return screen->findChild<QLineEdit*>(QString::fromLatin1(name)); }
    ui::Button* runButton() { return screen->findChild<ui::Button*>(QStringLiteral("run")); }
    QString file(const QString& name) const { return m_folder.filePath(name); }
    void open(const QString& fileName) {
        screen->openScenario(fileName);
        if (!QTest::qWaitFor([this] { return runButton()->isEnabled(); }, patienceMs))
            qFatal("The scenario is not read.");
    }
    void setNumbers(const QString& devices, const QString& days) {
        field("devices")->setText(devices);
        field("days")->setText(days);
    }

    ui::JobList jobs;
    std::unique_ptr<ui::SimulationScreen> screen;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<ui::Workspace> m_workspace;

public:
    ~Bench() { screen.reset(); }
};

} // namespace

void ScreenTest::runShowsItsResultAndTheJobEnds() {
    Bench bench;
    QVERIFY(!bench.runButton()->isEnabled());
    bench.open(benchFile);
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
}

void ScreenTest::newRunSupersedesTheOneBefore() {
    Bench bench;
    bench.open(benchFile);
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

void ScreenTest::escapeCancelsAndTheFormerResultStays() {
    Bench bench;
    bench.open(benchFile);
    bench.setNumbers(QStringLiteral("100"), QStringLiteral("3"));
    bench.screen->run();
    QTRY_VERIFY_WITH_TIMEOUT(bench.screen->summary().has_value(), patienceMs);
    bench.setNumbers(QStringLiteral("1000000"), QStringLiteral("90"));
    bench.screen->run();
    bench.screen->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(bench.screen.get()));
    QTest::keyClick(bench.screen.get(), Qt::Key_Escape);
    QTRY_VERIFY(!bench.screen->isRunning());
    QCOMPARE(bench.jobs.count(), 0);
    QCOMPARE(bench.screen->summary()->devices, 100);
    bench.setNumbers(QStringLiteral("150"), QStringLiteral("3"));
    bench.screen->run(); // the cancelled run has left the lane
    QTRY_COMPARE_WITH_TIMEOUT(bench.screen->summary()->devices, 150, patienceMs);
}

void ScreenTest::wrongNumberBlocksTheRunWithItsReason() {
    Bench bench;
    bench.open(benchFile);
    bench.setNumbers(QStringLiteral("0"), QStringLiteral("5"));
    QVERIFY(!bench.runButton()->isEnabled());
    QVERIFY(!bench.runButton()->toolTip().isEmpty());
    bench.setNumbers(QStringLiteral("10"), QStringLiteral("731"));
    QVERIFY(!bench.runButton()->isEnabled());
    bench.setNumbers(QStringLiteral("10"), QStringLiteral("730"));
    QVERIFY(bench.runButton()->isEnabled());
}

void ScreenTest::damagedScenarioIsShownWithLineAndMember() {
    Bench bench;
    QFile good(benchFile);
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

} // namespace affinity::test
