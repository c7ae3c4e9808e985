#include "tests/support/testmain.h"
#include "tests/unit/rules/decide_test.h"
#include "tests/unit/rules/levels_test.h"
#include "tests/unit/rules/localday_test.h"
#include "tests/unit/rules/rulesetjson_test.h"
#include "tests/unit/rules/sums_test.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    return runAll(argumentCount, arguments,
                  {
                      testClass<DecideTest>(),
                      testClass<LevelsTest>(),
                      testClass<LocalDayTest>(),
                      testClass<SumsTest>(),
                      testClass<RuleSetJsonTest>(),
                  });
}
