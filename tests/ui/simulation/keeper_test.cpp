#include "tests/ui/simulation/keeper_test.h"

#include "tests/support/property.h"
#include "tests/ui/simulation/bench.h"
#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/formatting.h"
#include "ui/shared/style.h"
#include "ui/simulation/draftchanges.h"
#include "ui/simulation/draftdialog.h"
#include "ui/simulation/draftkeeper.h"

#include <QApplication>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <cstdio>

namespace affinity::test {

using ui::Draft;
using ui::DraftKeeper;
using ui::Field;
using ui::KeptDraft;
using ui::LeftoverDraft;
using ui::Member;
using ui::SourceFile;

namespace {

const Field firstCap{Member::DailyCap, 0, 0, {}};

/// The scenario after edit `number` of the child: every part tells the number, so that a torn state shows.
sim::Scenario stateNumber(int number) {
    static const sim::Scenario first = smallScenario(1000, 10);
    sim::Scenario state = first;
    state.devices += static_cast<quint64>(number);
    state.name = QStringLiteral("state %1").arg(number);
    for (rules::Rule& rule : state.ruleSet.rules)
        rule.dailyCap = number;
    for (sim::Persona& persona : state.personas)
        persona.dispersion = number / 7.0;
    state.calendar.resize(static_cast<size_t>(number % 5));
    return state;
}

/// What the child with a screen does to bench8.
void editAsTheChild(sim::Scenario& scenario) {
    ui::setFieldNumber(scenario, firstCap, 4321);
    scenario.ruleSet.rules[1].isEnabled = !scenario.ruleSet.rules[1].isEnabled;
    ui::setFieldNumber(scenario, {Member::Days, 0, 0, {}}, 77);
}

int editOnAScreen(int argumentCount, char** arguments) {
    QApplication application(argumentCount, arguments);
    ui::installStyle(application);
    Bench bench(QString::fromLocal8Bit(arguments[2]));
    bench.open(benchFile());
    sim::Scenario edited = bench.screen->draft().scenario();
    editAsTheChild(edited);
    bench.screen->draft().edit(QStringLiteral("edit"), edited);
    std::puts("edited");
    std::fflush(stdout);
    return QApplication::exec();
}

int editWithoutPause(int argumentCount, char** arguments) {
    QCoreApplication application(argumentCount, arguments);
    Draft draft;
    DraftKeeper keeper(QString::fromLocal8Bit(arguments[2]));
    keeper.setAutosaveMs(2);
    keeper.follow(draft);
    draft.open(stateNumber(0), {});
    int number = 0;
    QTimer edits;
    QObject::connect(&edits, &QTimer::timeout, &application, [&] {
        if (++number > 200)
            return;
        draft.edit(QStringLiteral("edit"), stateNumber(number));
        std::printf("%d\n", number);
        std::fflush(stdout);
    });
    edits.start(0);
    return QCoreApplication::exec();
}

std::unique_ptr<QProcess> startChild(const char* kind, const QString& folder) {
    auto child = std::make_unique<QProcess>();
    child->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child->start(QCoreApplication::applicationFilePath(), {QLatin1String(kind), folder});
    return child;
}

void killNow(QProcess& child) {
    child.kill(); // SIGKILL
    QVERIFY(child.waitForFinished(patienceMs));
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);
}

/// A draft in a folder, with its keeper.
struct Kept {
    explicit Kept(const QString& folder, const QString& fileName = {}) : keeper(std::make_unique<DraftKeeper>(folder)) {
        keeper->follow(draft);
        draft.open(smallScenario(100, 10), fileName);
    }
    Draft draft;
    std::unique_ptr<DraftKeeper> keeper;
};

QStringList filesIn(const QString& folder) {
    return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

/// Leaves an unsaved draft in the folder as a program that ended without asking does; answers its file.
QString leaveDraft(const QString& folder, int cap, const QString& fileName = {}) {
    const QStringList before = filesIn(folder);
    {
        Kept kept(folder, fileName);
        kept.draft.setNumber(firstCap, cap);
    }
    for (const QString& name : filesIn(folder)) {
        if (!before.contains(name))
            return QDir(folder).filePath(name);
    }
    return {};
}

bool look(DraftKeeper& keeper) {
    QSignalSpy found(&keeper, &DraftKeeper::found);
    keeper.look();
    return found.wait(patienceMs);
}

template<typename T> T* visibleChild(QWidget& in, const char* name) {
    for (T* child : in.findChildren<T*>(QLatin1String(name))) {
        if (child->isVisible())
            return child;
    }
    return nullptr;
}

} // namespace

std::optional<int> runEditingChild(int argumentCount, char** arguments) {
    if (argumentCount != 3)
        return std::nullopt;
    if (qstrcmp(arguments[1], "--edit-on-a-screen") == 0)
        return editOnAScreen(argumentCount, arguments);
    if (qstrcmp(arguments[1], "--edit-without-pause") == 0)
        return editWithoutPause(argumentCount, arguments);
    return std::nullopt;
}

void KeeperTest::unsavedEditsAreOnDiskWithinASecond() {
    QTemporaryDir folder;
    const QString drafts = folder.filePath(QStringLiteral("not/made/yet"));
    Kept kept(drafts);
    QVERIFY(!QFile::exists(drafts));
    QElapsedTimer clock;
    clock.start();
    for (int cap = 100; clock.elapsed() < 300; ++cap) { // the clock does not begin anew with each edit
        kept.draft.setNumber(firstCap, cap);
        kept.draft.endGesture();
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }
    QTRY_COMPARE_WITH_TIMEOUT(filesIn(drafts).size(), 2, 1000 - 300); // draft and lock
    QFile file(QDir(drafts).filePath(filesIn(drafts).front()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    kept.keeper->flush();
    const ui::ReadDraft read = ui::draftFrom(file.readAll());
    QVERIFY(read.draft);
    QVERIFY(read.draft->baseline == kept.draft.baseline());
    QCOMPARE(read.draft->processId, QCoreApplication::applicationPid());
    QVERIFY(read.draft->scenario.ruleSet.rules[0].dailyCap >= 100);
}

void KeeperTest::savedUndoneAndDiscardedDraftsLeaveNothing() {
    QTemporaryDir folder;
    Kept kept(folder.path());
    const auto editAndKeep = [&](int cap) {
        kept.draft.setNumber(firstCap, cap);
        kept.draft.endGesture();
        kept.keeper->flush();
        QCOMPARE(filesIn(folder.path()).size(), 2);
    };
    editAndKeep(41);
    kept.draft.undo();
    kept.keeper->flush();
    QCOMPARE(filesIn(folder.path()), QStringList());
    editAndKeep(42);
    kept.draft.setSaved(QStringLiteral("mine.json"), kept.draft.stack().index(), kept.draft.scenario());
    kept.keeper->flush();
    QCOMPARE(filesIn(folder.path()), QStringList());
    editAndKeep(43);
    kept.keeper->discard();
    kept.keeper->flush();
    QCOMPARE(filesIn(folder.path()), QStringList());
    kept.keeper.reset();
    QCOMPARE(filesIn(folder.path()), QStringList());
}

void KeeperTest::editsThatWereNotDiscardedSurviveTheEndOfTheWindow() {
    QTemporaryDir folder;
    leaveDraft(folder.path(), 44);
    QCOMPARE(filesIn(folder.path()).size(), 1); // the lock is gone
    DraftKeeper keeper(folder.path());
    QVERIFY(look(keeper));
    QCOMPARE(keeper.leftovers().size(), size_t{1});
    QCOMPARE(keeper.leftovers()[0].draft->scenario.ruleSet.rules[0].dailyCap, 44);
    QVERIFY(keeper.notices().empty());
}

void KeeperTest::draftOfALivingProgramIsNotOffered() {
    QTemporaryDir folder;
    Kept one(folder.path());
    Kept other(folder.path());
    one.draft.setNumber(firstCap, 51);
    other.draft.setNumber(firstCap, 52);
    one.keeper->flush();
    other.keeper->flush();
    QCOMPARE(filesIn(folder.path()).size(), 4); // neither is the other's
    DraftKeeper third(folder.path());
    QVERIFY(look(third));
    QVERIFY(third.leftovers().empty());
    one.keeper.reset();
    QVERIFY(look(third));
    QCOMPARE(third.leftovers().size(), size_t{1});
    QCOMPARE(third.leftovers()[0].draft->scenario.ruleSet.rules[0].dailyCap, 51);
    DraftKeeper fourth(folder.path());
    QVERIFY(look(fourth));
    QVERIFY(fourth.leftovers().empty()); // the third offers it
}

void KeeperTest::damagedDraftIsPutAside() {
    QTemporaryDir folder;
    const QString name = leaveDraft(folder.path(), 45);
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qint64 half = file.size() / 2;
    QVERIFY(file.resize(half));
    file.close();
    DraftKeeper keeper(folder.path());
    QVERIFY(look(keeper));
    QVERIFY(keeper.leftovers().empty());
    QCOMPARE(keeper.notices().size(), size_t{1});
    QVERIFY2(keeper.notices()[0].meaning.contains(QLatin1String(".damaged-1")),
             qPrintable(keeper.notices()[0].meaning));
    QCOMPARE(QFile(name + QStringLiteral(".damaged-1")).size(), half);
    QVERIFY(!QFile::exists(name));
    QVERIFY(look(keeper));
    QVERIFY(keeper.notices().empty()); // said once
}

void KeeperTest::draftOfANewerVersionStaysUntouched() {
    QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("simulation-0123456789ab.json"));
    const QByteArray newer = R"({"format": "affinity-draft", "version": 2, "content": [1]})";
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(newer) == newer.size());
    file.close();
    DraftKeeper keeper(folder.path());
    QVERIFY(look(keeper));
    QVERIFY(keeper.leftovers().empty());
    QCOMPARE(keeper.notices().size(), size_t{1});
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), newer);
}

