#include "tests/contract/storereading_test.h"

#include "tests/contract/contractstore.h"

#include <array>

namespace affinity::test {

using base::DeviceId;
using base::LogId;
using store::Access;

namespace {

using Ids = std::vector<qint64>;

Ids idsOf(const store::DevicePage& page) {
    Ids ids;
    for (const store::DeviceRow& row : page.rows)
        ids.push_back(row.binding.id.value);
    return ids;
}

Ids idsOf(const store::LogPage& page) {
    Ids ids;
    for (const store::LogEntry& entry : page.entries)
        ids.push_back(entry.row.id.value);
    return ids;
}

/// Ten rows, ids 1 to 10, one a second; odd ones of binding 1, even ones of binding 2; 3 and 4 carry event "7".
void fillWithLog(store::MemoryDatabase& database) {
    fill(database);
    for (int i = 1; i <= 10; ++i) {
        rules::LogRow row = chatRow();
        row.deviceId.value = i % 2 == 1 ? 1 : 2;
        row.createdAtUs = noonUs + i * secondUs;
        row.source = i == 9 ? QStringLiteral("decay") : QStringLiteral("device_event");
        if (i == 3 || i == 4)
            row.eventId = QStringLiteral("7");
        QVERIFY(database.add(row).isOk());
    }
}

} // namespace

void StoreReadingTest::initTestCase_data() {
    addBackends();
}

void StoreReadingTest::infoSaysWhatTheStoreIs() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    const store::StoreInfo info = store->info();
    const Backend backend = currentBackend();
    const bool isInMemory = !isSqlite(backend) && !isServer(backend);
    QCOMPARE(info.kind, kindOf(backend));
    QCOMPARE(info.isPrepared, isPrepared(backend));
    QCOMPARE(info.isEmbedded, isInMemory || backend == Backend::Embedded);
    QVERIFY(info.hasDecay);
    QVERIFY(!info.isReadOnly);
}

void StoreReadingTest::ruleSetHoldsEverythingSorted() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(ruleSet, store->ruleSet());
    QStringList keys;
    for (const rules::Rule& rule : ruleSet.rules)
        keys << rule.key;
    QCOMPARE(keys.join(QLatin1Char(' ')), QStringLiteral("chat gift decay disabled removed"));
    QVERIFY(!ruleSet.rules[3].isEnabled);
    QVERIFY(ruleSet.rules[4].isDeleted);
    QCOMPARE(ruleSet.rules[0].updatedAtUs, noonUs - 86'400 * secondUs);
    QCOMPARE(ruleSet.levels.size(), size_t{3});
    QCOMPARE(ruleSet.setting.timeZone, QByteArray("Asia/Shanghai"));
}

void StoreReadingTest::deviceHasItsUser() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(device, store->device(DeviceId{3}));
    QVERIFY(device);
    QCOMPARE(device->binding.nickname, QStringLiteral("小白"));
    QCOMPARE(device->user.username, QStringLiteral("bob"));
    QCOMPARE(device->user.nickname, QStringLiteral("BOB"));
    QCOMPARE(device->user.createdAtUs, noonUs);
}

void StoreReadingTest::unknownDeviceIsNothing() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(device, store->device(DeviceId{99}));
    QVERIFY(!device);
    TAKE(grants, store->grants(DeviceId{99}));
    QVERIFY(grants.empty());
    TAKE(counters, store->dailyCounters(DeviceId{99}, QDate(2000, 1, 1)));
    QVERIFY(counters.empty());
    TAKE(page, store->log({.deviceId = DeviceId{99}}));
    QVERIFY(page.entries.empty());
    TAKE(person, store->operatorByName(QStringLiteral("nobody")));
    QVERIFY(!person);
    TAKE(none, store->editRule(QStringLiteral("nothing"), {.dailyCap = 1}, noonUs));
    QCOMPARE(none, 0);
    TAKE(unbound, store->setBound(DeviceId{99}, false, noonUs));
    QCOMPARE(unbound, 0);
}

