#include "tests/outbox/rewards_test.h"

#include "engine/rewards/webhook.h"
#include "tests/outbox/inbox.h"
#include "tests/outbox/relayrig.h"
#include "tests/production/must.h"
#include "tests/rewards/httpserver.h"

#include <QTest>

namespace affinity::test {

using rules::Outcome;
using store::DeliveryState;
using store::RewardDelivery;

namespace {

rewards::WebhookTarget receiverAt(quint16 port) {
    return {.url = QUrl(QStringLiteral("http://127.0.0.1:%1/rewards").arg(port)),
            .key = "0123456789abcdef0123456789abcdef",
            .caFile = {},
            .connectMs = farMs,
            .totalMs = farMs};
}

service::OutboxUse ledger() {
    return {.holdsConfirms = false, .holdsPushes = false, .rewards = service::RewardUse::Ledger, .written = {}};
}

/// A device over levels 2, 3 and 4, and a relay that sends its two rewards to a receiver.
struct RewardWorld {
    explicit RewardWorld(HttpServer::Handler handler)
        : rows(currentBackend()),
          receiver(std::move(handler)),
          webhook(receiverAt(receiver.port())),
          writer(rows),
          relay(rows, QStringLiteral("relay"),
                {.counters = redisServer().port(), .channels = redisServer().port(), .connector = &webhook}) {
        if (writer.apply(firstDevice, festival).outcome != Outcome::Applied)
            qFatal("the festival was not applied");
    }

    OutboxStore rows;
    HttpServer receiver;
    rewards::Webhook webhook;
    Writer writer;
    RelayRig relay;
};

} // namespace

void RewardsTest::initTestCase_data() {
    addBackends();
}

void RewardsTest::init() {
    emptyRedis(false);
}

void RewardsTest::theLedgerIsWrittenWithTheCommit() {
    const OutboxStore rows(currentBackend());
    Writer writer(rows, ledger());
    QCOMPARE(writer.apply(secondDevice, pat).outcome, Outcome::Applied); // reaches no level
    QVERIFY(rows.deliveries().empty());
    const service::ApplyResult result = writer.apply(firstDevice, festival);
    QCOMPARE(result.outcome, Outcome::Applied);
    QCOMPARE(result.rewardsGranted.size(), size_t{3}); // level 4 has none to hand out
    const auto deliveries = rows.deliveries();
    QCOMPARE(deliveries.size(), size_t{2});
    for (size_t i = 0; i < deliveries.size(); ++i) {
        const RewardDelivery expected{.id = deliveries[i].id,
                                      .deviceId = firstDevice,
                                      .level = static_cast<int>(i) + 2,
                                      .logId = *result.logId,
                                      .userId = userOf(firstDevice),
                                      .name = result.rewardsGranted[i].name,
                                      .rewards = result.rewardsGranted[i].rewards,
                                      .state = DeliveryState::Delivered,
                                      .connector = QStringLiteral("ledger"),
                                      .attempts = 0,
                                      .createdAtUs = noonUs,
                                      .nextAttemptUs = {},
                                      .deliveredAtUs = noonUs,
                                      .lastError = {}};
        QVERIFY(deliveries[i] == expected);
    }
    QCOMPARE(rows.figures(), store::OutboxFigures{});
    for (const QString& event : {gift, festival})
        writer.preview(secondDevice, event);
    QCOMPARE(rows.deliveries().size(), size_t{2});
}

void RewardsTest::aLevelIsDeliveredOnceEvenIfItIsGrantedAgain() {
    const OutboxStore rows(currentBackend());
    Writer writer(rows, ledger());
    QCOMPARE(writer.apply(firstDevice, festival).outcome, Outcome::Applied);
    QCOMPARE(rows.deliveries().size(), size_t{2});
    // Down to where it came from, and somebody took the grants away.
    rows.query(QStringLiteral("UPDATE device_interaction_userdevice SET favorability = 0, affinity_level = 1 "
                              "WHERE id = 1"));
    rows.query(QStringLiteral("DELETE FROM userapp_userlevelrewardgrant WHERE device_id = 1"));
    const service::ApplyResult again = writer.apply(firstDevice, festival);
    QCOMPARE(again.outcome, Outcome::Applied);
    QCOMPARE(again.rewardsGranted.size(), size_t{3});
    const auto deliveries = rows.deliveries();
    QCOMPARE(deliveries.size(), size_t{2});
    for (const RewardDelivery& delivery : deliveries)
        QVERIFY(delivery.logId != *again.logId);
}

void RewardsTest::theReceiverGetsItAtOnce() {
    RewardWorld world([](const HttpRequest&) { return HttpAnswer{.status = 200}; });
    QCOMPARE(world.rows.figures().rewardsWaiting, 2);
    const service::RelayPass pass = world.relay.pass();
    QVERIFY(!pass.error);
    QCOMPARE(pass.rewards, 2);
    QCOMPARE(world.receiver.requestCount(), 2);
    for (const RewardDelivery& delivery : world.rows.deliveries()) {
        QVERIFY(delivery.state == DeliveryState::Delivered);
        QCOMPARE(delivery.connector, QStringLiteral("webhook"));
        QCOMPARE(delivery.attempts, 1);
        QVERIFY(delivery.deliveredAtUs == noonUs);
        QVERIFY(!delivery.nextAttemptUs);
        QCOMPARE(delivery.lastError, QString());
    }
    world.rows.passTime(3600 * secondUs);
    world.relay.pass();
    QCOMPARE(world.receiver.requestCount(), 2);
}

void RewardsTest::aReceiverThatIsBusyIsAskedAgain() {
    std::atomic<int> asked = 0;
    RewardWorld world([&asked](const HttpRequest&) { return HttpAnswer{.status = ++asked == 1 ? 503 : 200}; });
    QCOMPARE(world.relay.pass().rewards, 0);
    QCOMPARE(asked, 1); // one failure ends the turn
    RewardDelivery first = world.rows.deliveries().front();
    QVERIFY(first.state == DeliveryState::Waiting);
    QCOMPARE(first.attempts, 1);
    QVERIFY(first.nextAttemptUs >= noonUs + 4 * secondUs && first.nextAttemptUs <= noonUs + 6 * secondUs);
    QVERIFY2(first.lastError.contains(QLatin1String("503")), qPrintable(first.lastError));

    world.rows.passTime(2 * secondUs);
    QCOMPARE(world.relay.pass().rewards, 1); // the other one, which is due
    world.rows.passTime(5 * secondUs);
    QCOMPARE(world.relay.pass().rewards, 1);
    QCOMPARE(asked, 3);
    first = world.rows.deliveries().front();
    QVERIFY(first.state == DeliveryState::Delivered);
    QCOMPARE(first.attempts, 2);
    QVERIFY(first.deliveredAtUs == noonUs + 7 * secondUs);
    QCOMPARE(first.lastError, QString());
}

void RewardsTest::aRefusedRewardIsDeadUntilSomebodySendsItAgain() {
    std::atomic<bool> isRefusing = true;
    RewardWorld world([&](const HttpRequest& request) {
        const bool isSecond = request.headers.value("idempotency-key").endsWith("-2");
        return HttpAnswer{.status = isRefusing && isSecond ? 400 : 200};
    });
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("The reward of level 2 of device 1 was not "
                                                                         "delivered: .*400")));
    const service::RelayPass pass = world.relay.pass();
    QCOMPARE(pass.rewardsDead, 1);
    QCOMPARE(pass.rewards, 1); // a refusal holds up no other
    QCOMPARE(world.rows.figures().rewardsDead, 1);
    const RewardDelivery dead = world.rows.deliveries().front();
    QVERIFY(dead.state == DeliveryState::Dead);
    QVERIFY(!dead.nextAttemptUs);
    QVERIFY2(dead.lastError.contains(QLatin1String("400")), qPrintable(dead.lastError));
    world.rows.passTime(3600 * secondUs);
    world.relay.pass();
    QCOMPARE(world.receiver.requestCount(), 2);

    isRefusing = false;
    QVERIFY(must(world.relay.store->outbox()->sendAgain(dead.id, world.rows.clock().nowUs())));
    QCOMPARE(world.relay.pass().rewards, 1);
    const RewardDelivery sent = world.rows.deliveries().front();
    QVERIFY(sent.state == DeliveryState::Delivered);
    QCOMPARE(sent.attempts, 1);
    QCOMPARE(sent.lastError, QString());
    QCOMPARE(world.receiver.requests().back().headers.value("idempotency-key"), QByteArray("affinity-reward-1-2"));
    QVERIFY(!must(world.relay.store->outbox()->sendAgain(dead.id, world.rows.clock().nowUs())));
}

