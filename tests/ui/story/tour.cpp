#include "tests/ui/story/tour.h"

#include "engine/base/clock.h"
#include "engine/store/open.h"
#include "tests/support/planteddeliveries.h"
#include "ui/adjustments/signindialog.h"
#include "ui/devices/devicelist.h"
#include "ui/devices/devicesscreen.h"
#include "ui/levels/levelsscreen.h"
#include "ui/overview/overviewscreen.h"
#include "ui/rewards/deliveriesdialog.h"
#include "ui/shared/messagedialog.h"
#include "ui/shared/segmentedcontrol.h"
#include "ui/shell/palette.h"
#include "ui/simulation/simulationscreen.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QMenu>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTableView>
#include <QTest>
#include <QTimer>

namespace affinity::test {
namespace {

constexpr int settleMs = 150;

bool isGone(const char* objectName) {
    return waitFor([objectName] { return visibleWidget(QString::fromLatin1(objectName)) == nullptr; });
}

/// Whether the list of deliveries is open and has been answered.
bool areDeliveriesRead() {
    return waitFor([] {
        const auto* dialog = qobject_cast<ui::DeliveriesDialog*>(QApplication::activeModalWidget());
        return dialog && (dialog->model().state() == ui::DeliveryModel::State::Ready ||
                          dialog->model().state() == ui::DeliveryModel::State::Failed);
    });
}

/// Takes the table of deliveries away under a running console.
void dropDeliveries(const QString& file) {
    const QString name = QStringLiteral("tour");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(file);
        if (!database.open() ||
            !QSqlQuery(database).exec(QStringLiteral("DROP TABLE affinity_console_reward_delivery")))
            qFatal("%s cannot be damaged", qPrintable(file));
    }
    QSqlDatabase::removeDatabase(name);
}

bool isThere(const char* objectName) {
    return waitFor([objectName] { return visibleWidget(QString::fromLatin1(objectName)) != nullptr; });
}

void choosePart(const char* segmentedControl, int part) {
    if (auto* control = qobject_cast<ui::SegmentedControl*>(visibleWidget(QString::fromLatin1(segmentedControl)))) {
        control->setCurrent(part);
        Q_EMIT control->currentChanged(part);
    }
}

/// One walk through one console.
class Tour {
public:
    Tour(DemoConsole& demo, const AtStop& stop) : m_demo(demo), m_stop(stop) {}

    bool take() {
        return overview() && levels() && devices() && records() && userAndFilters() && adjust() && reverse() &&
               signIn() && simulation() && comparison() && scenario() && frame() && settings() && help() &&
               counters() && rewards();
    }

private:
    app::Console& console() { return m_demo.console(); }
    ui::MainWindow& window() { return console().window(); }

    void stop(const char* name) {
        QTest::qWait(settleMs); // late answers and the paint after them
        m_stop(QString::fromLatin1(name), window());
    }

    /// A window beside the main one.
    bool stopAtWindow(const char* name, const char* command, const char* objectName) {
        window().commands().run(QString::fromLatin1(command));
        const auto opened = [objectName]() -> QWidget* {
            for (QWidget* widget : QApplication::topLevelWidgets()) {
                if (widget->isVisible() && widget->objectName() == QLatin1String(objectName))
                    return widget;
            }
            return nullptr;
        };
        if (!waitFor([&opened] { return opened() != nullptr; }))
            return false;
        QApplication::setActiveWindow(opened());
        QTest::qWait(settleMs);
        m_stop(QString::fromLatin1(name), *opened());
        opened()->close();
        QApplication::setActiveWindow(&window());
        return true;
    }

    /// A menu runs an event loop of its own: the stop is made within it, then the menu is closed.
    void stopInMenu(const char* name, const std::function<void()>& open) {
        QTimer::singleShot(settleMs, &window(), [this, name] {
            stop(name);
            while (QWidget* popup = QApplication::activePopupWidget())
                popup->close();
        });
        open();
        waitFor([] { return QApplication::activePopupWidget() == nullptr; });
    }

    void closeDialogs() {
        while (QWidget* dialog = QApplication::activeModalWidget()) {
            dialog->close();
            QTest::qWait(20);
        }
        QApplication::setActiveWindow(&window());
    }

