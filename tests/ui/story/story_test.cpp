#include "tests/ui/story/story_test.h"

#include "engine/base/clock.h"
#include "engine/store/open.h"
#include "tests/support/gapmeter.h"
#include "tests/ui/story/keyboard.h"

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

    friend bool operator==(const Stored&, const Stored&) = default;
};

Stored stored(const QString& file, base::DeviceId id) {
    const base::SystemClock clock;
    const auto store = store::open(QStringLiteral("sqlite:") + file, store::Access::Read, clock);
    if (!store)
        return {};
    const auto device = (*store)->device(id);
    const auto page = (*store)->log({.deviceId = id, .limit = 10'000});
    if (!device || !*device || !page)
        return {};
    return {(*device)->binding.favorability, page->entries.size()};
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

} // namespace

void StoryTest::supportFixesADeviceAndADesignerSimulatesByKeyboard() {
    DemoConsole demo(40);
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
    type(QStringLiteral("MC-000003"));
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
    QVERIFY(doTheDeed(QStringLiteral("Preview")));
    QVERIFY(doTheDeed(QStringLiteral("12")));
    QVERIFY(waitFor([] { return visibleWidget(QStringLiteral("copyReceipt")) != nullptr; }));
    QCOMPARE(stored(demo.storeFile(), device), (Stored{before.value + 12, before.rows + 1}));

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
    QVERIFY(doTheDeed(QStringLiteral("Preview")));
    QVERIFY(doTheDeed(QStringLiteral("12")));
    QVERIFY(waitFor([] { return visibleWidget(QStringLiteral("copyReceipt")) != nullptr; }));
    QCOMPARE(stored(demo.storeFile(), device), (Stored{before.value, before.rows + 2}));
    press(Qt::Key_Escape);
    QVERIFY(waitFor([] { return QApplication::activeModalWidget() == nullptr; }));

    // Simulate a population.
    QApplication::setActiveWindow(&demo.window());
    press(Qt::Key_4, Qt::ControlModifier);
    QVERIFY(waitFor(
        [] { return visibleWidget(QStringLiteral("run")) && visibleWidget(QStringLiteral("run"))->isEnabled(); }));
    press(Qt::Key_R, Qt::ControlModifier);
    QVERIFY(waitFor([] { return visibleWidget(QStringLiteral("valueFan")) != nullptr; }));

    const Gap longest = gaps.longest();
    qInfo("longest gap: %.0f ms ours (%.0f ms on the wall, %.0f ms of CPU, the machine stalled %.0f ms)",
          longest.oursMs(), longest.wallMs, longest.cpuMs, longest.machineMs);
    QVERIFY(longest.oursMs() <= longestGapMs);
}

void StoryTest::aStoreThatIsNotThereIsExplained() {
    QTemporaryDir folder;
    app::ConsoleOptions options;
    options.connection.url = QStringLiteral("sqlite:") + folder.filePath(QStringLiteral("missing.sqlite"));
    options.settingsFile = folder.filePath(QStringLiteral("window.ini"));
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