void StoreReadingTest::searchFindsExactlyOrByFragment_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("ids");
    QTest::newRow("nothing asked") << QStringLiteral("  ") << QList<int>{1, 2, 3, 4, 5, 6};
    QTest::newRow("binding id or user id") << QStringLiteral("3") << QList<int>{3, 5, 6};
    QTest::newRow("serial") << QStringLiteral("SN-4") << QList<int>{4};
    QTest::newRow("username") << QStringLiteral(" alice ") << QList<int>{1, 2};
    QTest::newRow("event id") << QStringLiteral("7") << QList<int>{1, 2};
    QTest::newRow("nickname fragment") << QStringLiteral("om") << QList<int>{1};
    QTest::newRow("ASCII letters fold") << QStringLiteral("MOM") << QList<int>{1};
    QTest::newRow("user's nickname") << QStringLiteral("aro") << QList<int>{5, 6};
    QTest::newRow("Chinese") << QStringLiteral("白") << QList<int>{3};
    QTest::newRow("underscore is itself") << QStringLiteral("i_k") << QList<int>{2};
    QTest::newRow("percent is itself") << QStringLiteral("0%") << QList<int>{6};
    QTest::newRow("no SQL") << QStringLiteral("' OR 1=1 --") << QList<int>{};
    QTest::newRow("too long for an id") << QStringLiteral("99999999999999999999") << QList<int>{};
}

void StoreReadingTest::searchFindsExactlyOrByFragment() {
    QFETCH(QString, text);
    QFETCH(QList<int>, ids);
    const ContractStore rows(currentBackend(), fillWithLog);
    TAKE(store, rows.open());
    TAKE(page, store->devices({.text = text, .withUnbound = true}));
    QCOMPARE(idsOf(page), Ids(ids.begin(), ids.end()));
}

void StoreReadingTest::filtersNarrowTheList_data() {
    QTest::addColumn<int>("filter");
    QTest::addColumn<QList<int>>("ids");
    QTest::newRow("active ones only") << 0 << QList<int>{1, 2, 3, 4, 6};
    QTest::newRow("of a user") << 1 << QList<int>{5, 6};
    QTest::newRow("level") << 2 << QList<int>{3, 4};
    QTest::newRow("level at least") << 3 << QList<int>{3, 4};
    QTest::newRow("value between") << 4 << QList<int>{1, 2};
    QTest::newRow("active since") << 5 << QList<int>{3, 4};
    QTest::newRow("inactive since, or never") << 6 << QList<int>{1, 2, 6};
    QTest::newRow("text and filter") << 7 << QList<int>{2};
}

void StoreReadingTest::filtersNarrowTheList() {
    QFETCH(int, filter);
    QFETCH(QList<int>, ids);
    const std::vector<store::DeviceQuery> queries{{},
                                                  {.userId = base::UserId{3}, .withUnbound = true},
                                                  {.level = 3},
                                                  {.levelAtLeast = 2},
                                                  {.valueAtLeast = 10, .valueAtMost = 48},
                                                  {.activeSinceUs = noonUs - 30 * secondUs},
                                                  {.inactiveSinceUs = noonUs - 30 * secondUs},
                                                  {.text = QStringLiteral("alice"), .valueAtLeast = 11}};
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(page, store->devices(queries[static_cast<size_t>(filter)]));
    QCOMPARE(idsOf(page), Ids(ids.begin(), ids.end()));
    QVERIFY(!page.next && !page.previous);
}

void StoreReadingTest::devicePageHasItsLimits() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    FAILS_WITH(InvalidInput, store->devices({.limit = 0}));
    FAILS_WITH(InvalidInput, store->devices({.limit = 1001}));
}

void StoreReadingTest::logPagesGoBothWays() {
    const ContractStore rows(currentBackend(), fillWithLog);
    TAKE(store, rows.open());
    TAKE(newest, store->log({.deviceId = DeviceId{1}, .limit = 2}));
    QCOMPARE(idsOf(newest), (Ids{9, 7}));
    QVERIFY(newest.hasMore);
    TAKE(rest, store->log({.deviceId = DeviceId{1}, .beforeId = LogId{7}, .limit = 3}));
    QCOMPARE(idsOf(rest), (Ids{5, 3, 1}));
    QVERIFY(!rest.hasMore);
    TAKE(oldest, store->log({.deviceId = DeviceId{1}, .afterId = LogId{3}, .isOldestFirst = true, .limit = 2}));
    QCOMPARE(idsOf(oldest), (Ids{5, 7}));
    QVERIFY(oldest.hasMore);
    TAKE(all, store->log({.limit = 4}));
    QCOMPARE(idsOf(all), (Ids{10, 9, 8, 7}));
}

void StoreReadingTest::logIsFoundByEventId() {
    const ContractStore rows(currentBackend(), fillWithLog);
    TAKE(store, rows.open());
    TAKE(both, store->log({.eventId = QStringLiteral("7")}));
    QCOMPARE(idsOf(both), (Ids{4, 3}));
    TAKE(one, store->log({.deviceId = DeviceId{1}, .eventId = QStringLiteral("7")}));
    QCOMPARE(idsOf(one), (Ids{3}));
}

