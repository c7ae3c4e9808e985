#include "tests/support/testmain.h"
#include "tests/unit/base/isotime_test.h"
#include "tests/unit/base/json_test.h"
#include "tests/unit/base/jsontext_test.h"
#include "tests/unit/base/lane_test.h"
#include "tests/unit/base/log_test.h"
#include "tests/unit/base/philox_test.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    return runAll(argumentCount, arguments,
                  {
                      testClass<IsoTimeTest>(),
                      testClass<JsonTest>(),
                      testClass<JsonTextTest>(),
                      testClass<LaneTest>(),
                      testClass<LogTest>(),
                      testClass<PhiloxTest>(),
                  });
}
