#include "tests/ui/devices/userpage_test.h"

#include "tests/ui/devices/demostore.h"
#include "ui/devices/bindingmodel.h"
#include "ui/devices/devicedetailview.h"
#include "ui/devices/devicelist.h"
#include "ui/devices/timelinetable.h"
#include "ui/devices/timelineview.h"
#include "ui/devices/userpage.h"
#include "ui/shared/buttons.h"
#include "ui/shared/searchfield.h"
#include "ui/shared/textlabel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

namespace affinity::test {

namespace {

/// Opens the page of user 1 and waits for it.
bool openPage(const ScreenFixture& fixture) {
    fixture->openUser(base::UserId{1});
    return QTest::qWaitFor(
        [&fixture] {
            return fixture->userPage().isLoaded() &&
                   fixture->userPage().timeline().model().state() == ui::TimelineModel::State::Ready;
        },
        screenWaitMs);
}

} // namespace

void UserPageTest::initTestCase() {
    m_prototype.make(2);
}

void UserPageTest::pageShowsUnboundBindingsAndTheLogOfAll() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    QVERIFY(openPage(fixture));
    const QAbstractItemModelTester tester(&fixture->userPage().bindings(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(fixture.child<ui::TextLabel>("userName")->text(), QStringLiteral("User 1"));
    QVERIFY(fixture.child<ui::TextLabel>("userFacts")->text().contains(QStringLiteral("user1")));
    const ui::BindingModel& bindings = fixture->userPage().bindings();
    QCOMPARE(bindings.rowCount(), 2);
    QCOMPARE(bindings.rowAt(0)->binding.id, demoDevice);
    QCOMPARE(bindings.rowAt(1)->binding.id, unboundDevice);
    QCOMPARE(bindings.index(1, ui::BindingModel::StateColumn).data().toString(), QStringLiteral("Unbound"));
    ui::TimelineModel& log = fixture->userPage().timeline().model();
    const int last = log.rowCount() - 1;
    QVERIFY(last > 10);
    QCOMPARE(log.entryAt(0)->row.userId, base::UserId{1});
    QVERIFY(!fixture->userPage().timeline().table().isColumnHidden(ui::TimelineModel::DeviceColumn));
    // The row that was put into the file last has the greatest id: the page holds both devices' rows.
    QCOMPARE(log.index(0, ui::TimelineModel::DeviceColumn).data().toString(), QStringLiteral("261 Old Mochi"));
    QCOMPARE(log.index(last, ui::TimelineModel::DeviceColumn).data().toString(), QStringLiteral("1 Mochi"));
}

void UserPageTest::keysLeadFromADeviceToItsUserToAnotherDeviceAndBack() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    fixture.child<QTableView>("deviceTable")->setFocus();
    fixture.press(Qt::Key_U, Qt::AltModifier);
    QVERIFY(fixture->isUserShown());
    QTRY_COMPARE_WITH_TIMEOUT(QApplication::focusWidget()->objectName(), QStringLiteral("bindingTable"), screenWaitMs);
    QVERIFY(fixture.child<ui::IconButton>("userBack")->isVisible());
    fixture.press(Qt::Key_Down);
    fixture.press(Qt::Key_Return);
    QVERIFY(!fixture->isUserShown());
    QTRY_VERIFY_WITH_TIMEOUT(
        fixture->detail().detail() && fixture->detail().detail()->device.binding.id == unboundDevice, screenWaitMs);
    QVERIFY(fixture.child<ui::IconButton>("deviceBack")->isVisible());
    QCOMPARE(fixture.child<ui::IconButton>("deviceBack")->toolTip(), QStringLiteral("Back to user 1"));
    fixture.press(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(fixture->isUserShown());
    QTRY_COMPARE_WITH_TIMEOUT(QApplication::focusWidget()->objectName(), QStringLiteral("bindingTable"), screenWaitMs);
    fixture.press(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(!fixture->isUserShown());
    QTRY_VERIFY_WITH_TIMEOUT(fixture->detail().detail() && fixture->detail().detail()->device.binding.id == demoDevice,
                             screenWaitMs);
    QVERIFY(!fixture.child<ui::IconButton>("deviceBack")->isVisible());
}

void UserPageTest::searchForAUsernameOffersThePage() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    fixture.press(Qt::Key_F, Qt::ControlModifier);
    fixture.type(QStringLiteral("user40")); // whose only device is unbound: the list itself finds nothing
    fixture.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(fixture->list().offeredUser(), std::optional(base::UserId{40}), screenWaitMs);
    QVERIFY(fixture.child<ui::Button>("openUser")->isVisible());
    fixture.press(Qt::Key_U, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(fixture->userPage().isLoaded(), screenWaitMs);
    QCOMPARE(fixture->userPage().user(), base::UserId{40});
    QCOMPARE(fixture->userPage().bindings().rowCount(), 1);
}

void UserPageTest::textThatNamesNobodyOffersNobody() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    auto* search = fixture.child<ui::SearchField>("deviceSearch");
    QTest::keyClicks(search, QStringLiteral("user12"));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(fixture->list().offeredUser().has_value(), screenWaitMs);
    QTest::keyClicks(search, QStringLiteral("x"));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!fixture->list().offeredUser().has_value(), screenWaitMs);
}

void UserPageTest::listStaysAndCanShowTheBindings() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    QVERIFY(openPage(fixture));
    QCOMPARE(fixture->list().model().rowCount(), 100);
    fixture.child<ui::Button>("userInList")->click();
    QTRY_COMPARE_WITH_TIMEOUT(fixture->list().model().rowCount(), 2, screenWaitMs);
    QCOMPARE(fixture->list().filter().userId, std::optional(base::UserId{1}));
    QVERIFY(fixture->isUserShown());
}

void UserPageTest::choiceInTheListLeavesThePage() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    QVERIFY(openPage(fixture));
    auto* table = fixture.child<QTableView>("deviceTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QTRY_VERIFY_WITH_TIMEOUT(!fixture->isUserShown(), screenWaitMs);
    QVERIFY(!fixture.child<ui::IconButton>("deviceBack")->isVisible());
}

void UserPageTest::refreshReadsThePageAgain() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    QVERIFY(openPage(fixture));
    QSignalSpy resets(&fixture->userPage().bindings(), &QAbstractItemModel::modelReset);
    fixture.child<QTableView>("bindingTable")->setFocus();
    fixture.press(Qt::Key_Down);
    fixture.press(Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(resets.size(), 1, screenWaitMs);
    QCOMPARE(fixture.child<QTableView>("bindingTable")->currentIndex().row(), 1);
    QVERIFY(fixture->isUserShown());
}

void UserPageTest::unknownUserIsAnErrorWithAWayBack() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    fixture->openUser(base::UserId{999'999});
    QTRY_VERIFY_WITH_TIMEOUT(fixture.child<QWidget>("userError") != nullptr, screenWaitMs);
    const QList<QAbstractButton*> ways = fixture.child<QWidget>("userError")->findChildren<QAbstractButton*>();
    QCOMPARE(ways.size(), 2);
    ways.last()->click();
    QVERIFY(!fixture->isUserShown());
}

void UserPageTest::rowsOfAUserAreReversedElsewhere() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    QVERIFY(openPage(fixture));
    QCOMPARE(fixture->userPage().timeline().reverseObstacle(0),
             QStringLiteral("Rows are reversed on the page of their device."));
}

} // namespace affinity::test
