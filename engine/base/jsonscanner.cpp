#include "engine/base/jsonscanner.h"

#include "engine/base/jsontext.h"

#include <QStringDecoder>

#include <algorithm>
#include <charconv>
#include <set>

namespace affinity::base {

namespace {

bool isDigit(char character) {
    return character >= '0' && character <= '9';
}

class JsonScanner {
public:
    JsonScanner(std::string_view text, const std::string* wantedPointer) : m_text(text), m_wanted(wantedPointer) {}

    /// False at the first fault, or as soon as the wanted value is found.
    bool scanDocument() {
        skipSpace();
        if (isAtEnd())
            return fail(QStringLiteral("the file is empty. It must hold one JSON object."));
        if (!scanValue(0))
            return false;
        skipSpace();
        return isAtEnd() || fail(QStringLiteral("there is more text after the end of the document, beginning with %1. "
                                                "Remove it.")
                                     .arg(found()));
    }

    std::optional<JsonFault> fault;
    std::optional<int> wantedLine;

private:
    bool isAtEnd() const { return m_at >= m_text.size(); }
    char current() const { return isAtEnd() ? '\0' : m_text[m_at]; }

    bool fail(const QString& reason, const std::string& pointer = {}) {
        fault = JsonFault{m_line, pointer, reason};
        return false;
    }

    /// What stands here, for an error.
    QString found() const {
        if (isAtEnd())
            return QStringLiteral("the end of the file");
        const auto byte = static_cast<unsigned char>(current());
        if (byte > 0x20 && byte < 0x7f)
            return QStringLiteral("\"%1\"").arg(QLatin1Char(current()));
        return QStringLiteral("the byte 0x%1").arg(byte, 2, 16, QLatin1Char('0'));
    }

    bool failExpecting(const QString& expected) {
        return fail(QStringLiteral("%1 was expected, but %2 was found.").arg(expected, found()));
    }

    void skipSpace() {
        for (; !isAtEnd(); ++m_at) {
            const char character = current();
            if (character == '\n')
                ++m_line;
            else if (character != ' ' && character != '\t' && character != '\r')
                return;
        }
    }

    bool take(char character) {
        if (isAtEnd() || current() != character)
            return false;
        ++m_at;
        return true;
    }

    bool scanValue(int depth) {
        if (m_wanted && m_pointer == *m_wanted) {
            wantedLine = m_line;
            return false;
        }
        if (depth >= maximumJsonDepth && (current() == '{' || current() == '['))
            return fail(QStringLiteral("nested more than %1 levels deep.").arg(maximumJsonDepth));
        switch (current()) {
        case '{':
            return scanObject(depth);
        case '[':
            return scanList(depth);
        case '"': {
            std::string ignored;
            return scanText(ignored);
        }
        case 't':
            return scanWord("true");
        case 'f':
            return scanWord("false");
        case 'n':
            return scanWord("null");
        default:
            return scanNumber();
        }
    }

    bool scanWord(std::string_view word) {
        if (m_text.substr(m_at, word.size()) != word)
            return failExpecting(QStringLiteral("a value"));
        m_at += word.size();
        return true;
    }

    bool scanObject(int depth) {
        ++m_at;
        skipSpace();
        if (take('}'))
            return true;
        std::set<std::string> names;
        const size_t length = m_pointer.size();
        for (;;) {
            std::string name;
            if (current() != '"')
                return failExpecting(QStringLiteral("a member name in double quotes"));
            if (!scanText(name))
                return false;
            appendPointerStep(m_pointer, name);
            if (!names.insert(std::move(name)).second)
                return fail(QStringLiteral("is given twice in the same object. Remove one of the two."), m_pointer);
            if (names.size() > maximumJsonMembers)
                return fail(
                    QStringLiteral("is one member too many: an object may have at most %1.").arg(maximumJsonMembers),
                    m_pointer);
            skipSpace();
            if (!take(':'))
                return failExpecting(QStringLiteral("a colon after the member name"));
            skipSpace();
            if (!scanValue(depth + 1))
                return false;
            m_pointer.resize(length);
            skipSpace();
            if (take('}'))
                return true;
            if (!take(','))
                return failExpecting(QStringLiteral("a comma or } after the member"));
            skipSpace();
            if (current() == '}')
                return fail(QStringLiteral("there is a comma before }. Remove it."));
        }
    }

