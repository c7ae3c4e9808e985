#include "tests/support/testmain.h"
#include "tests/unit/sim/closedforms_test.h"
#include "tests/unit/sim/comparison_test.h"
#include "tests/unit/sim/draws_test.h"
#include "tests/unit/sim/horizon_test.h"
#include "tests/unit/sim/plainkernel_test.h"
#include "tests/unit/sim/relations_test.h"
#include "tests/unit/sim/rewardcost_test.h"
#include "tests/unit/sim/run_test.h"
#include "tests/unit/sim/scenariojson_test.h"
#include "tests/unit/sim/storyline_test.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    return runAll(argumentCount, arguments,
                  {
                      testClass<ClosedFormsTest>(),
                      testClass<ComparisonTest>(),
                      testClass<DrawsTest>(),
                      testClass<HorizonTest>(),
                      testClass<PlainKernelTest>(),
                      testClass<RelationsTest>(),
                      testClass<RewardCostTest>(),
                      testClass<RunTest>(),
                      testClass<ScenarioJsonTest>(),
                      testClass<StorylineTest>(),
                  });
}
