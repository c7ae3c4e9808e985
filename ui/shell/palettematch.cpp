#include "ui/shell/palettematch.h"

#include <QStringList>

#include <algorithm>

namespace affinity::ui {
namespace {

bool startsWord(const QString& text, qsizetype at) {
    return at == 0 || (text.at(at).isLetterOrNumber() && !text.at(at - 1).isLetterOrNumber());
}

struct Place {
    qsizetype at = -1;
    Closeness closeness = Closeness::Inside;
};

/// The closest place of one word.
Place placeOf(const QString& word, const QString& text) {
    Place best;
    for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(word, at + 1, Qt::CaseInsensitive)) {
        const Closeness closeness = at == 0                ? Closeness::Start
                                    : startsWord(text, at) ? Closeness::WordStart
                                                           : Closeness::Inside;
        if (best.at < 0 || closeness > best.closeness)
            best = {at, closeness};
    }
    return best;
}

std::optional<PaletteMatch> matchLetters(const QString& query, const QString& text) {
    PaletteMatch match;
    qsizetype from = 0;
    for (const QChar letter : query) {
        if (letter.isSpace())
            continue;
        qsizetype at = text.indexOf(letter, from, Qt::CaseInsensitive);
        for (qsizetype next = at; next >= 0; next = text.indexOf(letter, next + 1, Qt::CaseInsensitive)) {
            if (startsWord(text, next)) { // rather the beginning of a later word
                at = next;
                break;
            }
        }
        const bool follows =
            !match.letters.empty() && from < text.size() && text.at(from).toCaseFolded() == letter.toCaseFolded();
        if (follows)
            at = from;
        if (at < 0 || (match.letters.empty() && !startsWord(text, at)))
            return std::nullopt;
        match.letters.push_back(static_cast<int>(at));
        from = at + 1;
    }
    return match;
}

} // namespace

std::optional<PaletteMatch> matchWords(const QString& query, const QString& text) {
    const QStringList words = query.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    PaletteMatch match{Closeness::Start, {}};
    for (const QString& word : words) {
        const Place place = placeOf(word, text);
        if (place.at < 0)
            return matchLetters(query, text);
        match.closeness = std::min(match.closeness, place.closeness);
        for (qsizetype i = 0; i < word.size(); ++i)
            match.letters.push_back(static_cast<int>(place.at + i));
    }
    // "adj the": the second word can only be inside; where one word begins the text, the others need not.
    std::sort(match.letters.begin(), match.letters.end());
    match.letters.erase(std::unique(match.letters.begin(), match.letters.end()), match.letters.end());
    return match;
}

} // namespace affinity::ui