void StoreReadingTest::logOfAUserHoldsAllBindings() {
    const ContractStore rows(currentBackend(), [](store::MemoryDatabase& database) {
        fillWithLog(database);
        rules::LogRow other = chatRow();
        other.userId.value = 2;
        other.deviceId.value = 3;
        QVERIFY(database.add(other).isOk());
    });
    TAKE(store, rows.open());
    TAKE(all, store->log({.userId = base::UserId{1}, .limit = 4}));
    QCOMPARE(idsOf(all), (Ids{10, 9, 8, 7}));
    QVERIFY(all.hasMore);
    TAKE(newer, store->log({.userId = base::UserId{1}, .afterId = LogId{8}, .isOldestFirst = true}));
    QCOMPARE(idsOf(newer), (Ids{9, 10}));
    TAKE(other, store->log({.userId = base::UserId{2}}));
    QCOMPARE(idsOf(other), (Ids{11}));
}

void StoreReadingTest::usersAreFoundByIdAndName() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(byName, store->usersNamed(QStringLiteral("bob")));
    QCOMPARE(byName.size(), size_t(1));
    QCOMPARE(byName[0].id, base::UserId{2});
    QCOMPARE(byName[0].nickname, QStringLiteral("BOB"));
    QCOMPARE(byName[0].createdAtUs, noonUs);
    TAKE(byId, store->usersNamed(QStringLiteral("2")));
    QCOMPARE(byId, byName);
    TAKE(nobody, store->usersNamed(QStringLiteral("bo")));
    QVERIFY(nobody.empty());
}

void StoreReadingTest::valuesAtTimesComeFromTheNearestRow() {
    using Values = std::vector<std::optional<int>>;
    const ContractStore rows(currentBackend(), [](store::MemoryDatabase& database) {
        fill(database);
        // Two rows of one instant: the greater id is the later one.
        for (const auto& [device, second, before, after] :
             std::vector<std::array<int, 4>>{{1, 0, 4, 6}, {1, 10, 6, 9}, {1, 10, 9, 10}, {2, 5, 40, 48}}) {
            rules::LogRow row = chatRow();
            row.deviceId.value = device;
            row.createdAtUs = noonUs + second * secondUs;
            row.beforeValue = before;
            row.afterValue = after;
            row.changeValue = after - before;
            QVERIFY(database.add(row).isOk());
        }
    });
    TAKE(store, rows.open());
    const std::vector<qint64> times{noonUs, noonUs + 1, noonUs + 10 * secondUs, noonUs + 11 * secondUs};
    TAKE(values, store->valuesAt({DeviceId{2}, DeviceId{1}, DeviceId{3}}, times));
    QCOMPARE(values.size(), size_t(3));
    QCOMPARE(values[0], (Values{40, 40, 48, 48}));
    QCOMPARE(values[1], (Values{4, 6, 6, 10}));
    QCOMPARE(values[2], (Values{{}, {}, {}, {}})); // no row
    TAKE(nothing, store->valuesAt({DeviceId{1}}, {}));
    QCOMPARE(nothing, (std::vector<Values>{{}}));
}

void StoreReadingTest::logTimesAreHalfOpen() {
    const ContractStore rows(currentBackend(), fillWithLog);
    TAKE(store, rows.open());
    TAKE(page, store->log({.fromUs = noonUs + 3 * secondUs, .toUs = noonUs + 5 * secondUs, .isOldestFirst = true}));
    QCOMPARE(idsOf(page), (Ids{3, 4}));
}

