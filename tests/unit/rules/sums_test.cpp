#include "tests/unit/rules/sums_test.h"

#include "engine/rules/sums.h"

#include <QTest>

#include <limits>

namespace affinity::test {

using rules::DaySums;
using rules::LocalDay;
using rules::RecentChange;

namespace {

const QString chat = QStringLiteral("chat");
const QString gift = QStringLiteral("gift");
const LocalDay day{QDate(2026, 3, 1), {{100, 200}}};

RecentChange change(const QString& ruleKey, int points, qint64 atUs, bool isAdjustment = false) {
    return {{1}, ruleKey, points, atUs, isAdjustment};
}

} // namespace

void SumsTest::ruleSumIsAbsoluteAndGlobalSumIsPositive() {
    const std::vector<RecentChange> changes{change(chat, 3, 110), change(chat, -4, 120), change(gift, 5, 130),
                                            change(gift, -6, 140)};
    QCOMPARE(rules::sumsOfDay(changes, chat, day), (DaySums{7, 8}));
    QCOMPARE(rules::sumsOfDay(changes, gift, day), (DaySums{11, 8}));
    QCOMPARE(rules::sumsOfDay(changes, QStringLiteral("walk"), day), (DaySums{0, 8}));
    QCOMPARE(rules::sumsOfDay({}, chat, day), DaySums{});
}

void SumsTest::adjustmentsUseNoCap() {
    const std::vector<RecentChange> changes{change(QStringLiteral("admin"), 500, 110, true), change(chat, 2, 120)};
    QCOMPARE(rules::sumsOfDay(changes, chat, day), (DaySums{2, 2}));
    QCOMPARE(rules::sumsOfDay(changes, QStringLiteral("admin"), day), (DaySums{0, 2}));
}

void SumsTest::dayIsHalfOpenToTheMicrosecond() {
    const std::vector<RecentChange> changes{change(chat, 1, 99), change(chat, 10, 100), change(chat, 100, 199),
                                            change(chat, 1000, 200)};
    QCOMPARE(rules::sumsOfDay(changes, chat, day), (DaySums{110, 110}));
}

void SumsTest::rowsInTheGapOfASplitDayBelongToAnotherDay() {
    const LocalDay split{QDate(2010, 11, 6), {{100, 200}, {300, 400}}};
    const std::vector<RecentChange> changes{change(chat, 1, 150), change(chat, 10, 250), change(chat, 100, 350)};
    QCOMPARE(rules::sumsOfDay(changes, chat, split), (DaySums{101, 101}));
}

void SumsTest::hostileChangesDoNotOverflow() {
    constexpr int lowest = std::numeric_limits<int>::min();
    constexpr int highest = std::numeric_limits<int>::max();
    const std::vector<RecentChange> changes{change(chat, lowest, 110), change(chat, highest, 120),
                                            change(chat, highest, 130)};
    QCOMPARE(rules::sumsOfDay(changes, chat, day),
             (DaySums{-qint64{lowest} + 2 * qint64{highest}, 2 * qint64{highest}}));
}

} // namespace affinity::test
