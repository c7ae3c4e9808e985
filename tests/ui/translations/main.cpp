#include "tests/support/testmain.h"
#include "tests/ui/translations/language_test.h"
#include "ui/shared/style.h"

#include <QApplication>

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    QApplication application(argumentCount, arguments);
    affinity::ui::installStyle(application);
    return runAll(argumentCount, arguments, {testClass<LanguageTest>()});
}
