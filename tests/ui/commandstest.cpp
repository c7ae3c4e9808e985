#include "tests/ui/testlist.h"

#include "ui/shared/buttons.h"
#include "ui/shared/keysinforce.h"
#include "ui/shared/toast.h"
#include "ui/shell/environmentstrip.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/palette.h"
#include "ui/shell/shortcutsdialog.h"
#include "ui/shell/shortcutsmodel.h"
#include "ui/shell/shortcutsview.h"

#include <QApplication>
#include <QHelpEvent>
#include <QLineEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolTip>
#include <QtTest>

namespace affinity::ui::tests {
namespace {

QString text(const char* words) {
    return QString::fromUtf8(words);
}

QKeySequence keys(const char* words) {
    return QKeySequence(text(words));
}

Command command(const char* id, const char* words, const char* key, const char* screen, std::function<void()> run) {
    Command made;
    made.id = text(id);
    made.text = text(words);
    if (key[0] != '\0')
        made.keys = {keys(key)};
    made.screen = text(screen);
    made.run = std::move(run);
    return made;
}

/// A widget with commands on two screens, on a settings file of its own.
struct Fixture {
    QTemporaryDir scratch;
    std::unique_ptr<Settings> settings = std::make_unique<Settings>(scratch.filePath(text("settings.json")));
    QString obstacle;
    QStringList done;
    QWidget window;
    std::unique_ptr<CommandList> list = make();

    ~Fixture() { list.reset(); }

    std::unique_ptr<CommandList> make() {
        auto made = std::make_unique<CommandList>(*settings, &window);
        const auto note = [this](const char* what) { return [this, what] { done += text(what); }; };
        Command adjust = command("devices.adjust", "Adjust the device…", "Ctrl+J", "devices", note("adjust"));
        adjust.obstacle = [this] { return obstacle; };
        Command chart = command("charts.copy", "Copy picture and values", "Ctrl+C", "", {});
        chart.isEditable = false;
        Command redo = command("simulation.redo", "Redo the edit", "Ctrl+Shift+Z", "simulation", note("redo"));
        redo.keys += keys("Ctrl+Y");
        made->setCommands({adjust,
                           command("devices.reverse", "Reverse the log row…", "Ctrl+R", "devices", note("reverse")),
                           command("simulation.run", "Run the scenario", "Ctrl+R", "simulation", note("run")), redo,
                           command("window.refresh", "Refresh", "F5", "", note("refresh")), chart},
                          {{text("devices"), text("Devices")}, {text("simulation"), text("Simulation")}});
        made->setCurrentScreen(text("devices"));
        return made;
    }

    void restart() {
        list.reset();
        settings.reset();
        settings = std::make_unique<Settings>(scratch.filePath(text("settings.json")));
        list = make();
    }

    bool show() {
        window.show();
        return QTest::qWaitForWindowActive(&window);
    }
};

class CommandsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aKeyDoesItsCommandOnItsScreenOnly() {
        Fixture f;
        QVERIFY(f.show());
        QTest::keyClick(&f.window, Qt::Key_R, Qt::ControlModifier);
        f.list->setCurrentScreen(text("simulation"));
        QTest::keyClick(&f.window, Qt::Key_R, Qt::ControlModifier);
        QTest::keyClick(&f.window, Qt::Key_J, Qt::ControlModifier);
        QTest::keyClick(&f.window, Qt::Key_Y, Qt::ControlModifier);
        QTest::keyClick(&f.window, Qt::Key_F5);
        QCOMPARE(f.done, QStringList({text("reverse"), text("run"), text("redo"), text("refresh")}));
    }

