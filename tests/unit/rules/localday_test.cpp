#include "tests/unit/rules/localday_test.h"

#include "engine/base/isotime.h"
#include "engine/base/philox.h"
#include "engine/rules/localday.h"

#include <QTest>

namespace affinity::test {

using rules::LocalDay;

namespace {

constexpr qint64 usPerDay = 86'400 * base::usPerSecond;
constexpr qint64 usPerHour = 3'600 * base::usPerSecond;
constexpr qint64 firstUs = 0;
constexpr qint64 lastUs = 24'836 * usPerDay; ///< 31 December 2037
constexpr std::uint32_t seed = 20'260'301;

qint64 timeOf(const char* iso) {
    return base::timeFromIso(QString::fromLatin1(iso)).value();
}

QList<QTimeZone> everyZone() {
    QList<QTimeZone> zones;
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds()) {
        if (rules::isKnownTimeZone(id))
            zones.append(QTimeZone(id));
    }
    return zones;
}

/// A repeatable instant of 1970 to 2037.
qint64 someInstant(std::uint32_t zone, std::uint32_t number) {
    const auto words = base::philox({zone, number, 0, 0}, {seed, 0});
    return firstUs + static_cast<qint64>(base::unitInterval(words[0], words[1]) * (lastUs - firstUs));
}

/// Fails the test unless the instant is in its own date's day and in none beside it.
bool hasExactlyOneDay(qint64 timeUs, const QTimeZone& zone) {
    const QDate date = rules::localDate(timeUs, zone);
    bool isRight = date == QDateTime::fromMSecsSinceEpoch(timeUs / 1000, zone).date();
    for (int offset = -1; offset <= 1; ++offset)
        isRight = isRight && rules::localDay(date.addDays(offset), zone).contains(timeUs) == (offset == 0);
    if (!isRight) {
        QTest::qFail((zone.id() + ' ' + base::isoFromTime(timeUs).toUtf8()).constData(), __FILE__, __LINE__);
        return false;
    }
    return true;
}

} // namespace

void LocalDayTest::everyInstantOfEveryZoneBelongsToOneDay() {
    qInfo("seed %u", seed);
    const QList<QTimeZone> zones = everyZone();
    QVERIFY(zones.size() > 400);
    for (std::uint32_t zone = 0; zone < static_cast<std::uint32_t>(zones.size()); ++zone) {
        for (std::uint32_t number = 0; number < 12; ++number)
            QVERIFY(hasExactlyOneDay(someInstant(zone, number), zones[static_cast<qsizetype>(zone)]));
    }
}

void LocalDayTest::instantsAroundEveryChangeOfClocksBelongToOneDay() {
    const QDateTime first = QDateTime::fromMSecsSinceEpoch(firstUs / 1000, Qt::UTC);
    const QDateTime last = QDateTime::fromMSecsSinceEpoch(lastUs / 1000, Qt::UTC);
    constexpr qsizetype perZone = 6;
    int changes = 0;
    for (const QTimeZone& zone : everyZone()) {
        const auto transitions = zone.transitions(first, last);
        const qsizetype stride = std::max<qsizetype>(transitions.size() / perZone, 1);
        for (qsizetype i = 0; i < transitions.size(); i += stride) {
            const qint64 atUs = transitions[i].atUtc.toMSecsSinceEpoch() * 1000;
            for (const qint64 timeUs : {atUs - 1, atUs, atUs + 1})
                QVERIFY(hasExactlyOneDay(timeUs, zone));
            ++changes;
        }
    }
    QVERIFY(changes > 1000);
}

void LocalDayTest::daysOfAYearFollowEachOtherWithoutGap_data() {
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<int>("year");
    const auto add = [](const char* zone, int year) { QTest::addRow("%s %d", zone, year) << QByteArray(zone) << year; };
    add("Asia/Shanghai", 2026);
    add("Europe/Berlin", 2026);
    add("America/Sao_Paulo", 2018);
    add("Asia/Beirut", 2023);
    add("America/St_Johns", 2010);
    add("Pacific/Apia", 2011);
    add("Australia/Lord_Howe", 2026);
    add("Africa/Casablanca", 2026);
    add("Asia/Kathmandu", 1985);
}

