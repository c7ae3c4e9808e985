#include "engine/base/isotime.h"

#include <QTime>

#include <array>
#include <cstdio>

namespace affinity::base {

namespace {

/// Days since 1970-01-01 of a date of the proleptic Gregorian calendar (as QDate counts).
qint64 daysSinceEpoch(QDate date) {
    return date.toJulianDay() - QDate(1970, 1, 1).toJulianDay();
}

std::optional<int> digits(QStringView text, qsizetype at, qsizetype count) {
    if (at + count > text.size())
        return std::nullopt;
    int number = 0;
    for (qsizetype i = at; i < at + count; ++i) {
        const char16_t character = text[i].unicode();
        if (character < u'0' || character > u'9')
            return std::nullopt;
        number = number * 10 + (character - u'0');
    }
    return number;
}

bool has(QStringView text, qsizetype at, char16_t character) {
    return at < text.size() && text[at].unicode() == character;
}

/// Reads "+08:00", "+0800", "Z" or nothing at `at` up to the end; seconds east of UTC.
std::optional<qint64> offsetSeconds(QStringView text, qsizetype at) {
    if (at == text.size())
        return 0;
    if (has(text, at, u'Z'))
        return at + 1 == text.size() ? std::optional<qint64>(0) : std::nullopt;
    const bool isEast = has(text, at, u'+');
    if (!isEast && !has(text, at, u'-'))
        return std::nullopt;
    const auto hours = digits(text, at + 1, 2);
    const qsizetype minutesAt = has(text, at + 3, u':') ? at + 4 : at + 3;
    const auto minutes = digits(text, minutesAt, 2);
    if (!hours || !minutes || minutesAt + 2 != text.size() || *hours > 23 || *minutes > 59)
        return std::nullopt;
    const qint64 seconds = *hours * 3600 + *minutes * 60;
    return isEast ? seconds : -seconds;
}

QString formatted(qint64 timeUs, char separator, const char* zone) {
    constexpr qint64 usPerDay = 86'400 * usPerSecond; // of UTC, where every day has 24 hours
    qint64 day = timeUs / usPerDay;
    qint64 ofDay = timeUs % usPerDay;
    if (ofDay < 0) {
        ofDay += usPerDay;
        --day;
    }
    int year = 0;
    int month = 0;
    int dayOfMonth = 0;
    QDate(1970, 1, 1).addDays(day).getDate(&year, &month, &dayOfMonth);
    const int second = static_cast<int>(ofDay / usPerSecond);
    const int fraction = static_cast<int>(ofDay % usPerSecond);
    std::array<char, 80> text{};
    int length = std::snprintf(text.data(), text.size(), "%04d-%02d-%02d%c%02d:%02d:%02d", year, month, dayOfMonth,
                               separator, second / 3600, second / 60 % 60, second % 60);
    const auto rest = [&] { return text.size() - static_cast<size_t>(length); };
    if (fraction != 0)
        length += std::snprintf(text.data() + length, rest(), ".%06d", fraction);
    length += std::snprintf(text.data() + length, rest(), "%s", zone);
    return QString::fromLatin1(text.data(), length);
}

} // namespace

std::optional<qint64> timeFromIso(QStringView text) {
    const auto year = digits(text, 0, 4);
    const auto month = digits(text, 5, 2);
    const auto day = digits(text, 8, 2);
    const auto hour = digits(text, 11, 2);
    const auto minute = digits(text, 14, 2);
    const auto second = digits(text, 17, 2);
    const bool isSeparated = has(text, 4, u'-') && has(text, 7, u'-') && (has(text, 10, u'T') || has(text, 10, u' ')) &&
                             has(text, 13, u':') && has(text, 16, u':');
    if (!year || !month || !day || !hour || !minute || !second || !isSeparated)
        return std::nullopt;
    const QDate date(*year, *month, *day);
    if (!date.isValid() || !QTime(*hour, *minute, *second).isValid())
        return std::nullopt;

    qsizetype at = 19;
    qint64 fractionUs = 0;
    if (has(text, at, u'.')) {
        qint64 unitUs = usPerSecond;
        for (++at; at < text.size() && text[at].isDigit(); ++at) {
            unitUs /= 10;
            const auto digit = digits(text, at, 1);
            if (!digit || unitUs == 0)
                return std::nullopt;
            fractionUs += *digit * unitUs;
        }
        if (unitUs == usPerSecond)
            return std::nullopt;
    }
    const auto offset = offsetSeconds(text, at);
    if (!offset)
        return std::nullopt;
    const qint64 seconds = daysSinceEpoch(date) * 86'400 + *hour * 3600 + *minute * 60 + *second - *offset;
    return seconds * usPerSecond + fractionUs;
}

QString isoFromTime(qint64 timeUs) {
    return formatted(timeUs, 'T', "+00:00");
}

QString databaseTextFromTime(qint64 timeUs) {
    return formatted(timeUs, ' ', "");
}

QString compactDate(QDate date) {
    return date.toString(QStringLiteral("yyyyMMdd"));
}

} // namespace affinity::base