    bool scanList(int depth) {
        ++m_at;
        skipSpace();
        if (take(']'))
            return true;
        const size_t length = m_pointer.size();
        for (size_t index = 0;; ++index) {
            m_pointer += '/';
            m_pointer += std::to_string(index);
            if (!scanValue(depth + 1))
                return false;
            m_pointer.resize(length);
            skipSpace();
            if (take(']'))
                return true;
            if (!take(','))
                return failExpecting(QStringLiteral("a comma or ] after the list's item"));
            skipSpace();
            if (current() == ']')
                return fail(QStringLiteral("there is a comma before ]. Remove it."));
        }
    }

    bool scanText(std::string& decoded) {
        const size_t begin = m_at++;
        while (current() != '"') {
            if (isAtEnd())
                return fail(QStringLiteral("a text is not closed by a double quote."));
            if (static_cast<unsigned char>(current()) < 0x20)
                return fail(
                    QStringLiteral("a text holds a line break or control character. Write it as an escape such as "
                                   "\\n, or close the text with a double quote."));
            m_at += current() == '\\' && m_at + 1 < m_text.size() && m_text[m_at + 1] != '\n' ? 2 : 1;
        }
        ++m_at;
        const std::string_view token = m_text.substr(begin, m_at - begin);
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString shown = decoder(QByteArrayView(token.data(), static_cast<qsizetype>(token.size())));
        if (decoder.hasError())
            return fail(QStringLiteral("a text is not valid UTF-8. Save the file with the encoding UTF-8."));
        const Json parsed = Json::parse(token, nullptr, false);
        if (parsed.is_discarded())
            return fail(QStringLiteral("the text %1 holds an escape that JSON does not have.").arg(shown.left(60)));
        decoded = parsed.get<std::string>();
        if (decoded.find('\0') != std::string::npos)
            return fail(QStringLiteral("the text %1 holds a NUL character, which no database stores. Remove it.")
                            .arg(shown.left(60)));
        return true;
    }

    bool scanDigits() {
        const size_t begin = m_at;
        while (isDigit(current()))
            ++m_at;
        return m_at > begin;
    }

    bool scanNumber() {
        const size_t begin = m_at;
        take('-');
        const bool startsWithZero = current() == '0';
        const size_t digitsAt = m_at;
        if (!scanDigits()) {
            m_at = begin;
            return failExpecting(QStringLiteral("a value"));
        }
        if (startsWithZero && m_at > digitsAt + 1)
            return fail(QStringLiteral("a number begins with a zero. Remove the zero."));
        if (take('.') && !scanDigits())
            return failExpecting(QStringLiteral("a digit after the decimal point"));
        if (take('e') || take('E')) {
            if (!take('+'))
                take('-');
            if (!scanDigits())
                return failExpecting(QStringLiteral("a digit in the exponent"));
        }
        double number = 0.0;
        const std::string_view token = m_text.substr(begin, m_at - begin);
        if (std::from_chars(token.data(), token.data() + token.size(), number).ec != std::errc())
            return fail(
                QStringLiteral("the number %1 is too large or too close to zero for a 64-bit floating point number.")
                    .arg(
                        QString::fromLatin1(token.data(), static_cast<qsizetype>(std::min<size_t>(token.size(), 40)))));
        return true;
    }

    std::string_view m_text;
    const std::string* m_wanted;
    size_t m_at = 0;
    int m_line = 1;
    std::string m_pointer; ///< of the value being scanned
};

} // namespace

std::optional<JsonFault> findJsonFault(std::string_view text) {
    JsonScanner scanner(text, nullptr);
    scanner.scanDocument();
    return scanner.fault;
}

std::optional<int> lineOfJsonValue(std::string_view text, const std::string& pointer) {
    JsonScanner scanner(text, &pointer);
    scanner.scanDocument();
    return scanner.wantedLine;
}

} // namespace affinity::base
