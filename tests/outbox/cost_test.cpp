#include "tests/outbox/cost_test.h"

#include "engine/service/random.h"
#include "engine/store/memorycounters.h"
#include "tests/outbox/relayrig.h"
#include "tests/production/must.h"
#include "tests/support/postgresserver.h"

#include <QElapsedTimer>
#include <QTest>

namespace affinity::test {

namespace {

/// A caller on a database of Django's, with or without the console's tables.
class CostCaller {
public:
    CostCaller(PostgresServer& server, bool isPrepared) : m_counters(m_clock) {
        const QString url = server.makeDatabase(QStringLiteral("django"));
        const store::OpenOptions options{.password = server.password().toUtf8()};
        if (isPrepared)
            must(store::prepare(url, options, m_clock));
        m_store = must(store::open(url, options, m_clock));
        must(m_store->editSetting({.maxAffinity = 1'000'000'000, .globalDailyCap = 1'000'000'000}, m_clock.nowUs()));
        service::ServiceOptions service;
        service.withoutCounters = service::WithoutCounters::GoOn;
        service.outbox = everything();
        m_service = std::make_unique<service::AffinityService>(*m_store, m_counters, m_draw, service);
    }

    /// Microseconds that so many events take; a device of Django's demo rows, with a rule that has no cap.
    qint64 timeOf(int events) {
        service::ApplyRequest request;
        request.userId = {1};
        request.deviceId = {1};
        request.ruleKey = QStringLiteral("bench_up");
        request.source = QStringLiteral("device_event");
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < events; ++i) {
            if (m_service->apply(request).outcome != rules::Outcome::Applied)
                qFatal("an event was not applied");
        }
        return timer.nsecsElapsed() / 1000;
    }

    /// Confirms that wait; none on a bare store.
    qint64 waiting() const {
        store::Outbox* outbox = m_store->outbox();
        return outbox ? must(outbox->figures()).confirms : 0;
    }

private:
    base::SystemClock m_clock;
    store::MemoryCounters m_counters;
    service::SystemDraw m_draw;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<service::AffinityService> m_service;
};

} // namespace

void CostTest::eachEventLeavesAConfirmAndItsCostIsPrinted() {
    constexpr int rounds = 5;
    constexpr int eventsOfARound = 30;
    PostgresServer server({.isDurable = true, .settings = {}});
    QVERIFY2(server.start(), server.output().constData());
    CostCaller bare(server, false);
    CostCaller prepared(server, true);
    bare.timeOf(eventsOfARound);
    prepared.timeOf(eventsOfARound);
    qint64 bareUs = 0;
    qint64 preparedUs = 0;
    for (int i = 0; i < rounds; ++i) { // in turn, so that a busy machine slows both
        bareUs += bare.timeOf(eventsOfARound);
        preparedUs += prepared.timeOf(eventsOfARound);
    }
    QCOMPARE(bare.waiting(), 0);
    QCOMPARE(prepared.waiting(), (rounds + 1) * eventsOfARound);
    qInfo("a durable PostgreSQL: an event takes %lld us on a bare store, %lld us with note and outbox: rate × %.2f",
          bareUs / (rounds * eventsOfARound), preparedUs / (rounds * eventsOfARound),
          static_cast<double>(bareUs) / static_cast<double>(preparedUs));
}

} // namespace affinity::test
