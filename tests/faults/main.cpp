#include "tests/faults/crashorder.h"
#include "tests/faults/crashsweep_test.h"
#include "tests/faults/cutsweep_test.h"
#include "tests/faults/longrun.h"
#include "tests/faults/restarts_test.h"
#include "tests/faults/wiremessages_test.h"
#include "tests/support/testmain.h"

#include <QLoggingCategory>

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    // Thousands of faults are told as they should be; only the figures are of interest.
    QLoggingCategory::setFilterRules(QStringLiteral("affinity.*=false"));
    if (argumentCount == 2 && qstrcmp(arguments[1], "--child") == 0)
        return runCrashChild();
    if (isLongRun()) // Qt Test ends a function after five minutes
        qputenv("QTEST_FUNCTION_TIMEOUT", "14400000");
    return runAll(argumentCount, arguments,
                  {testClass<WireMessagesTest>(), testClass<CutSweepTest>(), testClass<CrashSweepTest>(),
                   testClass<RestartsTest>()});
}