void RewardsTest::aReceiverThatIsAwayHoldsUpNothingElse() {
    OutboxStore rows(currentBackend());
    const Inbox inbox(redisServer().target());
    quint16 port = 0;
    {
        const HttpServer gone(HttpAnswer{});
        port = gone.port();
    }
    rewards::Webhook webhook(receiverAt(port));
    RelayRig relay(rows, QStringLiteral("relay"),
                   {.counters = redisServer().port(), .channels = redisServer().port(), .connector = &webhook});
    Writer writer(rows);
    QCOMPARE(writer.apply(firstDevice, festival).outcome, Outcome::Applied);
    rows.passTime(3 * secondUs);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(writer.apply(secondDevice, pat).outcome, Outcome::Applied);
        rows.passTime(3 * secondUs);
        const service::RelayPass pass = relay.pass();
        QVERIFY(!pass.error);
        QCOMPARE(pass.rewards, 0);
        QCOMPARE(pass.confirms, i == 0 ? 2 : 1);
        QCOMPARE(pass.pushes, i == 0 ? 2 : 1);
    }
    QCOMPARE(rows.figures().rewardsWaiting, 2);
    const RewardDelivery first = rows.deliveries().front();
    QVERIFY(first.attempts > 0);
    QVERIFY2(first.lastError.contains(QString::number(port)), qPrintable(first.lastError));
    QVERIFY(inbox.hasExactly(5)); // the festival's level_up, too
    QCOMPARE(counterViolations(rows), QByteArray());
}

} // namespace affinity::test
