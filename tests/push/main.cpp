#include "tests/push/delivery_test.h"
#include "tests/push/frames_test.h"
#include "tests/push/mishap_test.h"
#include "tests/push/names_test.h"
#include "tests/support/testmain.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    return runAll(argumentCount, arguments,
                  {
                      testClass<FramesTest>(),
                      testClass<NamesTest>(),
                      testClass<DeliveryTest>(),
                      testClass<MishapTest>(),
                  });
}