    void clickButton(const char* objectName) {
        if (auto* button = qobject_cast<QAbstractButton*>(visibleWidget(QString::fromLatin1(objectName))))
            button->click();
    }

    void search(const QString& text) {
        press(Qt::Key_F, Qt::ControlModifier);
        press(Qt::Key_A, Qt::ControlModifier);
        press(Qt::Key_Delete);
        type(text);
        press(Qt::Key_Return);
    }

    bool overview() {
        window().showScreen(QStringLiteral("overview"));
        ui::OverviewScreen& screen = *console().overviewScreen();
        if (!waitFor([&] { return screen.overview().has_value(); }))
            return false;
        stop("00-overview");
        screen.setState({ui::OverviewRange::Month, ui::ActivityMeasure::Points, {}});
        QTest::qWait(settleMs);
        stop("01-overview-30-days");
        screen.setState({ui::OverviewRange::Day, ui::ActivityMeasure::Events, {}});
        return true;
    }

    bool levels() {
        window().showScreen(QStringLiteral("levels"));
        if (!waitFor([&] { return console().levelsScreen()->report().has_value(); }))
            return false;
        stop("02-levels");
        return true;
    }

    bool devices() {
        window().showScreen(QStringLiteral("devices"));
        search({});
        if (!isThere("timelineTable"))
            return false;
        stop("03-devices");
        tabTo(QStringLiteral("timelineTable"));
        press(Qt::Key_Home, Qt::ControlModifier);
        press(Qt::Key_Space);
        if (!isThere("why"))
            return false;
        QTest::qWait(settleMs);
        stop("04-why");
        press(Qt::Key_Space);
        search(QStringLiteral("no such device"));
        QTest::qWait(settleMs);
        stop("05-no-match");
        search({});
        return isThere("timelineTable");
    }

    /// The other tabs under a device.
    bool records() {
        choosePart("recordTabs", 1);
        stop("06-grants");
        choosePart("recordTabs", 2);
        stop("07-counters");
        choosePart("recordTabs", 0);
        clickButton("askMissing");
        if (!isThere("missingPanel"))
            return false;
        clickButton("explainMissing");
        QTest::qWait(settleMs);
        stop("08-missing");
        clickButton("closeMissing");
        return isThere("timelineTable");
    }

    bool userAndFilters() {
        press(Qt::Key_U, Qt::AltModifier);
        if (!isThere("userTimelineTable"))
            return false;
        stop("09-user");
        press(Qt::Key_Left, Qt::AltModifier);
        search(QStringLiteral("mo"));
        QTest::qWait(settleMs);
        press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        if (!waitFor([] { return QApplication::activePopupWidget() != nullptr; }))
            return false;
        stop("10-saved-filters");
        if (QWidget* menu = QApplication::activePopupWidget()) {
            if (auto* saving = menu->findChild<QAction*>(QStringLiteral("saveCurrent")))
                saving->trigger();
            menu->close();
        }
        if (isThere("filterName")) { // saved already in a tour before
            type(QStringLiteral("Called Mo"));
            stop("11-save-filter");
            press(Qt::Key_Return);
        }
        stop("12-filter-in-force");
        search({});
        return isThere("timelineTable");
    }

    bool adjust() {
        press(Qt::Key_J, Qt::ControlModifier);
        if (!isThere("amount"))
            return false;
        stop("20-adjust");
        tabTo(QStringLiteral("amount"));
        type(QStringLiteral("9000"));
        tabTo(QStringLiteral("reasonCode"));
        press(Qt::Key_Down);
        tabTo(QStringLiteral("reason"));
        type(QStringLiteral("Lost event, ticket 4711"));
        if (!preview(QStringLiteral("9,000"), "21-adjust-over-the-limit"))
            return false;
        clickButton("back");
        if (!isThere("amount"))
            return false;
        tabTo(QStringLiteral("amount"));
        press(Qt::Key_A, Qt::ControlModifier);
        type(QStringLiteral("340"));
        if (!preview(QStringLiteral("340"), "22-adjust-preview"))
            return false;
        clickButton("deed");
        if (!isThere("copyReceipt"))
            return false;
        stop("23-adjust-receipt");
        return true;
    }

