#include "tests/ui/rewards/storenotices_test.h"

#include "ui/workspace/storenotices.h"

#include <QTest>

namespace affinity::test {

using ui::RewardHandler;
using ui::Tone;

void StoreNoticesTest::countersThatAnswerHaveNoBanner() {
    QVERIFY(!ui::countersNotice({}, {}).has_value());
    QVERIFY(!ui::countersNotice({CounterState::Whole, {}, {}}, {}).has_value());
}

void StoreNoticesTest::awayCountersRefuseEventsUnlessNobodyElseWrites() {
    const CounterStatus away{CounterState::Unreachable, {}, {}};
    Connection connection;
    const auto beside = ui::countersNotice(away, connection);
    QCOMPARE(beside->tone, Tone::Danger);
    QVERIFY(beside->meaning.startsWith(QStringLiteral("Events are refused")));
    connection.isOnlyWriter = true;
    const auto alone = ui::countersNotice(away, connection);
    QCOMPARE(alone->tone, Tone::Warn);
    QVERIFY(alone->meaning.startsWith(QStringLiteral("Events go on")));
    const base::Error reason{base::ErrorKind::CannotConnect, QStringLiteral("The store is not open.")};
    QVERIFY(ui::countersNotice({CounterState::Unreachable, {}, reason}, connection)->meaning.endsWith(reason.what));
    connection.isReadOnly = true; // nothing is written from here
    QVERIFY(!ui::countersNotice(away, connection)->meaning.contains(QStringLiteral("Events")));
}

void StoreNoticesTest::lostCountersAreLeftToTheLog() {
    const auto lost = ui::countersNotice({CounterState::Lost, {}, {}}, {});
    const auto rebuilding = ui::countersNotice({CounterState::Rebuilding, {}, {}}, {});
    QCOMPARE(lost->tone, Tone::Warn);
    QCOMPARE(rebuilding->tone, Tone::Warn);
    QVERIFY(lost->what != rebuilding->what);
    QVERIFY(!lost->action.isEmpty() && !lost->isDismissible);
}

void StoreNoticesTest::rewardsThatWereGivenUpAreCounted() {
    OutboxStatus status;
    status.waiting.rewardsWaiting = 5;
    QVERIFY(!ui::rewardsNotice(status).has_value());
    status.waiting.rewardsDead = 3;
    QVERIFY(ui::rewardsNotice(status)->what.startsWith(QLatin1Char('3')));
    QCOMPARE(ui::rewardsNotice(status)->tone, Tone::Danger);
}

void StoreNoticesTest::whoHandsRewardsOutFollowsTheConnection() {
    store::StoreInfo info;
    Connection connection;
    QCOMPARE(ui::rewardHandler(connection, info), RewardHandler::None);
    info.hasOutbox = true;
    QCOMPARE(ui::rewardHandler(connection, info), RewardHandler::Unassigned);
    info.isEmbedded = true;
    QCOMPARE(ui::rewardHandler(connection, info), RewardHandler::Ledger);
    connection.rewardUrl = QStringLiteral("https://rewards.example.org/hook/token");
    QCOMPARE(ui::rewardHandler(connection, info), RewardHandler::Webhook);
    QCOMPARE(ui::rewardHost(connection), QStringLiteral("rewards.example.org")); // never its path
    connection.isReadOnly = true;
    QCOMPARE(ui::rewardHandler(connection, info), RewardHandler::Reader);
    connection = {};
    connection.rewardUrl = QStringLiteral("ledger");
    info.isEmbedded = false;
    QCOMPARE(ui::rewardHandler(connection, info), RewardHandler::Ledger);
}

} // namespace affinity::test
