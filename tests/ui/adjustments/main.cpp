#include "tests/support/testmain.h"
#include "tests/ui/adjustments/consequences_test.h"
#include "tests/ui/adjustments/dialogs_test.h"
#include "tests/ui/adjustments/receipt_test.h"
#include "ui/shared/style.h"

#include <QApplication>

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    QApplication application(argumentCount, arguments);
    affinity::ui::installStyle(application);
    affinity::ui::applyTheme(application, affinity::ui::Theme::Light);
    return runAll(argumentCount, arguments,
                  {testClass<ConsequencesTest>(), testClass<ReceiptTest>(), testClass<DialogsTest>()});
}
