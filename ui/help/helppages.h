// The help pages that are part of the program, in the language of the window.
#pragma once

#include "ui/shared/language.h"

#include <QStringList>

namespace affinity::ui {

/// One page: Markdown with links to other pages ("devices.md") and to no other place.
struct HelpPage {
    QString name;  ///< "devices": the file's name without its ending
    QString title; ///< its first heading
    QString text;  ///< Markdown

    friend bool operator==(const HelpPage&, const HelpPage&) = default;
};

/// Names in the order of the contents; the first is where help begins.
QStringList helpPageNames();

/// The page of that name; an empty one when there is none.
HelpPage helpPage(const QString& name, Language language);

/// The page about a screen (its id) or, for a screen without one, the first page.
QString helpPageOf(const QString& screen);

/// Whether every word of `words` is in the page's title or text, in any order, small and large letters alike.
bool isFound(const HelpPage& page, const QString& words);

} // namespace affinity::ui
