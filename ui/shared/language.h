// The language of the window: which one is chosen, and the one function that switches it while running.
#pragma once

#include <QString>

class QApplication;

namespace affinity::ui {

/// Languages the window has all its texts in.
enum class Language { English, Chinese };

/// What the user asked for; System is the desktop's language where the window has it, else English.
enum class LanguageChoice { System, English, Chinese };

/// The language a choice means on this desktop.
Language languageFor(LanguageChoice choice);

/// The language in force: English before the first setLanguage().
Language currentLanguage();

/// Installs the texts of a language (ours and those of Qt's own dialogs, where Qt's translations are installed) and
/// makes its locale the default one. Texts that are on screen already stay: whoever shows them makes them anew. GUI
/// thread.
void setLanguage(QApplication& application, LanguageChoice choice);

/// A choice as the settings file keeps it: "system", "en", "zh_CN". Unknown words mean System.
QString languageWord(LanguageChoice choice);
LanguageChoice languageOfWord(const QString& word);

} // namespace affinity::ui
