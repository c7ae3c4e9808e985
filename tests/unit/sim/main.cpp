#include "tests/support/testmain.h"
#include "tests/unit/sim/draws_test.h"
#include "tests/unit/sim/horizon_test.h"
#include "tests/unit/sim/plainkernel_test.h"
#include "tests/unit/sim/run_test.h"
#include "tests/unit/sim/scenariojson_test.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    return runAll(argumentCount, arguments,
                  {
                      testClass<DrawsTest>(),
                      testClass<HorizonTest>(),
                      testClass<PlainKernelTest>(),
                      testClass<RunTest>(),
                      testClass<ScenarioJsonTest>(),
                  });
}
