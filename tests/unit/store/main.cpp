#include "tests/support/testmain.h"
#include "tests/unit/store/schemamappingfile_test.h"
#include "tests/unit/store/sqlrenaming_test.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    return runAll(argumentCount, arguments,
                  {
                      testClass<SchemaMappingFileTest>(),
                      testClass<SqlRenamingTest>(),
                  });
}
