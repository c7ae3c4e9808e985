#include "ui/help/helppages.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace affinity::ui {

namespace {

/// Markdown makes a line break a space, and Chinese has none between its characters: breaks within a paragraph go where
/// a space would be wrong.
QString joinedChinese(QString text) {
    const QString wide = QStringLiteral("\\x{3000}-\\x{303F}\\x{FF00}-\\x{FFEF}"); // full-width punctuation
    const QString han = QStringLiteral("\\p{Han}") + wide;
    const auto join = [&text](const QString& before, const QString& after) {
        text.replace(QRegularExpression(QStringLiteral("(%1)\n *(?=%2)").arg(before, after),
                                        QRegularExpression::UseUnicodePropertiesOption),
                     QStringLiteral("\\1"));
    };
    join(QStringLiteral("[%1]").arg(han), QStringLiteral("[%1\\[]|\\*\\*").arg(han));
    join(QStringLiteral("[%1]").arg(wide), QStringLiteral("[A-Za-z`]"));
    join(QStringLiteral("[\\)`A-Za-z0-9]|\\*\\*"), QStringLiteral("[%1]").arg(wide));
    join(QStringLiteral("\\)|\\*\\*"), QStringLiteral("\\p{Han}"));
    return text;
}

} // namespace

QStringList helpPageNames() {
    static const QStringList names{QStringLiteral("start"),
                                   QStringLiteral("overview"),
                                   QStringLiteral("devices"),
                                   QStringLiteral("why"),
                                   QStringLiteral("adjust"),
                                   QStringLiteral("levels"),
                                   QStringLiteral("rewards"),
                                   QStringLiteral("simulation"),
                                   QStringLiteral("scenarios"),
                                   QStringLiteral("charts-and-tables"),
                                   QStringLiteral("keyboard"),
                                   QStringLiteral("settings"),
                                   QStringLiteral("stores"),
                                   QStringLiteral("databases"),
                                   QStringLiteral("reward-deliveries"),
                                   QStringLiteral("commandline"),
                                   QStringLiteral("privacy-and-secrets"),
                                   QStringLiteral("glossary")};
    return names;
}

HelpPage helpPage(const QString& name, Language language) {
    if (!helpPageNames().contains(name))
        return {};
    const QString folder = language == Language::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    QFile file(QStringLiteral(":/help/%1/%2.md").arg(folder, name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    HelpPage page{name, {}, QString::fromUtf8(file.readAll())};
    if (language == Language::Chinese)
        page.text = joinedChinese(page.text);
    const QString first = page.text.section(QLatin1Char('\n'), 0, 0);
    page.title = first.startsWith(QLatin1String("# ")) ? first.mid(2).trimmed() : name;
    return page;
}

QString helpPageOf(const QString& screen) {
    return helpPageNames().contains(screen) ? screen : helpPageNames().front();
}

bool isFound(const HelpPage& page, const QString& words) {
    const QStringList all = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(all.begin(), all.end(),
                       [&page](const QString& word) { return page.text.contains(word, Qt::CaseInsensitive); });
}

} // namespace affinity::ui
