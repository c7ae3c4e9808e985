#include "tests/ui/devices/savedfilters_test.h"

#include "ui/devices/savedfilters.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace affinity::test {

using ui::DeviceView;
using ui::SavedFilter;
using ui::SavedFilters;

namespace {

/// A folder with the name of a file in it.
struct Folder {
    QTemporaryDir folder;
    QString file = folder.filePath(QStringLiteral("deeper/filters.json"));

    QByteArray content() const {
        QFile read(file);
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
    }
    void write(const QByteArray& text) const {
        QDir().mkpath(QFileInfo(file).absolutePath());
        QFile written(file);
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write(text);
    }
    QStringList names() const { return QFileInfo(file).absoluteDir().entryList(QDir::Files, QDir::Name); }
};

DeviceView viewOf(int level) {
    DeviceView view;
    view.filter.levelAtLeast = level;
    return view;
}

QStringList namesOf(const SavedFilters& filters) {
    QStringList names;
    for (const SavedFilter& filter : filters.filters())
        names << filter.name;
    return names;
}

} // namespace

void SavedFiltersTest::everyMemberComesBackFromTheFile() {
    const Folder folder;
    DeviceView view;
    view.filter.text = QStringLiteral("Mochi \"☆\"\n");
    view.filter.userId = base::UserId{9'007'199'254'740'993}; // not a double
    view.filter.levelAtLeast = 0;
    view.filter.activity = ui::Activity::IdleFor7Days;
    view.filter.valueAtLeast = 10;
    view.filter.valueAtMost = 2'147'483'647;
    view.filter.withUnbound = true;
    view.sort = store::DeviceSort::LastActive;
    view.isDescending = true;
    SavedFilters written(folder.file);
    QVERIFY(written.add(QStringLiteral("  Idle whales "), view).isOk());
    QVERIFY(written.add(QStringLiteral("all"), {}).isOk());
    const SavedFilters read(folder.file);
    QCOMPARE(read.filters(),
             (std::vector<SavedFilter>{{QStringLiteral("all"), {}}, {QStringLiteral("Idle whales"), view}}));
    QVERIFY(read.problem().isEmpty());
}

void SavedFiltersTest::namesAreUniqueWithoutRegardToCase() {
    const Folder folder;
    SavedFilters filters(folder.file);
    QVERIFY(filters.add(QStringLiteral("Whales"), viewOf(6)).isOk());
    const auto second = filters.add(QStringLiteral("whales"), viewOf(1));
    QVERIFY(!second.isOk());
    QCOMPARE(second.error().what, QStringLiteral("There is a filter “whales” already."));
    QVERIFY(!filters.add(QStringLiteral("   "), viewOf(1)).isOk());
    QVERIFY(!filters.add(QString(SavedFilters::longestName + 1, u'x'), viewOf(1)).isOk());
    QVERIFY(filters.add(QString(SavedFilters::longestName, u'x'), viewOf(1)).isOk());
    QCOMPARE(filters.find(QStringLiteral("Whales"))->view, viewOf(6));
}

void SavedFiltersTest::builtInFiltersCannotBeTouched() {
    const Folder folder;
    SavedFilters filters(folder.file, {{QStringLiteral("At the ceiling"), viewOf(6)}});
    const QString name = QStringLiteral("at the ceiling");
    QVERIFY(filters.isBuiltIn(name));
    QVERIFY(!filters.add(name, viewOf(1)).isOk());
    QVERIFY(!filters.update(name, viewOf(1)).isOk());
    QVERIFY(!filters.remove(name).isOk());
    QVERIFY(!filters.rename(name, QStringLiteral("mine")).isOk());
    QCOMPARE(filters.find(name)->view, viewOf(6));
    QVERIFY(!QFile::exists(folder.file));
}

void SavedFiltersTest::renamedFilterKeepsItsConditions() {
    const Folder folder;
    SavedFilters filters(folder.file);
    QVERIFY(filters.add(QStringLiteral("b"), viewOf(2)).isOk());
    QVERIFY(filters.add(QStringLiteral("c"), viewOf(3)).isOk());
    QVERIFY(!filters.rename(QStringLiteral("c"), QStringLiteral("B")).isOk());
    QVERIFY(filters.rename(QStringLiteral("c"), QStringLiteral("C")).isOk()); // its own name, spelled anew
    QVERIFY(filters.rename(QStringLiteral("C"), QStringLiteral("a")).isOk());
    QCOMPARE(namesOf(filters), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(filters.find(QStringLiteral("a"))->view, viewOf(3));
}

void SavedFiltersTest::updateChangesOnlyTheOneNamed() {
    const Folder folder;
    SavedFilters filters(folder.file);
    QVERIFY(filters.add(QStringLiteral("a"), viewOf(1)).isOk());
    QVERIFY(filters.add(QStringLiteral("b"), viewOf(2)).isOk());
    QVERIFY(filters.update(QStringLiteral("a"), viewOf(5)).isOk());
    QVERIFY(filters.remove(QStringLiteral("b")).isOk());
    QVERIFY(!filters.remove(QStringLiteral("b")).isOk());
    QCOMPARE(SavedFilters(folder.file).filters(), (std::vector<SavedFilter>{{QStringLiteral("a"), viewOf(5)}}));
}

void SavedFiltersTest::damagedFileIsKeptAside_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray("{\"version\": 1, \"filters\": [{\"name\"");
    QTest::newRow("no list") << QByteArray("{\"version\": 1}");
    QTest::newRow("no version") << QByteArray("{\"filters\": []}");
    QTest::newRow("no name") << QByteArray("{\"version\": 1, \"filters\": [{}]}");
    QTest::newRow("name is a number") << QByteArray("{\"version\": 1, \"filters\": [{\"name\": 3}]}");
    QTest::newRow("same name twice") << QByteArray(
        "{\"version\": 1, \"filters\": [{\"name\": \"a\"}, {\"name\": \"A\"}]}");
    QTest::newRow("negative level") << QByteArray(
        "{\"version\": 1, \"filters\": [{\"name\": \"a\", \"level_at_least\": -1}]}");
    QTest::newRow("value over the range")
        << QByteArray("{\"version\": 1, \"filters\": [{\"name\": \"a\", \"value_at_most\": 3000000000}]}");
    QTest::newRow("unknown activity") << QByteArray(
        "{\"version\": 1, \"filters\": [{\"name\": \"a\", \"activity\": \"often\"}]}");
    QTest::newRow("an element that is no object") << QByteArray("{\"version\": 1, \"filters\": [7]}");
}

void SavedFiltersTest::damagedFileIsKeptAside() {
    QFETCH(QByteArray, text);
    const Folder folder;
    folder.write(text);
    SavedFilters filters(folder.file);
    QVERIFY(filters.filters().empty());
    QVERIFY2(filters.problem().what.startsWith(QStringLiteral("The saved filters cannot be read: ")),
             qPrintable(filters.problem().what));
    QVERIFY(filters.problem().meaning.contains(QStringLiteral("filters.json.damaged-1")));
    QFile aside(folder.file + QStringLiteral(".damaged-1"));
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), text);
    QVERIFY(filters.add(QStringLiteral("new"), viewOf(1)).isOk());
    QCOMPARE(namesOf(SavedFilters(folder.file)), QStringList{QStringLiteral("new")});
}

