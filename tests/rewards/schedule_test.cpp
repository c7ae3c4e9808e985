#include "tests/rewards/schedule_test.h"

#include "engine/rewards/backoff.h"
#include "engine/rewards/retryafter.h"
#include "tests/rewards/rewardsworld.h"
#include "tests/support/property.h"

#include <QSet>
#include <QTest>

namespace affinity::test {

using namespace rewards;
using Kind = DeliveryOutcome::Kind;
using State = NextStep::State;

namespace {

constexpr qint64 secondUs = 1'000'000;
constexpr qint64 hourUs = 3600 * secondUs;
constexpr double middle = 0.5; ///< the draw that changes no wait

const DeliveryOutcome failed{.kind = Kind::TryAgain, .error = QStringLiteral("away"), .retryAfterUs = std::nullopt};

Delivery atAttempt(int attempt) {
    Delivery delivery = someDelivery();
    delivery.attempt = attempt;
    return delivery;
}

} // namespace

void ScheduleTest::everyStatusHasItsKind() {
    const QSet<int> again{408, 425, 429};
    for (int status = 0; status <= 700; ++status) {
        Kind expected = Kind::TryAgain;
        if (status / 100 == 2 || status == 409)
            expected = Kind::Delivered;
        else if (status / 100 == 3 || (status / 100 == 4 && !again.contains(status)))
            expected = Kind::Refused;
        QVERIFY2(kindOfStatus(status) == expected, qPrintable(QString::number(status)));
    }
}

void ScheduleTest::retryAfterIsRead_data() {
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("seconds"); // -1: nothing
    constexpr qint64 none = -1;
    QTest::newRow("seconds") << QByteArray("120") << qint64(120);
    QTest::newRow("with spaces") << QByteArray(" 7 ") << qint64(7);
    QTest::newRow("zero") << QByteArray("0") << qint64(0);
    QTest::newRow("an hour") << QByteArray("3600") << qint64(3600);
    QTest::newRow("more than an hour") << QByteArray("3601") << qint64(3600);
    QTest::newRow("more than fits") << QByteArray("99999999999999999999999") << qint64(3600);
    // now is Sun, 06 Nov 1994 08:49:37
    QTest::newRow("date") << QByteArray("Sun, 06 Nov 1994 08:50:37 GMT") << qint64(60);
    QTest::newRow("date of RFC 850") << QByteArray("Sunday, 06-Nov-94 08:50:37 GMT") << qint64(60);
    QTest::newRow("date of asctime") << QByteArray("Sun Nov  6 08:50:37 1994") << qint64(60);
    QTest::newRow("date gone by") << QByteArray("Sun, 06 Nov 1994 08:49:36 GMT") << qint64(0);
    QTest::newRow("date far ahead") << QByteArray("Mon, 07 Nov 1994 08:49:37 GMT") << qint64(3600);
    QTest::newRow("empty") << QByteArray("") << none;
    QTest::newRow("negative") << QByteArray("-5") << none;
    QTest::newRow("fraction") << QByteArray("1.5") << none;
    QTest::newRow("word") << QByteArray("soon") << none;
    QTest::newRow("no such day") << QByteArray("Sun, 36 Nov 1994 08:49:37 GMT") << none;
}

void ScheduleTest::retryAfterIsRead() {
    QFETCH(QByteArray, value);
    QFETCH(qint64, seconds);
    constexpr qint64 nowUs = 784'111'777 * secondUs; // RFC 9110's example date
    const auto waitUs = retryAfterUs(value, nowUs);
    QCOMPARE(waitUs.has_value(), seconds >= 0);
    QCOMPARE(waitUs.value_or(-secondUs), seconds * secondUs);
    // Two digits of a year are of this century again.
    constexpr qint64 lateUs = 1'772'833'597 * secondUs; // Friday, 6 March 2026, 21:46:37
    QCOMPARE(retryAfterUs("Friday, 06-Mar-26 21:47:37 GMT", lateUs), std::optional(60 * secondUs));
}

void ScheduleTest::anyRetryAfterIsWithinAnHour() {
    AFFINITY_PROPERTY("any header is nothing or a wait of at most an hour",
                      [](const std::string& value, quint32 nowSeconds) {
                          const auto waitUs = retryAfterUs(QByteArray::fromStdString(value), nowSeconds * secondUs);
                          RC_ASSERT(!waitUs || (*waitUs >= 0 && *waitUs <= hourUs));
                      });
}

void ScheduleTest::waitsGrowFromFiveSecondsToAnHour() {
    const std::vector<qint64> seconds{5, 30, 120, 600, 1800, 3600, 3600};
    for (size_t i = 0; i < seconds.size(); ++i)
        QCOMPARE(nextAttemptAfterUs(static_cast<int>(i) + 1, middle), seconds[i] * secondUs);
    QCOMPARE(nextAttemptAfterUs(mostAttempts, middle), hourUs);
}

void ScheduleTest::waitStaysWithinAFifth() {
    QCOMPARE(nextAttemptAfterUs(1, 0.0), 4 * secondUs);
    QCOMPARE(nextAttemptAfterUs(9, 0.0), hourUs / 10 * 8);
    AFFINITY_PROPERTY("a wait lies between 0.8 and 1.2 of its step and grows with the draw", [] {
        const int attempts = *rc::gen::inRange(1, 2 * mostAttempts);
        const double draw = *rc::gen::inRange(0, 1'000'000) / 1e6;
        const auto step = static_cast<double>(nextAttemptAfterUs(attempts, middle));
        const auto wait = static_cast<double>(nextAttemptAfterUs(attempts, draw));
        RC_ASSERT(wait >= 0.8 * step - 1);
        RC_ASSERT(wait <= 1.2 * step + 1);
        RC_ASSERT((draw < middle) == (wait < step));
    });
}

void ScheduleTest::deliveryDiesAfterTwentyFourAttempts() {
    QCOMPARE(stepAfter(failed, atAttempt(23), grantedAtUs + hourUs, middle),
             (NextStep{.state = State::Waiting, .nextAttemptAtUs = grantedAtUs + 2 * hourUs}));
    QCOMPARE(stepAfter(failed, atAttempt(24), grantedAtUs + hourUs, middle),
             (NextStep{.state = State::Dead, .nextAttemptAtUs = 0}));
}

void ScheduleTest::deliveryDiesADayAfterItsGrant() {
    QVERIFY(stepAfter(failed, atAttempt(10), grantedAtUs + 24 * hourUs - 1, middle).state == State::Waiting);
    QVERIFY(stepAfter(failed, atAttempt(10), grantedAtUs + 24 * hourUs, middle).state == State::Dead);
}

void ScheduleTest::deliveryThatWaitedForAConsoleIsStillTried() {
    constexpr qint64 weekUs = 7 * 24 * hourUs;
    for (int attempt = 1; attempt < leastAttempts; ++attempt)
        QVERIFY(stepAfter(failed, atAttempt(attempt), grantedAtUs + weekUs, middle).state == State::Waiting);
    QVERIFY(stepAfter(failed, atAttempt(leastAttempts), grantedAtUs + weekUs, middle).state == State::Dead);
}

void ScheduleTest::refusedDeliveryIsDeadAtOnce() {
    const DeliveryOutcome refused{.kind = Kind::Refused, .error = QStringLiteral("no"), .retryAfterUs = std::nullopt};
    QVERIFY(stepAfter(refused, atAttempt(1), grantedAtUs, middle).state == State::Dead);
}

void ScheduleTest::deliveredIsTheEnd() {
    const DeliveryOutcome delivered{.kind = Kind::Delivered, .error = {}, .retryAfterUs = std::nullopt};
    QVERIFY(stepAfter(delivered, atAttempt(24), grantedAtUs + 48 * hourUs, middle).state == State::Delivered);
}

void ScheduleTest::retryAfterMakesTheWaitLongerOnly() {
    DeliveryOutcome outcome = failed;
    outcome.retryAfterUs = 60 * secondUs;
    QCOMPARE(stepAfter(outcome, atAttempt(1), grantedAtUs, middle).nextAttemptAtUs, grantedAtUs + 60 * secondUs);
    outcome.retryAfterUs = 0;
    QCOMPARE(stepAfter(outcome, atAttempt(1), grantedAtUs, middle).nextAttemptAtUs, grantedAtUs + 5 * secondUs);
}

/// The two limits agree: a receiver that is away for a day gets every attempt, however the draws fall.
void ScheduleTest::allAttemptsFitIntoADay() {
    qint64 nowUs = grantedAtUs;
    int attempts = 0;
    for (NextStep step; step.state == State::Waiting; nowUs = step.nextAttemptAtUs) {
        step = stepAfter(failed, atAttempt(++attempts), nowUs, 0.999'999);
        if (step.state == State::Dead)
            break;
    }
    QCOMPARE(attempts, mostAttempts);
    QVERIFY(nowUs - grantedAtUs < longestWaitingUs);
}

} // namespace affinity::test
