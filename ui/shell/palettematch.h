// How what is typed into the palette is compared with a text: by the beginnings of words, by parts, by letters.
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace affinity::ui {

/// How close a match is, the best last.
enum class Closeness { Letters, Inside, WordStart, Start };

struct PaletteMatch {
    Closeness closeness = Closeness::Letters;
    std::vector<int> letters; ///< places in the text that were typed, ascending
    bool operator==(const PaletteMatch&) const = default;
};

/// Every word of `query` must begin a word of `text` or be inside one ("adj dev"), in any order; else its letters must
/// come in `text` in their order with the first at the beginning of a word ("ctb": Copy to baseline). Upper and lower
/// case are alike. The match is as close as its least close word. An empty query matches everything from the start.
std::optional<PaletteMatch> matchWords(const QString& query, const QString& text);

} // namespace affinity::ui
