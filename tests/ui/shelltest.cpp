#include "tests/ui/testlist.h"

#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/style.h"
#include "ui/shared/textlabel.h"
#include "ui/shell/dialogframe.h"
#include "ui/shell/environmentstrip.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/rail.h"
#include "ui/shell/statusbar.h"

#include <QApplication>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QtTest>

namespace affinity::ui::tests {
namespace {

QString text(const char* words) {
    return QString::fromUtf8(words);
}

/// A window with two screens on a settings file of its own.
struct Fixture {
    QTemporaryDir scratch;
    Settings settings{scratch.filePath(QStringLiteral("settings.json"))};
    JobList jobs;
    int refreshes = 0;
    std::unique_ptr<MainWindow> window = make();

    std::unique_ptr<MainWindow> make() {
        auto made = std::make_unique<MainWindow>(settings, jobs);
        made->setScreens(
            {{text("devices"), text("Devices"), Icon::Devices, new QWidget, false, [this] { ++refreshes; }},
             {text("simulation"), text("Simulation"), Icon::Simulation, new QWidget, false, {}}});
        return made;
    }
};

ConnectionState production(LockState lock) {
    ConnectionState state;
    state.environment = Environment::Production;
    state.storeName = text("affinity-prod-sh");
    state.link = LinkState::Connected;
    state.lock = lock;
    state.operatorName = text("lin.yue");
    state.zone = QTimeZone("Asia/Shanghai");
    return state;
}

class ShellTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { applyTheme(*qApp, Theme::Light); }

    void theRailMovesByArrowKeys() {
        Fixture f;
        auto* rail = f.window->findChild<Rail*>();
        QCOMPARE(f.window->currentScreen(), text("devices"));
        QTest::keyClick(rail, Qt::Key_Down);
        QCOMPARE(f.window->currentScreen(), text("simulation"));
        QTest::keyClick(rail, Qt::Key_Down);
        QCOMPARE(f.window->currentScreen(), text("simulation"));
        QTest::keyClick(rail, Qt::Key_Home);
        QCOMPARE(f.window->currentScreen(), text("devices"));
    }

    void theRailMovesByMouse() {
        Fixture f;
        auto* rail = f.window->findChild<Rail*>();
        QTest::mouseClick(rail, Qt::LeftButton, {}, rail->itemRect(1).center());
        QCOMPARE(f.window->currentScreen(), text("simulation"));
    }

