#include "engine/store/pickledinteger.h"

#include <QByteArrayView>

#include <charconv>

namespace affinity::store {

namespace {

std::optional<qint64> limited(qint64 number) {
    return number < -mostDaySum || number > mostDaySum ? std::nullopt : std::optional(number);
}

/// ASCII digits with an optional '-'.
std::optional<qint64> decimal(QByteArrayView text) {
    qint64 number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return limited(number);
}

bool isDigit(char character) {
    return character >= '0' && character <= '9';
}

bool isPythonBlank(char character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
}

/// Python's int(bytes), base 10.
std::optional<qint64> pythonInteger(QByteArrayView text) {
    while (!text.isEmpty() && isPythonBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isPythonBlank(text.back()))
        text.chop(1);
    QByteArray digits;
    if (!text.isEmpty() && (text.front() == '-' || text.front() == '+')) {
        if (text.front() == '-')
            digits = "-";
        text = text.sliced(1);
    }
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isBetweenDigits = i > 0 && i + 1 < text.size() && isDigit(text[i - 1]) && isDigit(text[i + 1]);
        if (isDigit(text[i]))
            digits += text[i];
        else if (text[i] != '_' || !isBetweenDigits)
            return std::nullopt;
    }
    return decimal(digits);
}

/// Little endian, two's complement, at most 8 bytes.
std::optional<qint64> littleEndian(QByteArrayView bytes, bool isSigned) {
    if (bytes.size() > 8)
        return std::nullopt;
    quint64 number = isSigned && !bytes.isEmpty() && (bytes.back() & 0x80) ? ~quint64{0} : 0;
    for (qsizetype i = bytes.size(); i-- > 0;)
        number = (number << 8) | static_cast<quint8>(bytes[i]);
    return limited(static_cast<qint64>(number));
}

/// A number of `count` bytes right after the opcode, and then the end of the pickle.
std::optional<qint64> fixedWidth(QByteArrayView afterOpcode, qsizetype count, bool isSigned) {
    if (afterOpcode.size() != count + 1 || afterOpcode.back() != '.')
        return std::nullopt;
    return littleEndian(afterOpcode.first(count), isSigned);
}

/// LONG1 and LONG4: a length of `lengthBytes` bytes, then the number.
std::optional<qint64> countedWidth(QByteArrayView afterOpcode, qsizetype lengthBytes) {
    if (afterOpcode.size() < lengthBytes)
        return std::nullopt;
    const auto length = littleEndian(afterOpcode.first(lengthBytes), false);
    return length && *length <= 8 ? fixedWidth(afterOpcode.sliced(lengthBytes), *length, true) : std::nullopt;
}

/// INT and LONG of protocol 0: a line of text, then the end. "I00" and "I01" are False and True.
std::optional<qint64> textLine(QByteArrayView afterOpcode, bool isLong) {
    if (!afterOpcode.endsWith("\n."))
        return std::nullopt;
    QByteArrayView line = afterOpcode.chopped(2);
    if (isLong && line.endsWith('L'))
        line.chop(1);
    if (!isLong && (line == "00" || line == "01"))
        return std::nullopt;
    return decimal(line);
}

/// The pickle opcodes that make an int (Python's pickletools: INT, BININT, BININT1, BININT2, LONG, LONG1, LONG4).
std::optional<qint64> pickledInteger(QByteArrayView bytes) {
    if (bytes.size() >= 2 && bytes[0] == '\x80') { // PROTO
        if (static_cast<quint8>(bytes[1]) > 5)
            return std::nullopt;
        bytes = bytes.sliced(2);
    }
    constexpr qsizetype frameBytes = 9;
    if (bytes.size() > frameBytes && bytes[0] == '\x95') { // FRAME, of protocol 4 and later
        const auto length = littleEndian(bytes.sliced(1, 8), false);
        bytes = bytes.sliced(frameBytes);
        if (length != bytes.size())
            return std::nullopt;
    }
    if (bytes.isEmpty())
        return std::nullopt;
    const QByteArrayView rest = bytes.sliced(1);
    switch (bytes.front()) {
    case 'I':
        return textLine(rest, false);
    case 'L':
        return textLine(rest, true);
    case 'K':
        return fixedWidth(rest, 1, false);
    case 'M':
        return fixedWidth(rest, 2, false);
    case 'J':
        return fixedWidth(rest, 4, true);
    case '\x8a':
        return countedWidth(rest, 1);
    case '\x8b':
        return countedWidth(rest, 4);
    default:
        return std::nullopt;
    }
}

} // namespace

std::optional<qint64> storedInteger(const QByteArray& bytes) {
    const auto number = pythonInteger(bytes);
    return number ? number : pickledInteger(bytes);
}

QString escapedBytes(const QByteArray& bytes, qsizetype limit) {
    QString text;
    for (const char character : bytes.first(std::min(limit, bytes.size()))) {
        if (character >= ' ' && character <= '~' && character != '\\' && character != '"')
            text += QLatin1Char(character);
        else
            text += QStringLiteral("\\x%1").arg(static_cast<quint8>(character), 2, 16, QLatin1Char('0'));
    }
    return bytes.size() > limit ? text + QStringLiteral("…") : text;
}

} // namespace affinity::store
