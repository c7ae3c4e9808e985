// A help page as it is shown: Markdown laid out in the fonts and colours in force.
#pragma once

class QString;
class QTextDocument;

namespace affinity::ui {

/// Fills the document with Markdown in our type styles. Colours are copied: call it again after a theme switch.
void showMarkdown(QTextDocument& document, const QString& markdown);

} // namespace affinity::ui
