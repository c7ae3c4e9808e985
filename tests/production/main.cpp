#include "tests/production/djangorace_test.h"
#include "tests/production/duplicates_test.h"
#include "tests/production/invariants_test.h"
#include "tests/production/midnight_test.h"
#include "tests/production/race_test.h"
#include "tests/production/servers.h"
#include "tests/production/writers_test.h"
#include "tests/support/testmain.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    if (isLongRun())
        qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number(farMs * 60)); // Qt Test ends a function after 5 minutes
    const int failures = runAll(argumentCount, arguments,
                                {
                                    testClass<InvariantsTest>(),
                                    testClass<RaceTest>(),
                                    testClass<DjangoRaceTest>(),
                                    testClass<DuplicatesTest>(),
                                    testClass<WritersTest>(),
                                    testClass<ServerMidnightTest>(),
                                });
    endServers();
    return failures;
}
