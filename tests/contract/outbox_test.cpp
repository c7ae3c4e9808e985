#include "tests/contract/outbox_test.h"

#include "engine/store/outbox.h"
#include "tests/contract/contractstore.h"

#include <algorithm>

namespace affinity::test {

using base::DeviceId;
using base::LogId;
using store::Access;
using store::DeliveryState;
using store::OutboxEntries;
using store::OutboxKind;
using store::OutboxRow;
using store::RewardDelivery;

namespace {

const QString one = QStringLiteral("relay one");
const QString two = QStringLiteral("relay two");

OutboxRow row(OutboxKind kind, qint64 logId, qint64 createdAtUs = noonUs) {
    OutboxRow made;
    made.kind = kind;
    made.logId.value = logId;
    made.deviceId.value = 1;
    made.userId.value = 1;
    made.payload = base::Json{{"zeta", "小白 \"quoted\" %1"}, {"alpha", {1, nullptr, true}}};
    made.createdAtUs = createdAtUs;
    return made;
}

RewardDelivery delivery(qint64 device, int level, qint64 dueUs = noonUs) {
    RewardDelivery made;
    made.deviceId.value = device;
    made.level = level;
    made.logId.value = 7;
    made.userId.value = 1;
    made.name = QStringLiteral("朋友");
    made.rewards = base::Json::array({{{"type", "badge"}, {"id", 3}}});
    made.createdAtUs = noonUs;
    made.nextAttemptUs = dueUs;
    return made;
}

/// Writes entries in a transaction of their own.
base::Result<void> leave(store::Store& store, const OutboxEntries& entries) {
    auto transaction = store.begin(Access::Write);
    if (!transaction)
        return transaction.error();
    if (const auto written = (*transaction)->writeOutbox(entries); !written)
        return written;
    return (*transaction)->commit();
}

std::vector<qint64> logIdsOf(const std::vector<OutboxRow>& rows) {
    std::vector<qint64> ids;
    for (const OutboxRow& each : rows)
        ids.push_back(each.logId.value);
    return ids;
}

std::vector<qint64> idsOf(const std::vector<OutboxRow>& rows) {
    std::vector<qint64> ids;
    for (const OutboxRow& each : rows)
        ids.push_back(each.id);
    return ids;
}

/// A store with three pushes of the log rows 11 to 13, written one transaction each.
struct PushWorld {
    PushWorld() : rows(currentBackend()), store(must(rows.open())), outbox(*store->outbox()) {
        for (const qint64 logId : {11, 12, 13})
            must(leave(*store, {{row(OutboxKind::Push, logId)}, {}}));
    }
    ContractStore rows;
    std::unique_ptr<store::Store> store;
    store::Outbox& outbox;
};

} // namespace

void OutboxTest::initTestCase_data() {
    QTest::addColumn<int>("backend");
    QTest::newRow("embedded sqlite") << static_cast<int>(Backend::Embedded);
    QTest::newRow("prepared django sqlite") << static_cast<int>(Backend::DjangoPrepared);
    QTest::newRow("prepared django postgresql") << static_cast<int>(Backend::PostgresPrepared);
    QTest::newRow("prepared django mariadb") << static_cast<int>(Backend::MariaDbPrepared);
}

void OutboxTest::entriesStandOnlyWithTheirTransaction() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    QVERIFY(store->info().hasOutbox);
    QVERIFY(store->outbox());
    const OutboxEntries entries{{row(OutboxKind::Confirm, 5), row(OutboxKind::Push, 5)}, {delivery(1, 2)}};
    {
        TAKE(transaction, store->begin(Access::Write));
        SUCCEEDS(transaction->writeOutbox(entries));
    }
    TAKE(rolledBack, store->outbox()->figures());
    QCOMPARE(rolledBack, store::OutboxFigures{});

    SUCCEEDS(leave(*store, entries));
    TAKE(confirms, store->outbox()->confirms(noonUs + 1, 10));
    QCOMPARE(confirms.size(), size_t{1});
    OutboxRow expected = entries.rows[0];
    expected.id = confirms[0].id;
    QVERIFY(confirms[0] == expected);
    QCOMPARE(QByteArray::fromStdString(confirms[0].payload.dump()),
             QByteArray::fromStdString(entries.rows[0].payload.dump())); // the members' order, too
    TAKE(deliveries, store->outbox()->deliveries({}));
    QCOMPARE(deliveries.size(), size_t{1});
    RewardDelivery expectedDelivery = entries.deliveries[0];
    expectedDelivery.id = deliveries[0].id;
    QVERIFY(deliveries[0] == expectedDelivery);
}

