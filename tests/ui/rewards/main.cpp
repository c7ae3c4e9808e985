#include "tests/support/testmain.h"
#include "tests/ui/rewards/deliveriesdialog_test.h"
#include "tests/ui/rewards/deliverymodel_test.h"
#include "tests/ui/rewards/healthpanel_test.h"
#include "tests/ui/rewards/storenotices_test.h"
#include "ui/shared/style.h"

#include <QApplication>

using namespace affinity::test;

int main(int argumentCount, char** arguments) {
    QApplication application(argumentCount, arguments);
    affinity::ui::installStyle(application);
    affinity::ui::applyTheme(application, affinity::ui::Theme::Light);
    return runAll(argumentCount, arguments,
                  {testClass<DeliveryModelTest>(), testClass<StoreNoticesTest>(), testClass<HealthPanelTest>(),
                   testClass<DeliveriesDialogTest>()});
}
