#include "tests/ui/testlist.h"

#include "ui/shared/settings.h"
#include "ui/shared/textlabel.h"
#include "ui/shell/palette.h"

#include <QApplication>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QVBoxLayout>
#include <QtTest>

namespace affinity::ui::tests {
namespace {

QString text(const char* words) {
    return QString::fromUtf8(words);
}

constexpr int patienceMs = 5000;

/// What the store would answer, given by hand.
struct AnswerByHand {
    QStringList asked;
    std::vector<std::function<void(std::vector<PaletteItem>)>> replies;

    PaletteSource source() {
        return [this](const QString& query, const std::function<void(std::vector<PaletteItem>)>& reply) {
            asked += query;
            replies.push_back(reply);
        };
    }
};

PaletteItem device(const char* name, QStringList& done) {
    PaletteItem item;
    item.id = text(name);
    item.text = text(name);
    item.run = [&done, name] {
        done += text(name);
        return QString();
    };
    return item;
}

struct Fixture {
    QTemporaryDir scratch;
    Settings settings{scratch.filePath(text("settings.json"))};
    QStringList done;
    QString obstacle = text("Nobody is signed in. Sign in first.");
    AnswerByHand devices;
    QWidget window;
    QLineEdit* field = new QLineEdit(&window); // has the focus before
    CommandList* commands = new CommandList(settings, &window);
    Palette* palette = new Palette(*commands, &window);

    Fixture() {
        const auto add = [this](const char* id, const char* words, const char* screen) {
            Command made;
            made.id = text(id);
            made.text = text(words);
            made.screen = text(screen);
            made.run = [this, id] { done += text(id); };
            return made;
        };
        Command adjust = add("devices.adjust", "Adjust the device…", "devices");
        adjust.keys = {QKeySequence(text("Ctrl+J"))};
        adjust.obstacle = [this] { return obstacle; };
        Command goes = add("go.devices", "Go to Devices", "");
        goes.showsScreen = true;
        goes.keys = {QKeySequence(text("Ctrl+2"))};
        Command key = add("tables.copy", "Copy the selected rows", "");
        key.isInPalette = false;
        Command find = add("window.palette", "Find anything", "");
        find.isInPalette = false;
        find.keys = {QKeySequence(text("Ctrl+K"))};
        find.run = [this] { palette->open(); };
        commands->setCommands({goes, find, add("window.refresh", "Refresh", ""), adjust,
                               add("devices.export", "Export devices…", "devices"),
                               add("simulation.run", "Run the scenario", "simulation"), key},
                              {{text("devices"), text("Devices")}, {text("simulation"), text("Simulation")}});
        QObject::connect(commands, &CommandList::screenWanted, commands,
                         [this](const QString& id) { commands->setCurrentScreen(id); });
        commands->setCurrentScreen(text("devices"));
        palette->setSource(PaletteGroup::Devices, devices.source(), true);
        window.resize(1000, 700);
        window.show();
    }
    ~Fixture() { delete palette; }

    bool open() {
        if (!QTest::qWaitForWindowActive(&window))
            return false;
        field->setFocus();
        QTest::keyClick(field, Qt::Key_K, Qt::ControlModifier);
        return palette->isVisible();
    }
    void type(const char* words) { QTest::keyClicks(QApplication::focusWidget(), text(words)); }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    QString current() const {
        const PaletteItem* item = palette->model().itemAt(palette->currentRow());
        return item ? item->text : QString();
    }
    QStringList lines() const {
        QStringList all;
        for (int row = 0; row < palette->model().rowCount(); ++row)
            all += palette->model().index(row, 0).data().toString();
        return all;
    }
    QString foot() const { return palette->findChild<TextLabel*>(text("paletteFoot"))->text(); }
};

class PaletteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsMatchByTheirBeginnings() {
        const auto match = matchWords(text("adj dev"), text("Adjust the device…"));
        QVERIFY(match);
        QCOMPARE(match->letters, (std::vector<int>{0, 1, 2, 11, 12, 13}));
        QCOMPARE(match->closeness, Closeness::WordStart);
        QCOMPARE(matchWords(text("just"), text("Adjust"))->closeness, Closeness::Inside);
        QCOMPARE(matchWords(text("ADJ"), text("Adjust"))->closeness, Closeness::Start);
        QCOMPARE(matchWords(text("模拟"), text("打开模拟"))->letters, (std::vector<int>{2, 3}));
    }