void OutboxTest::oneRelayHoldsTheLeaseAtATime() {
    ContractStore rows(currentBackend());
    TAKE(first, rows.open());
    TAKE(second, rows.open());
    const auto asked = [](store::Store& store, const QString& holder, qint64 atUs) {
        return must(store.outbox()->lease(holder, atUs, 10 * secondUs));
    };
    QVERIFY(asked(*first, one, noonUs));
    QVERIFY(!asked(*second, two, noonUs + secondUs));
    QVERIFY(asked(*first, one, noonUs + 5 * secondUs)); // kept: until 15 s
    QVERIFY(!asked(*second, two, noonUs + 14 * secondUs));
    QVERIFY(asked(*second, two, noonUs + 15 * secondUs));
    QVERIFY(!asked(*first, one, noonUs + 16 * secondUs));

    SUCCEEDS(first->outbox()->release(one, noonUs + 17 * secondUs)); // not its own any more: nothing happens
    QVERIFY(!asked(*first, one, noonUs + 18 * secondUs));
    SUCCEEDS(second->outbox()->release(two, noonUs + 19 * secondUs));
    QVERIFY(asked(*first, one, noonUs + 19 * secondUs));
}

void OutboxTest::aClaimTakesPushesInOrderAndOnce() {
    PushWorld world;
    SUCCEEDS(leave(*world.store, {{row(OutboxKind::Confirm, 14)}, {}})); // no push
    QVERIFY(must(world.outbox.lease(one, noonUs, 10 * secondUs)));
    TAKE(first, world.outbox.claimPushes(one, noonUs, 2));
    QCOMPARE(logIdsOf(first), (std::vector<qint64>{11, 12}));
    QVERIFY(first[0].payload == row(OutboxKind::Push, 11).payload);
    TAKE(rest, world.outbox.claimPushes(one, noonUs, 2));
    QCOMPARE(logIdsOf(rest), std::vector<qint64>{13});
    TAKE(none, world.outbox.claimPushes(one, noonUs, 2));
    QVERIFY(none.empty());
    SUCCEEDS(world.outbox.removePushes(idsOf(first)));
    QVERIFY(must(world.outbox.unclaimPushes(one, idsOf(first)))); // gone for good
    TAKE(again, world.outbox.claimPushes(one, noonUs, 10));
    QVERIFY(again.empty());
}

void OutboxTest::aClaimWithoutTheLeaseTakesNothing() {
    PushWorld world;
    TAKE(never, world.outbox.claimPushes(one, noonUs, 10));
    QVERIFY(never.empty());
    QVERIFY(must(world.outbox.lease(one, noonUs, 10 * secondUs)));
    TAKE(late, world.outbox.claimPushes(one, noonUs + 10 * secondUs, 10));
    QVERIFY(late.empty());
    TAKE(others, world.outbox.claimPushes(two, noonUs, 10));
    QVERIFY(others.empty());
    TAKE(claimed, world.outbox.claimPushes(one, noonUs + 9 * secondUs, 10));
    QCOMPARE(claimed.size(), size_t{3});
}

void OutboxTest::unclaimedPushesComeAgainInTheirPlace() {
    PushWorld world;
    QVERIFY(must(world.outbox.lease(one, noonUs, 10 * secondUs)));
    TAKE(claimed, world.outbox.claimPushes(one, noonUs, 2));
    QVERIFY(must(world.outbox.unclaimPushes(one, {claimed[1].id})));
    TAKE(again, world.outbox.claimPushes(one, noonUs, 10));
    QCOMPARE(logIdsOf(again), (std::vector<qint64>{12, 13}));
}

void OutboxTest::pushesOfARelayThatLostTheLeaseDoNotComeAgain() {
    PushWorld world;
    QVERIFY(must(world.outbox.lease(one, noonUs, 10 * secondUs)));
    TAKE(claimed, world.outbox.claimPushes(one, noonUs, 2));
    QVERIFY(must(world.outbox.lease(two, noonUs + 10 * secondUs, 10 * secondUs)));
    QVERIFY(!must(world.outbox.unclaimPushes(one, {claimed[1].id})));
    TAKE(others, world.outbox.claimPushes(two, noonUs + 10 * secondUs, 10));
    QCOMPARE(logIdsOf(others), std::vector<qint64>{13});
    TAKE(figures, world.outbox.figures());
    QCOMPARE(figures.pushes, 2); // the first of the lost holder, and the other's
}

