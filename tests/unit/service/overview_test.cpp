#include "tests/unit/service/overview_test.h"

#include "engine/base/philox.h"
#include "engine/service/overview.h"
#include "tests/unit/service/world.h"

#include <QDateTime>

#include <algorithm>
#include <map>
#include <set>

namespace affinity::test {

using base::DeviceId;
using service::Activity;
using service::Overview;

namespace {

rules::LogRow row(int device, int change, qint64 atUs) {
    rules::LogRow made = chatRow();
    made.deviceId.value = device;
    made.beforeValue = 500;
    made.changeValue = change;
    made.afterValue = 500 + change;
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

/// Rows of all devices, one in about eight minutes from twenty days before `endUs` to it, on odd microseconds.
std::vector<rules::LogRow> rowsUpTo(qint64 endUs) {
    std::vector<rules::LogRow> rows;
    for (quint32 i = 0; i < 3600; ++i) {
        const auto words = base::philox({i, 0, 0, 1}, {7, 0});
        rules::LogRow made = row(1 + static_cast<int>(base::boundedInteger(words[0], 6)),
                                 static_cast<int>(base::boundedInteger(words[1], 14)) - 4,
                                 endUs - (3600 - i) * 480 * secondUs + base::boundedInteger(words[2], 480'000'000));
        if (words[3] % 5 == 0) {
            made.ruleId = base::RuleId{2};
            made.ruleKey = QStringLiteral("gift");
        }
        if (words[3] % 17 == 0) {
            made.ruleId.reset();
            made.ruleKey = QStringLiteral("admin");
        }
        if (words[3] % 19 == 0)
            made.source = QStringLiteral("decay");
        rows.push_back(made);
    }
    return rows;
}

void count(Activity& activity, const rules::LogRow& row) {
    ++activity.events;
    activity.gained += std::max(row.changeValue, 0);
    activity.taken += std::max(-row.changeValue, 0);
}

/// The wall clock of an instant, by Qt's own conversion.
QDateTime wallClock(qint64 timeUs, const QTimeZone& zone) {
    return QDateTime::fromMSecsSinceEpoch(timeUs / 1000, Qt::UTC).toTimeZone(zone);
}

} // namespace

void OverviewTest::initTestCase_data() {
    addServiceBackends();
}

void OverviewTest::figuresEqualRowsCountedOnTheWallClock_data() {
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QDateTime>("end");
    const auto add = [](const char* zone, QDate date) {
        QTest::newRow(zone) << QByteArray(zone) << QDateTime(date, QTime(23, 30), Qt::UTC);
    };
    add("Asia/Shanghai", QDate(2026, 3, 20));
    add("Asia/Kathmandu", QDate(2026, 3, 20));      // UTC+05:45
    add("Asia/Kolkata", QDate(2026, 3, 20));        // UTC+05:30
    add("America/New_York", QDate(2026, 3, 8));     // an hour is missing
    add("America/Los_Angeles", QDate(2026, 11, 1)); // an hour comes twice
    add("Australia/Lord_Howe", QDate(2026, 4, 5));  // half an hour comes twice
    add("America/St_Johns", QDate(2010, 11, 7));    // the clocks went back over midnight
    add("Pacific/Chatham", QDate(2026, 3, 20));     // UTC+13:45
}

void OverviewTest::figuresEqualRowsCountedOnTheWallClock() {
    QFETCH(QByteArray, zone);
    QFETCH(QDateTime, end);
    const QTimeZone timeZone(zone);
    const qint64 endUs = end.toMSecsSinceEpoch() * 1000;
    const auto rows = rowsUpTo(endUs);
    World world(currentBackend(), with(rows));
    world.editSetting({.timeZone = zone});
    world.setNow(endUs);
    const QDate today = wallClock(endUs, timeZone).date();
    for (int back = 0; back < 3; ++back) {
        const QDate date = today.addDays(-back);
        TAKE(found, service::overview(world.store, {.date = date, .days = 14}));
        std::map<QDate, service::DayActivity> days;
        std::map<QDate, std::set<DeviceId>> active;
        std::map<std::pair<QDate, int>, Activity> hours;
        std::map<QString, Activity> byRule;
        for (const rules::LogRow& each : rows) {
            const QDateTime clock = wallClock(each.createdAtUs, timeZone);
            count(days[clock.date()].activity, each);
            count(hours[{clock.date(), clock.time().hour()}], each);
            if (each.source != decay)
                active[clock.date()].insert(each.deviceId);
            if (clock.date() == date)
                count(byRule[each.ruleId ? each.ruleKey : QString()], each);
        }
        QCOMPARE(found.today, today);
        QCOMPARE(found.shownDate, date);
        QCOMPARE(*found.firstDate, wallClock(rows.front().createdAtUs, timeZone).date());
        QCOMPARE(found.days.size(), size_t{14});
        QCOMPARE(found.days.back().date, date);
        for (const service::DayActivity& day : found.days) {
            QVERIFY2(day.activity == days[day.date].activity, qPrintable(day.date.toString(Qt::ISODate)));
            QCOMPARE(day.activeDevices, static_cast<qint64>(active[day.date].size()));
        }
        QCOMPARE(found.hours.size(), size_t{24});
        for (const service::HourActivity& hour : found.hours) {
            const QByteArray where = QByteArray::number(hour.hour);
            QVERIFY2((hour.shown == hours[{date, hour.hour}]), where.constData());
            QVERIFY2((hour.weekBefore == hours[{date.addDays(-7), hour.hour}]), where.constData());
        }
        for (const service::RuleActivity& rule : found.rules)
            QVERIFY2(rule.activity == byRule[rule.ruleKey], qPrintable(rule.ruleKey));
    }
}

void OverviewTest::hourThatComesTwiceIsSummedAndOneThatIsMissingIsEmpty() {
    // A row each half hour of UTC around both changes of clocks in New York.
    std::vector<rules::LogRow> rows;
    for (const QDate date : {QDate(2026, 3, 8), QDate(2026, 11, 1)}) {
        const qint64 startUs = QDateTime(date, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch() * 1000;
        for (int i = 0; i < 96; ++i)
            rows.push_back(row(1, 1, startUs + i * 1800 * secondUs));
    }
    World world(currentBackend(), with(rows));
    world.editSetting({.timeZone = "America/New_York"});
    world.setNow(rows.back().createdAtUs);
    TAKE(spring, service::overview(world.store, {.date = QDate(2026, 3, 8)}));
    QCOMPARE(spring.hours[1].shown.events, 2);
    QCOMPARE(spring.hours[2].shown.events, 0);
    QCOMPARE(spring.days.back().activity.events, 46);
    TAKE(autumn, service::overview(world.store, {.date = QDate(2026, 11, 1)}));
    QCOMPARE(autumn.hours[1].shown.events, 4);
    QCOMPARE(autumn.hours[2].shown.events, 2);
    QCOMPARE(autumn.days.back().activity.events, 50);
}

void OverviewTest::emptyLogShowsToday() {
    World world;
    TAKE(found, service::overview(world.store, {}));
    QCOMPARE(found.today, QDate(2026, 3, 1));
    QCOMPARE(found.shownDate, found.today);
    QCOMPARE(found.nowUs, noonUs);
    QVERIFY(!found.firstDate && !found.lastDate);
    QCOMPARE(found.days.size(), size_t{30});
    QVERIFY(found.days.back().activity == Activity{});
}

void OverviewTest::withoutRowsTodayTheLastDayIsShown() {
    World world(currentBackend(), with({row(1, 2, noonUs - 9 * dayUs), row(1, 2, noonUs - 3 * dayUs)}));
    TAKE(before, service::overview(world.store, {}));
    QCOMPARE(before.shownDate, QDate(2026, 2, 26));
    QCOMPARE(*before.firstDate, QDate(2026, 2, 20));
    QCOMPARE(*before.lastDate, QDate(2026, 2, 26));
    HAS_OUTCOME(world.apply(gift), Applied);
    TAKE(after, service::overview(world.store, {}));
    QCOMPARE(after.shownDate, QDate(2026, 3, 1));
    // A row of a clock that runs ahead does not hide today's.
    World ahead(currentBackend(), with({row(1, 2, noonUs), row(1, 2, noonUs + 2 * dayUs)}));
    TAKE(found, service::overview(ahead.store, {}));
    QCOMPARE(found.shownDate, QDate(2026, 3, 1));
    QCOMPARE(*found.lastDate, QDate(2026, 3, 3));
}

void OverviewTest::capsCountDevicesWhoseSumReachedThem() {
    // Chat and gift cap at 40 absolute points a day, all rules together at 100 points gained.
    rules::LogRow adjustment = row(3, 100, noonUs + 9);
    adjustment.ruleId.reset();
    rules::LogRow gifts = row(4, 70, noonUs + 10);
    gifts.ruleId = base::RuleId{2};
    gifts.ruleKey = gift;
    World world(currentBackend(), with({row(1, 20, noonUs), row(1, -20, noonUs + 1), row(2, 39, noonUs),
                                        row(4, 30, noonUs), gifts, adjustment, row(6, 40, noonUs - dayUs)}));
    TAKE(found, service::overview(world.store, {}));
    QCOMPARE(found.globalDailyCap, 100);
    QCOMPARE(*found.devicesAtGlobalCap, 1); // device 4; an adjustment uses no cap
    for (const service::RuleActivity& rule : found.rules) {
        if (rule.ruleKey == chat || rule.ruleKey == gift) {
            QCOMPARE(rule.dailyCap, 40);
            QCOMPARE(*rule.devicesAtCap, 1);
        }
        if (rule.ruleKey.isEmpty()) {
            QVERIFY(!rule.devicesAtCap);
            QVERIFY(rule.activity == (Activity{1, 100, 0}));
        }
    }
}

void OverviewTest::rulesAreThoseThatLiveOrHaveRows() {
    rules::LogRow removed = row(1, 3, noonUs);
    removed.ruleId = base::RuleId{5};
    removed.ruleKey = QStringLiteral("removed");
    rules::LogRow foreign = row(1, 2, noonUs);
    foreign.ruleKey = QStringLiteral("unheard");
    World world(currentBackend(), with({removed, foreign, row(1, 1, noonUs)}));
    TAKE(found, service::overview(world.store, {}));
    QStringList keys;
    QStringList names;
    for (const service::RuleActivity& rule : found.rules) {
        keys << rule.ruleKey;
        names << rule.name;
        QCOMPARE(rule.devicesAtCap.has_value(), keys.back() == chat || keys.back() == gift || keys.back() == decay);
    }
    QCOMPARE(keys, (QStringList{QStringLiteral("removed"), QStringLiteral("unheard"), chat, decay, gift}));
    QCOMPARE(names[0], QStringLiteral("removed 规则"));
    QCOMPARE(names[1], QStringLiteral("unheard"));
}

void OverviewTest::levelsAndBinsHoldAllBoundDevices() {
    World world(currentBackend(), [](store::MemoryDatabase& database) {
        fill(database);
        rules::Binding odd;
        odd.userId = alice;
        odd.serial = QStringLiteral("SN-8");
        odd.favorability = 0;
        odd.affinityLevel = 7; // a level that was taken out of the table
        odd.boundAtUs = noonUs;
        QVERIFY(database.add(odd).isOk());
    });
    TAKE(found, service::overview(world.store, {.valueBins = 6}));
    QCOMPARE(found.boundDevices, 6);
    QCOMPARE(found.newDevices, 7); // all were made today, the unbound one too
    QCOMPARE(found.levels.size(), size_t{4});
    QVERIFY(found.levels[0] == (service::LevelDevices{1, QStringLiteral("Lv1"), 0, 3}));
    QVERIFY(found.levels[2] == (service::LevelDevices{3, QStringLiteral("亲密"), 120, 2}));
    QVERIFY(found.levels[3] == (service::LevelDevices{7, {}, 0, 1}));
    QCOMPARE(found.binWidth, 100); // 500 fits into 6 bins of 100, not of 50
    QCOMPARE(found.devicesByValue, (std::vector<qint64>{4, 0, 1, 0, 0, 1}));
    TAKE(fine, service::overview(world.store, {.valueBins = 1000}));
    QCOMPARE(fine.binWidth, 1);
    QCOMPARE(fine.devicesByValue.size(), size_t{501});
    TAKE(one, service::overview(world.store, {.valueBins = 1}));
    QCOMPARE(one.devicesByValue, (std::vector<qint64>{6}));
}

void OverviewTest::dateThatTheZoneSkippedIsEmpty() {
    World world(currentBackend(), with({row(1, 2, noonUs)}));
    world.editSetting({.timeZone = "Pacific/Apia"});
    TAKE(found, service::overview(world.store, {.date = QDate(2011, 12, 30), .days = 3}));
    QCOMPARE(found.days[2].date, QDate(2011, 12, 30));
    QVERIFY(found.days[2].activity == Activity{});
    QCOMPARE(found.newDevices, 0);
}

void OverviewTest::wrongQueriesAreRefused() {
    World world;
    FAILS_WITH(InvalidInput, service::overview(world.store, {.days = 0}));
    FAILS_WITH(InvalidInput, service::overview(world.store, {.days = 401}));
    FAILS_WITH(InvalidInput, service::overview(world.store, {.valueBins = 0}));
    FAILS_WITH(InvalidInput, service::overview(world.store, {.valueBins = 1001}));
    FAILS_WITH(InvalidInput, service::overview(world.store, {.date = QDate()}));
    TAKE(most, service::overview(world.store, {.days = 400, .valueBins = 1000}));
    QCOMPARE(most.days.size(), size_t{400});
}

void OverviewTest::unknownTimeZoneIsNamed() {
    World world;
    world.editSetting({.timeZone = "Mars/Olympus"});
    const auto found = service::overview(world.store, {});
    QVERIFY(!found && found.error().kind == base::ErrorKind::InvalidInput);
    QVERIFY(found.error().what.contains(QStringLiteral("Mars/Olympus")));
}

void OverviewTest::brokenStoreIsAnError() {
    World world(currentBackend(), with({row(1, 2, noonUs)}));
    world.store.fail(Call::Begin, base::ErrorKind::Busy);
    FAILS_WITH(Busy, service::overview(world.store, {}));
    world.store.fail(Call::RuleSet, base::ErrorKind::Damaged);
    FAILS_WITH(Damaged, service::overview(world.store, {}));
    for (int skips = 0; skips < 8; ++skips) { // each of its questions
        world.store.heal();
        world.store.fail(Call::Figures, base::ErrorKind::Damaged, 1, skips);
        FAILS_WITH(Damaged, service::overview(world.store, {}));
    }
    world.store.heal();
    QVERIFY(service::overview(world.store, {}).isOk());
}

} // namespace affinity::test