    void lettersMatchInTheirOrder() {
        const auto match = matchWords(text("rsc"), text("Run the scenario"));
        QVERIFY(match);
        QCOMPARE(match->closeness, Closeness::Letters);
        QCOMPARE(match->letters.front(), 0);
        QVERIFY(!matchWords(text("zrs"), text("Run the scenario")));
        QVERIFY(!matchWords(text("unr"), text("Run the scenario"))); // the first begins a word
    }

    void emptyTextListsEverythingByGroup() {
        Fixture f;
        QVERIFY(f.open());
        QCOMPARE(f.lines(),
                 QStringList({text("Actions"), text("Adjust the device…"), text("Export devices…"), text("Refresh"),
                              text("Run the scenario"), text("Screens"), text("Go to Devices")}));
        QVERIFY(f.devices.asked.isEmpty()); // a store is not asked for nothing
    }

    void whatIsTypedFilters() {
        Fixture f;
        QVERIFY(f.open());
        f.type("run sc");
        QCOMPARE(f.current(), text("Run the scenario"));
        QCOMPARE(f.palette->model().itemAt(f.palette->currentRow())->note, text("Simulation"));
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.done, QStringList{text("simulation.run")});
        QCOMPARE(f.commands->currentScreen(), text("simulation")); // went there first
        QVERIFY(!f.palette->isVisible());
        QCOMPARE(QApplication::focusWidget(), f.field);
    }

