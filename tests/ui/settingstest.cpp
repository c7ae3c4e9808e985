#include "tests/ui/testlist.h"

#include "ui/shared/banner.h"
#include "ui/shared/cellmodel.h"
#include "ui/shared/settings.h"
#include "ui/shared/settingsmigrations.h"
#include "ui/shared/splitter.h"
#include "ui/shared/tablecolumns.h"
#include "ui/shared/tablesetup.h"
#include "ui/shared/textlabel.h"
#include "ui/shared/toast.h"
#include "ui/shell/layoutstate.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/settingsnotice.h"
#include "ui/shell/statusbar.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QVBoxLayout>
#include <QtTest>

#include <csignal>
#include <sys/resource.h>

namespace affinity::ui::tests {
namespace {

QString text(const char* words) {
    return QString::fromUtf8(words);
}

QByteArray contentOf(const QString& fileName) {
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString& fileName, const QByteArray& content) {
    QFile file(fileName);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

/// JSON with ' for ": moc does not read past raw strings.
QByteArray json(const char* content) {
    return QByteArray(content).replace('\'', '"');
}

struct Place {
    QTemporaryDir folder;
    QString file = folder.filePath(QStringLiteral("settings.json"));
    QString old = folder.filePath(QStringLiteral("window.ini"));

    QStringList files() const { return QDir(folder.path()).entryList(QDir::Files, QDir::Name); }
    /// As version 1 wrote it.
    void writeVersionOne(const QByteArray& geometry, const QByteArray& sum) const {
        QSettings ini(old, QSettings::IniFormat);
        ini.setValue(text("window/geometry"), geometry);
        ini.setValue(text("window/geometrySum"), sum);
        ini.setValue(text("window/screen"), text("levels"));
        ini.setValue(text("window/theme"), text("dark"));
        ini.setValue(text("window/language"), text("zh_CN"));
    }
};

QByteArray sumOfVersionOne(const QByteArray& bytes) {
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex();
}

/// A screen with a table of four columns and two panels with a border between them.
QWidget* makePage() {
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    auto* splitter = new Splitter(Qt::Horizontal, text("panels"));
    auto* model = new CellModel(
        {{text("Name"), false, {}}, {text("Points"), true, {}}, {text("Events"), true, {}}, {text("Seen"), false, {}}},
        page);
    auto* table = new QTableView;
    table->setObjectName(text("table"));
    table->setModel(model);
    setUpTable(*table, {{120, true}, {80}, {90}, {100}}, RowHeight::Normal, text("Table"));
    splitter->addWidget(table);
    splitter->addWidget(new QWidget);
    splitter->setDefaultSizes({500, 300});
    rows->addWidget(splitter);
    return page;
}

/// A window with that screen and two without content.
struct Window {
    explicit Window(Settings& settings) : window(settings, jobs) {
        setScreens();
        window.resize(1200, 700);
        window.show();
    }
    void setScreens() {
        window.setScreens({{text("overview"), text("Overview"), Icon::Overview, new QWidget, false, {}},
                           {text("devices"), text("Devices"), Icon::Devices, makePage(), false, {}},
                           {text("simulation"), text("Simulation"), Icon::Simulation, new QWidget, false, {}}});
        window.showScreen(text("devices"));
        QCoreApplication::processEvents();
    }
    QTableView& table() { return *window.findChild<QTableView*>(text("table")); }
    TableColumns& columns() { return *TableColumns::of(table()); }
    Splitter& splitter() { return *window.findChild<Splitter*>(text("panels")); }
    Banner* banner() { return window.findChild<Banner*>(text("settingsBanner")); }

    JobList jobs;
    MainWindow window;
};

/// While it lives no file of this process can grow beyond a size, as on a full disk.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit small{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before{};
    void (*m_handler)(int);
};

class SettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesAreThereAtTheNextStart() {
        const Place place;
        {
            Settings settings(place.file);
            QCOMPARE(settings.problem(), SettingsProblem::None);
            settings.setValue(text("window/theme"), text("dark"));
            settings.setValue(text("a/number"), 42);
            settings.setValue(text("a/flag"), true);
            settings.setValue(text("a/texts"), QJsonArray{text("one"), text("two")});
            settings.setState(text("a/state"), QByteArray("\0\1\2", 3));
            QVERIFY(place.files().isEmpty()); // not yet: it is written soon after
        }
        const Settings again(place.file);
        QCOMPARE(again.text(text("window/theme")), text("dark"));
        QCOMPARE(again.number(text("a/number")), 42);
        QVERIFY(again.flag(text("a/flag")));
        QCOMPARE(again.texts(text("a/texts")), (QStringList{text("one"), text("two")}));
        QCOMPARE(again.state(text("a/state")), QByteArray("\0\1\2", 3));
        QCOMPARE(again.text(text("a/number"), text("otherwise")), text("otherwise"));
        QCOMPARE(place.files(), QStringList{text("settings.json")}); // nothing of the writing is left
    }

