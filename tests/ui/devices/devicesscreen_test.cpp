#include "tests/ui/devices/devicesscreen_test.h"

#include "tests/ui/devices/demostore.h"
#include "ui/devices/devicedetailview.h"
#include "ui/devices/devicelist.h"
#include "ui/devices/missingpanel.h"
#include "ui/devices/timelinetable.h"
#include "ui/devices/timelineview.h"
#include "ui/devices/userpage.h"
#include "ui/shared/buttons.h"
#include "ui/shared/searchfield.h"
#include "ui/shared/tag.h"
#include "ui/shared/textlabel.h"
#include "ui/shared/whypanel.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

namespace affinity::test {

namespace {

constexpr int waitMs = 20'000; // the store answers in milliseconds; a loaded machine may take its time

template<typename Widget> Widget* child(const QWidget& in, const char* name) {
    return in.findChild<Widget*>(QLatin1String(name));
}

} // namespace

void DevicesScreenTest::initTestCase() {
    QVERIFY(m_folder.isValid());
    m_prototype = m_folder.filePath(QStringLiteral("prototype.sqlite"));
    QVERIFY(makeDemoStore(m_prototype, 3));
}

void DevicesScreenTest::init() {
    const QString copy = m_folder.filePath(QStringLiteral("store%1.sqlite").arg(++m_copies));
    QVERIFY(QFile::copy(m_prototype, copy));
    m_engine = std::make_unique<Engine>(Connection{QStringLiteral("sqlite:") + copy, Environment::Demo});
    auto opening = m_engine->open();
    QTRY_VERIFY_WITH_TIMEOUT(opening.isFinished(), waitMs);
    QVERIFY2(opening.result().isOk(), qPrintable(opening.result() ? QString() : opening.result().error().what));
    m_workspace = std::make_unique<ui::Workspace>(*m_engine, m_jobs, *opening.result());
    m_screen = std::make_unique<ui::DevicesScreen>(*m_workspace);
    m_commands = std::make_unique<CommandHost>(*m_screen, m_screen->commands());
    m_screen->resize(1264, 832);
    m_screen->show();
    QTRY_VERIFY_WITH_TIMEOUT(m_screen->detail().detail().has_value(), waitMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_screen->detail().timeline().model().state(), ui::TimelineModel::State::Ready, waitMs);
}

void DevicesScreenTest::cleanup() {
    m_commands.reset();
    m_screen.reset();
    m_workspace.reset();
    m_engine.reset();
}

void DevicesScreenTest::signIn() {
    access::Session session;
    session.person.id = base::OperatorId{1};
    session.person.username = QStringLiteral("lin.yue");
    session.role = access::Role::Designer;
    m_workspace->setSession(session);
}

void DevicesScreenTest::firstDeviceIsShownAndReconciled() {
    QCOMPARE(m_screen->detail().device(), demoDevice);
    QCOMPARE(child<ui::TextLabel>(*m_screen, "deviceName")->text(), QStringLiteral("Mochi"));
    const auto* tag = child<ui::Tag>(*m_screen, "reconciledTag");
    QTRY_VERIFY_WITH_TIMEOUT(tag->text() != QStringLiteral("Checking…"), waitMs);
    QCOMPARE(tag->text(), QStringLiteral("Reconciled"));
    QCOMPARE(child<ui::TextLabel>(*m_screen, "deviceRange")->text(), QStringLiteral("Showing 1 to 100"));
    const QAbstractItemModelTester list(&m_screen->list().model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester log(&m_screen->detail().timeline().model(),
                                       QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void DevicesScreenTest::searchWithoutMatchOffersToClearIt() {
    auto* search = child<ui::SearchField>(*m_screen, "deviceSearch");
    QTest::keyClicks(search, QStringLiteral("nothing is called this"));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>(*m_screen, "deviceNotice") != nullptr, waitMs);
    const auto* notice = child<QWidget>(*m_screen, "deviceNotice");
    QCOMPARE(notice->accessibleName(), QStringLiteral("No match"));
    auto* clear = notice->findChild<QAbstractButton*>();
    QVERIFY(clear);
    clear->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_screen->list().model().rowCount(), 100, waitMs);
    QVERIFY(search->text().isEmpty());
}

void DevicesScreenTest::arrowKeysMoveInTheListAndTheDetailFollows() {
    auto* table = child<QTableView>(*m_screen, "deviceTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(table, Qt::Key_Down);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_screen->detail().detail() && m_screen->detail().detail()->device.binding.id == base::DeviceId{3}, waitMs);
}

void DevicesScreenTest::footerPagesWithoutCounting() {
    auto* next = child<ui::IconButton>(*m_screen, "nextPage");
    const auto* range = child<ui::TextLabel>(*m_screen, "deviceRange");
    QVERIFY(!child<ui::IconButton>(*m_screen, "previousPage")->isEnabled());
    next->click();
    QTRY_COMPARE_WITH_TIMEOUT(range->text(), QStringLiteral("Showing 101 to 200"), waitMs);
    QTRY_VERIFY_WITH_TIMEOUT(next->isEnabled(), waitMs);
    next->click();
    QTRY_COMPARE_WITH_TIMEOUT(range->text(), QStringLiteral("Showing 201 to 254"), waitMs); // 6 are unbound
    QVERIFY(!next->isEnabled());
    child<ui::IconButton>(*m_screen, "previousPage")->click();
    QTRY_COMPARE_WITH_TIMEOUT(range->text(), QStringLiteral("Showing 101 to 200"), waitMs);
}

void DevicesScreenTest::enterOpensTheReasonOfARow() {
    ui::TimelineView& timeline = m_screen->detail().timeline();
    timeline.table().setCurrentIndex(timeline.model().index(0, 0));
    QTest::keyClick(&timeline.table(), Qt::Key_Return);
    QCOMPARE(timeline.model().openRow(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(
        child<ui::WhyPanel>(timeline, "why") &&
            child<ui::WhyPanel>(timeline, "why")->accessibleDescription().contains(QStringLiteral("Rule daily cap")),
        waitMs);
    QVERIFY(timeline.table().rowHeight(1) > 100);
    QTest::keyClick(&timeline.table(), Qt::Key_Space);
    QCOMPARE(timeline.model().openRow(), -1);
}

void DevicesScreenTest::missingEventIsExplained() {
    child<ui::Button>(*m_screen, "askMissing")->click();
    auto* panel = child<ui::MissingPanel>(*m_screen, "missingPanel");
    QVERIFY(panel->isVisible());
    panel->setAsked(QStringLiteral("no_such_rule"), {}, m_screen->detail().detail()->atUs);
    QCOMPARE(panel->asked().ruleKey, QStringLiteral("no_such_rule"));
    QCOMPARE(panel->asked().atUs / 1'000'000, m_screen->detail().detail()->atUs / 1'000'000);
    child<ui::Button>(*panel, "explainMissing")->click();
    QTRY_VERIFY_WITH_TIMEOUT(child<ui::WhyPanel>(*panel, "missingWhy")
                                 ->accessibleDescription()
                                 .startsWith(QStringLiteral("Nothing came: there is no live rule no_such_rule.")),
                             waitMs);
}

void DevicesScreenTest::adjustingIsBlockedWithItsReasonUntilSomebodySignsIn() {
    auto* adjust = child<ui::Button>(*m_screen, "adjust");
    QVERIFY(!adjust->isEnabled());
    QCOMPARE(adjust->toolTip(), m_workspace->writeObstacle());
    QCOMPARE(child<ui::TextLabel>(*m_screen, "adjustObstacle")->text(), m_workspace->writeObstacle());
    QCOMPARE(m_screen->detail().timeline().reverseObstacle(0), m_workspace->writeObstacle());
    signIn();
    QVERIFY(adjust->isEnabled());
    QVERIFY(child<ui::TextLabel>(*m_screen, "adjustObstacle")->text().isEmpty());
}

void DevicesScreenTest::adjustAndReverseAreAskedFor() {
    signIn();
    QSignalSpy adjusts(m_screen.get(), &ui::DevicesScreen::adjustRequested);
    QSignalSpy reversals(m_screen.get(), &ui::DevicesScreen::reverseRequested);
    child<ui::Button>(*m_screen, "adjust")->click();
    QCOMPARE(adjusts.size(), 1);
    ui::TimelineView& timeline = m_screen->detail().timeline();
    QApplication::setActiveWindow(m_screen.get());
    timeline.table().setFocus();
    timeline.table().setCurrentIndex(timeline.model().index(2, 0));
    QTest::keyClick(&timeline.table(), Qt::Key_R, Qt::ControlModifier);
    QCOMPARE(reversals.size(), 1);
    QCOMPARE(reversals.first().at(1).value<rules::LogRow>().id, timeline.model().entryAt(2)->row.id);
}

void DevicesScreenTest::aKeyThatCannotWorkSaysWhy() {
    QApplication::setActiveWindow(m_screen.get());
    QSignalSpy adjusts(m_screen.get(), &ui::DevicesScreen::adjustRequested);
    QTest::keyClick(m_screen.get(), Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(m_commands->refusal(), m_workspace->writeObstacle());
    QTest::keyClick(m_screen.get(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(m_commands->refusal(), QStringLiteral("There is no page to go back to."));
    signIn();
    QTest::keyClick(m_screen.get(), Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(adjusts.size(), 1);
}

void DevicesScreenTest::committedAdjustmentRefreshesDeviceAndList() {
    const int before = m_screen->detail().detail()->device.binding.favorability;
    service::ApplyResult result;
    result.outcome = rules::Outcome::Applied;
    result.afterValue = before + 20;
    result.newLevel = 6;
    QSignalSpy read(&m_screen->detail(), &ui::DeviceDetailView::deviceRead);
    Q_EMIT m_engine->applied(result, base::DeviceId{2});
    QCOMPARE(m_screen->list().model().rowAt(1)->binding.favorability, before + 20);
    QCOMPARE(read.size(), 0);
    // Of the device shown, the store's own row comes after it.
    Q_EMIT m_engine->applied(result, demoDevice);
    QCOMPARE(m_screen->list().model().rowAt(0)->binding.favorability, before + 20);
    QTRY_COMPARE_WITH_TIMEOUT(read.size(), 1, waitMs);
    QCOMPARE(m_screen->list().model().rowAt(0)->binding.favorability, before);
}

void DevicesScreenTest::snapshotGoesToTheClipboard() {
    QSignalSpy said(m_workspace.get(), &ui::Workspace::announced);
    child<ui::Button>(*m_screen, "copySnapshot")->click();
    QVERIFY2(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("Device Mochi, at ")),
             qPrintable(QGuiApplication::clipboard()->text()));
    QCOMPARE(said.size(), 1);
}

void DevicesScreenTest::userLinkOpensThePageOfTheUser() {
    m_screen->showDevice(base::DeviceId{40}); // an unbound one
    QTRY_VERIFY_WITH_TIMEOUT(
        m_screen->detail().detail() && m_screen->detail().detail()->device.binding.id == base::DeviceId{40}, waitMs);
    child<ui::Button>(*m_screen, "userLink")->click();
    QVERIFY(m_screen->isUserShown());
    QTRY_VERIFY_WITH_TIMEOUT(m_screen->userPage().isLoaded(), waitMs);
    QCOMPARE(m_screen->userPage().user(), base::UserId{40});
}

void DevicesScreenTest::unknownDeviceIsAnErrorWithAWayOn() {
    m_screen->showDevice(base::DeviceId{999'999});
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>(*m_screen, "detailError") != nullptr, waitMs);
    QVERIFY(child<QWidget>(*m_screen, "detailError")->findChild<QAbstractButton*>() != nullptr);
    m_screen->showDevice(demoDevice);
    QTRY_VERIFY_WITH_TIMEOUT(m_screen->detail().detail().has_value(), waitMs);
}

void DevicesScreenTest::tabGoesFromTheSearchOverTheListIntoTheDetail() {
    QStringList passed;
    for (QWidget* widget = m_screen->nextInFocusChain(); widget != m_screen.get();
         widget = widget->nextInFocusChain()) {
        if ((widget->focusPolicy() & Qt::TabFocus) != 0)
            passed << widget->objectName();
    }
    int before = -1;
    for (const char* name :
         {"deviceSearch", "levelChip", "valueChip", "deviceTable", "previousPage", "nextPage", "copySnapshot", "adjust",
          "userLink", "valueRange", "recordTabs", "askMissing", "timelineTable"}) {
        const int place = static_cast<int>(passed.indexOf(QLatin1String(name)));
        QVERIFY2(place > before, qPrintable(QStringLiteral("%1 in %2").arg(QLatin1String(name), passed.join(u' '))));
        before = place;
    }
}

void DevicesScreenTest::downLeadsFromTheSearchIntoTheList() {
    m_screen->activateWindow();
    m_screen->list().focusSearch();
    QTest::keyClick(child<ui::SearchField>(*m_screen, "deviceSearch"), Qt::Key_Down);
    QCOMPARE(m_screen->focusWidget()->objectName(), QStringLiteral("deviceTable"));
}

void DevicesScreenTest::everyControlHasAName() {
    for (const QWidget* widget : m_screen->findChildren<QWidget*>()) {
        const bool isReached = (widget->focusPolicy() & Qt::TabFocus) != 0 && !widget->focusProxy();
        if (!isReached || widget->window() != m_screen.get()) // popups of Qt's own controls are windows
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool isNamed = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        const bool isInner = widget->objectName().startsWith(QStringLiteral("qt_")); // parts of Qt's own controls
        QVERIFY2(isNamed || isInner,
                 qPrintable(QStringLiteral("%1 \"%2\" has no name")
                                .arg(QLatin1String(widget->metaObject()->className()), widget->objectName())));
    }
}

} // namespace affinity::test