    void aDisabledActionShowsItsReasonAndStays() {
        Fixture f;
        QVERIFY(f.open());
        f.type("adjust");
        QCOMPARE(f.current(), text("Adjust the device…"));
        const QModelIndex index = f.palette->model().index(f.palette->currentRow(), 0);
        QVERIFY(index.data(Qt::AccessibleTextRole).toString().contains(f.obstacle));
        f.press(Qt::Key_Return);
        QVERIFY(f.palette->isVisible());
        QCOMPARE(f.foot(), f.obstacle);
        QVERIFY(f.done.isEmpty());
        f.press(Qt::Key_Escape);
        f.obstacle.clear();
        QVERIFY(f.open());
        f.type("adjust");
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.done, QStringList{text("devices.adjust")});
    }

    void devicesComeWhenTheyAreFound() {
        Fixture f;
        QVERIFY(f.open());
        f.type("mochi");
        QCOMPARE(f.lines(), QStringList({text("Devices"), text("Searching…")}));
        QTRY_COMPARE_WITH_TIMEOUT(f.devices.asked.size(), 1, patienceMs);
        QCOMPARE(f.devices.asked.first(), text("mochi"));
        f.devices.replies.at(0)({device("12 Mochi", f.done), device("13 Mochi", f.done)});
        QCOMPARE(f.lines(), QStringList({text("Devices"), text("12 Mochi"), text("13 Mochi")}));
        f.press(Qt::Key_Down);
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.done, QStringList{text("13 Mochi")});
    }

    void aLateAnswerIsDropped() {
        Fixture f;
        QVERIFY(f.open());
        f.type("mo");
        QTRY_COMPARE_WITH_TIMEOUT(f.devices.asked.size(), 1, patienceMs);
        f.type("c");
        f.devices.replies.at(0)({device("99 Momo", f.done)});
        QVERIFY(!f.lines().contains(text("99 Momo")));
        QVERIFY(f.palette->model().isSearching());
        QTRY_COMPARE_WITH_TIMEOUT(f.devices.asked.size(), 2, patienceMs);
        QCOMPARE(f.devices.asked.last(), text("moc"));
        f.devices.replies.at(1)({device("12 Mochi", f.done)});
        f.devices.replies.at(0)({device("99 Momo", f.done)});
        QCOMPARE(f.lines(), QStringList({text("Devices"), text("12 Mochi")}));
        f.press(Qt::Key_Escape);
        f.devices.replies.at(1)({device("98 Later", f.done)}); // closed: nobody looks
        QVERIFY(!f.lines().contains(text("98 Later")));
    }

    void aLateAnswerLeavesTheChoiceWhereItIs() {
        Fixture f;
        QVERIFY(f.open());
        f.type("dev");
        f.press(Qt::Key_Down);
        const QString chosen = f.current();
        QTRY_COMPARE_WITH_TIMEOUT(f.devices.asked.size(), 1, patienceMs);
        f.devices.replies.at(0)({device("12 Devi", f.done)});
        QCOMPARE(f.current(), chosen);
    }

    void atMostEightOfASource() {
        Fixture f;
        QVERIFY(f.open());
        f.type("xx");
        QTRY_COMPARE_WITH_TIMEOUT(f.devices.asked.size(), 1, patienceMs);
        f.devices.replies.at(0)(std::vector<PaletteItem>(20, device("xx", f.done)));
        QCOMPARE(f.palette->model().rowCount(), 1 + static_cast<int>(Palette::mostFound));
    }

    void rulesAndRecentItemsAnswerAtOnce() {
        Fixture f;
        f.palette->setSource(PaletteGroup::Rules, [&](const QString& query, const auto& reply) {
            reply(query.isEmpty() ? std::vector<PaletteItem>{} : std::vector<PaletteItem>{device("chat_turn", f.done)});
        });
        f.palette->setSource(PaletteGroup::Recent, [&](const QString& query, const auto& reply) {
            reply(query.isEmpty() ? std::vector<PaletteItem>{device("12 Mochi", f.done)} : std::vector<PaletteItem>{});
        });
        QVERIFY(f.open());
        QCOMPARE(f.lines().mid(0, 2), QStringList({text("Recent"), text("12 Mochi")}));
        f.type("chat");
        QCOMPARE(f.current(), text("chat_turn"));
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.done, QStringList{text("chat_turn")});
    }

    void nothingFoundIsSaid() {
        Fixture f;
        f.palette->setSource(PaletteGroup::Devices, {});
        QVERIFY(f.open());
        f.type("qqqq");
        QVERIFY(f.palette->model().isEmpty());
        QVERIFY(f.palette->findChild<TextLabel*>(text("paletteEmpty"))->isVisible());
        f.press(Qt::Key_Return);
        QVERIFY(f.palette->isVisible());
    }

    void arrowsGoRoundAndTabStaysInside() {
        Fixture f;
        QVERIFY(f.open());
        const QString first = f.current();
        f.press(Qt::Key_Up);
        QCOMPARE(f.current(), text("Go to Devices"));
        f.press(Qt::Key_Down);
        QCOMPARE(f.current(), first);
        f.press(Qt::Key_Tab);
        QCOMPARE(f.current(), text("Export devices…"));
        QCOMPARE(QApplication::focusWidget()->objectName(), text("paletteSearch"));
        f.press(Qt::Key_PageDown);
        QCOMPARE(f.current(), text("Go to Devices"));
    }

    void theWindowsKeysRestWhileItIsOpen() {
        Fixture f;
        QVERIFY(f.open());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_2, Qt::ControlModifier);
        QVERIFY(f.done.isEmpty());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_K, Qt::ControlModifier); // closes it again
        QVERIFY(!f.palette->isVisible());
        QTest::keyClick(f.field, Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(f.done, QStringList{text("go.devices")});
    }

    void aClickBesideItCloses() {
        Fixture f;
        QVERIFY(f.open());
        QTest::mouseClick(f.palette, Qt::LeftButton, {}, QPoint(5, 690));
        QVERIFY(!f.palette->isVisible());
    }
};

} // namespace

std::unique_ptr<QObject> paletteTest() {
    return std::make_unique<PaletteTest>();
}

} // namespace affinity::ui::tests

#include "palettetest.moc"
