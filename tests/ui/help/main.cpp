#include "tests/support/testmain.h"
#include "tests/ui/help/pages_test.h"
#include "tests/ui/help/secrets_test.h"
#include "tests/ui/help/windows_test.h"
#include "ui/shared/style.h"

#include <QApplication>

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    QApplication application(argumentCount, arguments);
    QCoreApplication::setApplicationVersion(QStringLiteral(AFFINITY_VERSION));
    affinity::ui::installStyle(application);
    affinity::ui::applyTheme(application, affinity::ui::Theme::Light);
    return runAll(argumentCount, arguments,
                  {testClass<PagesTest>(), testClass<HelpWindowsTest>(), testClass<SecretsTest>()});
}
