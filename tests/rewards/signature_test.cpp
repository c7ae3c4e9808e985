#include "tests/rewards/signature_test.h"

#include "engine/rewards/signature.h"
#include "tests/rewards/rewardsworld.h"
#include "tests/support/property.h"

#include <QTest>

namespace affinity::test {

using namespace rewards;

namespace {

constexpr qint64 someSeconds = 1'772'833'597;

QByteArray bytesOf(const std::string& text) {
    return QByteArray::fromStdString(text);
}

} // namespace

void SignatureTest::hmacGivesTheAnswersOfRfc4231_data() {
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("case 1") << QByteArray(20, '\x0b') << QByteArray("Hi There")
                            << QByteArray("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    QTest::newRow("case 2") << QByteArray("Jefe") << QByteArray("what do ya want for nothing?")
                            << QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    QTest::newRow("case 6") << QByteArray(131, '\xaa')
                            << QByteArray("Test Using Larger Than Block-Size Key - Hash Key First")
                            << QByteArray("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

void SignatureTest::hmacGivesTheAnswersOfRfc4231() {
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, message);
    QTEST(hmacSha256(key, message), "hex");
}

/// Recorded with Python's hmac module and with `openssl dgst -sha256 -hmac`, which agree.
void SignatureTest::signatureIsWhatPythonAndOpensslCompute() {
    QCOMPARE(signatureHeader(testKey(), bodyOf(someDelivery()), someSeconds),
             QByteArray("t=1772833597,v1=3e936ab6163bea3ed850120dc7c5568e21aaebb63bf612be480e407ac8241a1b"));
}

void SignatureTest::bodyIsTheDocumentedJson() {
    QCOMPARE(QString::fromUtf8(bodyOf(someDelivery())),
             QStringLiteral(R"({"type":"level_reward","device_id":41,"user_id":7,"level":3,"name":"好友",)"
                            R"("rewards":[{"item":"hat","count":1}],"log_id":1234,)"
                            R"("granted_at":"2026-03-06T21:46:37.058799+00:00"})"));
}

void SignatureTest::bodyWithoutALogRowSaysNull() {
    Delivery delivery = someDelivery();
    delivery.logId = {};
    const base::Json body = base::Json::parse(bodyOf(delivery).toStdString());
    QVERIFY(body.at("log_id").is_null());
}

void SignatureTest::bodyHoldsAnyBytesOfADatabase() {
    AFFINITY_PROPERTY("a body is JSON whatever the rewards hold", [](const std::string& bytes, int device, int level) {
        Delivery delivery = someDelivery();
        delivery.deviceId = {device};
        delivery.level = level;
        delivery.rewards = base::Json{{"note", bytes}};
        const base::Json body = base::Json::parse(bodyOf(delivery).toStdString());
        RC_ASSERT(body.at("device_id").get<int>() == device);
        RC_ASSERT(body.at("level").get<int>() == level);
        RC_ASSERT(body.at("rewards").contains("note"));
    });
}

void SignatureTest::keyOfADeliveryIsTheSameForEveryAttempt() {
    QCOMPARE(idempotencyKey(someDelivery()), QStringLiteral("affinity-reward-41-3"));
    AFFINITY_PROPERTY("keys are equal exactly for the same device and level",
                      [](quint8 device, quint8 level, quint8 otherDevice, quint8 otherLevel, int attempt) {
                          Delivery one = someDelivery();
                          one.deviceId = {device};
                          one.level = level;
                          Delivery other = one;
                          other.deviceId = {otherDevice};
                          other.level = otherLevel;
                          other.attempt = attempt;
                          other.createdAtUs = attempt;
                          RC_ASSERT((idempotencyKey(one) == idempotencyKey(other)) ==
                                    (device == otherDevice && level == otherLevel));
                      });
}

void SignatureTest::ownSignatureIsAccepted() {
    AFFINITY_PROPERTY("what is signed is accepted within the tolerance",
                      [](const std::string& key, const std::string& body, quint32 seconds) {
                          const qint64 late = *rc::gen::inRange<qint64>(seconds < 300 ? 0 : -300, 301);
                          const QByteArray header = signatureHeader(bytesOf(key), bytesOf(body), seconds);
                          RC_ASSERT(isSignedBy(bytesOf(key), bytesOf(body), header, seconds + late));
                      });
}

void SignatureTest::anyChangeOfTheBodyIsFound() {
    AFFINITY_PROPERTY("a body with a byte changed, added or gone is refused", [](const std::string& text) {
        const QByteArray body = bytesOf(text) + "}";
        const QByteArray header = signatureHeader(testKey(), body, someSeconds);
        const auto at = *rc::gen::inRange<qsizetype>(0, body.size());
        QByteArray changed = body;
        changed[at] = static_cast<char>(changed[at] ^ (1 << *rc::gen::inRange(0, 8)));
        RC_ASSERT(!isSignedBy(testKey(), changed, header, someSeconds));
        RC_ASSERT(!isSignedBy(testKey(), body + ' ', header, someSeconds));
        RC_ASSERT(!isSignedBy(testKey(), body.chopped(1), header, someSeconds));
        RC_ASSERT(isSignedBy(testKey(), body, header, someSeconds));
    });
}

void SignatureTest::anotherKeyIsRefused() {
    const QByteArray header = signatureHeader(testKey(), "{}", someSeconds);
    QVERIFY(!isSignedBy(testKey() + '0', "{}", header, someSeconds));
    QVERIFY(!isSignedBy({}, "{}", header, someSeconds));
}

void SignatureTest::signatureOfAnotherTimeIsRefused() {
    const QByteArray signature = signatureOf(testKey(), "{}", someSeconds);
    QVERIFY(isSignedBy(testKey(), "{}", "t=1772833597,v1=" + signature, someSeconds));
    QVERIFY(!isSignedBy(testKey(), "{}", "t=1772833598,v1=" + signature, someSeconds));
}

void SignatureTest::oldOrEarlySignatureIsRefused() {
    const QByteArray header = signatureHeader(testKey(), "{}", someSeconds);
    QVERIFY(isSignedBy(testKey(), "{}", header, someSeconds + 300));
    QVERIFY(!isSignedBy(testKey(), "{}", header, someSeconds + 301));
    QVERIFY(isSignedBy(testKey(), "{}", header, someSeconds - 300));
    QVERIFY(!isSignedBy(testKey(), "{}", header, someSeconds - 301));
    QVERIFY(isSignedBy(testKey(), "{}", header, someSeconds + 301, 600));
}

void SignatureTest::brokenHeaderIsRefused_data() {
    QTest::addColumn<QByteArray>("header");
    const QByteArray signature = signatureOf(testKey(), "{}", someSeconds);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no time") << QByteArray("v1=" + signature);
    QTest::newRow("no signature") << QByteArray("t=1772833597");
    QTest::newRow("empty signature") << QByteArray("t=1772833597,v1=");
    QTest::newRow("half a signature") << QByteArray("t=1772833597,v1=" + signature.left(32));
    QTest::newRow("more than a signature") << QByteArray("t=1772833597,v1=" + signature + "00");
    QTest::newRow("two times") << QByteArray("t=1772833597,t=1772833597,v1=" + signature);
    QTest::newRow("time with a sign") << QByteArray("t=+1772833597,v1=" + signature);
    QTest::newRow("time that overflows") << QByteArray("t=99999999999999999999,v1=" + signature);
    QTest::newRow("another scheme") << QByteArray("t=1772833597,v2=" + signature);
    QTest::newRow("largest time") << QByteArray("t=9223372036854775807,v1=" + signature);
}

void SignatureTest::brokenHeaderIsRefused() {
    QFETCH(QByteArray, header);
    QVERIFY(!isSignedBy(testKey(), "{}", header, someSeconds));
}

void SignatureTest::oneOfSeveralSignaturesIsEnough() {
    const QByteArray right = signatureOf(testKey(), "{}", someSeconds);
    const QByteArray wrong(64, '0');
    QVERIFY(isSignedBy(testKey(), "{}", "t=1772833597,v1=" + wrong + ",v1=" + right, someSeconds));
    QVERIFY(isSignedBy(testKey(), "{}", "t=1772833597, v1=" + right + ", v1=" + wrong, someSeconds));
    QVERIFY(!isSignedBy(testKey(), "{}", "t=1772833597,v1=" + wrong + ",v1=" + wrong, someSeconds));
}

} // namespace affinity::test