void StoreReadingTest::logPageHasItsLimits() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    FAILS_WITH(InvalidInput, store->log({.limit = 0}));
    FAILS_WITH(InvalidInput, store->log({.limit = 10'001}));
}

void StoreReadingTest::bindingsAfterAnIdAscend() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(active, store->bindingsAfter(DeviceId{2}, 3, true));
    QCOMPARE(active.size(), size_t{3});
    QCOMPARE(active[0].id.value, 3);
    QCOMPARE(active[2].id.value, 6);
    QVERIFY(!active[2].lastActiveAtUs);
    TAKE(all, store->bindingsAfter(DeviceId{0}, 100, false));
    QCOMPARE(all.size(), size_t{6});
    TAKE(none, store->bindingsAfter(DeviceId{6}, 100, false));
    QVERIFY(none.empty());
}

void StoreReadingTest::logOfSourceIsFoundWithinItsTime() {
    const ContractStore rows(currentBackend(), fillWithLog);
    TAKE(store, rows.open());
    const QString decay = QStringLiteral("decay");
    const qint64 atUs = noonUs + 9 * secondUs;
    TAKE(inside, store->hasLogOfSource(DeviceId{1}, decay, atUs, atUs + 1));
    QVERIFY(inside);
    TAKE(before, store->hasLogOfSource(DeviceId{1}, decay, noonUs, atUs));
    QVERIFY(!before);
    TAKE(after, store->hasLogOfSource(DeviceId{1}, decay, atUs + 1, atUs + secondUs));
    QVERIFY(!after);
    TAKE(other, store->hasLogOfSource(DeviceId{2}, decay, noonUs, atUs + secondUs));
    QVERIFY(!other);
}

void StoreReadingTest::operatorsHaveTheirRoles() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(admin, store->operatorByName(QStringLiteral("admin")));
    QVERIFY(admin);
    QVERIFY(admin->person.isSuperuser && admin->person.isDesigner && admin->person.isStaff && admin->person.isActive);
    QCOMPARE(admin->passwordHash, QStringLiteral("!admin"));
    TAKE(designer, store->operatorByName(QStringLiteral("designer")));
    QVERIFY(designer);
    QVERIFY(!designer->person.isSuperuser && designer->person.isDesigner);
    TAKE(support, store->operatorByName(QStringLiteral("support")));
    QVERIFY(support);
    QVERIFY(support->person.isStaff && !support->person.isDesigner);
    QCOMPARE(support->person.id.value, 3);
    TAKE(viewer, store->operatorByName(QStringLiteral("viewer")));
    QVERIFY(viewer);
    QVERIFY(!viewer->person.isStaff && viewer->person.isActive);
}

void StoreReadingTest::ruleEditChangesTheLiveRule() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(count, store->editRule(QStringLiteral("chat"), {.dailyCap = 7, .cooldownSeconds = 0}, noonUs));
    QCOMPARE(count, 1);
    TAKE(disabled, store->editRule(QStringLiteral("disabled"), {.isEnabled = true}, noonUs));
    QCOMPARE(disabled, 1);
    TAKE(deleted, store->editRule(QStringLiteral("removed"), {.dailyCap = 7}, noonUs));
    QCOMPARE(deleted, 0);
    TAKE(ruleSet, store->ruleSet());
    rules::Rule expected = ruleSet.rules[0];
    QCOMPARE(expected.dailyCap, 7);
    QCOMPARE(expected.cooldownSeconds, 0);
    QCOMPARE(expected.singleCap, 20);
    QCOMPARE(expected.updatedAtUs, noonUs);
    QVERIFY(ruleSet.rules[3].isEnabled);
    QCOMPARE(ruleSet.rules[4].dailyCap, 40);
}

void StoreReadingTest::ruleEditThatBreaksABoundIsRefused() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    FAILS_WITH(Refused, store->editRule(QStringLiteral("chat"), {.dailyCap = 0}, noonUs));
    FAILS_WITH(Refused, store->editRule(QStringLiteral("chat"), {.minChange = 3}, noonUs));
    FAILS_WITH(Refused, store->editSetting({.globalDailyCap = 0}, noonUs));
    TAKE(ruleSet, store->ruleSet());
    QCOMPARE(ruleSet.rules[0].dailyCap, 40);
}

void StoreReadingTest::settingEditChangesOnlyWhatIsGiven() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(before, store->ruleSet());
    TAKE(count,
         store->editSetting({.decayIdleDays = 3, .isNotifyEnabled = false, .timeZone = "Europe/Berlin"}, noonUs));
    QCOMPARE(count, 1);
    TAKE(after, store->ruleSet());
    rules::Setting expected = before.setting;
    expected.decayIdleDays = 3;
    expected.isNotifyEnabled = false;
    expected.timeZone = "Europe/Berlin";
    expected.updatedAtUs = noonUs;
    QVERIFY(after.setting == expected);
}

void StoreReadingTest::bindAndUnbindAnswerOneRowEvenWhenNothingChanges() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    for (const bool isBound : {true, false, false, true}) {
        TAKE(count, store->setBound(DeviceId{1}, isBound, noonUs + 3));
        QCOMPARE(count, 1);
        TAKE(device, store->device(DeviceId{1}));
        QCOMPARE(device->binding.unboundAtUs, isBound ? std::nullopt : std::optional<qint64>(noonUs + 3));
    }
}

void StoreReadingTest::secondActiveBindingOfASerialIsRefused() {
    const ContractStore rows(currentBackend(), [](store::MemoryDatabase& database) {
        fill(database);
        rules::Binding again;
        again.userId.value = 1;
        again.serial = QStringLiteral("SN-5");
        QVERIFY(database.add(again).isOk());
    });
    TAKE(store, rows.open());
    FAILS_WITH(Refused, store->setBound(DeviceId{5}, true, noonUs));
    TAKE(device, store->device(DeviceId{5}));
    QVERIFY(!device->binding.isActive());
}

} // namespace affinity::test
