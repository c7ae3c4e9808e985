#include "tests/ui/rewards/deliverymodel_test.h"

#include "tests/support/planteddeliveries.h"
#include "ui/rewards/deliverymodel.h"

#include <QAbstractItemModelTester>
#include <QPromise>
#include <QTest>

namespace affinity::test {

using store::DeliveryState;
using store::RewardDelivery;
using ui::DeliveryModel;

namespace {

constexpr qint64 modelNowUs = 1'700'000'000'000'000; // 14 Nov 2023 22:13:20 UTC

using Page = std::vector<RewardDelivery>;

/// Keeps what the model asks; the test answers.
class ScriptedDeliveries {
public:
    Answer<Page> ask(const store::DeliveryQuery& query) {
        queries.push_back(query);
        m_promises.push_back(std::make_unique<QPromise<base::Result<Page>>>());
        m_promises.back()->start();
        return m_promises.back()->future();
    }
    void answer(size_t question, const base::Result<Page>& page) {
        m_promises.at(question)->addResult(page);
        m_promises.at(question)->finish();
        QCoreApplication::processEvents();
    }
    std::vector<store::DeliveryQuery> queries;

private:
    std::vector<std::unique_ptr<QPromise<base::Result<Page>>>> m_promises;
};

struct ModelBench {
    ScriptedDeliveries deliveries;
    DeliveryModel model{[this](const store::DeliveryQuery& query) { return deliveries.ask(query); },
                        [] { return modelNowUs; }, QTimeZone::utc(), 6};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

/// So many, newest first, from this id down.
Page pageFrom(qint64 newestId, int rows) {
    Page page;
    for (int i = 0; i < rows; ++i) {
        RewardDelivery delivery;
        delivery.id = newestId - i;
        page.push_back(delivery);
    }
    return page;
}

QString cellAt(const DeliveryModel& model, int row, int column) {
    return model.index(row, column).data(Qt::DisplayRole).toString();
}

} // namespace

void DeliveryModelTest::eachRowSaysWhatBecameOfItsReward() {
    ModelBench bench;
    bench.model.setFilter(std::nullopt);
    bench.deliveries.answer(0, deliveriesOfEachState(modelNowUs));
    const DeliveryModel& model = bench.model;
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(cellAt(model, 0, DeliveryModel::LevelColumn), QStringLiteral("L1 Acquaintance"));
    QCOMPARE(cellAt(model, 0, DeliveryModel::RewardsColumn), QStringLiteral("200 coin"));
    QCOMPARE(cellAt(model, 0, DeliveryModel::StateColumn), QStringLiteral("Delivered"));
    QCOMPARE(cellAt(model, 0, DeliveryModel::TimeColumn), QStringLiteral("20:44:20"));
    QCOMPARE(cellAt(model, 0, DeliveryModel::ErrorColumn), QString());
    QCOMPARE(cellAt(model, 1, DeliveryModel::StateColumn), QStringLiteral("Waiting"));
    QCOMPARE(cellAt(model, 1, DeliveryModel::TimeColumn), QStringLiteral("next 15 Nov 08:13"));
    QCOMPARE(cellAt(model, 2, DeliveryModel::StateColumn), QStringLiteral("Given up"));
    QCOMPARE(cellAt(model, 2, DeliveryModel::TimeColumn), QStringLiteral("none"));
    QVERIFY(cellAt(model, 2, DeliveryModel::ErrorColumn).contains(QStringLiteral("422")));
    QCOMPARE(model.index(2, DeliveryModel::ErrorColumn).data(Qt::ToolTipRole).toString(),
             cellAt(model, 2, DeliveryModel::ErrorColumn));
    QCOMPARE(cellAt(model, 3, DeliveryModel::AttemptsColumn), QStringLiteral("24"));
    QCOMPARE(cellAt(model, 3, DeliveryModel::DeviceColumn), QStringLiteral("3"));
}

void DeliveryModelTest::theNextPageIsAskedForBelowTheLastRow() {
    ModelBench bench;
    bench.model.setFilter(std::nullopt);
    bench.deliveries.answer(0, pageFrom(500, DeliveryModel::pageRows));
    QVERIFY(bench.model.canFetchMore({}));
    bench.model.fetchMore({});
    QVERIFY(!bench.model.canFetchMore({})); // not twice
    QCOMPARE(bench.deliveries.queries.back().beforeId, 401);
    bench.deliveries.answer(1, pageFrom(400, 7));
    QCOMPARE(bench.model.rowCount(), DeliveryModel::pageRows + 7);
    QVERIFY(!bench.model.hasMore());
    QCOMPARE(bench.model.rowOf(394), DeliveryModel::pageRows + 6);
}

void DeliveryModelTest::aFilterAsksForItsStateAndDropsTheOtherRows() {
    ModelBench bench;
    bench.model.setFilter(std::nullopt);
    bench.deliveries.answer(0, pageFrom(9, 3));
    bench.model.setFilter(DeliveryState::Dead);
    QCOMPARE(bench.model.rowCount(), 0);
    QCOMPARE(bench.deliveries.queries.back().state, std::optional(DeliveryState::Dead));
    QCOMPARE(bench.deliveries.queries.back().beforeId, 0);
}

void DeliveryModelTest::aFailedReloadKeepsTheRows() {
    ModelBench bench;
    bench.model.setFilter(std::nullopt);
    bench.deliveries.answer(0, pageFrom(9, 3));
    bench.model.reload();
    bench.deliveries.answer(1, base::Error{base::ErrorKind::CannotConnect, QStringLiteral("The store is not open.")});
    QCOMPARE(bench.model.state(), DeliveryModel::State::Failed);
    QCOMPARE(bench.model.rowCount(), 3);
    QVERIFY(!bench.model.canFetchMore({}));
}

void DeliveryModelTest::aReloadReadsAsManyRowsAgain() {
    ModelBench bench;
    bench.model.setFilter(std::nullopt);
    bench.deliveries.answer(0, pageFrom(500, DeliveryModel::pageRows));
    bench.model.fetchMore({});
    bench.deliveries.answer(1, pageFrom(400, DeliveryModel::pageRows));
    bench.model.reload();
    QCOMPARE(bench.deliveries.queries.back().limit, 2 * DeliveryModel::pageRows);
    QCOMPARE(bench.model.rowCount(), 2 * DeliveryModel::pageRows); // until the answer comes
    bench.deliveries.answer(2, pageFrom(501, 2 * DeliveryModel::pageRows));
    QCOMPARE(bench.model.rowCount(), 2 * DeliveryModel::pageRows);
    QCOMPARE(bench.model.at(0)->id, 501);
    QVERIFY(bench.model.hasMore());
}

void DeliveryModelTest::aLateAnswerToTheFilterBeforeIsDropped() {
    ModelBench bench;
    bench.model.setFilter(std::nullopt);
    bench.model.setFilter(DeliveryState::Waiting);
    bench.deliveries.answer(1, pageFrom(20, 1));
    bench.deliveries.answer(0, pageFrom(9, 3));
    QCOMPARE(bench.model.rowCount(), 1);
    QCOMPARE(bench.model.at(0)->id, 20);
}

} // namespace affinity::test
