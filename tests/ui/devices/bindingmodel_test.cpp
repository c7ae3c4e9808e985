#include "tests/ui/devices/bindingmodel_test.h"

#include "ui/devices/bindingmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

namespace affinity::test {

using ui::BindingModel;

namespace {

constexpr qint64 dayUs = 86'400'000'000;
constexpr qint64 nowUs = 1'772'366'400'000'000; // noon of 1 March 2026, UTC

store::DeviceRow row(qint64 id, int boundDaysAgo, std::optional<int> unboundDaysAgo) {
    store::DeviceRow result;
    result.binding.id = base::DeviceId{id};
    result.binding.serial = QStringLiteral("MC-%1").arg(id);
    result.binding.boundAtUs = nowUs - boundDaysAgo * dayUs;
    if (unboundDaysAgo)
        result.binding.unboundAtUs = nowUs - *unboundDaysAgo * dayUs;
    return result;
}

} // namespace

void BindingModelTest::boundOnesComeFirstThenTheLatest() {
    BindingModel model(QTimeZone::utc(), 6);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows({row(1, 50, 20), row(2, 40, std::nullopt), row(3, 10, 5), row(4, 5, std::nullopt)}, nowUs);
    QStringList ids;
    for (int i = 0; i < model.rowCount(); ++i)
        ids << model.index(i, BindingModel::BindingColumn).data().toString();
    QCOMPARE(ids.join(u' '), QStringLiteral("4 2 3 1"));
    QCOMPARE(model.boundCount(), 2);
    QCOMPARE(model.rowOf(base::DeviceId{3}), 2);
    QCOMPARE(model.rowAt(4), nullptr);
}

void BindingModelTest::unboundOnesAreMarkedWithTheirTimes() {
    BindingModel model(QTimeZone::utc(), 6);
    model.setRows({row(1, 50, 20), row(2, 40, std::nullopt)}, nowUs);
    QCOMPARE(model.index(0, BindingModel::StateColumn).data().toString(), QStringLiteral("Bound"));
    QCOMPARE(model.index(0, BindingModel::BoundColumn).data().toString(), QStringLiteral("since 20 Jan 2026"));
    QCOMPARE(model.index(0, BindingModel::SeenColumn).data().toString(), QStringLiteral("never"));
    QCOMPARE(model.index(1, BindingModel::StateColumn).data().toString(), QStringLiteral("Unbound"));
    QCOMPARE(model.index(1, BindingModel::BoundColumn).data().toString(), QStringLiteral("10 Jan 2026 to 9 Feb 2026"));
}

} // namespace affinity::test