void OutboxTest::claimsOfTheDeadAreForgotten() {
    PushWorld world;
    QVERIFY(must(world.outbox.lease(one, noonUs, 100 * secondUs)));
    TAKE(claimed, world.outbox.claimPushes(one, noonUs, 2));
    QCOMPARE(must(world.outbox.forgetClaims(noonUs)), 0);
    QCOMPARE(must(world.outbox.forgetClaims(noonUs + 1)), 2);
    TAKE(figures, world.outbox.figures());
    QCOMPARE(figures.pushes, 1);
}

void OutboxTest::confirmsAreListedByAgeAndRemovedByLogRow() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    for (const qint64 logId : {21, 22, 23})
        SUCCEEDS(leave(*store, {{row(OutboxKind::Confirm, logId, noonUs + logId * secondUs)}, {}}));
    store::Outbox& outbox = *store->outbox();
    TAKE(old, outbox.confirms(noonUs + 23 * secondUs, 10));
    QCOMPARE(logIdsOf(old), (std::vector<qint64>{21, 22}));
    TAKE(oldest, outbox.confirms(noonUs + 60 * secondUs, 1));
    QCOMPARE(logIdsOf(oldest), std::vector<qint64>{21});
    SUCCEEDS(outbox.removeConfirms({LogId{21}, LogId{23}, LogId{99}}));
    SUCCEEDS(outbox.removeConfirms({}));
    TAKE(left, outbox.confirms(noonUs + 60 * secondUs, 10));
    QCOMPARE(logIdsOf(left), std::vector<qint64>{22});
    SUCCEEDS(leave(*store, {{row(OutboxKind::Push, 22)}, {}}));
    SUCCEEDS(outbox.removeConfirms({LogId{22}}));
    TAKE(figures, outbox.figures());
    QCOMPARE(figures.pushes, 1); // of the same log row, and another kind
    QCOMPARE(figures.confirms, 0);
}

void OutboxTest::aDeliveryIsWrittenOnceForALevel() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    SUCCEEDS(leave(*store, {{}, {delivery(1, 2), delivery(1, 3)}}));
    RewardDelivery other = delivery(1, 2);
    other.name = QStringLiteral("another");
    SUCCEEDS(leave(*store, {{}, {other, delivery(2, 2)}}));
    TAKE(all, store->outbox()->deliveries({}));
    QCOMPARE(all.size(), size_t{3});
    QVERIFY(std::none_of(all.begin(), all.end(), [&](const auto& each) { return each.name == other.name; }));
}

void OutboxTest::deliveriesAreDueWhenTheyAre() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    RewardDelivery delivered = delivery(4, 2);
    delivered.state = DeliveryState::Delivered;
    delivered.connector = QStringLiteral("ledger");
    delivered.nextAttemptUs.reset();
    delivered.deliveredAtUs = noonUs;
    SUCCEEDS(leave(*store, {{}, {delivery(1, 2, noonUs + 2), delivery(2, 2, noonUs + 1), delivered, delivery(3, 2)}}));
    store::Outbox& outbox = *store->outbox();
    TAKE(early, outbox.dueDeliveries(noonUs - 1, 10));
    QVERIFY(early.empty());
    TAKE(due, outbox.dueDeliveries(noonUs + 1, 10));
    QCOMPARE(due.size(), size_t{2});
    QCOMPARE(due[0].deviceId.value, 3); // the longest overdue first
    QCOMPARE(due[1].deviceId.value, 2);
    TAKE(first, outbox.dueDeliveries(noonUs + 10, 1));
    QCOMPARE(first.size(), size_t{1});
}

void OutboxTest::aSettledDeliveryIsNotSettledAgain() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    SUCCEEDS(leave(*store, {{}, {delivery(1, 2)}}));
    store::Outbox& outbox = *store->outbox();
    RewardDelivery tried = must(outbox.deliveries({}))[0];
    tried.attempts = 1;
    tried.connector = QStringLiteral("webhook");
    tried.lastError = QStringLiteral("rewards.example:443 answered 503");
    tried.nextAttemptUs = noonUs + 5 * secondUs;
    QVERIFY(must(outbox.settle(tried)));
    QVERIFY(must(outbox.deliveries({}))[0] == tried);
    tried.state = DeliveryState::Delivered;
    tried.attempts = 2;
    tried.nextAttemptUs.reset();
    tried.deliveredAtUs = noonUs + 6 * secondUs;
    tried.lastError.clear();
    QVERIFY(must(outbox.settle(tried)));
    QVERIFY(!must(outbox.settle(tried)));
    QVERIFY(must(outbox.deliveries({}))[0] == tried);
}