void KeeperTest::unwritableFolderIsSaidOnceAndWorkGoesOn() {
    QTemporaryDir folder;
    QFile inTheWay(folder.filePath(QStringLiteral("file"))); // no folder can be made below a file, also not by root
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    Kept kept(inTheWay.fileName() + QStringLiteral("/drafts"));
    QSignalSpy said(kept.keeper.get(), &DraftKeeper::problemChanged);
    for (const int cap : {61, 62, 63}) {
        kept.draft.setNumber(firstCap, cap);
        kept.draft.endGesture();
        kept.keeper->flush();
        QCoreApplication::processEvents();
    }
    QCOMPARE(said.count(), 1);
    QVERIFY(!kept.keeper->problem().what.isEmpty());
    QCOMPARE(kept.draft.scenario().ruleSet.rules[0].dailyCap, 63);
    QVERIFY(inTheWay.remove());
    kept.draft.setNumber(firstCap, 64);
    kept.keeper->flush();
    QCoreApplication::processEvents();
    QCOMPARE(said.count(), 2);
    QVERIFY(kept.keeper->problem().what.isEmpty());
}

void KeeperTest::discardedLeftoverIsBroughtBack() {
    QTemporaryDir folder;
    const QString file = leaveDraft(folder.path(), 46);
    QFile before(file);
    QVERIFY(before.open(QIODevice::ReadOnly));
    const QByteArray bytes = before.readAll();
    DraftKeeper keeper(folder.path());
    QVERIFY(look(keeper));
    keeper.discardLeftover(keeper.leftovers()[0].name);
    keeper.flush();
    QVERIFY(!QFile::exists(file));
    QVERIFY(keeper.leftovers().empty());
    keeper.bringBack();
    keeper.flush();
    QCOMPARE(keeper.leftovers().size(), size_t{1});
    QFile after(file);
    QVERIFY(after.open(QIODevice::ReadOnly));
    QCOMPARE(after.readAll(), bytes);
}

