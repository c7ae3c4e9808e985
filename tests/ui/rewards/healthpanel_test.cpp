#include "tests/ui/rewards/healthpanel_test.h"

#include "tests/ui/adjustments/djangostore.h"
#include "ui/overview/healthpanel.h"
#include "ui/shared/buttons.h"
#include "ui/shared/textlabel.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

namespace affinity::test {
namespace {

QString stateOf(const ui::HealthPanel& panel, const char* row) {
    return panel.findChild<ui::TextLabel*>(QLatin1String(row) + QStringLiteral("State"))->text();
}

QString noteOf(const ui::HealthPanel& panel, const char* row) {
    return panel.findChild<ui::TextLabel*>(QLatin1String(row) + QStringLiteral("Note"))->text();
}

QString reasonOf(const ui::HealthPanel& panel, const char* row) {
    return panel.findChild<ui::TextLabel*>(QLatin1String(row) + QStringLiteral("State"))->toolTip();
}

} // namespace

void HealthPanelTest::aNewPanelShowsWhatWasToldBefore() {
    DjangoStore store;
    const base::Error error{base::ErrorKind::CannotConnect, QStringLiteral("The store is not open.")};
    Q_EMIT store.engine().countersChanged({CounterState::Unreachable, {}, error});
    const ui::HealthPanel panel(store.workspace());
    QCOMPARE(stateOf(panel, "counters"), QStringLiteral("No answer"));
    QCOMPARE(reasonOf(panel, "counters"), error.what);
    Q_EMIT store.engine().countersChanged({CounterState::Whole, {}, {}});
    QCOMPARE(stateOf(panel, "counters"), QStringLiteral("Healthy"));
    QVERIFY(reasonOf(panel, "counters").isEmpty());
}

void HealthPanelTest::whatWaitsAndWhatWasGivenUpIsCounted() {
    DjangoStore store;
    const ui::HealthPanel panel(store.workspace());
    QTRY_COMPARE(stateOf(panel, "outbox"), QStringLiteral("Empty")); // told by the relay itself
    QCOMPARE(stateOf(panel, "rewards"), QStringLiteral("None waiting"));
    QCOMPARE(noteOf(panel, "rewards"), QStringLiteral("nobody hands them out yet; they wait"));
    OutboxStatus status;
    status.waiting = {1, 2, 3, 0, store.workspace().nowUs()};
    Q_EMIT store.engine().outboxChanged(status);
    QVERIFY(noteOf(panel, "outbox").startsWith(QStringLiteral("6 to send, the oldest of ")));
    QCOMPARE(stateOf(panel, "rewards"), QStringLiteral("3 waiting"));
    status.waiting.rewardsDead = 4;
    Q_EMIT store.engine().outboxChanged(status);
    QCOMPARE(stateOf(panel, "rewards"), QStringLiteral("4 given up"));
}

void HealthPanelTest::anOutboxThatIsHeldUpSaysWhy() {
    DjangoStore store;
    const ui::HealthPanel panel(store.workspace());
    OutboxStatus status;
    status.waiting.pushes = 1;
    status.error = base::Error{base::ErrorKind::CannotConnect, QStringLiteral("The store is not open.")};
    Q_EMIT store.engine().outboxChanged(status);
    QCOMPARE(stateOf(panel, "outbox"), QStringLiteral("Held up"));
    QVERIFY(reasonOf(panel, "outbox").startsWith(status.error->what));
}

void HealthPanelTest::aBareStoreSaysThatPushesAreNotKept() {
    DjangoStore store(Environment::Dev, DjangoStore::Tables::Bare);
    const ui::HealthPanel panel(store.workspace());
    QCOMPARE(stateOf(panel, "outbox"), QStringLiteral("Not prepared"));
    QVERIFY(reasonOf(panel, "outbox").contains(QStringLiteral("Prepare the store")));
    QVERIFY(!panel.findChild<ui::IconButton*>(QStringLiteral("openDeliveries")));
}

void HealthPanelTest::theRewardsRowOpensTheListByKeyboard() {
    DjangoStore store;
    ui::HealthPanel panel(store.workspace());
    panel.show();
    std::vector<std::optional<store::DeliveryState>> asked;
    connect(&store.workspace(), &ui::Workspace::deliveriesRequested, this,
            [&asked](std::optional<store::DeliveryState> state) { asked.push_back(state); });
    auto* open = panel.findChild<ui::IconButton*>(QStringLiteral("openDeliveries"));
    QVERIFY(open->focusPolicy() & Qt::TabFocus);
    QTest::keyClick(open, Qt::Key_Space);
    OutboxStatus status;
    status.waiting.rewardsDead = 1;
    Q_EMIT store.engine().outboxChanged(status);
    QTest::keyClick(open, Qt::Key_Space);
    QCOMPARE(asked.size(), size_t{2});
    QCOMPARE(asked.at(0), std::optional<store::DeliveryState>());
    QCOMPARE(asked.at(1), std::optional(store::DeliveryState::Dead));
}

void HealthPanelTest::aFlatPanelKeepsItsNotesInTooltips() {
    DjangoStore store;
    ui::HealthPanel panel(store.workspace());
    panel.show();
    const int tall = panel.minimumSizeHint().height();
    panel.setCompact(true);
    QTRY_VERIFY(panel.minimumSizeHint().height() <= tall - 5 * 10);
    const QString note = noteOf(panel, "counters");
    const auto labels = panel.findChildren<ui::TextLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [&note](const ui::TextLabel* label) {
        return label->text() == QStringLiteral("Counters") && label->toolTip() == note;
    }));
}

} // namespace affinity::test