void OutboxTest::aDeadDeliveryIsSentAgain() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    SUCCEEDS(leave(*store, {{}, {delivery(1, 2)}}));
    store::Outbox& outbox = *store->outbox();
    RewardDelivery dead = must(outbox.deliveries({}))[0];
    QVERIFY(!must(outbox.sendAgain(dead.id, noonUs))); // it waits
    dead.state = DeliveryState::Dead;
    dead.attempts = 24;
    dead.nextAttemptUs.reset();
    dead.lastError = QStringLiteral("refused");
    QVERIFY(must(outbox.settle(dead)));
    QVERIFY(!must(outbox.sendAgain(dead.id + 1, noonUs)));
    QVERIFY(must(outbox.sendAgain(dead.id, noonUs + secondUs)));
    const RewardDelivery again = must(outbox.deliveries({}))[0];
    QVERIFY(again.state == DeliveryState::Waiting);
    QCOMPARE(again.attempts, 0);
    QCOMPARE(again.nextAttemptUs, std::optional<qint64>(noonUs + secondUs));
    QCOMPARE(again.lastError, QStringLiteral("refused")); // why somebody had to look
}

void OutboxTest::deliveriesAreListedByPages() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    OutboxEntries entries;
    for (int level = 1; level <= 5; ++level)
        entries.deliveries.push_back(delivery(1 + level % 2, level));
    SUCCEEDS(leave(*store, entries));
    store::Outbox& outbox = *store->outbox();
    const auto levels = [&outbox](const store::DeliveryQuery& query) {
        std::vector<int> found;
        for (const RewardDelivery& each : must(outbox.deliveries(query)))
            found.push_back(each.level);
        return found;
    };
    QCOMPARE(levels({}), (std::vector<int>{5, 4, 3, 2, 1}));
    QCOMPARE(levels({.limit = 2}), (std::vector<int>{5, 4}));
    const qint64 lastId = must(outbox.deliveries({.limit = 2})).back().id;
    QCOMPARE(levels({.beforeId = lastId, .limit = 2}), (std::vector<int>{3, 2}));
    QCOMPARE(levels({.deviceId = DeviceId{1}}), (std::vector<int>{4, 2}));
    QCOMPARE(levels({.state = DeliveryState::Dead}), std::vector<int>{});
    QCOMPARE(levels({.state = DeliveryState::Waiting, .deviceId = DeviceId{2}}), (std::vector<int>{5, 3, 1}));
    FAILS_WITH(InvalidInput, outbox.deliveries({.limit = 0}));
    FAILS_WITH(InvalidInput, outbox.deliveries({.limit = 1001}));
}

void OutboxTest::figuresCountWhatWaits() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    RewardDelivery dead = delivery(3, 1);
    dead.state = DeliveryState::Dead;
    dead.createdAtUs = noonUs - 100 * secondUs; // nothing waits for it any more
    RewardDelivery delivered = delivery(3, 2);
    delivered.state = DeliveryState::Delivered;
    SUCCEEDS(leave(*store, {{row(OutboxKind::Push, 1, noonUs - secondUs), row(OutboxKind::Push, 2),
                             row(OutboxKind::Confirm, 3, noonUs - 2 * secondUs)},
                            {dead, delivered, delivery(1, 1), delivery(1, 2), delivery(1, 3)}}));
    TAKE(figures, store->outbox()->figures());
    QCOMPARE(figures, (store::OutboxFigures{1, 2, 3, 1, noonUs - 2 * secondUs}));
}

void OutboxTest::readersCannotChangeIt() {
    PushWorld world;
    TAKE(reader, world.rows.open(Access::Read));
    store::Outbox& outbox = *reader->outbox();
    TAKE(figures, outbox.figures());
    QCOMPARE(figures.pushes, 3);
    FAILS_WITH(ReadOnly, outbox.lease(one, noonUs, secondUs));
    FAILS_WITH(ReadOnly, outbox.claimPushes(one, noonUs, 1));
    FAILS_WITH(ReadOnly, outbox.removePushes({1}));
    FAILS_WITH(ReadOnly, outbox.sendAgain(1, noonUs));
    TAKE(transaction, world.store->begin(Access::Write));
    FAILS_WITH(Internal, world.outbox.lease(one, noonUs, secondUs)); // never inside a transaction
}

void OutboxTest::deliveriesCannotBeDeleted() {
    ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    SUCCEEDS(leave(*store, {{}, {delivery(1, 2)}}));
    QVERIFY(!rows.isSqlRefused(QStringLiteral("UPDATE affinity_console_reward_delivery SET attempts = 1")));
    QVERIFY(rows.isSqlRefused(QStringLiteral("DELETE FROM affinity_console_reward_delivery")));
    TAKE(all, store->outbox()->deliveries({}));
    QCOMPARE(all.size(), size_t{1});
}

} // namespace affinity::test
