#include "tests/ui/testlist.h"

#include "ui/shared/formatting.h"

#include <QtTest>

#include <limits>

namespace affinity::ui::tests {
namespace {

QString text(const char* words) {
    return QString::fromUtf8(words);
}

constexpr qint64 second = 1'000'000;
// 20 November 2025, 06:32:08.412 UTC = 14:32:08.412 in Shanghai.
constexpr qint64 exampleUs = 1763620328LL * second + 412'000;

class FormattingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thousandsAreGroupedAndMinusIsTheRealOne() {
        QCOMPARE(numberText(0), text("0"));
        QCOMPARE(numberText(999), text("999"));
        QCOMPARE(numberText(1000), text("1,000"));
        QCOMPARE(numberText(1283114), text("1,283,114"));
        QCOMPARE(numberText(-12), text("−12"));
    }

    void theSmallestIntegerIsWrittenWhole() {
        QCOMPARE(numberText(std::numeric_limits<qint64>::min()), text("−9,223,372,036,854,775,808"));
    }

    void changesCarryTheirSign() {
        QCOMPARE(signedText(2), text("+2"));
        QCOMPARE(signedText(0), text("0"));
        QCOMPARE(signedText(-1200), text("−1,200"));
        QCOMPARE(signedDecimalText(0.04, 1), text("0.0"));
        QCOMPARE(signedDecimalText(-0.04, 1), text("0.0"));
        QCOMPARE(signedDecimalText(5.26, 1), text("+5.3"));
    }

    void sharesBecomePercent() {
        QCOMPARE(percentText(0.184), text("18.4%"));
        QCOMPARE(percentText(1, 0), text("100%"));
        QCOMPARE(percentText(std::numeric_limits<double>::quiet_NaN()), text("unknown"));
    }

    void axesUseShortNumbers() {
        QCOMPARE(compactText(950), text("950"));
        QCOMPARE(compactText(1300), text("1.3k"));
        QCOMPARE(compactText(250000), text("250k"));
        QCOMPARE(compactText(4820000), text("4.82M"));
        QCOMPARE(compactText(-50000), text("−50k"));
    }

    void estimatesKeepThreeFigures() {
        QCOMPARE(aboutText(1283114), text("about 1,280,000"));
        QCOMPARE(aboutText(214), text("about 214"));
    }

    void durationsUseTheirTwoLargestUnits() {
        QCOMPARE(durationText(0), text("0 s"));
        QCOMPARE(durationText(192), text("3 min 12 s"));
        QCOMPARE(durationText(3600), text("1 h"));
        QCOMPARE(durationText(93784), text("1 d 2 h"));
        QCOMPARE(durationText(-5), text("−5 s"));
    }

    void countdownsAreClocks() {
        QCOMPARE(countdownText(18), text("00:18"));
        QCOMPARE(countdownText(702), text("11:42"));
        QCOMPARE(countdownText(3700), text("1:01:40"));
        QCOMPARE(countdownText(-3), text("00:00"));
    }

    void timesAreShownInTheGivenZone() {
        const QTimeZone shanghai("Asia/Shanghai");
        QCOMPARE(timeOfDayText(exampleUs, shanghai), text("14:32:08"));
        QCOMPARE(timeOfDayMillisText(exampleUs, QTimeZone::utc()), text("06:32:08.412"));
        QCOMPARE(dayText(exampleUs, shanghai), text("20 Nov"));
        QCOMPARE(dateTimeText(exampleUs, shanghai), text("20 Nov 2025 14:32:08"));
        QCOMPARE(zoneText(shanghai, exampleUs), text("Asia/Shanghai (UTC+8)"));
        QCOMPARE(zoneText(QTimeZone("Asia/Kolkata"), exampleUs), text("Asia/Kolkata (UTC+5:30)"));
    }

    void theDayOfATimeDependsOnTheZone() {
        const qint64 lateEvening = 1763654400LL * second; // 20 Nov 2025 16:00 UTC
        QCOMPARE(dayText(lateEvening, QTimeZone::utc()), text("20 Nov"));
        QCOMPARE(dayText(lateEvening, QTimeZone("Asia/Shanghai")), text("21 Nov"));
    }

    void aTimeBefore1970BelongsToItsOwnSecond() { QCOMPARE(timeOfDayText(-1, QTimeZone::utc()), text("23:59:59")); }

    void rowsOfOtherDaysNameTheirDay() {
        const QTimeZone zone("Asia/Shanghai");
        QCOMPARE(rowTimeText(exampleUs, exampleUs + 60 * second, zone), text("14:32:08"));
        QCOMPARE(rowTimeText(exampleUs - 86400 * second, exampleUs, zone), text("19 Nov 14:32"));
        QCOMPARE(rowTimeText(exampleUs - 400LL * 86400 * second, exampleUs, zone), text("16 Oct 2024"));
    }

    void agesAreShortInColumnsAndWholeInSentences() {
        QCOMPARE(agoShortText(exampleUs - 5 * 60 * second, exampleUs), text("5 min"));
        QCOMPARE(agoShortText(exampleUs - 7 * 3600 * second, exampleUs), text("7 h"));
        QCOMPARE(agoShortText(exampleUs + 90 * second, exampleUs), text("now"));
        QCOMPARE(agoText(exampleUs - 5 * 60 * second, exampleUs), text("5 min ago"));
        QCOMPARE(agoText(exampleUs, exampleUs), text("just now"));
    }

    void bidiAndControlCharactersBecomeVisible() {
        QCOMPARE(visibleText(QStringLiteral("a\u202Eb")), text("a⟨U+202E⟩b"));
        QCOMPARE(visibleText(QStringLiteral("line\nbreak\ttab")), text("line␊break␉tab"));
        QCOMPARE(visibleText(QStringLiteral("zero\u200Bwidth")), text("zero⟨U+200B⟩width"));
        QCOMPARE(visibleText(QString(QChar(0xD800))), text("⟨U+D800⟩"));
    }

    void ordinaryTextStaysAsItIs() {
        for (const char* words : {"Mochi", "麻薯☆", "Ünï cödé", "🐱 cat", "<b>bold</b>"})
            QCOMPARE(visibleText(text(words)), text(words));
    }

    void longTextIsCutAtWholeCharacters() {
        QCOMPARE(visibleText(text("🐱🐱🐱"), 2), text("🐱🐱…"));
        QCOMPARE(visibleText(text("abc"), 3), text("abc"));
    }

    void noneEmptyAndTextDiffer() {
        QCOMPARE(dataText(std::nullopt), text("none"));
        QCOMPARE(dataText(QString()), text("empty"));
        QCOMPARE(dataText(text("x")), text("x"));
    }
};

} // namespace

std::unique_ptr<QObject> formattingTest() {
    return std::make_unique<FormattingTest>();
}

} // namespace affinity::ui::tests

#include "formattingtest.moc"
