#include "tests/ui/story/story_test.h"

#include "engine/base/clock.h"
#include "engine/store/open.h"
#include "tests/support/gapmeter.h"
#include "tests/ui/story/keyboard.h"
#include "tests/ui/story/tour.h"
#include "tests/ui/story/windowchecks.h"
#include "ui/levels/levelsscreen.h"
#include "ui/overview/overviewscreen.h"
#include "ui/simulation/simulationscreen.h"

#include <QApplication>
#include <QLabel>
#include <QTableView>

namespace affinity::test {

namespace {

constexpr double longestGapMs = 100;

int rowsOf(const char* table) {
    auto* view = qobject_cast<QTableView*>(visibleWidget(QString::fromLatin1(table)));
    return view ? view->model()->rowCount() : -1;
}

/// Value and number of log rows of a device, read from the file.
struct Stored {
    int value = -1;
    size_t rows = 0;
    QString serial;

    friend bool operator==(const Stored&, const Stored&) = default;
};

Stored stored(const QString& file, base::DeviceId id) {
    const base::SystemClock clock;
    const auto store = store::open(QStringLiteral("sqlite:") + file, {.access = store::Access::Read}, clock);
    if (!store)
        return {};
    const auto device = (*store)->device(id);
    const auto page = (*store)->log({.deviceId = id, .limit = 10'000});
    if (!device || !*device || !page)
        return {};
    return {(*device)->binding.favorability, page->entries.size(), (*device)->binding.serial};
}

/// Presses the deed button once it says `verb`.
bool doTheDeed(const QString& verb) {
    const bool isThere = waitFor([&verb] {
        QWidget* deed = visibleWidget(QStringLiteral("deed"));
        return deed && deed->isEnabled() && textOf(QStringLiteral("deed")).contains(verb);
    });
    if (!isThere || !tabTo(QStringLiteral("deed")))
        return false;
    press(Qt::Key_Space);
    return true;
}

void addLanguages() {
    QTest::addColumn<ui::LanguageChoice>("language");
    QTest::newRow("English") << ui::LanguageChoice::English;
    QTest::newRow("Chinese") << ui::LanguageChoice::Chinese;
}

/// Whether the event loop answered all the time since the meter was reset; says who was to blame, and resets it.
bool hasNoLongGap(const char* where, GapMeter& gaps) {
    const Gap longest = gaps.longest();
    qInfo("%s: longest gap %.0f ms ours (%.0f ms on the wall, %.0f ms of CPU, the machine stalled %.0f ms)", where,
          longest.oursMs(), longest.wallMs, longest.cpuMs, longest.machineMs);
    gaps.reset();
    return longest.oursMs() <= longestGapMs;
}

} // namespace

void StoryTest::cleanup() {
    ui::setLanguage(*qobject_cast<QApplication*>(QCoreApplication::instance()), ui::LanguageChoice::English);
}

void StoryTest::supportFixesADeviceAndADesignerSimulatesByKeyboard_data() {
    addLanguages();
}

void StoryTest::supportFixesADeviceAndADesignerSimulatesByKeyboard() {
    QFETCH(ui::LanguageChoice, language);
    const QString previewVerb =
        language == ui::LanguageChoice::Chinese ? QStringLiteral("预览") : QStringLiteral("Preview");
    DemoConsole demo(40);
    demo.console().window().setLanguageChoice(language);
    QVERIFY(demo.start());
    const base::DeviceId device{3};
    const Stored before = stored(demo.storeFile(), device);
    QVERIFY(before.value >= 0);
    GapMeter gaps;

    // Find the device.
    press(Qt::Key_2, Qt::ControlModifier);
    QVERIFY(waitFor([] { return rowsOf("deviceTable") == 40; }));
    press(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(tabTo(QStringLiteral("deviceSearch")));
    type(before.serial);
    press(Qt::Key_Return);
    QVERIFY(waitFor([] { return rowsOf("deviceTable") == 1 && rowsOf("timelineTable") > 0; }));

    // Read why its newest row came out as it did.
    QVERIFY(tabTo(QStringLiteral("timelineTable")));
    press(Qt::Key_Home, Qt::ControlModifier);
    press(Qt::Key_Space);
    QVERIFY(waitFor([] { return visibleWidget(QStringLiteral("why")) != nullptr; }));

    // Preview and commit an adjustment.
    press(Qt::Key_J, Qt::ControlModifier);
    QVERIFY(waitFor([] { return visibleWidget(QStringLiteral("amount")) != nullptr; }));
    QVERIFY(tabTo(QStringLiteral("amount")));
    type(QStringLiteral("12"));
    QVERIFY(tabTo(QStringLiteral("reasonCode")));
    press(Qt::Key_Down);
    QVERIFY(tabTo(QStringLiteral("reason")));
    type(QStringLiteral("Lost event, ticket 4711"));
    QVERIFY(doTheDeed(previewVerb));
    QVERIFY(doTheDeed(QStringLiteral("12")));
    QVERIFY(waitFor([] { return visibleWidget(QStringLiteral("copyReceipt")) != nullptr; }));
    QCOMPARE(stored(demo.storeFile(), device), (Stored{before.value + 12, before.rows + 1, before.serial}));

    // Reverse it from the receipt.
    QVERIFY(waitFor([] {
        QWidget* reverse = visibleWidget(QStringLiteral("reverse"));
        return reverse && reverse->isEnabled();
    }));
    QVERIFY(tabTo(QStringLiteral("reverse")));
    press(Qt::Key_Space);
    QVERIFY(waitFor([] {
        return visibleWidget(QStringLiteral("copyReceipt")) == nullptr && visibleWidget(QStringLiteral("reason"));
    }));
    QVERIFY(tabTo(QStringLiteral("reasonCode")));
    press(Qt::Key_Down);
    QVERIFY(tabTo(QStringLiteral("reason")));
    type(QStringLiteral("Was a duplicate"));
    QVERIFY(doTheDeed(previewVerb));
    QVERIFY(doTheDeed(QStringLiteral("12")));
    QVERIFY(waitFor([] { return visibleWidget(QStringLiteral("copyReceipt")) != nullptr; }));
    QCOMPARE(stored(demo.storeFile(), device), (Stored{before.value, before.rows + 2, before.serial}));
    press(Qt::Key_Escape);
    QVERIFY(waitFor([] { return QApplication::activeModalWidget() == nullptr; }));

    // Simulate a population.
    QApplication::setActiveWindow(&demo.window());
    press(Qt::Key_4, Qt::ControlModifier);
    QVERIFY(waitFor(
        [] { return visibleWidget(QStringLiteral("run")) && visibleWidget(QStringLiteral("run"))->isEnabled(); }));
    press(Qt::Key_R, Qt::ControlModifier);
    QVERIFY(waitFor([] { return visibleWidget(QStringLiteral("valueFan")) != nullptr; }));

    QVERIFY(hasNoLongGap("the story", gaps));
}

void StoryTest::everyStateIsNamedReachableAndUncut_data() {
    addLanguages();
}

void StoryTest::everyStateIsNamedReachableAndUncut() {
    QFETCH(ui::LanguageChoice, language);
    DemoConsole demo(60);
    demo.console().window().setLanguageChoice(language);
    QVERIFY(demo.start());
    demo.window().resize(1280, 720); // the least room
    QStringList faults;
    int stops = 0;
    const auto look = [&](const QString& name, QWidget& window) {
        ++stops;
        for (const QString& fault : faultsOf(*windowInUse(window)))
            faults << name + QStringLiteral(": ") + fault;
    };
    QVERIFY(takeTour(demo, look));
    QVERIFY(visitOtherStores(
        [language](app::Console& console) {
            console.window().setLanguageChoice(language);
            console.window().resize(1280, 720);
        },
        look));
    for (const QString& fault : faults) // one by one: a failure's own message is cut
        qWarning("%s", qPrintable(fault));
    QVERIFY2(faults.isEmpty(), qPrintable(faults.value(0)));
    qInfo("%d states were looked at", stops);
}

void StoryTest::everyScreenAnswersWhileItWorks() {
    DemoConsole demo(app::ConsoleOptions().demoDevices); // the whole demo store: small ones hide slow queries
    QVERIFY(demo.start());
    app::Console& console = demo.console();
    GapMeter gaps;

    press(Qt::Key_1, Qt::ControlModifier);
    const auto overview = [&console] { return console.overviewScreen()->overview(); };
    QVERIFY(waitFor([&overview] { return overview().has_value(); }));
    const QDate shown = overview()->shownDate;
    press(Qt::Key_Left, Qt::ControlModifier);
    QVERIFY(waitFor([&] { return overview()->shownDate == shown.addDays(-1); }));
    QVERIFY(tabTo(QStringLiteral("overviewRange")));
    press(Qt::Key_End);
    QVERIFY(waitFor([&overview] { return overview()->days.size() >= 90; }));
    QVERIFY(hasNoLongGap("overview", gaps));

    press(Qt::Key_2, Qt::ControlModifier);
    QVERIFY(waitFor([] { return rowsOf("deviceTable") > 1 && rowsOf("timelineTable") > 0; }));
    QVERIFY(tabTo(QStringLiteral("deviceTable")));
    for (int i = 0; i < 5; ++i)
        press(Qt::Key_Down);
    QVERIFY(tabTo(QStringLiteral("userLink")));
    press(Qt::Key_Space);
    QVERIFY(waitFor([] { return rowsOf("bindingTable") > 0; }));
    QVERIFY(hasNoLongGap("devices", gaps));

    press(Qt::Key_3, Qt::ControlModifier);
    QVERIFY(waitFor([&console] { return console.levelsScreen()->report().has_value(); }));
    QVERIFY(hasNoLongGap("levels", gaps));

    press(Qt::Key_4, Qt::ControlModifier);
    QVERIFY(waitFor(
        [] { return visibleWidget(QStringLiteral("run")) && visibleWidget(QStringLiteral("run"))->isEnabled(); }));
    QVERIFY(hasNoLongGap("simulation, opening", gaps));
    press(Qt::Key_R, Qt::ControlModifier);
    QVERIFY(waitFor([&console] { return console.simulationScreen()->outcome().has_value(); }));
    QVERIFY(hasNoLongGap("simulation, running", gaps));
    QVERIFY(tabTo(QStringLiteral("rule_set.rules[0].daily_cap")));
    for (int i = 0; i < 4; ++i)
        press(Qt::Key_Up);
    QVERIFY(waitFor([&console] {
        const auto& outcome = console.simulationScreen()->outcome();
        return outcome->comparison.has_value() && outcome->isWhole();
    }));
    QVERIFY(hasNoLongGap("simulation, dragging", gaps));
    QVERIFY(tabTo(QStringLiteral("views")));
    for (const char* shownThere : {"outcomes", "rewardCost", "personaGains", "storyEvents", "sections"}) {
        press(Qt::Key_Right);
        QVERIFY2(waitFor([shownThere] { return visibleWidget(QString::fromLatin1(shownThere)) != nullptr; }),
                 shownThere);
        if (qstrcmp(shownThere, "storyEvents") == 0)
            QVERIFY(waitFor([] { return rowsOf("storyEvents") > 0; }));
        QTest::qWait(200); // painted once
        QVERIFY(hasNoLongGap(shownThere, gaps));
    }
}

void StoryTest::aStoreThatIsNotThereIsExplained() {
    QTemporaryDir folder;
    app::ConsoleOptions options;
    options.connection.url = QStringLiteral("sqlite:") + folder.filePath(QStringLiteral("missing.sqlite"));
    options.settingsFile = folder.filePath(QStringLiteral("settings.json"));
    app::Console console(std::move(options));
    console.start();
    QApplication::setActiveWindow(&console.window());
    const auto cover = [] { return visibleWidget(QStringLiteral("startCover")); };
    QVERIFY(waitFor([&cover] {
        QWidget* widget = cover();
        if (!widget)
            return false;
        for (const QLabel* label : widget->findChildren<QLabel*>()) {
            if (label->text().contains(QLatin1String("missing.sqlite")))
                return true;
        }
        return false;
    }));
}

} // namespace affinity::test
