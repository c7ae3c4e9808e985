#include "tests/unit/base/isotime_test.h"

#include "engine/base/isotime.h"
#include "tests/support/property.h"

using namespace affinity::base;

namespace affinity::test {

namespace {

constexpr qint64 usPerDay = 86'400 * usPerSecond;
constexpr qint64 year1Us = -719'162 * usPerDay;               // 0001-01-01
constexpr qint64 endOfYear9999Us = 2'932'897 * usPerDay;      // 10000-01-01
constexpr qint64 newYear2026Us = 1'767'225'600 * usPerSecond; // 2026-01-01T00:00:00Z

qint64 anyTimeUs() {
    return *rc::gen::inRange<qint64>(year1Us, endOfYear9999Us);
}

} // namespace

void IsoTimeTest::textsAreRead_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("timeUs");
    QTest::newRow("UTC") << QStringLiteral("2026-01-01T00:00:00Z") << newYear2026Us;
    QTest::newRow("no offset is UTC") << QStringLiteral("2026-01-01 00:00:00") << newYear2026Us;
    QTest::newRow("east") << QStringLiteral("2026-01-01T08:00:00+08:00") << newYear2026Us;
    QTest::newRow("west") << QStringLiteral("2025-12-31T20:30:00-0330") << newYear2026Us;
    QTest::newRow("microseconds") << QStringLiteral("2026-01-01T00:00:00.000001Z") << newYear2026Us + 1;
    QTest::newRow("tenths") << QStringLiteral("2026-01-01T00:00:00.5") << newYear2026Us + 500'000;
    QTest::newRow("before 1970") << QStringLiteral("1969-12-31T23:59:59.999999Z") << qint64{-1};
    QTest::newRow("leap day") << QStringLiteral("2024-02-29T00:00:00Z") << 1'709'164'800 * usPerSecond;
}

void IsoTimeTest::textsAreRead() {
    QFETCH(QString, text);
    QFETCH(qint64, timeUs);
    QCOMPARE(timeFromIso(text), std::optional<qint64>(timeUs));
}

void IsoTimeTest::textsThatAreNoTimesAreRefused_data() {
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"", "2026-01-01", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z",
          "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567Z",
          "2026-01-01T00:00:00+8:00", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00ZZ", "2026/01/01T00:00:00Z",
          "2026-01-01x00:00:00Z", " 2026-01-01T00:00:00Z", "2026-01-01T00:00:00 Z", "-026-01-01T00:00:00Z"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("digits of another script") << QStringLiteral("٢٠٢٦-01-01T00:00:00Z");
}

void IsoTimeTest::textsThatAreNoTimesAreRefused() {
    QFETCH(QString, text);
    QVERIFY(!timeFromIso(text));
}

void IsoTimeTest::timesAreWrittenLikePythonAndDjango() {
    QCOMPARE(isoFromTime(newYear2026Us), QStringLiteral("2026-01-01T00:00:00+00:00"));
    QCOMPARE(isoFromTime(newYear2026Us + 58'799), QStringLiteral("2026-01-01T00:00:00.058799+00:00"));
    QCOMPARE(isoFromTime(-1), QStringLiteral("1969-12-31T23:59:59.999999+00:00"));
    QCOMPARE(databaseTextFromTime(newYear2026Us), QStringLiteral("2026-01-01 00:00:00"));
    QCOMPARE(databaseTextFromTime(newYear2026Us + 500'000), QStringLiteral("2026-01-01 00:00:00.500000"));
    QCOMPARE(databaseTextFromTime(year1Us), QStringLiteral("0001-01-01 00:00:00"));
}

void IsoTimeTest::everyTimeIsReadBackFromBothForms() {
    AFFINITY_PROPERTY("a written time is read back", [] {
        const qint64 timeUs = anyTimeUs();
        RC_ASSERT(timeFromIso(isoFromTime(timeUs)) == std::optional<qint64>(timeUs));
        RC_ASSERT(timeFromIso(databaseTextFromTime(timeUs)) == std::optional<qint64>(timeUs));
    });
}

void IsoTimeTest::databaseTextsSortLikeTheirTimes() {
    AFFINITY_PROPERTY("texts sort like times", [] {
        const qint64 left = anyTimeUs();
        const qint64 right = *rc::gen::oneOf(rc::gen::inRange<qint64>(year1Us, endOfYear9999Us),
                                             rc::gen::inRange<qint64>(left, left + 2 * usPerSecond));
        RC_ASSERT((left < right) == (databaseTextFromTime(left) < databaseTextFromTime(right)));
    });
}

void IsoTimeTest::compactDateIsTheCountersDay() {
    QCOMPARE(compactDate(QDate(2026, 3, 6)), QStringLiteral("20260306"));
}

} // namespace affinity::test