    /// From the form to the preview, which names the points.
    bool preview(const QString& points, const char* name) {
        if (!waitFor([] { return visibleWidget(QStringLiteral("deed"))->isEnabled(); }))
            return false;
        clickButton("deed");
        const auto isPreviewed = [&points] { return textOf(QStringLiteral("deed")).contains(points); };
        if (!waitFor(isPreviewed))
            return false;
        stop(name);
        return true;
    }

    bool reverse() {
        if (!waitFor([] {
                QWidget* button = visibleWidget(QStringLiteral("reverse"));
                return button && button->isEnabled();
            }))
            return false;
        clickButton("reverse");
        if (!waitFor([] {
                return !visibleWidget(QStringLiteral("copyReceipt")) && visibleWidget(QStringLiteral("reason"));
            }))
            return false;
        stop("24-reverse");
        tabTo(QStringLiteral("reasonCode"));
        press(Qt::Key_Down);
        tabTo(QStringLiteral("reason"));
        type(QStringLiteral("Was a duplicate"));
        if (!preview(QStringLiteral("340"), "25-reverse-preview"))
            return false;
        clickButton("deed");
        if (!isThere("copyReceipt"))
            return false;
        stop("26-reverse-receipt");
        closeDialogs();
        return true;
    }

    bool signIn() {
        ui::SignInDialog::open(*console().workspace(), &window());
        if (!isThere("username"))
            return false;
        stop("27-sign-in");
        tabTo(QStringLiteral("username"));
        type(QStringLiteral("demo-support"));
        tabTo(QStringLiteral("password"));
        type(QStringLiteral("wrong"));
        clickButton("deed");
        if (!waitFor([] {
                QWidget* password = visibleWidget(QStringLiteral("password"));
                return password && password->isEnabled();
            }))
            return false;
        stop("28-sign-in-refused");
        closeDialogs();
        return true;
    }

    bool simulation() {
        window().showScreen(QStringLiteral("simulation"));
        ui::SimulationScreen& screen = *console().simulationScreen();
        if (!waitFor([&] { return screen.draft().isOpen(); }))
            return false;
        if (!screen.outcome())
            stop("30-simulation-empty");
        screen.run();
        if (!waitFor([&] { return screen.outcome() && screen.outcome()->isWhole() && !screen.isRunning(); }))
            return false;
        screen.showView(ui::SimulationView::Values);
        stop("31-simulation-values");
        screen.showView(ui::SimulationView::Gains);
        stop("32-simulation-nothing-to-compare");
        return true;
    }

    /// Draft against baseline.
    bool comparison() {
        ui::SimulationScreen& screen = *console().simulationScreen();
        screen.draft().setNumber({ui::Member::DailyCap, 0, 0, {}}, 20);
        screen.run();
        if (!waitFor([&] { return screen.outcome() && screen.outcome()->comparison && screen.outcome()->isWhole(); }))
            return false;
        const std::pair<ui::SimulationView, const char*> views[] = {{ui::SimulationView::Values, "33-compare-values"},
                                                                    {ui::SimulationView::Rules, "34-compare-rules"},
                                                                    {ui::SimulationView::Rewards, "35-compare-rewards"},
                                                                    {ui::SimulationView::Gains, "36-compare-gains"},
                                                                    {ui::SimulationView::Storyline, "37-storyline"}};
        for (const auto& [view, name] : views) {
            screen.showView(view);
            QTest::qWait(settleMs);
            stop(name);
        }
        return true;
    }

    bool scenario() {
        ui::SimulationScreen& screen = *console().simulationScreen();
        screen.showView(ui::SimulationView::Scenario);
        const char* const sections[] = {"40-scenario-rules",    "41-scenario-levels",   "42-scenario-setting",
                                        "43-scenario-personas", "44-scenario-calendar", "45-scenario-run"};
        int section = 0;
        for (const char* name : sections) {
            choosePart("sections", section++);
            stop(name);
        }
        screen.draft().setText({ui::Member::DailyCap, 0, 0, {}}, QStringLiteral("-5"));
        choosePart("sections", 0);
        stop("46-scenario-finding");
        screen.draft().undo();
        stopInMenu("47-simulation-menu", [this] { clickButton("more"); });
        screen.leave([] {});
        stop("48-unsaved-edits");
        closeDialogs();
        screen.showView(ui::SimulationView::Values);
        return true;
    }

