#include "tests/integration/cli_test.h"
#include "tests/integration/demostore_test.h"
#include "tests/integration/parity_test.h"
#include "tests/integration/processes_test.h"
#include "tests/integration/production_test.h"
#include "tests/integration/redis_test.h"
#include "tests/support/testmain.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    return runAll(argumentCount, arguments,
                  {testClass<ParityTest>(), testClass<ProcessesTest>(), testClass<CliTest>(),
                   testClass<DemoStoreTest>(), testClass<RedisTest>(), testClass<ProductionTest>()});
}
