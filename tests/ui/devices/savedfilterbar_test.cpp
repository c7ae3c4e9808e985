#include "tests/ui/devices/savedfilterbar_test.h"

#include "ui/devices/devicelist.h"
#include "ui/devices/savedfilterbar.h"
#include "ui/shared/buttons.h"
#include "ui/shared/textlabel.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

namespace affinity::test {

namespace {

/// Opens the menu by its keys.
QMenu* openMenu(const ScreenFixture& fixture) {
    fixture.press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    // A button's key clicks it with a short animation.
    if (!QTest::qWaitFor([] { return QApplication::activePopupWidget() != nullptr; }, screenWaitMs))
        return nullptr;
    return qobject_cast<QMenu*>(QApplication::activePopupWidget());
}

QAction* actionOf(const QMenu& menu, const QString& text) {
    for (QAction* action : menu.actions()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

/// Chooses a line of the menu, as a click does.
bool choose(const ScreenFixture& fixture, const QString& text) {
    QMenu* menu = openMenu(fixture);
    QAction* action = menu ? actionOf(*menu, text) : nullptr;
    if (action)
        action->trigger();
    if (menu)
        menu->close();
    return action != nullptr;
}

ui::DeviceFilter levelFilter(int level) {
    ui::DeviceFilter filter;
    filter.levelAtLeast = level;
    return filter;
}

/// Filters to a level and saves that under a name.
void save(const ScreenFixture& fixture, int level, const QString& name) {
    fixture->list().setFilter(levelFilter(level));
    fixture->list().savedFilters().beginSaving();
    fixture.type(name);
    fixture.press(Qt::Key_Return);
}

QString stateText(const ScreenFixture& fixture) {
    const auto* state = fixture.child<ui::TextLabel>("savedFilterState");
    return state->isVisible() ? state->text() : QString();
}

} // namespace

void SavedFilterBarTest::initTestCase() {
    m_prototype.make(0);
}

void SavedFilterBarTest::emptyMenuSaysHowToSaveOne() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    QMenu* menu = openMenu(fixture);
    QVERIFY(menu);
    const auto* hint = menu->findChild<QAction*>(QStringLiteral("noSavedFilter"));
    QVERIFY(hint);
    QCOMPARE(hint->text(), QStringLiteral("None yet. Search or set chips, then save them here."));
    const auto* saving = menu->findChild<QAction*>(QStringLiteral("saveCurrent"));
    QVERIFY(!saving->isEnabled()); // nothing narrows the list
    QCOMPARE(saving->toolTip(), QStringLiteral("Search or set a chip first."));
    menu->close();
}

void SavedFilterBarTest::filterIsSavedAndAppliedByKeyboard() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    fixture->list().setFilter(levelFilter(6));
    fixture.press(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(choose(fixture, QStringLiteral("Save current filter…")));
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("filterName"));
    fixture.type(QStringLiteral("Soul & mates"));
    fixture.press(Qt::Key_Return);
    QCOMPARE(stateText(fixture), QStringLiteral("Soul & mates"));
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("deviceSearch"));
    QVERIFY(QFile::exists(fixture.filtersFile()));

    fixture->list().setFilter({});
    QCOMPARE(stateText(fixture), QString());
    QMenu* menu = openMenu(fixture);
    QVERIFY(menu);
    QTest::keyClick(menu, Qt::Key_Down); // the first line that can be chosen
    QCOMPARE(menu->activeAction()->text(), QStringLiteral("Soul && mates"));
    QTest::keyClick(menu, Qt::Key_Return);
    QCOMPARE(fixture->list().filter(), levelFilter(6));
    QCOMPARE(stateText(fixture), QStringLiteral("Soul & mates"));
}

void SavedFilterBarTest::takenNameIsRefusedAndTheFormStays() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    save(fixture, 6, QStringLiteral("a"));
    save(fixture, 5, QStringLiteral("A"));
    const auto* fault = fixture.child<ui::TextLabel>("filterNameFault");
    QVERIFY(fault->isVisible());
    QCOMPARE(fault->text(), QStringLiteral("There is a filter “A” already."));
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("filterName"));
    fixture.press(Qt::Key_Escape);
    QVERIFY(!fixture.child<QLineEdit>("filterName")->isVisible());
    QCOMPARE(ui::SavedFilters(fixture.filtersFile()).filters().size(), size_t(1));
}

