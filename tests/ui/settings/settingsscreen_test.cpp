#include "tests/ui/settings/settingsscreen_test.h"

#include "app/demostore.h"
#include "engine/base/clock.h"
#include "tests/ui/story/keyboard.h"
#include "ui/devices/devicelist.h"
#include "ui/devices/devicesscreen.h"
#include "ui/overview/overviewscreen.h"
#include "ui/settings/settingsscreen.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shared/textlabel.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace affinity::test {

using ui::Perspective;

namespace {

constexpr int devices = 20;

/// A console on a store of few days: what is shown does not matter here.
bool start(DemoConsole& demo) {
    app::DemoOptions options;
    options.devices = devices;
    options.days = 10;
    options.nowUs = base::SystemClock().nowUs();
    return app::createDemoStore(demo.storeFile(), options) && demo.start();
}

template<typename Widget> Widget* child(app::Console& console, const char* name) {
    return console.settingsScreen()->findChild<Widget*>(QLatin1String(name));
}

} // namespace

void SettingsScreenTest::everyChoiceHoldsAtOnce() {
    DemoConsole demo(devices);
    QVERIFY(start(demo));
    app::Console& console = demo.console();
    ui::MainWindow& window = console.window();
    window.setLanguageChoice(ui::LanguageChoice::English);
    press(Qt::Key_5, Qt::ControlModifier);
    QCOMPARE(window.currentScreen(), QStringLiteral("settings"));

    QVERIFY(tabTo(QStringLiteral("themeChoice")));
    press(Qt::Key_Home);
    press(Qt::Key_Right);
    QCOMPARE(window.themeChoice(), ui::ThemeChoice::Dark);
    window.setThemeChoice(ui::ThemeChoice::Light); // elsewhere: the screen follows
    QCOMPARE(child<ui::SegmentedControl>(console, "themeChoice")->current(), 0);

    QVERIFY(tabTo(QStringLiteral("languageChoice")));
    press(Qt::Key_Right);
    QTRY_COMPARE(ui::currentLanguage(), ui::Language::Chinese); // the screen was made anew
    QCOMPARE(window.currentScreen(), QStringLiteral("settings"));
    QCOMPARE(child<ui::SegmentedControl>(console, "languageChoice")->current(), 1);
    QVERIFY(child<ui::SegmentedControl>(console, "languageChoice")->hasFocus()); // and the keyboard goes on there
    press(Qt::Key_Left);
    QTRY_COMPARE(ui::currentLanguage(), ui::Language::English);

    QVERIFY(tabTo(QStringLiteral("perspectiveChoice")));
    press(Qt::Key_End);
    QCOMPARE(window.perspective(), Perspective::Watch);
    QCOMPARE(window.currentScreen(), QStringLiteral("settings")); // this screen stays in sight

    child<QPushButton>(console, "copyPath_demo")->click();
    QCOMPARE(QApplication::clipboard()->text(), demo.storeFile());
    QCOMPARE(child<QLabel>(console, "demoPath")->text(), demo.storeFile());
    QVERIFY(!child<QPushButton>(console, "openFolder_drafts")->accessibleName().isEmpty());
}

