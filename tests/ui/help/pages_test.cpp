#include "tests/ui/help/pages_test.h"

#include "app/commandline.h"
#include "ui/help/helpdocument.h"
#include "ui/help/helppages.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>
#include <QTextDocument>

namespace affinity::test {

using ui::HelpPage;
using ui::Language;

namespace {

QStringList allOf(const QString& text, const QString& expression) {
    QStringList found;
    const QRegularExpression pattern(expression, QRegularExpression::MultilineOption);
    for (auto match = pattern.globalMatch(text); match.hasNext();)
        found << match.next().captured(1);
    return found;
}

/// Where links lead, sorted, each once: the order of a sentence differs between languages.
QStringList linksOf(const HelpPage& page) {
    QStringList links = allOf(page.text, QStringLiteral("\\]\\(([^)]*)\\)"));
    links.removeDuplicates();
    links.sort();
    return links;
}

/// "1", "2", …: the levels of the headings in their order.
QStringList headingsOf(const HelpPage& page) {
    QStringList levels;
    for (const QString& marks : allOf(page.text, QStringLiteral("^(#+) ")))
        levels << QString::number(marks.size());
    return levels;
}

void addPages() {
    QTest::addColumn<QString>("name");
    for (const QString& name : ui::helpPageNames())
        QTest::newRow(qPrintable(name)) << name;
}

} // namespace

void PagesTest::bothLanguagesHaveTheSamePages() {
    const QStringList english = QDir(QStringLiteral(":/help/en")).entryList(QDir::Files, QDir::Name);
    QCOMPARE(QDir(QStringLiteral(":/help/zh_CN")).entryList(QDir::Files, QDir::Name), english);
    QStringList named;
    for (const QString& name : ui::helpPageNames())
        named << name + QStringLiteral(".md");
    named.sort();
    QCOMPARE(named, english);
}

void PagesTest::pagesAreAlikeInBothLanguages_data() {
    addPages();
}

void PagesTest::pagesAreAlikeInBothLanguages() {
    QFETCH(QString, name);
    const HelpPage english = ui::helpPage(name, Language::English);
    const HelpPage chinese = ui::helpPage(name, Language::Chinese);
    QVERIFY(english.title != name && chinese.title != name && english.title != chinese.title);
    QCOMPARE(headingsOf(chinese), headingsOf(english));
    QCOMPARE(linksOf(chinese), linksOf(english));
    const QString rows = QStringLiteral("^(\\|)");
    QCOMPARE(allOf(chinese.text, rows).size(), allOf(english.text, rows).size());
    const QString items = QStringLiteral("^(- |\\d\\. )");
    QCOMPARE(allOf(chinese.text, items), allOf(english.text, items));
    // Keys and options in code marks are the same things in both.
    QStringList codes = allOf(english.text, QStringLiteral("`([^`]+)`"));
    QStringList chineseCodes = allOf(chinese.text, QStringLiteral("`([^`]+)`"));
    for (QStringList* list : {&codes, &chineseCodes}) {
        list->replaceInStrings(QRegularExpression(QStringLiteral("\\s+")), QStringLiteral(" "));
        list->removeDuplicates();
        list->sort();
    }
    QCOMPARE(chineseCodes, codes);
}

void PagesTest::linksLeadToPages_data() {
    addPages();
}

void PagesTest::linksLeadToPages() {
    QFETCH(QString, name);
    for (const QString& link : linksOf(ui::helpPage(name, Language::English))) {
        QVERIFY2(link.endsWith(QStringLiteral(".md")), qPrintable(link));
        QVERIFY2(ui::helpPageNames().contains(link.chopped(3)), qPrintable(link));
    }
}

void PagesTest::pagesRenderWithoutMarks_data() {
    addPages();
}

void PagesTest::pagesRenderWithoutMarks() {
    QFETCH(QString, name);
    for (const Language language : {Language::English, Language::Chinese}) {
        const HelpPage page = ui::helpPage(name, language);
        QTextDocument document;
        ui::showMarkdown(document, page.text);
        const QString shown = document.toPlainText();
        QVERIFY(shown.startsWith(page.title));
        for (const char* mark : {"**", "](", "`", "\n#", "|"})
            QVERIFY2(!shown.contains(QLatin1String(mark)), mark);
    }
}

void PagesTest::pagesHaveAReadableLength_data() {
    addPages();
}

void PagesTest::pagesHaveAReadableLength() {
    QFETCH(QString, name);
    const auto words = ui::helpPage(name, Language::English).text.simplified().count(QLatin1Char(' ')) + 1;
    QVERIFY2(words >= 150 && words <= 500, qPrintable(QString::number(words)));
}

void PagesTest::chineseHasNoStraySpaces() {
    const QRegularExpression stray(QStringLiteral("[\\x{4e00}-\\x{9fff}] [\\x{4e00}-\\x{9fff}]|[，。：；、？（）「」] "
                                                  "\\S|\\S [，。：；、？（）「」]|[\\x{4e00}-\\x{9fff}][A-Za-z0-9`]|"
                                                  "[A-Za-z0-9`][\\x{4e00}-\\x{9fff}]|您|请|！"),
                                   QRegularExpression::UseUnicodePropertiesOption);
    // Marks of Markdown between two characters are no spaces; list marks and table bars have theirs.
    const QRegularExpression bars(QStringLiteral(" *\\| *"));
    const QRegularExpression marks(QStringLiteral("^(?:#+|-|\\d\\.) |\\*\\*|\\]\\([^)]*\\)|\\["),
                                   QRegularExpression::MultilineOption);
    for (const QString& name : ui::helpPageNames()) {
        const QString text =
            ui::helpPage(name, Language::Chinese).text.replace(bars, QStringLiteral("|")).remove(marks);
        const auto found = stray.match(text);
        QVERIFY2(!found.hasMatch(), qPrintable(name + QStringLiteral(": ") +
                                               text.mid(std::max<qsizetype>(0, found.capturedStart() - 12), 30)));
    }
}

void PagesTest::commandsNamedExist() {
    const QString help = app::helpText();
    const HelpPage page = ui::helpPage(QStringLiteral("commandline"), Language::English);
    const QStringList commands = allOf(page.text, QStringLiteral("^\\| `(\\w+)`"));
    QCOMPARE(commands.size(), 11);
    for (const QString& command : commands)
        QVERIFY2(help.contains(
                     QRegularExpression(QStringLiteral("^  %1[ :]").arg(command), QRegularExpression::MultilineOption)),
                 qPrintable(command));
    for (const QString& name : ui::helpPageNames())
        for (const QString& option :
             allOf(ui::helpPage(name, Language::English).text, QStringLiteral("(--[a-z][a-z-]+)")))
            QVERIFY2(help.contains(option + QLatin1Char(' ')), qPrintable(option));
}

void PagesTest::everyScreenHasItsPage() {
    for (const char* screen : {"overview", "devices", "levels", "simulation", "settings"})
        QCOMPARE(ui::helpPageOf(QLatin1String(screen)), QLatin1String(screen));
    QCOMPARE(ui::helpPageOf(QStringLiteral("no such screen")), QStringLiteral("start"));
    QCOMPARE(ui::helpPage(QStringLiteral("../LICENSE"), Language::English), HelpPage());
}

void PagesTest::allWordsMustBeFound() {
    const HelpPage page = ui::helpPage(QStringLiteral("why"), Language::English);
    QVERIFY(ui::isFound(page, QString()));
    QVERIFY(ui::isFound(page, QStringLiteral("COOLDOWN amber")));
    QVERIFY(!ui::isFound(page, QStringLiteral("cooldown zebra")));
}

} // namespace affinity::test