void KeeperTest::changedSourceFileIsTold() {
    QTemporaryDir folder;
    QTemporaryDir scenarios;
    const QString source = scenarios.filePath(QStringLiteral("mine.json"));
    QVERIFY(QFile::copy(benchFile(), source));
    QVERIFY(QFile::setPermissions(source, QFile::ReadOwner | QFile::WriteOwner));
    const auto sourceNow = [&] {
        DraftKeeper keeper(folder.path());
        return look(keeper) && keeper.leftovers().size() == 1 ? keeper.leftovers()[0].source : SourceFile::None;
    };
    leaveDraft(folder.path(), 47, source);
    QCOMPARE(sourceNow(), SourceFile::Same);
    QFile file(source);
    QVERIFY(file.open(QIODevice::Append) && file.write(" ") == 1);
    file.close();
    QCOMPARE(sourceNow(), SourceFile::Changed);
    QVERIFY(file.remove());
    QCOMPARE(sourceNow(), SourceFile::Gone);
}

void KeeperTest::largeScenarioIsWrittenBesideTheWindow() {
    QTemporaryDir folder;
    sim::Scenario large = smallScenario(100, 10);
    large.start.histogram.clear();
    for (int value = 0; value < 100'000; ++value) // a scenario file may have a million: ten times what is measured
        large.start.histogram.push_back({value, 1.0 / (value + 1)});
    Draft draft;
    DraftKeeper keeper(folder.path());
    keeper.follow(draft);
    draft.open(large, {});
    draft.setNumber(firstCap, 77);
    QElapsedTimer clock;
    clock.start();
    keeper.write();
    const qint64 waitedMs = clock.elapsed();
    keeper.flush();
    QVERIFY2(waitedMs < 50, qPrintable(QStringLiteral("%1 ms").arg(waitedMs)));
    QCOMPARE(filesIn(folder.path()).size(), 2);
    QCOMPARE(ui::changesBetween(draft.saved(), draft.scenario()).size(), size_t{1});
}

void KeeperTest::adoptedDraftIsKeptOnAndGoesWhenItIsSaved() {
    QTemporaryDir folder;
    const QString file = leaveDraft(folder.path(), 48);
    Kept kept(folder.path());
    QVERIFY(look(*kept.keeper));
    const LeftoverDraft leftover = kept.keeper->leftovers()[0];
    kept.draft.goOn(leftover.draft->baseline, leftover.draft->saved, leftover.draft->scenario, {});
    kept.keeper->adopt(leftover.name);
    kept.keeper->flush();
    QVERIFY(kept.draft.isDirty());
    QCOMPARE(kept.draft.stack().count(), 1);
    QVERIFY(QFile::exists(file)); // never a moment without it
    kept.draft.setNumber(firstCap, 49);
    kept.keeper->flush();
    QFile now(file);
    QVERIFY(now.open(QIODevice::ReadOnly));
    const ui::ReadDraft read = ui::draftFrom(now.readAll());
    QVERIFY(read.draft);
    QCOMPARE(read.draft->scenario.ruleSet.rules[0].dailyCap, 49);
    kept.draft.undo();
    kept.draft.undo();
    QVERIFY(!kept.draft.isDirty());
    kept.keeper->flush();
    QCOMPARE(filesIn(folder.path()), QStringList());
}

// ---- kill -9 -------------------------------------------------------------------------------------------------------

void KeeperTest::killedProgramsDraftIsOfferedWithItsChangesAndRestored() {
    QTemporaryDir folder;
    const auto child = startChild("--edit-on-a-screen", folder.path());
    QVERIFY(child->waitForReadyRead(patienceMs));
    QTRY_VERIFY_WITH_TIMEOUT(!QDir(folder.path()).entryList({QStringLiteral("*.json")}).isEmpty(), 1000);
    killNow(*child);
    QCOMPARE(filesIn(folder.path()).size(), 2); // nobody could take the lock away

    Bench bench(folder.path());
    QStringList announced;
    connect(&bench.workspace(), &ui::Workspace::announced, this, [&](const QString& text) { announced << text; });
    QTRY_COMPARE_WITH_TIMEOUT(bench.screen->waitingDrafts(), 1, patienceMs);
    QCOMPARE(announced.size(), 1);
    auto* banner = visibleChild<ui::Banner>(*bench.screen, "draftBanner");
    QVERIFY(banner);
    Q_EMIT banner->acted();
    auto* dialog = bench.screen->window()->findChild<ui::DraftDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    const QAbstractItemModel* changes = dialog->findChild<QTableView*>(QStringLiteral("draftChanges"))->model();
    QStringList shown;
    for (int row = 0; row < changes->rowCount(); ++row)
        shown << changes->index(row, 1).data().toString() + QLatin1Char(' ') + changes->index(row, 2).data().toString();
    sim::Scenario expected = smallScenario(0, 0);
    {
        QFile file(benchFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        expected = *sim::scenarioFromText(file.readAll(), benchFile());
    }
    const sim::Scenario before = expected;
    QVERIFY(before.ruleSet.rules[1].isEnabled);
    editAsTheChild(expected);
    QCOMPARE(shown.size(), 3);
    QVERIFY2(shown.contains(QStringLiteral("Daily cap %1 pts → 4,321 pts").arg(before.ruleSet.rules[0].dailyCap)),
             qPrintable(shown.join(QLatin1Char('\n'))));
    QVERIFY(shown.contains(QStringLiteral("Days %1 → 77").arg(before.days)));
    QVERIFY2(shown.contains(QStringLiteral("Enabled on → off")), qPrintable(shown.join(QLatin1Char('\n'))));
    dialog->deedButton()->click();
    QVERIFY(bench.screen->draft().scenario() == expected);
    QVERIFY(bench.screen->draft().baseline() == before);
    QCOMPARE(bench.screen->draft().fileName(), benchFile());
    QCOMPARE(bench.screen->draft().stack().count(), 1);
    QVERIFY(bench.screen->hasUnsavedEdits());
    QCOMPARE(bench.screen->waitingDrafts(), 0);
    QVERIFY(!visibleChild<ui::Banner>(*bench.screen, "draftBanner"));
    QTest::qWait(50); // a scenario that was being read does not take its place
    QVERIFY(bench.screen->draft().scenario() == expected);
    bench.screen->draft().undo();
    QVERIFY(bench.screen->draft().scenario() == before);
    bench.screen->keeper().flush();
    QCOMPARE(filesIn(folder.path()), QStringList());
}

void KeeperTest::killedInTheMiddleOfEditsLeavesAStateThatExisted() {
    constexpr int kills = 20;
    QTemporaryDir folder;
    QRandomGenerator random(20);
    for (int i = 0; i < kills; ++i) {
        const int target = random.bounded(1, 200);
        const auto child = startChild("--edit-without-pause", folder.path());
        int seen = 0;
        while (seen < target && child->waitForReadyRead(patienceMs)) {
            while (child->canReadLine())
                seen = child->readLine().trimmed().toInt();
        }
        QVERIFY2(seen >= target, "the child does not edit");
        killNow(*child);
    }
    DraftKeeper keeper(folder.path());
    QVERIFY(look(keeper));
    for (const ui::DraftNotice& notice : keeper.notices())
        qWarning("%s", qPrintable(notice.what));
    QVERIFY(keeper.notices().empty());
    QVERIFY2(keeper.leftovers().size() >= kills / 2, qPrintable(QString::number(keeper.leftovers().size())));
    for (const LeftoverDraft& leftover : keeper.leftovers()) {
        const int number = leftover.draft->scenario.name.mid(6).toInt();
        QVERIFY(number >= 1 && number <= 200);
        QVERIFY(leftover.draft->scenario == stateNumber(number));
        QVERIFY(leftover.draft->baseline == stateNumber(0));
    }
}

// ---- the screen ----------------------------------------------------------------------------------------------------

void KeeperTest::severalDraftsAreListedNewestFirst() {
    QTemporaryDir folder;
    for (const int cap : {71, 72, 73}) {
        leaveDraft(folder.path(), cap);
        QTest::qWait(2); // milliseconds tell them apart
    }
    Bench bench(folder.path());
    QTRY_COMPARE_WITH_TIMEOUT(bench.screen->waitingDrafts(), 3, patienceMs);
    Q_EMIT visibleChild<ui::Banner>(*bench.screen, "draftBanner")->acted();
    auto* dialog = bench.screen->window()->findChild<ui::DraftDialog*>();
    QVERIFY(dialog);
    auto* list = visibleChild<QTableView>(*dialog, "drafts");
    QVERIFY(list);
    QCOMPARE(list->model()->rowCount(), 3);
    const auto capShown = [dialog] {
        const auto* table = dialog->findChild<QTableView*>(QStringLiteral("draftChanges"));
        return table->model()->index(0, 2).data().toString();
    };
    QVERIFY2(capShown().endsWith(QLatin1String("73 pts")), qPrintable(capShown()));
    list->selectRow(2);
    QVERIFY2(capShown().endsWith(QLatin1String("71 pts")), qPrintable(capShown()));
    dialog->backButton()->click(); // discards the oldest
    QCOMPARE(bench.screen->waitingDrafts(), 2);
    QCOMPARE(list->model()->rowCount(), 2);
    QVERIFY2(capShown().endsWith(QLatin1String("72 pts")), qPrintable(capShown()));
    bench.screen->keeper().bringBack();
    QCOMPARE(bench.screen->waitingDrafts(), 3);
    dialog->cancelButton()->click();
    auto* banner = visibleChild<ui::Banner>(*bench.screen, "draftBanner");
    QVERIFY(banner); // looking is no answer
    Q_EMIT banner->actedQuietly();
    QVERIFY(!visibleChild<ui::Banner>(*bench.screen, "draftBanner"));
    QCOMPARE(bench.screen->waitingDrafts(), 3);
}

void KeeperTest::draftAndOfferSurviveASwitchOfLanguage() {
    QTemporaryDir folder;
    leaveDraft(folder.path(), 81);
    Bench bench(folder.path());
    bench.open(benchFile());
    QTRY_COMPARE_WITH_TIMEOUT(bench.screen->waitingDrafts(), 1, patienceMs);
    bench.screen->draft().setNumber(firstCap, 82);
    ui::SimulationState state = bench.screen->takeState();
    bench.commands.reset(); // of the screen that goes
    bench.screen.reset();
    bench.screen = std::make_unique<ui::SimulationScreen>(bench.workspace(), nullptr, std::move(state), folder.path());
    bench.screen->show();
    QCOMPARE(bench.screen->waitingDrafts(), 1);
    QVERIFY(visibleChild<ui::Banner>(*bench.screen, "draftBanner"));
    bench.screen->draft().setNumber(firstCap, 83);
    bench.screen->keeper().flush();
    QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("*.json")}).size(), 2);
    bench.screen->draft().undo();
    bench.screen->draft().undo();
    bench.screen->keeper().flush();
    QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("*.json")}).size(), 1);
}

void KeeperTest::deleteAloneDeletesNothing() {
    Bench bench;
    bench.open(demoFile());
    bench.screen->showView(ui::SimulationView::Scenario);
    const sim::Scenario before = bench.screen->draft().scenario();
    int tables = 0;
    for (QTableView* table : bench.screen->findChildren<QTableView*>()) {
        table->selectRow(0);
        for (const Qt::Key key : {Qt::Key_Delete, Qt::Key_Backspace})
            QTest::keyClick(table, key);
        ++tables;
    }
    QVERIFY(tables >= 4);
    QVERIFY(bench.screen->draft().scenario() == before);
    QVERIFY(!bench.screen->hasUnsavedEdits());
}

} // namespace affinity::test