    void theFileFollowsAChangeWithoutBeingAsked() {
        const Place place;
        Settings settings(place.file);
        settings.setValue(text("key"), 1);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(place.file), 5000);
        QVERIFY(contentOf(place.file).contains("affinity-settings"));
    }

    void aPathIsRemovedWithAllBelowIt() {
        const Place place;
        Settings settings(place.file);
        for (const char* key : {"layout/watch/a", "layout/watch/b/c", "layout/watcher/a", "layout"})
            settings.setValue(text(key), 1);
        QCOMPARE(settings.valuesBelow(text("layout/watch/")).size(), 2);
        settings.remove(text("layout/watch/"));
        QVERIFY(!settings.contains(text("layout/watch/a")));
        QVERIFY(settings.contains(text("layout/watcher/a")));
        settings.remove(text("layout"));
        QVERIFY(settings.contains(text("layout/watcher/a")));
        QVERIFY(!settings.contains(text("layout")));
    }

    void aStateThatWasCutOrAlteredIsRefused() {
        const Place place;
        Settings settings(place.file);
        const QByteArray whole = "a state of forty-two bytes, or a few more or less";
        for (const QByteArray& other :
             {whole.left(whole.size() / 2), QByteArray(whole).replace(4, 1, "S"), whole + "x", QByteArray()}) {
            QJsonObject kept = jsonOfState(whole);
            kept[text("bytes")] = QString::fromLatin1(other.toBase64());
            settings.setValue(text("state"), kept);
            QVERIFY(settings.state(text("state")).isEmpty());
        }
        settings.setValue(text("state"), text("no state"));
        QVERIFY(settings.state(text("state")).isEmpty());
        settings.setValue(text("state"), jsonOfState(whole));
        QCOMPARE(settings.state(text("state")), whole);
    }

    void versionOneIsTakenOverAndItsFileStays() {
        const Place place;
        const QByteArray geometry = QWidget().saveGeometry();
        place.writeVersionOne(geometry, sumOfVersionOne(geometry));
        const QByteArray before = contentOf(place.old);
        {
            const Settings settings(place.file);
            QVERIFY(settings.isMigrated());
            QCOMPARE(settings.problem(), SettingsProblem::None);
            QCOMPARE(settings.backupFile(), place.old);
            QCOMPARE(settings.text(text("window/screen")), text("levels"));
            QCOMPARE(settings.text(text("window/theme")), text("dark"));
            QCOMPARE(settings.text(text("window/language")), text("zh_CN"));
            QCOMPARE(settings.state(text("window/geometry")), geometry);
            QVERIFY(settingsNotice(settings)->meaning.contains(QDir::toNativeSeparators(place.old)));
        }
        QCOMPARE(contentOf(place.old), before);
        const Settings next(place.file);
        QVERIFY(!next.isMigrated());
        QVERIFY(!settingsNotice(next));
        QCOMPARE(next.state(text("window/geometry")), geometry);
    }

