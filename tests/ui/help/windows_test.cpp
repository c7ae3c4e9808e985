#include "tests/ui/help/windows_test.h"

#include "ui/help/aboutdialog.h"
#include "ui/help/components.h"
#include "ui/help/helpdesk.h"
#include "ui/help/helppages.h"
#include "ui/help/helpwindow.h"
#include "ui/help/logview.h"
#include "ui/shared/language.h"
#include "ui/shared/settings.h"
#include "ui/shared/style.h"
#include "ui/shared/tablesetup.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QLoggingCategory>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>

namespace affinity::test {

using ui::HelpWindow;
using ui::LogLevel;
using ui::LogView;

namespace {

Q_LOGGING_CATEGORY(windowsTestLog, "affinity.test", QtInfoMsg)

QApplication& application() {
    return *static_cast<QApplication*>(QCoreApplication::instance());
}

template<typename Widget> Widget* named(QWidget& in, const char* name) {
    return in.findChild<Widget*>(QString::fromLatin1(name));
}

void log(int lines, const QString& word) {
    for (int i = 0; i < lines; ++i)
        qCInfo(windowsTestLog).noquote() << word << i;
}

/// A desk over an empty window and fresh settings.
struct Desk {
    QTemporaryDir folder;
    ui::Settings settings{folder.filePath(QStringLiteral("settings.json"))};
    QWidget window;
    ui::HelpDesk desk{settings, &window};

