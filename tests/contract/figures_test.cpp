#include "tests/contract/figures_test.h"

#include "engine/base/philox.h"
#include "engine/store/memoryfigures.h"
#include "tests/contract/contractstore.h"

#include <algorithm>

namespace affinity::test {

using base::DeviceId;
using rules::UtcInterval;
using store::LogSums;

namespace {

constexpr qint64 hourUs = 3600 * secondUs;

rules::LogRow row(int device, int before, int after, qint64 atUs) {
    rules::LogRow made = chatRow();
    made.deviceId.value = device;
    made.beforeValue = before;
    made.afterValue = after;
    made.changeValue = after - before;
    made.createdAtUs = atUs;
    return made;
}

ContractStore::Filling with(const std::vector<rules::LogRow>& rows) {
    return [rows](store::MemoryDatabase& database) {
        fill(database);
        for (const rules::LogRow& added : rows)
            QVERIFY(database.add(added).isOk());
    };
}

/// Two thousand rows of all devices over twelve days, in no order of time, some without a rule, with grants.
void fillLogAtRandom(store::MemoryDatabase& database) {
    fill(database);
    for (quint32 i = 0; i < 2000; ++i) {
        const auto words = base::philox({i, 0, 0, 0}, {20260301, 0});
        const int before = static_cast<int>(base::boundedInteger(words[0], 160));
        const int after = std::max(0, before + static_cast<int>(base::boundedInteger(words[1], 60)) - 25);
        rules::LogRow added =
            row(1 + static_cast<int>(base::boundedInteger(words[2], 6)), before, after,
                noonUs + base::boundedInteger(words[3], 12 * 86'400) * secondUs + (i % 3 == 0 ? i % 1000 : 0));
        if (i % 7 == 0) {
            added.ruleId = base::RuleId{2};
            added.ruleKey = QStringLiteral("gift");
        }
        if (i % 11 == 0) {
            added.ruleId.reset();
            added.ruleKey = QStringLiteral("admin");
        }
        if (i % 13 == 0)
            added.source = QStringLiteral("decay");
        QVERIFY(database.add(added).isOk());
    }
    for (int device = 1; device <= 6; ++device) {
        for (int level = 2; level <= 3 && level < device; ++level)
            QVERIFY(database
                        .add(rules::Grant{0, DeviceId{device}, level, base::Json::array(),
                                          noonUs + device * level * hourUs})
                        .isOk());
    }
}

std::vector<rules::LocalDay> someDays(const QByteArray& zone) {
    std::vector<rules::LocalDay> days;
    for (int i = -1; i < 15; ++i)
        days.push_back(rules::localDay(QDate(2026, 3, 1).addDays(i), QTimeZone(zone)));
    return days;
}

template<typename Row, typename Key> std::vector<Row> sorted(std::vector<Row> rows, Key key) {
    std::sort(rows.begin(), rows.end(), [&key](const Row& a, const Row& b) { return key(a) < key(b); });
    return rows;
}

} // namespace

void FiguresTest::initTestCase_data() {
    addBackends();
}

void FiguresTest::valuesOfBoundDevicesAreCounted() {
    const ContractStore rows(currentBackend(), [](store::MemoryDatabase& database) {
        fill(database);
        rules::Binding twin;
        twin.userId.value = 1;
        twin.serial = QStringLiteral("SN-9");
        twin.favorability = 10;
        twin.affinityLevel = 1;
        twin.boundAtUs = noonUs;
        QVERIFY(database.add(twin).isOk());
    });
    TAKE(store, rows.open());
    TAKE(counts, store->valueCounts());
    const auto ordered =
        sorted(counts, [](const store::ValueCount& count) { return std::pair(count.level, count.value); });
    const std::vector<store::ValueCount> expected{{1, 3, 1}, {1, 10, 2}, {1, 48, 1}, {3, 200, 1}, {3, 500, 1}};
    QVERIFY(ordered == expected); // the unbound device of value 5 is not there
    TAKE(made, store->bindingsMade({{noonUs - 1000 * secondUs, noonUs}, {noonUs, noonUs + 1}, {noonUs + 1, noonUs}}));
    QCOMPARE(made, (std::vector<qint64>{6, 1, 0})); // the unbound one was made, too
}

void FiguresTest::emptyLogHasNoExtent() {
    const ContractStore rows(currentBackend());
    TAKE(store, rows.open());
    TAKE(extent, store->logExtent());
    QVERIFY(!extent);
    TAKE(sums, store->logSums({{noonUs, noonUs + 1}}));
    QVERIFY(sums == std::vector<LogSums>(1));
    TAKE(history, store->levelHistory());
    QCOMPARE(history.devices.size(), size_t{6});
    QCOMPARE(history.devices[2].startValue, 500); // without a row, the value as it is
    QVERIFY(history.crossings.empty() && history.grants.empty());
}

void FiguresTest::stretchesAreHalfOpen() {
    const ContractStore rows(currentBackend(), with({row(1, 10, 12, noonUs), row(2, 10, 7, noonUs + 1),
                                                     row(1, 12, 12, noonUs + 2), row(1, 12, 15, noonUs + secondUs)}));
    TAKE(store, rows.open());
    TAKE(sums, store->logSums({{noonUs, noonUs + 2}, {noonUs + 1, noonUs + secondUs}, {noonUs + 3, noonUs + 3}}));
    QVERIFY(sums == (std::vector<LogSums>{{2, 2, 3}, {2, 0, 3}, {0, 0, 0}}));
    TAKE(extent, store->logExtent());
    QVERIFY(extent == (store::LogExtent{noonUs, noonUs + secondUs}));
}

void FiguresTest::dayOfTwoPartsLeavesItsHoleOut() {
    // St. John's turned its clocks back at 00:01: the evening of 6 November 2010 came again after a minute of the 7th.
    const QTimeZone zone("America/St_Johns");
    const rules::LocalDay day = rules::localDay(QDate(2010, 11, 7), zone);
    QCOMPARE(day.intervals.size(), size_t{2});
    const qint64 holeUs = day.intervals[0].endUs;
    const ContractStore rows(currentBackend(), with({row(1, 10, 11, day.startUs()), row(2, 10, 12, holeUs),
                                                     row(3, 10, 14, day.intervals[1].startUs),
                                                     row(3, 14, 22, day.endUs() - 1), row(4, 10, 26, day.endUs())}));
    TAKE(store, rows.open());
    TAKE(figures, store->dayFigures({day, rules::localDay(QDate(2010, 11, 6), zone)}));
    QVERIFY(figures[0] == (store::DayFigures{{3, 13, 0}, 2}));
    QVERIFY(figures[1] == (store::DayFigures{{1, 2, 0}, 1}));
    TAKE(sums, store->deviceRuleSums(day));
    QCOMPARE(sums.size(), size_t{2});
}

void FiguresTest::skippedDayIsEmpty() {
    const ContractStore rows(currentBackend(), fillLogAtRandom);
    TAKE(store, rows.open());
    const rules::LocalDay skipped = rules::localDay(QDate(2011, 12, 30), QTimeZone("Pacific/Apia"));
    QVERIFY(skipped.isEmpty());
    TAKE(figures, store->dayFigures({skipped}));
    QVERIFY(figures == std::vector<store::DayFigures>(1));
    TAKE(sums, store->deviceRuleSums(skipped));
    QVERIFY(sums.empty());
}

void FiguresTest::adjustmentsStandApartInDeviceSums() {
    rules::LogRow adjustment = row(1, 12, 2, noonUs + 1);
    adjustment.ruleId.reset();
    rules::LogRow decay = row(2, 10, 5, noonUs + 2);
    decay.source = QStringLiteral("decay");
    const ContractStore rows(currentBackend(), with({row(1, 10, 12, noonUs), adjustment, decay}));
    TAKE(store, rows.open());
    const rules::LocalDay day = rules::localDay(QDate(2026, 3, 1), QTimeZone("UTC"));
    TAKE(found, store->deviceRuleSums(day));
    const auto sums =
        sorted(found, [](const store::DeviceRuleSums& sum) { return std::pair(sum.deviceId, sum.isAdjustment); });
    const QString chat = QStringLiteral("chat");
    QVERIFY(sums == (std::vector<store::DeviceRuleSums>{{DeviceId{1}, chat, false, {1, 2, 0}},
                                                        {DeviceId{1}, chat, true, {1, 0, 10}},
                                                        {DeviceId{2}, chat, false, {1, 0, 5}}}));
    TAKE(days, store->dayFigures({day}));
    QVERIFY(days[0] == (store::DayFigures{{3, 2, 15}, 1})); // decay alone makes no device active
}

void FiguresTest::levelHistoryHoldsFirstCrossings() {
    // Thresholds 0, 50 and 120: one row rises over two; a threshold is crossed by reaching it exactly; falls are none.
    const ContractStore rows(currentBackend(),
                             with({row(1, 10, 50, noonUs), row(1, 50, 49, noonUs + 1), row(1, 49, 130, noonUs + 2),
                                   row(2, 48, 120, noonUs + 3), row(3, 130, 120, noonUs + 4)}));
    TAKE(store, rows.open());
    TAKE(history, store->levelHistory());
    const auto crossings = sorted(history.crossings, [](const store::LevelCrossing& crossing) {
        return std::pair(crossing.deviceId, crossing.minValue);
    });
    QVERIFY(crossings == (std::vector<store::LevelCrossing>{{DeviceId{1}, 50, noonUs},
                                                            {DeviceId{1}, 120, noonUs + 2},
                                                            {DeviceId{2}, 50, noonUs + 3},
                                                            {DeviceId{2}, 120, noonUs + 3}}));
    QCOMPARE(history.devices[0].startValue, 10);
    QCOMPARE(history.devices[2].startValue, 130); // of its first row
    QCOMPARE(history.devices[2].value, 500);
    QVERIFY(history.devices[4].unboundAtUs.has_value());
}

void FiguresTest::figuresEqualPlainLoops() {
    store::MemoryDatabase database;
    fillLogAtRandom(database);
    const store::MemoryTables& tables = database.tables();
    const ContractStore rows(currentBackend(), fillLogAtRandom);
    TAKE(store, rows.open());
    for (const char* zone : {"Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York"}) {
        const auto days = someDays(zone);
        TAKE(figures, store->dayFigures(days));
        QVERIFY(figures == store::dayFigures(tables, days));
        std::vector<UtcInterval> stretches;
        for (const rules::LocalDay& day : days)
            stretches.insert(stretches.end(), day.intervals.begin(), day.intervals.end());
        TAKE(sums, store->logSums(stretches));
        QVERIFY(sums == store::logSums(tables, stretches));
        TAKE(made, store->bindingsMade(stretches));
        QVERIFY(made == store::bindingsMade(tables, stretches));
        TAKE(granted, store->grantsMade(stretches));
        QVERIFY(granted == store::grantsMade(tables, stretches));
        QVERIFY(std::any_of(granted.begin(), granted.end(), [](qint64 count) { return count > 0; }));
        const auto key = [](const store::DeviceRuleSums& sum) {
            return std::tuple(sum.deviceId, sum.ruleKey, sum.isAdjustment);
        };
        TAKE(byDevice, store->deviceRuleSums(days[4]));
        QVERIFY(!byDevice.empty());
        QVERIFY(sorted(byDevice, key) == sorted(store::deviceRuleSums(tables, days[4]), key));
    }
    TAKE(history, store->levelHistory());
    history.crossings = sorted(history.crossings, [](const store::LevelCrossing& crossing) {
        return std::pair(crossing.deviceId, crossing.minValue);
    });
    QVERIFY(history == store::levelHistory(tables));
    TAKE(nothing, store->grantsMade({}));
    QVERIFY(nothing.empty());
}

void FiguresTest::figuresOfATransactionAreOfOneMoment() {
    if (!isSqlite(currentBackend()) && !isServer(currentBackend()))
        QSKIP("a memory store holds writers off meanwhile");
    const ContractStore rows(currentBackend());
    TAKE(reader, rows.open());
    TAKE(writer, rows.open());
    {
        TAKE(transaction, reader->begin(store::Access::Read));
        TAKE(before, reader->logExtent());
        QVERIFY(!before);
        TAKE(receipt, written(*writer, {chatPlan()}));
        TAKE(during, reader->logExtent());
        QVERIFY(!during);
    }
    TAKE(after, reader->logExtent());
    QVERIFY(after.has_value());
}

} // namespace affinity::test
