#include "ui/shared/language.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <optional>

namespace affinity::ui {
namespace {

std::optional<Language>& installed() {
    static std::optional<Language> language;
    return language;
}

QLocale localeOf(Language language) {
    return language == Language::Chinese ? QLocale(QLocale::Chinese, QLocale::China)
                                         : QLocale(QLocale::English, QLocale::UnitedStates);
}

void install(QApplication& application, const QString& fileName) {
    auto* texts = new QTranslator(&application);
    if (texts->load(fileName))
        QCoreApplication::installTranslator(texts);
    else
        delete texts; // Qt's own texts are a package of their own: without it standard dialogs stay English
}

} // namespace

Language languageFor(LanguageChoice choice) {
    if (choice == LanguageChoice::System)
        return QLocale::system().language() == QLocale::Chinese ? Language::Chinese : Language::English;
    return choice == LanguageChoice::Chinese ? Language::Chinese : Language::English;
}

Language currentLanguage() {
    return installed().value_or(Language::English);
}

void setLanguage(QApplication& application, LanguageChoice choice) {
    const Language language = languageFor(choice);
    QLocale::setDefault(localeOf(language));
    if (installed() == language)
        return;
    installed() = language;
    qDeleteAll(application.findChildren<QTranslator*>(Qt::FindDirectChildrenOnly)); // a translator uninstalls itself
    if (language == Language::Chinese)
        install(application, QLibraryInfo::path(QLibraryInfo::TranslationsPath) + QStringLiteral("/qtbase_zh_CN.qm"));
    install(application, QStringLiteral(":/i18n/affinity_%1.qm")
                             .arg(language == Language::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en")));
}

QString languageWord(LanguageChoice choice) {
    switch (choice) {
    case LanguageChoice::English:
        return QStringLiteral("en");
    case LanguageChoice::Chinese:
        return QStringLiteral("zh_CN");
    case LanguageChoice::System:
        break;
    }
    return QStringLiteral("system");
}

LanguageChoice languageOfWord(const QString& word) {
    if (word == QLatin1String("en"))
        return LanguageChoice::English;
    return word == QLatin1String("zh_CN") ? LanguageChoice::Chinese : LanguageChoice::System;
}

} // namespace affinity::ui
