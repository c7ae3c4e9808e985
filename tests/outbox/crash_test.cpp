#include "tests/outbox/crash_test.h"

#include "engine/rewards/webhook.h"
#include "tests/outbox/crashchild.h"
#include "tests/outbox/inbox.h"
#include "tests/outbox/relayrig.h"
#include "tests/production/must.h"
#include "tests/rewards/httpserver.h"
#include "tests/support/faultproxy.h"

#include <QProcess>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace affinity::test {

using rules::Outcome;

namespace {

/// A receiver that keeps keys: how often each reward was given.
class Receiver {
public:
    Receiver() : m_server([this](const HttpRequest& request) { return take(request); }) {}

    quint16 port() const { return m_server.port(); }
    int requests() const { return m_server.requestCount(); }
    QMap<QByteArray, int> given() const {
        const std::lock_guard lock(m_mutex);
        return m_given;
    }

private:
    HttpAnswer take(const HttpRequest& request) {
        const std::lock_guard lock(m_mutex);
        const QByteArray key = request.headers.value("idempotency-key");
        const bool isKnown = m_given.contains(key);
        if (!isKnown)
            m_given[key] = 1;
        return {.status = isKnown ? 409 : 200};
    }

    mutable std::mutex m_mutex;
    QMap<QByteArray, int> m_given;
    HttpServer m_server; // the last: its thread uses the others
};

/// Whether the child died as it was told to.
bool dies(const RelayOrder& order) {
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--child")});
    child.write(QByteArray::fromStdString(toJson(order).dump()) + '\n');
    return child.waitForFinished(farMs) && child.exitStatus() == QProcess::CrashExit && child.exitCode() == SIGKILL;
}

} // namespace

void CrashTest::initTestCase_data() {
    addBackends();
}

void CrashTest::init() {
    emptyRedis(false);
}

void CrashTest::everythingElseIsCompletedByAnother_data() {
    QTest::addColumn<RelayStep>("step");
    QTest::addColumn<int>("told"); ///< pushes of the seven; the others were claimed, and may have been sent
    QTest::newRow("after the claim") << RelayStep::Claimed << 0;
    QTest::newRow("after a push") << RelayStep::Pushed << 1;
    QTest::newRow("after a confirm") << RelayStep::Confirmed << 7;
    QTest::newRow("after a reward") << RelayStep::Delivered << 7;
}

void CrashTest::everythingElseIsCompletedByAnother() {
    QFETCH(RelayStep, step);
    QFETCH(int, told);
    OutboxStore rows(currentBackend());
    const Inbox inbox(redisServer().target());
    const Receiver receiver;
    Writer writer(rows);
    for (int i = 0; i < 6; ++i)
        QCOMPARE(writer.apply(firstDevice, pat).outcome, Outcome::Applied);
    QCOMPARE(writer.apply(secondDevice, festival).outcome, Outcome::Applied); // over two levels with rewards
    rows.passTime(3 * secondUs);
    QVERIFY(dies({rows.url(), rows.password(), rows.clock().nowUs(), redisServer().port(), receiver.port(), step}));
    const store::OutboxFigures left = rows.figures();
    QVERIFY(left != store::OutboxFigures{});

    // Nobody else works until the dead one's lease has ended.
    rewards::Webhook webhook({.url = QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(receiver.port())),
                              .key = receiverKey,
                              .caFile = {},
                              .connectMs = farMs,
                              .totalMs = farMs});
    RelayRig relay(rows, QStringLiteral("parent"),
                   {.counters = redisServer().port(), .channels = redisServer().port(), .connector = &webhook});
    QVERIFY(!relay.pass().isHolder);
    rows.passTime(16 * secondUs);
    QVERIFY(relay.pass().isHolder);
    QCOMPARE(writer.apply(firstDevice, pat).outcome, Outcome::Applied);
    rows.passTime(60 * secondUs);
    QVERIFY(relay.sendsAll());
    QCOMPARE(rows.figures(), store::OutboxFigures{});

    const int levelUps = told == 7 ? 1 : 0;
    QVERIFY(inbox.hasExactly(told + levelUps + 1));
    const QStringList changes = changesInLog(rows, firstDevice);
    QVERIFY(isPartInOrder(inbox.changesOf(firstDevice), changes));
    QCOMPARE(inbox.changesOf(firstDevice).constLast(), changes.constLast());
    QCOMPARE(counterViolations(rows), QByteArray());
    QCOMPARE(receiver.given(), (QMap<QByteArray, int>{{"affinity-reward-2-2", 1}, {"affinity-reward-2-3", 1}}));
    const auto deliveries = rows.deliveries();
    QCOMPARE(deliveries.size(), size_t{2});
    for (const store::RewardDelivery& delivery : deliveries)
        QVERIFY(delivery.state == store::DeliveryState::Delivered);
    qInfo("left by the dead: %lld confirms, %lld pushes, %lld rewards; %d requests for 2 rewards", left.confirms,
          left.pushes, left.rewardsWaiting, receiver.requests());
}

