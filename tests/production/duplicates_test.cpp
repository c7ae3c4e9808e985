#include "tests/production/duplicates_test.h"

#include "engine/store/counterkeys.h"
#include "tests/production/callers.h"
#include "tests/production/checks.h"

namespace affinity::test {

namespace {

constexpr int senders = 8;
constexpr int sendsOfEach = 125;
const QString sameEvent = QStringLiteral("the same");

struct Sent {
    qsizetype applied = 0;
    qsizetype conflicts = 0;
};

/// Sends it so many times by each sender, by turns to each of the devices, and says how often it had an effect.
Sent sendAll(const ProductionStore& rows, CounterKind counters, int devices, int sends = sendsOfEach) {
    Callers callers(rows, counters, senders, [&](Caller& caller) {
        Results results;
        for (int i = 0; i < sends; ++i)
            results.push_back(caller.apply(eventOn({1 + (caller.number() + i) % devices}, gift, sameEvent)));
        return results;
    });
    callers.join();
    const Results results = callers.all();
    qInfo("%s; sent again: %d", described(results).constData(), callers.retries());
    Sent sent{countOf(results, rules::Outcome::Applied), 0};
    sent.conflicts = std::count_if(results.begin(), results.end(), [](const service::ApplyResult& result) {
        return result.outcome == rules::Outcome::EventDuplicate && result.isEventConflict;
    });
    if (sent.applied + countOf(results, rules::Outcome::EventDuplicate) != senders * sends)
        qWarning("Some of them ended otherwise.");
    return sent;
}

/// Redis has a clock of its own: what is over by the store's clock has to go there, too.
void forgetTheEvent() {
    runOnRedis({"DEL", store::CounterKeys().event(sameEvent).toUtf8()});
}

} // namespace

void DuplicatesTest::initTestCase_data() {
    addServerKinds();
}

void DuplicatesTest::eventSentAThousandTimesCountsOnce_data() {
    QTest::addColumn<bool>("isRedis");
    QTest::addColumn<int>("devices");
    QTest::newRow("redis, one device") << true << 1;
    QTest::newRow("redis, five devices") << true << 5;
    QTest::newRow("counters of their own, one device") << false << 1;
    QTest::newRow("counters of their own, five devices") << false << 5;
}

void DuplicatesTest::eventSentAThousandTimesCountsOnce() {
    QFETCH(bool, isRedis);
    QFETCH(int, devices);
    const CounterKind counters = isRedis ? CounterKind::Redis : CounterKind::Own;
    ProductionStore rows(currentServerKind(), std::vector<int>(static_cast<size_t>(devices), 10));
    emptyRedis(false);
    const qsizetype toOthers = senders * sendsOfEach * (devices - 1) / devices;

    const Sent sent = sendAll(rows, counters, devices);
    QCOMPARE(sent.applied, 1);
    QCOMPARE(sent.conflicts, toOthers);
    QCOMPARE(rows.rows().log.size(), size_t{1});

    // The window is half open: a microsecond before its end nothing, at its end a new event.
    rows.clock().setNowUs(noonUs + 60 * secondUs - 1);
    forgetTheEvent();
    QCOMPARE(sendAll(rows, counters, devices, 5).applied, 0);
    rows.clock().setNowUs(noonUs + 61 * secondUs);
    QCOMPARE(sendAll(rows, counters, devices).applied, 1);
    QCOMPARE(rows.rows().log.size(), size_t{2});
    HAS_NO_VIOLATION(violationsOf(rows.rows(), {.isAllOurs = true}));
}

} // namespace affinity::test
