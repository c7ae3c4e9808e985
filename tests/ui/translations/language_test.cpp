#include "tests/ui/translations/language_test.h"

#include "tests/ui/story/tour.h"
#include "tests/ui/story/windowchecks.h"
#include "tests/ui/translations/windowtexts.h"
#include "ui/devices/devicelist.h"
#include "ui/devices/devicesscreen.h"
#include "ui/devices/userpage.h"
#include "ui/levels/levelsscreen.h"
#include "ui/overview/overviewscreen.h"
#include "ui/shared/formatting.h"
#include "ui/shared/language.h"
#include "ui/simulation/simulationscreen.h"
#include "ui/workspace/errortext.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QTemporaryDir>
#include <QTranslator>

namespace affinity::test {
namespace {

using ui::Language;
using ui::LanguageChoice;

constexpr int smallStore = 40; // devices
constexpr int switches = 50;

QString text(const char* utf8) {
    return QString::fromUtf8(utf8);
}

void speak(LanguageChoice choice) {
    ui::setLanguage(*qobject_cast<QApplication*>(QCoreApplication::instance()), choice);
}

/// Asked only for texts that the installed translation does not have, because it was installed before.
class MissingTexts : public QTranslator {
public:
    MissingTexts() { QCoreApplication::installTranslator(this); }
    ~MissingTexts() override { QCoreApplication::removeTranslator(this); }
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char*, int) const override {
        const QString name = QString::fromLatin1(context);
        const bool isQts = name.startsWith(QLatin1Char('Q'));
        const bool hasWords = !latinWords(QString::fromUtf8(source)).isEmpty(); // "×" is the same everywhere
        if (!isQts && hasWords && ui::currentLanguage() == Language::Chinese)
            missing << name + QStringLiteral(": ") + QString::fromUtf8(source);
        return {};
    }
    mutable QStringList missing;
};

/// Names from the data: rules, levels, personas, people. They are never translated.
QSet<QString> dataWords(app::Console& console) {
    QStringList names;
    const auto addRuleSet = [&names](const rules::RuleSet& ruleSet) {
        for (const rules::Rule& rule : ruleSet.rules)
            names << rule.key << rule.name;
        for (const rules::Level& level : ruleSet.levels) {
            names << level.name;
            names << QString::fromStdString(level.rewards.dump());
        }
        names << QString::fromUtf8(ruleSet.setting.timeZone) << ruleSet.setting.decayRuleKey;
    };
    addRuleSet(console.workspace()->ruleSet());
    const sim::Scenario& scenario = console.simulationScreen()->draft().scenario();
    addRuleSet(scenario.ruleSet);
    names << scenario.name << console.workspace()->storeInfo().name;
    for (const sim::Persona& persona : scenario.personas)
        names << persona.name;
    for (const ui::DemoAccount& account : console.workspace()->demoAccounts())
        names << account.username;
    // Nicknames and people are in the cells of the list; keys, standards and products keep their names everywhere.
    names << QStringLiteral(
        "Lost event, ticket 4711; Was a duplicate; Called Mo; no such device; disk I/O error"); // typed
    names << QStringLiteral(
        "Ctrl Alt Shift Esc Page Up Down Delete Enter JSON CSV UTC SQLite IANA Django EN KiB MiB ms "
        "demo bench json csv admin English Webhook");
    names << QStringLiteral("Qt Charts, JSON for Modern C++, tz database, public domain"); // in About
    QSet<QString> words;
    for (const QString& name : names)
        for (const QString& word : latinWords(name))
            words << word;
    return words;
}

/// Words of the English texts: one of them on screen is a text that was not translated.
QSet<QString> englishWords() {
    QSet<QString> words;
    for (const KnownText& known : knownTexts(QStringLiteral(TEXTS_FILE))) {
        const QStringList kept = latinWords(known.translation);
        for (const QString& word : latinWords(known.source)) {
            if (!kept.contains(word))
                words << word.toLower();
        }
    }
    return words;
}

/// Shows every screen and every view of it, until each has its data; calls `look` at each stop.
void walk(app::Console& console, const std::function<void()>& look) {
    ui::MainWindow& window = console.window();
    window.showScreen(QStringLiteral("overview"));
    QVERIFY(waitFor([&] { return console.overviewScreen()->overview().has_value(); }));
    look();
    window.showScreen(QStringLiteral("levels"));
    QVERIFY(waitFor([&] { return console.levelsScreen()->report().has_value(); }));
    look();
    window.showScreen(QStringLiteral("devices"));
    if (console.devicesScreen()->isUserShown())
        console.devicesScreen()->goBack();
    QVERIFY(waitFor([&] { return console.devicesScreen()->list().model().rowCount() > 0; }));
    QVERIFY(waitFor([] { return visibleWidget(QStringLiteral("timelineTable")) != nullptr; }));
    QTest::qWait(300); // the course, the reconciliation
    look();
    console.devicesScreen()->openUser(base::UserId{1});
    QTest::qWait(300);
    look();
    window.showScreen(QStringLiteral("simulation"));
    ui::SimulationScreen& simulation = *console.simulationScreen();
    QVERIFY(waitFor([&] { return simulation.draft().isOpen(); }));
    look();
    if (!simulation.outcome()) {
        simulation.draft().setNumber({ui::Member::Devices, 0, 0, {}}, 200);
        simulation.draft().setNumber({ui::Member::Days, 0, 0, {}}, 20);
        simulation.draft().setNumber({ui::Member::DailyCap, 0, 0, {}}, 7);
        simulation.run();
    }
    QVERIFY(waitFor([&] { return simulation.outcome() && simulation.outcome()->isWhole(); }));
    for (const auto view : {ui::SimulationView::Values, ui::SimulationView::Rules, ui::SimulationView::Rewards,
                            ui::SimulationView::Gains, ui::SimulationView::Storyline, ui::SimulationView::Scenario}) {
        simulation.showView(view);
        QTest::qWait(100);
        look();
    }
}

void endDeletions() {
    for (int i = 0; i < 3; ++i) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

} // namespace

void LanguageTest::cleanup() {
    speak(LanguageChoice::English);
}

void LanguageTest::numbersAndDatesFollowTheLanguage() {
    const QDate date(2025, 11, 20);
    speak(LanguageChoice::English);
    QCOMPARE(ui::compactText(250'000), text("250k"));
    QCOMPARE(ui::dateText(date), text("20 Nov 2025"));
    QCOMPARE(ui::durationText(192), text("3 min 12 s"));
    speak(LanguageChoice::Chinese);
    QCOMPARE(ui::numberText(1'283'114), text("1,283,114"));
    QCOMPARE(ui::compactText(1300), text("1,300"));
    QCOMPARE(ui::compactText(250'000), text("25万"));
    QCOMPARE(ui::compactText(-13'500), text("−1.35万"));
    QCOMPARE(ui::compactText(130'000'000), text("1.3亿"));
    QCOMPARE(ui::dayText(date), text("11月20日"));
    QCOMPARE(ui::dateText(date), text("2025年11月20日"));
    QCOMPARE(ui::longDateText(date), text("2025年11月20日 星期四"));
    QCOMPARE(ui::weekdayText(date), text("星期四"));
    QCOMPARE(ui::durationText(192), text("3 分 12 秒"));
    QCOMPARE(ui::joinedText(text("没有到账："), text("设备没有绑定。")), text("没有到账：设备没有绑定。"));
}

void LanguageTest::engineMessagesAreTranslatedByTheirTemplates() {
    speak(LanguageChoice::English);
    const QString plain = text("There is no binding 7 in this store.");
    QCOMPARE(ui::engineText(plain), plain);
    speak(LanguageChoice::Chinese);
    QCOMPARE(ui::engineText(plain), text("此存储中没有绑定 7。"));
    QCOMPARE(ui::engineText(text("draft, line 12, rule_set.rules[0].daily_cap: must be above 0")),
             text("draft，第 12 行，rule_set.rules[0].daily_cap：必须大于 0"));
    QCOMPARE(ui::engineText(text("must be a whole number from 1 to 5, not true.")),
             text("必须是 1 至 5 的整数，而不是 true。"));
    QCOMPARE(ui::engineText(text("calendar[2]: there is no rule of the key %1")),
             text("calendar[2]：没有键为 %1 的规则"));
}

void LanguageTest::unknownMessagesStayAsTheyAre() {
    speak(LanguageChoice::Chinese);
    for (const char* message : {"", "disk I/O error", "Something: nobody wrote down"})
        QCOMPARE(ui::engineText(text(message)), text(message));
}

void LanguageTest::theChoiceIsKept() {
    QTemporaryDir folder;
    ui::Settings settings(folder.filePath(QStringLiteral("settings.json")));
    ui::JobList jobs;
    {
        ui::MainWindow window(settings, jobs);
        window.setLanguageChoice(LanguageChoice::Chinese);
        QCOMPARE(window.windowTitle(), text("好感度控制台"));
    }
    speak(LanguageChoice::English);
    const ui::MainWindow window(settings, jobs);
    QCOMPARE(window.languageChoice(), LanguageChoice::Chinese);
    QCOMPARE(ui::currentLanguage(), Language::Chinese);
    QCOMPARE(window.windowTitle(), text("好感度控制台"));
}

void LanguageTest::everyTextOfEveryScreenIsChinese() {
    const QSet<QString> english = englishWords();
    QVERIFY(english.size() > 500);
    const MissingTexts spy;
    DemoConsole demo(smallStore);
    QVERIFY(demo.start());
    app::Console& console = demo.console();
    console.window().setLanguageChoice(LanguageChoice::Chinese);
    QSet<QString> data;
    QStringList left;
    const auto lookAt = [&](const QString& state, const QWidget& root) {
        for (const FoundText& found : textsOf(root)) {
            if (found.place.contains(QLatin1String("deviceTable cell"))) // nicknames may be any word
                continue;
            for (const QString& word : latinWords(found.text)) {
                if (english.contains(word.toLower()) && !data.contains(word))
                    left << QStringLiteral("%1: %2 in “%3” (%4)").arg(state, word, found.text, found.place);
            }
        }
    };
    console.window().showScreen(QStringLiteral("simulation"));
    QVERIFY(waitFor([&] { return console.simulationScreen()->draft().isOpen(); }));
    data = dataWords(console);
    QVERIFY(takeTour(demo, [&](const QString& state, QWidget& window) {
        lookAt(state, *windowInUse(window));
        if (const QWidget* menu = QApplication::activePopupWidget())
            lookAt(state, *menu);
    }));
    left.removeDuplicates();
    for (const QString& text : left) // one by one: a failure's own message is cut
        qWarning("%s", qPrintable(text));
    QVERIFY2(left.isEmpty(), qPrintable(left.value(0)));
    QStringList missing = spy.missing;
    missing.removeDuplicates();
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
}

void LanguageTest::editsFiltersAndResultsOutliveTheSwitch() {
    DemoConsole demo(smallStore);
    QVERIFY(demo.start());
    app::Console& console = demo.console();
    console.window().setLanguageChoice(LanguageChoice::English);
    walk(console, [] {});
    const ui::Field cap{ui::Member::DailyCap, 0, 0, {}};
    const int changes = console.simulationScreen()->draft().changeCount();
    const QString digest = console.simulationScreen()->summary()->digest;
    ui::DeviceFilter filter;
    filter.valueAtLeast = 1;
    console.devicesScreen()->list().setFilter(filter);
    const base::UserId user = console.devicesScreen()->userPage().user();
    console.overviewScreen()->setState({ui::OverviewRange::Month, ui::ActivityMeasure::Points, {}});

    console.window().setLanguageChoice(LanguageChoice::Chinese);

    ui::SimulationScreen& simulation = *console.simulationScreen();
    QVERIFY(simulation.hasUnsavedEdits());
    QCOMPARE(simulation.draft().changeCount(), changes);
    QCOMPARE(simulation.view(), ui::SimulationView::Scenario);
    QCOMPARE(simulation.summary()->digest, digest);
    QVERIFY(simulation.draft().isChanged(cap));
    simulation.draft().undo();
    QVERIFY(!simulation.draft().isChanged(cap));
    QCOMPARE(console.devicesScreen()->list().filter(), filter);
    QVERIFY(console.devicesScreen()->isUserShown());
    QCOMPARE(console.devicesScreen()->userPage().user(), user);
    QCOMPARE(console.overviewScreen()->range(), ui::OverviewRange::Month);
    QCOMPARE(console.window().currentScreen(), QStringLiteral("simulation"));
}

void LanguageTest::fiftySwitchesLeaveNothingBehind() {
    DemoConsole demo(smallStore);
    QVERIFY(demo.start());
    app::Console& console = demo.console();
    ui::MainWindow& window = console.window();
    QSet<QString> chinese;
    for (const KnownText& known : knownTexts(QStringLiteral(TEXTS_FILE))) {
        if (isChinese(known.translation) && !known.translation.contains(QLatin1Char('%')))
            chinese << known.translation;
    }
    qint64 longestMs = 0;
    const auto switchOnce = [&window, &longestMs](int round) {
        QElapsedTimer timer;
        timer.start();
        window.setLanguageChoice(round % 2 == 0 ? LanguageChoice::Chinese : LanguageChoice::English);
        longestMs = std::max(longestMs, timer.elapsed());
        window.setThemeChoice(round / 2 % 2 == 0 ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light);
        endDeletions();
    };
    walk(console, [] {});
    window.showScreen(QStringLiteral("overview"));
    for (int round = 0; round < 4; ++round)
        switchOnce(round);
    const auto before = QApplication::allWidgets().size();
    for (int round = 0; round < switches; ++round)
        switchOnce(round);
    qInfo("the longest of %d switches took %lld ms", switches, static_cast<long long>(longestMs));
    QCOMPARE(ui::currentLanguage(), Language::English);
    QTest::qWait(500); // answers that were on their way
    endDeletions();
    const auto after = QApplication::allWidgets().size();
    QVERIFY2(after <= before + 30, qPrintable(QStringLiteral("%1 widgets, then %2").arg(before).arg(after)));
    QStringList left;
    walk(console, [&] {
        for (const FoundText& found : textsOf(window)) {
            if (chinese.contains(found.text.trimmed()))
                left << QStringLiteral("“%1” (%2)").arg(found.text, found.place);
        }
    });
    left.removeDuplicates();
    QVERIFY2(left.isEmpty(), qPrintable(left.join(QLatin1Char('\n'))));
}

} // namespace affinity::test
