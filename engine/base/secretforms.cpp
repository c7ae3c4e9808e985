#include "engine/base/secretforms.h"

#include "engine/base/log.h"

#include <QByteArray>
#include <QRandomGenerator>
#include <QSet>

#include <map>
#include <mutex>
#include <optional>

namespace affinity::base {

namespace {

constexpr qsizetype shortestSecret = 4;
constexpr qsizetype longestSecret = 4096; // bytes; more is no password

/// Rabin and Karp's rolling hash modulo the prime 2^61 - 1 (Karp & Rabin 1987), its base drawn at start: a text is
/// found by its length and hash, and the text itself need not be kept. Two texts of length n collide with probability n
/// / 2^61.
class RollingHash {
public:
    static constexpr quint64 prime = (quint64(1) << 61) - 1;

    explicit RollingHash(quint64 base) : m_base(base) {}

    quint64 of(QStringView text) const {
        quint64 sum = 0;
        for (const QChar unit : text)
            sum = add(multiply(sum, m_base), quint64(unit.unicode()) + 1);
        return sum;
    }

    /// base^(length-1), what the first unit of a window weighs.
    quint64 weight(qsizetype length) const {
        quint64 power = 1;
        for (qsizetype i = 1; i < length; ++i)
            power = multiply(power, m_base);
        return power;
    }

    quint64 shifted(quint64 sum, QChar out, QChar in, quint64 weightOfFirst) const {
        const quint64 gone = multiply(quint64(out.unicode()) + 1, weightOfFirst);
        return add(multiply(add(sum, prime - gone), m_base), quint64(in.unicode()) + 1);
    }

private:
    static quint64 add(quint64 a, quint64 b) {
        const quint64 sum = a + b; // both under 2^61
        return sum >= prime ? sum - prime : sum;
    }

    static quint64 multiply(quint64 a, quint64 b) {
        __extension__ using Wide = unsigned __int128;
        const Wide product = static_cast<Wide>(a) * b;
        const auto low = static_cast<quint64>(product & prime);
        return add(low, static_cast<quint64>(product >> 61));
    }

    quint64 m_base;
};

struct Remembered {
    std::mutex mutex;
    RollingHash hash{QRandomGenerator::system()->generate64() % (RollingHash::prime - 1000) + 500};
    std::map<qsizetype, QSet<quint64>> hashes; ///< by length
};

/// Never destroyed: messages may come until the very end.
Remembered& remembered() {
    static auto* const one = new Remembered;
    return *one;
}

/// What of a secret's Base64 is the same whatever stands around it, when it begins `offset` bytes (0 to 2) into a group
/// of three: "user:password" is encoded as one.
QString base64Middle(const QByteArray& secret, qsizetype offset, QByteArray::Base64Options options) {
    const QByteArray encoded = (QByteArray(offset, '\0') + secret).toBase64(options | QByteArray::OmitTrailingEquals);
    const qsizetype first = (offset * 8 + 5) / 6;            // characters that hold bits of what is before
    const qsizetype last = (offset + secret.size()) * 8 / 6; // characters that hold bits of the secret alone
    return QString::fromLatin1(encoded.mid(first, last - first));
}

QString percentEncoded(const QByteArray& secret, const QByteArray& kept) {
    return QString::fromLatin1(secret.toPercentEncoding(kept));
}

/// As a JSON text or a C++ literal would hold it, without the quotes.
QString escaped(const QString& text, bool isSlashEscaped) {
    QString result;
    for (const QChar unit : text) {
        if (unit == QLatin1Char('"') || unit == QLatin1Char('\\') || (isSlashEscaped && unit == QLatin1Char('/')))
            result += QLatin1Char('\\');
        result += unit;
    }
    return result;
}

QStringList formsOf(const QByteArray& secret) {
    const QString text = QString::fromUtf8(secret);
    QStringList forms{text,
                      QString::fromLatin1(secret),
                      escaped(text, false),
                      escaped(text, true),
                      escaped(escaped(text, false), false),
                      text.toHtmlEscaped(),
                      QString::fromLatin1(secret.toHex()),
                      QString::fromLatin1(secret.toHex().toUpper())};
    // Which characters a URL escapes depends on who wrote it: all of them, all but those allowed in a user's part, or
    // those a form escapes.
    for (const char* keptAsIs : {"", "!$&'()*+,;=", "!$&'()*+,;=:", "!$&'()*+,;=:@/?", "!'()*", "/"}) {
        QString encoded = percentEncoded(secret, keptAsIs);
        forms << encoded;
        forms << QString(encoded).replace(QLatin1String("%20"), QLatin1String("+"));
    }
    const QByteArray lower = secret.toPercentEncoding();
    QString lowerText;
    for (qsizetype i = 0; i < lower.size(); ++i) {
        if (lower[i] == '%') {
            lowerText += QString::fromLatin1(lower.mid(i, 3).toLower());
            i += 2;
        } else
            lowerText += QLatin1Char(lower[i]);
    }
    forms << lowerText;
    for (qsizetype offset = 0; offset < 3; ++offset)
        for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding})
            forms << base64Middle(secret, offset, alphabet);
    return forms;
}

/// Where `text` holds a remembered form, in order, overlaps joined.
std::map<qsizetype, qsizetype> foundIn(QStringView text) {
    Remembered& all = remembered();
    const std::lock_guard lock(all.mutex);
    std::map<qsizetype, qsizetype> ends; // end by start
    for (const auto& [length, hashes] : all.hashes) {
        if (length > text.size())
            break;
        const quint64 weight = all.hash.weight(length);
        quint64 sum = all.hash.of(text.left(length));
        for (qsizetype at = 0;; ++at) {
            if (hashes.contains(sum))
                ends[at] = std::max(ends[at], at + length);
            if (at + length == text.size())
                break;
            sum = all.hash.shifted(sum, text[at], text[at + length], weight);
        }
    }
    return ends;
}

} // namespace

void rememberSecret(const QByteArray& secret) {
    if (secret.size() < shortestSecret || secret.size() > longestSecret ||
        QString::fromUtf8(secret).size() < shortestSecret)
        return;
    Remembered& all = remembered();
    const QStringList forms = formsOf(secret);
    const std::lock_guard lock(all.mutex);
    for (const QString& form : forms)
        if (form.size() >= shortestSecret)
            all.hashes[form.size()].insert(all.hash.of(form));
}

QString maskRememberedSecrets(const QString& text, const QString& mask) {
    const auto ends = foundIn(text);
    if (ends.empty())
        return text;
    QString result;
    qsizetype written = 0;
    for (auto range = ends.begin(); range != ends.end();) {
        const qsizetype start = range->first;
        qsizetype end = range->second;
        for (++range; range != ends.end() && range->first <= end; ++range)
            end = std::max(end, range->second);
        result += QStringView(text).mid(written, start - written);
        result += mask;
        written = end;
    }
    result += QStringView(text).mid(written);
    return result;
}

} // namespace affinity::base