    void controlAndADigitReachEveryScreen() {
        Fixture f;
        f.window->show();
        QVERIFY(QTest::qWaitForWindowActive(f.window.get()));
        QTest::keyClick(f.window.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(f.window->currentScreen(), text("simulation"));
        QTest::keyClick(f.window.get(), Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(f.window->currentScreen(), text("devices"));
    }

    void f5RefreshesTheScreenOnShow() {
        Fixture f;
        f.window->show();
        QVERIFY(QTest::qWaitForWindowActive(f.window.get()));
        QTest::keyClick(f.window.get(), Qt::Key_F5);
        QCOMPARE(f.refreshes, 1);
        f.window->showScreen(text("simulation"));
        QTest::keyClick(f.window.get(), Qt::Key_F5);
        QCOMPARE(f.refreshes, 1);
    }

    void anUnknownScreenIsRefused() {
        Fixture f;
        QVERIFY(!f.window->showScreen(text("nowhere")));
        QCOMPARE(f.window->currentScreen(), text("devices"));
    }

    void theNextStartShowsTheSameScreenAndTheme() {
        Fixture f;
        f.window->showScreen(text("simulation"));
        f.window->setThemeChoice(ThemeChoice::Dark);
        f.window.reset();
        f.window = f.make();
        QCOMPARE(f.window->currentScreen(), text("simulation"));
        QCOMPARE(f.window->themeChoice(), ThemeChoice::Dark);
        QCOMPARE(tokens().theme, Theme::Dark);
    }

    void closingAsksTheScreenThatWouldLoseEdits() {
        Fixture f;
        std::function<void()> proceed;
        f.window = std::make_unique<MainWindow>(f.settings, f.jobs);
        f.window->setScreens({{text("devices"), text("Devices"), Icon::Devices, new QWidget, false, {}},
                              {text("simulation"),
                               text("Simulation"),
                               Icon::Simulation,
                               new QWidget,
                               false,
                               {},
                               [&proceed](const std::function<void()>& whenLeft) { proceed = whenLeft; }}});
        f.window->show();
        QVERIFY(!f.window->close()); // the answer is still to come
        QVERIFY(f.window->isVisible());
        QVERIFY(proceed);
        proceed();
        QVERIFY(!f.window->isVisible());
    }

    void theOperatorsNameLeadsToSigningIn() {
        Fixture f;
        QSignalSpy asked(f.window.get(), &MainWindow::unlockRequested);
        f.window->setConnectionState(production(LockState::ReadOnly));
        f.window->findChild<QPushButton*>(text("operator"))->click();
        QCOMPARE(asked.count(), 1);
    }

    void damagedGeometryIsReplaced() {
        Fixture f;
        f.window->resize(1300, 800);
        f.window->close();
        QJsonObject kept = f.settings.value(text("window/geometry")).toObject();
        const QByteArray whole = f.settings.state(text("window/geometry"));
        QVERIFY(!whole.isEmpty());
        kept[text("bytes")] = QString::fromLatin1(whole.left(whole.size() / 2).toBase64());
        f.settings.setValue(text("window/geometry"), kept);
        f.window.reset();
        f.window = f.make();
        QCOMPARE(f.window->size(), QSize(1440, 900));
    }

    void aBannerStaysUntilItsCauseGoesAndDoesItsLastDeed() {
        Fixture f;
        f.window->show();
        QString done;
        BannerText words;
        words.what = text("Redis does not answer.");
        words.action = text("Show");
        f.window->showBanner(text("counters"), words, [&done] { done += text("first"); });
        words.what = text("Redis lost its counters.");
        f.window->showBanner(text("counters"), words, [&done] { done += text("second"); });
        const auto banners = f.window->findChildren<Banner*>(text("countersBanner"));
        QCOMPARE(banners.size(), 1);
        QVERIFY(banners.front()->isVisible());
        QCOMPARE(banners.front()->accessibleName(), words.what);
        Q_EMIT banners.front()->acted();
        QCOMPARE(done, text("second"));
        f.window->removeBanner(text("counters"));
        QVERIFY(!f.window->findChild<BannerStack*>(text("windowBanners"))->isVisible());
        f.window->removeBanner(text("counters")); // nothing is left to remove
    }

    void aDismissedBannerIsToldAndComesBackWhenItIsShownAgain() {
        Fixture f;
        f.window->show();
        int dismissals = 0;
        BannerText words;
        words.what = text("3 rewards were not delivered.");
        words.isDismissible = true;
        const auto show = [&] { f.window->showBanner(text("rewards"), words, {}, [&dismissals] { ++dismissals; }); };
        show();
        f.window->findChild<Banner*>(text("rewardsBanner"))->findChild<IconButton*>()->click();
        QCOMPARE(dismissals, 1);
        QCOMPARE(f.window->findChild<BannerStack*>(text("windowBanners"))->count(), 0);
        show();
        QCOMPARE(f.window->findChild<BannerStack*>(text("windowBanners"))->count(), 1);
    }

    void theRailCollapsesInNarrowWindows() {
        Fixture f;
        f.window->resize(1440, 900);
        f.window->show();
        auto* rail = f.window->findChild<Rail*>();
        QCOMPARE(rail->width(), 176);
        f.window->resize(1280, 720);
        QCoreApplication::processEvents();
        QCOMPARE(rail->width(), 56);
    }

    void cancelOfTheStatusBarReachesTheJobOnce() {
        Fixture f;
        f.window->show();
        int cancels = 0;
        const JobList::JobId job = f.jobs.start(text("Exporting"), [&] { ++cancels; });
        f.jobs.report(job, 0.5);
        auto* button = f.window->findChild<Button*>(text("cancelJob"));
        QVERIFY(button->isVisible());
        button->click();
        QCOMPARE(cancels, 1);
        QVERIFY(!button->isEnabled());
        f.jobs.cancel(job);
        QCOMPARE(cancels, 1);
        QCOMPARE(f.window->findChild<TextLabel*>(text("jobTitle"))->text(), text("Cancelling: Exporting"));
        f.jobs.finish(job);
        QVERIFY(!button->isVisible());
    }

    void aJobMayEndInsideItsOwnCancel() {
        JobList jobs;
        JobList::JobId job = 0;
        job = jobs.start(text("Short"), [&] { jobs.finish(job); });
        jobs.cancel(job);
        QCOMPARE(jobs.count(), 0);
        jobs.report(job, 0.9); // late reports of ended jobs are ignored
        QVERIFY(!jobs.isRunning(job));
    }

    void aJobWithoutCancelHasNoButton() {
        Fixture f;
        f.window->show();
        f.jobs.start(text("Committing"));
        QVERIFY(!f.window->findChild<Button*>(text("cancelJob"))->isVisible());
    }

    void theStripOffersUnlockingOnlyWhereItIsPossible() {
        EnvironmentStrip strip(EnvironmentStrip::Place::Window);
        strip.resize(1000, 40);
        strip.show();
        auto* button = strip.findChild<Button*>(text("lockButton"));
        QSignalSpy unlock(&strip, &EnvironmentStrip::unlockRequested);
        QSignalSpy lock(&strip, &EnvironmentStrip::lockRequested);
        strip.setState(production(LockState::ReadOnly));
        QVERIFY(button->isVisible());
        button->click();
        QCOMPARE(unlock.count(), 1);
        strip.setState(production(LockState::Unlocked));
        button->click();
        QCOMPARE(lock.count(), 1);
        strip.setState(production(LockState::WriteForbidden));
        QVERIFY(!button->isVisible());
        ConnectionState lost = production(LockState::ReadOnly);
        lost.link = LinkState::Lost;
        strip.setState(lost);
        QVERIFY(!button->isVisible());
        QVERIFY(strip.accessibleName().contains(text("Link lost")));
    }

    void environmentIsSaidInWords() {
        EnvironmentStrip strip(EnvironmentStrip::Place::Dialog);
        strip.setState(production(LockState::ReadOnly));
        QCOMPARE(strip.accessibleName(), text("Production, affinity-prod-sh, Read-only"));
        QCOMPARE(strip.height(), 36);
    }

    void timeLeftForWritingIsShown() {
        ConnectionState state = production(LockState::Unlocked);
        state.unlockedSeconds = 702;
        QCOMPARE(lockText(state), text("Writing, 11:42 left"));
    }

    void controlShiftTGoesRoundTheThemes() {
        Fixture f;
        f.window->show();
        QVERIFY(QTest::qWaitForWindowActive(f.window.get()));
        f.window->setThemeChoice(ThemeChoice::Light);
        QTest::keyClick(f.window.get(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(f.window->themeChoice(), ThemeChoice::Dark);
        QCOMPARE(tokens().theme, Theme::Dark);
    }

    void theDeedNeedsTheTypedName() {
        DialogFrame dialog(text("Adjust value"), production(LockState::Unlocked));
        QSignalSpy deed(&dialog, &DialogFrame::deedRequested);
        dialog.setDeed(text("Add 540 points"));
        dialog.requireTypedName(text("To write 6 rows to production, type"), text("affinity-prod-sh"));
        QVERIFY(!dialog.deedButton()->isEnabled());
        auto* field = dialog.findChild<QLineEdit*>(text("typedName"));
        field->setText(text("affinity-prod"));
        QVERIFY(!dialog.deedButton()->isEnabled());
        field->setText(text("affinity-prod-sh"));
        QVERIFY(dialog.deedButton()->isEnabled());
        dialog.setDeedBlocked(text("The device moved since the preview."));
        QVERIFY(!dialog.deedButton()->isEnabled());
        QCOMPARE(dialog.deedButton()->toolTip(), text("The device moved since the preview."));
        dialog.setDeedBlocked({});
        dialog.deedButton()->click();
        QCOMPARE(deed.count(), 1);
    }

    void noDialogIsLargerThanTheSmallestWindow() {
        DialogFrame dialog(text("Adjust value"), production(LockState::Unlocked));
        QVERIFY(dialog.maximumWidth() <= 1200);
        QVERIFY(dialog.maximumHeight() <= 680);
    }
};

} // namespace

std::unique_ptr<QObject> shellTest() {
    return std::make_unique<ShellTest>();
}

} // namespace affinity::ui::tests

#include "shelltest.moc"
