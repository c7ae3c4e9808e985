#include "tests/ui/devices/devicefilter_test.h"

#include "ui/devices/devicefilter.h"

#include <QTest>

namespace affinity::test {

using ui::Activity;
using ui::DeviceFilter;

constexpr qint64 nowUs = 1'800'000'000'000'000;
constexpr qint64 weekUs = 604'800'000'000;

void DeviceFilterTest::emptyFilterAsksForEveryBoundDevice() {
    QCOMPARE(ui::deviceQuery({}, nowUs), store::DeviceQuery{});
    QVERIFY(!ui::isNarrowing({}));
}

void DeviceFilterTest::everyConditionReachesTheQuery() {
    DeviceFilter filter;
    filter.text = QStringLiteral("  mochi ");
    filter.userId = base::UserId{7};
    filter.levelAtLeast = 3;
    filter.activity = Activity::ActiveIn7Days;
    filter.valueAtLeast = 10;
    filter.valueAtMost = 20;
    filter.withUnbound = true;
    const store::DeviceQuery query = ui::deviceQuery(filter, nowUs);
    QCOMPARE(query.text, QStringLiteral("mochi"));
    QCOMPARE(query.userId, std::optional(base::UserId{7}));
    QCOMPARE(query.levelAtLeast, std::optional(3));
    QCOMPARE(query.activeSinceUs, std::optional(nowUs - weekUs));
    QVERIFY(!query.inactiveSinceUs);
    QCOMPARE(query.valueAtLeast, std::optional(10));
    QCOMPARE(query.valueAtMost, std::optional(20));
    QVERIFY(query.withUnbound);
    QVERIFY(ui::isNarrowing(filter));
}

void DeviceFilterTest::idleCountsBackSevenDays() {
    DeviceFilter filter;
    filter.activity = Activity::IdleFor7Days;
    const store::DeviceQuery query = ui::deviceQuery(filter, nowUs);
    QCOMPARE(query.inactiveSinceUs, std::optional(nowUs - weekUs));
    QVERIFY(!query.activeSinceUs);
}

void DeviceFilterTest::unboundAloneDoesNotNarrow() {
    DeviceFilter filter;
    filter.withUnbound = true;
    QVERIFY(!ui::isNarrowing(filter));
    QCOMPARE(ui::unboundWords(filter), QStringLiteral("With unbound"));
}

void DeviceFilterTest::chipsSayTheirCondition() {
    DeviceFilter filter;
    QCOMPARE(ui::levelWords(filter), QString());
    QCOMPARE(ui::valueWords(filter), QString());
    filter.levelAtLeast = 3;
    QCOMPARE(ui::levelWords(filter), QStringLiteral("Level 3 and up"));
    filter.valueAtMost = 1500;
    QCOMPARE(ui::valueWords(filter), QStringLiteral("Value to 1,500"));
    filter.valueAtLeast = 1000;
    QCOMPARE(ui::valueWords(filter), QStringLiteral("Value 1,000 to 1,500"));
    filter.valueAtMost.reset();
    QCOMPARE(ui::valueWords(filter), QStringLiteral("Value from 1,000"));
}

} // namespace affinity::test
