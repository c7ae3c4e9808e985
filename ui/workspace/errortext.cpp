#include "ui/workspace/errortext.h"

#include "ui/workspace/errortemplates.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <vector>

namespace affinity::ui {
namespace {

constexpr int mostNesting = 3; // a message within a message within a message

/// A template as a pattern: the fixed words, and what stands for %1, %2 … in the order they come.
struct Pattern {
    const char* source;
    QRegularExpression words;
    std::vector<int> numbers; // of the captures
    qsizetype fixedLength = 0;
};

Pattern patternOf(const char* source) {
    Pattern pattern{source, {}, {}, 0};
    const QString text = QString::fromUtf8(source);
    QString words;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == QLatin1Char('%') && i + 1 < text.size() && text.at(i + 1).isDigit()) {
            pattern.numbers.push_back(text.at(++i).digitValue());
            words += QStringLiteral("(.+?)");
        } else {
            words += QRegularExpression::escape(QString(text.at(i)));
            ++pattern.fixedLength;
        }
    }
    pattern.words =
        QRegularExpression(QRegularExpression::anchoredPattern(words), QRegularExpression::DotMatchesEverythingOption);
    return pattern;
}

/// The carriers, then those with the most fixed words first, so that a general template never takes a special message.
const std::vector<Pattern>& patterns() {
    static const std::vector<Pattern> made = [] {
        std::vector<Pattern> all;
        for (const auto& area : {ruleTemplates(), serverTemplates()}) {
            for (const char* source : area)
                all.push_back(patternOf(source));
        }
        std::stable_sort(all.begin(), all.end(),
                         [](const Pattern& a, const Pattern& b) { return a.fixedLength > b.fixedLength; });
        std::vector<Pattern> carrying;
        for (const char* source : carryingTemplates())
            carrying.push_back(patternOf(source));
        all.insert(all.begin(), carrying.begin(), carrying.end());
        return all;
    }();
    return made;
}

QString translated(const QString& message, int depth);

/// The message by its template; null when none fits.
QString byTemplate(const QString& message, int depth) {
    for (const Pattern& pattern : patterns()) {
        const QRegularExpressionMatch match = pattern.words.match(message);
        if (!match.hasMatch())
            continue;
        QStringList parts(9);
        for (size_t i = 0; i < pattern.numbers.size(); ++i)
            parts[pattern.numbers[i] - 1] = translated(match.captured(static_cast<int>(i) + 1), depth + 1);
        QString words = QCoreApplication::translate("EngineText", pattern.source);
        // Not by arg(): a part may hold "%1" itself.
        QString text;
        for (qsizetype i = 0; i < words.size(); ++i) {
            const bool isPlace = words.at(i) == QLatin1Char('%') && i + 1 < words.size() && words.at(i + 1).isDigit();
            if (isPlace)
                text += parts[words.at(++i).digitValue() - 1];
            else
                text += words.at(i);
        }
        return text;
    }
    return {};
}

QString translated(const QString& message, int depth) {
    if (depth > mostNesting)
        return message;
    if (const QString known = byTemplate(message, depth); !known.isNull())
        return known;
    const QString colon = QStringLiteral(": ");
    for (qsizetype at = message.indexOf(colon); at > 0; at = message.indexOf(colon, at + 1)) {
        const QString reason = byTemplate(message.mid(at + colon.size()), depth);
        if (!reason.isNull())
            return QCoreApplication::translate("EngineText", "%1: %2", "place in a file and what is wrong there")
                .arg(translated(message.left(at), depth + 1), reason);
    }
    return message;
}

} // namespace

QString engineText(const QString& message) {
    return translated(message, 0);
}

QString errorText(const base::Error& error) {
    return engineText(error.what);
}

} // namespace affinity::ui
