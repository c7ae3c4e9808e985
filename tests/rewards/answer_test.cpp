#include "tests/rewards/answer_test.h"

#include "engine/base/lane.h"
#include "engine/rewards/signature.h"
#include "tests/rewards/rewardsworld.h"

#include <QNetworkProxy>
#include <QTest>

namespace affinity::test {

using namespace rewards;
using Manner = HttpAnswer::Manner;

void AnswerTest::requestIsWhatReceiversAreTold() {
    const HttpServer server(HttpAnswer{});
    const DeliveryOutcome outcome = deliveredTo(server);
    ENDS_AS(outcome, "delivered");
    QCOMPARE(outcome, (DeliveryOutcome{.kind = DeliveryOutcome::Kind::Delivered}));
    QCOMPARE(server.requestCount(), 1);
    const HttpRequest request = server.requests().front();
    QCOMPARE(request.line, QByteArray("POST /rewards?for=tests HTTP/1.1"));
    QCOMPARE(request.body, bodyOf(someDelivery()));
    QCOMPARE(request.headers.value("idempotency-key"), QByteArray("affinity-reward-41-3"));
    QCOMPARE(request.headers.value("x-affinity-attempt"), QByteArray("1"));
    QCOMPARE(request.headers.value("content-type"), QByteArray("application/json"));
    QCOMPARE(request.headers.value("accept-encoding"), QByteArray("identity"));
    QCOMPARE(request.headers.value("user-agent"), QByteArray("affinity-console"));
}

void AnswerTest::receiverCanCheckEveryAttempt() {
    const HttpServer server(HttpAnswer{.status = 503});
    Webhook webhook(targetAt(server.port()));
    Delivery delivery = someDelivery();
    for (const int attempt : {1, 2, 3}) {
        delivery.attempt = attempt;
        ENDS_AS(webhook.deliver(delivery, sentAtUs + attempt * 1'000'000), "try again");
    }
    const auto requests = server.requests();
    QCOMPARE(requests.size(), size_t(3));
    for (int i = 0; i < 3; ++i) {
        const HttpRequest& request = requests[static_cast<size_t>(i)];
        const QByteArray signature = request.headers.value("x-affinity-signature");
        const qint64 sentAtSeconds = sentAtUs / 1'000'000 + i + 1;
        QVERIFY(signature.startsWith("t=" + QByteArray::number(sentAtSeconds) + ",v1="));
        QVERIFY(isSignedBy(testKey(), request.body, signature, sentAtSeconds));
        QCOMPARE(request.headers.value("x-affinity-attempt").toInt(), i + 1);
        QCOMPARE(request.headers.value("idempotency-key"), QByteArray("affinity-reward-41-3"));
        QCOMPARE(request.body, requests.front().body);
    }
}

void AnswerTest::statusDecides_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("kind");
    for (const int status : {200, 201, 202, 204, 409})
        QTest::addRow("%d", status) << status << QByteArray("delivered");
    for (const int status : {408, 425, 429, 500, 501, 502, 503, 504, 599})
        QTest::addRow("%d", status) << status << QByteArray("try again");
    for (const int status : {300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 407, 410, 413, 422, 451})
        QTest::addRow("%d", status) << status << QByteArray("refused");
}

/// One request each time: neither a wish for a password nor a redirect makes Qt send the body again.
void AnswerTest::statusDecides() {
    QFETCH(int, status);
    QFETCH(QByteArray, kind);
    QByteArrayList headers{"Location: /elsewhere"};
    if (status == 401)
        headers << "WWW-Authenticate: Basic realm=\"rewards\"";
    if (status == 407)
        headers << "Proxy-Authenticate: Basic realm=\"rewards\"";
    const HttpServer server(HttpAnswer{.status = status, .headers = headers});
    const DeliveryOutcome outcome = deliveredTo(server);
    ENDS_AS(outcome, kind);
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(outcome.error.isEmpty(), kind == "delivered");
    QVERIFY2(kind == "delivered" || outcome.error.contains(QString::number(status)), qPrintable(outcome.error));
}

void AnswerTest::redirectIsNotFollowed() {
    const HttpServer elsewhere(HttpAnswer{});
    for (const int status : {301, 302, 303, 307, 308}) {
        const HttpServer server(
            HttpAnswer{.status = status,
                       .headers = {"Location: http://127.0.0.1:" + QByteArray::number(elsewhere.port()) + "/rewards"}});
        const DeliveryOutcome outcome = deliveredTo(server);
        ENDS_AS(outcome, "refused");
        QVERIFY2(outcome.error.contains(QLatin1String("redirect")), qPrintable(outcome.error));
    }
    QCOMPARE(elsewhere.connectionCount(), 0);
}

