#include "tests/unit/service/midnight_test.h"

#include "engine/service/random.h"
#include "engine/store/memorycounters.h"
#include "engine/store/memorystore.h"
#include "tests/support/daycap.h"
#include "tests/unit/service/world.h"

namespace affinity::test {

namespace {

/// A memory store with one device, in a zone, and gifts that use the day's cap at once.
class ZoneWorld {
public:
    explicit ZoneWorld(const QByteArray& zone) : m_database(std::make_shared<store::MemoryDatabase>()) {
        fill(*m_database);
        must(m_store.editSetting({.maxAffinity = 1'000'000'000, .timeZone = zone}, 0));
        must(m_store.editRule(gift, {.dailyCap = 10}, 0));
        service::ApplyRequest request;
        request.userId = alice;
        request.deviceId = momo;
        request.ruleKey = gift;
        request.source = QStringLiteral("device_event");
        cap.emplace(m_service, m_clock, request);
    }

private:
    std::shared_ptr<store::MemoryDatabase> m_database;
    base::VirtualClock m_clock{0};
    store::MemoryStore m_store{m_database, m_clock, store::Access::Write, 1000};
    store::MemoryCounters m_counters{m_clock};
    service::FixedDraw m_draw{10};
    service::AffinityService m_service{m_store, m_counters, m_draw};

public:
    std::optional<DayCap> cap;
};

/// What went wrong between two dates of a zone; empty: nothing.
QString faultIn(ZoneWorld& world, const QByteArray& zone, QDate from, QDate to) {
    for (const DatedInstant& instant : instantsAroundMidnights(zone, from, to)) {
        if (const QString fault = world.cap->send(instant); !fault.isEmpty())
            return QString::fromLatin1(zone) + QStringLiteral(": ") + fault;
    }
    return {};
}

} // namespace

void MidnightTest::capOpensAtTheFirstInstantOfTheDay_data() {
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QDate>("date");
    for (const OddDay& day : oddDays())
        QTest::newRow(day.name) << day.zone << day.date;
}

void MidnightTest::capOpensAtTheFirstInstantOfTheDay() {
    QFETCH(QByteArray, zone);
    QFETCH(QDate, date);
    ZoneWorld world(zone);
    const QString fault = faultIn(world, zone, date.addDays(-3), date.addDays(3));
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
    QVERIFY2(world.cap->countersFault().isEmpty(), qPrintable(world.cap->countersFault()));
    QVERIFY(world.cap->days() >= 6);
}

void MidnightTest::capOpensAtMidnightInEveryZone() {
    qint64 sent = 0;
    size_t days = 0;
    QStringList faults;
    const QList<QByteArray> zones = ianaZones();
    for (const QByteArray& zone : zones) {
        ZoneWorld world(zone);
        const QTimeZone qtZone(zone);
        QDate last;
        const auto transitions = qtZone.transitions(QDateTime(QDate(2016, 1, 1), QTime(0, 0), Qt::UTC),
                                                    QDateTime(QDate(2026, 12, 30), QTime(0, 0), Qt::UTC));
        std::vector<QDate> dates{QDate(2016, 1, 15)};
        for (const QTimeZone::OffsetData& transition : transitions)
            dates.push_back(transition.atUtc.date());
        for (const QDate date : dates) {
            const QDate from = std::max(date.addDays(-1), last.isValid() ? last.addDays(1) : date.addDays(-1));
            last = date.addDays(1);
            if (const QString fault = faultIn(world, zone, from, last); !fault.isEmpty())
                faults << fault;
        }
        if (const QString fault = world.cap->countersFault(); !fault.isEmpty())
            faults << QString::fromLatin1(zone) + QStringLiteral(": ") + fault;
        sent += world.cap->sent();
        days += world.cap->days();
    }
    qInfo("%lld zones, %zu local days, %lld events", static_cast<long long>(zones.size()), days,
          static_cast<long long>(sent));
    QVERIFY2(faults.isEmpty(), qPrintable(faults.mid(0, 20).join(QLatin1Char('\n'))));
    QVERIFY(zones.size() > 500);
    QVERIFY(days > static_cast<size_t>(zones.size()) * 2);
}

void MidnightTest::dayThatCameBackHasTwoStretches() {
    QList<QDate> dates;
    for (const DatedInstant& instant :
         instantsAroundMidnights("America/St_Johns", QDate(2010, 11, 7), QDate(2010, 11, 7))) {
        if (dates.isEmpty() || dates.last() != instant.date)
            dates << instant.date;
    }
    const QDate day(2010, 11, 7);
    QCOMPARE(dates.mid(0, 4), (QList<QDate>{day.addDays(-1), day, day.addDays(-1), day}));
    QCOMPARE(rules::localDay(day, QTimeZone("America/St_Johns")).intervals.size(), size_t{2});
}

void MidnightTest::dayThatNeverWasHasNoInstant() {
    for (const OddDay& day : {OddDay{"Apia", "Pacific/Apia", QDate(2011, 12, 30)},
                              OddDay{"Kwajalein", "Pacific/Kwajalein", QDate(1993, 8, 21)}}) {
        const auto instants = instantsAroundMidnights(day.zone, day.date.addDays(-2), day.date.addDays(2));
        QVERIFY(!instants.empty());
        for (const DatedInstant& instant : instants)
            QVERIFY2(instant.date != day.date, day.name);
        const QTimeZone zone(day.zone);
        QVERIFY2(rules::localDay(day.date, zone).isEmpty(), day.name);
        QCOMPARE(rules::localDay(day.date.addDays(-1), zone).endUs(),
                 rules::localDay(day.date.addDays(1), zone).startUs());
    }
}

} // namespace affinity::test
