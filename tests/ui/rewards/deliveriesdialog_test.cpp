#include "tests/ui/rewards/deliveriesdialog_test.h"

#include "tests/support/planteddeliveries.h"
#include "tests/ui/adjustments/djangostore.h"
#include "ui/rewards/deliveriesdialog.h"
#include "ui/shared/buttons.h"
#include "ui/shared/textlabel.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

namespace affinity::test {

using store::DeliveryState;
using ui::DeliveriesDialog;
using ui::DeliveryModel;

namespace {

constexpr int dialogPatienceMs = 20'000;

/// A store with one delivery of each state; "operator" is signed in.
struct RewardBench {
    explicit RewardBench(Environment environment = Environment::Dev) : store(environment) {
        plantDeliveries(store.url(), deliveriesOfEachState(store.workspace().nowUs()));
        store.signIn();
    }
    DjangoStore store;
};

bool isReady(const DeliveriesDialog& dialog) {
    return dialog.model().state() == DeliveryModel::State::Ready;
}

/// Makes the row of that device and level the current one.
void choose(DeliveriesDialog& dialog, qint64 device, int level) {
    DeliveryModel& model = dialog.model();
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.at(row)->deviceId.value == device && model.at(row)->level == level)
            dialog.findChild<QTableView*>(QStringLiteral("deliveryTable"))->setCurrentIndex(model.index(row, 0));
    }
}

QString wordsOf(const QWidget& widget, const char* label) {
    return widget.findChild<ui::TextLabel*>(QLatin1String(label))->text();
}

} // namespace

void DeliveriesDialogTest::aGivenUpDeliveryIsSentAgainAndWaits() {
    RewardBench bench;
    QSignalSpy announced(&bench.store.workspace(), &ui::Workspace::announced);
    DeliveriesDialog dialog(bench.store.workspace(), DeliveryState::Dead);
    dialog.show();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(dialog), dialogPatienceMs);
    QCOMPARE(dialog.model().rowCount(), 2);
    QCOMPARE(dialog.model().at(0)->deviceId.value, 3); // the newest first, and chosen
    QVERIFY(dialog.deedButton()->isEnabled());
    QTest::keyClick(dialog.deedButton(), Qt::Key_Space);
    QVERIFY(!dialog.deedButton()->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(dialog.model().rowCount(), 1, dialogPatienceMs);
    QCOMPARE(announced.count(), 1);
    dialog.setFilter(DeliveryState::Waiting);
    QTRY_COMPARE_WITH_TIMEOUT(dialog.model().rowCount(), 2, dialogPatienceMs);
    QCOMPARE(dialog.model().at(0)->deviceId.value, 3);
    QCOMPARE(dialog.model().at(0)->attempts, 0);
}

void DeliveriesDialogTest::onlyGivenUpOnesCanBeSentAgain() {
    RewardBench bench;
    DeliveriesDialog dialog(bench.store.workspace(), std::nullopt);
    dialog.show();
    QTRY_COMPARE_WITH_TIMEOUT(dialog.model().rowCount(), 4, dialogPatienceMs);
    choose(dialog, 1, 1); // delivered
    QVERIFY(!dialog.deedButton()->isEnabled());
    choose(dialog, 2, 1); // waiting
    QCOMPARE(dialog.deedButton()->toolTip(), QStringLiteral("Choose a delivery that was given up."));
    choose(dialog, 2, 2);
    QVERIFY(dialog.deedButton()->isEnabled());
}

void DeliveriesDialogTest::viewersAndNobodyReadWhyTheyCannotSend() {
    RewardBench bench;
    ui::Workspace& workspace = bench.store.workspace();
    DeliveriesDialog dialog(workspace, DeliveryState::Dead);
    dialog.show();
    QTRY_VERIFY_WITH_TIMEOUT(dialog.deedButton()->isEnabled(), dialogPatienceMs);
    access::Session viewer = *workspace.session();
    viewer.role = access::Role::Viewer;
    workspace.setSession(viewer);
    QVERIFY(!dialog.deedButton()->isEnabled());
    QVERIFY(dialog.deedButton()->toolTip().contains(QStringLiteral("is not staff")));
    workspace.setSession(std::nullopt);
    QVERIFY(dialog.deedButton()->toolTip().contains(QStringLiteral("Nobody is signed in")));
}