void StoreLossTest::initTestCase_data() {
    addServerBackends();
}

void StoreLossTest::init() {
    emptyRedis(false);
}

/// Its connection to the store is cut at every third message of a pass, before the message or after it; a long run does
/// it at each one, both before and after it.
void StoreLossTest::aRelayThatLosesItsStoreSendsNothingTwice() {
    OutboxStore rows(currentBackend());
    const Inbox inbox(redisServer().target());
    const quint16 redis = redisServer().port();
    FaultProxy proxy(currentBackend() == Backend::PostgreSql ? Wire::PostgreSql : Wire::MariaDb, rows.serverPort());
    Writer writer(rows);
    RelayRig another(rows, QStringLiteral("another"), {.counters = redis, .channels = redis});
    const auto leave = [&] {
        for (int i = 0; i < 2; ++i)
            QCOMPARE(writer.apply(firstDevice, pat).outcome, Outcome::Applied);
        rows.passTime(3 * secondUs);
    };
    int cuts = 0;
    int failures = 0;
    bool isWhole = false;
    for (qint64 message = 1; !isWhole; message += isLongRun() ? 1 : 3) {
        for (const WireFault::Moment moment : {WireFault::Moment::Before, WireFault::Moment::After}) {
            if (!isLongRun() && (message % 2 == 0) != (moment == WireFault::Moment::After))
                continue;
            leave();
            RelayRig relay(rows, QStringLiteral("relay"),
                           {.counters = redis, .channels = redis, .storePort = proxy.port()});
            proxy.arm({.at = message, .moment = moment});
            const service::RelayPass pass = relay.pass();
            isWhole = !proxy.hasFired(); // a pass has no more messages
            cuts += isWhole ? 0 : 1;
            failures += pass.error ? 1 : 0;
            QVERIFY(pass.error || pass.pushes == 2);
            proxy.heal();
            rows.passTime(76 * secondUs); // its lease and its claims are over
            QVERIFY(another.sendsAll());
            another.relay->release();
        }
    }
    QCOMPARE(rows.figures().pushes, 0);
    QCOMPARE(rows.figures().confirms, 0);
    QCOMPARE(counterViolations(rows), QByteArray());
    const QStringList changes = changesInLog(rows, firstDevice);
    QVERIFY(cuts > 5);
    QVERIFY(failures > 5);
    QVERIFY(inbox.count() > changes.size() / 2);
    QVERIFY(isPartInOrder(inbox.changesOf(firstDevice), changes));
    qInfo("%d cuts, %d passes failed; %lld of %lld pushes told, none twice", cuts, failures,
          static_cast<long long>(inbox.changesOf(firstDevice).size()), static_cast<long long>(changes.size()));
}

} // namespace affinity::test
