#include "tests/ui/settings/recentitems_test.h"

#include "ui/workspace/recentitems.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace affinity::test {

using ui::RecentItem;
using ui::RecentItems;
using ui::RecentKind;
using ui::Settings;

namespace {

struct Fixture {
    QTemporaryDir folder;
    Settings settings{folder.filePath(QStringLiteral("settings.json"))};
    RecentItems recent{settings};

    Fixture() { recent.setStore(QStringLiteral("demo")); }
    void noteDevice(int id, qint64 atMs) {
        recent.note(RecentKind::Device, QString::number(id), QStringLiteral("Device %1").arg(id), atMs);
    }
    QStringList ids() const {
        QStringList ids;
        for (const RecentItem& each : recent.items())
            ids += each.id;
        return ids;
    }
};

} // namespace

void RecentItemsTest::theNewestComesFirstAndOnce() {
    Fixture f;
    f.noteDevice(1, 1000);
    f.recent.note(RecentKind::Scenario, QStringLiteral("/a.json"), QStringLiteral("A"), 2000);
    f.noteDevice(2, 3000);
    f.noteDevice(1, 4000);
    QCOMPARE(f.ids(), (QStringList{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("/a.json")}));
    QCOMPARE(f.recent.items(RecentKind::Device).front(),
             (RecentItem{RecentKind::Device, QStringLiteral("1"), QStringLiteral("Device 1"), 4000}));
}

void RecentItemsTest::onlyTheLastTwelveOfAKindAreKept() {
    Fixture f;
    f.recent.note(RecentKind::Scenario, QStringLiteral("/a.json"), QStringLiteral("A"), 1);
    for (int id = 1; id <= 20; ++id)
        f.noteDevice(id, 1000 + id);
    const auto devices = f.recent.items(RecentKind::Device);
    QCOMPARE(devices.size(), size_t{RecentItems::most});
    QCOMPARE(devices.front().id, QStringLiteral("20"));
    QCOMPARE(devices.back().id, QStringLiteral("9"));
    QCOMPARE(f.recent.items(RecentKind::Scenario).size(), size_t{1});
}

void RecentItemsTest::eachStoreHasItsOwn() {
    Fixture f;
    f.noteDevice(1, 1000);
    f.recent.note(RecentKind::Store, QStringLiteral("sqlite:demo"), QStringLiteral("demo"), 1000);
    f.recent.setStore(QStringLiteral("staging/eu"));
    QVERIFY(f.recent.items(RecentKind::Device).empty());
    QCOMPARE(f.recent.items(RecentKind::Store).size(), size_t{1}); // the same for all
    f.noteDevice(2, 2000);
    f.recent.setStore(QStringLiteral("demo"));
    QCOMPARE(f.recent.items(RecentKind::Device).front().id, QStringLiteral("1"));
    QCOMPARE(f.recent.count(), 3);
}

void RecentItemsTest::theyAreThereAtTheNextStart() {
    Fixture f;
    f.noteDevice(7, 1000);
    QVERIFY(f.settings.flush());
    Settings again(f.settings.fileName());
    RecentItems recent(again);
    recent.setStore(QStringLiteral("demo"));
    QCOMPARE(recent.items(), f.recent.items());
}

void RecentItemsTest::whatIsNoItemIsLeftOut() {
    Fixture f;
    f.settings.setValue(QStringLiteral("recent/devices/demo"),
                        QJsonArray{1, QStringLiteral("two"),
                                   QJsonObject{{QStringLiteral("title"), QStringLiteral("no id")}},
                                   QJsonObject{{QStringLiteral("id"), QStringLiteral("5")}}});
    QCOMPARE(f.ids(), QStringList{QStringLiteral("5")});
    f.settings.setValue(QStringLiteral("recent/devices/demo"), QStringLiteral("no list"));
    QVERIFY(f.ids().isEmpty());
}

void RecentItemsTest::clearingForgetsAllStoresAndCanBeUndone() {
    Fixture f;
    f.noteDevice(1, 1000);
    f.recent.setStore(QStringLiteral("other"));
    f.noteDevice(2, 2000);
    QSignalSpy changed(&f.recent, &RecentItems::changed);
    const QJsonObject forgotten = f.recent.clear();
    QCOMPARE(f.recent.count(), 0);
    QVERIFY(f.ids().isEmpty());
    QCOMPARE(changed.count(), 1);
    f.recent.bringBack(forgotten);
    QCOMPARE(f.recent.count(), 2);
    QCOMPARE(f.ids(), QStringList{QStringLiteral("2")});
}

} // namespace affinity::test
