#include "tests/unit/sim/rewardcost_test.h"

#include "engine/sim/rewardcost.h"
#include "tests/unit/sim/simscenarios.h"

namespace affinity::test {

using namespace affinity::sim;
using base::Json;

namespace {

const QString coin = QStringLiteral("coin");
const QString frame = QStringLiteral("frame");

/// Two days and levels 0, 1 and 3; level 1 was granted 5 and 2 times, level 3 once on the second day.
SimulationResult grantedByHand() {
    SimulationResult result;
    result.devices = 10;
    result.levelNumbers = {0, 1, 3};
    result.days.resize(2);
    result.days[0].grants = {0, 5, 0};
    result.days[1].grants = {0, 2, 1};
    return result;
}

std::vector<rules::Level> levelsByHand() {
    return {{0, 0, {}, Json::array()},
            {1, 50, {}, Json::parse(R"([{"type": "coin", "amount": 10}, {"type": "coin", "amount": 2.5}])")},
            {3, 90, {}, Json::parse(R"([{"type": "frame", "id": "spring"}, {"type": "coin", "amount": 100}])")}};
}

} // namespace

void RewardCostTest::unitsAreGrantsTimesAmounts() {
    const auto totals = rewardTotals(grantedByHand(), levelsByHand(), {{coin, 0.5}});
    QCOMPARE(totals.size(), size_t{2});
    QVERIFY(totals[0] == (RewardTotal{coin, {62.5, 125.0}, 187.5, 0.5}));
    QVERIFY(totals[1] == (RewardTotal{frame, {0.0, 1.0}, 1.0, std::nullopt}));
}

void RewardCostTest::costIsOfPricedTypesOnly() {
    const auto coinOnly = rewardTotals(grantedByHand(), levelsByHand(), {{coin, 0.5}});
    QCOMPARE(rewardCostByDay(coinOnly), (std::vector<double>{31.25, 62.5}));
    const auto both = rewardTotals(grantedByHand(), levelsByHand(), {{coin, 0.5}, {frame, 8}});
    QCOMPARE(rewardCostByDay(both), (std::vector<double>{31.25, 70.5}));
    const auto free = rewardTotals(grantedByHand(), levelsByHand(), {{coin, 0.0}});
    QCOMPARE(rewardCostByDay(free), (std::vector<double>{0, 0})); // a price of 0 is a price
}

void RewardCostTest::costIsUnknownWithoutAPrice() {
    const auto totals = rewardTotals(grantedByHand(), levelsByHand(), {{QStringLiteral("other"), 3.0}});
    QCOMPARE(totals.size(), size_t{2});
    QVERIFY(!totals[0].price && !totals[1].price);
    QVERIFY(rewardCostByDay(totals).empty());
    QVERIFY(rewardCostByDay({}).empty());
}

void RewardCostTest::rewardsAreReadWhateverTheirShape() {
    auto levels = levelsByHand();
    levels[1].rewards = Json::parse(R"([{"amount": 3}, {"type": 7}, "badge", {"type": "coin", "amount": "many"}])");
    levels[2].rewards = Json::object();
    const auto totals = rewardTotals(grantedByHand(), levels, {});
    QCOMPARE(totals.size(), size_t{2});
    QVERIFY(totals[0].type.isEmpty());
    QCOMPARE(totals[0].unitsByDay, (std::vector<double>{25, 10})); // 3 + 1 + 1 a grant
    QCOMPARE(totals[1].type, coin);
    QCOMPARE(totals[1].units, 7.0);
}

void RewardCostTest::totalsOfARunAreItsGrants() {
    Scenario scenario = busyScenario(200, 20);
    scenario.ruleSet.levels[1].rewards = Json::parse(R"([{"type": "coin", "amount": 10}])");
    scenario.ruleSet.levels[2].rewards = Json::parse(R"([{"type": "coin", "amount": 1}])");
    Recorder recorder;
    SimulationResult result;
    follow(scenario, recorder, 0, 200, &result);
    std::map<qint64, std::array<bool, 3>> isGranted;
    double coins = 0;
    for (const ObservedEvent& event : recorder.events) {
        for (int level = event.decision.oldLevel + 1; level <= event.decision.newLevel; ++level) {
            bool& isDone = isGranted[event.device][static_cast<size_t>(level)];
            coins += isDone ? 0 : (level == 1 ? 10 : 1);
            isDone = true;
        }
    }
    const auto totals = rewardTotals(result, scenario.ruleSet.levels, {});
    QVERIFY(coins > 1'000);
    QCOMPARE(totals.at(0).units, coins);
}

} // namespace affinity::test