void LocalDayTest::daysOfAYearFollowEachOtherWithoutGap() {
    QFETCH(const QByteArray, zone);
    QFETCH(const int, year);
    const QTimeZone timeZone(zone);
    std::vector<rules::UtcInterval> all;
    for (QDate date(year, 1, 1); date.year() == year; date = date.addDays(1)) {
        const LocalDay day = rules::localDay(date, timeZone);
        all.insert(all.end(), day.intervals.begin(), day.intervals.end());
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.startUs < b.startUs; });
    for (size_t i = 1; i < all.size(); ++i)
        QCOMPARE(all[i].startUs, all[i - 1].endUs);
    QCOMPARE(rules::localDate(all.front().startUs - 1, timeZone), QDate(year - 1, 12, 31));
    QCOMPARE(rules::localDate(all.back().endUs, timeZone), QDate(year + 1, 1, 1));
}

void LocalDayTest::knownDaysHaveTheirLength_data() {
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QDate>("date");
    QTest::addColumn<qint64>("startUs");
    QTest::addColumn<int>("hours");
    const auto add = [](const char* zone, QDate date, const char* start, int hours) {
        QTest::addRow("%s %s", zone, qPrintable(date.toString(Qt::ISODate)))
            << QByteArray(zone) << date << timeOf(start) << hours;
    };
    add("Asia/Shanghai", QDate(2026, 3, 1), "2026-02-28T16:00:00Z", 24);
    add("Europe/Berlin", QDate(2026, 3, 29), "2026-03-28T23:00:00Z", 23);
    add("Europe/Berlin", QDate(2026, 10, 25), "2026-10-24T22:00:00Z", 25);
    add("America/New_York", QDate(2026, 3, 8), "2026-03-08T05:00:00Z", 23);
    // Midnight does not exist: the day starts at 01:00.
    add("America/Sao_Paulo", QDate(2018, 11, 4), "2018-11-04T03:00:00Z", 23);
    add("Asia/Beirut", QDate(2023, 3, 26), "2023-03-25T22:00:00Z", 23);
    add("America/Sao_Paulo", QDate(2018, 2, 17), "2018-02-17T02:00:00Z", 25);
}

void LocalDayTest::knownDaysHaveTheirLength() {
    QFETCH(const QByteArray, zone);
    QFETCH(const QDate, date);
    QFETCH(const qint64, startUs);
    QFETCH(const int, hours);
    const LocalDay day = rules::localDay(date, QTimeZone(zone));
    QCOMPARE(day.date, date);
    QCOMPARE(day.intervals.size(), size_t{1});
    QCOMPARE(day.startUs(), startUs);
    QCOMPARE(day.endUs() - day.startUs(), hours * usPerHour);
}

void LocalDayTest::clocksTurnedBackOverMidnightSplitTheDay() {
    // At 00:01 of 7 November 2010 St. John's went back to 23:01 of the 6th.
    const QTimeZone zone("America/St_Johns");
    const LocalDay sixth = rules::localDay(QDate(2010, 11, 6), zone);
    const LocalDay seventh = rules::localDay(QDate(2010, 11, 7), zone);
    const qint64 midnightUs = timeOf("2010-11-07T02:30:00Z");
    QCOMPARE(sixth.intervals.size(), size_t{2});
    QCOMPARE(seventh.intervals.size(), size_t{2});
    QCOMPARE(sixth.intervals[0].endUs, midnightUs);
    QCOMPARE(seventh.intervals[0], (rules::UtcInterval{midnightUs, midnightUs + base::usPerMinute}));
    QCOMPARE(sixth.intervals[1],
             (rules::UtcInterval{midnightUs + base::usPerMinute, midnightUs + 60 * base::usPerMinute}));
    QCOMPARE(seventh.intervals[1].startUs, sixth.intervals[1].endUs);
    QVERIFY(!sixth.contains(midnightUs));
    QVERIFY(sixth.contains(midnightUs + base::usPerMinute));
}

