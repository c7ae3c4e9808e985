#include "ui/shared/formatting.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <array>
#include <cmath>

namespace affinity::ui {
namespace {

constexpr QChar minusSign(0x2212);
constexpr qint64 second = 1'000'000; // in microseconds

struct FormattingWords {
    Q_DECLARE_TR_FUNCTIONS(Formatting)
};

/// Thousands separators put into a run of digits.
QString grouped(QString digits) {
    for (qsizetype i = digits.size() - 3; i > 0; i -= 3)
        digits.insert(i, QLatin1Char(','));
    return digits;
}

QString groupedDecimal(double magnitude, int decimals) {
    const QString plain = QString::number(magnitude, 'f', decimals);
    const qsizetype point = plain.indexOf(QLatin1Char('.'));
    return point < 0 ? grouped(plain) : grouped(plain.left(point)) + plain.mid(point);
}

bool isZero(const QString& decimal) {
    for (const QChar c : decimal)
        if (c.isDigit() && c != QLatin1Char('0'))
            return false;
    return true;
}

QDateTime local(qint64 microsecondsUtc, const QTimeZone& zone) {
    // Rounded down, also before 1970: the last microsecond of a second still belongs to it.
    const qint64 milliseconds = microsecondsUtc >= 0 ? microsecondsUtc / 1000 : (microsecondsUtc - 999) / 1000;
    return QDateTime::fromMSecsSinceEpoch(milliseconds, zone.isValid() ? zone : QTimeZone::utc());
}

/// Month names are those of the interface's language, but English ones have three letters in every country ("Sep").
QLocale monthLocale() {
    return QLocale().language() == QLocale::English ? QLocale::c() : QLocale();
}

bool isChinese() {
    return QLocale().language() == QLocale::Chinese;
}

/// Chinese characters and full-width punctuation: they stand without spaces.
bool isWide(QChar character) {
    const char16_t code = character.unicode();
    return (code >= 0x3000 && code <= 0x9FFF) || (code >= 0xFF00 && code <= 0xFFEF);
}

QString twoUnits(qint64 first, const QString& firstUnit, qint64 rest, const QString& restUnit) {
    const QString head = QStringLiteral("%1 %2").arg(numberText(first), firstUnit);
    return rest == 0 ? head : QStringLiteral("%1 %2 %3").arg(head, QString::number(rest), restUnit);
}

bool isInvisible(char32_t code) {
    if (code < 0x20 || (code >= 0x7F && code <= 0x9F))
        return true;
    if (code == 0xAD || code == 0x061C || code == 0x180E || code == 0xFEFF)
        return true;
    if (code >= 0x200B && code <= 0x200F)
        return true;
    if (code >= 0x2028 && code <= 0x202E)
        return true;
    if (code >= 0x2060 && code <= 0x206F)
        return true;
    if (code >= 0xFFF9 && code <= 0xFFFB)
        return true;
    if (code >= 0xD800 && code <= 0xDFFF) // unpaired surrogate
        return true;
    return code >= 0xE0000 && code <= 0xE007F;
}

QString visibleMark(char32_t code) {
    if (code < 0x20)
        return QString(QChar(static_cast<char16_t>(0x2400 + code)));
    if (code == 0x7F)
        return QString(QChar(0x2421));
    return QStringLiteral("⟨U+%1⟩").arg(static_cast<uint>(code), 4, 16, QLatin1Char('0')).toUpper();
}

} // namespace

QString numberText(qint64 value) {
    // The magnitude of the smallest qint64 has no positive counterpart: digits are taken from the text.
    QString digits = QString::number(value);
    if (value < 0)
        digits.remove(0, 1);
    const QString text = grouped(digits);
    return value < 0 ? minusSign + text : text;
}

QString signedText(qint64 value) {
    return value > 0 ? QLatin1Char('+') + numberText(value) : numberText(value);
}

QString decimalText(double value, int decimals) {
    if (!std::isfinite(value))
        return FormattingWords::tr("unknown");
    const QString magnitude = groupedDecimal(std::fabs(value), decimals);
    return value < 0 && !isZero(magnitude) ? minusSign + magnitude : magnitude;
}

QString signedDecimalText(double value, int decimals) {
    const QString text = decimalText(value, decimals);
    return std::isfinite(value) && value > 0 && !isZero(text) ? QLatin1Char('+') + text : text;
}

QString percentText(double share, int decimals) {
    return std::isfinite(share) ? decimalText(share * 100, decimals) + QLatin1Char('%')
                                : FormattingWords::tr("unknown");
}

QString compactText(double value) {
    if (!std::isfinite(value))
        return FormattingWords::tr("unknown");
    using Unit = std::pair<double, char16_t>;
    static constexpr std::array<Unit, 3> thousands{{{1e9, u'G'}, {1e6, u'M'}, {1e3, u'k'}}};
    static constexpr std::array<Unit, 3> tenThousands{{{1e12, u'兆'}, {1e8, u'亿'}, {1e4, u'万'}}};
    const double magnitude = std::fabs(value);
    for (const auto& [size, letter] : isChinese() ? tenThousands : thousands) {
        if (magnitude < size)
            continue;
        const double scaled = magnitude / size;
        const int decimals = scaled < 10 ? 2 : scaled < 100 ? 1 : 0;
        QString digits = QString::number(scaled, 'f', decimals);
        if (decimals > 0) { // 1.30 → 1.3, 250.0 → 250
            while (digits.endsWith(QLatin1Char('0')))
                digits.chop(1);
            if (digits.endsWith(QLatin1Char('.')))
                digits.chop(1);
        }
        return (value < 0 ? QString(minusSign) : QString()) + digits + QChar(letter);
    }
    return decimalText(value, magnitude == std::floor(magnitude) ? 0 : magnitude < 10 ? 2 : 1);
}

QString aboutText(qint64 value) {
    qint64 step = 1;
    while (std::abs(static_cast<double>(value)) / static_cast<double>(step) >= 1000)
        step *= 10;
    const auto rounded = static_cast<qint64>(std::llround(static_cast<double>(value) / static_cast<double>(step)));
    return FormattingWords::tr("about %1").arg(numberText(rounded * step));
}

QString durationText(qint64 seconds) {
    if (seconds < 0)
        return minusSign + durationText(-seconds);
    if (seconds < 60)
        return FormattingWords::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return twoUnits(seconds / 60, FormattingWords::tr("min"), seconds % 60, FormattingWords::tr("s"));
    if (seconds < 86400)
        return twoUnits(seconds / 3600, FormattingWords::tr("h"), seconds % 3600 / 60, FormattingWords::tr("min"));
    return twoUnits(seconds / 86400, FormattingWords::tr("d"), seconds % 86400 / 3600, FormattingWords::tr("h"));
}

QString latencyText(qint64 microseconds) {
    const double milliseconds = static_cast<double>(microseconds) / 1000.0;
    if (milliseconds < 1)
        return FormattingWords::tr("%1 ms").arg(decimalText(milliseconds, 2));
    if (milliseconds < 1000)
        return FormattingWords::tr("%1 ms").arg(decimalText(milliseconds, 0));
    return FormattingWords::tr("%1 s").arg(decimalText(milliseconds / 1000, 1));
}

QString countdownText(qint64 seconds) {
    const qint64 left = std::max<qint64>(0, seconds);
    const auto two = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    if (left < 3600)
        return two(left / 60) + QLatin1Char(':') + two(left % 60);
    return QStringLiteral("%1:%2:%3").arg(QString::number(left / 3600), two(left % 3600 / 60), two(left % 60));
}

QString timeOfDayText(qint64 microsecondsUtc, const QTimeZone& zone) {
    return local(microsecondsUtc, zone).toString(QStringLiteral("HH:mm:ss"));
}

QString timeOfDayMillisText(qint64 microsecondsUtc, const QTimeZone& zone) {
    return local(microsecondsUtc, zone).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString dayText(qint64 microsecondsUtc, const QTimeZone& zone) {
    return dayText(local(microsecondsUtc, zone).date());
}

QString dateText(qint64 microsecondsUtc, const QTimeZone& zone) {
    return dateText(local(microsecondsUtc, zone).date());
}

QString dayText(QDate date) {
    //: Day and month in Qt's date format, e.g. "22 Aug"
    return monthLocale().toString(date, FormattingWords::tr("d MMM"));
}

QString dateText(QDate date) {
    //: Day, month and year in Qt's date format, e.g. "20 Nov 2025"
    return monthLocale().toString(date, FormattingWords::tr("d MMM yyyy"));
}

QString longDateText(QDate date) {
    //: A whole date with its weekday in Qt's date format, e.g. "Thursday 20 November 2025"
    return monthLocale().toString(date, FormattingWords::tr("dddd d MMMM yyyy"));
}

QString weekdayText(QDate date) {
    return monthLocale().dayName(date.dayOfWeek());
}

QString dateTimeText(qint64 microsecondsUtc, const QTimeZone& zone) {
    return dateText(microsecondsUtc, zone) + QLatin1Char(' ') + timeOfDayText(microsecondsUtc, zone);
}

QString rowTimeText(qint64 microsecondsUtc, qint64 nowUs, const QTimeZone& zone) {
    const QDateTime at = local(microsecondsUtc, zone);
    const QDate today = local(nowUs, zone).date();
    if (at.date() == today)
        return timeOfDayText(microsecondsUtc, zone);
    if (at.date().year() == today.year())
        return dayText(microsecondsUtc, zone) + QLatin1Char(' ') + at.toString(QStringLiteral("HH:mm"));
    return dateText(microsecondsUtc, zone);
}

QString agoShortText(qint64 microsecondsUtc, qint64 nowUs) {
    const qint64 seconds = (nowUs - microsecondsUtc) / second;
    if (seconds < 60)
        return FormattingWords::tr("now");
    if (seconds < 3600)
        return FormattingWords::tr("%1 min").arg(seconds / 60);
    if (seconds < 86400)
        return FormattingWords::tr("%1 h").arg(seconds / 3600);
    const qint64 days = seconds / 86400;
    if (days < 60)
        return FormattingWords::tr("%1 d").arg(days);
    if (days < 730)
        return FormattingWords::tr("%1 mon").arg(days / 30);
    return FormattingWords::tr("%1 y").arg(days / 365);
}

QString agoText(qint64 microsecondsUtc, qint64 nowUs) {
    if (nowUs - microsecondsUtc < 60 * second)
        return FormattingWords::tr("just now");
    return FormattingWords::tr("%1 ago").arg(agoShortText(microsecondsUtc, nowUs));
}

QString zoneText(const QTimeZone& zone, qint64 atUs) {
    const int offset = zone.offsetFromUtc(local(atUs, zone).toUTC());
    if (zone.id() == "UTC")
        return QStringLiteral("UTC");
    const int minutes = std::abs(offset) / 60;
    QString hours = QString::number(minutes / 60);
    if (minutes % 60 != 0)
        hours += QStringLiteral(":%1").arg(minutes % 60, 2, 10, QLatin1Char('0'));
    const QString sign = offset < 0 ? QString(minusSign) : QStringLiteral("+");
    return QStringLiteral("%1 (UTC%2%3)").arg(QString::fromLatin1(zone.id()), sign, hours);
}

QString joinedText(const QString& first, const QString& second) {
    if (first.isEmpty() || second.isEmpty())
        return first + second;
    const bool isClose = isWide(first.back()) || isWide(second.front());
    return isClose ? first + second : first + QLatin1Char(' ') + second;
}

QString visibleText(const QString& text, qsizetype limit) {
    QString shown;
    shown.reserve(text.size());
    qsizetype taken = 0;
    for (qsizetype i = 0; i < text.size(); ++i, ++taken) {
        if (limit > 0 && taken >= limit)
            return shown + QChar(0x2026);
        const QChar unit = text.at(i);
        const bool isPair = unit.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        const char32_t code = isPair ? QChar::surrogateToUcs4(unit, text.at(i + 1)) : unit.unicode();
        if (isInvisible(code))
            shown += visibleMark(code);
        else
            shown += text.mid(i, isPair ? 2 : 1);
        i += isPair ? 1 : 0;
    }
    return shown;
}

QString dataText(const std::optional<QString>& text) {
    if (!text.has_value())
        return FormattingWords::tr("none");
    return text->isEmpty() ? FormattingWords::tr("empty") : visibleText(*text);
}

} // namespace affinity::ui
