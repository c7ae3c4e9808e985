#include "tests/rewards/answer_test.h"
#include "tests/rewards/mishap_test.h"
#include "tests/rewards/schedule_test.h"
#include "tests/rewards/secrecy_test.h"
#include "tests/rewards/signature_test.h"
#include "tests/rewards/tls_test.h"
#include "tests/support/testmain.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    return runAll(argumentCount, arguments,
                  {
                      testClass<SignatureTest>(),
                      testClass<ScheduleTest>(),
                      testClass<AnswerTest>(),
                      testClass<MishapTest>(),
                      testClass<TlsTest>(),
                      testClass<SecrecyTest>(),
                  });
}