void DeliveriesDialogTest::productionAsksForTheTypedName() {
    RewardBench bench(Environment::Production);
    DeliveriesDialog dialog(bench.store.workspace(), std::nullopt);
    dialog.show();
    QTRY_COMPARE_WITH_TIMEOUT(dialog.model().rowCount(), 4, dialogPatienceMs);
    auto* typed = dialog.findChild<QLineEdit*>(QStringLiteral("typedName"));
    choose(dialog, 1, 1);
    QVERIFY(!typed->isVisible());
    choose(dialog, 2, 2);
    QVERIFY(typed->isVisible() && !dialog.deedButton()->isEnabled());
    typed->setText(bench.store.workspace().storeInfo().name);
    QVERIFY(dialog.deedButton()->isEnabled());
    dialog.refresh(); // the same row stays chosen, and what was typed stays
    QTRY_VERIFY_WITH_TIMEOUT(isReady(dialog), dialogPatienceMs);
    QVERIFY(dialog.deedButton()->isEnabled());
    choose(dialog, 3, 3);
    QVERIFY(!dialog.deedButton()->isEnabled()); // another deed
}

void DeliveriesDialogTest::theWholeErrorStandsBelowTheList() {
    RewardBench bench;
    DeliveriesDialog dialog(bench.store.workspace(), std::nullopt);
    dialog.show();
    QTRY_COMPARE_WITH_TIMEOUT(dialog.model().rowCount(), 4, dialogPatienceMs);
    choose(dialog, 2, 2);
    QCOMPARE(wordsOf(dialog, "deliveryError"), dialog.model().at(1)->lastError);
    QVERIFY(wordsOf(dialog, "deliveryFacts").contains(QStringLiteral("log row 102")));
    choose(dialog, 1, 1);
    QCOMPARE(wordsOf(dialog, "deliveryError"), QStringLiteral("200 coin"));
}

void DeliveriesDialogTest::enterOpensTheDeviceAndClosesTheList() {
    RewardBench bench;
    QSignalSpy opened(&bench.store.workspace(), &ui::Workspace::deviceRequested);
    DeliveriesDialog dialog(bench.store.workspace(), std::nullopt);
    dialog.show();
    QTRY_COMPARE_WITH_TIMEOUT(dialog.model().rowCount(), 4, dialogPatienceMs);
    choose(dialog, 2, 2);
    QTest::keyClick(dialog.findChild<QTableView*>(QStringLiteral("deliveryTable")), Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.front().front().value<base::DeviceId>().value, 2);
    QVERIFY(!dialog.isVisible());
}

void DeliveriesDialogTest::aFilterWithoutRowsSaysSoAndLeadsBack() {
    DjangoStore store;
    plantDeliveries(store.url(), {deliveriesOfEachState(store.workspace().nowUs()).front()});
    DeliveriesDialog dialog(store.workspace(), DeliveryState::Dead);
    dialog.show();
    const auto notice = [&dialog] { return dialog.findChild<QWidget*>(QStringLiteral("deliveryNotice")); };
    QTRY_VERIFY_WITH_TIMEOUT(notice() != nullptr && notice()->isVisible(), dialogPatienceMs);
    QVERIFY(!dialog.deedButton()->isEnabled());
    dialog.setFilter(std::nullopt);
    QTRY_COMPARE_WITH_TIMEOUT(dialog.model().rowCount(), 1, dialogPatienceMs);
    QVERIFY(dialog.findChild<QTableView*>(QStringLiteral("deliveryTable"))->isVisible());
}

void DeliveriesDialogTest::moreThanAPageIsLoadedOnDemand() {
    DjangoStore store;
    std::vector<store::RewardDelivery> many;
    for (int level = 1; level <= 150; ++level) { // one for each device and level
        many.push_back(deliveriesOfEachState(store.workspace().nowUs()).front());
        many.back().level = level;
    }
    plantDeliveries(store.url(), many);
    DeliveriesDialog dialog(store.workspace(), std::nullopt);
    dialog.show();
    QTRY_COMPARE_WITH_TIMEOUT(dialog.model().rowCount(), DeliveryModel::pageRows, dialogPatienceMs);
    QCOMPARE(dialog.model().at(0)->level, 150);
    auto* more = dialog.findChild<ui::Button*>(QStringLiteral("moreDeliveries"));
    QVERIFY(more->isVisible());
    QTest::keyClick(more, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(dialog.model().rowCount(), 150, dialogPatienceMs);
    QVERIFY(!more->isVisible());
}

void DeliveriesDialogTest::aStoreThatDoesNotAnswerIsExplained() {
    ui::JobList jobs;
    Engine engine(Connection{}); // never opened: every question fails
    Opened opened;
    opened.info.hasOutbox = true;
    ui::Workspace workspace(engine, jobs, opened);
    DeliveriesDialog dialog(workspace, std::nullopt);
    dialog.show();
    QTRY_COMPARE_WITH_TIMEOUT(dialog.model().state(), DeliveryModel::State::Failed, dialogPatienceMs);
    const auto* notice = dialog.findChild<QWidget*>(QStringLiteral("deliveryNotice"));
    QStringList words;
    for (const auto* label : notice->findChildren<ui::TextLabel*>())
        words << label->text();
    QVERIFY(words.contains(QStringLiteral("The store is not open.")));
}

} // namespace affinity::test