void SavedFilterBarTest::changedFilterOffersToUpdateItself() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    save(fixture, 6, QStringLiteral("mine"));
    auto* update = fixture.child<ui::Button>("updateFilter");
    QVERIFY(!update->isVisible());
    auto* table = fixture.child<QTableView>("deviceTable");
    Q_EMIT table->horizontalHeader()->sectionClicked(ui::DeviceModel::ValueColumn);
    QCOMPARE(stateText(fixture), QStringLiteral("mine, changed"));
    QVERIFY(update->isVisible());
    update->click();
    QCOMPARE(stateText(fixture), QStringLiteral("mine"));
    const auto kept = ui::SavedFilters(fixture.filtersFile()).find(QStringLiteral("mine"));
    QVERIFY(kept);
    QCOMPARE(kept->view.sort, store::DeviceSort::Value);
    QVERIFY(kept->view.isDescending);
}

void SavedFilterBarTest::builtInFilterOffersNoUpdate() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    QVERIFY(choose(fixture, QStringLiteral("At the ceiling")));
    QCOMPARE(fixture->list().filter().valueAtLeast, std::optional(10'000));
    QCOMPARE(stateText(fixture), QStringLiteral("At the ceiling"));
    Q_EMIT fixture.child<QTableView>("deviceTable")->horizontalHeader()->sectionClicked(ui::DeviceModel::SeenColumn);
    QCOMPARE(stateText(fixture), QStringLiteral("At the ceiling, changed"));
    QVERIFY(!fixture.child<ui::Button>("updateFilter")->isVisible());
    QVERIFY(!choose(fixture, QStringLiteral("Update “At the ceiling”")));
}

void SavedFilterBarTest::deletingCanBeTakenBackFromTheMenuAndTheToast() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    save(fixture, 6, QStringLiteral("mine"));
    std::function<void()> undo;
    connect(fixture.workspace.get(), &ui::Workspace::announced, this,
            [&undo](const QString&, const QString& action, const std::function<void()>& run) {
                if (action == QStringLiteral("Undo"))
                    undo = run;
            });
    fixture->list().savedFilters().remove(QStringLiteral("mine"));
    QVERIFY(ui::SavedFilters(fixture.filtersFile()).filters().empty());
    QVERIFY(undo);
    undo();
    QCOMPARE(ui::SavedFilters(fixture.filtersFile()).find(QStringLiteral("mine"))->view.filter, levelFilter(6));
    fixture->list().savedFilters().remove(QStringLiteral("mine"));
    QVERIFY(choose(fixture, QStringLiteral("Undo delete of “mine”")));
    QVERIFY(ui::SavedFilters(fixture.filtersFile()).find(QStringLiteral("mine")));
    disconnect(fixture.workspace.get(), nullptr, this, nullptr);
}

void SavedFilterBarTest::sortBelongsToTheFilter() {
    ScreenFixture fixture;
    QVERIFY(fixture.open(m_prototype));
    QVERIFY(choose(fixture, QStringLiteral("Idle for 7 days, highest value first")));
    QCOMPARE(fixture->list().model().query().sort, store::DeviceSort::Value);
    QVERIFY(fixture->list().model().query().isDescending);
    const auto* header = fixture.child<QTableView>("deviceTable")->horizontalHeader();
    QCOMPARE(header->sortIndicatorSection(), static_cast<int>(ui::DeviceModel::ValueColumn));
}

void SavedFilterBarTest::damagedFileIsSaidInABanner() {
    ScreenFixture fixture;
    QFile file(fixture.filtersFile());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"version\": 1,");
    file.close();
    QVERIFY(fixture.open(m_prototype));
    const auto* banner = fixture.child<QWidget>("savedFiltersBanner");
    QVERIFY(banner && banner->isVisible());
    QVERIFY(banner->accessibleName().startsWith(QStringLiteral("The saved filters cannot be read")));
    QVERIFY(QFile::exists(fixture.filtersFile() + QStringLiteral(".damaged-1")));
}

} // namespace affinity::test