void AnswerTest::wishToWaitIsHandedOn() {
    for (const int status : {429, 503}) {
        const HttpServer server(HttpAnswer{.status = status, .headers = {"Retry-After: 90"}});
        const DeliveryOutcome outcome = deliveredTo(server);
        ENDS_AS(outcome, "try again");
        QCOMPARE(outcome.retryAfterUs, std::optional<qint64>(90'000'000));
    }
    const HttpServer server(HttpAnswer{.status = 503, .headers = {"Retry-After: Fri, 06 Mar 2026 21:47:38 GMT"}});
    QCOMPARE(deliveredTo(server).retryAfterUs, std::optional<qint64>(1'772'833'658'000'000 - sentAtUs));
}

void AnswerTest::wishToWaitIsNoneOfARefusal() {
    const HttpServer server(HttpAnswer{.status = 404, .headers = {"Retry-After: 90"}});
    QCOMPARE(deliveredTo(server).retryAfterUs, std::optional<qint64>());
}

void AnswerTest::answerOfTheReceiverIsQuoted() {
    const HttpServer server(HttpAnswer{.status = 422, .body = "{\"error\":\r\n\t\"user 7 is unknown\"}"});
    const DeliveryOutcome outcome = deliveredTo(server);
    QCOMPARE(outcome.error,
             QStringLiteral("The webhook at 127.0.0.1:%1 answered with status 422: {\"error\": \"user 7 is unknown\"}")
                 .arg(server.port()));
}

void AnswerTest::longAnswerIsQuotedInPart() {
    const HttpServer server(HttpAnswer{.status = 500, .body = QByteArray(50'000, 'x')});
    const DeliveryOutcome outcome = deliveredTo(server);
    ENDS_AS(outcome, "try again");
    QVERIFY2(outcome.error.size() < 300, qPrintable(outcome.error));
    QVERIFY(outcome.error.endsWith(QStringLiteral("xxx…")));
}

void AnswerTest::connectionStaysOpenBetweenDeliveries() {
    const HttpServer server(HttpAnswer{});
    Webhook webhook(targetAt(server.port()));
    for (int i = 0; i < 20; ++i)
        ENDS_AS(webhook.deliver(someDelivery(), sentAtUs), "delivered");
    QCOMPARE(server.requestCount(), 20);
    QCOMPARE(server.connectionCount(), 1);
}

void AnswerTest::closedConnectionIsOpenedAgain() {
    const HttpServer server(HttpAnswer{.manner = Manner::CloseAfterwards});
    Webhook webhook(targetAt(server.port()));
    for (int i = 0; i < 20; ++i)
        ENDS_AS(webhook.deliver(someDelivery(), sentAtUs), "delivered");
    QVERIFY(server.requestCount() >= 20);
    QVERIFY(server.connectionCount() >= 20);
}

void AnswerTest::cookiesAreNotKept() {
    const HttpServer server(HttpAnswer{.headers = {"Set-Cookie: session=1; Path=/"}});
    Webhook webhook(targetAt(server.port()));
    ENDS_AS(webhook.deliver(someDelivery(), sentAtUs), "delivered");
    ENDS_AS(webhook.deliver(someDelivery(), sentAtUs), "delivered");
    QCOMPARE(server.requestCount(), 2);
    QVERIFY(!server.requests().back().headers.contains("cookie"));
}

/// To a host that does not exist: addresses of this machine are never asked of a proxy.
void AnswerTest::proxyOfTheProgramIsNotUsed() {
    const HttpServer proxy(HttpAnswer{});
    WebhookTarget target = targetAt(80);
    target.url = QUrl(QStringLiteral("http://rewards.invalid/"));
    target.isPlainHttpAllowed = true;
    QNetworkProxy::setApplicationProxy(
        QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.port()));
    const DeliveryOutcome outcome = deliveredTo(target);
    QNetworkProxy::setApplicationProxy(QNetworkProxy());
    ENDS_AS(outcome, "try again");
    QCOMPARE(proxy.connectionCount(), 0);
}

void AnswerTest::deliveriesGoOutFromALane() {
    const HttpServer server(HttpAnswer{});
    base::Lane lane(QStringLiteral("rewards"));
    auto webhook = std::make_unique<Webhook>(targetAt(server.port()));
    std::vector<QFuture<base::Result<DeliveryOutcome>>> futures;
    for (int i = 0; i < 10; ++i)
        futures.push_back(lane.run<DeliveryOutcome>(
            [&webhook]() -> base::Result<DeliveryOutcome> { return webhook->deliver(someDelivery(), sentAtUs); }));
    for (auto& future : futures) {
        QVERIFY(future.result());
        ENDS_AS(*future.result(), "delivered");
    }
    lane.end([&webhook] { webhook.reset(); });
    QCOMPARE(server.requestCount(), 10);
    QCOMPARE(server.connectionCount(), 1);
}

void AnswerTest::chunkedAnswerIsRead() {
    const HttpServer server(
        HttpAnswer{.body = "HTTP/1.1 422 Said\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nuse\r\n5\r\nr 7 ?\r\n0\r\n\r\n",
                   .manner = Manner::Raw});
    const DeliveryOutcome outcome = deliveredTo(server);
    ENDS_AS(outcome, "refused");
    QVERIFY2(outcome.error.endsWith(QStringLiteral(": user 7 ?")), qPrintable(outcome.error));
}

/// HTTP/1.0's way: the end of the connection is the end of the answer.
void AnswerTest::answerWithoutALengthIsRead() {
    const HttpServer server(HttpAnswer{.body = "HTTP/1.0 200 OK\r\n\r\n{}", .manner = Manner::Raw});
    ENDS_AS(deliveredTo(server), "delivered");
}

void AnswerTest::wrongTargetIsNamedAndNothingIsSent_data() {
    QTest::addColumn<QString>("address");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("caFile");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const char* address, const char* part, const QByteArray& key = testKey(),
                        const char* caFile = "") {
        QTest::newRow(name) << QString::fromLatin1(address) << key << QString::fromLatin1(caFile)
                            << QString::fromLatin1(part);
    };
    row("empty", "", "cannot be read");
    row("no host", "https:///rewards", "cannot be read");
    row("relative", "/rewards", "cannot be read");
    row("another scheme", "ftp://127.0.0.1:%1/rewards", "does not start with https://");
    row("user", "http://canary@127.0.0.1:%1/", "holds a user or password");
    row("user and password", "http://user:canary@127.0.0.1:%1/", "holds a user or password");
    row("plain to another machine", "http://192.0.2.1:%1/canary", "http:// on another machine");
    row("plain to a name", "http://localhost.example.org:%1/canary", "http:// on another machine");
    row("no key", "http://127.0.0.1:%1/canary", "shorter than 16 bytes", {});
    row("short key", "http://127.0.0.1:%1/canary", "shorter than 16 bytes", "canary789012345");
    row("no authority", "http://127.0.0.1:%1/canary", "no certificate of an authority", testKey(), "/dev/null");
}

void AnswerTest::wrongTargetIsNamedAndNothingIsSent() {
    QFETCH(QString, address);
    QFETCH(QByteArray, key);
    QFETCH(QString, caFile);
    QFETCH(QString, part);
    const HttpServer server(HttpAnswer{});
    WebhookTarget target = targetAt(server.port());
    target.url = QUrl(address.replace(QLatin1String("%1"), QString::number(server.port())));
    target.key = key;
    target.caFile = caFile;

    const auto checked = checkTarget(target);
    QVERIFY(!checked);
    QCOMPARE(base::name(checked.error().kind), QStringLiteral("invalid_input"));
    QVERIFY2(checked.error().what.contains(part), qPrintable(checked.error().what));
    QVERIFY(!checked.error().what.contains(QLatin1String("canary")));
    const DeliveryOutcome outcome = deliveredTo(target);
    ENDS_AS(outcome, "try again"); // the settings are wrong, not the delivery
    QCOMPARE(outcome.error, checked.error().what);
    QCOMPARE(server.connectionCount(), 0);
}

void AnswerTest::plainHttpToAnotherMachineCanBeAllowed() {
    WebhookTarget target = targetAt(80);
    target.url = QUrl(QStringLiteral("http://rewards.example.org/"));
    QVERIFY(!checkTarget(target));
    target.isPlainHttpAllowed = true;
    QVERIFY(checkTarget(target));
    target.isPlainHttpAllowed = false;
    target.url = QUrl(QStringLiteral("https://rewards.example.org/"));
    QVERIFY(checkTarget(target));
    QCOMPARE(where(target), QStringLiteral("rewards.example.org:443"));
}

void AnswerTest::loopbackMayBePlain_data() {
    QTest::addColumn<QString>("host");
    for (const char* host : {"127.0.0.1", "127.9.9.9", "[::1]", "localhost", "LOCALHOST"})
        QTest::newRow(host) << QString::fromLatin1(host);
}

void AnswerTest::loopbackMayBePlain() {
    QFETCH(QString, host);
    WebhookTarget target = targetAt(80);
    target.url = QUrl(QStringLiteral("http://%1:8080/").arg(host));
    const auto checked = checkTarget(target);
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().what));
}

} // namespace affinity::test