    template<typename Window> Window* shown() { return window.findChild<Window*>(); }
};

} // namespace

void HelpWindowsTest::initTestCase() {
    base::installLog(); // Qt Test took the messages over
}

void HelpWindowsTest::init() {
    ui::setLanguage(application(), ui::LanguageChoice::English);
    ui::applyTheme(application(), ui::Theme::Light);
}

void HelpWindowsTest::f1OpensThePageOfTheScreen() {
    Desk desk;
    desk.window.show();
    desk.desk.setCurrentScreen(QStringLiteral("levels"));
    const auto commands = desk.desk.commands();
    QCOMPARE(commands.size(), size_t(5));
    QCOMPARE(commands.front().keys, QList<QKeySequence>{QKeySequence(Qt::Key_F1)});
    commands.front().run();
    auto* help = desk.shown<HelpWindow>();
    QVERIFY(help && help->isVisible() && !help->isModal());
    QCOMPARE(help->currentPage(), QStringLiteral("levels"));
    desk.desk.setCurrentScreen(QStringLiteral("devices"));
    commands.front().run();
    QCOMPARE(help->currentPage(), QStringLiteral("devices"));
    QCOMPARE(desk.window.findChildren<HelpWindow*>().size(), 1);
    for (const auto& command : commands) {
        QVERIFY(!command.text.isEmpty() && command.run && command.id.startsWith(QStringLiteral("help.")));
        QVERIFY(command.isInPalette);
    }
}

void HelpWindowsTest::linksAreFollowedWithinTheHelpOnly() {
    HelpWindow help;
    auto* page = named<QTextBrowser>(help, "helpPage");
    QVERIFY(!page->openExternalLinks() && !page->openLinks());
    Q_EMIT page->anchorClicked(QUrl(QStringLiteral("devices.md")));
    QCOMPARE(help.currentPage(), QStringLiteral("devices"));
    QVERIFY(page->toPlainText().startsWith(QStringLiteral("Devices")));
    Q_EMIT page->anchorClicked(QUrl(QStringLiteral("https://example.org/")));
    Q_EMIT page->anchorClicked(QUrl(QStringLiteral("file:///etc/passwd")));
    QCOMPARE(help.currentPage(), QStringLiteral("devices"));
    QVERIFY(page->toPlainText().startsWith(QStringLiteral("Devices")));
}

void HelpWindowsTest::backAndForwardGoThroughTheHistory() {
    HelpWindow help;
    help.show();
    help.showPage(QStringLiteral("devices"));
    help.showPage(QStringLiteral("why"));
    QTest::keyClick(&help, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(help.currentPage(), QStringLiteral("devices"));
    QTest::keyClick(&help, Qt::Key_Left, Qt::AltModifier);
    QTest::keyClick(&help, Qt::Key_Left, Qt::AltModifier); // nothing before the first
    QCOMPARE(help.currentPage(), QStringLiteral("start"));
    QVERIFY(!named<QWidget>(help, "helpBack")->isEnabled());
    QTest::keyClick(&help, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(help.currentPage(), QStringLiteral("devices"));
    help.showPage(QStringLiteral("levels")); // a new way ends the old one
    QVERIFY(!named<QWidget>(help, "helpForward")->isEnabled());
    help.goBack();
    QCOMPARE(help.currentPage(), QStringLiteral("devices"));
}

void HelpWindowsTest::searchNarrowsTheList() {
    HelpWindow help;
    auto* list = named<QListWidget>(help, "helpList");
    QCOMPARE(list->count(), static_cast<int>(ui::helpPageNames().size()));
    help.search(QStringLiteral("Kaplan"));
    QCOMPARE(list->count(), 1);
    QCOMPARE(help.currentPage(), QStringLiteral("levels"));
    QVERIFY(!named<QTextBrowser>(help, "helpPage")->extraSelections().isEmpty());
    help.search(QStringLiteral("zebra"));
    QCOMPARE(list->count(), 0);
    QCOMPARE(help.currentPage(), QStringLiteral("levels"));
    help.search({});
    QCOMPARE(list->count(), static_cast<int>(ui::helpPageNames().size()));
}

void HelpWindowsTest::aChangeOfLanguageKeepsThePage() {
    HelpWindow help;
    help.showPage(QStringLiteral("why"));
    ui::setLanguage(application(), ui::LanguageChoice::Chinese);
    QTRY_VERIFY(named<QTextBrowser>(help, "helpPage")->toPlainText().startsWith(QStringLiteral("好感度为什么")));
    QCOMPARE(help.currentPage(), QStringLiteral("why"));
    QCOMPARE(help.findChildren<QTextBrowser*>().size(), 1);
}

void HelpWindowsTest::aChangeOfThemeRecolours() {
    HelpWindow help;
    const auto colour = [&help] {
        const QTextBlock block = named<QTextBrowser>(help, "helpPage")->document()->begin();
        return block.begin().fragment().charFormat().foreground().color();
    };
    QCOMPARE(colour(), ui::tokensOf(ui::Theme::Light).text);
    ui::applyTheme(application(), ui::Theme::Dark);
    QCOMPARE(colour(), ui::tokensOf(ui::Theme::Dark).text);
}

void HelpWindowsTest::theLogIsFiltered() {
    qCInfo(windowsTestLog) << "filter one";
    qCWarning(windowsTestLog) << "filter two";
    qCCritical(windowsTestLog) << "filter three";
    LogView view;
    view.refresh();
    const auto shown = [&view](LogLevel level, const char* words) {
        view.model().setFilter(level, QLatin1String(words));
        return view.model().rowCount();
    };
    QCOMPARE(shown(LogLevel::All, "filter"), 3);
    QCOMPARE(shown(LogLevel::Warnings, "filter"), 2);
    QCOMPARE(shown(LogLevel::Errors, "FILTER affinity.test"), 1);
    QCOMPARE(shown(LogLevel::All, "filter nothing"), 0);
    view.model().setFilter(LogLevel::All, QStringLiteral("filter"));
    qCInfo(windowsTestLog) << "filter four";
    qCInfo(windowsTestLog) << "another";
    view.refresh();
    QCOMPARE(view.model().rowCount(), 4);
    QCOMPARE(view.model().shown().back().text, QStringLiteral("filter four"));
}

void HelpWindowsTest::scrollingUpStopsFollowing() {
    log(200, QStringLiteral("scroll"));
    LogView view;
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QScrollBar* bar = named<QTableView>(view, "logTable")->verticalScrollBar();
    QVERIFY(view.isFollowing());
    QTRY_COMPARE(bar->value(), bar->maximum());
    bar->setValue(0);
    QVERIFY(!view.isFollowing());
    QVERIFY(!named<QCheckBox>(view, "logFollow")->isChecked());
    log(20, QStringLiteral("scroll"));
    view.refresh();
    QCOMPARE(bar->value(), 0);
    named<QCheckBox>(view, "logFollow")->click();
    QVERIFY(view.isFollowing());
    QTRY_COMPARE(bar->value(), bar->maximum());
}

void HelpWindowsTest::chosenLinesAreCopied() {
    LogView view;
    qCInfo(windowsTestLog) << "copied line";
    view.refresh();
    view.model().setFilter(LogLevel::All, QStringLiteral("copied line"));
    auto* table = named<QTableView>(view, "logTable");
    table->selectRow(0);
    const QString text = ui::selectedRowsText(*table);
    QVERIFY2(text.endsWith(QStringLiteral("\tInfo\taffinity.test\tcopied line")), qPrintable(text));
}

void HelpWindowsTest::theLogIsSavedWholeAndMasked() {
    const QTemporaryDir folder;
    qCInfo(windowsTestLog).noquote() << "saved line hunter-of-moons";
    base::rememberSecret("hunter-of-moons"); // known only after the line was kept
    LogView view;
    view.setZone(QTimeZone("Asia/Shanghai"));
    view.model().setFilter(LogLevel::All, QStringLiteral("saved line"));
    QString error;
    const QString file = folder.filePath(QStringLiteral("a.log"));
    QVERIFY2(view.saveText(file, &error), qPrintable(error));
    QFile saved(file);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(saved.readAll());
    QVERIFY2(text.endsWith(QStringLiteral("+08:00 info affinity.test: saved line •••\n")), qPrintable(text));
    QVERIFY(!view.saveText(folder.filePath(QStringLiteral("none/a.log")), &error));
    QVERIFY(!error.isEmpty());
}

void HelpWindowsTest::anEmptyLogSaysSo() {
    LogView view;
    auto* search = named<QLineEdit>(view, "logSearch");
    search->setText(QStringLiteral("no message has these words"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(view.model().rowCount(), 0);
    QVERIFY(!named<QTableView>(view, "logTable")->isVisibleTo(&view));
}

void HelpWindowsTest::aboutNamesLicenceAndComponents() {
    ui::AboutDialog about;
    const QString licence = named<QPlainTextEdit>(about, "licenceText")->toPlainText();
    QVERIFY(licence.contains(QStringLiteral("GNU GENERAL PUBLIC LICENSE")));
    QVERIFY(licence.contains(QStringLiteral("END OF TERMS AND CONDITIONS")));
    QFile file(QStringLiteral(AFFINITY_SOURCE_FOLDER "/LICENSE"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(ui::licenceText(), QString::fromUtf8(file.readAll()));
    QCOMPARE(named<QTableView>(about, "components")->model()->rowCount(),
             static_cast<int>(ui::components().size()) + 1);
    QSignalSpy wanted(&about, &ui::AboutDialog::diagnosticsWanted);
    named<QPushButton>(about, "copyDiagnostics")->click();
    QCOMPARE(wanted.count(), 1);
}

void HelpWindowsTest::componentsAreThoseTheProgramIsLinkedWith() {
    // What this program has loaded is what the console is linked with, the test library aside.
    QFile maps(QStringLiteral("/proc/self/maps"));
    if (!maps.open(QIODevice::ReadOnly))
        QSKIP("no /proc here");
    const QByteArray loaded = maps.readAll();
    QCOMPARE(loaded.contains("/libcrypto.so"), true);
    QCOMPARE(loaded.contains("/libQt6Charts.so"), true);
    QCOMPARE(loaded.contains("/libQt6Svg.so"), true);
    QStringList names;
    for (const auto& part : ui::components()) {
        names << part.name;
        QVERIFY(!part.licence.isEmpty() && part.address.startsWith(QStringLiteral("https://")));
        QVERIFY2(part.isLoaded == part.version.isEmpty(), qPrintable(part.name));
    }
    QCOMPARE(names.contains(QStringLiteral("hiredis")), loaded.contains("/libhiredis"));
    QCOMPARE(names.contains(QStringLiteral("Qt WebSockets")), loaded.contains("/libQt6WebSockets.so"));
    QCOMPARE(names.contains(QStringLiteral("PostgreSQL")), loaded.contains("/libpq.so"));
    QCOMPARE(names.contains(QStringLiteral("MariaDB Connector/C")), loaded.contains("/libmariadb.so"));
}

void HelpWindowsTest::diagnosticsNameWhatMaintainersNeed() {
    Desk desk;
    qCWarning(windowsTestLog) << "the last message";
    const QString text = desk.desk.diagnostics();
    for (const char* fact :
         {"Version: " AFFINITY_VERSION, "Qt: 6.", "System: ", "Screen: ", "ratio ", "Theme: light", "Language: en",
          "Settings problem: none", "Store: none is open", "Memory: ", "the last message"})
        QVERIFY2(text.contains(QLatin1String(fact)), fact);
    log(300, QStringLiteral("diagnostics"));
    QVERIFY(desk.desk.diagnostics().contains(QStringLiteral("The last 200 messages:")));
    QVERIFY(!desk.desk.diagnostics().contains(QStringLiteral("the last message")));
}

void HelpWindowsTest::copyingDiagnosticsIsAnnounced() {
    Desk desk;
    QSignalSpy announced(&desk.desk, &ui::HelpDesk::announced);
    desk.desk.copyDiagnostics();
    QCOMPARE(announced.count(), 1);
    QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("Affinity Console diagnostics")));
}

void HelpWindowsTest::everyControlHasAName() {
    HelpWindow help;
    LogView log;
    ui::AboutDialog about;
    for (QWidget* window : std::initializer_list<QWidget*>{&help, &log, &about}) {
        for (const QWidget* widget : window->findChildren<QWidget*>()) {
            const bool isControl = widget->focusPolicy() != Qt::NoFocus && !widget->inherits("QScrollBar") &&
                                   !widget->objectName().startsWith(QStringLiteral("qt_")) &&
                                   !widget->inherits("QHeaderView");
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool isNamed = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            if (isControl && !widget->inherits("QLabel"))
                QVERIFY2(isNamed, qPrintable(window->objectName() + QLatin1Char('/') +
                                             QLatin1String(widget->metaObject()->className()) + QLatin1Char('/') +
                                             widget->objectName()));
        }
    }
}

} // namespace affinity::test
