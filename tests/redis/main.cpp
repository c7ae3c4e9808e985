#include "tests/redis/connection_test.h"
#include "tests/redis/hostile_test.h"
#include "tests/redis/outage_test.h"
#include "tests/redis/replyreader_test.h"
#include "tests/redis/signin_test.h"
#include "tests/redis/subscriber_test.h"
#include "tests/redis/values_test.h"
#include "tests/support/testmain.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    return runAll(argumentCount, arguments,
                  {
                      testClass<ReplyReaderTest>(),
                      testClass<ValuesTest>(),
                      testClass<ConnectionTest>(),
                      testClass<SignInTest>(),
                      testClass<OutageTest>(),
                      testClass<HostileTest>(),
                      testClass<SubscriberTest>(),
                  });
}
