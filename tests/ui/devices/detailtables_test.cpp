#include "tests/ui/devices/detailtables_test.h"

#include "ui/devices/detailtables.h"
#include "ui/workspace/rewardstext.h"

#include <QAbstractItemModelTester>
#include <QTest>

namespace affinity::test {

void DetailTablesTest::grantsNameLevelAndRewards() {
    ui::GrantModel model(QTimeZone::utc());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    service::DeviceDetail detail;
    detail.levels = {{0, 0, QStringLiteral("Stranger"), {}}, {1, 50, QStringLiteral("Friend"), {}}};
    rules::Grant grant;
    grant.level = 1;
    grant.rewards = base::Json::array({base::Json{{"type", "coin"}, {"amount", 50}}});
    detail.grants = {grant};
    model.setDetail(detail);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, ui::GrantModel::LevelColumn).data().toString(), QStringLiteral("L1 Friend"));
    QCOMPARE(model.index(0, ui::GrantModel::RewardsColumn).data().toString(), QStringLiteral("50 coin"));
    QCOMPARE(model.index(0, ui::GrantModel::GrantedColumn).data().toString(), QStringLiteral("1 Jan 1970 00:00:00"));
}

void DetailTablesTest::countersNameTheirRule() {
    rules::Rule rule;
    rule.id = base::RuleId{4};
    rule.key = QStringLiteral("chat");
    ui::CounterModel model({rule});
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    service::DeviceDetail detail;
    detail.counters = {{1, {}, base::RuleId{4}, QDate(2026, 3, 7), -12, 1400},
                       {2, {}, base::RuleId{9}, QDate(2026, 3, 6), 0, 1}};
    model.setDetail(detail);
    QCOMPARE(model.index(0, ui::CounterModel::DayColumn).data().toString(), QStringLiteral("7 Mar 2026"));
    QCOMPARE(model.index(0, ui::CounterModel::RuleColumn).data().toString(), QStringLiteral("chat"));
    QCOMPARE(model.index(0, ui::CounterModel::SumColumn).data().toString(), QStringLiteral("−12"));
    QCOMPARE(model.index(0, ui::CounterModel::EventsColumn).data().toString(), QStringLiteral("1,400"));
    QCOMPARE(model.index(1, ui::CounterModel::RuleColumn).data().toString(), QStringLiteral("rule 9"));
}

void DetailTablesTest::rewardsAreOneReadableLine() {
    QCOMPARE(ui::rewardsText(base::Json::array()), QStringLiteral("none"));
    QCOMPARE(ui::rewardsText(base::Json()), QStringLiteral("none"));
    QCOMPARE(ui::rewardsText(base::Json::array({"hat", 3})), QStringLiteral("hat and 3"));
    QCOMPARE(ui::rewardsText(base::Json::array({"a\u202Eb"})), QStringLiteral("a⟨U+202E⟩b"));
}

} // namespace affinity::test