void SavedFiltersTest::secondDamagedFileGetsAnotherName() {
    const Folder folder;
    folder.write("one");
    const SavedFilters first(folder.file);
    folder.write("two");
    const SavedFilters second(folder.file);
    QCOMPARE(folder.names(),
             (QStringList{QStringLiteral("filters.json.damaged-1"), QStringLiteral("filters.json.damaged-2")}));
}

void SavedFiltersTest::fileOfANewerProgramIsNotTouched() {
    const Folder folder;
    const QByteArray text("{\"version\": 2, \"views\": {}}");
    folder.write(text);
    SavedFilters filters(folder.file);
    QVERIFY(!filters.problem().isEmpty());
    QVERIFY(!filters.saveObstacle().isEmpty());
    QVERIFY(!filters.add(QStringLiteral("a"), viewOf(1)).isOk());
    QCOMPARE(folder.content(), text);
    QCOMPARE(folder.names(), QStringList{QStringLiteral("filters.json")});
}

void SavedFiltersTest::twoWindowsLoseNothingOfEachOther() {
    const Folder folder;
    SavedFilters one(folder.file);
    SavedFilters other(folder.file);
    QVERIFY(one.add(QStringLiteral("a"), viewOf(1)).isOk());
    QVERIFY(other.add(QStringLiteral("b"), viewOf(2)).isOk());
    QVERIFY(!one.add(QStringLiteral("B"), viewOf(3)).isOk());
    QCOMPARE(namesOf(one), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
}

void SavedFiltersTest::fileThatCannotBeReadStaysAsItIs() {
    const QTemporaryDir folder;
    // A folder stands where the file should be: nobody, root neither, can read it.
    const QString file = folder.filePath(QStringLiteral("filters.json"));
    QVERIFY(QDir().mkpath(file));
    SavedFilters filters(file);
    QVERIFY(!filters.problem().isEmpty());
    QVERIFY(!filters.add(QStringLiteral("a"), viewOf(1)).isOk());
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList{QStringLiteral("filters.json")});
    QVERIFY(QDir().rmdir(file)); // what stood in the way is gone
    QVERIFY(filters.add(QStringLiteral("a"), viewOf(1)).isOk());
}

void SavedFiltersTest::fileThatCannotBeWrittenChangesNothing() {
    const Folder folder;
    SavedFilters filters(folder.file);
    QVERIFY(filters.add(QStringLiteral("a"), viewOf(1)).isOk());
    // A file stands where the folder should be.
    QVERIFY(QDir(QFileInfo(folder.file).absolutePath()).removeRecursively());
    QFile obstacle(QFileInfo(folder.file).absolutePath());
    QVERIFY(obstacle.open(QIODevice::WriteOnly));
    const auto done = filters.add(QStringLiteral("b"), viewOf(2));
    QVERIFY(!done.isOk());
    QCOMPARE(done.error().kind, base::ErrorKind::StorageFull);
}

void SavedFiltersTest::withoutAFileSavingIsRefused() {
    SavedFilters filters{QString()};
    QVERIFY(!filters.saveObstacle().isEmpty());
    const auto done = filters.add(QStringLiteral("a"), viewOf(1));
    QVERIFY(!done.isOk());
    QCOMPARE(done.error().what, filters.saveObstacle());
}

} // namespace affinity::test
