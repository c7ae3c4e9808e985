// Every text a window's widgets hold, and which words of a language the program's own texts are made of.
#pragma once

#include <QSet>
#include <QStringList>
#include <QWidget>

namespace affinity::test {

/// One text and where it was found ("QLabel kpiLabel text").
struct FoundText {
    QString text;
    QString place;
};

/// Texts, tooltips, accessible names, placeholders, actions, headers and cells of the widget and all below it, hidden
/// ones too.
QList<FoundText> textsOf(const QWidget& root);

/// One text of the program with its translation, as the .ts file has it.
struct KnownText {
    QString source;
    QString translation;
};

/// All texts of a .ts file; empty when it cannot be read.
QList<KnownText> knownTexts(const QString& fileName);

bool isChinese(const QString& text);

/// Words of two letters or more, of Latin letters only.
QStringList latinWords(const QString& text);

} // namespace affinity::test