    void theKeyOfADisabledCommandSaysWhy() {
        Fixture f;
        QVERIFY(f.show());
        f.obstacle = text("Nobody is signed in. Sign in first.");
        QSignalSpy refused(f.list.get(), &CommandList::refused);
        QTest::keyClick(&f.window, Qt::Key_J, Qt::ControlModifier);
        QVERIFY(f.done.isEmpty());
        QCOMPARE(refused.count(), 1);
        QCOMPARE(refused.first().at(0).toString(), text("Adjust the device…"));
        QCOMPARE(refused.first().at(1).toString(), f.obstacle);
        f.obstacle.clear();
        QTest::keyClick(&f.window, Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(f.done, QStringList{text("adjust")});
    }

    void noKeyWorksWhilePaused() {
        Fixture f;
        QVERIFY(f.show());
        f.list->setPaused(true);
        QTest::keyClick(&f.window, Qt::Key_F5);
        QVERIFY(f.done.isEmpty());
        f.list->setPaused(false);
        QTest::keyClick(&f.window, Qt::Key_F5);
        QCOMPARE(f.done.size(), 1);
    }

    void keysOfAnotherCommandAreRefused() {
        Fixture f;
        QVERIFY(!f.list->setKeys(text("devices.adjust"), keys("Ctrl+R")));
        QCOMPARE(f.list->conflict(text("devices.adjust"), keys("Ctrl+R"))->id, text("devices.reverse"));
        QCOMPARE(f.list->conflict(text("devices.adjust"), keys("F5"))->id, text("window.refresh"));
        // Everywhere meets every screen, and second keys count.
        QCOMPARE(f.list->conflict(text("window.refresh"), keys("Ctrl+Y"))->id, text("simulation.redo"));
        // Keys of a control are in use while it has the focus.
        QCOMPARE(f.list->conflict(text("window.refresh"), keys("Ctrl+C"))->id, text("charts.copy"));
        QCOMPARE(f.list->keys(text("devices.adjust")).first(), keys("Ctrl+J"));
        QVERIFY(!f.list->isChanged(text("devices.adjust")));
    }

    void twoScreensMayUseTheSameKeys() {
        Fixture f;
        QVERIFY(f.list->setKeys(text("devices.adjust"), keys("Ctrl+Y")));
        QCOMPARE(f.list->keys(text("devices.adjust")), QList<QKeySequence>{keys("Ctrl+Y")});
    }

    void chosenKeysOutliveARestart() {
        Fixture f;
        QVERIFY(f.list->setKeys(text("devices.adjust"), keys("Ctrl+Alt+A")));
        QVERIFY(f.list->setKeys(text("window.refresh"), QKeySequence()));
        f.restart();
        QVERIFY(f.list->isChanged(text("devices.adjust")));
        QVERIFY(f.show());
        QTest::keyClick(&f.window, Qt::Key_J, Qt::ControlModifier);
        QTest::keyClick(&f.window, Qt::Key_F5);
        QVERIFY(f.done.isEmpty());
        QTest::keyClick(&f.window, Qt::Key_A, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(f.done, QStringList{text("adjust")});
    }

    void anAlternativeKeyStaysBesideTheChosenOne() {
        Fixture f;
        QVERIFY(f.list->setKeys(text("simulation.redo"), keys("F6")));
        QCOMPARE(f.list->keys(text("simulation.redo")), QList<QKeySequence>({keys("F6"), keys("Ctrl+Y")}));
    }

    void resetBringsTheOwnKeysBack() {
        Fixture f;
        QVERIFY(f.list->setKeys(text("devices.adjust"), keys("F7")));
        QVERIFY(f.list->setKeys(text("devices.reverse"), keys("Ctrl+J")));
        QVERIFY(!f.list->resetKeys(text("devices.adjust"))); // its own keys are somebody else's now
        QCOMPARE(f.list->keys(text("devices.adjust")).first(), keys("F7"));
        f.list->resetAllKeys();
        QCOMPARE(f.list->keys(text("devices.adjust")).first(), keys("Ctrl+J"));
        QCOMPARE(f.list->keys(text("devices.reverse")).first(), keys("Ctrl+R"));
        f.restart();
        QVERIFY(!f.list->isChanged(text("devices.adjust")));
    }

    void keysThatCannotBeReadCountAsNone() {
        Fixture f;
        f.settings->setValue(text("keys/devices.adjust"), text("Ctrl+Nonsense"));
        f.settings->setValue(text("keys/window.refresh"), text("Ctrl+R")); // by hand: those of two screens
        f.restart();
        QCOMPARE(f.list->keys(text("devices.adjust")).first(), keys("Ctrl+J"));
        QCOMPARE(f.list->keys(text("window.refresh")).first(), keys("Ctrl+R"));
        QVERIFY(f.list->keys(text("devices.reverse")).isEmpty()); // two of one key would both fall silent
    }

    void aCommandOfAnotherScreenGoesThereFirst() {
        Fixture f;
        QObject::connect(f.list.get(), &CommandList::screenWanted, f.list.get(),
                         [&](const QString& id) { f.list->setCurrentScreen(id); });
        QCOMPARE(f.list->run(text("simulation.run")), QString());
        QCOMPARE(f.list->currentScreen(), text("simulation"));
        QCOMPARE(f.done, QStringList{text("run")});
        QVERIFY(!f.list->run(text("nothing.there")).isEmpty());
    }

    void aCommandMayReplaceAllCommands() {
        Fixture f;
        f.list->setCommands({command("window.language", "Language", "F9", "", [&] {
            f.list->setCommands({command("window.other", "Other", "F9", "", [&] { f.done += text("other"); })});
            f.done += text("language");
        })});
        QVERIFY(f.show());
        QTest::keyClick(&f.window, Qt::Key_F9);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QTest::keyClick(&f.window, Qt::Key_F9);
        QCOMPARE(f.done, QStringList({text("language"), text("other")}));
    }

    void tooltipsNameTheKeysInForce() {
        Fixture f;
        Button button(text("Adjust…"));
        button.setToolTip(text("Previews and makes an adjustment"));
        setCommand(button, text("devices.adjust"));
        button.show();
        const auto shown = [&button] {
            QHelpEvent help(QEvent::ToolTip, QPoint(2, 2), button.mapToGlobal(QPoint(2, 2)));
            QApplication::sendEvent(&button, &help);
            return QToolTip::text();
        };
        QCOMPARE(shown(), text("Previews and makes an adjustment (Ctrl+J)"));
        QVERIFY(f.list->setKeys(text("devices.adjust"), keys("Ctrl+Alt+A")));
        QCOMPARE(shown(), text("Previews and makes an adjustment (Ctrl+Alt+A)"));
        QCOMPARE(keyCapText(keys("Ctrl++")), text("Ctrl +"));
        QCOMPARE(keyCapText(keys("Ctrl+Shift+T")), text("Ctrl Shift T"));
        f.list.reset();
        QVERIFY(keysInForce(text("devices.adjust")).isEmpty());
    }

    // ---- the list of shortcuts -----------------------------------------------------------------------------

    void newKeysAreTakenByKeyboardAlone() {
        Fixture f;
        ShortcutsView view(*f.list);
        view.show();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        view.focusSearch();
        QTest::keyClicks(view.focusWidget(), text("adjust"));
        QTest::keyClick(view.focusWidget(), Qt::Key_Down);
        auto* table = view.findChild<QTableView*>(text("shortcuts"));
        QCOMPARE(QApplication::focusWidget(), table);
        QTest::keyClick(table, Qt::Key_Return);
        QVERIFY(view.isCapturing());
        QVERIFY(view.message().contains(text("“Adjust the device…”")));
        // Keys of another command: refused by its name, and asked again.
        QTest::keyClick(table, Qt::Key_R, Qt::ControlModifier);
        QVERIFY(view.isCapturing());
        QCOMPARE(view.message(), text("Ctrl+R belongs to “Reverse the log row…”. Press other keys, or Esc."));
        // A letter alone would be typed.
        QTest::keyClick(table, Qt::Key_X);
        QVERIFY(view.isCapturing());
        QVERIFY(view.message().startsWith(text("X alone")));
        QTest::keyClick(table, Qt::Key_M, Qt::ControlModifier);
        QVERIFY(!view.isCapturing());
        QCOMPARE(f.list->keys(text("devices.adjust")).first(), keys("Ctrl+M"));
        // Backspace takes them away, Esc changes nothing, Reset brings them back.
        QTest::keyClick(table, Qt::Key_F2);
        QTest::keyClick(table, Qt::Key_Escape);
        QCOMPARE(f.list->keys(text("devices.adjust")).first(), keys("Ctrl+M"));
        QTest::keyClick(table, Qt::Key_Return);
        QTest::keyClick(table, Qt::Key_Backspace);
        QVERIFY(f.list->keys(text("devices.adjust")).isEmpty());
        QTest::keyClick(view.findChild<QWidget*>(text("resetShortcut")), Qt::Key_Space);
        QCOMPARE(f.list->keys(text("devices.adjust")).first(), keys("Ctrl+J"));
        QVERIFY(!view.findChild<QWidget*>(text("resetShortcut"))->isEnabled());
    }

    void keysOfControlsAreListedButFixed() {
        Fixture f;
        ShortcutsView view(*f.list);
        auto* table = view.findChild<QTableView*>(text("shortcuts"));
        auto* model = static_cast<ShortcutsModel*>(table->model());
        const int row = model->rowOf(text("charts.copy"));
        QVERIFY(row > 0);
        QCOMPARE(model->index(row, ShortcutsModel::SourceColumn).data().toString(), text("Fixed"));
        table->setCurrentIndex(model->index(row, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QVERIFY(!view.isCapturing());
        QVERIFY(view.message().contains(text("are fixed")));
    }

    void theListIsGroupedByScreenAndSaysWhatWasChanged() {
        Fixture f;
        ShortcutsView view(*f.list);
        auto* model = static_cast<ShortcutsModel*>(view.findChild<QTableView*>(text("shortcuts"))->model());
        QCOMPARE(model->index(0, 0).data().toString(), text("Devices"));
        QVERIFY(model->idAt(0).isEmpty());
        QVERIFY(f.list->setKeys(text("devices.adjust"), keys("F7")));
        const int row = model->rowOf(text("devices.adjust"));
        QCOMPARE(model->index(row, ShortcutsModel::KeysColumn).data().toString(), text("F7"));
        QCOMPARE(model->index(row, ShortcutsModel::SourceColumn).data().toString(), text("Changed"));
        view.findChild<QLineEdit*>(text("shortcutSearch"))->setText(text("ctrl+y"));
        QCOMPARE(model->rowCount(), 2); // its heading too
        QCOMPARE(model->idAt(1), text("simulation.redo"));
    }

    // ---- the window ----------------------------------------------------------------------------------------

    void theWindowHasNoTwoCommandsOfOneKey() {
        QTemporaryDir scratch;
        Settings settings(scratch.filePath(text("settings.json")));
        JobList jobs;
        MainWindow window(settings, jobs);
        window.setScreens({{text("devices"), text("Devices"), Icon::Devices, new QWidget, false, {}}});
        for (const Command& each : window.commands().commands())
            if (each.isEditable)
                QCOMPARE(window.commands().keys(each.id), each.keys);
    }

    void aRefusedKeyIsANoticeInTheWindow() {
        QTemporaryDir scratch;
        Settings settings(scratch.filePath(text("settings.json")));
        JobList jobs;
        MainWindow window(settings, jobs);
        window.setScreens({{text("devices"), text("Devices"), Icon::Devices, new QWidget, false, {}}});
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_F5);
        QCOMPARE(window.toasts().count(), 1);
        QTest::keyClick(&window, Qt::Key_F5); // held down: said once
        QCOMPARE(window.toasts().count(), 1);
        QVERIFY(
            window.toasts().findChild<QWidget*>(text("toast"))->accessibleName().contains(text("nothing to refresh")));
    }

    void shortcutsOpenOnce() {
        QTemporaryDir scratch;
        Settings settings(scratch.filePath(text("settings.json")));
        JobList jobs;
        MainWindow window(settings, jobs);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_Slash, Qt::ControlModifier);
        window.openShortcuts();
        QCOMPARE(window.findChildren<ShortcutsDialog*>().size(), 1);
        window.findChild<ShortcutsDialog*>()->close();
    }

    void theFieldInTheStripOpensThePalette() {
        QTemporaryDir scratch;
        Settings settings(scratch.filePath(text("settings.json")));
        JobList jobs;
        MainWindow window(settings, jobs);
        window.resize(960, 600);
        window.show();
        auto* field = window.findChild<QAbstractButton*>(text("paletteField"));
        QVERIFY(field->isVisible());
        field->click();
        QVERIFY(static_cast<MainWindow&>(window).palette().isVisible());
    }
};

} // namespace

std::unique_ptr<QObject> commandsTest() {
    return std::make_unique<CommandsTest>();
}

} // namespace affinity::ui::tests

#include "commandstest.moc"