void LocalDayTest::skippedDayIsEmpty() {
    // Samoa went over the date line: after 29 December 2011 came the 31st.
    const QTimeZone zone("Pacific/Apia");
    QVERIFY(rules::localDay(QDate(2011, 12, 30), zone).isEmpty());
    const LocalDay before = rules::localDay(QDate(2011, 12, 29), zone);
    const LocalDay after = rules::localDay(QDate(2011, 12, 31), zone);
    QCOMPARE(before.endUs(), after.startUs());
    QCOMPARE(rules::localDate(after.startUs(), zone), QDate(2011, 12, 31));
    QVERIFY(!rules::localDay(QDate(2011, 12, 30), zone).contains(after.startUs()));
}

void LocalDayTest::microsecondBeforeMidnightIsTheDayBefore() {
    const QTimeZone zone("Asia/Shanghai");
    const qint64 midnightUs = timeOf("2026-02-28T16:00:00Z");
    QCOMPARE(rules::localDate(midnightUs, zone), QDate(2026, 3, 1));
    QCOMPARE(rules::localDate(midnightUs - 1, zone), QDate(2026, 2, 28));
    QVERIFY(rules::localDay(QDate(2026, 2, 28), zone).contains(midnightUs - 1));
    QVERIFY(!rules::localDay(QDate(2026, 2, 28), zone).contains(midnightUs));
}

void LocalDayTest::timesBefore1970AreRoundedDown() {
    const QTimeZone zone("UTC");
    QCOMPARE(rules::localDate(-1, zone), QDate(1969, 12, 31));
    QCOMPARE(rules::localDate(-usPerDay, zone), QDate(1969, 12, 31));
    QCOMPARE(rules::localDate(-usPerDay - 1, zone), QDate(1969, 12, 30));
}

void LocalDayTest::unknownZonesAreUnknown() {
    for (const char* name : {"",
                             "Mars/Olympus",
                             "asia",
                             "UTC+08:00",
                             "+08:00",
                             "../etc/passwd",
                             "Asia/Shanghai ",
                             "ABC-8",
                             "UTC+8",
                             "EST5",
                             "<+08>-8",
                             "localtime",
                             "posixrules",
                             "posix/Asia/Shanghai",
                             "right/Asia/Shanghai",
                             "china",
                             "Factory",
                             "Asia/../Asia/Shanghai",
                             "Etc/GMT-8,M3.2.0",
                             "/Asia/Shanghai"})
        QVERIFY2(!rules::isKnownTimeZone(name), name);
    for (const char* name : {"Asia/Shanghai", "UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"})
        QVERIFY2(rules::isKnownTimeZone(name), name);
}

void LocalDayTest::secondNamesOfZonesAreKnown() {
    for (const char* name : {"Asia/Calcutta", "Europe/Kiev", "Etc/UTC", "Etc/GMT-8", "US/Eastern", "EST5EDT", "GMT+0",
                             "PRC", "Zulu", "America/Buenos_Aires"}) {
        QVERIFY2(rules::isKnownTimeZone(name), name);
        const auto zone = rules::settingZone(name);
        QVERIFY2(zone, name);
        QCOMPARE(zone->id(), QByteArray(name));
    }
    const qint64 atUs = timeOf("2026-07-01T20:00:00Z");
    QCOMPARE(rules::localDate(atUs, *rules::settingZone("PRC")), QDate(2026, 7, 2));
    QCOMPARE(rules::localDate(atUs, *rules::settingZone("Etc/GMT-8")), QDate(2026, 7, 2));
    QCOMPARE(rules::localDate(atUs, *rules::settingZone("US/Eastern")), QDate(2026, 7, 1));
}

} // namespace affinity::test