    bool frame() {
        window().showScreen(QStringLiteral("devices"));
        stopInMenu("50-theme-menu", [this] { clickButton("themeButton"); });
        stopInMenu("51-language-menu", [this] { clickButton("languageButton"); });
        stopInMenu("52-perspective-menu", [this] { clickButton("perspectiveButton"); });
        ui::showProblem(&window(), QStringLiteral("demo.sqlite"), QStringLiteral("disk I/O error"));
        stop("53-problem");
        closeDialogs();
        return true;
    }

    bool settings() {
        window().showScreen(QStringLiteral("settings"));
        stop("54-settings");
        window().openShortcuts();
        if (!isThere("closeShortcuts"))
            return false;
        stop("55-shortcuts");
        closeDialogs();
        window().showScreen(QStringLiteral("devices"));
        window().palette().open();
        stop("56-palette");
        window().palette().search(QStringLiteral("sim"));
        QTest::qWait(2 * settleMs); // devices are asked for
        stop("57-palette-found");
        window().palette().search(QStringLiteral("zzzz"));
        QTest::qWait(2 * settleMs);
        stop("58-palette-nothing");
        window().palette().close();
        return true;
    }

    bool help() {
        return stopAtWindow("60-help", "help.page", "helpWindow") &&
               stopAtWindow("61-help-contents", "help.contents", "helpWindow") &&
               stopAtWindow("62-log", "help.log", "logView") && stopAtWindow("63-about", "help.about", "aboutDialog");
    }

    /// Redis away, then lost and being rebuilt, as the engine tells it; the banner goes with its cause.
    bool counters() {
        window().showScreen(QStringLiteral("overview"));
        Engine& engine = console().workspace()->engine();
        const base::Error error{base::ErrorKind::CannotConnect,
                                QStringLiteral("Redis at 127.0.0.1:6379, database 0 wants a password. Enter user and "
                                               "password in the connection.")};
        Q_EMIT engine.countersChanged({CounterState::Unreachable, {}, error});
        if (!isThere("countersBanner"))
            return false;
        stop("64-counters-away");
        window().showScreen(QStringLiteral("devices"));
        stop("64-counters-away-elsewhere");
        window().showScreen(QStringLiteral("overview"));
        Q_EMIT engine.countersChanged({CounterState::Lost, {}, {}});
        stop("65-counters-lost");
        Q_EMIT engine.countersChanged({CounterState::Rebuilding, {}, {}});
        stop("66-counters-rebuilding");
        Q_EMIT engine.countersChanged({CounterState::InProcess, {}, {}});
        return isGone("countersBanner");
    }

    /// Deliveries of every state; the relay finds those that were given up, until they are sent again.
    bool rewards() {
        std::vector<store::RewardDelivery> planted = deliveriesOfEachState(console().workspace()->nowUs(), 37);
        for (store::RewardDelivery& delivery : planted) {
            for (const rules::Level& level : console().workspace()->ruleSet().levels) {
                if (level.level == delivery.level) {
                    delivery.name = level.name;
                    delivery.rewards = level.rewards;
                }
            }
        }
        plantDeliveries(QStringLiteral("sqlite:") + m_demo.storeFile(), planted);
        if (!isThere("rewardsBanner"))
            return false;
        stop("67-rewards-given-up");
        Engine& engine = console().workspace()->engine();
        Q_EMIT engine.countersChanged({CounterState::Lost, {}, {}});
        stop("67-two-banners");
        Q_EMIT engine.countersChanged({CounterState::InProcess, {}, {}});
        window().commands().run(QStringLiteral("rewards.deliveries"));
        if (!areDeliveriesRead())
            return false;
        stop("68-deliveries");
        choosePart("deliveryFilter", 3);
        if (!areDeliveriesRead())
            return false;
        stop("69-deliveries-given-up");
        for (int left = 2; left > 0; --left) {
            if (!waitFor([left] { return isSendable(left); }))
                return false;
            clickButton("deed");
        }
        if (!isThere("deliveryNotice"))
            return false;
        stop("69-deliveries-none-given-up");
        closeDialogs();
        return isGone("rewardsBanner");
    }

    /// So many deliveries are listed, and the chosen one can be sent again.
    static bool isSendable(int rows) {
        const auto* dialog = qobject_cast<ui::DeliveriesDialog*>(QApplication::activeModalWidget());
        return dialog && dialog->model().rowCount() == rows &&
               dialog->findChild<QWidget*>(QStringLiteral("deed"))->isEnabled();
    }

