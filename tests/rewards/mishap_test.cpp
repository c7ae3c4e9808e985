#include "tests/rewards/mishap_test.h"

#include "tests/rewards/rewardsworld.h"

#include <QSet>
#include <QTcpServer>
#include <QTest>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace affinity::test {

using namespace rewards;
using Manner = HttpAnswer::Manner;

namespace {

/// A listener whose queue is full: the system answers no further connection, refuses none, and nobody accepts.
class FullListener {
public:
    FullListener() {
        m_sockets.push_back(::socket(AF_INET, SOCK_STREAM, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        m_isFull = ::bind(m_sockets[0], reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                   ::listen(m_sockets[0], 0) == 0 &&
                   ::getsockname(m_sockets[0], reinterpret_cast<sockaddr*>(&address), &size) == 0;
        m_port = ntohs(address.sin_port);
        for (int i = 0; i < 4; ++i) {
            m_sockets.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
            if (::connect(m_sockets.back(), reinterpret_cast<sockaddr*>(&address), size) != 0 && errno != EINPROGRESS)
                m_isFull = false;
        }
    }
    ~FullListener() {
        for (const int socket : m_sockets)
            ::close(socket);
    }
    FullListener(const FullListener&) = delete;
    FullListener& operator=(const FullListener&) = delete;

    bool isFull() const { return m_isFull; }
    quint16 port() const { return m_port; }

private:
    std::vector<int> m_sockets;
    quint16 m_port = 0;
    bool m_isFull = false;
};

struct Timed {
    DeliveryOutcome outcome;
    qint64 limitMs = 0;
    qint64 tookMs = 0;

    bool isOnTime() const { return tookMs >= limitMs && tookMs < limitMs + slackMs; }
};

Timed timed(const WebhookTarget& target, qint64 limitMs) {
    QElapsedTimer timer;
    timer.start();
    DeliveryOutcome outcome = deliveredTo(target);
    return {std::move(outcome), limitMs, timer.elapsed()};
}

} // namespace

void MishapTest::closedPortIsTriedAgain() {
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    const quint16 port = listener.serverPort();
    listener.close();
    const DeliveryOutcome outcome = deliveredTo(targetAt(port));
    ENDS_AS(outcome, "try again");
    QCOMPARE(outcome.error, QStringLiteral("Nothing listens at 127.0.0.1:%1, where the webhook should be.").arg(port));
}

void MishapTest::unknownHostIsTriedAgain() {
    WebhookTarget target = targetAt(443);
    target.url = QUrl(QStringLiteral("https://no-such-host.invalid/rewards")); // RFC 6761: never a host
    const DeliveryOutcome outcome = deliveredTo(target);
    ENDS_AS(outcome, "try again");
    QVERIFY2(outcome.error.contains(QLatin1String("no-such-host.invalid:443")), qPrintable(outcome.error));
}

void MishapTest::silentServerEndsAtTheTotalTime_data() {
    QTest::addColumn<int>("manner");
    QTest::newRow("nothing comes") << int(Manner::Never);
    QTest::newRow("a byte now and then") << int(Manner::DripBody);
    QTest::newRow("a header now and then") << int(Manner::DripHead);
}

void MishapTest::silentServerEndsAtTheTotalTime() {
    QFETCH(int, manner);
    const HttpServer server(HttpAnswer{.manner = Manner(manner)});
    WebhookTarget target = targetAt(server.port());
    Timed last;
    for (const int ms : growingMs) {
        target.totalMs = ms;
        target.connectMs = ms / 2; // over when the request is sent, and no limit from then on
        last = timed(target, ms);
        if (last.outcome.error.contains(QLatin1String("whole answer")) && server.requestCount() > 0)
            break;
    }
    ENDS_AS(last.outcome, "try again");
    QVERIFY2(last.isOnTime(), qPrintable(QString::number(last.tookMs)));
    QCOMPARE(last.outcome.error, QStringLiteral("The webhook at 127.0.0.1:%1 gave no whole answer within %2 ms.")
                                     .arg(server.port())
                                     .arg(last.limitMs));
}

void MishapTest::fullServerEndsAtTheConnectingTime() {
    const FullListener listener;
    QVERIFY(listener.isFull());
    WebhookTarget target = targetAt(listener.port());
    target.connectMs = growingMs.front();
    const Timed last = timed(target, target.connectMs);
    ENDS_AS(last.outcome, "try again");
    QVERIFY2(last.isOnTime(), qPrintable(QString::number(last.tookMs)));
    QCOMPARE(last.outcome.error, QStringLiteral("The webhook at 127.0.0.1:%1 took no connection within %2 ms.")
                                     .arg(listener.port())
                                     .arg(target.connectMs));
}

void MishapTest::cutAnswerIsTriedAgain_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("before the first byte") << QByteArray();
    QTest::newRow("in the version") << QByteArray("HTT");
    QTest::newRow("in the status") << QByteArray("HTTP/1.1 20");
    QTest::newRow("after the status") << QByteArray("HTTP/1.1 200");
    QTest::newRow("after the status line") << QByteArray("HTTP/1.1 200 OK\r\n");
    QTest::newRow("in a header") << QByteArray("HTTP/1.1 200 OK\r\nContent-Len");
    QTest::newRow("after a header") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n");
    QTest::newRow("before the body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
    QTest::newRow("in the body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{");
    QTest::newRow("in the body of a refusal") << QByteArray("HTTP/1.1 400 No\r\nContent-Length: 9\r\n\r\n{");
    QTest::newRow("before the body of a refusal") << QByteArray("HTTP/1.1 404 No\r\nContent-Length: 9\r\n\r\n");
    QTest::newRow("in the body of a redirect") << QByteArray("HTTP/1.1 302 No\r\nContent-Length: 9\r\n\r\n{");
}

/// The receiver may have given the reward or not; only sending the key again tells. What Qt makes of a cut depends on
/// whether it comes with the bytes or after them.
void MishapTest::cutAnswerIsTriedAgain() {
    QFETCH(QByteArray, bytes);
    for (const Manner manner : {Manner::Raw, Manner::RawAndLater}) {
        const HttpServer server(HttpAnswer{.body = bytes, .manner = manner});
        const DeliveryOutcome outcome = deliveredTo(server);
        ENDS_AS(outcome, "try again");
        QVERIFY2(outcome.error.contains(QLatin1String("closed the connection before its answer was whole")),
                 qPrintable(outcome.error));
        const auto requests = server.requests();
        QVERIFY(!requests.empty() && requests.size() <= 4); // Qt repeats what got no answer, at most 3 times
        for (const HttpRequest& request : requests) {
            QCOMPARE(request.body, requests.front().body);
            QCOMPARE(request.headers, requests.front().headers);
        }
    }
}

void MishapTest::answerThatIsNotHttpIsTriedAgain_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("another protocol") << QByteArray("220 mail.example.org ESMTP ready\r\n");
    QTest::newRow("a page without a head") << QByteArray("<html>200 OK</html>\r\n\r\n");
    QTest::newRow("noughts") << QByteArray(1000, '\0');
    QTest::newRow("a status of letters") << QByteArray("HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("a status beyond 599") << QByteArray("HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n");
}

void MishapTest::answerThatIsNotHttpIsTriedAgain() {
    QFETCH(QByteArray, bytes);
    const HttpServer server(HttpAnswer{.body = bytes, .manner = Manner::Raw});
    ENDS_AS(deliveredTo(server), "try again");
}

void MishapTest::endlessAnswerIsCutAndItsStatusCounts_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("kind");
    QTest::newRow("200") << 200 << QByteArray("delivered");
    QTest::newRow("404") << 404 << QByteArray("refused");
    QTest::newRow("500") << 500 << QByteArray("try again");
}

void MishapTest::endlessAnswerIsCutAndItsStatusCounts() {
    QFETCH(int, status);
    QFETCH(QByteArray, kind);
    const HttpServer server(HttpAnswer{.status = status, .manner = Manner::EndlessBody});
    const Timed last = timed(targetAt(server.port()), 0);
    ENDS_AS(last.outcome, kind);
    QVERIFY2(last.tookMs < farMs, "it was cut, not waited for");
    QCOMPARE(server.requestCount(), 1);
}

void MishapTest::answerOfExactlyTheLimitIsWhole() {
    for (const int more : {-1, 0, 1}) {
        const HttpServer server(HttpAnswer{.body = QByteArray(100 + more, 'x')});
        WebhookTarget target = targetAt(server.port());
        target.largestAnswerBytes = 100;
        ENDS_AS(deliveredTo(target), "delivered");
    }
}

void MishapTest::cancelledDeliveryEndsAtOnce() {
    std::atomic<bool> cancelled = false;
    const HttpServer server([&cancelled](const HttpRequest&) {
        cancelled = true;
        return HttpAnswer{.manner = Manner::Never};
    });
    Webhook webhook(targetAt(server.port()), &cancelled);
    QElapsedTimer timer;
    timer.start();
    const DeliveryOutcome outcome = webhook.deliver(someDelivery(), sentAtUs);
    ENDS_AS(outcome, "try again");
    QVERIFY2(outcome.error.contains(QLatin1String("cancelled")), qPrintable(outcome.error));
    QVERIFY2(timer.elapsed() < farMs / 2, "long before its time limit");
}

void MishapTest::cancelledBeforeSendsNothing() {
    const std::atomic<bool> cancelled = true;
    const HttpServer server(HttpAnswer{});
    Webhook webhook(targetAt(server.port()), &cancelled);
    ENDS_AS(webhook.deliver(someDelivery(), sentAtUs), "try again");
    QCOMPARE(server.requestCount(), 0);
}

/// An answer that comes late never counts for the next delivery.
void MishapTest::deliveryAfterATimeOutGetsItsOwnAnswer() {
    const HttpServer server([](const HttpRequest& request) {
        const bool isFirst = request.headers.value("idempotency-key") == "affinity-reward-41-3";
        return isFirst ? HttpAnswer{.manner = Manner::DripBody} : HttpAnswer{.status = 422, .body = "second"};
    });
    WebhookTarget target = targetAt(server.port());
    for (const int ms : growingMs) {
        target.totalMs = ms;
        Webhook webhook(target);
        ENDS_AS(webhook.deliver(someDelivery(), sentAtUs), "try again");
        Delivery second = someDelivery();
        second.level = 4;
        const DeliveryOutcome outcome = webhook.deliver(second, sentAtUs);
        if (outcome.error.contains(QLatin1String("no whole answer")) && ms != growingMs.back())
            continue; // a busy machine
        ENDS_AS(outcome, "refused");
        QVERIFY2(outcome.error.endsWith(QLatin1String(": second")), qPrintable(outcome.error));
        break;
    }
}

/// I10: a receiver that keeps the keys gives each reward once, whatever the network does to its answers.
void MishapTest::receiverGivesEachRewardOnceWhateverHappens() {
    QMap<QByteArray, int> given; // on the server's thread until it has gone
    int turn = 0;
    constexpr int levels = 40;
    int attempts = 0;
    {
        HttpServer server([&given, &turn](const HttpRequest& request) {
            const QByteArray key = request.headers.value("idempotency-key");
            const bool isKnown = given.contains(key);
            switch (turn++ % 5) {
            case 0: // it crashed before it gave anything
                return HttpAnswer{.body = {}, .manner = Manner::Raw};
            case 1: // given, and the answer is lost
                given[key] += isKnown ? 0 : 1;
                return HttpAnswer{.body = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{", .manner = Manner::Raw};
            case 2: // not now
                return HttpAnswer{.status = 503};
            default:
                given[key] += isKnown ? 0 : 1;
                return HttpAnswer{.status = isKnown ? 409 : 201};
            }
        });
        Webhook webhook(targetAt(server.port()));
        for (int level = 1; level <= levels; ++level) {
            Delivery delivery = someDelivery();
            delivery.level = level;
            DeliveryOutcome outcome;
            for (delivery.attempt = 1; delivery.attempt <= 24; ++delivery.attempt) {
                outcome = webhook.deliver(delivery, sentAtUs);
                ++attempts;
                if (outcome.kind != DeliveryOutcome::Kind::TryAgain)
                    break;
            }
            ENDS_AS(outcome, "delivered");
        }
    }
    QVERIFY2(attempts > levels, "some attempts failed, or this test shows nothing");
    QCOMPARE(given.size(), levels);
    for (const int times : std::as_const(given))
        QCOMPARE(times, 1);
}

} // namespace affinity::test
