#include "tests/support/testmain.h"
#include "tests/ui/overview/levelvalues_test.h"
#include "tests/ui/overview/overviewvalues_test.h"
#include "tests/ui/overview/screens_test.h"
#include "ui/shared/style.h"

#include <QApplication>

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    QApplication application(argumentCount, arguments);
    affinity::ui::installStyle(application);
    affinity::ui::applyTheme(application, affinity::ui::Theme::Light);
    return runAll(argumentCount, arguments,
                  {testClass<LevelValuesTest>(), testClass<OverviewValuesTest>(), testClass<ScreensTest>()});
}