    DemoConsole& m_demo;
    const AtStop& m_stop;
};

} // namespace

namespace {

/// The list without rows, then over a store that lost its table.
bool deliveriesOfAnEmptyStore(app::Console& console, const QString& file, const AtStop& stop) {
    QApplication::setActiveWindow(&console.window());
    console.window().commands().run(QStringLiteral("rewards.deliveries"));
    if (!areDeliveriesRead())
        return false;
    QTest::qWait(settleMs);
    stop(QStringLiteral("78-deliveries-empty"), console.window());
    dropDeliveries(file);
    press(Qt::Key_F5);
    const auto isFailed = [] {
        const auto* dialog = qobject_cast<ui::DeliveriesDialog*>(QApplication::activeModalWidget());
        return dialog && dialog->model().state() == ui::DeliveryModel::State::Failed;
    };
    if (!waitFor(isFailed))
        return false;
    QTest::qWait(settleMs);
    stop(QStringLiteral("79-deliveries-unreadable"), console.window());
    QApplication::activeModalWidget()->close();
    return true;
}

} // namespace

bool takeTour(DemoConsole& demo, const AtStop& stop) {
    return Tour(demo, stop).take();
}

bool visitOtherStores(const std::function<void(app::Console&)>& prepare, const AtStop& stop) {
    QTemporaryDir folder;
    const QString missing = folder.filePath(QStringLiteral("missing.sqlite"));
    const QString empty = folder.filePath(QStringLiteral("empty.sqlite"));
    if (!store::createEmbedded(empty, base::SystemClock()))
        return false;
    const auto visit = [&](const QString& file, bool isReadOnly, Environment environment,
                           const std::function<bool(app::Console&)>& look) {
        app::ConsoleOptions options;
        options.connection = {QStringLiteral("sqlite:") + file, environment, isReadOnly};
        options.settingsFile = folder.filePath(QStringLiteral("settings.json"));
        app::Console console(std::move(options));
        prepare(console);
        console.start();
        QApplication::setActiveWindow(&console.window());
        return look(console);
    };
    const auto isOpen = [](app::Console& console) {
        return waitFor([&console] { return console.devicesScreen() != nullptr; });
    };
    const auto stopAt = [&stop](app::Console& console, const char* name, const char* screen) {
        console.window().showScreen(QString::fromLatin1(screen));
        QTest::qWait(2 * settleMs);
        stop(QString::fromLatin1(name), console.window());
    };
    return visit(missing, false, Environment::Dev,
                 [&](app::Console& console) {
                     QTest::qWait(4 * settleMs);
                     stop(QStringLiteral("70-store-not-there"), console.window());
                     return true;
                 }) &&
           visit(empty, true, Environment::Production,
                 [&](app::Console& console) {
                     if (!isOpen(console))
                         return false;
                     stopAt(console, "71-read-only-overview", "overview");
                     stopAt(console, "72-read-only-devices", "devices");
                     return true;
                 }) &&
           visit(empty, false, Environment::Staging,
                 [&](app::Console& console) {
                     if (!isOpen(console))
                         return false;
                     stopAt(console, "73-empty-overview", "overview");
                     stopAt(console, "74-empty-devices", "devices");
                     stopAt(console, "75-empty-levels", "levels");
                     console.window().showScreen(QStringLiteral("simulation"));
                     ui::Draft& draft = console.simulationScreen()->draft();
                     if (!waitFor([&draft] { return draft.isOpen(); }))
                         return false;
                     draft.setNumber({ui::Member::DailyCap, 0, 0, {}}, 21);
                     QTest::qWait(1000); // the draft is kept
                     return true;        // and nobody is asked: the program "dies"
                 }) &&
           visit(empty, false, Environment::Dev, [&](app::Console& console) {
               if (!isOpen(console))
                   return false;
               stopAt(console, "76-draft-found", "simulation");
               console.window().commands().run(QStringLiteral("simulation.drafts"));
               if (!isThere("draftChanges"))
                   return false;
               QTest::qWait(settleMs);
               stop(QStringLiteral("77-draft-changes"), console.window());
               QApplication::activeModalWidget()->close();
               return deliveriesOfAnEmptyStore(console, empty, stop);
           });
}

} // namespace affinity::test
