#include "tests/servers/databaseserver_test.h"
#include "tests/servers/rolefunction_test.h"
#include "tests/servers/roles_test.h"
#include "tests/servers/serverkind.h"
#include "tests/support/testmain.h"

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    const QCoreApplication application(argumentCount, arguments);
    if (argumentCount == 3 && qstrcmp(arguments[1], "--abandon") == 0)
        return abandonServer(static_cast<ServerKind>(QByteArray(arguments[2]).toInt()));
    return runAll(argumentCount, arguments,
                  {testClass<DatabaseServerTest>(), testClass<RolesTest>(), testClass<RoleFunctionTest>()});
}
