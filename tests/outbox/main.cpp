#include "tests/outbox/confirms_test.h"
#include "tests/outbox/cost_test.h"
#include "tests/outbox/crash_test.h"
#include "tests/outbox/crashchild.h"
#include "tests/outbox/entries_test.h"
#include "tests/outbox/lease_test.h"
#include "tests/outbox/program_test.h"
#include "tests/outbox/pushes_test.h"
#include "tests/outbox/rewards_test.h"
#include "tests/outbox/upgrade_test.h"
#include "tests/production/servers.h"
#include "tests/support/testmain.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    if (argumentCount == 2 && qstrcmp(arguments[1], "--child") == 0)
        return runRelayChild();
    const int failures =
        runAll(argumentCount, arguments,
               {testClass<EntriesTest>(), testClass<ConfirmsTest>(), testClass<PushesTest>(), testClass<LeaseTest>(),
                testClass<CrashTest>(), testClass<StoreLossTest>(), testClass<RewardsTest>(), testClass<UpgradeTest>(),
                testClass<ProgramTest>(), testClass<CostTest>()});
    endServers();
    return failures;
}