    void versionOnesDamagedGeometryIsLeftOut() {
        const Place place;
        const QByteArray geometry = QWidget().saveGeometry();
        place.writeVersionOne(geometry.left(20), sumOfVersionOne(geometry));
        const Settings settings(place.file);
        QVERIFY(settings.isMigrated());
        QVERIFY(!settings.contains(text("window/geometry")));
        QCOMPARE(settings.text(text("window/theme")), text("dark"));
    }

    void versionOneThatIsNoneIsNamedOnce() {
        const Place place;
        QVERIFY(write(place.old, "\x01\x02 no settings"));
        {
            const Settings settings(place.file);
            QCOMPARE(settings.problem(), SettingsProblem::Damaged);
            QCOMPARE(settings.backupFile(), place.old);
        }
        QVERIFY(QFile::exists(place.old));
        QCOMPARE(Settings(place.file).problem(), SettingsProblem::None);
    }

    void aDamagedFileIsPutAsideAndNamed_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("cut") << json("{'format': 'affinity-settings', 'version': 2, 'val");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("another format") << json("{'format': 'else', 'version': 2, 'values': {}}");
        QTest::newRow("no version") << json("{'format': 'affinity-settings', 'values': {}}");
        QTest::newRow("values of another kind") << json("{'format': 'affinity-settings', 'version': 2, 'values': 1}");
        QTest::newRow("a list") << QByteArray("[]");
    }
    void aDamagedFileIsPutAsideAndNamed() {
        QFETCH(const QByteArray, content);
        const Place place;
        QVERIFY(write(place.folder.filePath(text("settings.damaged-1.json")), "an older one"));
        QVERIFY(write(place.file, content));
        {
            Settings settings(place.file);
            QCOMPARE(settings.problem(), SettingsProblem::Damaged);
            QCOMPARE(settings.backupFile(), place.folder.filePath(text("settings.damaged-2.json")));
            QVERIFY(settingsNotice(settings)->meaning.contains(text("settings.damaged-2.json")));
            settings.setValue(text("key"), 1);
        }
        QCOMPARE(contentOf(place.folder.filePath(text("settings.damaged-2.json"))), content);
        QCOMPARE(contentOf(place.folder.filePath(text("settings.damaged-1.json"))), QByteArray("an older one"));
        const Settings next(place.file);
        QCOMPARE(next.problem(), SettingsProblem::None);
        QCOMPARE(next.number(text("key")), 1);
    }

    void aFileOfANewerVersionIsLeftAlone() {
        const Place place;
        const QByteArray newer = json("{'format': 'affinity-settings', 'version': 3, 'sections': []}");
        QVERIFY(write(place.file, newer));
        {
            Settings settings(place.file);
            QCOMPARE(settings.problem(), SettingsProblem::FromNewer);
            settings.setValue(text("key"), 1);
            QCOMPARE(settings.number(text("key")), 1);
            QVERIFY(!settings.flush());
        }
        QCOMPARE(contentOf(place.file), newer);
        QCOMPARE(place.files(), QStringList{text("settings.json")});
    }

    void aFailedWriteIsToldAndTriedAgain() {
        const Place place;
        // A file where the folder should be: not even an administrator can write below it.
        const QString blocked = place.folder.filePath(text("config"));
        QVERIFY(write(blocked, "a file"));
        Settings settings(blocked + text("/settings.json"));
        QSignalSpy told(&settings, &Settings::problemChanged);
        settings.setValue(text("key"), 7);
        QVERIFY(!settings.flush());
        QCOMPARE(settings.problem(), SettingsProblem::Unwritable);
        QVERIFY(!settings.writeError().isEmpty());
        QCOMPARE(settings.number(text("key")), 7);
        QVERIFY(QFile::remove(blocked));
        QVERIFY(settings.flush());
        QCOMPARE(settings.problem(), SettingsProblem::None);
        QCOMPARE(told.count(), 2);
        QCOMPARE(Settings(settings.fileName()).number(text("key")), 7);
    }

    void aFileThatCannotBeOpenedIsLeftAlone() {
        const Place place;
        QVERIFY(QDir(place.folder.path()).mkdir(text("settings.json"))); // a folder where the file should be
        Settings settings(place.file);
        QCOMPARE(settings.problem(), SettingsProblem::Unreadable);
        settings.setValue(text("key"), 1);
        QVERIFY(!settings.flush());
        QVERIFY(QFileInfo(place.file).isDir());
    }

    void aWriteThatBreaksOffLeavesTheOldFileWhole() {
        const Place place;
        Settings settings(place.file);
        settings.setValue(text("key"), 1);
        QVERIFY(settings.flush());
        const QByteArray before = contentOf(place.file);
        settings.setValue(text("key"), QString(100'000, QLatin1Char('x')));
        bool isWritten = true;
        {
            const FullDisk full(4096); // nothing may be printed meanwhile
            isWritten = settings.flush();
        }
        QVERIFY(!isWritten);
        QCOMPARE(contentOf(place.file), before);
        QCOMPARE(place.files(), QStringList{text("settings.json")});
        QVERIFY(settings.flush());
        QVERIFY(contentOf(place.file).size() > 100'000);
    }

    void aLinkedFileIsWrittenWhereItIs() {
        const Place place;
        {
            Settings settings(place.file);
            settings.setValue(text("key"), 1);
        }
        const QByteArray before = contentOf(place.file);
        const QString linked = place.folder.filePath(text("link/settings.json"));
        QVERIFY(QDir(place.folder.path()).mkdir(text("link")));
        QVERIFY(QFile::link(place.file, linked));
        {
            Settings settings(linked); // a file that is linked from elsewhere is written, not replaced
            QCOMPARE(settings.number(text("key")), 1);
            settings.setValue(text("key"), 2);
        }
        QVERIFY(QFileInfo(linked).isSymLink());
        QVERIFY(contentOf(place.file) != before);
        QCOMPARE(Settings(place.file).number(text("key")), 2);
    }

    void theWindowTellsWhatBecameOfDamagedSettings() {
        const Place place;
        QVERIFY(write(place.file, "{"));
        Settings settings(place.file);
        Window window(settings);
        QVERIFY(window.banner() && window.banner()->isVisible());
        QVERIFY(window.banner()->accessibleDescription().contains(text("settings.damaged-1.json")));
        Q_EMIT window.banner()->dismissed();
        window.window.setLanguageChoice(LanguageChoice::English); // writes the frame anew
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!window.banner());
    }

    void theWindowSaysNothingWhenAllIsWell() {
        const Place place;
        Settings settings(place.file);
        Window window(settings);
        QVERIFY(!window.banner());
        QVERIFY(!window.window.findChild<QWidget*>(text("windowBanners"))->isVisible());
    }

    // ---- layout ------------------------------------------------------------------------------------------------

    void columnsAreAsTheyWereLeft() {
        const Place place;
        Settings settings(place.file);
        {
            Window first(settings);
            first.columns().setHiddenByUser(2, true);
            QVERIFY(first.columns().move(3, -1));
            dragBorder(first.table(), 1, 45);
        }
        Window second(settings);
        QVERIFY(second.table().isColumnHidden(2));
        QCOMPARE(second.table().horizontalHeader()->visualIndex(3), 1);
        QCOMPARE(second.table().columnWidth(1), 125);
        second.setScreens(); // as in another language
        QVERIFY(second.table().isColumnHidden(2));
        QCOMPARE(second.table().columnWidth(1), 125);
    }

    void whatTheScreenHidesIsNotKeptAsHidden() {
        const Place place;
        Settings settings(place.file);
        {
            Window first(settings);
            first.columns().setFitting(3, false);
            first.columns().setHiddenByUser(2, true);
            QVERIFY(first.table().isColumnHidden(3));
            first.columns().setHiddenByUser(3, true);
            first.columns().setFitting(3, true);
            QVERIFY(first.table().isColumnHidden(3)); // the user's wish outlasts the screen's
            first.columns().setHiddenByUser(3, false);
            first.columns().setFitting(3, false);
        }
        Window second(settings);
        QVERIFY(second.table().isColumnHidden(2));
        QVERIFY(!second.table().isColumnHidden(3));
    }

    void aStateOfOtherColumnsIsDropped_data() {
        QTest::addColumn<QByteArray>("state");
        QTest::newRow("more columns") << json("{'columns': 5, 'hidden': [1]}");
        QTest::newRow("hides the first") << json("{'columns': 4, 'hidden': [0]}");
        QTest::newRow("twice the same place") << json("{'columns': 4, 'order': [0, 1, 1, 2]}");
        QTest::newRow("a width of nothing") << json("{'columns': 4, 'widths': {'1': 0}}");
        QTest::newRow("a column that is not there") << json("{'columns': 4, 'widths': {'9': 100}}");
        QTest::newRow("no columns") << QByteArray("[1, 2]");
    }
    void aStateOfOtherColumnsIsDropped() {
        QFETCH(const QByteArray, state);
        const Place place;
        Settings settings(place.file);
        const QString key = text("layout/general/devices/table");
        settings.setState(key, state);
        Window window(settings);
        QVERIFY(window.columns().isAsSetUp());
        QCOMPARE(window.table().columnWidth(1), 80);
        QVERIFY(!window.table().isColumnHidden(1));
        QVERIFY(!settings.contains(key));
    }

    void aDamagedLayoutIsReplacedByTheDefaults() {
        const Place place;
        Settings settings(place.file);
        const QString key = text("layout/general/devices/table");
        QJsonObject kept = jsonOfState(json("{'columns': 4, 'hidden': [2]}"));
        kept[text("sum")] = text("00");
        settings.setValue(key, kept);
        Window window(settings);
        QVERIFY(!window.table().isColumnHidden(2));
        QVERIFY(!settings.contains(key));
    }

    void aMovedBorderStaysWhereItIs() {
        const Place place;
        Settings settings(place.file);
        int width = 0;
        {
            Window first(settings);
            width = first.splitter().sizes().front();
            auto* handle = first.splitter().handle(1);
            QTest::keyClick(handle, Qt::Key_Right);
            QCOMPARE(first.splitter().sizes().front(), width + 16);
            width = first.splitter().sizes().front();
        }
        Window second(settings);
        QCOMPARE(second.splitter().sizes().front(), width);
    }

    void resetLayoutBringsTheDefaultsBackAndCanBeUndone() {
        const Place place;
        Settings settings(place.file);
        Window window(settings);
        const QList<int> sizes = window.splitter().sizes();
        window.columns().setHiddenByUser(2, true);
        dragBorder(window.table(), 1, 45);
        QTest::keyClick(window.splitter().handle(1), Qt::Key_Left);
        settings.setValue(text("layout/watch/devices/table"), 1); // of another perspective
        window.window.resetLayout();
        QVERIFY(!window.table().isColumnHidden(2));
        QCOMPARE(window.table().columnWidth(1), 80);
        QCOMPARE(window.splitter().sizes(), sizes);
        QVERIFY(settings.valuesBelow(text("layout/general/")).isEmpty());
        QVERIFY(settings.contains(text("layout/watch/devices/table")));
        QCOMPARE(window.window.toasts().count(), 1);
        for (auto* button : window.window.toasts().findChildren<QPushButton*>())
            if (button->text() == text("Undo"))
                button->click();
        QVERIFY(window.table().isColumnHidden(2));
        QCOMPARE(window.table().columnWidth(1), 125);
        QVERIFY(window.splitter().sizes() != sizes);
    }

    void columnsAreChosenByKeyboard() {
        const Place place;
        Settings settings(place.file);
        Window window(settings);
        QApplication::setActiveWindow(&window.window);
        window.table().setFocus();
        QTest::keyClick(&window.table(), Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
        auto* menu = window.table().findChild<QMenu*>(text("columnMenu"));
        QVERIFY(menu && menu->isVisible());
        QStringList names;
        for (const QAction* action : menu->actions())
            names += action->text();
        QCOMPARE(names.mid(0, 3), (QStringList{text("Points"), text("Events"), text("Seen")})); // not the first one
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QVERIFY(window.table().isColumnHidden(1));
    }

    // ---- perspectives ------------------------------------------------------------------------------------------

    void eachPerspectiveKeepsItsScreenAndLayout() {
        const Place place;
        Settings settings(place.file);
        Window window(settings);
        const std::array threes{Perspective::Design, Perspective::Support, Perspective::Watch};
        const std::array<QString, 3> starts{text("simulation"), text("devices"), text("overview")};
        // Each is entered first from General, and given a layout of its own: it hides another column.
        for (size_t i = 0; i < threes.size(); ++i) {
            window.window.setPerspective(Perspective::General);
            window.window.setPerspective(threes[i]);
            QCOMPARE(window.window.currentScreen(), starts[i]);
            window.window.showScreen(text("devices"));
            QVERIFY(window.columns().isAsSetUp());
            window.columns().setHiddenByUser(static_cast<int>(i) + 1, true);
            window.window.showScreen(starts[(i + 1) % 3]);
        }
        for (size_t from = 0; from < threes.size(); ++from) {
            for (size_t to = 0; to < threes.size(); ++to) {
                window.window.setPerspective(threes[from]);
                window.window.setPerspective(threes[to]);
                QCOMPARE(window.window.perspective(), threes[to]);
                QCOMPARE(window.window.currentScreen(), starts[(to + 1) % 3]);
                for (size_t column = 0; column < 3; ++column)
                    QCOMPARE(window.table().isColumnHidden(static_cast<int>(column) + 1), column == to);
            }
        }
        window.window.setPerspective(Perspective::General);
        QVERIFY(window.columns().isAsSetUp());
    }

    void theNextStartIsInTheSamePerspective() {
        const Place place;
        Settings settings(place.file);
        {
            Window first(settings);
            first.window.setPerspective(Perspective::Support);
        }
        Window second(settings);
        QCOMPARE(second.window.perspective(), Perspective::Support);
        auto* button = second.window.findChild<QPushButton*>(text("perspectiveButton"));
        QCOMPARE(button->text(), text("Support"));
        QVERIFY(button->accessibleName().contains(text("Support")));
    }

    void aFirstStartHasNoPerspective() {
        const Place place;
        Settings settings(place.file);
        QCOMPARE(Window(settings).window.perspective(), Perspective::General);
        QVERIFY(!settings.contains(text("window/perspective")));
    }

    void thePerspectiveIsChosenInTheStatusBar() {
        const Place place;
        Settings settings(place.file);
        Window window(settings);
        window.window.findChild<QPushButton*>(text("perspectiveButton"))->click();
        auto* menu = window.window.findChild<QMenu*>(text("perspectiveMenu"));
        QVERIFY(menu && menu->isVisible());
        QCOMPARE(menu->actions().size(), 4);
        QVERIFY(menu->actions().front()->isChecked());
        QTest::keyClick(menu, Qt::Key_Up); // the last one
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(window.window.perspective(), Perspective::Watch);
    }

private:
    /// Moves the right border of a column as a mouse does.
    static void dragBorder(QTableView& table, int column, int pixels) {
        QHeaderView& header = *table.horizontalHeader();
        const int border = header.sectionViewportPosition(column) + header.sectionSize(column) - 1;
        const QPoint from(border, header.height() / 2);
        QTest::mouseMove(header.viewport(), from);
        QTest::mousePress(header.viewport(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, from + QPoint(pixels, 0),
                         header.viewport()->mapToGlobal(from + QPoint(pixels, 0)), Qt::LeftButton, Qt::LeftButton, {});
        QApplication::sendEvent(header.viewport(), &move);
        QTest::mouseRelease(header.viewport(), Qt::LeftButton, {}, from + QPoint(pixels, 0));
        QCoreApplication::processEvents();
    }
};

} // namespace

std::unique_ptr<QObject> settingsTest() {
    return std::make_unique<SettingsTest>();
}

} // namespace affinity::ui::tests

#include "settingstest.moc"
