#include "tests/contract/devicepages_test.h"

#include "engine/store/devicepages.h"
#include "tests/contract/contractstore.h"

#include <rapidcheck.h>

#include <algorithm>
#include <random>

namespace affinity::test {

using store::DeviceQuery;
using store::DeviceRow;
using store::DeviceSort;

namespace {

constexpr unsigned rowSeed = 20260301;

/// Ninety devices of ten users with many equal keys, names beyond ASCII and the BMP, a third never active.
void fillAtRandom(store::MemoryDatabase& database) {
    std::mt19937 random(rowSeed);
    const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
    const QStringList names{QStringLiteral("ann"), QStringLiteral("Ann"), QStringLiteral("ánn"),
                            QStringLiteral("王"),  QStringLiteral("🎁"),   QStringLiteral("\uFFFD")};
    for (int i = 0; i < 10; ++i)
        QVERIFY(database.add(rules::User{{}, names[below(6)] + QString::number(i), {}, true, noonUs}).isOk());
    for (int i = 0; i < 90; ++i) {
        rules::Binding binding;
        binding.userId.value = 1 + below(10);
        binding.serial = names[below(6)] + QString::number(below(8));
        binding.favorability = below(12);
        binding.affinityLevel = below(4);
        binding.boundAtUs = noonUs;
        binding.unboundAtUs = noonUs;
        if (below(3) > 0)
            binding.lastActiveAtUs = noonUs + below(5) * secondUs / 2;
        QVERIFY(database.add(binding).isOk());
        const bool isBound = database.tables().bindings().size() % 4 != 0;
        if (isBound) { // active where the serial is still free
            binding.id.value = static_cast<qint64>(database.tables().bindings().size());
            binding.unboundAtUs.reset();
            static_cast<void>(database.tables().replaceBinding(binding).isOk());
        }
    }
}

DeviceQuery randomQuery() {
    DeviceQuery query;
    query.sort = static_cast<DeviceSort>(*rc::gen::inRange(0, 5));
    query.isDescending = *rc::gen::arbitrary<bool>();
    query.withUnbound = *rc::gen::weightedElement<bool>({{3, true}, {1, false}});
    if (*rc::gen::inRange(0, 3) == 0)
        query.valueAtLeast = *rc::gen::inRange(0, 12);
    if (*rc::gen::inRange(0, 3) == 0)
        query.levelAtLeast = *rc::gen::inRange(0, 4);
    if (*rc::gen::inRange(0, 5) == 0)
        query.userId = base::UserId{*rc::gen::inRange(1, 11)};
    if (*rc::gen::inRange(0, 5) == 0)
        query.activeSinceUs = noonUs + *rc::gen::inRange(0, 5) * secondUs / 2;
    if (*rc::gen::inRange(0, 5) == 0)
        query.text = QString::number(*rc::gen::inRange(1, 12));
    query.limit = *rc::gen::inRange(1, 20);
    return query;
}

/// What the answer has to be: every row that passes, sorted whole by plain comparisons.
std::vector<DeviceRow> sortedWhole(store::Store& store, const DeviceQuery& query) {
    std::vector<DeviceRow> rows;
    const auto all = store.devices({.withUnbound = true, .limit = 1000});
    RC_ASSERT(all.isOk());
    const qint64 number = query.text.toLongLong();
    for (const DeviceRow& row : all->rows) {
        const rules::Binding& binding = row.binding;
        const bool isWanted = (query.withUnbound || binding.isActive()) &&
                              binding.favorability >= query.valueAtLeast.value_or(0) &&
                              binding.affinityLevel >= query.levelAtLeast.value_or(0) &&
                              (!query.userId || binding.userId == *query.userId) &&
                              (!query.activeSinceUs || binding.lastActiveAtUs >= query.activeSinceUs) &&
                              (number == 0 || binding.id.value == number || binding.userId.value == number);
        if (isWanted)
            rows.push_back(row);
    }
    const auto keyOf = [&](const DeviceRow& row) {
        const rules::Binding& binding = row.binding;
        const QByteArray text = query.sort == DeviceSort::Serial ? binding.serial.toUtf8()
                                : query.sort == DeviceSort::User ? row.user.username.toUtf8()
                                                                 : QByteArray();
        const qint64 value = query.sort == DeviceSort::Value        ? binding.favorability
                             : query.sort == DeviceSort::LastActive ? binding.lastActiveAtUs.value_or(-1)
                                                                    : 0;
        return std::tuple(text, value, binding.id);
    };
    std::sort(rows.begin(), rows.end(), [&](const DeviceRow& left, const DeviceRow& right) {
        return query.isDescending ? keyOf(right) < keyOf(left) : keyOf(left) < keyOf(right);
    });
    return rows;
}

std::vector<DeviceRow> allPages(store::Store& store, DeviceQuery query, bool isBackwards) {
    std::vector<DeviceRow> rows;
    query.isBackwards = isBackwards;
    for (int pages = 0; pages < 200; ++pages) {
        const auto page = store.devices(query);
        RC_ASSERT(page.isOk());
        rows.insert(isBackwards ? rows.begin() : rows.end(), page->rows.begin(), page->rows.end());
        RC_ASSERT((isBackwards ? page->next : page->previous).has_value() == (pages > 0));
        query.cursor = isBackwards ? page->previous : page->next;
        if (!query.cursor)
            return rows;
    }
    RC_FAIL("the pages do not end");
    return rows;
}

} // namespace

void DevicePagesTest::initTestCase_data() {
    // A server's bare store answers the same statements as its prepared one; StoreReadingTest asks for devices under
    // other names.
    addBackends([](Backend backend) { return !isRenamed(backend) && (!isServer(backend) || isPrepared(backend)); });
}

void DevicePagesTest::pagesForwardsEqualTheSortedList() {
    const ContractStore rows(currentBackend(), fillAtRandom);
    TAKE(store, rows.open());
    QVERIFY(rc::check("pages forwards are the sorted list", [&] {
        const DeviceQuery query = randomQuery();
        RC_ASSERT(allPages(*store, query, false) == sortedWhole(*store, query));
    }));
}

void DevicePagesTest::pagesBackwardsEqualTheSortedList() {
    const ContractStore rows(currentBackend(), fillAtRandom);
    TAKE(store, rows.open());
    QVERIFY(rc::check("pages backwards are the sorted list", [&] {
        const DeviceQuery query = randomQuery();
        RC_ASSERT(allPages(*store, query, true) == sortedWhole(*store, query));
    }));
}

void DevicePagesTest::pageFromAnyCursorKnowsItsNeighbours() {
    const ContractStore rows(currentBackend(), fillAtRandom);
    TAKE(store, rows.open());
    QVERIFY(rc::check("a page from any row", [&] {
        DeviceQuery query = randomQuery();
        const std::vector<DeviceRow> whole = sortedWhole(*store, query);
        RC_PRE(!whole.empty());
        const auto place = *rc::gen::inRange<size_t>(0, whole.size());
        const auto limit = static_cast<size_t>(query.limit);
        query.cursor = store::cursorOf(whole[place], query.sort);
        query.isBackwards = *rc::gen::arbitrary<bool>();
        const auto page = store->devices(query);
        RC_ASSERT(page.isOk());
        const size_t first = query.isBackwards ? (place > limit ? place - limit : 0) : place + 1;
        const size_t last = query.isBackwards ? place : std::min(whole.size(), place + 1 + limit);
        const auto begin = whole.begin();
        RC_ASSERT(page->rows == std::vector<DeviceRow>(begin + static_cast<std::ptrdiff_t>(first),
                                                       begin + static_cast<std::ptrdiff_t>(last)));
        RC_ASSERT(page->previous.has_value() == (first > 0));
        RC_ASSERT(page->next.has_value() == (last < whole.size()));
    }));
}

void DevicePagesTest::emptyPageKnowsTheWayBack() {
    const ContractStore rows(currentBackend(), fillAtRandom);
    TAKE(store, rows.open());
    TAKE(all,
         store->devices({.withUnbound = true, .sort = DeviceSort::LastActive, .isDescending = true, .limit = 1000}));
    DeviceQuery query{.withUnbound = true, .sort = DeviceSort::LastActive, .isDescending = true, .limit = 5};
    query.cursor = store::cursorOf(all.rows.back(), query.sort);
    TAKE(empty, store->devices(query));
    QVERIFY(empty.rows.empty() && !empty.next && empty.previous);
    query.cursor = empty.previous;
    query.isBackwards = true;
    TAKE(back, store->devices(query));
    QCOMPARE(back.rows.size(), size_t{5});
    QVERIFY(back.rows.back() == all.rows.back());
}

} // namespace affinity::test
