#include "tests/support/testmain.h"
#include "tests/unit/service/access_test.h"
#include "tests/unit/service/adjustments_test.h"
#include "tests/unit/service/apply_test.h"
#include "tests/unit/service/counterrebuild_test.h"
#include "tests/unit/service/counters_test.h"
#include "tests/unit/service/decay_test.h"
#include "tests/unit/service/differences_test.h"
#include "tests/unit/service/equality_test.h"
#include "tests/unit/service/explain_test.h"
#include "tests/unit/service/export_test.h"
#include "tests/unit/service/faults_test.h"
#include "tests/unit/service/levelreport_test.h"
#include "tests/unit/service/midnight_test.h"
#include "tests/unit/service/overview_test.h"
#include "tests/unit/service/reconcile_test.h"
#include "tests/unit/service/redis_test.h"
#include "tests/unit/service/simulation_test.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    return runAll(argumentCount, arguments,
                  {
                      testClass<ApplyTest>(),
                      testClass<DifferencesTest>(),
                      testClass<FaultsTest>(),
                      testClass<CountersTest>(),
                      testClass<CounterRebuildTest>(),
                      testClass<RedisTest>(),
                      testClass<AdjustmentsTest>(),
                      testClass<DecayTest>(),
                      testClass<ReconcileTest>(),
                      testClass<ExplainTest>(),
                      testClass<OverviewTest>(),
                      testClass<LevelReportTest>(),
                      testClass<ExportTest>(),
                      testClass<AccessTest>(),
                      testClass<EqualityTest>(),
                      testClass<SimulationTest>(),
                      testClass<MidnightTest>(),
                  });
}
