#include "tests/ui/adjustments/dialogs_test.h"

#include "tests/ui/adjustments/djangostore.h"
#include "ui/adjustments/adjustdialog.h"
#include "ui/adjustments/reversedialog.h"
#include "ui/adjustments/signindialog.h"
#include "ui/shared/banner.h"
#include "ui/shared/buttons.h"
#include "ui/shared/textlabel.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

namespace affinity::test {

using ui::AdjustDialog;
using ui::AdjustmentFlow;

namespace {

constexpr int patienceMs = 20'000;

QString shownText(const QWidget& widget) {
    QStringList words;
    for (const auto* label : widget.findChildren<ui::TextLabel*>()) {
        if (label->isVisibleTo(&widget))
            words << label->text();
    }
    return words.join(QLatin1Char('\n'));
}

template<typename Widget> Widget* named(QWidget& in, const char* name) {
    return in.findChild<Widget*>(QString::fromLatin1(name));
}

void fillReason(QWidget& dialog) {
    named<QComboBox>(dialog, "reasonCode")->setCurrentIndex(0);
    named<QPlainTextEdit>(dialog, "reason")->setPlainText(QStringLiteral("chat never arrived"));
    named<QLineEdit>(dialog, "ticket")->setText(QStringLiteral("CS-1"));
}

/// Fills the form and goes to the preview.
void preview(AdjustDialog& dialog, const QString& amount) {
    dialog.show();
    named<QLineEdit>(dialog, "amount")->setText(amount);
    fillReason(dialog);
    dialog.deedButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(dialog.step(), AdjustmentFlow::Step::Preview, patienceMs);
}

int valueOf(DjangoStore& store, qint64 deviceId) {
    return store.detail(deviceId).device.binding.favorability;
}

void tabTo(const QWidget* wanted) {
    for (int i = 0; i < 12 && QApplication::focusWidget() != wanted; ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
}

} // namespace

void DialogsTest::adjustmentCanBeMadeByKeyboardAlone() {
    DjangoStore store;
    store.signIn();
    AdjustDialog dialog(store.workspace(), store.detail(2));
    QSignalSpy committed(&dialog, &AdjustmentFlow::committed);
    dialog.show();
    dialog.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QTRY_COMPARE(QApplication::focusWidget(), named<QLineEdit>(dialog, "amount"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("40"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), named<QComboBox>(dialog, "reasonCode"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("CS-20817"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("chat of 13:58 never arrived"));
    tabTo(dialog.deedButton());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(dialog.step(), AdjustmentFlow::Step::Preview, patienceMs);
    QCOMPARE(dialog.deedButton()->text(), QStringLiteral("Add 40 points"));
    QCOMPARE(valueOf(store, 2), 48); // a preview writes nothing

    QCOMPARE(QApplication::focusWidget(), dialog.deedButton());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(dialog.step(), AdjustmentFlow::Step::Result, patienceMs);
    QCOMPARE(committed.count(), 1);
    QCOMPARE(valueOf(store, 2), 88);
    QTRY_VERIFY_WITH_TIMEOUT(shownText(dialog).contains(QStringLiteral("was read back from the store")), patienceMs);
    named<ui::Button>(dialog, "copyReceipt")->click();
    QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("Ticket: CS-20817")));
    QVERIFY(QApplication::clipboard()->text().contains(dialog.operationId()));
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
}

void DialogsTest::incompleteFormCannotBePreviewedAndSaysWhy() {
    DjangoStore store;
    store.signIn();
    AdjustDialog dialog(store.workspace(), store.detail(2));
    dialog.show();
    QVERIFY(!dialog.deedButton()->isEnabled());
    named<QLineEdit>(dialog, "amount")->setText(QStringLiteral("1.5"));
    QVERIFY(shownText(dialog).contains(QStringLiteral("Write a whole number")));
    named<QLineEdit>(dialog, "amount")->setText(QStringLiteral("10"));
    QCOMPARE(dialog.deedButton()->toolTip(), QStringLiteral("Choose a reason code."));
    fillReason(dialog);
    QVERIFY(dialog.deedButton()->isEnabled());
    named<QPlainTextEdit>(dialog, "reason")->setPlainText(QString(256, QLatin1Char('x')));
    QVERIFY(!dialog.deedButton()->isEnabled());
    QVERIFY(shownText(dialog).contains(QStringLiteral("256 characters are too many")));
}

void DialogsTest::deviceThatMovedIsRefusedAndShownAnew() {
    DjangoStore store;
    store.signIn();
    AdjustDialog dialog(store.workspace(), store.detail(2));
    preview(dialog, QStringLiteral("10"));

    service::AdjustmentForm other;
    other.userId = store.detail(2).device.user.id;
    other.deviceId = {2};
    other.amount = 5;
    other.reasonCode = QStringLiteral("test");
    other.reason = QStringLiteral("a colleague was faster");
    other.operationId = service::newOperationId();
    const auto moved = waitFor(store.engine().commitAdjustment(*store.workspace().session(), other, {}));
    QVERIFY(moved && *moved && (*moved)->outcome == rules::Outcome::Applied);

    dialog.deedButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(shownText(dialog).contains(QStringLiteral("The device changed since the preview.")),
                             patienceMs);
    QVERIFY(shownText(dialog).contains(QStringLiteral("The value was 48 and is 53 now.")));
    QCOMPARE(dialog.step(), AdjustmentFlow::Step::Preview);
    QCOMPARE(valueOf(store, 2), 53);
    dialog.deedButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(dialog.step(), AdjustmentFlow::Step::Result, patienceMs);
    QCOMPARE(valueOf(store, 2), 63);
}

void DialogsTest::adjustmentOverTheLimitIsShownButCannotBeCommitted() {
    DjangoStore store;
    store.signIn();
    AdjustDialog dialog(store.workspace(), store.detail(2));
    preview(dialog, QStringLiteral("700"));
    QVERIFY(!dialog.deedButton()->isEnabled());
    QVERIFY(dialog.deedButton()->toolTip().contains(QStringLiteral("over your limit")));
    QVERIFY(shownText(dialog).contains(QStringLiteral("over your limit")));
    QVERIFY(shownText(dialog).contains(QStringLiteral("What would happen")));
    dialog.backButton()->click();
    QCOMPARE(dialog.step(), AdjustmentFlow::Step::Change);
    QCOMPARE(named<QLineEdit>(dialog, "amount")->text(), QStringLiteral("700"));
}

void DialogsTest::stoppedWaitingSaysThatTheOutcomeIsUnknownAndTheAnswerResolvesIt() {
    DjangoStore store;
    store.signIn();
    AdjustDialog dialog(store.workspace(), store.detail(2));
    preview(dialog, QStringLiteral("10"));
    QSignalSpy committed(&dialog, &AdjustmentFlow::committed);
    dialog.deedButton()->click();
    dialog.reject(); // before the answer can be received: the event loop has not run
    QVERIFY(dialog.isVisible());
    QVERIFY(shownText(dialog).contains(QStringLiteral("It is not known whether the adjustment was written.")));
    QVERIFY(!dialog.deedButton()->isEnabled());
    QVERIFY(!dialog.backButton()->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(dialog.step(), AdjustmentFlow::Step::Result, patienceMs);
    QCOMPARE(committed.count(), 1);
    QCOMPARE(valueOf(store, 2), 58);
}

void DialogsTest::productionAsksForTheTypedName() {
    DjangoStore store(Environment::Production);
    store.signIn();
    AdjustDialog dialog(store.workspace(), store.detail(2));
    preview(dialog, QStringLiteral("10"));
    QVERIFY(!dialog.deedButton()->isEnabled());
    auto* typed = named<QLineEdit>(dialog, "typedName");
    QVERIFY(typed->isVisibleTo(&dialog));
    typed->setText(QStringLiteral("another"));
    QVERIFY(!dialog.deedButton()->isEnabled());
    typed->setText(store.workspace().storeInfo().name);
    QVERIFY(dialog.deedButton()->isEnabled());
}

void DialogsTest::nobodySignedInBlocksThePreview() {
    DjangoStore store;
    AdjustDialog dialog(store.workspace(), store.detail(2));
    dialog.show();
    named<QLineEdit>(dialog, "amount")->setText(QStringLiteral("10"));
    fillReason(dialog);
    QVERIFY(!dialog.deedButton()->isEnabled());
    QCOMPARE(dialog.deedButton()->toolTip(), store.workspace().writeObstacle());
    store.signIn();
    QVERIFY(dialog.deedButton()->isEnabled());
}

void DialogsTest::rowIsReversedOnce() {
    DjangoStore store;
    store.signIn();
    AdjustDialog dialog(store.workspace(), store.detail(2));
    preview(dialog, QStringLiteral("10"));
    dialog.deedButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(named<ui::Button>(dialog, "reverse")->isEnabled(), patienceMs);
    QSignalSpy asked(&dialog, &AdjustmentFlow::reverseRequested);
    named<ui::Button>(dialog, "reverse")->click();
    QCOMPARE(asked.count(), 1);
    const auto row = asked.front().front().value<store::LogEntry>();

    for (const bool isFirst : {true, false}) {
        ui::ReverseDialog reverse(store.workspace(), store.detail(2).device, row);
        reverse.show();
        fillReason(reverse);
        reverse.deedButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(reverse.step(), AdjustmentFlow::Step::Preview, patienceMs);
        QCOMPARE(reverse.deedButton()->isEnabled(), isFirst);
        if (!isFirst) {
            QVERIFY(reverse.deedButton()->toolTip().contains(QStringLiteral("was reversed before")));
            continue;
        }
        QCOMPARE(reverse.deedButton()->text(), QStringLiteral("Reverse: take 10 points"));
        reverse.deedButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(reverse.step(), AdjustmentFlow::Step::Result, patienceMs);
        QCOMPARE(valueOf(store, 2), 48);
    }
}

void DialogsTest::valueIsSetAndTheFormSurvivesGoingBack() {
    DjangoStore store;
    store.signIn();
    AdjustDialog dialog(store.workspace(), store.detail(3));
    dialog.show();
    QTest::keyClick(dialog.findChild<QWidget*>(QStringLiteral("kind")), Qt::Key_Right);
    preview(dialog, QStringLiteral("450"));
    QCOMPARE(dialog.deedButton()->text(), QStringLiteral("Set to 450"));
    dialog.backButton()->click();
    named<QLineEdit>(dialog, "amount")->setText(QStringLiteral("460"));
    QCOMPARE(named<QLineEdit>(dialog, "ticket")->text(), QStringLiteral("CS-1"));
    preview(dialog, QStringLiteral("460"));
    dialog.deedButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(dialog.step(), AdjustmentFlow::Step::Result, patienceMs);
    QCOMPARE(valueOf(store, 3), 460);
}

void DialogsTest::wrongPasswordIsSaidUnderTheFieldAndTheFieldIsCleared() {
    DjangoStore store;
    ui::SignInDialog dialog(store.workspace());
    dialog.show();
    named<QLineEdit>(dialog, "username")->setText(QStringLiteral("operator"));
    named<QLineEdit>(dialog, "password")->setText(QStringLiteral("wrong"));
    QCOMPARE(named<QLineEdit>(dialog, "password")->echoMode(), QLineEdit::Password);
    dialog.deedButton()->click();
    QVERIFY(named<QLineEdit>(dialog, "password")->text().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(shownText(dialog).contains(QStringLiteral("The user name or the password is wrong.")),
                             patienceMs);
    QVERIFY(dialog.isVisible());
    QVERIFY(!store.workspace().session().has_value());
}

void DialogsTest::rightPasswordSignsIn() {
    DjangoStore store;
    ui::SignInDialog dialog(store.workspace());
    dialog.show();
    dialog.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QTest::keyClicks(named<QLineEdit>(dialog, "username"), QStringLiteral("operator"));
    QTest::keyClicks(named<QLineEdit>(dialog, "password"), QStringLiteral("open sesame"));
    QTest::keyClick(named<QLineEdit>(dialog, "password"), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(store.workspace().session().has_value(), patienceMs);
    QCOMPARE(store.workspace().session()->role, access::Role::Support);
    QVERIFY(!dialog.isVisible());
}

void DialogsTest::aDemoAccountSignsInByOneKey() {
    DjangoStore store;
    {
        const ui::SignInDialog plain(store.workspace());
        QVERIFY(!plain.findChild<ui::Button*>(QStringLiteral("operator"))); // only demo stores list accounts
    }
    store.workspace().setDemoAccounts({{QStringLiteral("operator"), QStringLiteral("support"), "open sesame"}});
    ui::SignInDialog dialog(store.workspace());
    dialog.show();
    QTest::keyClick(named<ui::Button>(dialog, "operator"), Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(store.workspace().session().has_value(), patienceMs);
    QCOMPARE(store.workspace().session()->person.username, QStringLiteral("operator"));
}

void DialogsTest::cancelledCheckSignsNobodyIn() {
    DjangoStore store;
    ui::SignInDialog dialog(store.workspace());
    dialog.show();
    named<QLineEdit>(dialog, "username")->setText(QStringLiteral("operator"));
    named<QLineEdit>(dialog, "password")->setText(QStringLiteral("open sesame"));
    dialog.deedButton()->click();
    QVERIFY(dialog.cancelButton()->isEnabled());
    dialog.cancelButton()->click();
    QVERIFY(!dialog.isVisible());
    const auto later = waitFor(store.engine().signIn(QStringLiteral("nobody"), access::Secret("x")));
    QVERIFY(later.has_value()); // the lane keeps its order: the cancelled check has ended
    QCoreApplication::processEvents();
    QVERIFY(!store.workspace().session().has_value());
}

} // namespace affinity::test
