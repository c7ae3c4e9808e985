#include "tests/contract/bulkwriter_test.h"
#include "tests/contract/counters_test.h"
#include "tests/contract/counterserver_test.h"
#include "tests/contract/devicepages_test.h"
#include "tests/contract/figures_test.h"
#include "tests/contract/mariadbconnection_test.h"
#include "tests/contract/outbox_test.h"
#include "tests/contract/rediscounters_test.h"
#include "tests/contract/schemamapping_test.h"
#include "tests/contract/serverdatabase.h"
#include "tests/contract/sqlite_test.h"
#include "tests/contract/store_test.h"
#include "tests/contract/storeadjustments_test.h"
#include "tests/contract/storereading_test.h"
#include "tests/support/testmain.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    const int failures = runAll(argumentCount, arguments,
                                {
                                    testClass<CountersTest>(),
                                    testClass<RedisCountersTest>(),
                                    testClass<CounterServerTest>(),
                                    testClass<StoreTest>(),
                                    testClass<StoreAdjustmentsTest>(),
                                    testClass<StoreReadingTest>(),
                                    testClass<OutboxTest>(),
                                    testClass<DevicePagesTest>(),
                                    testClass<FiguresTest>(),
                                    testClass<BulkWriterTest>(),
                                    testClass<SqliteTest>(),
                                    testClass<MariaDbConnectionTest>(),
                                    testClass<SchemaMappingTest>(),
                                });
    endServers();
    return failures;
}
