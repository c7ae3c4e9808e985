#include "tests/rewards/tls_test.h"

#include "tests/rewards/rewardsworld.h"

#include <QTcpServer>
#include <QTest>

namespace affinity::test {

using namespace rewards;

namespace {

const HttpServer::Handler& accepting() {
    static const HttpServer::Handler handler = [](const HttpRequest&) { return HttpAnswer{}; };
    return handler;
}

WebhookTarget tlsTargetAt(quint16 port, const QString& caFile, const QString& host = QStringLiteral("127.0.0.1")) {
    WebhookTarget target = targetAt(port);
    target.url = QUrl(QStringLiteral("https://%1:%2/rewards").arg(host).arg(port));
    target.caFile = caFile;
    return target;
}

} // namespace

void TlsTest::initTestCase() {
    QVERIFY(m_authority.isValid());
    QVERIFY(m_authority.sign(QStringLiteral("right"), QStringLiteral("IP:127.0.0.1,DNS:localhost")));
    QVERIFY(m_authority.sign(QStringLiteral("wronghost"), QStringLiteral("DNS:rewards.example.org")));
    QVERIFY(m_authority.sign(QStringLiteral("expired"), QStringLiteral("IP:127.0.0.1"), -1));
}

HttpServerTls TlsTest::filesOf(const QString& name) const {
    return {m_authority.certificateFile(name), m_authority.keyFile(name)};
}

void TlsTest::trustedServerGetsTheDelivery() {
    const HttpServer server(accepting(), filesOf(QStringLiteral("right")));
    for (const char* host : {"127.0.0.1", "localhost"}) {
        const DeliveryOutcome outcome =
            deliveredTo(tlsTargetAt(server.port(), m_authority.caFile(), QString::fromLatin1(host)));
        ENDS_AS(outcome, "delivered");
    }
    QCOMPARE(server.requestCount(), 2);
    QCOMPARE(server.requests().front().body, bodyOf(someDelivery()));
}

void TlsTest::connectionStaysOpenOverTls() {
    const HttpServer server(accepting(), filesOf(QStringLiteral("right")));
    Webhook webhook(tlsTargetAt(server.port(), m_authority.caFile()));
    for (int i = 0; i < 5; ++i)
        ENDS_AS(webhook.deliver(someDelivery(), sentAtUs), "delivered");
    QCOMPARE(server.connectionCount(), 1);
}

void TlsTest::untrustedServerGetsNothing_data() {
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<bool>("isAuthorityNamed");
    QTest::addColumn<QString>("part");
    QTest::newRow("wrong host") << QStringLiteral("wronghost") << true << QStringLiteral("is not for that host");
    QTest::newRow("expired") << QStringLiteral("expired") << true << QStringLiteral("is expired or not valid yet");
    QTest::newRow("unknown authority") << QStringLiteral("right") << false << QStringLiteral("is not trusted here");
    QTest::newRow("everything wrong") << QStringLiteral("wronghost") << false << QStringLiteral("is not for that host");
}

void TlsTest::untrustedServerGetsNothing() {
    QFETCH(QString, certificate);
    QFETCH(bool, isAuthorityNamed);
    QFETCH(QString, part);
    const HttpServer server(accepting(), filesOf(certificate));
    Webhook webhook(tlsTargetAt(server.port(), isAuthorityNamed ? m_authority.caFile() : QString()));
    for (int i = 0; i < 2; ++i) { // also not when it has failed before
        const DeliveryOutcome outcome = webhook.deliver(someDelivery(), sentAtUs);
        ENDS_AS(outcome, "try again");
        QVERIFY2(outcome.error.contains(part), qPrintable(outcome.error));
    }
    QCOMPARE(server.requestCount(), 0);
}

void TlsTest::serverThatIsNotTrustedAnyMoreIsFoundByTheNextWebhook() {
    const HttpServer server(accepting(), filesOf(QStringLiteral("right")));
    ENDS_AS(deliveredTo(tlsTargetAt(server.port(), m_authority.caFile())), "delivered");
    ENDS_AS(deliveredTo(tlsTargetAt(server.port(), {})), "try again"); // no session of the first is used again
    QCOMPARE(server.requestCount(), 1);
}

/// Its answer to a handshake is no handshake.
void TlsTest::serverWithoutTlsIsNamed() {
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    QObject::connect(&listener, &QTcpServer::newConnection, &listener, [&listener] {
        QTcpSocket* const socket = listener.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket,
                         [socket] { socket->write("HTTP/1.1 400 Plain HTTP here\r\nContent-Length: 0\r\n\r\n"); });
    });
    // The delivery processes this thread's events while it waits, the listener's among them.
    const DeliveryOutcome outcome = deliveredTo(tlsTargetAt(listener.serverPort(), m_authority.caFile()));
    ENDS_AS(outcome, "try again");
    QVERIFY2(outcome.error.contains(QLatin1String("found no TLS connection")), qPrintable(outcome.error));
}

void TlsTest::serverThatNeverFinishesTheHandshakeEndsAtTheConnectingTime() {
    const HttpServer server(HttpAnswer{}); // waits for a request that never becomes whole
    WebhookTarget target = tlsTargetAt(server.port(), m_authority.caFile());
    target.connectMs = growingMs.front();
    QElapsedTimer timer;
    timer.start();
    const DeliveryOutcome outcome = deliveredTo(target);
    ENDS_AS(outcome, "try again");
    QVERIFY(timer.elapsed() >= target.connectMs && timer.elapsed() < target.connectMs + slackMs);
    QVERIFY2(outcome.error.contains(QLatin1String("took no connection within")), qPrintable(outcome.error));
}

} // namespace affinity::test