void SettingsScreenTest::perspectivesKeepFilterOrderAndRange() {
    DemoConsole demo(devices);
    QVERIFY(start(demo));
    app::Console& console = demo.console();
    ui::MainWindow& window = console.window();
    QCOMPARE(window.currentScreen(), QStringLiteral("overview")); // a first start
    QVERIFY(window.findChild<QWidget*>(QStringLiteral("refreshesByItself"))->isVisible());

    const std::array threes{Perspective::Design, Perspective::Support, Perspective::Watch};
    for (size_t i = 0; i < threes.size(); ++i) {
        window.setPerspective(threes[i]);
        const ui::DeviceView& view = console.devicesScreen()->list().view();
        QCOMPARE(view.sort, i == 2 ? store::DeviceSort::LastActive : store::DeviceSort::Id);
        QVERIFY(view.filter == ui::DeviceFilter{});
        ui::DeviceView own = view;
        own.filter.valueAtLeast = static_cast<int>(i) * 100;
        own.isDescending = i != 1;
        console.devicesScreen()->list().setView(own);
        console.overviewScreen()->setState({static_cast<ui::OverviewRange>(i + 1), {}, {}});
    }
    for (size_t from = 0; from < threes.size(); ++from) {
        for (size_t to = 0; to < threes.size(); ++to) {
            window.setPerspective(threes[from]);
            window.setPerspective(threes[to]);
            const ui::DeviceView& view = console.devicesScreen()->list().view();
            QCOMPARE(view.filter.valueAtLeast, std::optional(static_cast<int>(to) * 100));
            QCOMPARE(view.isDescending, to != 1);
            QCOMPARE(view.sort, to == 2 ? store::DeviceSort::LastActive : store::DeviceSort::Id);
            QCOMPARE(console.overviewScreen()->range(), static_cast<ui::OverviewRange>(to + 1));
        }
    }
    window.setPerspective(Perspective::General);
    QVERIFY(console.devicesScreen()->list().view() == ui::DeviceView{});
    window.setPerspective(Perspective::Support);
    QVERIFY(!window.findChild<QWidget*>(QStringLiteral("refreshesByItself"))->isVisibleTo(console.overviewScreen()));
    QWidget* search = visibleWidget(QStringLiteral("deviceSearch"));
    QVERIFY(search && search->hasFocus());
}

void SettingsScreenTest::devicesThatWereShownAreRemembered() {
    DemoConsole demo(devices);
    QVERIFY(start(demo));
    app::Console& console = demo.console();
    console.window().setLanguageChoice(ui::LanguageChoice::English);
    for (const qint64 id : {3, 5, 3}) {
        console.workspace()->openDevice(base::DeviceId{id});
        QVERIFY(waitFor([&] {
            const auto items = console.recentItems().items(ui::RecentKind::Device);
            return !items.empty() && items.front().id == QString::number(id);
        }));
    }
    const size_t shown = console.recentItems().items(ui::RecentKind::Device).size();
    QVERIFY(shown >= 2); // the list's first device may be among them
    press(Qt::Key_5, Qt::ControlModifier);
    QVERIFY(child<QLabel>(console, "recentCount")->text().contains(QString::number(shown)));
    QVERIFY(tabTo(QStringLiteral("clearRecent")));
    press(Qt::Key_Space);
    QVERIFY(console.recentItems().items().empty());
    QVERIFY(!child<QPushButton>(console, "clearRecent")->isEnabled());
    console.window().setLanguageChoice(ui::LanguageChoice::System);
}

void SettingsScreenTest::theNextStartGoesOnInThePerspective() {
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.json"));
    DemoConsole made(devices); // for its store
    QVERIFY(start(made));
    app::ConsoleOptions options;
    options.connection.url = QStringLiteral("sqlite:") + made.storeFile();
    options.settingsFile = file;
    const auto open = [&options](app::Console& console) {
        QSignalSpy ready(&console, &app::Console::ready);
        console.start();
        return waitFor([&ready] { return !ready.isEmpty(); });
    };
    {
        app::Console console(options);
        QVERIFY(open(console));
        console.window().setPerspective(Perspective::Support);
        ui::DeviceFilter filter;
        filter.levelAtLeast = 2;
        console.devicesScreen()->list().setFilter(filter);
    }
    {
        app::Console console(options);
        QVERIFY(open(console));
        QCOMPARE(console.window().perspective(), Perspective::Support);
        QCOMPARE(console.window().currentScreen(), QStringLiteral("devices"));
        QCOMPARE(console.devicesScreen()->list().view().filter.levelAtLeast, std::optional(2));
    }
}

} // namespace affinity::test
